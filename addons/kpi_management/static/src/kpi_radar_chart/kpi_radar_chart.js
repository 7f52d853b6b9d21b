/* global Chart */
import { Component, onWillStart, onWillUpdateProps, useEffect, useRef, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

// Colours that are told apart with any kind of sight; each side has its dashes and its mark besides.
const STYLES = {
    self: { color: "#1f86c8", dash: [], point: "circle", mark: "M11 5a5 5 0 1 0 10 0a5 5 0 1 0-10 0z" },
    manager: { color: "#d55e00", dash: [8, 4], point: "rect", mark: "M11.5 .5h9v9h-9z" },
    peer: { color: "#009e73", dash: [2, 3], point: "triangle", mark: "M16 0l5.5 9.5h-11z" },
    upward: { color: "#c0619a", dash: [10, 3, 2, 3], point: "rectRot", mark: "M16-.5l5.5 5.5-5.5 5.5-5.5-5.5z" },
    external: { color: "#b07d00", dash: [4, 2], point: "crossRot", mark: "M12 1l8 8m0-8l-8 8" },
};
// With fewer axes a radar is a line.
const LEAST_AXES = 3;
const LINE_LENGTH = 16;

/** How each side sees each competency: a radar of who has answered, and the figures below it. */
export class KpiRadarChart extends Component {
    static template = "kpi_management.KpiRadarChart";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.canvas = useRef("canvas");
        this.state = useState({ chart: null });
        onWillStart(() => Promise.all([loadBundle("web.chartjs_lib"), this.load(this.props)]));
        onWillUpdateProps((props) => this.load(props));
        useEffect(
            (element) => {
                const chart = element && new Chart(element, this.config(element));
                return () => chart?.destroy();
            },
            () => [this.canvas.el, this.state.chart],
        );
    }

    async load({ record }) {
        this.state.chart = record.resId
            ? await this.orm.call(record.resModel, "competency_chart", [[record.resId]])
            : null;
    }

    get sides() {
        return (this.state.chart?.sides || []).map((side) => ({ ...side, style: STYLES[side.key] }));
    }

    get competencies() {
        return (this.state.chart?.competencies || []).filter(({ ratings }) => Object.keys(ratings).length);
    }

    get isDrawn() {
        return this.competencies.length >= LEAST_AXES;
    }

    /** Somebody sees oneself, and others see the same person. */
    get isCompared() {
        return this.sides.some(({ key }) => key === "self") && this.sides.length > 1;
    }

    format(value) {
        return value === undefined ? "–" : formatKpiValue(value);
    }

    /** The own rating against the mean of the others, with its sign. */
    gap({ ratings: { self, ...others } }) {
        const values = Object.values(others);
        if (self === undefined || !values.length) {
            return null;
        }
        const gap = self - values.reduce((sum, value) => sum + value) / values.length;
        return (Math.sign(gap) * Math.round(Math.abs(gap) * 100)) / 100;
    }

    formatGap(competency) {
        const gap = this.gap(competency);
        return gap === null ? "–" : (gap > 0 ? "+" : "") + formatKpiValue(gap);
    }

    isWide(competency) {
        return Math.abs(this.gap(competency) ?? 0) >= 1;
    }

    get label() {
        return _t("Ratings of %(competencies)s competencies by %(sides)s; the figures are in the table.", {
            competencies: this.competencies.length,
            sides: this.sides.map(({ name }) => name).join(", "),
        });
    }

    config(element) {
        // Of the page as it is, light or dark.
        const { color, fontFamily } = window.getComputedStyle(element);
        const [min, max] = [0, this.state.chart.scale[1]];
        const faint = color.replace(/^rgba?\(([^,]+,[^,]+,[^,)]+).*$/, "rgba($1, 0.2)");
        return {
            type: "radar",
            data: {
                labels: this.competencies.map(({ name }) => wrap(name)),
                datasets: this.sides.map(({ key, name, style }) => ({
                    label: name,
                    data: this.competencies.map(({ ratings }) => ratings[key] ?? null),
                    borderColor: style.color,
                    borderDash: style.dash,
                    borderWidth: 2,
                    pointStyle: style.point,
                    pointRadius: 5,
                    pointBackgroundColor: style.color,
                    pointBorderColor: style.color,
                    fill: false,
                    spanGaps: true,
                })),
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                plugins: {
                    legend: { display: false },
                    tooltip: {
                        callbacks: {
                            title: ([{ dataIndex }]) => this.competencies[dataIndex].name,
                            label: ({ dataset, raw }) => `${dataset.label}: ${this.format(raw)}`,
                        },
                    },
                },
                scales: {
                    r: {
                        min,
                        max,
                        ticks: { stepSize: 1, color, backdropColor: "transparent", font: { family: fontFamily } },
                        grid: { color: faint },
                        angleLines: { color: faint },
                        pointLabels: { color, font: { family: fontFamily, size: 12 } },
                    },
                },
            },
        };
    }
}

/** A name in lines short enough for a phone. */
function wrap(name) {
    const lines = [];
    for (const word of name.split(" ")) {
        const last = lines.at(-1);
        if (last && last.length + word.length < LINE_LENGTH) {
            lines[lines.length - 1] = `${last} ${word}`;
        } else {
            lines.push(word);
        }
    }
    return lines;
}

registry.category("view_widgets").add("kpi_radar_chart", { component: KpiRadarChart });
