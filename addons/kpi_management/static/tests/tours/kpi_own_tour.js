import { registry } from "@web/core/registry";

const FORMULA = ".o_field_widget[name=formula] input";

function write(field, text) {
    return { content: `Write ${text}`, trigger: `.o_field_widget[name=${field}] input`, run: `edit ${text}` };
}

const save = [
    { content: "Save it", trigger: ".o_form_button_save", run: "click" },
    { content: "It is saved", trigger: ".o_form_saved" },
];

/** A KPI administrator declares a measure without code, and sees what it counts before saving it. */
registry.category("web_tour.tours").add("kpi_management_own_measure", {
    steps: () => [
        { content: "New measure", trigger: ".o_list_button_add", run: "click" },
        write("name", "Departments at work"),
        write("code", "departments_at_work"),
        { content: "Of employees", trigger: ".o_field_widget[name=model_id] input", run: "edit Employee" },
        {
            content: "Choose them",
            trigger: ".o-autocomplete--dropdown-item a:text(Employee)",
            run: "click",
        },
        {
            content: "The day is proposed",
            trigger: ".o_field_widget[name=date_field] .o_model_field_selector_chain_part:contains(Created on)",
        },
        {
            content: "So is the company",
            trigger: ".o_field_widget[name=company_path] .o_model_field_selector_chain_part:contains(Company)",
        },
        { content: "How to count", trigger: ".o_field_widget[name=aggregate] input", run: "click" },
        {
            content: "Different values",
            trigger: ".o_select_menu_item:contains(Count of different values)",
            run: "click",
        },
        {
            content: "Without saying of what, it cannot be counted",
            trigger: ".o_kpi_try_button",
            run: "click",
        },
        { content: "It says so", trigger: ".o_kpi_try_error:contains(needs the field “Value”)" },
        { content: "Close", trigger: ".modal-footer button:contains(Close)", run: "click" },
        {
            content: "Values of what",
            trigger: ".o_field_widget[name=value_field] .o_model_field_selector_value",
            run: "click",
        },
        {
            content: "Look for the department",
            trigger: ".o_model_field_selector_popover_search input",
            run: "edit Department",
        },
        {
            content: "Take it",
            trigger:
                ".o_model_field_selector_popover_item[data-name=department_id] .o_model_field_selector_popover_item_name",
            run: "click",
        },
        {
            content: "It is taken",
            trigger: ".o_field_widget[name=value_field] .o_model_field_selector_chain_part:contains(Department)",
        },
        { content: "Try it", trigger: ".o_kpi_try_button", run: "click" },
        // Three people in two departments.
        { content: "The value", trigger: ".o_kpi_try_value:text(2)" },
        { content: "The records behind it", trigger: ".o_kpi_try_records", run: "click" },
        {
            content: "Three people",
            trigger:
                ".o_select_create_dialog_content .o_list_table:has(.o_data_row:nth-child(3)):not(:has(.o_data_row:nth-child(4)))",
        },
        {
            content: "Close them",
            trigger: ".o_dialog:has(.o_select_create_dialog_content) .o_form_button_cancel",
            run: "click",
        },
        {
            content: "Close the trial",
            trigger: "body:not(:has(.o_select_create_dialog_content)) .modal-footer button:contains(Close)",
            run: "click",
        },
        ...save,
    ],
});

/** … and writes a formula over it, with completion, a mistake that is shown, and a trial. */
registry.category("web_tour.tours").add("kpi_management_own_kpi", {
    steps: () => [
        { content: "New KPI", trigger: ".o_list_button_add", run: "click" },
        write("name", "Ten times the departments"),
        write("code", "TEN_TIMES"),
        { content: "Begin a code", trigger: FORMULA, run: "edit 10 * departments_at" },
        {
            content: "It is offered",
            trigger: ".o-autocomplete--dropdown-item:contains(Departments at work) code:text(departments_at_work)",
            run: "click",
        },
        { content: "It is written", trigger: `${FORMULA}:value(10 * departments_at_work)` },
        { content: "Make a mistake", trigger: FORMULA, run: "edit 10 * departments_at_work / nothing_here" },
        { content: "It is shown", trigger: ".o_kpi_formula_piece:text(nothing_here)" },
        {
            content: "In words",
            trigger: ".o_kpi_formula_mistake:contains(No measure and no KPI has the code “nothing_here”)",
        },
        { content: "Mend it", trigger: FORMULA, run: "edit 10 * departments_at_work" },
        { content: "Nothing is wrong", trigger: "body:not(:has(.o_kpi_formula_mistake))" },
        { content: "Try it", trigger: ".o_kpi_try_button", run: "click" },
        { content: "The value", trigger: ".o_kpi_try_value:text(20)" },
        { content: "Its measure", trigger: ".o_kpi_try_parts:contains(Departments at work)" },
        { content: "Close", trigger: ".modal-footer button:contains(Close)", run: "click" },
        ...save,
    ],
});
