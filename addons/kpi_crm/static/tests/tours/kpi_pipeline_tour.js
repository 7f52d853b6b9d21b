import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const CARD = ".o_kpi_strip_card:first";

/** What a page that is loaded anew forgets. */
const stay = {
    content: "Remember the page",
    trigger: ".o_kpi_strip",
    run: () => {
        document.body.dataset.stayed = "yes";
    },
};

function attainment(percent, trigger = CARD) {
    return {
        content: `Attainment is ${percent} %`,
        trigger: `${trigger.startsWith("[") ? "body" : ""}${trigger} .o_kpi_strip_attainment:contains(/^${percent}\\s%$/)`,
    };
}

/** Own figures, what winning a deal would do, winning it, and what is behind the figures. */
tours.add("kpi_crm_salesperson", {
    steps: () => [
        { content: "Own KPIs", trigger: ".o_kpi_strip_toggle:contains(My KPIs)" },
        attainment(0),
        { content: "175 of the gap of 500", trigger: ".o_kpi_strip_words:contains(/covers 35\\s%/)" },
        stay,
        { content: "Open the hotel", trigger: ".o_kanban_record:contains(Khách sạn)", run: "click" },
        { content: "0 % would be 40 %", trigger: ".o_kpi_if_won:contains(/0\\s% → 40\\s%/)" },
        {
            content: "More revenue",
            trigger: ".o_field_widget[name=expected_revenue] input",
            run: "edit 300 && press Tab",
        },
        { content: "0 % would be 60 %", trigger: ".o_kpi_if_won:contains(/0\\s% → 60\\s%/)" },
        { content: "It was a slip", trigger: ".o_form_button_cancel", run: "click" },
        { content: "As it was", trigger: ".o_kpi_if_won:contains(/0\\s% → 40\\s%/)" },
        { content: "Back", trigger: ".breadcrumb-item.o_back_button, .o_back_button", run: "click" },
        {
            content: "The customer signs",
            trigger: ".o_kanban_record:contains(Khách sạn)",
            run: "drag_and_drop (.o_kanban_group:has(.o_column_title:contains(Won)))",
        },
        attainment(40, "[data-stayed=yes] " + CARD),
        { content: "75 of the gap of 300", trigger: ".o_kpi_strip_words:contains(/covers 25\\s%/)" },
        { content: "As a list", trigger: ".o_switch_view.o_list", run: "click" },
        { content: "The list is there", trigger: ".o_list_view .o_data_row:contains(Khách sạn)" },
        attainment(40),
        { content: "Why?", trigger: CARD, run: "click" },
        { content: "The explanation", trigger: ".o_field_widget[name=explanation_html]:contains(200)" },
        { content: "Enough", trigger: ".modal .btn-close, .o_back_button", run: "click" },
        { content: "Scorecard", trigger: ".o_kpi_strip_scorecard", run: "click" },
        { content: "It is open", trigger: ".o_form_view .o_field_widget[name=line_ids]:contains(T_WON)" },
    ],
});

tours.add("kpi_crm_fold", {
    steps: () => [
        { content: "Fold it", trigger: ".o_kpi_strip_toggle[aria-expanded=true]", run: "click" },
        {
            content: "One line is left",
            trigger: ".o_kpi_strip:not(:has(.o_kpi_strip_own)) .o_kpi_strip_summary:contains(T_WON)",
        },
        { content: "As a list it is folded, too", trigger: ".o_switch_view.o_list", run: "click" },
        { content: "Folded", trigger: ".o_list_view .o_kpi_strip_toggle[aria-expanded=false]" },
    ],
});

tours.add("kpi_crm_unfold", {
    steps: () => [
        { content: "Still folded", trigger: ".o_kpi_strip_toggle[aria-expanded=false]", run: "click" },
        { content: "Open again", trigger: ".o_kpi_strip_own" },
    ],
});

/** The team by person, by team, and on to a scorecard. */
tours.add("kpi_crm_manager", {
    steps: () => [
        { content: "No targets of one's own", trigger: ".o_kanban_view:not(:has(.o_kpi_strip)) .o_searchview_facet" },
        { content: "Everybody's pipeline", trigger: ".o_facet_remove", run: "click" },
        { content: "Three people", trigger: ".o_kpi_strip_toggle:contains(KPIs of 3 people)" },
        { content: "150 of 2,200 together", trigger: ".o_kpi_strip_together:contains(/150.* \\/ .*2,200/)" },
        attainment(30, ".o_kpi_strip_person:contains(Bình)"),
        { content: "Search a team", trigger: ".o_searchview_input", run: "edit Huế" },
        {
            content: "By team",
            trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(Sales Team)",
            run: "click",
        },
        { content: "Chi alone", trigger: ".o_kpi_strip_toggle:contains(/^Chi$/)" },
        { content: "Everybody again", trigger: ".o_facet_remove", run: "click" },
        { content: "Bình's figure", trigger: ".o_kpi_strip_person:contains(Bình) td a", run: "click" },
        { content: "Its explanation", trigger: ".o_field_widget[name=explanation_html]:contains(150)" },
        { content: "Enough", trigger: ".modal .btn-close, .o_back_button", run: "click" },
        { content: "An's scorecard", trigger: ".o_kpi_strip_name a:contains(/^An$/)", run: "click" },
        { content: "It is open", trigger: ".o_form_view .o_field_widget[name=line_ids]:contains(T_WON)" },
    ],
});

tours.add("kpi_crm_without", {
    steps: () => [
        { content: "The pipeline", trigger: ".o_kanban_view .o_kanban_renderer" },
        { content: "Everybody's", trigger: ".o_facet_remove", run: "click" },
        {
            content: "No facet, and no strip",
            trigger: ".o_kanban_view:not(:has(.o_kpi_strip)):not(:has(.o_facet_remove))",
        },
        { content: "As a list", trigger: ".o_switch_view.o_list", run: "click" },
        { content: "No strip", trigger: ".o_list_view:not(:has(.o_kpi_strip)) .o_list_renderer" },
    ],
});

/** From the pipeline to the quotations and back: the page is not loaded anew. */
tours.add("kpi_crm_order", {
    steps: () => [
        attainment(0),
        stay,
        {
            content: "Quotations (their menu needs another app)",
            trigger: ".o_kanban_view",
            run: () => odoo.__WOWL_DEBUG__.root.env.services.action.doAction("sale.action_quotations"),
        },
        { content: "The quotation", trigger: ".o_data_row:contains(Sông Hàn) [name=partner_id]", run: "click" },
        { content: "Confirm", trigger: "button[name=action_confirm]:enabled:visible", run: "click" },
        { content: "It is an order", trigger: ".o_statusbar_status .o_arrow_button_current:contains(Sales Order)" },
        { content: "Back to the pipeline", trigger: ".o_breadcrumb a[href*=crm]:first", run: "click" },
        attainment(50, "[data-stayed=yes] " + CARD),
    ],
});
