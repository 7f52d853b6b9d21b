import { _t } from "@web/core/l10n/translation";
import { normalize } from "@web/core/l10n/utils";

import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

// Shape and word say it, too: colour alone is not for everybody.
export const FITS = {
    below: { icon: "fa-arrow-down", color: "warning", word: () => _t("below the guideline") },
    within: { icon: "fa-check", color: "success", word: () => _t("within the guideline") },
    above: { icon: "fa-arrow-up", color: "warning", word: () => _t("above the guideline") },
};

/** A text as it is searched for: without capitals and marks; Vietnamese đ, too, which is a letter of its own. */
export function plain(text) {
    return normalize(text).replace(/[đĐ]/g, "d");
}

export function percentText(value) {
    return formatKpiValue(value, { unit: "percent" });
}

/** The range of a grade's guideline. */
export function guidelineText({ min_percent, max_percent }) {
    return `${formatKpiValue(min_percent)}–${percentText(max_percent)}`;
}

/** What the bar of a grade shows. */
export function shareText(column) {
    const share = percentText(column.percent);
    return column.fits
        ? _t("%(share)s, %(fits)s of %(range)s", {
              share,
              fits: FITS[column.fits].word(),
              range: guidelineText(column),
          })
        : share;
}

/** What one more of so many people does to the share of a grade; nothing where there is no guideline. */
export function hintText(column, total) {
    if (!column.fits) {
        return "";
    }
    const share = (100 * (column.count + 1)) / total;
    const fits = share < column.min_percent ? "below" : share > column.max_percent ? "above" : "within";
    return _t("%(grade)s would then be %(share)s of the people: %(fits)s of %(range)s.", {
        grade: column.name,
        share: percentText(share),
        fits: FITS[fits].word(),
        range: guidelineText(column),
    });
}
