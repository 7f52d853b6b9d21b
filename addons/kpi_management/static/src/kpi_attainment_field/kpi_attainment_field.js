import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { isMeasured } from "../kpi_status/kpi_status";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

const COLORS = { on_track: "bg-success", at_risk: "bg-warning", behind: "bg-danger" };

/**
 * An attainment in percent with a bar up to 100 %, in the colour of its status.
 *
 * Options: `status_field` (default `status`, "" for one colour whatever the status), `result_field` (default `result`;
 * what is not measured shows a dash).
 */
export class KpiAttainmentField extends Component {
    static template = "kpi_management.KpiAttainmentField";
    static props = {
        ...standardFieldProps,
        statusField: { type: String },
        resultField: { type: String },
    };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get isMeasured() {
        return isMeasured(this.props.record.data[this.props.resultField]);
    }

    get formattedValue() {
        return this.isMeasured ? formatKpiValue(this.value, { unit: "percent" }) : "–";
    }

    get width() {
        return Math.min(Math.max(this.value, 0), 100);
    }

    get colorClass() {
        const { statusField, record } = this.props;
        return COLORS[record.data[statusField]] || (statusField ? "bg-secondary" : "bg-primary");
    }
}

export const kpiAttainmentField = {
    component: KpiAttainmentField,
    displayName: _t("KPI attainment"),
    supportedTypes: ["float"],
    listViewWidth: [100, 150],
    fieldDependencies: ({ options }) => [
        ...(options.status_field === "" ? [] : [{ name: options.status_field || "status", type: "selection" }]),
        { name: options.result_field || "result", type: "selection" },
    ],
    extractProps: ({ options }) => ({
        statusField: options.status_field ?? "status",
        resultField: options.result_field || "result",
    }),
};

registry.category("fields").add("kpi_attainment", kpiAttainmentField);
