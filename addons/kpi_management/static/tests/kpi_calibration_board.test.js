import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryText } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    getService,
    makeServerError,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

defineMailModels();

const GOOD = 2;
const FAIR = 3;

function card(id, employee, vals = {}) {
    return {
        id,
        employee_id: id,
        employee,
        department: "North",
        manager: "An",
        score: 100,
        computed: GOOD,
        proposed: false,
        calibrated: false,
        column: GOOD,
        reason: "",
        ...vals,
    };
}

function column(id, name, count, percent, vals = {}) {
    return { id, name, color: 4, count, percent, min_percent: null, max_percent: null, fits: null, ...vals };
}

function board(vals = {}) {
    return {
        cycle: { id: 7, name: "Review Q1", state: "calibration", phase: "Calibration" },
        cycles: [{ id: 7, name: "Review Q1" }],
        can_move: true,
        leads: true,
        has_own: false,
        total: 3,
        columns: [
            column(1, "Best", 0, 0),
            column(GOOD, "Good", 2, 66.67, { min_percent: 20, max_percent: 40, fits: "above" }),
            column(FAIR, "Fair", 1, 33.33, { min_percent: 0, max_percent: 50, fits: "within" }),
            column(false, "No score", 0, 0),
        ],
        cards: [
            card(11, "Đức"),
            card(12, "Bình", { score: 97.5 }),
            card(13, "Chi", { score: 85, computed: FAIR, column: FAIR, proposed: FAIR, reason: "Often late" }),
        ],
        departments: [],
        ...vals,
    };
}

/** Show boards, one after the other; the last one stays. */
async function show(...boards) {
    onRpc("kpi.review.cycle", "calibration_board", ({ args }) => {
        expect.step(["board", ...args]);
        return boards.length > 1 ? boards.shift() : boards[0];
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ type: "ir.actions.client", tag: "kpi_calibration_board" });
}

function catchMoves(answer = () => true) {
    onRpc("kpi.review", "action_move_grade", ({ args }) => {
        expect.step(["move", ...args]);
        return answer();
    });
}

const names = (index) => queryAllTexts(`.o_kpi_calibration_column:eq(${index}) .o_kpi_calibration_name`);

test("grades are columns, with their share beside the guideline in words", async () => {
    await show(board());
    expect(queryAllTexts(".o_kpi_calibration_grade")).toEqual(["Best", "Good", "Fair"]);
    expect(names(1)).toEqual(["Đức", "Bình"]);
    expect(queryAllTexts(".o_kpi_calibration_fits")).toEqual([
        "no guideline",
        "above the guideline 20–40 %",
        "within the guideline 0–50 %",
    ]);
    expect(".o_kpi_calibration_bar:eq(1)").toHaveAttribute(
        "aria-label",
        "66.67\u00a0%, above the guideline of 20–40\u00a0%",
    );
    expect(".o_kpi_calibration_card:contains(Chi) .o_kpi_calibration_reason").toHaveText("Often late");
    expect.verifySteps([["board", false, false]]);
});

test("dragging asks for the reason, which moves the card", async () => {
    const after = board({ cards: [card(11, "Đức", { column: FAIR, calibrated: FAIR }), card(12, "Bình")] });
    catchMoves();
    await show(board(), after);
    expect.verifySteps([["board", false, false]]);
    await contains(".o_kpi_calibration_card:contains(Đức)").dragAndDrop(".o_kpi_calibration_column:eq(2)");
    await animationFrame();
    // it waits where it was dropped
    expect(names(2)).toEqual(["Đức", "Chi"]);
    expect(queryText(".o_kpi_calibration_hint")).toBe(
        "Fair would then be 66.67 % of the people: above the guideline of 0–50 %.",
    );
    expect(".modal .btn-primary").not.toBeEnabled();
    await contains(".modal textarea").edit("  Lost two customers ", { confirm: false });
    await contains(".modal .btn-primary").click();
    await animationFrame();
    expect.verifySteps([
        ["move", [11], FAIR, "Lost two customers", GOOD],
        ["board", 7, false],
    ]);
    expect(".modal").toHaveCount(0);
    expect(".o_kpi_calibration_card:contains(Đức) .o_kpi_calibration_computed").toHaveText(/Good$/);
    await contains(".o_notification button:contains(Undo)").click();
    await animationFrame();
    expect.verifySteps([
        ["move", [11], GOOD, "Undone: Lost two customers", FAIR],
        ["board", 7, false],
    ]);
});

test("Escape puts the card back", async () => {
    catchMoves();
    await show(board());
    await contains(".o_kpi_calibration_card:contains(Bình)").dragAndDrop(".o_kpi_calibration_column:eq(0)");
    await animationFrame();
    expect(names(0)).toEqual(["Bình"]);
    await press("Escape");
    await animationFrame();
    expect(names(0)).toEqual([]);
    expect(names(1)).toEqual(["Đức", "Bình"]);
    expect.verifySteps([["board", false, false]]);
});

test("the menu of a card moves it, too; a proposal lends its reason", async () => {
    catchMoves();
    await show(
        board({ cards: [card(13, "Chi", { column: GOOD, calibrated: GOOD, proposed: FAIR, reason: "Often late" })] }),
    );
    await contains(".o_kpi_calibration_menu").click();
    expect(queryAllTexts(".o_popover .dropdown-item")).toEqual(["Best", "Fair", "Earlier grades", "Open the review"]);
    await contains(".o_popover .dropdown-item:contains(Fair)").click();
    expect(".modal textarea").toHaveValue("Often late");
    await press(["ctrl", "Enter"]);
    await animationFrame();
    expect.verifySteps([
        ["board", false, false],
        ["move", [13], FAIR, "Often late", GOOD],
        ["board", 7, false],
    ]);
});

test("whoever comes second reads it and sees the board as it is", async () => {
    const moved = board({ cards: [card(12, "Bình", { column: 1, calibrated: 1 })] });
    catchMoves(() => {
        throw makeServerError({ message: "Somebody else gave Bình the grade Best." });
    });
    await show(board({ cards: [card(12, "Bình")] }), moved);
    await contains(".o_kpi_calibration_card").dragAndDrop(".o_kpi_calibration_column:eq(2)");
    await contains(".modal textarea").edit("Too slow", { confirm: false });
    await contains(".modal .btn-primary").click();
    await animationFrame();
    expect(".o_notification:contains(Somebody else gave Bình the grade Best.)").toHaveCount(1);
    expect(".o_notification button:contains(Undo)").toHaveCount(0);
    expect(names(0)).toEqual(["Bình"]);
    expect.verifySteps([
        ["board", false, false],
        ["move", [12], FAIR, "Too slow", GOOD],
        ["board", 7, false],
    ]);
});

test("outside calibration, and for managers, it is only looked at", async () => {
    mockService("action", {
        doAction(action) {
            if (action.res_model) {
                expect.step([action.res_model, action.res_id]);
                return;
            }
            return super.doAction(...arguments);
        },
    });
    const cycle = { id: 7, name: "Review Q1", state: "closed", phase: "Closed" };
    await show(board({ can_move: false, cycle }));
    expect(".o_kpi_calibration_notice").toHaveText(/grades are final/);
    await contains(".o_kpi_calibration_card:contains(Đức)").dragAndDrop(".o_kpi_calibration_column:eq(2)");
    await animationFrame();
    expect(".modal").toHaveCount(0);
    await contains(".o_kpi_calibration_menu:eq(0)").click();
    expect(queryAllTexts(".o_popover .dropdown-item")).toEqual(["Earlier grades", "Open the review"]);
    await contains(".o_popover .dropdown-item:contains(Open)").click();
    expect.verifySteps([
        ["board", false, false],
        ["kpi.review", 11],
    ]);
});

test("a name is found without its marks, and the shares stay those of everybody", async () => {
    await show(board());
    for (const [text, name] of [
        ["binh", "Bình"],
        ["duc", "Đức"],
    ]) {
        await contains(".o_kpi_calibration_search").edit(text, { confirm: false });
        await runAllTimers();
        await animationFrame();
        expect(queryAllTexts(".o_kpi_calibration_name")).toEqual([name]);
    }
    expect(".o_kpi_calibration_column:eq(1) .o_kpi_calibration_count").toHaveText("2");
    expect.verifySteps([["board", false, false]]);
});

test("of many people the first fifty are drawn, then fifty more", async () => {
    const cards = Array.from({ length: 120 }, (_unused, index) => card(index + 1, `Person ${index + 1}`));
    await show(board({ cards, total: 120 }));
    expect(".o_kpi_calibration_card").toHaveCount(50);
    await contains("button:contains(Show more: 70 left)").click();
    await contains("button:contains(Show more: 20 left)").click();
    expect(".o_kpi_calibration_card").toHaveCount(120);
    expect("button:contains(Show more)").toHaveCount(0);
    expect.verifySteps([["board", false, false]]);
});

test("earlier grades are read with author and reason", async () => {
    onRpc("kpi.review.move", "search_read", ({ kwargs }) => {
        expect(kwargs.domain).toEqual([["review_id", "=", 11]]);
        return [
            {
                id: 1,
                date: "2026-04-02 02:00:00",
                user_id: [5, "Lan"],
                kind: "calibration",
                from_grade_id: false,
                to_grade_id: [GOOD, "Good"],
                reason: "Joined late",
            },
        ];
    });
    await show(board());
    await contains(".o_kpi_calibration_menu:eq(0)").click();
    await contains(".o_popover .dropdown-item:contains(Earlier)").click();
    expect(".modal li").toHaveCount(1);
    expect(".modal li").toHaveText(/No score.*Good.*Calibration.*Joined late.*Lan/s);
    expect.verifySteps([["board", false, false]]);
});

test("without a cycle the board says what to do", async () => {
    await show(board({ cycle: false, cycles: [], columns: [], cards: [] }));
    expect(".o_nocontent_help").toHaveText(/Launch a review cycle/);
    expect.verifySteps([["board", false, false]]);
});
