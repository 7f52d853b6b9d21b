import { registry } from "@web/core/registry";

const column = (index) => `.o_kpi_calibration_column:eq(${index})`;
const card = (name) => `.o_kpi_calibration_card:contains(${name})`;

/** A KPI officer opens the board of a cycle in calibration, and moves somebody by dragging and by the menu. */
registry.category("web_tour.tours").add("kpi_management_calibration", {
    steps: () => [
        { content: "The cycle's board", trigger: "button[name=action_open_board]", run: "click" },
        // One of two has the first grade: 50 %, where 0 to 10 are expected.
        { content: "It is above the guideline", trigger: `${column(0)} .o_kpi_calibration_fits:contains(above)` },
        { content: "Drag", trigger: card("Trần Bình"), run: `drag_and_drop ${column(2)} .o_kpi_calibration_cards` },
        { content: "Say why", trigger: ".modal textarea", run: "edit Lost two large customers" },
        { content: "Move", trigger: ".modal button:contains(Give this grade)", run: "click" },
        { content: "It stands there", trigger: `body:not(:has(.modal)) ${column(2)} ${card("Trần Bình")}` },
        { content: "Nobody is in the first", trigger: `${column(0)} .o_kpi_calibration_fits:contains(within)` },
        { content: "The menu", trigger: `${card("Trần Bình")} .o_kpi_calibration_menu`, run: "click" },
        { content: "Earlier grades", trigger: ".o_popover .dropdown-item:contains(Earlier)", run: "click" },
        { content: "With the reason", trigger: ".modal li:contains(Lost two large customers)" },
        { content: "Close", trigger: ".modal footer button:contains(Close)", run: "click" },
        { content: "The menu again", trigger: `${card("Lê Chi")} .o_kpi_calibration_menu`, run: "click" },
        { content: "Move to the first grade", trigger: ".o_popover .dropdown-item:first", run: "click" },
        { content: "Why", trigger: ".modal textarea", run: "edit Built the whole South" },
        { content: "Move", trigger: ".modal button:contains(Give this grade)", run: "click" },
        { content: "Chi is the best", trigger: `body:not(:has(.modal)) ${column(0)} ${card("Lê Chi")}` },
    ],
});
