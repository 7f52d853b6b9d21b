import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { hasFigure, pointWords } from "../kpi_trend/kpi_points";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

const WIDTH = 100;
const MARGIN = 4;
// So that a change of two percent does not look like a landslide.
const LEAST_SPAN = [80, 120];

/**
 * The attainments of the last periods in a line as high as a text's, a thin line at 100 %, a gap where nothing was
 * measured. The last point is marked in the colour of its status.
 */
export class KpiSparkline extends Component {
    static template = "kpi_management.KpiSparkline";
    static props = {
        // {period, attainment: percent or false, status, result}, oldest first
        points: { type: [Array, Boolean], optional: true },
        // of what, for those who do not see it
        label: { type: String, optional: true },
        height: { type: Number, optional: true },
    };
    static defaultProps = { points: [], height: 28 };

    get width() {
        return WIDTH;
    }

    /** The points with their places; those that were not measured have no y. */
    get places() {
        const points = this.props.points || [];
        const step = (WIDTH - 2 * MARGIN) / Math.max(points.length - 1, 1);
        const left = points.length > 1 ? MARGIN : WIDTH / 2;
        return points.map((point, index) => ({
            ...point,
            x: left + index * step,
            y: hasFigure(point) ? this.y(point.attainment) : null,
            start: Math.max(left + (index - 0.5) * step, 0),
            step,
            title: `${point.period}: ${pointWords(point)}`,
        }));
    }

    get measured() {
        return this.places.filter(({ y }) => y !== null);
    }

    y(attainment) {
        const values = (this.props.points || []).filter(hasFigure).map((point) => point.attainment);
        const low = Math.min(...values, LEAST_SPAN[0]);
        const high = Math.max(...values, LEAST_SPAN[1]);
        return this.props.height - MARGIN - ((attainment - low) / (high - low)) * (this.props.height - 2 * MARGIN);
    }

    /** One path per stretch without a gap; a stretch of one point is a dot. */
    get paths() {
        const paths = [];
        let path = "";
        for (const { x, y } of this.places) {
            if (y === null) {
                paths.push(path);
                path = "";
            } else {
                path += `${path ? " L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
            }
        }
        return [...paths, path].filter(Boolean).map((d) => (d.includes("L") ? d : `${d} h0`));
    }

    get last() {
        return this.places.at(-1)?.y == null ? null : this.places.at(-1);
    }

    /** The picture in words. */
    get description() {
        const { measured } = this;
        const values = measured.map(({ attainment }) => attainment);
        const percent = (value) => formatKpiValue(value, { unit: "percent" });
        const parts = {
            count: this.places.length,
            last: this.places.at(-1).title,
            low: percent(Math.min(...values)),
            high: percent(Math.max(...values)),
        };
        const text = _t("%(count)s periods from %(low)s to %(high)s, last %(last)s", parts);
        return [this.props.label, text].filter(Boolean).join(": ");
    }
}
