import { _t } from "@web/core/l10n/translation";

import { KpiCockpitCard } from "../kpi_cockpit/kpi_cockpit_card";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

/** One of the user's KPIs: as in the cockpit, and what is missing to the target, with the ways to what is behind it. */
export class KpiMyCard extends KpiCockpitCard {
    static template = "kpi_management.KpiMyCard";

    /** What is missing, where it ends at this pace, and what it counts; each in a line of its own. */
    get facts() {
        const { forecast, gap, lost, terms, weight } = this.line;
        return [
            ...(gap ? [{ key: "gap", text: this.gapText, title: this.gapTitle }] : []),
            ...(this.hasForecast && forecast !== this.line.actual
                ? [{ key: "forecast", text: _t("At this pace it ends at %s.", this.value(forecast)) }]
                : []),
            ...(weight ? [{ key: "weight", text: this.weightText(lost) }] : []),
            ...(terms ? [{ key: "terms", text: terms }] : []),
        ];
    }

    get gapText() {
        const { direction, gap, unit } = this.line;
        // What lies between two percentages is not a percentage of either.
        const text = unit === "percent" ? _t("%s points", formatKpiValue(gap)) : this.value(gap);
        return direction === "lower" ? _t("%s too much", text) : _t("%s to go", text);
    }

    /** Without rounding; points are not rounded, and are no percentage. */
    get gapTitle() {
        const { gap, unit } = this.line;
        return unit !== "percent" && this.value(gap, false);
    }

    weightText(lost) {
        const weight = this.percent(this.line.weight);
        return lost
            ? _t("Weight %(weight)s: it costs %(points)s points", {
                  weight,
                  points: formatKpiValue(Math.round(lost * 10) / 10),
              })
            : _t("Weight %s", weight);
    }
}
