import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

const MARCH = { kind: "month", start: "2026-03-01", end: "2026-03-31" };
const Q1 = { kind: "quarter", start: "2026-01-01", end: "2026-03-31" };

class Measure extends models.Model {
    _name = "kpi.measure";

    name = fields.Char();
    domain = fields.Char();

    _records = [{ id: 1, name: "Deals", domain: "[]" }];
}

class Person extends models.Model {
    _name = "person";

    name = fields.Char();

    _records = [{ id: 7, name: "Bình" }];
}

defineMailModels();
defineModels([Measure, Person]);
onRpc("has_group", () => true);

function trial(request, outcome) {
    return {
        company: "Sao Mai",
        currency_id: false,
        unit: "number",
        periods: [
            { ...MARCH, name: "03/2026" },
            { ...Q1, name: "Q1 2026" },
        ],
        window: request.window || MARCH,
        kinds: [
            { kind: "company", label: "Company", model: "res.company", domain: [] },
            { kind: "employee", label: "Employee", model: "person", domain: [] },
        ],
        kind: request.kind || "company",
        subject_id: request.subject_id || false,
        parameters: [],
        outcome,
    };
}

async function open(answer) {
    onRpc("kpi.measure", "try_values", ({ args }) => trial(args[2], answer(...args)));
    await mountView({
        type: "form",
        resModel: "kpi.measure",
        resId: 1,
        arch: `<form><header><widget name="kpi_try"/></header><field name="name"/><field name="domain"/></form>`,
    });
}

function part(values) {
    return { code: "deals", name: "Deals", unit: "number", window: MARCH, window_name: "03/2026", ...values };
}

test("what is in the form is tried, and not saved", async () => {
    onRpc("kpi.measure", "web_save", () => expect.step("saved"));
    await open((ids, values) => {
        expect.step([ids, values]);
        return { state: "ok", value: 1250, parts: [part({ state: "ok", value: 1250, has_records: true })] };
    });
    await contains("[name=name] input").edit("Deals won", { confirm: false });
    await contains(".o_kpi_try_button").click();
    expect(".modal-title").toHaveText("Try it: Deals won");
    expect(".o_kpi_try_value").toHaveText("1,250");
    expect(".o_kpi_try_parts .o_kpi_try_records").toHaveCount(1);
    await contains(".modal-footer .btn-primary").click();
    expect("[name=name] input").toHaveValue("Deals won");
    expect.verifySteps([[[1], { name: "Deals won" }]]);
});

test("another period and all people; a name leads to that person", async () => {
    await open((ids, values, { window, kind, subject_id }) => {
        expect.step([window?.kind, kind, subject_id]);
        if (kind === "employee" && !subject_id) {
            return { state: "ok", rows: [{ id: 7, name: "Bình", state: "ok", value: 3 }], count: 25 };
        }
        return { state: "no_data", parts: [] };
    });
    await contains(".o_kpi_try_button").click();
    expect(".o_kpi_try_value").toHaveText("No data");
    await contains(".o_kpi_try_period").select("1");
    await contains(".o_kpi_try_kind").select("employee");
    expect(queryAllTexts(".o_kpi_try_rows td")).toEqual(["Bình", "3"]);
    expect(".o_kpi_try").toHaveText(/The first 1 of 25\./);
    await contains(".o_kpi_try_rows button").click();
    await animationFrame();
    expect(".o_kpi_try_subject input").toHaveValue("Bình");
    expect.verifySteps([
        [undefined, undefined, undefined],
        ["quarter", undefined, undefined],
        ["quarter", "employee", false],
        ["quarter", "employee", 7],
    ]);
});

test("days of one's own", async () => {
    await open((ids, values, { window }) => {
        expect.step(window?.kind);
        return { state: "no_data", parts: [] };
    });
    await contains(".o_kpi_try_button").click();
    await contains(".o_kpi_try_period").select("");
    expect(".o_kpi_try_days input").toHaveCount(2);
    await contains(".o_kpi_try_days input:eq(0)").edit("03/10/2026", { confirm: "enter" });
    expect.verifySteps([undefined, "custom"]);
});

test("a mistake is said in words", async () => {
    await open(() => ({ state: "error", message: "Deals needs the field “Date”." }));
    await contains(".o_kpi_try_button").click();
    expect(".o_kpi_try_error").toHaveText("Deals needs the field “Date”.");
    expect(".o_kpi_try_value").toHaveCount(0);
});
