import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { KpiCockpitChange, KpiCockpitCounts, peopleText, percent } from "./kpi_cockpit_figures";
import { sortChoices, sortRows } from "./kpi_cockpit_view";

const ICONS = { department: "fa-sitemap" };

/** What is one step down: departments, teams and people, each with how it stands. */
export class KpiCockpitRows extends Component {
    static template = "kpi_management.KpiCockpitRows";
    static components = { KpiCockpitChange, KpiCockpitCounts };
    static props = {
        rows: Array,
        // how many are left out
        more: { type: Number, optional: true },
        period: { type: [String, Boolean], optional: true },
        isRunning: { type: Boolean, optional: true },
        sort: String,
        onSort: Function,
        goTo: Function,
    };

    setup() {
        this.percent = percent;
    }

    get rows() {
        return sortRows(this.props.rows, this.props.sort);
    }

    /** By a KPI the people of the heat map are sorted, not what is here. */
    get sort() {
        return this.props.sort.includes("kpi-") ? "attention" : this.props.sort;
    }

    get sorts() {
        return sortChoices();
    }

    get title() {
        const people = this.props.rows.filter(({ type }) => type === "employee").length;
        if (people === this.props.rows.length) {
            return _t("Employees");
        }
        return people ? _t("Departments and employees") : _t("Departments");
    }

    icon({ type }) {
        return ICONS[type] || "fa-users";
    }

    peopleText({ type, people }) {
        return type === "employee" || !people ? "" : peopleText(people);
    }

    get moreText() {
        const { more } = this.props;
        return more === 1 ? _t("1 more is not shown.") : _t("%s more are not shown.", more);
    }
}
