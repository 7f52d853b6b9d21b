import { expect, test } from "@odoo/hoot";
import { press, queryAllAttributes, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

const LEVELS = [
    { rating: "1", name: "Far below", behaviour: "Customers chase her" },
    { rating: "2", name: "Below", behaviour: "" },
    { rating: "3", name: "What is asked", behaviour: "Answers within a day" },
    { rating: "4", name: "Above", behaviour: "" },
    { rating: "5", name: "Outstanding", behaviour: "Calls back first" },
];
const CANNOT_SAY = { rating: "0", name: "Cannot say", behaviour: "" };

class Draft extends models.Model {
    _name = "kpi.review.draft";

    feedback_id = fields.Many2one({ relation: "kpi.review.feedback" });
    template_line_id = fields.Many2one({ relation: "kpi.review.template.line" });
    kind = fields.Selection({
        selection: [
            ["competency", "Rating"],
            ["text", "Text"],
        ],
    });
    description = fields.Text();
    levels = fields.Json();
    rating = fields.Selection({ selection: ["0", "1", "2", "3", "4", "5"].map((value) => [value, value]) });
    text = fields.Text();

    _records = [
        {
            id: 1,
            template_line_id: 1,
            kind: "competency",
            levels: [...LEVELS, CANNOT_SAY],
            description: "Keeps promises",
        },
        { id: 2, template_line_id: 2, kind: "competency", levels: LEVELS, rating: "5" },
        { id: 3, template_line_id: 3, kind: "text", levels: [] },
    ];
}

class Line extends models.Model {
    _name = "kpi.review.template.line";

    name = fields.Char();

    _records = [
        { id: 1, name: "Care" },
        { id: 2, name: "Drive" },
        { id: 3, name: "What comes next?" },
    ];
}

class Feedback extends models.Model {
    _name = "kpi.review.feedback";

    draft_ids = fields.One2many({ relation: "kpi.review.draft", relation_field: "feedback_id" });

    _records = [{ id: 1, draft_ids: [1, 2, 3] }];
}

defineModels([Draft, Line, Feedback]);
defineMailModels();

const openRating = (resId, attributes = "") =>
    mountView({
        type: "form",
        resModel: "kpi.review.draft",
        resId,
        arch: `<form><field name="rating" widget="kpi_rating" ${attributes} /></form>`,
    });
const openQuestions = (attributes = "") =>
    mountView({
        type: "form",
        resModel: "kpi.review.feedback",
        resId: 1,
        arch: `<form><field name="draft_ids" widget="kpi_review_questions" ${attributes} /></form>`,
    });

test("a group of five and who cannot say, each with its behaviour", async () => {
    await openRating(1);
    expect("[role=radiogroup] [role=radio]").toHaveCount(6);
    expect(queryAllAttributes("[role=radio]", "aria-label")).toEqual([
        "1 · Far below. Customers chase her",
        "2 · Below",
        "3 · What is asked. Answers within a day",
        "4 · Above",
        "5 · Outstanding. Calls back first",
        "Cannot say",
    ]);
    expect(queryAllAttributes("[role=radio]", "tabindex")).toEqual(["0", "-1", "-1", "-1", "-1", "-1"]);
    expect("[aria-checked=true]").toHaveCount(0);
});

test("pointing shows what a level means, choosing keeps it", async () => {
    await openRating(1);
    await contains("[data-rating='5']").hover();
    expect(".o_kpi_rating_shown").toHaveText("Outstanding · Calls back first");
    await contains("[data-rating='3']").click();
    expect("[data-rating='3']").toHaveAttribute("aria-checked", "true");
    await contains(".o_control_panel").hover();
    expect(".o_kpi_rating_shown").toHaveText(/What is asked/);
    expect("[role=radio][tabindex='0']").toHaveAttribute("data-rating", "3");
});

test("figures and arrows choose, and the focus goes along", async () => {
    await openRating(1);
    const chosen = () => queryAllAttributes("[aria-checked=true]", "data-rating");
    await contains("[data-rating='1']").focus();
    await press("4");
    await animationFrame();
    expect(chosen()).toEqual(["4"]);
    expect("[data-rating='4']").toBeFocused();
    await press("ArrowRight");
    await animationFrame();
    expect(chosen()).toEqual(["5"]);
    await press("ArrowRight");
    await animationFrame();
    expect(chosen()).toEqual(["0"]);
    await press("ArrowRight");
    await animationFrame();
    expect(chosen()).toEqual(["1"]);
    expect("[data-rating='1']").toBeFocused();
    await press("7");
    await animationFrame();
    expect(chosen()).toEqual(["1"]);
});

test("read-only it is words", async () => {
    await openRating(2, 'readonly="1"');
    expect("[role=radio]").toHaveCount(0);
    expect(".o_kpi_rating").toHaveText("5\nOutstanding\nCalls back first");
    await mountView({
        type: "form",
        resModel: "kpi.review.draft",
        resId: 1,
        arch: `<form><field name="rating" widget="kpi_rating" readonly="1" /></form>`,
    });
    expect(".o_kpi_rating:last").toHaveText("Not rated");
});

test("one card for each question; what is missing is named and reached", async () => {
    await openQuestions();
    expect(queryAllTexts(".o_kpi_question h3")).toEqual(["1. Care", "2. Drive", "3. What comes next?"]);
    expect(".o_kpi_question:eq(0) p").toHaveText("Keeps promises");
    expect(".o_kpi_question:eq(2) [role=radiogroup]").toHaveCount(0);
    expect(".o_kpi_questions_progress").toHaveText(/1 of 2 rated\s*Missing:\s*Care/);
    await contains(".o_kpi_questions_progress button:contains(Care)").click();
    expect(".o_kpi_question:eq(0) [data-rating='1']").toBeFocused();
});

test("each answer is saved as it is given", async () => {
    onRpc("kpi.review.feedback", "web_save", ({ args }) => expect.step(args[1].draft_ids));
    await openQuestions();
    await contains(".o_kpi_question:eq(0) [data-rating='4']").click();
    expect.verifySteps([[[1, 1, { rating: "4" }]]]);
    expect(".o_kpi_questions_progress").toHaveText(/2 of 2 rated\s*Nothing is missing/);
    await contains(".o_kpi_question:eq(2) textarea").edit("A larger area");
    expect.verifySteps([[[1, 3, { text: "A larger area" }]]]);
});

test("what is given is only read", async () => {
    await openQuestions('readonly="1"');
    expect(".o_kpi_questions_progress, [role=radio], textarea").toHaveCount(0);
    expect(".o_kpi_question:eq(1)").toHaveText(/5\s*Outstanding\s*Calls back first/);
});
