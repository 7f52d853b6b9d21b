import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";

import { formatKpiValue } from "./kpi_value_format";

/**
 * A number in the unit of its KPI: money in the company's currency, percent, hours, days.
 *
 * Options: `unit` (a fixed one) or `unit_field` (default `unit`), `currency_field` (default `currency_id`, "" for none),
 * `result_field` (a result or a boolean: what is not measured shows a dash, not a zero), `show_result` (… or says why),
 * `compact` (large figures in words, the exact one in the tooltip), `compact_from` (the same, from this figure on).
 */
export class KpiValueField extends FloatField {
    static template = "kpi_management.KpiValueField";
    static props = {
        ...FloatField.props,
        unit: { type: String, optional: true },
        unitField: { type: String, optional: true },
        currencyField: { type: String, optional: true },
        resultField: { type: String, optional: true },
        showResult: { type: Boolean, optional: true },
        compact: { type: Boolean, optional: true },
        compactFrom: { type: Number, optional: true },
    };

    get result() {
        const result = this.props.resultField ? this.props.record.data[this.props.resultField] : true;
        return result === true ? "ok" : result || "none";
    }

    get formattedValue() {
        if (!this.props.readonly) {
            return formatKpiValue(this.value);
        }
        return this.result === "ok" ? this.format(this.isCompact) : this.missingText;
    }

    get isCompact() {
        const { compact, compactFrom } = this.props;
        return compact || Boolean(compactFrom && Math.abs(this.value) >= compactFrom);
    }

    get missingText() {
        const texts = { no_data: _t("No data"), error: _t("Error") };
        return (this.props.showResult && texts[this.result]) || "–";
    }

    get missingClass() {
        if (this.result === "ok") {
            return "";
        }
        return this.result === "error" && this.props.showResult ? "text-danger" : "text-muted";
    }

    /** Why there is no figure; the exact figure where it is shown in words. */
    get tooltip() {
        if (this.result === "error") {
            return this.props.record.data.error_message || "";
        }
        return this.isCompact && this.result === "ok" ? this.format(false) : "";
    }

    format(compact) {
        const { data } = this.props.record;
        const currency = data[this.props.currencyField];
        const unit = this.props.unit || data[this.props.unitField];
        return formatKpiValue(this.value, { unit, currencyId: currency?.id ?? currency, compact });
    }
}

export const kpiValueField = {
    ...floatField,
    component: KpiValueField,
    displayName: _t("KPI value"),
    listViewWidth: ({ options }) => {
        if (options.compact) {
            return [100, 120];
        }
        if (options.compact_from) {
            return [118, 150];
        }
        return options.unit ? [60, 110] : [125, 170];
    },
    fieldDependencies: ({ options }) => [
        ...(options.unit ? [] : [{ name: options.unit_field || "unit", type: "selection" }]),
        ...(options.unit || options.currency_field === ""
            ? []
            : [{ name: options.currency_field || "currency_id", type: "many2one" }]),
        ...(options.result_field ? [{ name: options.result_field, type: "selection" }] : []),
        ...(options.show_result ? [{ name: "error_message", type: "char" }] : []),
    ],
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...floatField.extractProps(fieldInfo, dynamicInfo),
        unit: fieldInfo.options.unit,
        unitField: fieldInfo.options.unit_field || "unit",
        currencyField: fieldInfo.options.currency_field ?? "currency_id",
        resultField: fieldInfo.options.result_field,
        showResult: Boolean(fieldInfo.options.show_result),
        compact: Boolean(fieldInfo.options.compact),
        compactFrom: fieldInfo.options.compact_from,
    }),
};

registry.category("fields").add("kpi_value", kpiValueField);
