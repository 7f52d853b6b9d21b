import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

// Shapes that differ, and a word each: the colour never says it alone.
const STATUSES = {
    on_track: { name: _t("On track"), icon: "fa-check-circle", color: "success" },
    at_risk: { name: _t("At risk"), icon: "fa-exclamation-triangle", color: "warning" },
    behind: { name: _t("Behind"), icon: "fa-arrow-circle-down", color: "danger" },
    none: { name: _t("No status"), icon: "fa-minus-circle", color: "secondary" },
    no_data: { name: _t("No data"), icon: "fa-question-circle-o", color: "secondary" },
    error: { name: _t("Error"), icon: "fa-times-circle", color: "danger" },
};

/** Whatever `kpiStatus` may answer as its key. */
export const STATUS_KEYS = Object.keys(STATUSES);

/**
 * How the status of a figure is shown, the same on every screen.
 *
 * @param {Object} figure
 * @param {string | false} [figure.status] on_track | at_risk | behind | none
 * @param {string | boolean} [figure.result] ok (or true) | no_data | error; false where nothing was computed yet
 * @returns {{key: string, name: string, icon: string, color: string}} name: translated; icon: a FontAwesome class of a
 *  shape of its own; color: a suffix of Bootstrap's classes
 */
export function kpiStatus({ status, result }) {
    const key = ["no_data", "error"].includes(result) ? result : status in STATUSES ? status : "none";
    const { name, icon, color } = STATUSES[key];
    return { key, name: String(name), icon, color };
}

/**
 * Whether there is a figure.
 *
 * @param {string | boolean} result as of `kpiStatus`
 */
export function isMeasured(result) {
    return [true, "ok"].includes(result);
}

/** The icon of a status, with its word beside it or in its tooltip. */
export class KpiStatus extends Component {
    static template = "kpi_management.KpiStatus";
    static props = {
        status: { type: [String, Boolean], optional: true },
        result: { type: [String, Boolean], optional: true },
        withName: { type: Boolean, optional: true },
    };

    get shown() {
        return kpiStatus(this.props);
    }
}
