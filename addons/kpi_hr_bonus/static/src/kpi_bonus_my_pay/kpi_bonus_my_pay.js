import { reloadOnClose } from "@kpi_management/kpi_latest/reload_on_close";
import { formatKpiValue } from "@kpi_management/kpi_value_field/kpi_value_format";
import { Component, markup, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const BADGES = { submitted: "text-bg-warning", approved: "text-bg-success", paid: "text-bg-success" };

/** What one is paid by KPIs: what the running period would bring, the statements so far, and the rules. */
export class KpiBonusMyPay extends Component {
    static template = "kpi_hr_bonus.MyPay";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ pay: null, openPlans: {} });
        onWillStart(() => this.load());
    }

    get display() {
        return { controlPanel: {} };
    }

    get pay() {
        return this.state.pay;
    }

    contestLabel(statement) {
        return _t("Contest %s", statement.period);
    }

    get isEmpty() {
        const { running, waiting, statements, plans } = this.pay;
        return ![running, waiting, statements, plans].some((rows) => rows.length);
    }

    async load() {
        this.state.pay = await this.orm.call("kpi.bonus.statement", "my_pay", []);
    }

    money(value, currencyId) {
        return value === false ? "–" : formatKpiValue(value, { unit: "currency", currencyId });
    }

    percent(value) {
        return value === false ? _t("No data") : formatKpiValue(value, { unit: "percent" });
    }

    runningText(card) {
        if (card.state === "draft" || card.state === "proposed") {
            return _t("The targets are not agreed yet: a bonus is paid on agreed scorecards only.");
        }
        return card.has_ended ? _t("The period has ended: your statement is being prepared.") : "";
    }

    figures(card) {
        const figures = [
            { name: "now", label: _t("As it stands") },
            { name: "pace", label: _t("At today's pace") },
            { name: "target", label: _t("On target") },
        ];
        return card.has_ended ? figures.slice(0, 1) : figures.slice(1);
    }

    badge(statement) {
        return BADGES[statement.state] || "text-bg-secondary";
    }

    html(plan) {
        return markup(plan.html);
    }

    togglePlan(plan) {
        this.state.openPlans[plan.id] = !this.state.openPlans[plan.id];
    }

    // ---------------------------------------------------------------- where one gets to

    openRecord(resModel, resId) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: resModel,
            res_id: resId,
            views: [[false, "form"]],
        });
    }

    openAll() {
        return this.action.doAction("kpi_hr_bonus.action_kpi_bonus_statement_mine");
    }

    openKpis() {
        return this.action.doAction("kpi_management.action_kpi_my_page");
    }

    async call(resModel, method, resId) {
        const action = await this.orm.call(resModel, method, [[resId]]);
        return this.action.doAction(action, { onClose: reloadOnClose(() => this.load()) });
    }
}

registry.category("actions").add("kpi_bonus_my_pay", KpiBonusMyPay);
