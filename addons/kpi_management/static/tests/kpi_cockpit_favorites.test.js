import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, onRpc } from "@web/../tests/web_test_helpers";

import { below, company, openCockpit } from "./kpi_cockpit_data";

defineMailModels();

const FIRST = ["load", false, "previous", false, false];
const SALES = { type: "department", id: 7 };
const QUARTER = {
    periodId: false,
    periodType: "quarter",
    compare: "year",
    subject: SALES,
    page: "heat",
    sort: "attention",
};
const IN_QUARTER = ["load", false, "year", SALES, "quarter"];

function favorite(id, name, vals = {}) {
    return { id, name, is_default: false, is_mine: true, options: QUARTER, ...vals };
}

function withFavorites(favorites, vals = {}) {
    return ([, , subject]) =>
        subject && subject.type === "department"
            ? below(subject, "Sales", { favorites, ...vals })
            : company({ favorites, ...vals });
}

test("one's own come first, those shared with everybody below; one is opened", async () => {
    const favorites = [favorite(1, "Board", { is_mine: false }), favorite(2, "Sales quarter")];
    await openCockpit(withFavorites(favorites));
    await contains(".o_kpi_cockpit_favorites").click();
    expect(queryAllTexts(".o_favorite_menu .o_menu_item:not(.o_add_favorite)")).toEqual(["Sales quarter", "Board"]);
    // what is shared only officers delete
    expect(".o_kpi_cockpit_delete").toHaveCount(1);
    await contains(".o_favorite_menu .o_menu_item:eq(0)").click();
    expect(".o_kpi_cockpit_name").toHaveText("Sales");
    expect(".o_kpi_cockpit_heat").toHaveCount(1);
    expect(".o_kpi_cockpit_favorites").toHaveText("Board");
    expect.verifySteps([FIRST, IN_QUARTER]);
});

test("one's default opens by itself, before a shared one", async () => {
    const shared = favorite(1, "Board", { is_mine: false, is_default: true, options: { ...QUARTER, compare: false } });
    await openCockpit(withFavorites([shared, favorite(2, "Mine", { is_default: true })]));
    expect(".o_kpi_cockpit_favorites").toHaveText("Mine");
    expect.verifySteps([FIRST, IN_QUARTER]);
});

test("the address goes before the default", async () => {
    await openCockpit(withFavorites([favorite(2, "Mine", { is_default: true })]), { params: { subject: "company-1" } });
    expect(".o_kpi_cockpit_name").toHaveText("Sao Mai");
    expect.verifySteps([["load", false, "previous", { type: "company", id: 1 }, false]]);
});

test("what one sees is saved under a name, by an officer for everybody", async () => {
    onRpc("kpi.cockpit", "save_favorite", ({ args }) => {
        expect.step(["save", ...args]);
        return [favorite(3, args[0], { is_mine: false, options: args[1] })];
    });
    const period = { ...company().period, id: 11, name: "02/2026" };
    await openCockpit(withFavorites([], { may_share: true, period }), { params: { period: 11, sort: "-score" } });
    await contains(".o_kpi_cockpit_favorites").click();
    await contains(".o_add_favorite").click();
    // without a name nothing is saved
    await contains(".o_save_favorite").click();
    await contains(".o_favorite_menu input[type=text]").edit("February", { confirm: false });
    await contains(".o_favorite_menu input[type=checkbox]:eq(1)").click();
    await contains(".o_save_favorite").click();
    expect(".o_favorite_menu").toHaveCount(0);
    expect(".o_kpi_cockpit_favorites").toHaveText("February");
    const options = {
        periodId: 11,
        periodType: false,
        compare: "previous",
        subject: { type: "company", id: 1 },
        page: "overview",
        sort: "-score",
    };
    expect.verifySteps([
        ["load", 11, "previous", false, false],
        ["save", "February", options, false, true],
    ]);
});

test("who is no officer does not share", async () => {
    await openCockpit(withFavorites([]));
    await contains(".o_kpi_cockpit_favorites").click();
    await contains(".o_add_favorite").click();
    expect(".o_favorite_menu input[type=checkbox]").toHaveCount(1);
    expect.verifySteps([FIRST]);
});

test("one is deleted after one was asked", async () => {
    onRpc("kpi.cockpit", "delete_favorite", ({ args }) => {
        expect.step(["delete", ...args]);
        return [];
    });
    await openCockpit(withFavorites([favorite(2, "Sales quarter")]));
    await contains(".o_kpi_cockpit_favorites").click();
    await contains(".o_kpi_cockpit_delete").click();
    expect(".modal-body").toHaveText(/“Sales quarter” is no longer offered to you/);
    await contains(".modal-footer .btn-primary").click();
    await contains(".o_kpi_cockpit_favorites").click();
    expect(".o_favorite_menu .o_kpi_cockpit_delete").toHaveCount(0);
    expect.verifySteps([FIRST, ["delete", 2]]);
});
