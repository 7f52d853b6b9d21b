import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, getService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

defineMailModels();

const BESIDE = { total: 9000, people: 2, paid: 2, median: 4500, highest: 5000, missing: 0 };

function cost(periodId, otherId) {
    return {
        plan: { id: 7, name: "Next", state: "draft" },
        currency_id: false,
        periods: [
            { id: 2, name: "02/2026", is_closed: true },
            { id: 3, name: "03/2026", is_closed: false },
        ],
        period_id: periodId || 2,
        others: [{ id: 6, name: "Sales bonus", state: "published" }],
        other_id: otherId === null ? false : 6,
        total: 10000,
        people: 2,
        paid: 1,
        median: 10000,
        highest: 10000,
        missing: 1,
        unmeasured: 0,
        other: otherId === null ? false : BESIDE,
        departments: [
            { id: 1, name: "Sales North", people: 1, total: 10000, other_people: 1, other_total: 5000 },
            { id: 2, name: "Sales", people: 1, total: 0, other_people: 1, other_total: 4000 },
        ],
        bars: [
            { start: 0, end: 0, people: 1, other: 0 },
            { start: 0, end: 10000, people: 0, other: 2 },
            { start: 10000, end: 20000, people: 1, other: 0 },
        ],
    };
}

async function open(change = {}) {
    const asked = [];
    onRpc("kpi.bonus.plan", "read_cost", ({ args }) => {
        asked.push(args);
        return { ...cost(args[1], args[2]), ...change };
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "kpi_bonus_plan_cost",
        context: { active_model: "kpi.bonus.plan", active_id: 7 },
    });
    await animationFrame();
    return asked;
}

test("a plan by reviews is tried on closed reviews, and on no imagined figures", async () => {
    await open({ by_review: true });
    expect(".o_kpi_plan_cost_what_if").toHaveCount(0);
    expect(".o_kpi_plan_cost .alert-warning").toHaveText(/without a closed review, not counted:\s*1/);
    expect("label[for=kpi_plan_cost_period]").toHaveText("On the reviews of");
});

test("what it costs, and how much more than the plan beside it", async () => {
    await open();
    expect(".o_kpi_plan_cost_total").toHaveText("10,000");
    expect(".o_kpi_plan_cost_difference").toHaveText(/\+ 1,000 \(11\.11\s%\)/);
    expect(queryAllTexts(".o_kpi_plan_cost_departments tbody tr:eq(1) td")).toEqual(["Sales", "1", "0", "-4,000"]);
    expect(".o_kpi_plan_cost .alert-warning").toHaveText(/without an agreed scorecard, counted with nothing:\s*1/);
    expect(".o_kpi_plan_cost_bars tbody tr").toHaveCount(3);
});

test("another period; no plan beside it", async () => {
    const asked = await open();
    await contains(".o_kpi_plan_cost_period").select("3");
    await contains(".o_kpi_plan_cost_other").select("");
    expect(".o_kpi_plan_cost_difference").toHaveCount(0);
    expect(queryAllTexts(".o_kpi_plan_cost_departments th")).toEqual(["Department", "People", "Cost"]);
    expect(asked).toEqual([
        [[7], false, false],
        [[7], 3, 6],
        [[7], 3, null],
    ]);
});

test("without scorecards there is nothing to try it on", async () => {
    await open({ periods: [], period_id: false, people: undefined });
    expect(".o_kpi_plan_cost .alert-info").toHaveText(/nothing to try the plan on/);
    expect(".o_kpi_plan_cost_export").toHaveCount(0);
});
