/* global Chart */
import { onMounted, status, useComponent, useEffect, useRef, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";

import { STATUS_KEYS } from "../kpi_status/kpi_status";

/**
 * A picture by Odoo's own Chart.js on the canvas with `t-ref="canvas"`, drawn anew when what it shows changes and
 * destroyed with the component. The screen does not wait for the library: the picture comes when it is there.
 *
 * @param {(colors: Object) => Object} config what `new Chart` takes; see `pageColors` for the colors
 * @param {() => any[]} shown what the picture depends on, as plain values
 */
export function useKpiChart(config, shown) {
    const component = useComponent();
    const canvas = useRef("canvas");
    const state = useState({ isLoaded: false });
    onMounted(async () => {
        await loadBundle("web.chartjs_lib");
        if (status(component) === "mounted") {
            state.isLoaded = true;
        }
    });
    useEffect(
        (element, isLoaded) => {
            const chart = element && isLoaded && new Chart(element, config(pageColors(element)));
            return () => chart && chart.destroy();
        },
        () => [canvas.el, state.isLoaded, JSON.stringify(shown())],
    );
}

/** The colours of the page as it is, light or dark: text, faint lines, the background, and one for each status. */
function pageColors(element) {
    const style = window.getComputedStyle(element);
    const named = (name) => style.getPropertyValue(`--kpi-color-${name}`).trim();
    return {
        text: style.color,
        faint: style.color.replace(/^rgba?\(([^,]+,[^,]+,[^,)]+).*$/, "rgba($1, 0.15)"),
        background: named("background"),
        line: named("line"),
        status: Object.fromEntries(STATUS_KEYS.map((key) => [key, named(key.replace("_", "-"))])),
        font: { family: style.fontFamily },
    };
}
