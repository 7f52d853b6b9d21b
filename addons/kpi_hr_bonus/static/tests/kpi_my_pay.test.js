import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { Component, useState, xml } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, defineParams, mountWithCleanup, onRpc, serverState } from "@web/../tests/web_test_helpers";

import { KpiMyPay } from "@kpi_hr_bonus/kpi_my_pay/kpi_my_pay";

const DONG = { id: 1, name: "VND", position: "after", symbol: "₫", digits: [69, 0] };
const VIETNAMESE = { code: "vi_VN", decimal_point: ",", grouping: [3, 0], thousands_sep: ".", date_format: "%d/%m/%Y" };

defineMailModels();

const plan = (id, name, now, pace) => ({ id, name, currency_id: DONG.id, amounts: { now, pace } });
const PAY = {
    estimate: {
        state: "running",
        has_ended: false,
        plans: [plan(1, "Commission", 754000, 1255600), plan(2, "Bonus", 4076500, 5174000)],
    },
    statements: [],
    year: 2026,
    paid: [{ currency_id: DONG.id, amount: 11943500 }],
    next: { date: "2026-03-31", is_late: false, amount: false, currency_id: false },
};

async function open(pay) {
    serverState.currencies = [DONG];
    defineParams({ lang_parameters: VIETNAMESE, lang: "vi_VN" });
    const opened = [];
    onRpc("kpi.my.page", "pay", ({ args }) => {
        expect.step(args[0]);
        return pay;
    });
    await mountWithCleanup(KpiMyPay, { props: { card: { id: 7 }, open: (what) => opened.push(what) } });
    await animationFrame();
    expect.verifySteps([7]);
    return opened;
}

const texts = (selector) => queryAllTexts(selector).map((text) => text.replaceAll("\u00a0", " "));

test("what the plans together would pay, and what was paid", async () => {
    const opened = await open(PAY);
    // 754,000 + 4,076,500 and 1,255,600 + 5,174,000
    expect(texts(".o_kpi_my_pay_totals dd")).toEqual(["4.830.500 ₫", "6.429.600 ₫"]);
    expect(texts(".o_kpi_my_pay_paid dd")).toEqual(["11.943.500 ₫", "31/03/2026"]);
    expect(texts(".o_kpi_my_pay_paid dt")).toEqual(["Paid in 2026", "Next payment"]);
    await contains(".o_kpi_my_pay_what_if").click();
    await contains(".o_kpi_my_pay_all").click();
    expect(opened).toEqual([
        { call: ["kpi.scorecard", "action_what_if", 7] },
        { action: "kpi_hr_bonus.action_kpi_bonus_my_pay" },
    ]);
});

test("a plan that pays nothing for this scorecard is left out of the sum", async () => {
    const plans = [plan(1, "Commission", false, false), plan(2, "Bonus", 4076500, 5174000)];
    await open({ ...PAY, estimate: { ...PAY.estimate, plans } });
    expect(texts(".o_kpi_my_pay_totals dd")).toEqual(["4.076.500 ₫", "5.174.000 ₫"]);
});

test("a settled period shows its statement", async () => {
    const statements = [{ id: 3, plan: "Bonus", status: "Approved", amount: 4000000, currency_id: DONG.id }];
    const next = { date: "2026-02-28", is_late: true, amount: 4000000, currency_id: DONG.id };
    const opened = await open({ ...PAY, estimate: false, statements, next });
    expect(".o_kpi_my_pay_totals").toHaveCount(0);
    expect(texts(".o_kpi_my_pay_paid dt")[1]).toBe("Approved, not paid yet");
    expect(texts(".o_kpi_my_pay_paid dd")[1]).toBe("4.000.000 ₫ · 28/02/2026");
    await contains(".o_kpi_my_pay_told button").click();
    expect(opened).toEqual([{ model: "kpi.bonus.statement", id: 3 }]);
});

test("before the targets are agreed it says that nothing is paid yet", async () => {
    await open({ ...PAY, estimate: { ...PAY.estimate, state: "proposed" } });
    expect(".o_kpi_my_pay_part").toHaveText(/paid on agreed scorecards only/);
});

test("for whom nothing is paid there is nothing", async () => {
    await open(false);
    expect(".o_kpi_my_pay_part").toHaveCount(0);
});

test("another period never stands beside the pay of the one before", async () => {
    serverState.currencies = [DONG];
    const second = new Deferred();
    onRpc("kpi.my.page", "pay", ({ args }) => (args[0] === 8 ? second : PAY));
    let page;
    class Page extends Component {
        static template = xml`<KpiMyPay card="state.card" open="() => {}"/>`;
        static components = { KpiMyPay };
        static props = [];
        setup() {
            page = this.state = useState({ card: { id: 7 } });
        }
    }
    await mountWithCleanup(Page);
    await animationFrame();
    expect(".o_kpi_my_pay_part").toHaveCount(1);
    // the same scorecard, measured again: what is there stays until the answer comes
    page.card = { id: 7 };
    await animationFrame();
    expect(".o_kpi_my_pay_part").toHaveCount(1);
    page.card = { id: 8 };
    await animationFrame();
    expect(".o_kpi_my_pay_part").toHaveCount(0);
    second.resolve({ ...PAY, year: 2025 });
    await animationFrame();
    expect(texts(".o_kpi_my_pay_paid dt")[0]).toBe("Paid in 2025");
});
