import { expect, test } from "@odoo/hoot";
import { queryAll, queryOne } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";

import { KpiSparkline } from "@kpi_management/kpi_sparkline/kpi_sparkline";
import { KpiStatus, kpiStatus } from "@kpi_management/kpi_status/kpi_status";

defineMailModels();

const point = (period, attainment, values = {}) => ({
    period,
    attainment,
    status: "on_track",
    result: "ok",
    ...values,
});
const MISSING = { status: "none", result: "no_data" };

const paths = () => queryAll(".o_kpi_sparkline_line").map((path) => path.getAttribute("d"));
const plain = (text) => text.replaceAll("\u00a0", " ");
const titles = () => queryAll(".o_kpi_sparkline title").map((title) => plain(title.textContent));

test("a line of attainments with a gap where nothing was measured", async () => {
    const points = [
        point("Q1", 80),
        point("Q2", 120),
        point("Q3", false, MISSING),
        point("Q4", 100, { status: "behind" }),
    ];
    await mountWithCleanup(KpiSparkline, { props: { points, label: "Revenue", height: 28 } });
    // 100 wide with margins of 4: steps of 92 / 3; 20 high for 80 to 120 %, 100 % in the middle
    expect(paths()).toEqual(["M4.0 24.0 L34.7 4.0", "M96.0 14.0 h0"]);
    expect(".o_kpi_sparkline_target").toHaveAttribute("y1", "14");
    expect(".o_kpi_sparkline_last").toHaveClass("o_kpi_color_behind");
    expect(titles()).toEqual(["Q1: 80 %", "Q2: 120 %", "Q3: No data", "Q4: 100 %"]);
    expect(plain(queryOne(".o_kpi_sparkline").getAttribute("aria-label"))).toBe(
        "Revenue: 4 periods from 80 % to 120 %, last Q4: 100 %",
    );
});

test("one period is a dot in the middle", async () => {
    await mountWithCleanup(KpiSparkline, { props: { points: [point("Q1", 100)] } });
    expect(paths()).toEqual(["M50.0 14.0 h0"]);
});

test("the last period is not marked while it has no figure", async () => {
    await mountWithCleanup(KpiSparkline, { props: { points: [point("Q1", 100), point("Q2", false, MISSING)] } });
    expect(".o_kpi_sparkline_last").toHaveCount(0);
});

test("nothing measured is a dash", async () => {
    await mountWithCleanup(KpiSparkline, { props: { points: [point("Q1", false, MISSING)] } });
    expect(".o_kpi_sparkline").toHaveCount(0);
    await mountWithCleanup(KpiSparkline, { props: { points: false } });
    expect(queryAll("span:contains(–)")).toHaveLength(2);
});

test("each status has a shape and a word of its own", async () => {
    const figures = [
        { status: "on_track", result: "ok" },
        { status: "at_risk", result: "ok" },
        { status: "behind", result: "ok" },
        { status: "none", result: false },
        { status: "none", result: "no_data" },
        { status: "none", result: "error" },
    ];
    // with the words of the user's language
    await mountWithCleanup(KpiStatus, { props: figures[0] });
    const shown = figures.map(kpiStatus);
    expect(shown.map(({ key }) => key)).toEqual(["on_track", "at_risk", "behind", "none", "no_data", "error"]);
    expect(new Set(shown.map(({ icon }) => icon)).size).toBe(6);
    expect(new Set(shown.map(({ name }) => name)).size).toBe(6);
    // no figure has no status, whatever was left of an earlier one
    expect(kpiStatus({ status: "on_track", result: "error" }).key).toBe("error");
});

test("a status is read out by its word", async () => {
    await mountWithCleanup(KpiStatus, { props: { status: "behind", result: "ok" } });
    expect(".o_kpi_status").toHaveText("Behind");
    expect(".o_kpi_status").toHaveAttribute("title", "Behind");
    expect(".o_kpi_status .fa-arrow-circle-down").toHaveCount(1);
});
