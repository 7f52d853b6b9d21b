import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, defineParams } from "@web/../tests/web_test_helpers";

import { answerLines, cell, company, HEAT, openCockpit } from "./kpi_cockpit_data";

defineMailModels();

const FIRST = ["load", false, "previous", false, false];
const NAMES = ".o_kpi_cockpit_table tbody .o_kpi_cockpit_person .fw-bold";
const head = (index) => `.o_kpi_cockpit_sort_button:eq(${index})`;

async function openHeat(vals = {}) {
    await openCockpit(() => company(vals), { params: { page: "heat" } });
}

test("a cell says how it stands by a figure, a shape and in words", async () => {
    await openHeat();
    expect(queryAllTexts(".o_kpi_cockpit_table thead th")).toEqual(["Name", "Score", "Revenue", "Calls"]);
    expect(queryAllTexts(".o_kpi_cockpit_cell")).toEqual(["60 %", "120 %", "85 %", "", "95 %"]);
    const icons = [...document.querySelectorAll(".o_kpi_cockpit_cell i")].map((icon) => icon.className);
    // five cells, four shapes: Chi's calls and Bình's revenue are both on track
    expect(new Set(icons).size).toBe(4);
    expect(".o_kpi_cockpit_cell:eq(0)").toHaveAttribute("aria-label", "Chi, Revenue · 60\u00a0% · Behind");
    expect(".o_kpi_cockpit_cell:eq(3)").toHaveAttribute("aria-label", "An, Calls · No data");
    expect(".o_kpi_cockpit_none").toHaveCount(1);
    expect.verifySteps([FIRST]);
});

test("people by attention, name, score and any KPI; who has no figure comes last", async () => {
    await openHeat();
    expect(queryAllTexts(NAMES)).toEqual(["Chi", "An", "Bình"]);
    await contains(head(0)).click();
    expect(queryAllTexts(NAMES)).toEqual(["An", "Bình", "Chi"]);
    expect("thead th:eq(0)").toHaveAttribute("aria-sort", "ascending");
    await contains(head(1)).click();
    expect(queryAllTexts(NAMES)).toEqual(["An", "Chi", "Bình"]);
    await contains(head(1)).click();
    expect(queryAllTexts(NAMES)).toEqual(["Chi", "An", "Bình"]);
    expect(".o_kpi_cockpit_heat select").toHaveValue("-score");
    // revenue 60, 85, 95
    await contains(head(2)).click();
    await contains(head(2)).click();
    expect(queryAllTexts(NAMES)).toEqual(["Bình", "An", "Chi"]);
    expect("thead th:eq(2)").toHaveAttribute("aria-sort", "descending");
    // back to what needs attention
    await contains(head(2)).click();
    expect(queryAllTexts(NAMES)).toEqual(["Chi", "An", "Bình"]);
    expect("thead th:eq(2)").toHaveAttribute("aria-sort", "none");
    expect.verifySteps([FIRST]);
});

test("the order is chosen from a list as well", async () => {
    await openHeat();
    await contains(".o_kpi_cockpit_heat select").select("kpi-102");
    // calls: Chi 120; An's are not measured, Bình has none
    expect(queryAllTexts(NAMES)[0]).toBe("Chi");
    await contains(".o_kpi_cockpit_heat select").select("name");
    expect(queryAllTexts(NAMES)).toEqual(["An", "Bình", "Chi"]);
    expect.verifySteps([FIRST]);
});

test("arrow keys go from cell to cell, and the tab key stops there once", async () => {
    await openHeat();
    const place = () => document.activeElement.dataset.place;
    expect(`.o_kpi_cockpit_table [tabindex="0"]`).toHaveCount(1);
    queryOne(`[data-place="1,0"]`).focus();
    await press("ArrowRight");
    await press("ArrowRight");
    expect(place()).toBe("1,2");
    await press("ArrowDown");
    expect(place()).toBe("2,2");
    await press("End");
    expect(place()).toBe("2,3");
    // at the edge one stays
    await press("ArrowRight");
    expect(place()).toBe("2,3");
    // Bình has no calls: an empty place, which is passed all the same
    await press("ArrowDown");
    expect(place()).toBe("3,3");
    await press("Home");
    expect(place()).toBe("3,0");
    await press(["Control", "Home"]);
    expect(place()).toBe("0,0");
    expect(`.o_kpi_cockpit_table [tabindex="0"]`).toHaveCount(1);
    expect.verifySteps([FIRST]);
});

test("where one reads from the right, the arrow keys go the way they point", async () => {
    defineParams({ lang_parameters: { direction: "rtl" } });
    await openHeat();
    queryOne(`[data-place="1,0"]`).focus();
    await press("ArrowLeft");
    expect(document.activeElement.dataset.place).toBe("1,1");
    await press("ArrowRight");
    expect(document.activeElement.dataset.place).toBe("1,0");
    expect.verifySteps([FIRST]);
});

test("nearly there is not there", async () => {
    const [chi, an, binh] = HEAT.rows;
    const cells = { 101: cell(1, 99.6, "at_risk"), 102: cell(2, 0.58 * 100, "behind") };
    await openHeat({ heat: { ...HEAT, rows: [{ ...chi, cells }, an, binh] } });
    expect(queryAllTexts(".o_kpi_cockpit_cell").slice(0, 2)).toEqual(["99 %", "58 %"]);
    expect.verifySteps([FIRST]);
});

test("a range has no target to show", async () => {
    const [chi, an, binh] = HEAT.rows;
    const cells = { 101: cell(1, 60, "behind", { target: false }) };
    await openHeat({ heat: { ...HEAT, rows: [{ ...chi, cells }, an, binh] } });
    await contains(".o_kpi_cockpit_cell:eq(0)").click();
    expect(queryAllTexts(".o_kpi_cockpit_figure dt")).toEqual(["Actual", "Attainment"]);
    expect(queryAllTexts(".o_kpi_cockpit_figure dd")).toEqual(["120", "60 %"]);
    await press("Escape");
    expect.verifySteps([FIRST]);
});

test("a cell in full, with the ways to what is behind it", async () => {
    answerLines();
    await openHeat();
    for (const link of ["explanation", "records", "history", "scorecard"]) {
        await contains(".o_kpi_cockpit_cell:eq(0)").click();
        expect(queryAllTexts(".o_kpi_cockpit_figure dd")).toEqual(["120", "200", "60 %"]);
        expect(".o_kpi_cockpit_figure .btn-primary").toBeFocused();
        await contains(`.o_kpi_cockpit_figure [data-link=${link}]`).click();
        expect(".o_kpi_cockpit_figure").toHaveCount(0);
    }
    expect.verifySteps([
        FIRST,
        ["action", "line 1", "action_open_explanation"],
        ["action", "line 1", "action_open_records"],
        ["action", "line 1", "action_open_history"],
        ["action", "kpi.scorecard", 933],
    ]);
});

test("Esc closes a cell first, a name leads to the person, a score to the scorecard", async () => {
    const path = [
        { type: "company", id: 1, name: "Sao Mai" },
        { type: "department", id: 7, name: "Sales" },
    ];
    await openHeat({ path });
    await contains(".o_kpi_cockpit_cell:eq(1)").click();
    await press("Escape");
    await animationFrame();
    expect(".o_kpi_cockpit_figure").toHaveCount(0);
    // one goes on from where one was
    expect(".o_kpi_cockpit_cell:eq(1)").toBeFocused();
    await contains(".o_kpi_cockpit_total:eq(1)").click();
    await contains("tbody .o_kpi_cockpit_person button:eq(2)").click();
    expect.verifySteps([
        FIRST,
        ["action", "kpi.scorecard", 931],
        ["load", false, "previous", { type: "employee", id: 32 }, false],
    ]);
});

test("from one page to the other; how many people are left out is said", async () => {
    await openHeat({ heat: { ...HEAT, more: 40 } });
    expect(".o_kpi_cockpit_more").toHaveText(/40 more are not shown/);
    expect(".o_kpi_cockpit_cards").toHaveCount(0);
    await contains(".o_kpi_cockpit_to_overview").click();
    expect(".o_kpi_cockpit_heat").toHaveCount(0);
    expect(".o_kpi_cockpit_cards").toHaveCount(1);
    await contains(".o_kpi_cockpit_to_heat").click();
    expect(".o_kpi_cockpit_heat").toHaveCount(1);
    expect.verifySteps([FIRST]);
});
