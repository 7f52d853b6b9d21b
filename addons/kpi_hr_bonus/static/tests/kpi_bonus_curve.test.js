import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryAttribute } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

class Plan extends models.Model {
    _name = "kpi.bonus.plan";

    basis = fields.Selection({
        selection: [
            ["fixed", "Fixed"],
            ["rate", "Rate"],
        ],
    });
    curve_mode = fields.Selection({
        selection: [
            ["interpolated", "Lines"],
            ["step", "Steps"],
        ],
    });
    amount = fields.Float();
    cap_amount = fields.Float();
    wage_percent = fields.Float();
    cap_wage_percent = fields.Float();
    curve_ids = fields.One2many({ relation: "kpi.bonus.curve.point" });

    _records = [
        { id: 1, basis: "fixed", curve_mode: "interpolated", amount: 5, cap_amount: 6, curve_ids: [1, 2] },
        { id: 2, basis: "rate", curve_mode: "interpolated", curve_ids: [] },
    ];
}

class Point extends models.Model {
    _name = "kpi.bonus.curve.point";

    score = fields.Float();
    payout = fields.Float();

    _records = [
        { id: 1, score: 80, payout: 50 },
        { id: 2, score: 100, payout: 100 },
    ];
}

defineMailModels();
defineModels([Plan, Point]);
onRpc("has_group", () => true);

/** A server that draws straight from point to point, and knows a cliff when it is asked to draw a first point. */
function answer(points, mode, terms) {
    if (new Set(points.map(([score]) => score)).size < points.length) {
        return { message: "Give every point a score of its own." };
    }
    const [first] = points;
    return {
        outline: first
            ? [[0, 0], [first[0], 0], ...points, [120, points.at(-1)[1]]]
            : [
                  [0, 0],
                  [120, 120],
              ],
        cap: terms.cap_amount ? (100 * terms.cap_amount) / terms.amount : false,
        findings: first
            ? [
                  { kind: "flat", warning: false, text: `Below ${first[0]} nothing is paid.` },
                  { kind: "cliff", warning: true, text: `Cliff at ${first[0]}: ${first[1]} points.` },
              ]
            : [],
    };
}

async function open(resId, readonly = false) {
    const asked = [];
    onRpc("kpi.bonus.plan", "preview_curve", ({ args }) => {
        asked.push(args);
        return answer(...args);
    });
    await mountView({
        type: "form",
        resModel: "kpi.bonus.plan",
        resId,
        arch: `<form><field name="basis"/><field name="curve_mode"/><field name="amount"/>
            <field name="curve_ids" widget="kpi_bonus_curve" ${readonly ? "readonly='1'" : ""}>
                <list editable="bottom"><field name="score"/><field name="payout"/></list>
            </field></form>`,
    });
    await settle();
    return asked;
}

async function settle() {
    await advanceTime(200);
    await animationFrame();
}

const findings = () => queryAllTexts(".o_kpi_curve_findings li");

test("draws the points with the cap and says what they do", async () => {
    const asked = await open(1);
    expect(asked).toEqual([
        [
            [
                [80, 50],
                [100, 100],
            ],
            "interpolated",
            { basis: "fixed", amount: 5, cap_amount: 6, wage_percent: 0, cap_wage_percent: 0 },
        ],
    ]);
    expect(".o_kpi_bonus_curve .o_data_row").toHaveCount(2);
    expect(".o_kpi_line_chart svg[role=img] polyline").toHaveCount(2);
    expect(".o_kpi_legend").toHaveText(/Payout\s*Cap per person/);
    expect(queryAttribute(".o_kpi_line_chart svg[role=img]", "aria-label")).toMatch(/80.% → 50.%, 100.% → 100.%/);
    expect(findings()).toEqual(["Below 80 nothing is paid.", "Cliff at 80: 50 points."]);
    expect(".o_kpi_curve_warning").toHaveCount(1);
});

test("draws while a cell is typed in, before it is left", async () => {
    const asked = await open(1);
    await contains(".o_data_row:first .o_data_cell[name=payout]").click();
    await contains(".o_selected_row [name=payout] input").edit("10", { confirm: false });
    await settle();
    expect(asked.at(-1)[0]).toEqual([
        [80, 10],
        [100, 100],
    ]);
    expect(findings()).toEqual(["Below 80 nothing is paid.", "Cliff at 80: 10 points."]);
    // an emptied cell is 0; half a number leaves the picture as it is
    await contains(".o_selected_row [name=payout] input").edit("-", { confirm: false });
    await settle();
    expect(findings().at(-1)).toBe("Cliff at 80: 0 points.");
});

test("the keyboard adds a point; an empty row is none yet", async () => {
    const asked = await open(1);
    await contains(".o_field_x2many_list_row_add a").click();
    await settle();
    expect(asked.at(-1)[0]).toHaveLength(2);
    await contains(".o_selected_row [name=score] input").edit("120", { confirm: false });
    await press("Tab");
    await animationFrame();
    await contains(".o_selected_row [name=payout] input").edit("150", { confirm: false });
    await settle();
    expect(asked.at(-1)[0]).toEqual([
        [80, 50],
        [100, 100],
        [120, 150],
    ]);
});

test("mistakes are said in words instead of a picture", async () => {
    await open(1);
    await contains(".o_data_row:last .o_data_cell[name=score]").click();
    await contains(".o_selected_row [name=score] input").edit("80", { confirm: false });
    await settle();
    expect(".o_kpi_curve_message").toHaveText("Give every point a score of its own.");
    expect(".o_kpi_line_chart").toHaveCount(0);
});

test("a rate without points has no curve", async () => {
    const asked = await open(2);
    expect(asked).toEqual([]);
    expect(".o_kpi_line_chart").toHaveCount(0);
});

test("a published plan shows its curve, and no point can be added", async () => {
    await open(1, true);
    expect(".o_kpi_line_chart svg[role=img] polyline").toHaveCount(2);
    expect(".o_field_x2many_list_row_add").toHaveCount(0);
});
