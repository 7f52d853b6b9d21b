import { Component } from "@odoo/owl";

import { useKpiChart } from "../kpi_chart/use_kpi_chart";
import { isMeasured, kpiStatus } from "../kpi_status/kpi_status";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

const END = 125;
// Below this width (pixels) the figure has no room within the ring.
const ROOMY = 96;
// degrees
const HALF_CIRCLE = 180;

/** Half a circle with an attainment or a score in the colour of its status, a notch at 100 %, and the figure below. */
export class KpiGauge extends Component {
    static template = "kpi_management.KpiGauge";
    static props = {
        // percent
        value: { type: [Number, Boolean], optional: true },
        status: { type: [String, Boolean], optional: true },
        // ok (or true), no_data, error; what is not measured has no arc
        result: { type: [String, Boolean], optional: true },
        // where the scale ends, in percent
        max: { type: Number, optional: true },
        // of what, for those who do not see it
        label: { type: String, optional: true },
        // in pixels
        width: { type: Number, optional: true },
    };
    static defaultProps = { max: END, width: 120 };

    setup() {
        useKpiChart(
            (colors) => this.config(colors),
            () => [this.props.value, this.status.key, this.isMeasured, this.end],
        );
    }

    get isMeasured() {
        return typeof this.props.value === "number" && isMeasured(this.props.result);
    }

    get end() {
        return Math.max(this.props.max, 100);
    }

    get status() {
        return kpiStatus(this.props);
    }

    get isRoomy() {
        return this.props.width >= ROOMY;
    }

    /** Whether there is a word to say beside the figure. */
    get hasStatus() {
        return this.status.key !== "none";
    }

    get formattedValue() {
        return this.isMeasured ? formatKpiValue(this.props.value, { unit: "percent" }) : "–";
    }

    get description() {
        const words = [this.formattedValue, ...(this.hasStatus ? [this.status.name] : [])];
        return [this.props.label, words.join(", ")].filter(Boolean).join(": ");
    }

    config(colors) {
        const shown = this.isMeasured ? Math.min(Math.max(this.props.value, 0), this.end) : 0;
        const color = this.hasStatus ? colors.status[this.status.key] : colors.line;
        return {
            type: "doughnut",
            data: {
                datasets: [
                    {
                        data: [shown, this.end - shown],
                        backgroundColor: [color, colors.faint],
                        borderWidth: 0,
                    },
                ],
            },
            options: {
                animation: false,
                circumference: HALF_CIRCLE,
                rotation: -HALF_CIRCLE / 2,
                cutout: "74%",
                maintainAspectRatio: false,
                // Nothing to point at: the figure stands below.
                events: [],
                plugins: { legend: { display: false }, tooltip: { enabled: false } },
            },
            plugins: [{ id: "kpi_target", afterDatasetsDraw: (chart) => this.drawTarget(chart, colors) }],
        };
    }

    /** The notch at 100 %, across the ring. */
    drawTarget(chart, colors) {
        const { x, y, innerRadius, outerRadius } = chart.getDatasetMeta(0).data[0];
        const angle = Math.PI * (100 / this.end - 1);
        const place = (radius) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
        const { ctx } = chart;
        ctx.save();
        ctx.strokeStyle = colors.text;
        ctx.lineWidth = 2;
        ctx.beginPath();
        ctx.moveTo(...place(innerRadius - 2));
        ctx.lineTo(...place(outerRadius));
        ctx.stroke();
        ctx.restore();
    }
}
