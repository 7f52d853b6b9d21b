import { registry } from "@web/core/registry";

const AGREED = { content: "Agreed", trigger: ".o_statusbar_status .o_arrow_button_current[data-value=agreed]" };
const ACTUAL = ".o_kpi_my_card .o_kpi_my_actual";

/** An employee opens My KPIs, does what comes next, asks for the explanation, and looks at the month before. */
registry.category("web_tour.tours").add("kpi_management_my_page", {
    steps: () => [
        { content: "All apps", trigger: ".o_navbar_apps_menu button", run: "click" },
        {
            content: "KPI",
            trigger: ".o_app[data-menu-xmlid='kpi_management.menu_root']",
            run: "click",
        },
        { content: "The month that runs", trigger: `${ACTUAL}:text(30)` },
        { content: "With its attainment", trigger: ".o_kpi_my_attainment:contains(30)" },
        { content: "What comes next", trigger: ".o_kpi_my_todo_row[data-key=agree] button", run: "click" },
        { content: "Agree on the targets", trigger: ".o_form_view button[name=action_agree]", run: "click" },
        AGREED,
        { content: "Back", trigger: ".o_breadcrumb .o_back_button", run: "click" },
        { content: "It waits no more", trigger: ".o_kpi_my_todo:not(:has([data-key=agree]))" },
        { content: "How was it counted?", trigger: ".o_kpi_my_explain", run: "click" },
        { content: "Thus", trigger: ".modal .o_kpi_explanation" },
        { content: "Of which scorecard?", trigger: ".modal .o_field_widget[name=scorecard_id] a", run: "click" },
        { content: "It is there, and nothing over it", trigger: "body:not(:has(.modal)) .o_form_view" },
        { content: "Back", trigger: ".o_breadcrumb .o_back_button", run: "click" },
        { content: "Once more", trigger: ".o_kpi_my_explain", run: "click" },
        { content: "Close", trigger: ".modal-footer button:contains(Close)", run: "click" },
        {
            content: "The month before",
            trigger: "body:not(:has(.modal)) .o_kpi_my_period",
            run: ({ anchor }) => {
                anchor.selectedIndex = 2;
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { content: "It went well", trigger: `${ACTUAL}:text(120)` },
        { content: "All of them", trigger: ".o_kpi_my_all", run: "click" },
        { content: "Three", trigger: ".o_kanban_record:not(.o_kanban_ghost):eq(2)" },
        { content: "Back", trigger: ".o_breadcrumb .o_back_button", run: "click" },
        { content: "To the same month", trigger: `${ACTUAL}:text(120)` },
    ],
});

/** A manager without a scorecard sees what the team waits for, and agrees. */
registry.category("web_tour.tours").add("kpi_management_my_page_manager", {
    steps: () => [
        { content: "No scorecard of his own", trigger: ".o_kpi_my_empty[data-reason=no_scorecard]" },
        { content: "Who falls behind", trigger: ".o_kpi_my_team_row[data-key=behind] b:text(1)", run: "click" },
        { content: "Bình's visits", trigger: ".o_list_view .o_group_header:contains(Bình)" },
        { content: "Back", trigger: ".o_breadcrumb .o_back_button", run: "click" },
        { content: "Who waits", trigger: ".o_kpi_my_team_row[data-key=agree] b:text(1)", run: "click" },
        { content: "The scorecard", trigger: ".o_data_row .o_data_cell[name=subject_name]", run: "click" },
        { content: "Agree", trigger: ".o_form_view button[name=action_agree]", run: "click" },
        AGREED,
        { content: "My KPIs", trigger: ".o_menu_sections [data-menu-xmlid='kpi_management.menu_mine']", run: "click" },
        { content: "Nobody waits for it", trigger: ".o_kpi_my_team:not(:has([data-key=agree]))" },
    ],
});
