import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { useKpiLatest } from "@kpi_management/kpi_latest/use_kpi_latest";
import { formatKpiValue } from "@kpi_management/kpi_value_field/kpi_value_format";

const TYPING_MS = 500;

/**
 * On an opportunity: what winning it does to the salesperson's KPIs, and pay where the user may see it.
 *
 * Asked after the form is shown, and again when the expected revenue is typed or anything is saved: whom it counts for
 * is read from what is saved. Nothing is shown where nothing can be said.
 */
export class KpiIfWon extends Component {
    static template = "kpi_crm.KpiIfWon";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.latest = useKpiLatest();
        this.state = useState({ resId: false, told: false });
        this.ask = useDebounced(() => this.load(), TYPING_MS);
        onMounted(() => {
            this.isMounted = true;
            this.load();
        });
        onWillUnmount(() => {
            this.isMounted = false;
        });
        useRecordObserver(({ resId, data }) => {
            const asked = JSON.stringify([resId, data.expected_revenue, String(data.write_date), data.won_status]);
            if (this.isMounted && asked !== this.asked) {
                this.ask();
            }
            this.asked = asked;
        });
    }

    load() {
        const { resId, data } = this.props.record;
        return this.latest.load(
            () => this.fetch(resId, data),
            (told) => Object.assign(this.state, { resId, told }),
        );
    }

    async fetch(resId, data) {
        const isOpen = resId && data.won_status === "pending";
        return isOpen && this.orm.silent.call("crm.lead", "kpi_if_won", [resId, data.expected_revenue]);
    }

    /** Of the record in the form; what was told of the one before it is gone with it. */
    get data() {
        return this.state.resId === this.props.record.resId && this.state.told;
    }

    get title() {
        return this.data.is_mine ? _t("If you win this") : _t("If %s wins this", this.data.name);
    }

    /** The figures behind the attainments. */
    hint(line) {
        return `${this.value(line, "now")} → ${this.value(line, "then")}`;
    }

    standing(line) {
        return `${line.name} ${this.percent(line.attainment.now)}`;
    }

    percent(value) {
        return value === false ? "–" : formatKpiValue(Math.round(value * 10) / 10, { unit: "percent" });
    }

    value(line, when) {
        return formatKpiValue(line.actual[when], { unit: line.unit, currencyId: this.data.currency_id });
    }

    money(value) {
        return formatKpiValue(value, { unit: "currency", currencyId: this.data.currency_id });
    }

    /** What it brings; a plan may pay nothing more for it, which is said as well. */
    get payMore() {
        const { now, then } = this.data.pay;
        if (then === now) {
            return _t("unchanged");
        }
        return (then < now ? "−" : "+") + "\u00a0" + this.money(Math.abs(then - now));
    }

    get payHint() {
        const { now, then } = this.data.pay;
        return `${this.money(now)} → ${this.money(then)}`;
    }

    openScorecard() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "kpi.scorecard",
            res_id: this.data.cards[0].scorecard_id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("kpi_if_won", {
    component: KpiIfWon,
    fieldDependencies: [
        { name: "expected_revenue", type: "monetary" },
        { name: "won_status", type: "selection" },
        { name: "write_date", type: "datetime" },
    ],
});
