import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    clickSave,
    contains,
    defineModels,
    defineParams,
    fields,
    models,
    mountView,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";

const DONG = { id: 1, name: "VND", position: "after", symbol: "₫", digits: [69, 0] };
const VIETNAMESE = { code: "vi_VN", decimal_point: ",", grouping: [3, 0], thousands_sep: "." };

function record(id, values) {
    return { id, currency_id: DONG.id, result: "ok", status: "none", weight: 0, attainment: 0, ...values };
}

class Line extends models.Model {
    _name = "line";

    weight = fields.Float();
    actual = fields.Float({ digits: [20, 6] });
    attainment = fields.Float({ digits: [16, 2] });
    unit = fields.Selection({
        selection: [
            ["currency", "Money"],
            ["percent", "Percent"],
            ["number", "Number"],
            ["hours", "Hours"],
            ["days", "Days"],
        ],
    });
    result = fields.Selection({
        selection: [
            ["ok", "Measured"],
            ["no_data", "No data"],
            ["error", "Error"],
        ],
    });
    status = fields.Selection({
        selection: [
            ["none", "No status"],
            ["on_track", "On track"],
            ["at_risk", "At risk"],
            ["behind", "Behind"],
        ],
    });
    error_message = fields.Char();
    currency_id = fields.Many2one({ relation: "res.currency" });

    _records = [
        record(1, { weight: 60, actual: 1378300000, unit: "currency", attainment: 68.92, status: "at_risk" }),
        record(2, { weight: 25.5, actual: 62.5, unit: "percent", attainment: 125, status: "on_track" }),
        record(3, { weight: 10, actual: 12.25, unit: "hours", attainment: 40, status: "behind" }),
        record(4, { weight: 4.5, actual: 0, unit: "number", attainment: 0, result: "no_data" }),
        record(5, { actual: 0, unit: "number", result: "error", error_message: "Cannot be counted." }),
        record(6, { actual: 0, unit: "number", result: false }),
    ];
}

defineMailModels();
defineModels([Line]);
onRpc("has_group", () => true);

function useDong(lang = VIETNAMESE) {
    serverState.currencies = [DONG];
    defineParams({ lang_parameters: lang, lang: lang.code });
}

function mountList(field) {
    return mountView({ type: "list", resModel: "line", arch: `<list>${field}</list>` });
}

test("a value stands in the unit of its KPI, as the user's language writes it", async () => {
    useDong();
    await mountList(`<field name="actual" widget="kpi_value"/>`);
    expect(queryAllTexts(".o_data_cell").slice(0, 4)).toEqual(["1.378.300.000 ₫", "62,5 %", "12,25 hours", "0"]);
});

test("what is not measured shows no zero, and says why", async () => {
    useDong();
    await mountList(
        `<field name="actual" widget="kpi_value" options="{'result_field': 'result', 'show_result': True}"/>`,
    );
    expect(queryAllTexts(".o_data_cell").slice(3)).toEqual(["No data", "Error", "–"]);
    expect(".o_data_row:eq(4) .o_field_widget span").toHaveClass("text-danger");
    expect(".o_data_row:eq(4) .o_field_widget span").toHaveAttribute("data-tooltip", "Cannot be counted.");
});

test("without the option to say why, a dash stands for what is not measured", async () => {
    useDong();
    await mountList(`<field name="actual" widget="kpi_value" options="{'result_field': 'result'}"/>`);
    expect(queryAllTexts(".o_data_cell").slice(3)).toEqual(["–", "–", "–"]);
});

test("large values are written in words, the exact one is in the tooltip", async () => {
    useDong();
    await mountList(`<field name="actual" widget="kpi_value" options="{'compact': True}"/>`);
    expect(".o_data_row:eq(0) .o_data_cell").toHaveText(/^1,38\s/);
    expect(".o_data_row:eq(0) .o_field_widget span").toHaveAttribute("data-tooltip", "1.378.300.000\u00a0₫");
    expect(".o_data_row:eq(1) .o_data_cell").toHaveText("62,5 %");
});

test("a figure below the one from which words are used stays exact", async () => {
    useDong();
    await mountList(`<field name="actual" widget="kpi_value" options="{'compact_from': 1378300001}"/>`);
    expect(".o_data_row:eq(0) .o_data_cell").toHaveText("1.378.300.000 ₫");
});

test("from that figure on words are used, the exact one is in the tooltip", async () => {
    useDong();
    await mountList(`<field name="actual" widget="kpi_value" options="{'compact_from': 1378300000}"/>`);
    expect(".o_data_row:eq(0) .o_data_cell").toHaveText(/^1,38\s/);
    expect(".o_data_row:eq(0) .o_field_widget span").toHaveAttribute("data-tooltip", "1.378.300.000\u00a0₫");
});

test("weights add up at the foot of the list without needless zeros", async () => {
    useDong();
    await mountList(`<field name="weight" widget="kpi_value" options="{'unit': 'percent'}" sum="Total"/>`);
    expect(queryAllTexts(".o_data_cell").slice(0, 2)).toEqual(["60 %", "25,5 %"]);
    expect(".o_list_footer .o_list_number").toHaveText("100");
});

test("a value is typed as a plain number", async () => {
    useDong();
    onRpc("line", "web_save", ({ args }) => expect.step(args[1].actual));
    await mountView({
        type: "form",
        resModel: "line",
        resId: 1,
        arch: `<form><field name="actual" widget="kpi_value"/></form>`,
    });
    expect(".o_field_widget[name=actual] input").toHaveValue("1.378.300.000");
    await contains(".o_field_widget[name=actual] input").edit("2.000.000.000,5");
    await clickSave();
    expect.verifySteps([2000000000.5]);
});

test("an attainment has a bar up to 100 % in the colour of its status", async () => {
    useDong();
    await mountList(`<field name="attainment" widget="kpi_attainment"/>`);
    expect(queryAllTexts(".o_data_cell").slice(0, 4)).toEqual(["68,92 %", "125 %", "40 %", "–"]);
    expect(".o_data_row:eq(0) .bg-warning").toHaveStyle({ width: /px/ });
    expect(".o_data_row:eq(1) .bg-success").toHaveAttribute("style", "width: 100%");
    expect(".o_data_row:eq(2) .bg-danger").toHaveAttribute("style", "width: 40%");
    expect(".o_data_row:eq(3) [role=progressbar]").toHaveCount(0);
});
