import { expect, test } from "@odoo/hoot";
import { queryAllTexts, queryAttribute } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

class Line extends models.Model {
    _name = "kpi.scorecard.line";

    name = fields.Char();

    _records = [{ id: 1, name: "Revenue" }];
}

defineMailModels();
defineModels([Line]);

async function open(progress) {
    onRpc("kpi.scorecard.line", "read_progress", () => ({
        start: "2026-03-01",
        end: "2026-03-31",
        unit: "number",
        currency_id: false,
        ...progress,
    }));
    await mountView({
        type: "form",
        resModel: "kpi.scorecard.line",
        resId: 1,
        arch: `<form><widget name="kpi_progress"/></form>`,
    });
}

test("actual, target pace and forecast, in lines and in words", async () => {
    await open({
        actual: [
            ["2026-03-10", 100],
            ["2026-03-17", 300],
        ],
        pace: [
            ["2026-03-01", 0],
            ["2026-03-17", 500],
            ["2026-03-31", 1000],
        ],
        forecast: 600,
    });
    const summary = "300 on 03/17/2026 · target 1,000 · at this pace 600 in the end";
    expect(".o_kpi_progress p").toHaveText(summary);
    expect(queryAttribute(".o_kpi_line_chart svg[role=img]", "aria-label")).toBe(summary);
    expect(queryAllTexts(".o_kpi_legend span")).toEqual(["Actual", "Target pace", "Forecast"]);
    expect("svg[role=img] .o_kpi_line_solid").toHaveCount(1);
    expect("svg[role=img] .o_kpi_line_dashed").toHaveCount(1);
    expect("svg[role=img] .o_kpi_line_dotted").toHaveCount(1);
});

test("a single day is a dot; a band has no pace", async () => {
    await open({ actual: [["2026-03-17", 7]], pace: [], forecast: false });
    expect(".o_kpi_progress p").toHaveText("7 on 03/17/2026");
    expect("svg[role=img] circle").toHaveCount(1);
    expect("svg[role=img] polyline").toHaveCount(0);
});

test("before the first day", async () => {
    await open({
        actual: [],
        pace: [
            ["2026-03-01", 0],
            ["2026-03-31", 1000],
        ],
        forecast: false,
    });
    expect(".o_kpi_progress p").toHaveText("Nothing measured yet.");
    expect("svg[role=img] .o_kpi_line_dashed").toHaveCount(1);
});
