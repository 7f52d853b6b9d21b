import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import {
    MockServer,
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Statement extends models.Model {
    _name = "kpi.bonus.statement";
    explanation_html = fields.Html();
    state = fields.Char();
    progress = fields.Integer();
    _records = [
        {
            id: 1,
            state: "queued",
            progress: 10,
            explanation_html: `<table><tr>
                <td><a href="#" data-kpi-line="7">Revenue</a></td>
                <td><a href="#" data-kpi-line="7" data-records="1">800</a></td>
                <td><a href="#" data-review="1">Review 2026</a></td>
            </tr></table>`,
        },
    ];
}

defineMailModels();
defineModels([Statement]);

/** The arithmetic of the statement, with what pressing its links asks the server for as steps. */
async function openArithmetic(method) {
    onRpc(method, ({ args }) => {
        expect.step(JSON.stringify(args));
        return { type: "ir.actions.act_window_close" };
    });
    mockService("action", { doAction: (action) => expect.step(action.type) });
    await mountView({
        type: "form",
        resModel: "kpi.bonus.statement",
        resId: 1,
        arch: `<form><field name="explanation_html" widget="kpi_bonus_arithmetic" readonly="1"/></form>`,
    });
}

test("a KPI's name opens how it was measured, its actual the records", async () => {
    await openArithmetic("action_open_kpi");
    await contains("a:contains(Revenue)").click();
    await contains("a[data-records]").click();
    expect.verifySteps(["[[1],7,false]", "ir.actions.act_window_close", "[[1],7,true]", "ir.actions.act_window_close"]);
});

test("the review that pays is opened by its name", async () => {
    await openArithmetic("action_open_review");
    await contains("a[data-review]").click();
    expect.verifySteps(["[[1]]", "ir.actions.act_window_close"]);
});

test("a run is read again as long as it is under way", async () => {
    onRpc("web_read", () => {
        expect.step("read");
    });
    await mountView({
        type: "form",
        resModel: "kpi.bonus.statement",
        resId: 1,
        arch: `<form><widget name="kpi_bonus_run_watch"/><field name="state"/><field name="progress"/></form>`,
    });
    expect.verifySteps(["read"]);
    MockServer.env["kpi.bonus.statement"].write([1], { state: "done", progress: 60 });
    await advanceTime(2000);
    await animationFrame();
    expect.verifySteps(["read"]);
    await advanceTime(4000);
    expect.verifySteps([]);
});
