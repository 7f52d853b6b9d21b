import { registry } from "@web/core/registry";

const open = (name) => ({ content: `Down to ${name}`, trigger: `.o_kpi_cockpit_row:contains(${name})`, run: "click" });
const isAt = (name) => ({
    content: `These are the figures of ${name}`,
    trigger: `.o_kpi_cockpit_page:not(.o_kpi_cockpit_loading) .o_kpi_cockpit_name:text(${name})`,
});
const card = (kpi) => `.o_kpi_cockpit_card:contains(${kpi})`;
const attains = (kpi, percent) => ({
    content: `${kpi} is at ${percent} %`,
    trigger: `${card(kpi)} .o_kpi_cockpit_attainment:contains(/^${percent}\\s%$/)`,
});
const back = [{ content: "Back", trigger: ".o_breadcrumb a:contains(Cockpit)", run: "click" }];
const favorites = { content: "Favorites", trigger: ".o_kpi_cockpit_favorites", run: "click" };
const explain = [
    { content: "How it was computed", trigger: `${card("T_REVENUE")} .o_kpi_cockpit_explain`, run: "click" },
    { content: "It is told", trigger: ".modal .o_form_view" },
    { content: "Close", trigger: ".modal .btn-close", run: "click" },
    { content: "Closed", trigger: "body:not(:has(.modal))" },
];

/** A KPI officer goes from the company down to a person and back, through periods, favourites and the heat map. */
registry.category("web_tour.tours").add("kpi_management_cockpit_officer", {
    steps: () => [
        isAt("Sao Mai"),
        open("Sales"),
        isAt("Sales"),
        open("North"),
        isAt("North"),
        open("Bình"),
        isAt("Bình"),
        attains("T_REVENUE", 75),
        {
            content: "100 of 400 in February",
            trigger: `${card("T_REVENUE")} .o_kpi_cockpit_change[title^='50 points more']`,
        },
        ...explain,
        { content: "Its records", trigger: `${card("T_REVENUE")} .o_kpi_cockpit_records`, run: "click" },
        { content: "The figure that was typed", trigger: ".o_list_view .o_data_row:contains(400)" },
        ...back,
        isAt("Bình"),
        { content: "To February", trigger: ".o_kpi_cockpit_earlier", run: "click" },
        attains("T_REVENUE", 25),
        { content: "Another comparison", trigger: ".o_kpi_cockpit_compare", run: "click" },
        { content: "A year ago", trigger: "[data-compare=year]", run: "click" },
        { content: "There was nothing", trigger: ".o_kpi_cockpit_compare:contains(Nothing to compare with)" },
        favorites,
        { content: "Keep it", trigger: ".o_add_favorite", run: "click" },
        { content: "Under a name", trigger: ".o_favorite_menu input[type=text]", run: "edit Bình in February" },
        { content: "Save", trigger: ".o_save_favorite", run: "click" },
        { content: "It is there", trigger: ".o_kpi_cockpit_favorites:contains(Bình in February)" },
        { content: "All the way up", trigger: ".o_kpi_cockpit_path a:contains(Sao Mai)", run: "click" },
        isAt("Sao Mai"),
        favorites,
        { content: "Back", trigger: ".o_favorite_menu .o_menu_item:contains(Bình in February)", run: "click" },
        isAt("Bình"),
        favorites,
        { content: "Delete it", trigger: ".o_kpi_cockpit_delete", run: "click" },
        { content: "Yes", trigger: ".modal .btn-primary", run: "click" },
        { content: "It is gone", trigger: ".o_kpi_cockpit_favorites:contains(Favorites)" },
        { content: "To March", trigger: ".o_kpi_cockpit_later", run: "click" },
        attains("T_REVENUE", 75),
        { content: "Measure again", trigger: ".o_kpi_cockpit_refresh", run: "click" },
        { content: "Measured", trigger: ".o_notification:contains(1 scorecard measured.)" },
        attains("T_REVENUE", 100),
        { content: "Up", trigger: ".o_kpi_cockpit_path a:contains(Sao Mai)", run: "click" },
        isAt("Sao Mai"),
        { content: "The heat map", trigger: ".o_kpi_cockpit_to_heat", run: "click" },
        { content: "Of Chi", trigger: ".o_kpi_cockpit_cell[aria-label^='Chi, T_REVENUE']", run: "click" },
        { content: "In full", trigger: ".o_kpi_cockpit_figure dd:contains(/^15\\s%$/)" },
        { content: "The scorecard", trigger: ".o_kpi_cockpit_figure [data-link=scorecard]", run: "click" },
        { content: "It opens", trigger: ".o_form_view:contains(Chi)" },
        ...back,
        { content: "As one left it", trigger: ".o_kpi_cockpit_heat" },
    ],
});

/** A manager sees the own department, sorts the heat map, and goes up by a key. */
registry.category("web_tour.tours").add("kpi_management_cockpit_manager", {
    steps: () => [
        isAt("Sales"),
        attains("T_REVENUE", 90),
        { content: "The heat map", trigger: ".o_kpi_cockpit_to_heat", run: "click" },
        { content: "By name", trigger: ".o_kpi_cockpit_sort_button:contains(Name)", run: "click" },
        { content: "Bình first", trigger: ".o_kpi_cockpit_table tbody tr:first-child:contains(Bình)" },
        { content: "Again", trigger: ".o_kpi_cockpit_sort_button:contains(Name)", run: "click" },
        { content: "Chi first", trigger: ".o_kpi_cockpit_table tbody tr:first-child:contains(Chi)" },
        { content: "Down", trigger: ".o_kpi_cockpit_person button:contains(Chi)", run: "click" },
        isAt("Chi"),
        attains("T_REVENUE", 15),
        ...explain,
        { content: "Up by a key", trigger: ".o_kpi_cockpit_name", run: "press Backspace" },
        isAt("South"),
        { content: "Measure again", trigger: ".o_kpi_cockpit_refresh", run: "click" },
        { content: "Measured", trigger: ".o_notification:contains(1 scorecard measured.)" },
        {
            content: "Chi is at 70 %",
            trigger: ".o_kpi_cockpit_total:contains(70)",
        },
        favorites,
        { content: "Keep it", trigger: ".o_add_favorite", run: "click" },
        {
            content: "For oneself alone",
            trigger: ".o_favorite_menu:not(:has(input[type=checkbox]:eq(1))) input[type=checkbox]",
        },
    ],
});

/** An employee sees the own figures and how they came about, and nobody else's. */
registry.category("web_tour.tours").add("kpi_management_cockpit_employee", {
    steps: () => [
        isAt("Bình"),
        attains("T_REVENUE", 75),
        attains("T_COMPLAINTS", 100),
        {
            content: "Nobody else",
            trigger: ".o_kpi_cockpit:not(:has(.o_kpi_cockpit_row)):not(:has(.o_kpi_cockpit_to_heat))",
        },
        ...explain,
        { content: "The scorecard", trigger: ".o_kpi_cockpit_scorecard", run: "click" },
        { content: "It opens", trigger: ".o_form_view:contains(Bình)" },
        ...back,
        isAt("Bình"),
    ],
});
