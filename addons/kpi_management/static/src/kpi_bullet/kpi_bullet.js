import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { isMeasured, kpiStatus } from "../kpi_status/kpi_status";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

// The same end for all, so that the targets of a list stand below each other.
const END = 125;

/**
 * A bar of an attainment in the colour of its status, a line at the target (100 %) and a mark where the time of the
 * period stands. What is beyond the scale ends in an arrow.
 */
export class KpiBullet extends Component {
    static template = "kpi_management.KpiBullet";
    static props = {
        // percent
        attainment: { type: [Number, Boolean], optional: true },
        status: { type: [String, Boolean], optional: true },
        // ok (or true), no_data, error; what is not measured has no bar
        result: { type: [String, Boolean], optional: true },
        // 0–100: how much of the period has gone by
        pace: { type: [Number, Boolean], optional: true },
        // where the scale ends, in percent
        cap: { type: Number, optional: true },
        // of what, for those who do not see it
        label: { type: String, optional: true },
    };
    static defaultProps = { cap: END };

    get isMeasured() {
        return typeof this.props.attainment === "number" && isMeasured(this.props.result);
    }

    get isBeyond() {
        return this.isMeasured && this.props.attainment > this.end;
    }

    get end() {
        return Math.max(this.props.cap, 100);
    }

    get statusKey() {
        return kpiStatus(this.props).key;
    }

    get hasPace() {
        return typeof this.props.pace === "number" && this.props.pace > 0 && this.props.pace < 100;
    }

    /** A percentage's place on the scale, as a CSS length. */
    place(percent) {
        return `${((Math.min(Math.max(percent, 0), this.end) / this.end) * 100).toFixed(2)}%`;
    }

    get description() {
        const { attainment, label, pace } = this.props;
        const { key, name } = kpiStatus(this.props);
        const percent = (value) => formatKpiValue(value, { unit: "percent" });
        const words = [
            ...(this.isMeasured ? [percent(attainment)] : []),
            ...(this.isMeasured && key === "none" ? [] : [name]),
            ...(this.hasPace ? [_t("%s of the time gone by", percent(Math.round(pace)))] : []),
        ];
        return [label, words.join(", ")].filter(Boolean).join(": ");
    }
}
