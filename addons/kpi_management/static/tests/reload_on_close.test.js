import { expect, test } from "@odoo/hoot";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    getService,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

import { reloadOnClose } from "@kpi_management/kpi_latest/reload_on_close";

class Card extends models.Model {
    _name = "kpi.scorecard";

    name = fields.Char();

    _records = [{ id: 1, name: "Bình" }];
    _views = { form: `<form><field name="name"/></form>` };
}

defineMailModels();
defineModels([Card]);

const FORM = { type: "ir.actions.act_window", res_model: "kpi.scorecard", res_id: 1, views: [[false, "form"]] };

const COCKPIT = { empty: "no_scorecards", can_start: true, periods: [] };
const MY_PAGE = {
    name: "Bình",
    avatar_url: "",
    empty: "no_scorecard",
    may_link: false,
    may_prepare: true,
    periods: [],
    period: false,
    card: false,
    lines: [],
    led: [],
    todo: [],
    team: [],
};

/** A page whose first button opens a form in a dialog. */
async function openDialog(page) {
    for (const [model, data] of [
        ["kpi.cockpit", COCKPIT],
        ["kpi.my.page", MY_PAGE],
    ]) {
        onRpc(model, "load", () => {
            expect.step("loaded");
            return data;
        });
    }
    onRpc("/web/action/load", () => ({ ...FORM, target: "new" }));
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ type: "ir.actions.client", tag: `kpi_management.${page}` });
    await animationFrame();
    await contains(".o_action_manager .o_content .btn-primary").click();
    expect(".modal .o_form_view").toHaveCount(1);
    expect.verifySteps(["loaded"]);
}

for (const page of ["cockpit", "my_kpis"]) {
    test(`the page below a dialog is loaded again when that is closed: ${page}`, async () => {
        await openDialog(page);
        await contains(".modal .btn-close").click();
        await animationFrame();
        expect(".modal").toHaveCount(0);
        expect.verifySteps(["loaded"]);
    });

    test(`another page takes the place of both, and nothing is loaded for it: ${page}`, async () => {
        await openDialog(page);
        await getService("action").doAction(FORM);
        await animationFrame();
        await runAllTimers();
        expect(".o_action_manager .o_form_view").toHaveCount(1);
        expect(".modal").toHaveCount(0);
        expect.verifySteps([]);
    });
}

test("closing does not wait for the page, nor for one that cannot be loaded", () => {
    const close = reloadOnClose(() => {
        expect.step("loaded");
        return new Promise(() => {});
    });
    expect(close()).toBe(undefined);
    expect(close({ noReload: true })).toBe(undefined);
    expect.verifySteps(["loaded"]);
});
