import { registry } from "@web/core/registry";

const CARD = (name) => `.o_kpi_question:has(h3:contains(${name}))`;
const chosen = (name, rating) => `${CARD(name)} [data-rating='${rating}'][aria-checked=true]`;

/** Rates with the keyboard: a figure chooses, Tab leads to the words and on to the next question. */
const rate = (name, rating) => [
    {
        content: `Rate ${name}`,
        trigger: `${CARD(name)} [role=radio][tabindex='0']`,
        async run(helpers) {
            helpers.anchor.focus();
            await helpers.press(String(rating));
        },
    },
    { content: `${name} is rated`, trigger: chosen(name, rating) },
];
const give = [
    { content: "Nothing is missing", trigger: ".o_kpi_questions_progress:contains(2 of 2 rated)" },
    {
        content: "Give the answers",
        trigger: ".o_statusbar_buttons button[name=action_submit]",
        run: "click",
    },
    { content: "They are given", trigger: ".o_statusbar_status .o_arrow_button_current:contains(Given)" },
];
const openReview = (name) => [
    { content: `The review ${name}`, trigger: `.o_data_row .o_data_cell:contains(${name})`, run: "click" },
];
const assess = [
    { content: "The own part", trigger: ".o_statusbar_buttons button[name=action_fill_mine]", run: "click" },
];
const tab = (name) => ({
    content: `Tab ${name}`,
    trigger: `.o_notebook_headers .nav-link:contains(${name})`,
    run: "click",
});

/** The person writes the self-assessment, and sees nothing of the manager's. */
registry.category("web_tour.tours").add("kpi_management_review_self", {
    steps: () => [
        ...openReview("March"),
        { content: "What comes next", trigger: ".alert:contains(Write your self-assessment)" },
        ...assess,
        { content: "What is missing", trigger: ".o_kpi_questions_progress:contains(0 of 2 rated)" },
        ...rate("Care", 4),
        ...rate("Drive", 3),
        {
            content: "In words",
            trigger: `${CARD("What comes next?")} textarea`,
            run: "edit A larger area && click body",
        },
        ...give,
        { content: "Back to the review", trigger: ".o_breadcrumb .o_back_button", run: "click" },
        { content: "Who is waited for", trigger: ".alert:contains(An writes the manager's assessment)" },
        tab("Manager"),
        { content: "Nothing to be seen yet", trigger: ".tab-pane.active:contains(Nothing can be seen here yet)" },
    ],
});

/** The manager writes hers, and then sees both. */
registry.category("web_tour.tours").add("kpi_management_review_manager", {
    steps: () => [
        ...openReview("Bình"),
        {
            content: "Nothing of the self-assessment",
            trigger: ".tab-pane.active:contains(Nothing can be seen here yet)",
        },
        ...assess,
        ...rate("Care", 5),
        ...rate("Drive", 3),
        ...give,
        { content: "Back to the review", trigger: ".o_breadcrumb .o_back_button", run: "click" },
        { content: "Both are in", trigger: ".alert:contains(Both assessments are in)" },
        tab("Self"),
        { content: "What Bình wrote", trigger: ".tab-pane.active blockquote:contains(A larger area)" },
        tab("Manager"),
        { content: "The behaviour at her rating", trigger: ".tab-pane.active:contains(Calls back first)" },
        tab("Feedback"),
        { content: "Side by side", trigger: ".o_kpi_radar tr:contains(Care) td:contains(-1)" },
    ],
});

/** The person sees both, too. */
registry.category("web_tour.tours").add("kpi_management_review_both", {
    steps: () => [
        ...openReview("March"),
        tab("Manager"),
        { content: "The manager's rating", trigger: ".tab-pane.active:contains(Calls back first)" },
    ],
});
