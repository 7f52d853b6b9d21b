import { Component } from "@odoo/owl";
import { deserializeDate, deserializeDateTime, formatDate, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

import { KpiSparkline } from "../kpi_sparkline/kpi_sparkline";
import { KpiCockpitChange, KpiCockpitCounts, daysLeftText, peopleText, percent } from "./kpi_cockpit_figures";

/** Where one is, whose figures these are, and how they stand in one line. */
export class KpiCockpitHead extends Component {
    static template = "kpi_management.KpiCockpitHead";
    static components = { KpiCockpitChange, KpiCockpitCounts, KpiSparkline };
    static props = {
        data: Object,
        // called with a subject of the path
        goTo: Function,
        // called with the id of a scorecard
        openScorecard: Function,
    };

    setup() {
        this.percent = percent;
    }

    get subject() {
        return this.props.data.subject;
    }

    get steps() {
        return this.props.data.path.slice(0, -1);
    }

    get countsTitle() {
        const { people } = this.props.data.counts;
        return this.subject.type === "employee" || !people ? _t("KPIs") : _t("KPIs of %s", peopleText(people));
    }

    /** The scores of the last periods as points of a line. */
    get scorePoints() {
        return this.subject.score_trend.map(({ period, score }) => ({ period, attainment: score }));
    }

    get periodText() {
        const { date_start, date_end, days_left, is_running, elapsed, state_name } = this.props.data.period;
        const dates = [date_start, date_end].map((date) => formatDate(deserializeDate(date))).join(" – ");
        const gone = _t("%s of the working time gone by", percent(Math.round(elapsed)));
        return [dates, ...(is_running ? [daysLeftText(days_left), gone] : [state_name])].join(" · ");
    }

    /** On paper the choosers are not there to say it. */
    get printedText() {
        const { compare, period } = this.props.data;
        return `${period.name}${compare.id ? ` (${_t("vs. %s", compare.name)})` : ""} · `;
    }

    get measuredText() {
        const { computed_at } = this.props.data;
        return computed_at
            ? _t("measured %s", toLocaleDateTimeString(deserializeDateTime(computed_at)))
            : _t("not all measured yet");
    }
}
