import { after, expect, test } from "@odoo/hoot";
import { animationFrame, click, queryAllTexts, queryAttribute } from "@odoo/hoot-dom";
import { advanceTime, Deferred, runAllTimers } from "@odoo/hoot-mock";
import { toRaw } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    getService,
    MockServer,
    mockService,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    switchView,
    toggleMenuItem,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import { rpc } from "@web/core/network/rpc";
import { crmKanbanView } from "@crm/views/crm_kanban/crm_kanban_view";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { WebClient } from "@web/webclient/webclient";

const KANBAN = `
    <kanban js_class="crm_kanban"><templates><t t-name="card"><field name="name"/></t></templates></kanban>`;
const SEARCH = `<search><filter name="hotel" string="Hotel" domain="[('name', '=', 'Hotel')]"/></search>`;

class Stage extends models.Model {
    _name = "crm.stage";

    name = fields.Char();

    _records = [
        { id: 1, name: "New" },
        { id: 2, name: "Won" },
    ];
}

class Lead extends models.Model {
    _name = "crm.lead";

    name = fields.Char();
    type = fields.Char();
    stage_id = fields.Many2one({ relation: "crm.stage" });

    _records = [
        { id: 1, name: "Hotel", type: "opportunity", stage_id: 1 },
        { id: 2, name: "School", type: "opportunity", stage_id: 1 },
    ];
    _views = {
        kanban: KANBAN,
        list: `<list js_class="kpi_pipeline_list"><field name="name"/></list>`,
        search: SEARCH,
    };
}

defineMailModels();
defineModels([Stage, Lead]);

const COVERED = { gap: 300, coverage: 76, missing: 70, count: 2, weighted: 230 };

function kpi(values) {
    return {
        line_id: 11,
        definition_id: 1,
        name: "Revenue",
        unit: "currency",
        target: 500,
        actual: 200,
        result: "ok",
        attainment: 40,
        forecast: 320,
        status: "behind",
        gap: 300,
        ...values,
    };
}

function row(values) {
    return { scorecard_id: 1, name: "Bình", is_me: true, kpis: [kpi()], more: 0, pipeline: COVERED, ...values };
}

function strip(values) {
    return {
        period: { id: 1, name: "04/2026", date_end: "2026-04-30", days_left: 10, elapsed: 60 },
        period_type: "month",
        period_types: [["month", "Month"]],
        currency_id: false,
        people: [row()],
        teams: [],
        together: false,
        more: 0,
        stale: false,
        ...values,
    };
}

const TEAM = {
    people: [
        row(),
        row({
            scorecard_id: 2,
            name: "Chi",
            is_me: false,
            kpis: [
                kpi({ line_id: 21, actual: 800, target: 800, attainment: 100, status: "on_track", gap: 0 }),
                kpi({ line_id: 22, definition_id: 2, name: "Complaints", unit: "number", result: "no_data" }),
            ],
            pipeline: { gap: 0, coverage: false, missing: 0, count: 0, weighted: 0 },
        }),
    ],
    together: { ...COVERED, kpis: { 1: { target: 1300, actual: 1000 } } },
};

/** What another part of the page asks of the deals. */
function call(method, ...args) {
    return rpc(`/web/dataset/call_kw/crm.lead/${method}`, { model: "crm.lead", method, args, kwargs: {} });
}

/** The pipeline, its strip answering with these in turn, the last one again and again. */
async function open(answers, { arch = KANBAN, context = {}, type = "kanban" } = {}) {
    const asked = [];
    for (const method of ["load", "refresh"]) {
        onRpc("kpi.pipeline.strip", method, ({ args }) => {
            asked.push([method, ...args]);
            return answers[Math.min(asked.length, answers.length) - 1];
        });
    }
    const groupBy = type === "kanban" ? ["stage_id"] : [];
    await mountView({ type, resModel: "crm.lead", arch, context, groupBy, searchViewArch: SEARCH });
    await animationFrame();
    return asked;
}

test("own KPIs, and what the pipeline says about them", async () => {
    await open([strip({ people: [row({ more: 2 })] })]);
    expect(".o_kpi_strip_toggle").toHaveText("My KPIs");
    expect(".o_kpi_strip_header").toHaveText(/04\/2026 · 10 days left/);
    expect(".o_kpi_strip select").toHaveCount(0);
    expect(queryAllTexts(".o_kpi_strip_own > button:first")[0].split("\n")).toEqual([
        "Revenue",
        "Behind",
        "40 %",
        "200 / 500",
        "320",
    ]);
    expect(".o_kpi_status").toHaveAttribute("title", "Behind");
    expect(queryAttribute("svg.o_kpi_bullet", "aria-label")).toBe(
        "Revenue: 40\u00a0%, Behind, 60\u00a0% of the time gone by",
    );
    expect(".o_kpi_strip_gap").toHaveText("Gap 300");
    expect(".o_kpi_strip_pipeline").toHaveText(/Pipeline until 04\/30\/2026 230/);
    expect(".o_kpi_strip_words").toHaveText("Pipeline covers 76 % of the gap, 70 missing");
    expect(".o_kpi_strip_scorecard").toHaveText("+2 · Scorecard");
});

test("what the pipeline says where a target is reached, covered, or not in money", async () => {
    const said = [
        [{ gap: 0, coverage: false, missing: 0, count: 3, weighted: 10 }, "Target reached; 3 deals expected to close"],
        [{ gap: 100, coverage: 120, missing: 0, count: 3, weighted: 120 }, "Pipeline covers 120 % of the gap"],
        [{ gap: false, coverage: false, missing: 0, count: 3, weighted: 10 }, "3 deals expected to close"],
    ];
    await open(said.map(([pipeline]) => strip({ people: [row({ pipeline })] })));
    for (const [number, [, words]] of said.entries()) {
        expect(".o_kpi_strip_words").toHaveText(words);
        if (number < said.length - 1) {
            await call("write", [1], {});
            await runAllTimers();
            await animationFrame();
        }
    }
});

test("a row per person, and all together", async () => {
    await open([strip(TEAM)]);
    expect(".o_kpi_strip_toggle").toHaveText("KPIs of 2 people");
    expect(queryAllTexts(".o_kpi_strip thead tr:first th")).toEqual([
        "Salesperson",
        "Revenue",
        "Complaints",
        "Gap",
        "Pipeline",
        "Covers",
        "Missing",
    ]);
    expect(queryAllTexts(".o_kpi_strip_together > *")).toEqual([
        "Together",
        "1,000 / 1,300",
        "",
        "300",
        "230",
        "76 %",
        "70",
    ]);
    expect(queryAllTexts(".o_kpi_strip_person:last > *").slice(3)).toEqual(["–", "0", "–", "–"]);
    expect(queryAllTexts(".o_kpi_strip_name")).toEqual(["Bình", "Chi"]);
    expect(".o_kpi_strip_person:last .o_kpi_status:last").toHaveAttribute("title", "No data");
});

test("a single team says what its people add up to", async () => {
    const team = row({ scorecard_id: 9, name: "Hà Nội", is_me: false });
    await open([strip({ ...TEAM, teams: [team] })]);
    expect(".o_kpi_strip_together").toHaveCount(0);
    expect(queryAllTexts(".o_kpi_strip_name")).toEqual(["Hà Nội", "Bình", "Chi"]);
    expect(".o_kpi_strip_toggle").toHaveText("KPIs of 2 people");
});

test("more people than are shown are told of", async () => {
    await open([strip({ ...TEAM, more: 7 })]);
    expect(".o_kpi_strip_toggle").toHaveText("KPIs of 9 people");
    expect(".o_kpi_strip_team").toHaveText(/… and 7 more: filter by salesperson or team\.$/);
});

test("with nothing to show it is not there, and asks no more when deals change", async () => {
    const asked = await open([false]);
    expect(".o_kanban_renderer").toHaveCount(1);
    expect(".o_kpi_strip").toHaveCount(0);
    await call("write", [1], {});
    await runAllTimers();
    expect(asked).toHaveLength(1);
});

test("leads have no strip", async () => {
    const asked = await open([strip()], { context: { default_type: "lead" } });
    expect(".o_kanban_renderer").toHaveCount(1);
    expect(asked).toHaveLength(0);
});

for (const jsClass of ["kpi_pipeline_list", "forecast_list"]) {
    test(`above the list, too: ${jsClass}`, async () => {
        await open([strip()], { type: "list", arch: `<list js_class="${jsClass}"><field name="name"/></list>` });
        expect(".o_kpi_strip").toHaveCount(1);
        expect(".o_data_row").toHaveCount(2);
    });
}

test("above the forecast's kanban, too", async () => {
    await open([strip()], { arch: KANBAN.replace("crm_kanban", "forecast_kanban") });
    expect(".o_kpi_strip").toHaveCount(1);
});

test("a view made of the pipeline's with components of its own has the strip as well", async () => {
    class Controller extends crmKanbanView.Controller {
        static components = { ...KanbanController.components };
    }
    registry.category("views").add("own_pipeline", { ...crmKanbanView, Controller });
    after(() => registry.category("views").remove("own_pipeline"));
    await open([strip()], { arch: KANBAN.replace("crm_kanban", "own_pipeline") });
    expect(".o_kpi_strip").toHaveCount(1);
});

test("the pipeline is shown before the strip answers, and asked before", async () => {
    const answer = new Deferred();
    onRpc("crm.lead", "web_read_group", () => expect.step("pipeline"));
    onRpc("kpi.pipeline.strip", "load", () => {
        expect.step("strip");
        expect(".o_kanban_record").toHaveCount(2);
        return answer;
    });
    await mountView({ type: "kanban", resModel: "crm.lead", arch: KANBAN, groupBy: ["stage_id"] });
    await animationFrame();
    expect(".o_kanban_record").toHaveCount(2);
    expect(".o_kpi_strip").toHaveCount(0);
    answer.resolve(strip());
    await animationFrame();
    expect(".o_kpi_strip").toHaveCount(1);
    expect.verifySteps(["pipeline", "strip"]);
});

test("folded with one click and remembered", async () => {
    const settings = [];
    patchWithCleanup(user, { setUserSettings: (...setting) => settings.push(setting) });
    await open([strip()]);
    await click(".o_kpi_strip_toggle");
    await animationFrame();
    expect(".o_kpi_strip_own").toHaveCount(0);
    expect(".o_kpi_strip_toggle").toHaveAttribute("aria-expanded", "false");
    expect(".o_kpi_strip_summary").toHaveText("Revenue 40 % · Pipeline covers 76 % of the gap, 70 missing");
    await click(".o_kpi_strip_toggle");
    await animationFrame();
    expect(".o_kpi_strip_own").toHaveCount(1);
    expect(settings).toEqual([
        ["kpi_strip", "folded"],
        ["kpi_strip", "open"],
    ]);
});

test("as it was left; folded it follows the filter as well", async () => {
    patchWithCleanup(user, { settings: { ...user.settings, kpi_strip: "folded" } });
    const other = strip({ people: [row({ kpis: [kpi({ attainment: 90 })] })] });
    const asked = await open([strip(), other]);
    expect(".o_kpi_strip_own").toHaveCount(0);
    await toggleSearchBarMenu();
    await toggleMenuItem("Hotel");
    await animationFrame();
    expect(asked.map(([method, domain]) => [method, domain])).toEqual([
        ["load", []],
        ["load", [["name", "=", "Hotel"]]],
    ]);
    expect(".o_kpi_strip_summary").toHaveText(/^Revenue 90/);
});

test("figures that are out of date are measured once, after they are shown", async () => {
    const stale = "2026-04-20 01:30:00";
    const fresh = strip({ stale, people: [row({ kpis: [kpi({ attainment: 70 })] })] });
    const asked = await open([strip({ stale }), fresh]);
    await animationFrame();
    expect(asked.map(([method]) => method)).toEqual(["load", "refresh"]);
    expect(".o_kpi_strip_attainment").toHaveText("70 %");
    await call("write", [1], {});
    await runAllTimers();
    await animationFrame();
    expect(asked.map(([method]) => method)).toEqual(["load", "refresh", "load"]);
});

test("while somebody else measures it asks again", async () => {
    const fresh = strip({ people: [row({ kpis: [kpi({ attainment: 70 })] })] });
    const asked = await open([strip({ stale: "never" }), strip({ busy: true }), fresh]);
    await animationFrame();
    expect(".o_kpi_strip_attainment").toHaveText("40 %");
    await runAllTimers();
    await animationFrame();
    expect(asked.map(([method]) => method)).toEqual(["load", "refresh", "refresh"]);
    expect(".o_kpi_strip_attainment").toHaveText("70 %");
});

test("several calls that change a deal are one change; reading is none", async () => {
    const asked = await open([strip()]);
    await call("read", [1], ["name"]);
    await runAllTimers();
    expect(asked).toHaveLength(1);
    await call("write", [1], { stage_id: 2 });
    await call("write", [2], { stage_id: 2 });
    await runAllTimers();
    await animationFrame();
    expect(asked).toHaveLength(2);
});

test("it measures when the server tells that figures changed", async () => {
    const asked = await open([strip()]);
    getService("bus_service").start();
    await runAllTimers();
    const told = ["broadcast", "kpi_sales_changed", {}];
    MockServer.env["bus.bus"]._sendmany([told, told]);
    // The messages take their time; the two of them, which come together, ask for one refresh.
    for (let tries = 0; tries < 30; tries++) {
        await runAllTimers();
        await animationFrame();
    }
    expect(asked.map(([method]) => method)).toEqual(["load", "refresh"]);
});

test("the period is chosen and remembered", async () => {
    const settings = [];
    patchWithCleanup(user, { setUserSettings: (...setting) => settings.push(setting) });
    const types = [
        ["month", "Month"],
        ["quarter", "Quarter"],
    ];
    const asked = await open([strip({ period_types: types }), strip({ period_types: types, period_type: "quarter" })]);
    await contains(".o_kpi_strip select").select("quarter");
    await animationFrame();
    expect(asked.map(([, , periodType]) => periodType)).toEqual([false, "quarter"]);
    expect(".o_kpi_strip select").toHaveValue("quarter");
    expect(settings).toEqual([["kpi_strip_period", "quarter"]]);
});

test("from a figure to its explanation, from a person to the scorecard", async () => {
    const actions = [];
    mockService("action", { doAction: (action) => actions.push(action) });
    onRpc("kpi.scorecard.line", "action_open_explanation", ({ args }) => ({ line: args[0] }));
    await open([strip(TEAM)]);
    await click(".o_kpi_strip_person:first td a");
    await animationFrame();
    await click(".o_kpi_strip_name:last a");
    await animationFrame();
    expect(actions[0]).toEqual({ line: 11 });
    expect([actions[1].res_model, actions[1].res_id]).toEqual(["kpi.scorecard", 2]);
});

test("what was shown last is there at once when one comes back, and is loaded anew", async () => {
    const answers = [strip(), new Deferred(), new Deferred()];
    let asked = 0;
    onRpc("kpi.pipeline.strip", "load", () => answers[asked++]);
    await mountWithCleanup(WebClient);
    const views = [
        [false, "kanban"],
        [false, "list"],
    ];
    await getService("action").doAction({ type: "ir.actions.act_window", res_model: "crm.lead", views });
    await animationFrame();
    expect(".o_kpi_strip_attainment").toHaveText("40 %");
    await switchView("list");
    expect(".o_kpi_strip_attainment").toHaveText("40 %");
    answers[1].resolve(strip({ people: [row({ kpis: [kpi({ attainment: 90 })] })] }));
    await animationFrame();
    expect(".o_kpi_strip_attainment").toHaveText("90 %");
    await switchView("kanban");
    expect(".o_kpi_strip_attainment").toHaveText("90 %");
    expect(asked).toBe(3);
});

test("while somebody else measures it does not ask again at once", async () => {
    patchWithCleanup(Math, { random: () => 0 });
    const asked = await open([strip({ stale: "never" }), strip({ busy: true }), strip()]);
    await animationFrame();
    await advanceTime(1000);
    expect(asked.map(([method]) => method)).toEqual(["load", "refresh"]);
    await advanceTime(1000);
    expect(asked.map(([method]) => method)).toEqual(["load", "refresh", "refresh"]);
});

test("what is kept is as the server sent it, and of the last filters alone", async () => {
    await open([strip({ stale: "2026-04-20 01:30:00" })]);
    const { measured, shown } = getService("kpi_pipeline_strip");
    const [data] = shown.values();
    expect(toRaw(data)).toBe(data);
    for (let number = 0; number < 25; number++) {
        shown.set(`filter ${number}`, false);
    }
    expect(measured.size).toBe(1);
    await toggleSearchBarMenu();
    await toggleMenuItem("Hotel");
    await animationFrame();
    // a strip that is remembered makes room for itself: the oldest goes, with what was measured for it
    expect([...measured.keys()].every((key) => shown.has(key))).toBe(true);
});

test("one deal is one deal, and the last but one day one day", async () => {
    const period = { ...strip().period, days_left: 1 };
    const reached = { gap: 0, coverage: false, missing: 0, count: 1, weighted: 10 };
    const unknown = { ...reached, gap: false };
    await open([
        strip({ period, people: [row({ pipeline: reached })] }),
        strip({ period, people: [row({ pipeline: unknown })] }),
    ]);
    expect(".o_kpi_strip_header").toHaveText(/1 day left/);
    expect(".o_kpi_strip_words").toHaveText("Target reached; 1 deal expected to close");
    await call("write", [1], {});
    await runAllTimers();
    await animationFrame();
    expect(".o_kpi_strip_words").toHaveText("1 deal expected to close");
});

test("a range has no target, and 99.6 % is not reached", async () => {
    const band = kpi({ target: false, actual: 320, attainment: 99.6, status: "at_risk" });
    await open([strip({ people: [row({ kpis: [band] })] })]);
    expect(queryAllTexts(".o_kpi_strip_own > button:first")[0].split("\n")).toEqual([
        "Revenue",
        "At risk",
        "99 %",
        "320",
    ]);
    expect(".o_kpi_strip_card:first").toHaveAttribute("data-tooltip", "Revenue: 320");
});

test("what is shortened is shown in full on pointing at it, and read out", async () => {
    const long = kpi({ target: 2_500_000, actual: 1_234_567 });
    await open([strip({ people: [row({ kpis: [long] })] })]);
    const figure = ".o_kpi_strip_card:first [aria-hidden][data-tooltip]";
    expect(figure).toHaveText("1.23 million / 2.5 million");
    expect(figure).toHaveAttribute("data-tooltip", "1,234,567 / 2,500,000");
    expect(".o_kpi_strip_card:first .visually-hidden:last").toHaveText("1,234,567 / 2,500,000");
    expect(".o_kpi_strip_gap .visually-hidden").toHaveCount(0);
});
