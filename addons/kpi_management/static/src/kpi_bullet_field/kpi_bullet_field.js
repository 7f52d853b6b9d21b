import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { KpiBullet } from "../kpi_bullet/kpi_bullet";
import { figureField, figureOf, figureProps } from "../kpi_figure_field/kpi_figure_field";
import { KpiStatus } from "../kpi_status/kpi_status";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

/**
 * An attainment in percent as a bullet: a bar in the colour of its status, a line at the target, the figure beside it.
 *
 * Options: `status_field` (default `status`) and `result_field` (default `result`; a result or a boolean: what is not
 * measured has no bar), "" where the model has none; `pace_field` (percent of the period that has gone by), `max`
 * (where the scale ends, default 125), `status_icon` (the status as a shape before the figure, where no other field says
 * it).
 */
export class KpiBulletField extends Component {
    static template = "kpi_management.KpiBulletField";
    static components = { KpiBullet, KpiStatus };
    static props = {
        ...standardFieldProps,
        ...figureProps,
        paceField: { type: String, optional: true },
        hasIcon: { type: Boolean, optional: true },
    };

    get bullet() {
        const { value, status, result } = figureOf(this.props);
        const { max, paceField, record } = this.props;
        return {
            attainment: value,
            status,
            result,
            pace: paceField ? record.data[paceField] : false,
            ...(max ? { cap: max } : {}),
        };
    }

    get formattedValue() {
        const { value, isMeasured } = figureOf(this.props);
        return isMeasured ? formatKpiValue(value, { unit: "percent" }) : "–";
    }
}

export const kpiBulletField = {
    ...figureField,
    component: KpiBulletField,
    displayName: _t("KPI bullet"),
    listViewWidth: [124, 180],
    fieldDependencies: ({ options }) => [
        ...figureField.fieldDependencies({ options }),
        ...(options.pace_field ? [{ name: options.pace_field, type: "float" }] : []),
    ],
    extractProps: (fieldInfo) => ({
        ...figureField.extractProps(fieldInfo),
        paceField: fieldInfo.options.pace_field,
        hasIcon: Boolean(fieldInfo.options.status_icon),
    }),
};

registry.category("fields").add("kpi_bullet", kpiBulletField);
registry.category("formatters").add("kpi_bullet", (value) => formatKpiValue(value, { unit: "percent" }));
