import { expect, test } from "@odoo/hoot";
import { queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, makeMockEnv, mockService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";

import { KpiMyPage } from "@kpi_management/kpi_my_page/kpi_my_page";

defineMailModels();

const PERIODS = [
    { id: 2, name: "03/2026", type: "month", type_name: "Month" },
    { id: 1, name: "02/2026", type: "month", type_name: "Month" },
];
const MARCH = {
    ...PERIODS[0],
    date_start: "2026-03-01",
    date_end: "2026-03-31",
    is_running: true,
    days_left: 11,
    elapsed: 64.2,
};
const CARD = {
    id: 7,
    name: "Bình · 03/2026",
    state: "running",
    state_name: "Running",
    score: 81.5,
    grade: "B",
    grade_color: 4,
    computed_at: "2026-03-20 02:00:00",
    can_compute: true,
    trend: [
        { period: "02/2026", attainment: 55, result: "ok" },
        { period: "03/2026", attainment: 81.5, result: "ok" },
    ],
};
const REVENUE = {
    id: 70,
    definition_id: 1,
    name: "Revenue",
    unit: "number",
    currency_id: false,
    direction: "higher",
    weight: 60,
    target: 400,
    actual: 300,
    attainment: 75,
    forecast: 460,
    status: "on_track",
    result: "ok",
    error_message: false,
    lost: 15,
    compare: false,
    trend: CARD.trend,
    terms: false,
    gap: 100,
};
const CONVERSION = { ...REVENUE, id: 71, name: "Conversion", unit: "percent", target: 25, actual: 22.5, gap: 2.5 };
const COMPLAINTS = { ...REVENUE, id: 72, name: "Complaints", direction: "lower", actual: 6, target: 4, gap: 2 };
const UNMEASURED = {
    ...REVENUE,
    id: 73,
    name: "Visits",
    result: false,
    status: "none",
    lost: 0,
    gap: false,
    trend: [],
};

const row = (title, values = {}) => ({
    key: "actions",
    icon: "fa-wrench",
    title,
    detail: "",
    button: "See it",
    date: false,
    is_late: false,
    open: { model: "kpi.action", id: 5 },
    ...values,
});

const PAGE = {
    name: "Bình",
    avatar_url: "/web/image/res.users/2/avatar_128",
    empty: false,
    may_link: false,
    may_prepare: false,
    periods: PERIODS,
    period: MARCH,
    card: CARD,
    lines: [REVENUE, CONVERSION, COMPLAINTS, UNMEASURED],
    led: [],
    todo: [],
    team: [],
};
const EMPTY = { ...PAGE, periods: [], period: false, card: false, lines: [] };

async function open(page, params = {}) {
    const asked = [];
    onRpc("kpi.my.page", "load", ({ args }) => {
        asked.push(args[0]);
        return typeof page === "function" ? page(args[0]) : page;
    });
    // of modules that show more
    onRpc("kpi.my.page", "pay", () => false);
    const opened = [];
    mockService("action", {
        doAction: (action) => opened.push(action),
        loadAction: (xmlid) => ({ id: xmlid, domain: [], context: { lang: "en_US" } }),
    });
    await makeMockEnv({ config: { setDisplayName: () => {}, getDisplayName: () => "", breadcrumbs: [] } });
    await mountWithCleanup(KpiMyPage, { props: { action: { params }, actionId: 1 } });
    return { asked, opened };
}

const plain = (texts) => texts.map((text) => text.replaceAll("\u00a0", " "));
const facts = (id) => plain(queryAllTexts(`.o_kpi_my_card[data-id='${id}'] .o_kpi_my_facts li`));

test("the period, its score and how long it still takes", async () => {
    await open(PAGE);
    expect(".o_kpi_my_who").toHaveText(/03\/2026/);
    expect(".o_kpi_my_who").toHaveText(/11 days left/);
    expect(plain(queryAllTexts(".o_kpi_my_score"))[0]).toInclude("81.5 %");
    expect(".o_kpi_my_grade").toHaveText("B");
    expect(".o_kpi_my_period").toHaveValue("2");
});

test("the last but one day is one day", async () => {
    await open({ ...PAGE, period: { ...MARCH, days_left: 1 } });
    expect(".o_kpi_my_who").toHaveText(/· 1 day left/);
});

test("each KPI: what is missing, where it ends, what it counts", async () => {
    await open(PAGE);
    expect(facts(70)).toEqual(["100 to go", "At this pace it ends at 460.", "Weight 60 %: it costs 15 points"]);
    expect(facts(71)[0]).toBe("2.5 points to go");
    // points are no percentage
    expect(".o_kpi_my_card[data-id='71'] [data-fact=gap]").not.toHaveAttribute("title");
    expect(".o_kpi_my_card[data-id='70'] [data-fact=gap]").toHaveAttribute("title", "100");
    expect(facts(72)[0]).toBe("2 too much");
    expect(facts(73)).toEqual(["Weight 60 %"]);
    expect(".o_kpi_my_card[data-id='70'] .o_kpi_status").toHaveText("On track");
    expect(".o_kpi_my_card[data-id='73'] .o_kpi_my_records").toHaveCount(0);
});

test("from a KPI to its explanation, records and history", async () => {
    const methods = [];
    for (const method of ["action_open_explanation", "action_open_records", "action_open_history"]) {
        onRpc("kpi.scorecard.line", method, ({ args }) => {
            methods.push([method, args[0]]);
            return { type: "ir.actions.act_window_close" };
        });
    }
    await open(PAGE);
    for (const name of ["explain", "records", "history"]) {
        await contains(`.o_kpi_my_card[data-id='70'] .o_kpi_my_${name}`).click();
    }
    expect(methods).toEqual([
        ["action_open_explanation", [70]],
        ["action_open_records", [70]],
        ["action_open_history", [70]],
    ]);
});

test("another period is read from the server, the last one asked for is shown", async () => {
    const { asked } = await open((periodId) =>
        periodId === 1 ? { ...PAGE, period: { ...MARCH, ...PERIODS[1], is_running: false } } : PAGE,
    );
    await contains(".o_kpi_my_period").select("1");
    expect(asked).toEqual([false, 1]);
    expect(".o_kpi_my_who").not.toHaveText(/days left/);
    expect(".o_kpi_my_period").toHaveValue("1");
});

test("the address names the period", async () => {
    const { asked } = await open(PAGE, { period: "1" });
    expect(asked).toEqual([1]);
});

test("what to do next leads to where it is done", async () => {
    onRpc("kpi.review.feedback", "action_fill", ({ args }) => ({ type: "ir.actions.act_window", res_id: args[0][0] }));
    const { opened } = await open({
        ...PAGE,
        todo: [
            row("Late", { date: "2026-03-01", is_late: true }),
            row("Assess", { date: "2026-03-25", open: { call: ["kpi.review.feedback", "action_fill", 9] } }),
            row("Many", { open: { action: "kpi.actions", domain: [["id", "in", [1, 2]]], context: { a: 1 } } }),
        ],
    });
    expect(queryAllTexts(".o_kpi_my_todo_text .small")).toEqual(["since 03/01/2026", "until 03/25/2026", ""]);
    // nothing but the first stands out
    expect(".o_kpi_my_todo .btn-primary").toHaveCount(1);
    await contains(".o_kpi_my_todo_row:eq(0) button").click();
    await contains(".o_kpi_my_todo_row:eq(1) button").click();
    await contains(".o_kpi_my_todo_row:eq(2) button").click();
    await animationFrame();
    expect(opened[0]).toEqual({
        type: "ir.actions.act_window",
        res_model: "kpi.action",
        res_id: 5,
        views: [[false, "form"]],
    });
    expect(opened[1]).toEqual({ type: "ir.actions.act_window", res_id: 9 });
    expect(opened[2]).toEqual({
        id: "kpi.actions",
        domain: [["id", "in", [1, 2]]],
        context: { lang: "en_US", a: 1 },
    });
});

test("of many rows the first five are shown, then all", async () => {
    await open({ ...PAGE, todo: ["1", "2", "3", "4", "5", "6", "7"].map((title) => row(title)) });
    expect(".o_kpi_my_todo_row").toHaveCount(5);
    expect(".o_kpi_my_more").toHaveText("2 more");
    await contains(".o_kpi_my_more").click();
    expect(".o_kpi_my_todo_row").toHaveCount(7);
    expect(".o_kpi_my_more").toHaveCount(0);
});

test("nothing to do is said, and who waits is counted", async () => {
    const team = [{ key: "agree", icon: "fa-handshake-o", title: "Scorecards", count: 3, open: { action: "cards" } }];
    const { opened } = await open({ ...PAGE, team });
    expect(".o_kpi_my_todo").toHaveText(/Nothing waits for you/);
    await contains(".o_kpi_my_team_row[data-key=agree]").click();
    await animationFrame();
    expect(opened[0].id).toBe("cards");
});

test("measuring now shows the new figures", async () => {
    let score = 81.5;
    onRpc("kpi.scorecard", "action_compute", ({ args }) => {
        expect(args[0]).toEqual([7]);
        score = 90;
        return true;
    });
    await open(() => ({ ...PAGE, card: { ...CARD, score } }));
    await contains(".o_kpi_my_measure").click();
    await animationFrame();
    expect(queryOne(".o_kpi_gauge_value").textContent).toInclude("90");
});

test("before anything is measured it says when", async () => {
    const lines = [UNMEASURED];
    await open({ ...PAGE, lines, card: { ...CARD, score: false, grade: false, computed_at: false, trend: [] } });
    expect(".o_kpi_my_unmeasured").toHaveText(/when you press “Measure now”/);
    expect(".o_kpi_my_who").toHaveText(/Not measured yet/);
    expect(".o_kpi_my_trend").toHaveCount(0);
});

test("without a scorecard it says whom to ask, and lets who may do it", async () => {
    const { opened } = await open({ ...EMPTY, empty: "no_scorecard", may_prepare: true });
    expect(".o_kpi_my_empty").toHaveText(/You have no scorecard yet/);
    await contains(".o_kpi_my_empty button").click();
    await animationFrame();
    expect(opened[0].id).toBe("kpi_management.action_kpi_scorecard");
    expect(".o_kpi_my_head").toHaveCount(0);
});

test("without an employee it says so, with nothing to press for who may not", async () => {
    await open({ ...EMPTY, empty: "no_employee" });
    expect(".o_kpi_my_empty").toHaveText(/is not linked to an employee/);
    expect(".o_kpi_my_empty button").toHaveCount(0);
    expect(".o_kpi_my_todo").toHaveCount(1);
});
