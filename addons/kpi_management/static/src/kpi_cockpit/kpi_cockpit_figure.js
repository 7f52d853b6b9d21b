import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { KpiStatus } from "../kpi_status/kpi_status";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";
import { percent } from "./kpi_cockpit_figures";

/** A cell of the heat map in full, and the ways to what is behind it. */
export class KpiCockpitFigure extends Component {
    static template = "kpi_management.KpiCockpitFigure";
    static components = { KpiStatus };
    static props = {
        person: String,
        // {name, unit, currency_id}
        column: Object,
        // {line_id, actual, target, attainment, status, result}
        cell: Object,
        open: Function,
        openScorecard: Function,
        close: { type: Function, optional: true },
    };

    get figures() {
        const { cell, column } = this.props;
        const value = (number) => formatKpiValue(number, { unit: column.unit, currencyId: column.currency_id });
        const isMeasured = cell.result === "ok";
        return [
            { name: _t("Actual"), text: isMeasured ? value(cell.actual) : "–" },
            ...(cell.target === false ? [] : [{ name: _t("Target"), text: value(cell.target) }]),
            { name: _t("Attainment"), text: percent(isMeasured && cell.attainment) },
        ];
    }

    get links() {
        const { cell, open, openScorecard } = this.props;
        const line = (method) => () => open(method, cell.line_id);
        return [
            { key: "explanation", name: _t("Explanation"), follow: line("action_open_explanation") },
            ...(cell.result ? [{ key: "records", name: _t("Records"), follow: line("action_open_records") }] : []),
            { key: "history", name: _t("History"), follow: line("action_open_history") },
            { key: "scorecard", name: _t("Scorecard"), follow: openScorecard },
        ];
    }

    follow(link) {
        this.props.close?.();
        return link.follow();
    }
}
