import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { KpiSparkline } from "../kpi_sparkline/kpi_sparkline";
import { KpiTrend } from "../kpi_trend/kpi_trend";

/**
 * The attainments of the last periods, of a Json field with the points of `KpiTrend`: a chart in forms, a line as high
 * as the text in lists and on cards, of which there may be many.
 *
 * Options: `title` (what is shown; by default the field's own name), `height` (in pixels).
 */
export class KpiTrendField extends Component {
    static template = "kpi_management.KpiTrendField";
    static components = { KpiTrend };
    static props = {
        ...standardFieldProps,
        title: { type: String, optional: true },
        height: { type: Number, optional: true },
    };

    get trend() {
        const { height, name, record, title } = this.props;
        return {
            points: record.data[name],
            label: title || record.fields[name].string,
            ...(height ? { height } : {}),
        };
    }
}

export class KpiSmallTrendField extends KpiTrendField {
    static template = "kpi_management.KpiSmallTrendField";
    static components = { KpiSparkline };
}

export const kpiTrendField = {
    component: KpiTrendField,
    displayName: _t("KPI trend"),
    supportedTypes: ["json"],
    extractProps: ({ options }) => ({ title: options.title, height: options.height }),
};

export const kpiSmallTrendField = { ...kpiTrendField, component: KpiSmallTrendField, listViewWidth: [88, 120] };

registry.category("fields").add("kpi_trend", kpiTrendField);
registry.category("fields").add("list.kpi_trend", kpiSmallTrendField);
registry.category("fields").add("kanban.kpi_trend", kpiSmallTrendField);
