import { expect } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { makeMockEnv, mockService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { KpiCockpit } from "@kpi_management/kpi_cockpit/kpi_cockpit";

const COUNTS = { on_track: 0, at_risk: 0, behind: 0, error: 0, no_data: 0, none: 0 };

export function line(id, name, vals = {}) {
    return {
        id,
        definition_id: id + 100,
        name,
        unit: "number",
        currency_id: false,
        direction: "higher",
        weight: 40,
        target: 200,
        band_low: 0,
        band_high: 0,
        actual: 150,
        attainment: 75,
        forecast: 190,
        status: "at_risk",
        result: "ok",
        error_message: false,
        lost: 10,
        compare: { actual: 170, attainment: 85, result: "ok" },
        trend: [],
        ...vals,
    };
}

export function row(type, id, name, vals = {}) {
    return {
        type,
        id,
        name,
        scorecard_id: id + 1000,
        score: 80,
        score_is_mean: false,
        score_compare: false,
        grade: false,
        grade_color: 0,
        people: 1,
        ...vals,
        counts: { ...COUNTS, ...vals.counts },
    };
}

export function cell(lineId, attainment, status, vals = {}) {
    return { line_id: lineId, attainment, status, result: "ok", actual: attainment * 2, target: 200, ...vals };
}

/** Three people, two KPIs; Bình has no calls. The order is the server's: what needs attention first. */
export const HEAT = {
    columns: [
        { definition_id: 101, name: "Revenue", unit: "number", currency_id: false },
        { definition_id: 102, name: "Calls", unit: "number", currency_id: false },
    ],
    rows: [
        {
            type: "employee",
            id: 33,
            name: "Chi",
            department: "Sales",
            scorecard_id: 933,
            score: 90,
            cells: { 101: cell(1, 60, "behind"), 102: cell(2, 120, "on_track") },
        },
        {
            type: "employee",
            id: 31,
            name: "An",
            department: "Sales",
            scorecard_id: 931,
            score: 70,
            cells: { 101: cell(3, 85, "at_risk"), 102: cell(4, 0, "none", { result: "no_data" }) },
        },
        {
            type: "employee",
            id: 32,
            name: "Bình",
            department: "Sales",
            scorecard_id: 932,
            score: false,
            cells: { 101: cell(5, 95, "on_track") },
        },
    ],
    more: 0,
};

export function company(vals = {}) {
    return {
        period: {
            id: 12,
            name: "03/2026",
            type: "month",
            type_name: "Month",
            date_start: "2026-03-01",
            date_end: "2026-03-31",
            state: "open",
            state_name: "Open",
            elapsed: 60,
            days_left: 12,
            is_running: true,
        },
        periods: [
            { id: 12, name: "03/2026", type: "month", type_name: "Month" },
            { id: 11, name: "02/2026", type: "month", type_name: "Month" },
            { id: 5, name: "Q1/2026", type: "quarter", type_name: "Quarter" },
        ],
        compare: { key: "previous", id: 11, name: "02/2026" },
        path: [{ type: "company", id: 1, name: "Sao Mai" }],
        subject: {
            type: "company",
            id: 1,
            name: "Sao Mai",
            scorecard_id: 900,
            score: 82.5,
            grade: "B",
            grade_color: 3,
            state: "agreed",
            state_name: "Agreed",
            score_compare: 80,
            avatar_url: false,
            score_trend: [],
        },
        cards: [line(1, "Revenue")],
        below: [
            row("department", 7, "Sales", { score: 70, people: 3, counts: { on_track: 2, at_risk: 1, behind: 1 } }),
            row("department", 8, "Finance", { score: 95, people: 2, counts: { on_track: 4 } }),
        ],
        below_more: 0,
        heat: HEAT,
        counts: { ...COUNTS, people: 5, on_track: 6, at_risk: 1, behind: 1 },
        computed_at: "2026-03-19 03:00:00",
        refresh_count: 3,
        favorites: [],
        may_share: false,
        ...vals,
    };
}

export function below(subject, name, vals = {}) {
    const path = [{ type: "company", id: 1, name: "Sao Mai" }];
    const data = company();
    return { ...data, path: [...path, { ...subject, name }], subject: { ...data.subject, ...subject, name }, ...vals };
}

/** What a line opens: a step of its own by the name of the method. */
export function answerLines() {
    for (const name of ["action_open_explanation", "action_open_records", "action_open_history"]) {
        onRpc("kpi.scorecard.line", name, ({ args }) => ({ name, res_model: `line ${args[0]}` }));
    }
}

/**
 * Mounts the cockpit. Each load is a step: ["load", period, compare, subject, period type].
 *
 * @param {(args: any[]) => Object} answer of the server
 */
export async function openCockpit(answer = () => company(), { params = {}, props = {}, steps = () => false } = {}) {
    onRpc("kpi.cockpit", "load", ({ args }) => {
        expect.step(["load", ...args]);
        return answer(args);
    });
    onRpc("kpi.first.steps", "load", steps);
    mockService("action", {
        doAction: (action) => {
            expect.step(["action", action.res_model || action, action.res_id || action.name]);
        },
    });
    await makeMockEnv({ config: { setDisplayName: () => {}, getDisplayName: () => "", breadcrumbs: [] } });
    const cockpit = await mountWithCleanup(KpiCockpit, { props: { action: { params }, actionId: 1, ...props } });
    await animationFrame();
    return cockpit;
}
