import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { shallowEqual } from "@web/core/utils/objects";

/**
 * What is looked at, and how.
 *
 * @typedef {Object} CockpitView
 * @property {number | false} periodId false: the running one
 * @property {string | false} periodType of the running period
 * @property {"previous" | "year" | number | false} compare a number: the id of a period
 * @property {{type: string, id: number} | false} subject false: the widest the user may see
 * @property {"overview" | "heat"} page
 * @property {string} sort attention | name | score | kpi-<id>; with "-" in front the other way round
 */

/** @type {CockpitView} */
export const DEFAULT_VIEW = {
    periodId: false,
    periodType: false,
    compare: "previous",
    subject: false,
    page: "overview",
    sort: "attention",
};

/** The text by which a subject is known in the address: `department-3`. */
export function subjectKey(subject) {
    return subject ? `${subject.type}-${subject.id}` : undefined;
}

function parseSubject(key) {
    const [, type, id] = /^([a-z_]+)-(\d+)$/.exec(key || "") || [];
    return type ? { type, id: Number(id) } : false;
}

/**
 * The view as parameters of the address; what is as by default is left out, and known by being undefined.
 *
 * @param {CockpitView} view
 */
export function viewToUrl(view) {
    return {
        subject: subjectKey(view.subject),
        period: view.periodId || undefined,
        period_type: (!view.periodId && view.periodType) || undefined,
        compare: view.compare === "previous" ? undefined : view.compare || "none",
        page: view.page === "overview" ? undefined : view.page,
        sort: view.sort === "attention" ? undefined : view.sort,
    };
}

/**
 * @param {Object} params of the address
 * @returns {CockpitView}
 */
export function viewFromUrl(params) {
    const { subject, period, period_type, compare, page, sort } = params;
    return {
        periodId: Number(period) || false,
        periodType: period_type || false,
        compare: compare === "none" ? false : Number(compare) || (compare === "year" ? "year" : "previous"),
        subject: parseSubject(subject),
        page: page === "heat" ? "heat" : "overview",
        sort: /^-?(name|score|kpi-\d+)$/.test(sort || "") ? sort : "attention",
    };
}

/** Whether the address says what to look at; then no favourite opens by itself. */
export function isInUrl(params) {
    return Object.keys(viewToUrl(DEFAULT_VIEW)).some((key) => params[key] !== undefined);
}

/** Two views that show the same. */
export function sameView(one, other) {
    const flat = (view) => ({ ...DEFAULT_VIEW, ...view, subject: subjectKey(view.subject) });
    return shallowEqual(flat(one), flat(other));
}

// ---------------------------------------------------------------- order

/**
 * Rows in another order than the server's (what needs attention first).
 *
 * @param {Object[]} rows with `name`, `score` and, where KPIs are sorted by, `cells`
 * @param {string} sort see `CockpitView`; figures go from the lowest up, those not measured come last either way
 * @returns {Object[]}
 */
export function sortRows(rows, sort) {
    const isDown = sort.startsWith("-");
    const key = isDown ? sort.slice(1) : sort;
    const sign = isDown ? -1 : 1;
    if (key === "name") {
        const { compare } = new Intl.Collator(localization.code?.replace("_", "-"), { numeric: true });
        return [...rows].sort((one, other) => sign * compare(one.name, other.name));
    }
    const value = key === "score" ? ({ score }) => score : cellValue(key);
    if (!value) {
        return rows;
    }
    const missing = (row) => typeof value(row) !== "number";
    return [...rows].sort((one, other) => missing(one) - missing(other) || sign * (value(one) - value(other)) || 0);
}

function cellValue(key) {
    const [, id] = /^kpi-(\d+)$/.exec(key) || [];
    return id && (({ cells }) => (cells?.[id]?.result === "ok" ? cells[id].attainment : false));
}

/** Orders to choose from where there are no columns to click on. */
export function sortChoices() {
    return [
        { key: "attention", name: _t("What needs attention") },
        { key: "name", name: _t("Name, A first") },
        { key: "-name", name: _t("Name, Z first") },
        { key: "score", name: _t("Score, lowest first") },
        { key: "-score", name: _t("Score, highest first") },
    ];
}

/** The order after one more click on a column's head: up, down, and back to what needs attention. */
export function nextSort(sort, key) {
    return sort === key ? `-${key}` : sort === `-${key}` ? "attention" : key;
}
