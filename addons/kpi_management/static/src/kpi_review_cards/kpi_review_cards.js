import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

const STATUS_CLASSES = { on_track: "text-bg-success", at_risk: "text-bg-warning", behind: "text-bg-danger" };
const COMPACT_FROM = 10_000_000;

/** The scorecards of the period beside a review, read-only: each figure leads to how it was computed. */
export class KpiReviewCards extends Component {
    static template = "kpi_management.KpiReviewCards";
    static props = { ...standardWidgetProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ cards: [] });
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((props) => this.load(props));
    }

    async load({ record }) {
        const { resId, resModel } = record;
        this.state.cards = resId ? await this.orm.call(resModel, "read_cards", [[resId]]) : [];
    }

    /** What the buttons without words open. */
    labels({ name }) {
        return { history: _t("History: %s", name), explanation: _t("How it was computed: %s", name) };
    }

    get cards() {
        return this.state.cards;
    }

    /** Of many scorecards the last one is open: they are in the order of time. */
    isOpen(card) {
        return card === this.cards.at(-1);
    }

    percent(value) {
        return value === false ? "–" : formatKpiValue(value, { unit: "percent" });
    }

    format(line, value) {
        const compact = Math.abs(value) >= COMPACT_FROM;
        return formatKpiValue(value, { unit: line.unit, currencyId: line.currency_id, compact });
    }

    target(line) {
        return line.band
            ? line.band.map((value) => this.format(line, value)).join(" – ")
            : this.format(line, line.target);
    }

    statusClass(line) {
        return STATUS_CLASSES[line.status] || "text-bg-secondary";
    }

    async open(model, method, id) {
        await this.action.doAction(await this.orm.call(model, method, [[id]]));
    }

    openCard(card) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "kpi.scorecard",
            res_id: card.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("kpi_review_cards", { component: KpiReviewCards });
