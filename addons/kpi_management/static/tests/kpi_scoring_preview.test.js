import { expect, test } from "@odoo/hoot";
import { queryAttribute, queryOne } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    editSelectMenu,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Line extends models.Model {
    _name = "kpi.scorecard.line";

    direction = fields.Selection({
        selection: [
            ["higher", "Higher"],
            ["band", "Band"],
        ],
    });
    unit = fields.Selection({ selection: [["percent", "Percent"]] });
    result = fields.Selection({ selection: [["ok", "Measured"]] });
    target = fields.Float();
    weight = fields.Float();
    actual = fields.Float();
    baseline = fields.Float();
    threshold = fields.Float();
    threshold_attainment = fields.Float();
    stretch = fields.Float();
    band_low = fields.Float();
    band_high = fields.Float();
    band_tolerance = fields.Float();
    cap = fields.Float();
    floor = fields.Float();

    _records = [
        { id: 1, direction: "higher", target: 50, weight: 40, cap: 120, actual: 25, result: "ok" },
        { id: 2, direction: "higher", target: 50, weight: 40, cap: 120 },
    ];
}

defineMailModels();
defineModels([Line]);
onRpc("has_group", () => true);

const CURVE = [
    [0, 0],
    [50, 100],
    [60, 120],
];

/** A server that knows one rule: higher is better, from 0. */
function answer(terms, actual, weight) {
    if (terms.target <= 0) {
        return { message: "A target of zero or less needs a baseline." };
    }
    const attainment = actual === null ? false : (actual / terms.target) * 100;
    const points = attainment === false || weight === null ? attainment : (attainment * weight) / 100;
    return { attainment, points, curve: CURVE };
}

async function open(resId, options = "{'target_field': 'target', 'weight_field': 'weight', 'actual_field': 'actual'}") {
    const asked = [];
    onRpc("kpi.scorecard.line", "preview_score", ({ args }) => {
        asked.push(args);
        return answer(...args);
    });
    await mountView({
        type: "form",
        resModel: "kpi.scorecard.line",
        resId,
        arch: `<form><field name="target"/><field name="direction"/><widget name="kpi_scoring_preview" options="${options}"/></form>`,
    });
    await settle();
    return asked;
}

async function settle() {
    await advanceTime(300);
    await animationFrame();
}

test("begins with the actual that was measured, and shows it on the curve", async () => {
    const asked = await open(1);
    expect(".o_kpi_preview_actual").toHaveValue("25");
    expect(".o_kpi_preview_attainment").toHaveText(/50\s%\s*short of the target/);
    expect(".o_kpi_preview_points").toHaveText("Brings 20 of 40 points to the score.");
    expect(".o_kpi_line_chart polyline").toHaveCount(1);
    expect(".o_kpi_line_chart circle").toHaveCount(1);
    expect(queryAttribute(".o_kpi_line_chart svg", "aria-label")).toMatch(/Attainment at 25.*50/);
    expect(asked).toEqual([
        [
            {
                direction: "higher",
                target: 50,
                baseline: 0,
                threshold: 0,
                threshold_attainment: 0,
                stretch: 0,
                band_low: 0,
                band_high: 0,
                band_tolerance: 0,
                cap: 120,
                floor: 0,
            },
            25,
            40,
        ],
    ]);
});

test("typing an actual scores it once, at the terms that are not saved yet", async () => {
    const asked = await open(2);
    expect(".o_kpi_scoring_preview").toHaveText(/Type an actual to see its attainment\./);
    expect(".o_kpi_line_chart circle").toHaveCount(0);
    await contains("[name=target] input").edit("80");
    await settle();
    await contains(".o_kpi_preview_actual").edit("8", { confirm: false });
    await contains(".o_kpi_preview_actual").edit("88", { confirm: false });
    await settle();
    expect(".o_kpi_preview_attainment").toHaveText(/110\s%\s*beyond the target/);
    // when it opened, for the other target, and once for all that was typed
    expect(asked.map(([{ target }, actual]) => [target, actual])).toEqual([
        [50, null],
        [80, null],
        [80, 88],
    ]);
});

test("mistakes are said in words, and the form stays as it is", async () => {
    await open(1);
    await contains("[name=target] input").edit("0");
    await settle();
    expect(".o_kpi_preview_message").toHaveText("A target of zero or less needs a baseline.");
    expect(".o_kpi_line_chart").toHaveCount(0);
    await contains("[name=target] input").edit("50");
    await contains(".o_kpi_preview_actual").edit("lots", { confirm: false });
    await settle();
    expect(".o_kpi_preview_message").toHaveText("Type a number.");
    expect(queryOne(".o_kpi_preview_actual").value).toBe("lots");
});

test("a KPI has no target of its own: it is typed beside the actual", async () => {
    await open(2, "{}");
    expect(".o_kpi_preview_target").toHaveValue("100");
    await contains(".o_kpi_preview_target").edit("20", { confirm: false });
    await contains(".o_kpi_preview_actual").edit("15", { confirm: false });
    await settle();
    expect(".o_kpi_preview_attainment").toHaveText(/75\s%/);
    expect(".o_kpi_preview_points").toHaveCount(0);
    await editSelectMenu("[name=direction] input", { value: "Band" });
    await settle();
    expect(".o_kpi_preview_target").toHaveCount(0);
});
