import { expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { makeMockEnv } from "@web/../tests/web_test_helpers";
import {
    DEFAULT_VIEW,
    isInUrl,
    nextSort,
    sameView,
    sortRows,
    viewFromUrl,
    viewToUrl,
} from "@kpi_management/kpi_cockpit/kpi_cockpit_view";

defineMailModels();

const defined = (params) => Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));

test("a view comes back from the address as it went in", () => {
    const views = [
        DEFAULT_VIEW,
        { ...DEFAULT_VIEW, subject: { type: "employee", id: 31 }, periodId: 12, compare: "year" },
        { ...DEFAULT_VIEW, periodType: "quarter", compare: false, page: "heat", sort: "-kpi-21" },
        { ...DEFAULT_VIEW, compare: 9, sort: "name" },
    ];
    for (const view of views) {
        expect(viewFromUrl(defined(viewToUrl(view)))).toEqual(view);
    }
    expect(defined(viewToUrl(DEFAULT_VIEW))).toEqual({});
});

test("what nobody can mean is left aside", () => {
    const params = { subject: "department", period: "soon", compare: "never", page: "map", sort: "kpi-" };
    expect(viewFromUrl(params)).toEqual(DEFAULT_VIEW);
    expect(isInUrl({ menu_id: 4 })).toBe(false);
    expect(isInUrl({ compare: "year" })).toBe(true);
});

test("two views are the same when they show the same", () => {
    const subject = { type: "department", id: 7 };
    expect(sameView({ subject }, { ...DEFAULT_VIEW, subject: { ...subject } })).toBe(true);
    expect(sameView({ subject }, { ...DEFAULT_VIEW, subject: { ...subject, id: 8 } })).toBe(false);
    expect(sameView({}, { ...DEFAULT_VIEW, compare: false })).toBe(false);
});

test("rows without a figure come last both ways", async () => {
    // the order of names is that of the user's language
    await makeMockEnv();
    const rows = [
        { name: "Đức", score: false },
        { name: "An", score: 80 },
        { name: "Dung", score: 60 },
    ];
    const names = (sort) => sortRows(rows, sort).map(({ name }) => name);
    expect(names("attention")).toEqual(["Đức", "An", "Dung"]);
    expect(names("score")).toEqual(["Dung", "An", "Đức"]);
    expect(names("-score")).toEqual(["An", "Dung", "Đức"]);
    expect(names("-name").at(-1)).toBe("An");
    // a KPI that nobody here has
    expect(names("kpi-9")).toEqual(["Đức", "An", "Dung"]);
});

test("one more click: up, down, back", () => {
    expect(nextSort("attention", "score")).toBe("score");
    expect(nextSort("score", "score")).toBe("-score");
    expect(nextSort("-score", "score")).toBe("attention");
    expect(nextSort("-score", "name")).toBe("name");
});
