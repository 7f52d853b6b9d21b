import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { figureField, figureOf, figureProps } from "../kpi_figure_field/kpi_figure_field";
import { KpiGauge } from "../kpi_gauge/kpi_gauge";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

/**
 * An attainment or a score in percent as a gauge.
 *
 * Options: `status_field` (default `status`) and `result_field` (default `result`; a result or a boolean: what is not
 * measured has no arc), "" where the model has none; `max` (where the scale ends, default 125), `width` (in pixels,
 * default 120, in lists 72), `title` (what is shown; by default the field's own name).
 */
export class KpiGaugeField extends Component {
    static template = "kpi_management.KpiGaugeField";
    static components = { KpiGauge };
    static props = {
        ...standardFieldProps,
        ...figureProps,
        width: { type: Number, optional: true },
        title: { type: String, optional: true },
    };

    get gauge() {
        const { value, status, result } = figureOf(this.props);
        const { max, name, record, title, width } = this.props;
        return {
            value,
            status,
            result,
            label: title || record.fields[name].string,
            ...(max ? { max } : {}),
            ...(width ? { width } : {}),
        };
    }
}

export const kpiGaugeField = {
    ...figureField,
    component: KpiGaugeField,
    displayName: _t("KPI gauge"),
    listViewWidth: 96,
    extractProps: (fieldInfo) => ({
        ...figureField.extractProps(fieldInfo),
        width: fieldInfo.options.width || (fieldInfo.viewType === "list" ? 72 : undefined),
        title: fieldInfo.options.title,
    }),
};

registry.category("fields").add("kpi_gauge", kpiGaugeField);
registry.category("formatters").add("kpi_gauge", (value) => formatKpiValue(value, { unit: "percent" }));
