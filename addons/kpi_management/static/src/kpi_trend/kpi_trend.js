import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { useKpiChart } from "../kpi_chart/use_kpi_chart";
import { kpiStatus } from "../kpi_status/kpi_status";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";
import { hasFigure, pointWords } from "./kpi_points";

// A shape for each status: the colour does not say it alone.
const SHAPES = {
    on_track: "circle",
    at_risk: "triangle",
    behind: "rectRot",
    none: "circle",
    no_data: "circle",
    error: "crossRot",
};

/**
 * How an attainment or a score went from period to period: a line by Chart.js, a dashed one at 100 %, a gap where
 * nothing was measured. What it says stands in its label, and each figure in a table for those who do not see it.
 */
export class KpiTrend extends Component {
    static template = "kpi_management.KpiTrend";
    static props = {
        // {period, attainment: percent or false, status, result}, oldest first
        points: { type: [Array, Boolean], optional: true },
        // what is shown
        label: { type: String, optional: true },
        // in pixels
        height: { type: Number, optional: true },
    };
    static defaultProps = { points: [], height: 160 };

    setup() {
        useKpiChart(
            (colors) => this.config(colors),
            () => [this.points, this.props.label],
        );
    }

    get points() {
        return this.props.points || [];
    }

    get label() {
        return this.props.label || _t("Attainment");
    }

    get measured() {
        return this.points.filter(hasFigure);
    }

    get description() {
        const [first, last] = [this.measured[0], this.measured.at(-1)];
        const parts = { label: this.label, first: this.title(first), last: this.title(last) };
        return first === last ? `${this.label}: ${parts.last}` : _t("%(label)s: from %(first)s to %(last)s", parts);
    }

    words(point) {
        return pointWords(point);
    }

    title(point) {
        return `${point.period} ${pointWords(point)}`;
    }

    config(colors) {
        const { points } = this;
        const keys = points.map((point) => kpiStatus(point).key);
        const color = (key) => (key === "none" ? colors.line : colors.status[key]);
        const values = points.map((point) => (hasFigure(point) ? point.attainment : null));
        return {
            type: "line",
            data: {
                labels: points.map(({ period }) => period),
                datasets: [
                    {
                        data: values,
                        borderColor: colors.line,
                        borderWidth: 2,
                        pointRadius: 4,
                        pointHoverRadius: 6,
                        pointStyle: keys.map((key) => SHAPES[key]),
                        pointBackgroundColor: keys.map(color),
                        pointBorderColor: keys.map(color),
                        spanGaps: false,
                    },
                    {
                        data: points.map(() => 100),
                        borderColor: colors.text,
                        borderDash: [4, 4],
                        borderWidth: 1,
                        pointRadius: 0,
                        pointHitRadius: 0,
                    },
                ],
            },
            options: this.options(colors),
        };
    }

    options(colors) {
        const ticks = { color: colors.text, font: colors.font, maxTicksLimit: 5 };
        return {
            animation: false,
            maintainAspectRatio: false,
            interaction: { mode: "index", intersect: false },
            plugins: {
                legend: { display: false },
                tooltip: {
                    displayColors: false,
                    filter: ({ datasetIndex }) => datasetIndex === 0,
                    callbacks: { label: ({ dataIndex }) => this.tooltip(this.points[dataIndex]) },
                },
            },
            scales: {
                x: { grid: { display: false }, border: { color: colors.faint }, ticks: { ...ticks, maxRotation: 0 } },
                y: {
                    suggestedMin: 0,
                    suggestedMax: 120,
                    border: { display: false },
                    grid: { color: colors.faint },
                    ticks: { ...ticks, callback: (value) => formatKpiValue(value, { unit: "percent" }) },
                },
            },
        };
    }

    tooltip(point) {
        const { key, name } = kpiStatus(point);
        return hasFigure(point) && key !== "none" ? `${pointWords(point)} · ${name}` : pointWords(point);
    }
}
