import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, patchWithCleanup } from "@web/../tests/web_test_helpers";

import { answerLines, below, company, line, openCockpit } from "./kpi_cockpit_data";

defineMailModels();

const FIRST = ["load", false, "previous", false, false];
const SALES = { type: "department", id: 7 };

function withSales([, , subject]) {
    return subject && subject.type === "department" ? below(subject, "Sales", { below: [] }) : company();
}

test("a card says how a KPI stands, in figures, in words and by a shape", async () => {
    await openCockpit();
    expect(".o_kpi_cockpit_explain").toHaveText("Revenue");
    expect(".o_kpi_cockpit_card .o_kpi_status").toHaveText("At risk");
    expect(".o_kpi_cockpit_card .o_kpi_status .fa-exclamation-triangle").toHaveCount(1);
    expect(".o_kpi_cockpit_actual").toHaveText("150");
    expect(".o_kpi_cockpit_target").toHaveText("/ 200");
    expect(".o_kpi_cockpit_attainment").toHaveText("75 %");
    // 75 % now, 85 % in the period before
    expect(".o_kpi_cockpit_card .o_kpi_cockpit_change").toHaveAttribute(
        "title",
        "so far 10 points less than in 02/2026 (85\u00a0%)",
    );
    expect(queryAllTexts(".o_kpi_cockpit_notes span")).toEqual(["Heading for 190", "Weight 40 %", "points lost: 10"]);
    expect.verifySteps([FIRST]);
});

test("what was not measured has no figure, and an error says what is wrong", async () => {
    const broken = line(1, "Revenue", { result: "error", status: "none", lost: 0, error_message: "Division by zero" });
    await openCockpit(() => company({ cards: [broken] }));
    expect(".o_kpi_cockpit_actual").toHaveText("–");
    expect(".o_kpi_cockpit_attainment").toHaveText("–");
    expect(".o_kpi_cockpit_card .o_kpi_cockpit_change").toHaveCount(0);
    expect(".o_kpi_cockpit_card .o_kpi_status").toHaveText("Error");
    expect(".o_kpi_cockpit_error").toHaveText("Division by zero");
    expect(queryAllTexts(".o_kpi_cockpit_notes span")).toEqual(["Weight 40 %"]);
    expect.verifySteps([FIRST]);
});

test("the head says the score and its change, and how many KPIs stand how", async () => {
    await openCockpit();
    expect(".o_kpi_cockpit_name").toHaveText("Sao Mai");
    expect(".o_kpi_cockpit_scorecard").toHaveText("82.5 %");
    expect(".o_kpi_cockpit_score .o_kpi_cockpit_change").toHaveAttribute(
        "title",
        "2.5 points more than in 02/2026 (80\u00a0%)",
    );
    const bar = ".o_kpi_cockpit_all .o_kpi_cockpit_bar";
    expect(bar).toHaveAttribute("aria-label", "On track: 6, At risk: 1, Behind: 1");
    expect(queryAllTexts(".o_kpi_cockpit_all .o_kpi_cockpit_numbers b")).toEqual(["6", "1", "1"]);
    expect.verifySteps([FIRST]);
});

test("a KPI without data is counted under the words of its card", async () => {
    const calls = line(1, "Calls", { result: "no_data", status: "none", lost: 0 });
    await openCockpit(() => company({ cards: [calls], counts: { no_data: 1, none: 2, people: 3 } }));
    expect(".o_kpi_cockpit_card .o_kpi_status").toHaveText("No data");
    const bar = ".o_kpi_cockpit_all .o_kpi_cockpit_bar";
    expect(bar).toHaveAttribute("aria-label", "No data: 1, No status: 2");
    expect.verifySteps([FIRST]);
});

test("down by a click, up by the path, the keys and the address keep up", async () => {
    const states = [];
    await openCockpit(withSales, { props: { updateActionState: ({ subject }) => states.push(subject) } });
    expect(queryAllTexts(".o_kpi_cockpit_row_name .fw-bold")).toEqual(["Sales", "Finance"]);
    await contains("[data-id='department-7']").click();
    expect(".o_kpi_cockpit_name").toHaveText("Sales");
    expect(".o_kpi_cockpit_name").toBeFocused();
    expect(queryAllTexts(".o_kpi_cockpit_path a")).toEqual(["Sao Mai"]);
    await contains(".o_kpi_cockpit_path a").click();
    expect(".o_kpi_cockpit_name").toHaveText("Sao Mai");
    await contains("[data-id='department-7']").click();
    await press("Backspace");
    await animationFrame();
    expect(".o_kpi_cockpit_name").toHaveText("Sao Mai");
    await contains("[data-id='department-7']").click();
    await press("Escape");
    await animationFrame();
    expect(".o_kpi_cockpit_name").toHaveText("Sao Mai");
    // at the top there is nothing above
    await press("Backspace");
    const up = ["load", false, "previous", { type: "company", id: 1 }, false];
    const down = ["load", false, "previous", SALES, false];
    expect.verifySteps([FIRST, down, up, down, up, down, up]);
    expect(states).toEqual([
        "company-1",
        "department-7",
        "company-1",
        "department-7",
        "company-1",
        "department-7",
        "company-1",
    ]);
});

test("the address says what to open", async () => {
    const params = { subject: "department-7", period: 11, compare: "none", page: "heat" };
    await openCockpit(withSales, { params });
    expect(".o_kpi_cockpit_name").toHaveText("Sales");
    expect(".o_kpi_cockpit_heat").toHaveCount(1);
    expect.verifySteps([["load", 11, false, SALES, false]]);
});

test("a period that is gone is not kept in the address", async () => {
    const states = [];
    const updateActionState = ({ period }) => states.push(period);
    await openCockpit(() => company(), { params: { period: 99 }, props: { updateActionState } });
    expect(states).toEqual([undefined]);
    expect.verifySteps([["load", 99, "previous", false, false]]);
});

test("what one came back to is as one left it", async () => {
    const view = {
        periodId: 5,
        periodType: "quarter",
        compare: "year",
        subject: SALES,
        page: "overview",
        sort: "name",
    };
    await openCockpit(withSales, { props: { state: { view } } });
    expect.verifySteps([["load", 5, "year", SALES, "quarter"]]);
});

test("period and comparison are chosen; the running period stays the running one", async () => {
    await openCockpit();
    const subject = { type: "company", id: 1 };
    await contains(".o_kpi_cockpit_period_toggle").click();
    expect(queryAllTexts(".o_kpi_cockpit_periods .dropdown-header")).toEqual(["Month", "Quarter"]);
    await contains(".o_kpi_cockpit_periods [data-id='5']").click();
    await contains(".o_kpi_cockpit_period_toggle").click();
    await contains(".o_kpi_cockpit_running:eq(1)").click();
    await contains(".o_kpi_cockpit_compare").click();
    await contains("[data-compare='year']").click();
    await contains(".o_kpi_cockpit_compare").click();
    await contains("[data-compare='none']").click();
    expect.verifySteps([
        FIRST,
        ["load", 5, "previous", subject, "quarter"],
        ["load", false, "previous", subject, "quarter"],
        ["load", false, "year", subject, "quarter"],
        ["load", false, false, subject, "quarter"],
    ]);
});

test("to the period before and after of the same type", async () => {
    await openCockpit(([period]) =>
        company(period === 11 ? { period: { ...company().period, id: 11, name: "02/2026" } } : {}),
    );
    expect(".o_kpi_cockpit_later").not.toBeEnabled();
    await contains(".o_kpi_cockpit_earlier").click();
    expect(".o_kpi_cockpit_period_toggle").toHaveText("02/2026");
    expect(".o_kpi_cockpit_earlier").not.toBeEnabled();
    await contains(".o_kpi_cockpit_later").click();
    expect(".o_kpi_cockpit_period_toggle").toHaveText("03/2026");
    const subject = { type: "company", id: 1 };
    expect.verifySteps([FIRST, ["load", 11, "previous", subject, "month"], ["load", 12, "previous", subject, "month"]]);
});

test("of several companies, the period before is one of the same company", async () => {
    const month = (id, name, company_id) => ({ id, name, type: "month", type_name: "Month", company_id });
    const periods = [
        month(12, "03/2026", 1),
        month(22, "03/2026", 2),
        month(21, "02/2026", 2),
        month(11, "02/2026", 1),
    ];
    await openCockpit(() => company({ periods, period: { ...company().period, company_id: 1 } }));
    await contains(".o_kpi_cockpit_earlier").click();
    expect.verifySteps([FIRST, ["load", 11, "previous", { type: "company", id: 1 }, "month"]]);
});

test("an answer that comes late does not overwrite what was asked for since", async () => {
    const late = new Deferred();
    await openCockpit((args) => (args[2]?.id === 8 ? late : withSales(args)));
    await contains("[data-id='department-8']").click();
    expect(".o_kpi_cockpit_page").toHaveClass("o_kpi_cockpit_loading");
    expect(".o_kpi_cockpit_name").toHaveText("Sao Mai");
    await contains("[data-id='department-7']").click();
    expect(".o_kpi_cockpit_name").toHaveText("Sales");
    late.resolve(below({ type: "department", id: 8 }, "Finance"));
    await animationFrame();
    expect(".o_kpi_cockpit_name").toHaveText("Sales");
    expect(".o_kpi_cockpit_page").not.toHaveClass("o_kpi_cockpit_loading");
    expect.verifySteps([
        FIRST,
        ["load", false, "previous", { type: "department", id: 8 }, false],
        ["load", false, "previous", SALES, false],
    ]);
});

test("from a figure to what is behind it", async () => {
    answerLines();
    await openCockpit();
    await contains(".o_kpi_cockpit_explain").click();
    await contains(".o_kpi_cockpit_records").click();
    await contains(".o_kpi_cockpit_history").click();
    await contains(".o_kpi_cockpit_scorecard").click();
    expect.verifySteps([
        FIRST,
        ["action", "line 1", "action_open_explanation"],
        ["action", "line 1", "action_open_records"],
        ["action", "line 1", "action_open_history"],
        ["action", "kpi.scorecard", 900],
    ]);
});

test("rows by what needs attention, by name, by score", async () => {
    await openCockpit();
    const names = () => queryAllTexts(".o_kpi_cockpit_row_name .fw-bold");
    expect(names()).toEqual(["Sales", "Finance"]);
    await contains(".o_kpi_cockpit_below select").select("name");
    expect(names()).toEqual(["Finance", "Sales"]);
    await contains(".o_kpi_cockpit_below select").select("-score");
    expect(names()).toEqual(["Finance", "Sales"]);
    await contains(".o_kpi_cockpit_below select").select("score");
    expect(names()).toEqual(["Sales", "Finance"]);
    expect.verifySteps([FIRST]);
});

test("without a scorecard, an officer is led to the first steps and an employee is told who prepares it", async () => {
    await openCockpit(() => ({ empty: "no_scorecards", can_start: true, periods: [] }));
    expect(".o_kpi_cockpit_empty .btn").toHaveCount(3);
    await contains(".o_kpi_cockpit_empty .btn-primary").click();
    expect.verifySteps([FIRST, ["action", "kpi_management.action_kpi_scorecard_batch_new", undefined]]);
});

test("an employee without a scorecard is told who prepares it", async () => {
    await openCockpit(() => ({ empty: "no_scorecards", can_start: false, periods: [] }));
    expect(".o_kpi_cockpit_empty").toHaveText(/Your manager or a KPI officer/);
    expect(".o_kpi_cockpit_empty .btn").toHaveCount(0);
    expect(".o_kpi_cockpit_refresh").toHaveCount(0);
    expect.verifySteps([FIRST]);
});

test("a department without any figure says so, and a person has no heat map", async () => {
    const heat = { columns: [], rows: [], more: 0 };
    await openCockpit(() => company({ cards: [], below: [], heat }));
    expect(".o_kpi_cockpit_empty").toHaveText(/No KPIs here in this period/);
    expect(".o_kpi_cockpit_to_heat").toHaveCount(0);
    expect.verifySteps([FIRST]);
});

test("all pages are printed, and the screen is as before", async () => {
    patchWithCleanup(window, {
        print: () => expect.step(queryOne(".o_kpi_cockpit").querySelectorAll("section").length),
    });
    await openCockpit();
    expect(".o_kpi_cockpit section").toHaveCount(2);
    await contains(".o_kpi_cockpit_print").click();
    window.dispatchEvent(new Event("afterprint"));
    await animationFrame();
    expect(".o_kpi_cockpit section").toHaveCount(2);
    expect.verifySteps([FIRST, 3]);
});
