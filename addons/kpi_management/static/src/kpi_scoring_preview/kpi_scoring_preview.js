import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { parseFloat } from "@web/views/fields/parsers";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { KpiLineChart } from "../kpi_line_chart/kpi_line_chart";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

const TERMS = [
    "direction",
    "baseline",
    "threshold",
    "threshold_attainment",
    "stretch",
    "band_low",
    "band_high",
    "band_tolerance",
    "cap",
    "floor",
];
const DELAY = 250;

let nextId = 1;

/**
 * What the scoring terms of a form make of an actual, as they stand there, saved or not: the server's own arithmetic.
 *
 * Options: `target_field` (without one, a target is typed here), `weight_field`, `actual_field` (the actual to begin
 * with), `currency_field`.
 */
export class KpiScoringPreview extends Component {
    static template = "kpi_management.KpiScoringPreview";
    static components = { KpiLineChart };
    static props = {
        ...standardWidgetProps,
        targetField: { type: String, optional: true },
        weightField: { type: String, optional: true },
        actualField: { type: String, optional: true },
        currencyField: { type: String, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.id = `kpi_scoring_preview_${nextId++}`;
        const { data } = this.props.record;
        const known = this.props.actualField && data.result === "ok";
        this.state = useState({
            actual: known ? formatKpiValue(data[this.props.actualField]) : "",
            target: this.props.targetField ? "" : "100",
            outcome: null,
        });
        this.load = useDebounced(() => this.preview(), DELAY);
        useRecordObserver((record) => {
            this.terms = Object.fromEntries(TERMS.map((name) => [name, record.data[name]]));
            this.terms.target = record.data[this.props.targetField];
            this.weight = this.props.weightField ? record.data[this.props.weightField] : null;
            this.load();
        });
    }

    get outcome() {
        return this.state.outcome;
    }

    /** Only what is not reached for a band is asked for. */
    get asksTarget() {
        return !this.props.targetField && this.props.record.data.direction !== "band";
    }

    type(name, text) {
        this.state[name] = text;
        this.load();
    }

    async preview() {
        let actual, target;
        try {
            actual = this.state.actual.trim() ? parseFloat(this.state.actual) : null;
            target = this.props.targetField ? this.terms.target : parseFloat(this.state.target || "0");
        } catch {
            this.keepLast.add(Promise.resolve());
            this.state.outcome = { message: _t("Type a number.") };
            return;
        }
        const args = [{ ...this.terms, target }, actual, this.weight];
        const call = this.orm.silent.call(this.props.record.resModel, "preview_score", args);
        this.state.outcome = { ...(await this.keepLast.add(call)), actual };
    }

    // ---------------------------------------------------------------- what is shown

    format(value) {
        const { data } = this.props.record;
        const currency = data[this.props.currencyField];
        return formatKpiValue(value, { unit: data.unit, currencyId: currency?.id ?? currency });
    }

    percent(value) {
        return formatKpiValue(value, { unit: "percent" });
    }

    get hasScore() {
        return this.outcome.attainment !== false;
    }

    get verdict() {
        const { attainment } = this.outcome;
        if (attainment >= 100) {
            return attainment > 100 ? _t("beyond the target") : _t("on target");
        }
        return attainment > 0 ? _t("short of the target") : _t("earns nothing");
    }

    get pointsText() {
        return _t("Brings %(points)s of %(weight)s points to the score.", {
            points: formatKpiValue(this.outcome.points),
            weight: formatKpiValue(this.weight || 0),
        });
    }

    get chart() {
        const { curve, actual, attainment } = this.outcome;
        const xs = curve.map(([x]) => x);
        const ys = curve.map(([, y]) => y);
        const compact = (value) => formatKpiValue(value, { compact: true });
        const yValues = [...new Set([0, 100, Math.max(...ys)])];
        return {
            label: this.hasScore
                ? _t("Attainment at %(actual)s: %(attainment)s", {
                      actual: this.format(actual),
                      attainment: this.percent(attainment),
                  })
                : _t("Attainment over the actual"),
            lines: [{ name: _t("Attainment"), kind: "solid", points: curve }],
            xTicks: this.ticks(Math.min(...xs), Math.max(...xs)).map((x) => [x, compact(x)]),
            yTicks: yValues.map((y) => [y, this.percent(y)]),
            marker: this.hasScore && { x: actual, y: attainment, text: this.percent(attainment) },
        };
    }

    ticks(low, high) {
        const target = this.props.targetField ? this.terms.target : parseFloat(this.state.target || "0");
        const isBand = this.terms.direction === "band";
        const inside = (isBand ? [this.terms.band_low, this.terms.band_high] : [target]).filter(
            (x) => x > low + (high - low) / 6 && x < high - (high - low) / 6,
        );
        return [...new Set([...inside, low, high])];
    }
}

export const kpiScoringPreview = {
    component: KpiScoringPreview,
    fieldDependencies: ({ options }) => [
        { name: "direction", type: "selection" },
        { name: "unit", type: "selection" },
        ...TERMS.slice(1).map((name) => ({ name, type: "float" })),
        ...(options.target_field ? [{ name: options.target_field, type: "float" }] : []),
        ...(options.weight_field ? [{ name: options.weight_field, type: "float" }] : []),
        ...(options.actual_field
            ? [
                  { name: options.actual_field, type: "float" },
                  { name: "result", type: "selection" },
              ]
            : []),
        ...(options.currency_field ? [{ name: options.currency_field, type: "many2one" }] : []),
    ],
    extractProps: ({ options }) => ({
        targetField: options.target_field,
        weightField: options.weight_field,
        actualField: options.actual_field,
        currencyField: options.currency_field,
    }),
};

registry.category("view_widgets").add("kpi_scoring_preview", kpiScoringPreview);
