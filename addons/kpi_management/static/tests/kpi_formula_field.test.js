import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { clickSave, contains, defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

import { complete } from "@kpi_management/kpi_formula_field/kpi_formula_completion";

class Definition extends models.Model {
    _name = "kpi.definition";

    code = fields.Char();
    name = fields.Char();
    formula = fields.Char();

    _records = [
        { id: 1, code: "SAL_WIN_RATE", name: "Tỷ lệ chốt", formula: "100 * deals_won / deals_closed" },
        { id: 2, code: "SAL_REVENUE", name: "Doanh thu", formula: "sales_revenue" },
    ];
}

class Measure extends models.Model {
    _name = "kpi.measure";

    code = fields.Char();
    name = fields.Char();

    _records = [
        { id: 1, code: "deals_won", name: "Cơ hội thắng" },
        { id: 2, code: "deals_closed", name: "Cơ hội đã đóng" },
        { id: 3, code: "sales_revenue", name: "Doanh thu bán hàng" },
    ];
}

defineMailModels();
defineModels([Definition, Measure]);
onRpc("has_group", () => true);

const INPUT = ".o_field_widget[name=formula] input";
const OPTIONS = ".o-autocomplete--dropdown-item code";
const TERMS = Measure._records;

async function mountForm(check = () => false) {
    onRpc("kpi.definition", "check_formula", ({ args }) => check(...args));
    await mountView({
        type: "form",
        resModel: "kpi.definition",
        resId: 1,
        arch: `<form><field name="code"/><field name="formula" widget="kpi_formula"/></form>`,
    });
    await advanceTime(500);
}

async function settle() {
    await advanceTime(10);
    await animationFrame();
}

/** Types a whole formula; the caret stands at its end. */
async function type(text) {
    await contains(INPUT).edit(text, { confirm: false });
    await settle();
}

test("codes are offered while one types, and Enter writes the chosen one", async () => {
    await mountForm();
    await type("100 * deals");
    expect(queryAllTexts(OPTIONS)).toEqual(["deals_won", "deals_closed"]);
    await press("ArrowDown");
    await animationFrame();
    await press("Enter");
    await settle();
    expect(INPUT).toHaveValue("100 * deals_closed");
    expect(OPTIONS).toHaveCount(0);
});

test("Tab takes the first one and stays in the formula", async () => {
    await mountForm();
    await type("deals_w");
    await press("Tab");
    await animationFrame();
    expect(INPUT).toHaveValue("deals_won");
    expect(INPUT).toBeFocused();
});

test("Escape leaves what was typed", async () => {
    await mountForm();
    await type("2 * sales");
    expect(OPTIONS).toHaveCount(1);
    await press("Escape");
    await animationFrame();
    expect(OPTIONS).toHaveCount(0);
    expect(INPUT).toHaveValue("2 * sales");
});

test("a click writes a code that was looked for by its Vietnamese name", async () => {
    await mountForm();
    await type("100 * da dong");
    expect(queryAllTexts(OPTIONS)).toEqual(["deals_closed"]);
    await contains(OPTIONS).click();
    expect(INPUT).toHaveValue("100 * deals_closed");
    await type("doanh thu");
    expect(queryAllTexts(OPTIONS)).toEqual(["sales_revenue", "SAL_REVENUE"]);
});

test("a function opens its parenthesis, and a KPI is not offered its own code", async () => {
    await mountForm();
    await type("prev");
    await press("Enter");
    expect(INPUT).toHaveValue("previous(");
    await type("SAL_");
    expect(queryAllTexts(OPTIONS)).toEqual(["SAL_REVENUE", "sales_revenue"]);
});

test("the piece at the caret is completed, wherever it stands", () => {
    const found = (text, caret = text.length) => {
        const { options, start, end } = complete(text, caret, TERMS);
        return [options.map(({ code }) => code), text.slice(start, end)];
    };
    expect(found("deals_w / deals_closed", 7)).toEqual([["deals_won"], "deals_w"]);
    expect(found("deals_won / deals", 5)).toEqual([["deals_won", "deals_closed"], "deals_won"]);
    expect(found("previous(sales")).toEqual([["sales_revenue"], "sales"]);
    expect(found("1 if deals_won > 3 else sales")).toEqual([["sales_revenue"], "sales"]);
    expect(found("100")).toEqual([[], ""]);
    expect(found("2 * deals_won")).toEqual([[], ""]);
    expect(found("100 * ")).toEqual([[], ""]);
    expect(found("đã đóng")).toEqual([["deals_closed"], "đã đóng"]);
});

test("a mistake is shown where it stands while one types, and goes when it is mended", async () => {
    await mountForm((formula, code, id) => {
        expect.step([formula, code, id]);
        return formula.includes("wno") && { message: "No such code.", position: 6, length: 9 };
    });
    await type("100 * deals_wno / deals_closed");
    expect(".o_kpi_formula_mistake").toHaveCount(0);
    await advanceTime(500);
    await animationFrame();
    expect(".o_kpi_formula_mistake").toHaveText(/No such code\.$/);
    expect(".o_kpi_formula_piece").toHaveText("deals_wno");
    await contains(".o_kpi_formula_mistake").click();
    const input = queryFirst(INPUT);
    expect(input.value.slice(input.selectionStart, input.selectionEnd)).toBe("deals_wno");
    await type("100 * deals_won / deals_closed");
    await advanceTime(500);
    await animationFrame();
    expect(".o_kpi_formula_mistake").toHaveCount(0);
    expect.verifySteps([
        ["100 * deals_won / deals_closed", "SAL_WIN_RATE", 1],
        ["100 * deals_wno / deals_closed", "SAL_WIN_RATE", 1],
        ["100 * deals_won / deals_closed", "SAL_WIN_RATE", 1],
    ]);
});

test("a mistake at the end of the text, and one that lies elsewhere", async () => {
    await mountForm((formula) => ({ message: "Wrong.", position: formula.length, length: formula.length > 5 ? 0 : 1 }));
    await type("100 *");
    await advanceTime(500);
    await animationFrame();
    expect(".o_kpi_formula_piece").toHaveCount(1);
    await type("deals_won");
    await advanceTime(500);
    await animationFrame();
    expect(".o_kpi_formula_piece").toHaveCount(0);
    expect(".o_kpi_formula_mistake").toHaveText("Wrong.");
});

test("the formula that was typed is saved", async () => {
    await mountForm();
    onRpc("kpi.definition", "web_save", ({ args }) => expect.step(args[1]));
    await type(" deals_won ");
    await clickSave();
    expect.verifySteps([{ formula: "deals_won" }]);
});
