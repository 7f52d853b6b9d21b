import { expect, test } from "@odoo/hoot";
import { press, queryAllAttributes, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains } from "@web/../tests/web_test_helpers";

import { answerLines, below, company, openCockpit, row } from "./kpi_cockpit_data";

defineMailModels();

const COMPANY = { type: "company", id: 1 };
const FIRST = ["load", false, "previous", false, false];
const MONTHS = ["03/2026", "02/2026", "01/2026", "12/2025"].map((name, index) => ({
    id: 12 - index,
    name,
    type: "month",
    type_name: "Month",
}));

/** The cockpit of a company with four months; the answers after the first come when they are let go. */
async function openSlowly({ favorites = [], params = {} } = {}) {
    let isOpen = false;
    const waiting = [];
    const answer = ([periodId, , subject]) => {
        const period = { ...company().period, ...MONTHS.find(({ id }) => id === (periodId || 12)) };
        const more = { period, periods: MONTHS, favorites };
        return subject.type === "department" ? below(subject, "Sales", more) : company(more);
    };
    await openCockpit(
        (args) => {
            if (!isOpen) {
                return answer(args);
            }
            const deferred = new Deferred();
            waiting.push(() => deferred.resolve(answer(args)));
            return deferred;
        },
        { params },
    );
    isOpen = true;
    expect.verifySteps([FIRST]);
    return async () => {
        waiting.splice(0).forEach((letGo) => letGo());
        await animationFrame();
    };
}

test("the page that is chosen while something loads is kept", async () => {
    const favorite = { id: 1, name: "Sales", is_mine: true, options: { periodId: 11 } };
    const letGo = await openSlowly({ favorites: [favorite] });
    await contains(".o_kpi_cockpit_earlier").click();
    await contains(".o_kpi_cockpit_to_heat").click();
    expect(".o_kpi_cockpit_heat").toHaveCount(1);
    await letGo();
    expect(".o_kpi_cockpit_period_toggle").toHaveText("02/2026");
    expect(".o_kpi_cockpit_heat").toHaveCount(1);
    // also where a whole view is what loads
    await contains(".o_kpi_cockpit_favorites").click();
    await contains(".o_favorite_menu .o_menu_item").click();
    await contains(".o_kpi_cockpit_heat select").select("name");
    await letGo();
    expect(".o_kpi_cockpit_page").not.toHaveClass("o_kpi_cockpit_loading");
    expect(".o_kpi_cockpit_below select").toHaveValue("name");
    expect.verifySteps([
        ["load", 11, "previous", COMPANY, "month"],
        ["load", 11, "previous", false, false],
    ]);
});

test("a period and then a department are both asked for", async () => {
    const letGo = await openSlowly();
    await contains(".o_kpi_cockpit_earlier").click();
    await contains("[data-id='department-7']").click();
    await letGo();
    expect(".o_kpi_cockpit_period_toggle").toHaveText("02/2026");
    expect(".o_kpi_cockpit_name").toHaveText("Sales");
    expect.verifySteps([
        ["load", 11, "previous", COMPANY, "month"],
        ["load", 11, "previous", { type: "department", id: 7 }, "month"],
    ]);
});

test("back by three periods at once", async () => {
    const letGo = await openSlowly();
    for (let times = 0; times < 3; times++) {
        await contains(".o_kpi_cockpit_earlier").click();
    }
    expect(".o_kpi_cockpit_earlier").not.toBeEnabled();
    await letGo();
    expect(".o_kpi_cockpit_period_toggle").toHaveText("12/2025");
    expect.verifySteps([11, 10, 9].map((id) => ["load", id, "previous", COMPANY, "month"]));
});

test("a whole card is pressed once, and what lies on it keeps its tooltip", async () => {
    answerLines();
    await openCockpit();
    await contains(".o_kpi_cockpit_card .o_kpi_bullet").click();
    await contains(".o_kpi_cockpit_explain").click();
    await contains(".o_kpi_cockpit_records").click();
    expect.verifySteps([
        FIRST,
        ["action", "line 1", "action_open_explanation"],
        ["action", "line 1", "action_open_explanation"],
        ["action", "line 1", "action_open_records"],
    ]);
    const bar = document.querySelector(".o_kpi_cockpit_card .o_kpi_bullet").getBoundingClientRect();
    const found = document.elementFromPoint(bar.x + bar.width / 2, bar.y + bar.height / 2);
    expect(found.closest("svg")).toHaveClass("o_kpi_bullet");
});

test("Backspace in the list of orders does not go up", async () => {
    const sales = { type: "department", id: 7 };
    await openCockpit(([, , subject]) => (subject?.type === "department" ? below(sales, "Sales") : company()));
    await contains("[data-id='department-7']").click();
    await contains(".o_kpi_cockpit_below select").focus();
    await press("Backspace");
    await animationFrame();
    expect(".o_kpi_cockpit_name").toHaveText("Sales");
    expect.verifySteps([FIRST, ["load", false, "previous", sales, false]]);
});

test("the period and the comparison that are chosen are read out", async () => {
    await openCockpit();
    await contains(".o_kpi_cockpit_period_toggle").click();
    expect(queryAllAttributes(".o_kpi_cockpit_periods [role=menuitemcheckbox]", "aria-checked")).toEqual([
        "true",
        "false",
        "false",
        "false",
        "false",
    ]);
    await contains(".o_kpi_cockpit_compare").click();
    expect("[data-compare=previous]").toHaveAttribute("aria-checked", "true");
    expect("[data-compare=year]").toHaveAttribute("aria-checked", "false");
    expect.verifySteps([FIRST]);
});

test("the cockpit does not wait for the first steps, and asks for them once", async () => {
    const answer = new Deferred();
    await openCockpit(() => ({ empty: "no_scorecards", can_start: true, may_share: true, periods: [] }), {
        steps: () => {
            expect.step("steps");
            return answer;
        },
    });
    expect(".o_kpi_cockpit_begin").toBeVisible();
    const step = { key: "period", title: "Periods", text: "", button: "Create", action: "periods", done: false };
    answer.resolve([{ ...step, is_next: true }]);
    await animationFrame();
    expect(".o_kpi_first_steps [data-step=period]").toHaveCount(1);
    // they say where to begin
    expect(".o_kpi_cockpit_begin").not.toBeVisible();
    expect.verifySteps([FIRST, "steps"]);
});

test("one that is not shown is one, and no more", async () => {
    await openCockpit(() => company({ below: [row("department", 7, "Sales")], below_more: 1 }));
    expect(queryAllTexts(".o_kpi_cockpit_below p")).toEqual(["1 more is not shown."]);
    expect.verifySteps([FIRST]);
});
