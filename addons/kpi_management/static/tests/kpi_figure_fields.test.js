import { expect, test } from "@odoo/hoot";
import { queryAll, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { loadBundle } from "@web/core/assets";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView, mountWithCleanup } from "@web/../tests/web_test_helpers";

import { KpiGauge } from "@kpi_management/kpi_gauge/kpi_gauge";
import { KpiTrend } from "@kpi_management/kpi_trend/kpi_trend";

const TREND = [
    { period: "Q1", attainment: 80, status: "at_risk", result: "ok" },
    { period: "Q2", attainment: false, status: "none", result: "no_data" },
    { period: "Q3", attainment: 110, status: "on_track", result: "ok" },
];

class Line extends models.Model {
    _name = "line";

    attainment = fields.Float({ digits: [16, 2] });
    elapsed = fields.Float();
    has_score = fields.Boolean();
    status = fields.Selection({
        selection: [
            ["none", "No status"],
            ["at_risk", "At risk"],
        ],
    });
    result = fields.Selection({
        selection: [
            ["ok", "Measured"],
            ["no_data", "No data"],
        ],
    });
    trend = fields.Json();

    _records = [
        { id: 1, attainment: 75, elapsed: 50, has_score: true, status: "at_risk", result: "ok", trend: TREND },
        { id: 2, attainment: 0, elapsed: 50, has_score: false, status: "none", result: "no_data", trend: [] },
    ];
}

defineMailModels();
defineModels([Line]);

const plain = (text) => text.replaceAll("\u00a0", " ");
const labels = (selector) => queryAll(selector).map((element) => plain(element.getAttribute("aria-label")));

/** Once the library is there, and what waited for it is drawn. */
async function charts() {
    await loadBundle("web.chartjs_lib");
    await animationFrame();
    await animationFrame();
    return queryAll("canvas").map((canvas) => window.Chart.getChart(canvas));
}

function mount(type, arch, resId) {
    return mountView({ type, resModel: "line", arch, ...(resId ? { resId } : {}) });
}

test("a bullet in a list, with its figure and the pace of a field", async () => {
    await mount(
        "list",
        `<list><field name="attainment" widget="kpi_bullet" options="{'pace_field': 'elapsed'}"/></list>`,
    );
    expect(queryAllTexts(".o_kpi_bullet_field span").map(plain)).toEqual(["75 %", "–"]);
    expect(labels(".o_kpi_bullet")).toEqual([
        "75 %, At risk, 50 % of the time gone by",
        "No data, 50 % of the time gone by",
    ]);
});

test("a bullet says its status by a shape, where no other field does", async () => {
    await mount("list", `<list><field name="attainment" widget="kpi_bullet" options="{'status_icon': True}"/></list>`);
    expect(".o_kpi_bullet_field .o_kpi_status:first .fa").toHaveClass("fa-exclamation-triangle");
    expect(queryAll(".o_kpi_bullet_field .o_kpi_status").map((icon) => icon.title)).toEqual(["At risk", "No data"]);
});

test("a bullet of a model that knows no status, on a scale of its own", async () => {
    const options = "{'status_field': '', 'result_field': 'has_score', 'max': 150}";
    await mount("list", `<list><field name="attainment" widget="kpi_bullet" options="${options}"/></list>`);
    // 75 of 150
    expect(queryAll(".o_kpi_bullet_bar").map((bar) => bar.getAttribute("width"))).toEqual(["50.00%"]);
    expect(".o_kpi_bullet_bar").toHaveClass("o_kpi_color_none");
    expect(labels(".o_kpi_bullet")).toEqual(["75 %", "No status"]);
});

test("a gauge in a form: the arc by Chart.js, the figure and its status beside it", async () => {
    await mount("form", `<form><field name="attainment" widget="kpi_gauge" options="{'title': 'Score'}"/></form>`, 1);
    const [chart] = await charts();
    expect(chart.config.type).toBe("doughnut");
    expect(chart.data.datasets[0].data).toEqual([75, 50]);
    expect(queryAllTexts(".o_kpi_gauge_value").map(plain)).toEqual(["75 %"]);
    expect(".o_kpi_gauge_value .fa-exclamation-triangle").toHaveCount(1);
    expect(labels(".o_kpi_gauge")).toEqual(["Score: 75 %, At risk"]);
});

test("a gauge in a list is small, and empty where nothing was measured", async () => {
    await mount("list", `<list><field name="attainment" widget="kpi_gauge"/></list>`);
    const drawn = await charts();
    expect(drawn.map((chart) => chart.data.datasets[0].data)).toEqual([
        [75, 50],
        [0, 125],
    ]);
    expect(queryAll(".o_kpi_gauge").map((gauge) => gauge.style.width)).toEqual(["72px", "72px"]);
    expect(queryAllTexts(".o_kpi_gauge_value").map(plain)).toEqual(["75 %", "–"]);
});

test("a gauge of a size and a scale of its own", async () => {
    const options = "{'max': 150, 'width': 80}";
    await mount("form", `<form><field name="attainment" widget="kpi_gauge" options="${options}"/></form>`, 1);
    const [chart] = await charts();
    expect(chart.data.datasets[0].data).toEqual([75, 75]);
    expect(".o_kpi_gauge").toHaveStyle({ width: "80px" });
    // without a title it is named after its field
    expect(labels(".o_kpi_gauge")).toEqual(["Attainment: 75 %, At risk"]);
});

for (const widget of ["kpi_gauge", "kpi_bullet"]) {
    test(`the foot of a list says the average as a percentage: ${widget}`, async () => {
        await mount("list", `<list><field name="attainment" widget="${widget}" avg="Average"/></list>`);
        // of 75 and 0
        expect(queryAllTexts("tfoot .o_list_number").map(plain)).toEqual(["37.5 %"]);
    });
}

test("a gauge beyond its scale is full", async () => {
    await mountWithCleanup(KpiGauge, { props: { value: 140, result: true } });
    const [chart] = await charts();
    expect(chart.data.datasets[0].data).toEqual([125, 0]);
});

test("a trend in a form is a chart with its figures in a table", async () => {
    await mount("form", `<form><field name="trend" widget="kpi_trend" options="{'title': 'Revenue'}"/></form>`, 1);
    const [chart] = await charts();
    const [line, target] = chart.data.datasets;
    expect(chart.data.labels).toEqual(["Q1", "Q2", "Q3"]);
    expect(line.data).toEqual([80, null, 110]);
    expect(target.data).toEqual([100, 100, 100]);
    // told apart by their shapes, too
    expect([line.pointStyle[0], line.pointStyle[2]]).toEqual(["triangle", "circle"]);
    expect(labels(".o_kpi_trend [role=img]")).toEqual(["Revenue: from Q1 80 % to Q3 110 %"]);
    expect(queryAll(".o_kpi_trend table td").map((cell) => plain(cell.textContent))).toEqual([
        "80 %",
        "No data",
        "110 %",
    ]);
});

test("a trend in a list and on a card is a small line", async () => {
    await mount("list", `<list><field name="trend" widget="kpi_trend"/></list>`);
    expect(".o_kpi_sparkline").toHaveCount(1);
    expect("canvas").toHaveCount(0);
    await mount("kanban", `<kanban><t t-name="card"><field name="trend" widget="kpi_trend"/></t></kanban>`);
    expect(".o_kanban_record .o_kpi_sparkline").toHaveCount(1);
});

test("a trend without a figure says so", async () => {
    await mountWithCleanup(KpiTrend, { props: { points: [TREND[1]] } });
    expect(".o_kpi_trend").toHaveText("Nothing measured yet.");
    expect("canvas").toHaveCount(0);
});

test("a picture that is gone before the library has come leaves nothing behind", async () => {
    const component = await mountWithCleanup(KpiGauge, { props: { value: 50, result: true } });
    component.__owl__.app.destroy();
    await charts();
    expect("canvas").toHaveCount(0);
});

test("the chart goes with its picture", async () => {
    const view = await mount("form", `<form><field name="attainment" widget="kpi_gauge"/></form>`, 1);
    const [chart] = await charts();
    expect(window.Chart.instances[chart.id] === chart).toBe(true);
    view.__owl__.app.destroy();
    expect(window.Chart.instances[chart.id]).toBe(undefined);
});
