import { registry } from "@web/core/registry";

const cell = (row, name) => `.o_field_widget[name=line_ids] .o_data_row:nth-child(${row}) [name=${name}]`;
const editedRow = (row) => `.o_field_widget[name=line_ids] .o_data_row.o_selected_row:nth-child(${row})`;

function chooseMany2one(field, text) {
    return [
        { content: `Search ${text}`, trigger: `${field} input`, run: `edit ${text}` },
        {
            content: `Choose ${text}`,
            trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:contains(${text})`,
            run: "click",
        },
    ];
}

function addKpi(row, name, weight, target) {
    return [
        {
            content: `Add a line for ${name}`,
            trigger: ".o_field_widget[name=line_ids] .o_field_x2many_list_row_add :is(a, button)",
            run: "click",
        },
        ...chooseMany2one(`${editedRow(row)} [name=definition_id]`, name),
        { content: "Its weight", trigger: `${editedRow(row)} [name=weight] input`, run: `edit ${weight}` },
        { content: "Its target", trigger: `${editedRow(row)} [name=target] input`, run: `edit ${target}` },
    ];
}

/** A KPI officer makes a period and a scorecard, has it computed, and looks behind the figures. */
registry.category("web_tour.tours").add("kpi_management_scorecard", {
    steps: () => [
        { content: "New period", trigger: ".o_list_button_add", run: "click" },
        {
            content: "It is March 2025's",
            trigger: ".o_field_widget[name=date_start] :is(input, button)",
            run: "click",
        },
        {
            content: "Any day of it will do",
            trigger: ".o_field_widget[name=date_start] input",
            run: "edit 03/03/2025 && press Enter",
        },
        { content: "Save the period", trigger: ".o_form_button_save", run: "click" },
        { content: "It got its name", trigger: ".o_last_breadcrumb_item:contains(03/2025)" },
        { content: "Its scorecards", trigger: "button[name=action_open_scorecards]", run: "click" },
        {
            content: "New scorecard",
            trigger: ".o_control_panel:has(.o_last_breadcrumb_item:contains(Scorecards)) .o_list_button_add",
            run: "click",
        },
        ...chooseMany2one(".o_field_widget[name=employee_id]", "Trần Bình"),
        ...addKpi(1, "Objectives begun", "60", "5"),
        ...addKpi(2, "Objectives done", "40", "3"),
        { content: "Agree on it", trigger: "button[name=action_agree]", run: "click" },
        { content: "It is agreed", trigger: ".o_statusbar_status .o_arrow_button_current:contains(Agreed)" },
        { content: "Compute it", trigger: "button[name=action_compute]", run: "click" },
        // 4 of 5 objectives begun, all 3 done: 0.6 × 80 + 0.4 × 100.
        { content: "The score", trigger: ".o_field_widget[name=score]:contains(88 %)" },
        { content: "The attainment", trigger: `${cell(1, "attainment")}:contains(80 %)` },
        { content: "The records counted", trigger: `${cell(1, "action_open_records")}`, run: "click" },
        {
            content: "The four objectives of March",
            trigger: ".o_list_view .o_list_table:has(.o_data_row:nth-child(4)):not(:has(.o_data_row:nth-child(5)))",
        },
        { content: "Back to the scorecard", trigger: ".o_breadcrumb .o_back_button", run: "click" },
        { content: "The explanation", trigger: `${cell(2, "action_open_explanation")}`, run: "click" },
        { content: "It names the measure", trigger: ".modal .o_kpi_explanation:contains(objectives_done)" },
        { content: "Close it", trigger: ".modal footer button:contains(Close)", run: "click" },
        { content: "The scorecard again", trigger: "body:not(:has(.modal)) .o_field_widget[name=score]" },
    ],
});
