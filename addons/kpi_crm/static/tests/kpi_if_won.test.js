import { expect, test } from "@odoo/hoot";
import { animationFrame, click, queryAllTexts } from "@odoo/hoot-dom";
import { Deferred, runAllTimers } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    clickSave,
    contains,
    defineModels,
    fields,
    MockServer,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Lead extends models.Model {
    _name = "crm.lead";

    name = fields.Char();
    expected_revenue = fields.Float();
    won_status = fields.Selection({
        selection: [
            ["pending", "Pending"],
            ["won", "Won"],
        ],
    });

    write_date = fields.Datetime();

    _records = [
        { id: 1, name: "Hotel", expected_revenue: 150, won_status: "pending", write_date: "2026-04-01 08:00:00" },
        { id: 2, name: "School", expected_revenue: 150, won_status: "won", write_date: "2026-04-01 08:00:00" },
        { id: 3, name: "Bank", expected_revenue: 90, won_status: "pending", write_date: "2026-04-01 08:00:00" },
    ];
}

defineMailModels();
defineModels([Lead]);

const TOLD = {
    name: "Bình",
    is_mine: true,
    currency_id: false,
    cards: [
        {
            scorecard_id: 7,
            period: "04/2026",
            score: { now: 64, then: 82 },
            lines: [
                {
                    line_id: 1,
                    name: "Revenue",
                    unit: "number",
                    actual: { now: 200, then: 350 },
                    attainment: { now: 40, then: 70 },
                },
            ],
        },
    ],
};

async function open(told, resId = 1, resIds = [resId]) {
    const asked = [];
    onRpc("crm.lead", "kpi_if_won", ({ args }) => {
        asked.push(args);
        return typeof told === "function" ? told(args[0]) : told;
    });
    await mountView({
        type: "form",
        resModel: "crm.lead",
        resId,
        resIds,
        arch: `<form><field name="name"/><field name="expected_revenue"/><widget name="kpi_if_won"/></form>`,
    });
    await animationFrame();
    return asked;
}

test("attainment and score, now and then", async () => {
    await open(TOLD);
    expect(".o_kpi_if_won button").toHaveText("If you win this");
    expect(".o_kpi_if_won").toHaveText(/04\/2026.*Revenue 40 % → 70 %.*Score 64 % → 82 %/s);
    expect(".o_kpi_if_won [data-tooltip]").toHaveAttribute("data-tooltip", "200 → 350");
    // for those who cannot point at it
    expect(".o_kpi_if_won .visually-hidden").toHaveText("200 → 350");
    expect(".o_kpi_if_won_pay").toHaveCount(0);
});

test("another's deal is told by the name", async () => {
    await open({ ...TOLD, is_mine: false });
    expect(".o_kpi_if_won button").toHaveText("If Bình wins this");
});

test("the bonus, more or less or the same", async () => {
    const told = { ...TOLD, pay: { now: 3200, then: 4100 } };
    await open(told);
    expect(".o_kpi_if_won_pay").toHaveText(/^Bonus \+ 900\b/);
    expect(".o_kpi_if_won_pay").toHaveAttribute("data-tooltip", "3,200 → 4,100");
    told.pay = { now: 500, then: 200 };
    await contains(".o_field_widget[name=expected_revenue] input").edit("100");
    await runAllTimers();
    await animationFrame();
    expect(".o_kpi_if_won_pay").toHaveText(/^Bonus − 300\b/);
    told.pay = { now: 500, then: 500 };
    await contains(".o_field_widget[name=expected_revenue] input").edit("120");
    await runAllTimers();
    await animationFrame();
    expect(".o_kpi_if_won_pay").toHaveText(/^Bonus unchanged\b/);
});

test("the revenue being typed counts, once one has stopped typing", async () => {
    const asked = await open(TOLD);
    expect(asked).toEqual([[1, 150]]);
    await contains(".o_field_widget[name=expected_revenue] input").edit("300");
    await contains(".o_field_widget[name=expected_revenue] input").edit("400");
    await runAllTimers();
    await animationFrame();
    expect(asked).toEqual([
        [1, 150],
        [1, 400],
    ]);
});

test("nothing is shown where nothing can be said, and nothing is asked of a deal that is won", async () => {
    await open(false);
    expect(".o_kpi_if_won").toHaveCount(0);
    const asked = await open(TOLD, 2);
    expect(asked).toHaveLength(0);
});

test("the form is shown before the answer", async () => {
    const answer = new Deferred();
    await open(answer);
    expect(".o_field_widget[name=expected_revenue]").toHaveCount(1);
    expect(".o_kpi_if_won").toHaveCount(0);
    answer.resolve(TOLD);
    await animationFrame();
    expect(".o_kpi_if_won").toHaveCount(1);
});

test("on to the scorecard", async () => {
    const actions = [];
    mockService("action", { doAction: (action) => actions.push(action) });
    await open(TOLD);
    await click(".o_kpi_if_won button");
    await animationFrame();
    expect(actions.map(({ res_model, res_id }) => [res_model, res_id])).toEqual([["kpi.scorecard", 7]]);
    expect(queryAllTexts(".o_kpi_if_won")).toHaveLength(1);
});

test("another salesperson counts once it is saved, as the server reads it", async () => {
    let name = "Bình";
    const asked = await open(() => ({ ...TOLD, is_mine: false, name }));
    expect(".o_kpi_if_won button").toHaveText("If Bình wins this");
    onRpc("crm.lead", "web_save", ({ parent }) => {
        name = "Chi";
        MockServer.env["crm.lead"].write(1, { write_date: "2026-04-01 09:00:00" });
        return parent();
    });
    await contains(".o_field_widget[name=name] input").edit("Grand hotel");
    await runAllTimers();
    await animationFrame();
    expect(asked).toHaveLength(1);
    await clickSave();
    await runAllTimers();
    await animationFrame();
    expect(asked).toHaveLength(2);
    expect(".o_kpi_if_won button").toHaveText("If Chi wins this");
});

test("figures of one deal never stand on the next", async () => {
    const bank = new Deferred();
    await open((id) => (id === 3 ? bank : TOLD), 1, [1, 3]);
    expect(".o_kpi_if_won").toHaveCount(1);
    await contains(".o_pager_next").click();
    expect(".o_kpi_if_won").toHaveCount(0);
    await runAllTimers();
    bank.resolve({ ...TOLD, is_mine: false, name: "Chi" });
    await animationFrame();
    expect(".o_kpi_if_won button").toHaveText("If Chi wins this");
});
