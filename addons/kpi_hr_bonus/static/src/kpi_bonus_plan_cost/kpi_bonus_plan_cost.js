import { formatKpiValue } from "@kpi_management/kpi_value_field/kpi_value_format";
import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** What a plan would have cost over the scores of a period, in all, by department and person, beside another plan. */
export class KpiBonusPlanCost extends Component {
    static template = "kpi_hr_bonus.PlanCost";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.planId = this.props.action.context.active_id;
        this.state = useState({ cost: null, isLoading: false });
        onWillStart(() => this.load());
    }

    get display() {
        return { controlPanel: {} };
    }

    get cost() {
        return this.state.cost;
    }

    async load(periodId = false, otherId = false) {
        this.state.isLoading = true;
        try {
            const call = this.orm.call("kpi.bonus.plan", "read_cost", [[this.planId], periodId, otherId]);
            this.state.cost = await this.keepLast.add(call);
        } finally {
            this.state.isLoading = false;
        }
    }

    /** None chosen stands for none, not for the one proposed. */
    choose({ periodId = this.cost.period_id, otherId = this.cost.other_id || null }) {
        return this.load(Number(periodId), otherId ? Number(otherId) : null);
    }

    money(value, compact = false) {
        return formatKpiValue(value, { unit: "currency", currencyId: this.cost.currency_id, compact });
    }

    get difference() {
        return this.cost.total - this.cost.other.total;
    }

    signed(value) {
        return value > 0 ? `+ ${this.money(value)}` : this.money(value);
    }

    get differenceText() {
        const { other } = this.cost;
        const percent = other.total ? (100 * this.difference) / other.total : 0;
        const money = this.signed(this.difference);
        if (!other.total) {
            return money;
        }
        return _t("%(money)s (%(percent)s)", { money, percent: formatKpiValue(percent, { unit: "percent" }) });
    }

    get peopleText() {
        const { people, paid } = this.cost;
        return _t("%(paid)s of %(people)s people get something", { paid, people });
    }

    get otherName() {
        return this.cost.others.find(({ id }) => id === this.cost.other_id)?.name || "";
    }

    get mostPeople() {
        return Math.max(1, ...this.cost.bars.flatMap(({ people, other }) => [people, other]));
    }

    barText(bar) {
        if (!bar.end) {
            return _t("nothing");
        }
        return `${this.money(bar.start, true)} – ${this.money(bar.end, true)}`;
    }

    width(count) {
        return `width: ${(100 * count) / this.mostPeople}%`;
    }

    export() {
        const { period_id, other_id } = this.cost;
        return download({
            url: `/kpi_hr_bonus/cost/${this.planId}/${period_id}`,
            data: { other: String(other_id || 0) },
        });
    }

    async whatIf() {
        this.action.doAction(await this.orm.call("kpi.bonus.plan", "action_what_if", [[this.planId]]));
    }
}

registry.category("actions").add("kpi_bonus_plan_cost", KpiBonusPlanCost);
