import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";
import { FloatField, floatField } from "@web/views/fields/float/float_field";

/**
 * A number in the unit of its KPI: money in the company's currency, percent, hours, days.
 * With the option `result_field`, a line without data shows a dash instead of a zero.
 */
export class KpiValueField extends FloatField {
    static props = {
        ...FloatField.props,
        unitField: { type: String, optional: true },
        resultField: { type: String, optional: true },
    };

    get formattedValue() {
        const { data } = this.props.record;
        if (this.props.resultField && data[this.props.resultField] !== "ok") {
            return "–";
        }
        const number = formatFloat(this.value, { digits: [16, 2], trailingZeros: false });
        if (!this.props.readonly) {
            return number;
        }
        const unit = data[this.props.unitField || "unit"];
        if (unit === "currency") {
            return formatMonetary(this.value, { data, currencyField: "currency_id", trailingZeros: false });
        }
        return number + (KpiValueField.suffixes[unit] ?? "");
    }

    static suffixes = {
        percent: "\u00a0%",
        get hours() {
            return "\u00a0" + _t("h");
        },
        get days() {
            return "\u00a0" + _t("days");
        },
    };
}

export const kpiValueField = {
    ...floatField,
    component: KpiValueField,
    displayName: _t("KPI value"),
    fieldDependencies: ({ options }) => [
        { name: options.unit_field || "unit", type: "selection" },
        { name: "currency_id", type: "many2one" },
        ...(options.result_field ? [{ name: options.result_field, type: "selection" }] : []),
    ],
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...floatField.extractProps(fieldInfo, dynamicInfo),
        unitField: fieldInfo.options.unit_field,
        resultField: fieldInfo.options.result_field,
    }),
};

registry.category("fields").add("kpi_value", kpiValueField);
