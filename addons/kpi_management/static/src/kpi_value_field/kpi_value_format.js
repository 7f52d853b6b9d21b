import { getCurrency } from "@web/core/currency";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";

const COMPACT_FROM = 1_000_000;
const SUFFIXES = {
    percent: () => "\u00a0%",
    hours: () => "\u00a0" + _t("hours"),
    days: () => "\u00a0" + _t("days"),
};

/**
 * A value in the unit of its KPI: `1.378.300.000 ₫`, `62,5 %`, `12 hours`.
 *
 * @param {number | false} value
 * @param {Object} [options]
 * @param {string} [options.unit] unit of a `kpi.definition`; without one, a plain number
 * @param {number} [options.currencyId] for the unit `currency`
 * @param {boolean} [options.compact] write large values in words: `1,38 tỷ`
 * @returns {string}
 */
export function formatKpiValue(value, { unit, currencyId, compact } = {}) {
    if (value === false || value === undefined) {
        return "";
    }
    if (compact && Math.abs(value) >= COMPACT_FROM) {
        return formatCompact(value);
    }
    if (unit === "currency" && currencyId && getCurrency(currencyId)) {
        return formatMonetary(value, { currencyId, trailingZeros: false });
    }
    const number = formatFloat(value, { digits: [16, 2], trailingZeros: false });
    return number + (SUFFIXES[unit]?.() ?? "");
}

/**
 * A percentage without decimals, where there is little room. Rounded down: 99.6 % is no target reached.
 *
 * @param {number} value
 */
export function formatWholePercent(value) {
    // what is 58 but for the way computers count stays 58
    return formatKpiValue(Math.floor(Number(value.toFixed(4))), { unit: "percent" });
}

/** A large number in the words of the user's language; the exact one belongs in the tooltip. */
function formatCompact(value) {
    const locale = localization.code?.replace("_", "-") || undefined;
    return new Intl.NumberFormat(locale, {
        notation: "compact",
        compactDisplay: "long",
        maximumFractionDigits: 2,
    }).format(value);
}

// Sums and averages at the foot of a list are written by the formatter of the column's widget.
registry.category("formatters").add("kpi_value", (value, { currencyId } = {}) => formatKpiValue(value, { currencyId }));
registry.category("formatters").add("kpi_attainment", (value) => formatKpiValue(value, { unit: "percent" }));
