import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { kpiStatus } from "../kpi_status/kpi_status";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

/** In the order of the bar: from what is well to what is not known. */
const STATUSES = ["on_track", "at_risk", "behind", "error", "no_data", "none"];

export function percent(value) {
    return typeof value === "number" ? formatKpiValue(value, { unit: "percent" }) : "–";
}

export function peopleText(count) {
    return count === 1 ? _t("1 person") : _t("%s people", count);
}

/**
 * How long a period still takes.
 *
 * @param {number} days that are left after today
 */
export function daysLeftText(days) {
    return [_t("last day"), _t("1 day left")][days] || _t("%s days left", days);
}

/** A percent, and how many points it is up or down against the period compared with. */
export class KpiCockpitChange extends Component {
    static template = "kpi_management.KpiCockpitChange";
    static props = {
        // percent; false where there is none, then there is no change either
        value: { type: [Number, Boolean], optional: true },
        before: { type: [Number, Boolean], optional: true },
        // the name of the period compared with
        period: { type: [String, Boolean], optional: true },
        // the period still runs: less than a whole one is no bad news yet
        isRunning: { type: Boolean, optional: true },
    };

    get change() {
        const { value, before, period, isRunning } = this.props;
        if (typeof value !== "number" || typeof before !== "number") {
            return null;
        }
        const points = Math.round((value - before) * 10) / 10;
        const sign = Math.sign(points);
        const text = formatKpiValue(Math.abs(points));
        const words = { points: text, period, before: percent(before) };
        const title = [
            isRunning
                ? _t("so far %(points)s points less than in %(period)s (%(before)s)", words)
                : _t("%(points)s points less than in %(period)s (%(before)s)", words),
            _t("as in %(period)s (%(before)s)", words),
            _t("%(points)s points more than in %(period)s (%(before)s)", words),
        ][sign + 1];
        const icon = ["fa-arrow-down", "fa-arrows-h", "fa-arrow-up"][sign + 1];
        const color = [isRunning ? "muted" : "danger", "muted", "success"][sign + 1];
        return { text: ["−", "", "+"][sign + 1] + text, title, icon, color };
    }
}

/** How many KPIs are on track, at risk and behind: a bar, and the numbers beside it. */
export class KpiCockpitCounts extends Component {
    static template = "kpi_management.KpiCockpitCounts";
    static props = { counts: Object, withNames: { type: Boolean, optional: true } };

    get parts() {
        return STATUSES.filter((status) => this.props.counts[status]).map((status) => ({
            ...kpiStatus({ status, result: status }),
            count: this.props.counts[status],
        }));
    }

    get words() {
        return this.parts.map(({ name, count }) => `${name}: ${count}`).join(", ");
    }
}
