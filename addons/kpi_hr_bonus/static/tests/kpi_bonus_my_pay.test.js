import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, getService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

defineMailModels();

const NOTHING = { running: [], waiting: [], statements: [], has_more: false, balances: [], plans: [] };

async function open(pay) {
    onRpc("kpi.bonus.statement", "my_pay", () => {
        expect.step("loaded");
        return { ...NOTHING, ...pay };
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ type: "ir.actions.client", tag: "kpi_bonus_my_pay" });
    await animationFrame();
}

const RUNNING = {
    scorecard_id: 3,
    period: "03/2026",
    date_end: "2026-03-31",
    state: "running",
    has_ended: false,
    scores: { now: 60, pace: 90, target: 100, best: 120 },
    plans: [{ id: 7, name: "Sales", currency_id: false, amounts: { now: 3000, pace: 4500, target: 5000, best: 6000 } }],
};
const STATEMENT = {
    id: 11,
    plan: "Sales",
    period: "02/2026",
    amount: 4000,
    currency_id: false,
    state: "submitted",
    status: "Waits for approval",
    contested: false,
    can_contest: true,
};

test("before there is anything it says what will be here", async () => {
    await open({});
    expect(".o_kpi_my_pay_empty").toHaveText(/Once a bonus plan covers you/);
    expect(".o_kpi_my_pay_statements").toHaveCount(0);
    expect.verifySteps(["loaded"]);
});

test("a running period at today's pace and on target", async () => {
    await open({ running: [RUNNING] });
    expect(queryAllTexts(".o_kpi_my_pay_figures .fs-4")).toEqual(["4,500", "5,000"]);
    expect(".o_kpi_my_pay_what_if").toHaveCount(1);
    expect.verifySteps(["loaded"]);
});

test("a period that has ended waits for its statement", async () => {
    await open({ running: [{ ...RUNNING, has_ended: true }] });
    expect(queryAllTexts(".o_kpi_my_pay_figures .fs-4")).toEqual(["3,000"]);
    expect(".o_kpi_my_pay_running").toHaveText(/your statement is being prepared/);
    expect(".o_kpi_my_pay_what_if").toHaveCount(0);
    expect.verifySteps(["loaded"]);
});

test("what a review pays waits for it, without a figure", async () => {
    const row = { plan: "Year end", period: "2026", date_end: "2026-12-31", text: "Waits for your review" };
    await open({
        waiting: [
            { ...row, key: "7-2", review_id: 5 },
            { ...row, key: "7-1", review_id: false },
        ],
    });
    expect(".o_kpi_my_pay_empty").toHaveCount(0);
    expect(queryAllTexts(".o_kpi_my_pay_waiting .border")[0]).toMatch(/Waits for your review/);
    expect(".o_kpi_my_pay_waiting").not.toHaveText(/[0-9],[0-9]/);
    expect(".o_kpi_my_pay_waiting button").toHaveCount(1);
    expect.verifySteps(["loaded"]);
});

test("a statement is contested from here, and the list is read anew", async () => {
    onRpc("kpi.bonus.statement", "action_contest", ({ args }) => {
        expect.step(`contest ${args[0]}`);
        return { type: "ir.actions.act_window_close" };
    });
    await open({ statements: [STATEMENT], balances: [{ currency_id: false, amount: -200 }] });
    expect(".o_kpi_my_pay_statement .badge").toHaveText("Waits for approval");
    expect(".o_kpi_my_pay_balance").toHaveText(/Carried over: -200/);
    await contains(".o_kpi_my_pay_contest button").click();
    await animationFrame();
    expect.verifySteps(["loaded", "contest 11", "loaded"]);
});

test("the regulation is read here, and whether it was acknowledged", async () => {
    const plan = {
        id: 7,
        name: "Sales",
        paid_per: "Month",
        summary: "A payout of 100 % is worth 5,000.",
        html: "<p class='rules'>Sell with care.</p>",
        acknowledgement_id: 5,
        acknowledged: false,
        acknowledged_text: "Please read and acknowledge it",
    };
    await open({
        plans: [plan, { ...plan, id: 8, acknowledged: true, acknowledged_text: "Acknowledged on 03/20/2026" }],
    });
    expect(queryAllTexts(".o_kpi_my_pay_acknowledge")).toEqual(["Please read and acknowledge it"]);
    expect(".o_kpi_my_pay_plans").toHaveText(/Acknowledged on 03\/20\/2026/);
    await contains(".o_kpi_my_pay_regulation:eq(0)").click();
    expect(".rules").toHaveCount(1);
    expect.verifySteps(["loaded"]);
});
