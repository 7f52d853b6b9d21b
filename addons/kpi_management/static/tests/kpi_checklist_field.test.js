import { expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, defineModels, fields, models, mockService, mountView, onRpc } from "@web/../tests/web_test_helpers";

class Period extends models.Model {
    _name = "kpi.period";

    checklist = fields.Json();

    _records = [
        {
            id: 1,
            checklist: [
                { period_id: 1, code: "not_agreed", text: "Scorecards not agreed", count: 3, blocking: true },
                { period_id: 1, code: "error", text: "KPIs in error", count: 2, blocking: false },
            ],
        },
        { id: 2, checklist: [] },
    ];
}

defineModels([Period]);
defineMailModels();

const ARCH = `<form><field name="checklist" widget="kpi_checklist" nolabel="1" readonly="1" /></form>`;

test("each open item has its count and opens its records", async () => {
    onRpc("kpi.period", "action_open_check", ({ args }) => {
        expect.step(args);
        return { type: "ir.actions.act_window", res_model: "kpi.scorecard" };
    });
    mockService("action", { doAction: (action) => expect.step(action.res_model) });
    await mountView({ type: "form", resModel: "kpi.period", resId: 1, arch: ARCH });
    expect(".o_kpi_checklist li").toHaveCount(2);
    expect(".o_kpi_checklist li:first").toHaveText(/Scorecards not agreed\s*Settle this first\s*3\s*Open/);
    expect(".o_kpi_checklist li:last small").toHaveCount(0);
    await contains("button[data-code=error]").click();
    expect.verifySteps([[[1], "error"], "kpi.scorecard"]);
});

test("nothing open is said in words", async () => {
    await mountView({ type: "form", resModel: "kpi.period", resId: 2, arch: ARCH });
    expect(".o_field_kpi_checklist").toHaveText("Nothing is open.");
});
