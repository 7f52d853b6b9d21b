import { Component, onMounted, useExternalListener, useRef, useState } from "@odoo/owl";

const HEIGHT = 200;
const MARGIN = { top: 18, right: 16, bottom: 26 };
const LETTER_WIDTH = 7;

/**
 * A small picture of lines over a common scale. Lines differ by their dashes and their names, not by colour alone; what
 * the picture says stands beside it in words.
 */
export class KpiLineChart extends Component {
    static template = "kpi_management.KpiLineChart";
    static props = {
        // what the picture shows, for those who do not see it
        label: String,
        // {name, kind: "solid" | "dashed" | "dotted", points: [[x, y]…]}
        lines: { type: Array, element: Object },
        // [value, text], those first that must be seen where there is no room for all
        xTicks: { type: Array, element: Array },
        yTicks: { type: Array, element: Array },
        // {x, y, text}
        marker: { type: [Object, Boolean], optional: true },
        withLegend: { type: Boolean, optional: true },
    };

    setup() {
        this.root = useRef("root");
        this.state = useState({ width: 480 });
        const measure = () => {
            this.state.width = Math.max(this.root.el?.clientWidth || 0, 240);
        };
        onMounted(measure);
        useExternalListener(window, "resize", measure);
    }

    get height() {
        return HEIGHT;
    }

    get frame() {
        return {
            left: 14 + LETTER_WIDTH * Math.max(...this.props.yTicks.map(([, text]) => text.length)),
            right: this.state.width - MARGIN.right,
            top: MARGIN.top,
            bottom: HEIGHT - MARGIN.bottom,
        };
    }

    get drawn() {
        return this.props.lines.filter(({ points }) => points.length);
    }

    get bounds() {
        const points = this.drawn.flatMap((line) => line.points);
        const { marker, xTicks, yTicks } = this.props;
        const xs = [...points.map(([x]) => x), ...xTicks.map(([x]) => x), ...(marker ? [marker.x] : [])];
        const ys = [...points.map(([, y]) => y), ...yTicks.map(([y]) => y), ...(marker ? [marker.y] : [])];
        return { x: span(xs), y: span(ys) };
    }

    x(value) {
        const [low, high] = this.bounds.x;
        return this.frame.left + ((value - low) / (high - low)) * (this.frame.right - this.frame.left);
    }

    y(value) {
        const [low, high] = this.bounds.y;
        return this.frame.bottom - ((value - low) / (high - low)) * (this.frame.bottom - this.frame.top);
    }

    /** The ticks below the picture whose texts stand clear of each other. */
    get clearTicks() {
        const clear = [];
        for (const [value, text] of this.props.xTicks) {
            const place = this.x(value);
            const width = LETTER_WIDTH * text.length;
            const start = place - width * { start: 0, middle: 0.5, end: 1 }[this.anchor(value)];
            // and a letter's width apart
            const end = start + width + LETTER_WIDTH;
            if (clear.every((other) => end < other.start || other.end < start)) {
                clear.push({ value, text, start, end });
            }
        }
        return clear;
    }

    path({ points }) {
        return points.map(([x, y]) => `${this.x(x).toFixed(1)},${this.y(y).toFixed(1)}`).join(" ");
    }

    /** The last point of a line that is one point only is drawn as a dot, else nobody would see it. */
    isDot({ points }) {
        return points.length === 1;
    }

    /** Which side of its place a text stands on, so that it stays within the picture. */
    anchor(x) {
        const place = this.x(x);
        if (place < this.frame.left + 40) {
            return "start";
        }
        return place > this.frame.right - 40 ? "end" : "middle";
    }
}

function span(values) {
    const low = Math.min(...values);
    const high = Math.max(...values);
    return low < high ? [low, high] : [low - 1, high + 1];
}
