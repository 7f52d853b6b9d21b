import { expect, test } from "@odoo/hoot";
import { queryAll, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

class Review extends models.Model {
    _name = "kpi.review";

    name = fields.Char();

    _records = [{ id: 1, name: "Bình" }];
}

defineMailModels();
defineModels([Review]);

const SIDES = [
    { key: "self", name: "Self" },
    { key: "manager", name: "Manager" },
    { key: "peer", name: "Colleagues" },
];
const CARE = { id: 1, name: "Care", ratings: { self: 5, manager: 3, peer: 4.5 } };
const DRIVE = { id: 2, name: "Drive", ratings: { self: 3, manager: 4, peer: 3.75 } };
const CRAFT = { id: 3, name: "Craft and knowledge of the trade", ratings: { manager: 4 } };
const UNRATED = { id: 4, name: "Courage", ratings: {} };

async function open(sides, competencies) {
    onRpc("kpi.review", "competency_chart", () => ({ scale: [1, 5], sides, competencies }));
    await mountView({
        type: "form",
        resModel: "kpi.review",
        resId: 1,
        arch: `<form><widget name="kpi_radar_chart"/></form>`,
    });
}

const cells = () => queryAll(".o_kpi_radar tbody tr").map((row) => [...row.children].map((cell) => cell.textContent));

test("a radar of the sides, told apart without colours, and the figures below", async () => {
    await open(SIDES, [CARE, DRIVE, CRAFT, UNRATED]);
    const chart = window.Chart.getChart(queryOne(".o_kpi_radar canvas"));
    const { labels, datasets } = chart.data;
    expect(chart.config.type).toBe("radar");
    expect(labels).toEqual([["Care"], ["Drive"], ["Craft and", "knowledge of the", "trade"]]);
    expect(datasets.map(({ label, data }) => [label, data])).toEqual([
        ["Self", [5, 3, null]],
        ["Manager", [3, 4, 4]],
        ["Colleagues", [4.5, 3.75, null]],
    ]);
    for (const name of ["pointStyle", "borderDash", "borderColor"]) {
        expect(new Set(datasets.map((dataset) => String(dataset[name]))).size).toBe(3);
    }
    expect(".o_kpi_radar_canvas").toHaveAttribute(
        "aria-label",
        "Ratings of 3 competencies by Self, Manager, Colleagues; the figures are in the table.",
    );
    expect(queryAllTexts(".o_kpi_radar thead th")).toEqual(["Competency", "Self", "Manager", "Colleagues", "Gap"]);
    // 5 against the mean of 3 and 4.5; 3 against that of 4 and 3.75
    expect(cells()).toEqual([
        ["Care", "5", "3", "4.5", "+1.25"],
        ["Drive", "3", "4", "3.75", "-0.88"],
        ["Craft and knowledge of the trade", "–", "4", "–", "–"],
    ]);
    expect(queryAllTexts(".o_kpi_radar td.fw-bold")).toEqual(["+1.25"]);
});

test("two competencies are no radar", async () => {
    await open(SIDES, [CARE, DRIVE]);
    expect(".o_kpi_radar canvas").toHaveCount(0);
    expect(".o_kpi_radar tbody tr").toHaveCount(2);
});

test("one side is compared with nobody", async () => {
    await open([SIDES[1]], [CRAFT]);
    expect(queryAllTexts(".o_kpi_radar thead th")).toEqual(["Competency", "Manager"]);
});

test("before anything is shown it says when", async () => {
    await open(
        [],
        [CARE, DRIVE, CRAFT].map((competency) => ({ ...competency, ratings: {} })),
    );
    expect(".o_kpi_radar table").toHaveCount(0);
    expect(".o_kpi_radar").toHaveText(/No ratings can be seen yet/);
});
