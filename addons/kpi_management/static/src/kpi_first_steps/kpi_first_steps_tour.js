import { markup } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const say = (text) => markup(text);
const step = (key) => `.o_kpi_first_steps [data-step=${key}] button`;
const line = ".o_field_widget[name=line_ids] .o_data_row.o_selected_row";

/** A company without periods is led to its first measured scorecards. */
registry.category("web_tour.tours").add("kpi_first_steps_tour", {
    url: "/odoo/kpi-cockpit",
    steps: () => [
        {
            trigger: step("period"),
            content: say(_t("Targets are set for <b>periods</b>. Let us create those of this year.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_confirm]",
            content: say(_t("Tick what your company plans by: months, quarters, the year. Then <b>create</b> them.")),
            tooltipPosition: "top",
            run: "click",
        },
        {
            trigger: `body:not(:has(.modal)) ${step("template")}`,
            content: say(_t("Now say <b>what people are measured by</b>.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_list_button_add",
            content: say(_t("A <b>template</b> holds the KPIs of a job. Make the first one.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=name] :is(input, textarea)",
            content: say(_t("Give it a <b>name</b>. Without a job or department it is for everybody.")),
            tooltipPosition: "right",
            run: "edit Everybody",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_field_x2many_list_row_add :is(a, button)",
            content: say(_t("Add a <b>KPI</b>.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: `${line} [name=definition_id] input`,
            content: say(_t("Write a few letters, and choose one that Odoo can measure.")),
            tooltipPosition: "top",
            run: "click",
        },
        {
            isActive: ["auto"],
            // Not the line that says the choices are being looked up.
            trigger: ".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:not(.o_loading)",
            run: "click",
        },
        {
            isActive: ["auto"],
            trigger: "body:not(:has(.o-autocomplete--dropdown-item))",
        },
        {
            trigger: `${line} [name=weight] input`,
            content: say(_t("Its <b>weight</b> in the score. The weights of a template add up to 100.")),
            tooltipPosition: "top",
            run: "edit 100",
        },
        {
            trigger: `${line} [name=target] input`,
            content: say(_t("The <b>target</b> that everybody begins with; it can be changed for each person.")),
            tooltipPosition: "top",
            run: "edit 10",
        },
        {
            trigger: ".o_form_view button[name=action_activate]",
            content: say(_t("<b>Put it into use</b>.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_statusbar_buttons button[name=action_draft]",
        },
        {
            trigger: ".o_form_view .o_statusbar_buttons .btn-primary:not([name=action_activate])",
            content: say(_t("Now everybody gets a <b>scorecard</b>.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_confirm]",
            content: say(_t("Here you see for whom, and who is left out. <b>Create</b> them.")),
            tooltipPosition: "top",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_form_view [name=made_count]",
        },
        {
            trigger: '.o_menu_sections [data-menu-xmlid="kpi_management.menu_performance"]',
            content: say(_t("Back to the <b>cockpit</b> to see how everybody stands.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: '.dropdown-item[data-menu-xmlid="kpi_management.menu_cockpit"]',
            content: say(_t("The <b>cockpit</b>.")),
            tooltipPosition: "right",
            run: "click",
        },
        {
            trigger: step("compute"),
            content: say(_t("Odoo <b>counts the figures</b> by itself every night. Let us have them now.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_kpi_first_steps [data-step=compute] .fa-check-circle",
        },
    ],
});
