import { registry } from "@web/core/registry";

const EXCEL = ".o_field_widget[name=report_format] input[data-value=xlsx]";

/** A manager downloads the report of the own department from the menu. */
registry.category("web_tour.tours").add("kpi_management_report_manager", {
    steps: () => [
        {
            content: "Performance",
            trigger: ".o_menu_sections [data-menu-xmlid='kpi_management.menu_performance']",
            run: "click",
        },
        {
            content: "Department Report",
            trigger: ".o-dropdown--menu [data-menu-xmlid='kpi_management.menu_report_request']",
            run: "click",
        },
        {
            content: "The own department is there",
            trigger: ".modal .o_field_widget[name=department_id] input:value(Sales)",
        },
        { content: "As a workbook", trigger: `.modal ${EXCEL}`, run: "click" },
        { content: "Chosen", trigger: `.modal ${EXCEL}:checked` },
        { content: "Download", trigger: ".modal button[name=action_make]:enabled", run: "click" },
        { content: "Back where one was", trigger: "body:not(:has(.modal)) .o_kpi_cockpit_page" },
    ],
});

/** An officer has the figures of the company sent every week, and looks at a test. */
registry.category("web_tour.tours").add("kpi_management_report_officer", {
    steps: () => [
        { content: "New", trigger: ".o_list_button_add", run: "click" },
        { content: "A name", trigger: ".o_field_widget[name=name] input", run: "edit The company on Fridays" },
        {
            content: "What",
            trigger: ".o_field_widget[name=content] :is(select, input)",
            run: ({ anchor }) => anchor.click(),
        },
        { content: "The whole company", trigger: ".o_select_menu_item:contains(Whole company)", run: "click" },
        {
            content: "Of what has ended",
            trigger: ".o_field_widget[name=period_choice] label:contains(last one)",
            run: "click",
        },
        { content: "As a workbook", trigger: EXCEL, run: "click" },
        { content: "Chosen", trigger: `${EXCEL}:checked` },
        { content: "To whom", trigger: ".o_field_widget[name=recipient_ids] input", run: "edit kpi_lan" },
        {
            content: "The officer",
            trigger: ".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:contains(kpi_lan)",
            run: "click",
        },
        { content: "Chosen", trigger: ".o_field_widget[name=recipient_ids] .o_tag" },
        { content: "Keep it", trigger: ".o_form_button_save", run: "click" },
        { content: "Is it as wished?", trigger: "button[name=action_send_test]", run: "click" },
        { content: "It was sent", trigger: ".o_notification:contains(A test was sent to)" },
        { content: "What was sent", trigger: "button[name=action_open_runs]:contains(1)", run: "click" },
        { content: "A test of March", trigger: ".o_data_row:contains(Test):contains(03/2026)" },
    ],
});

/** An employee takes the own scorecard along as a workbook. */
registry.category("web_tour.tours").add("kpi_management_report_employee", {
    steps: () => [
        { content: "The own scorecard", trigger: ".o_data_row .o_data_cell[name=subject_name]", run: "click" },
        { content: "Actions", trigger: ".o_form_view .o_cp_action_menus .dropdown-toggle", run: "click" },
        { content: "Print", trigger: ".o-dropdown--menu .dropdown-toggle:contains(Print)", run: "hover" },
        { content: "Excel", trigger: ".o-dropdown--menu .o_menu_item:contains(Scorecard (Excel))", run: "click" },
        { content: "One is still there", trigger: ".o_form_view:contains(Bình)" },
    ],
});
