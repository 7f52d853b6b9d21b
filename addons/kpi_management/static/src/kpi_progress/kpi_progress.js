import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { KpiLineChart } from "../kpi_line_chart/kpi_line_chart";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

const DAY = 24 * 3600 * 1000;

/** How the actual of a scorecard line went from day to day, beside the pace of its target, and where it is heading. */
export class KpiProgress extends Component {
    static template = "kpi_management.KpiProgress";
    static components = { KpiLineChart };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ progress: null });
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((props) => this.load(props));
    }

    async load({ record }) {
        const { resId, resModel } = record;
        this.state.progress = resId ? await this.orm.call(resModel, "read_progress", [[resId]]) : null;
    }

    get progress() {
        return this.state.progress;
    }

    format(value, compact = false) {
        const { unit, currency_id } = this.progress;
        return formatKpiValue(value, { unit, currencyId: currency_id, compact });
    }

    /** What the picture says, in words. */
    get summary() {
        const { actual, pace, forecast } = this.progress;
        if (!actual.length) {
            return _t("Nothing measured yet.");
        }
        const [day, value] = actual.at(-1);
        const parts = [
            _t("%(value)s on %(date)s", { value: this.format(value), date: formatDate(deserializeDate(day)) }),
            ...(pace.length ? [_t("target %s", this.format(pace.at(-1)[1]))] : []),
            ...(forecast !== false ? [_t("at this pace %s in the end", this.format(forecast))] : []),
        ];
        return parts.join(" · ");
    }

    get chart() {
        const { start, end, actual, pace, forecast } = this.progress;
        const points = (days) => days.map(([day, value]) => [toNumber(day), value]);
        const heading = actual.length && forecast !== false ? [actual.at(-1), [end, forecast]] : [];
        const values = [...actual, ...pace, ...heading].map(([, value]) => value);
        const ticks = [...new Set([Math.min(0, ...values), Math.max(0, ...values)])];
        return {
            label: this.summary,
            lines: [
                { name: _t("Actual"), kind: "solid", points: points(actual) },
                { name: _t("Target pace"), kind: "dashed", points: points(pace) },
                { name: _t("Forecast"), kind: "dotted", points: points(heading) },
            ],
            xTicks: [start, end].map((day) => [toNumber(day), formatDate(deserializeDate(day))]),
            yTicks: ticks.map((value) => [value, formatKpiValue(value, { compact: true })]),
            withLegend: true,
        };
    }
}

function toNumber(day) {
    return Math.round(deserializeDate(day).toMillis() / DAY);
}

registry.category("view_widgets").add("kpi_progress", { component: KpiProgress });
