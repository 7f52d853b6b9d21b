import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { KpiBullet } from "../kpi_bullet/kpi_bullet";
import { KpiSparkline } from "../kpi_sparkline/kpi_sparkline";
import { KpiStatus } from "../kpi_status/kpi_status";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";
import { KpiCockpitChange, percent } from "./kpi_cockpit_figures";

/** A KPI: where it stands, where it came from, where it is heading, what it costs. */
export class KpiCockpitCard extends Component {
    static template = "kpi_management.KpiCockpitCard";
    static components = { KpiBullet, KpiCockpitChange, KpiSparkline, KpiStatus };
    static props = {
        line: Object,
        // percent of the working time that has gone by; false where the period does not run
        pace: { type: [Number, Boolean], optional: true },
        // the name of the period compared with
        period: { type: [String, Boolean], optional: true },
        // called with the method of the line that opens what is wanted, and the line
        open: Function,
    };

    setup() {
        this.percent = percent;
    }

    get line() {
        return this.props.line;
    }

    /** What the buttons without words open, for those who do not see beside what they stand. */
    get labels() {
        const { name } = this.line;
        return { records: _t("Records counted: %s", name), history: _t("History: %s", name) };
    }

    get isMeasured() {
        return this.line.result === "ok";
    }

    get attainment() {
        return this.isMeasured && this.line.attainment;
    }

    get before() {
        const { compare } = this.line;
        return Boolean(compare) && compare.result === "ok" && compare.attainment;
    }

    value(value, compact = true) {
        const { unit, currency_id } = this.line;
        return formatKpiValue(value, { unit, currencyId: currency_id, compact });
    }

    get actual() {
        return this.isMeasured ? this.value(this.line.actual) : "–";
    }

    target(compact = true) {
        const { direction, band_low, band_high, target } = this.line;
        const values = direction === "band" ? [band_low, band_high] : [target];
        return values.map((value) => this.value(value, compact)).join(" – ");
    }

    /** Without rounding. */
    get exact() {
        const words = { actual: this.value(this.line.actual, false), target: this.target(false) };
        return this.isMeasured ? _t("%(actual)s of %(target)s", words) : _t("Target %(target)s", words);
    }

    get isRunning() {
        return typeof this.props.pace === "number";
    }

    get hasForecast() {
        return this.isMeasured && this.isRunning && this.line.direction !== "band";
    }

    /** What there is to know beside the figures, in the least words. */
    get notes() {
        const { weight, lost, forecast } = this.line;
        return [
            ...(this.hasForecast ? [_t("Heading for %s", this.value(forecast))] : []),
            ...(weight ? [_t("Weight %s", percent(weight))] : []),
            ...(lost ? [_t("points lost: %s", formatKpiValue(Math.round(lost * 10) / 10))] : []),
        ];
    }
}
