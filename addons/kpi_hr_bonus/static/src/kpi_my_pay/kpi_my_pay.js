import { useKpiLatest } from "@kpi_management/kpi_latest/use_kpi_latest";
import { kpiMyPageParts } from "@kpi_management/kpi_my_page/kpi_my_page";
import { formatKpiValue } from "@kpi_management/kpi_value_field/kpi_value_format";
import { Component, onWillUpdateProps, onMounted, useState } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** On My KPIs: what the period pays as it stands, or has paid, and what was paid so far. */
export class KpiMyPay extends Component {
    static template = "kpi_hr_bonus.KpiMyPay";
    static props = {
        // the scorecard shown
        card: Object,
        // of `KpiMyPage`
        open: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.latest = useKpiLatest();
        this.state = useState({ pay: false });
        // The page does not wait for it.
        onMounted(() => this.load(this.props.card));
        onWillUpdateProps(({ card }) => {
            if (card.id !== this.props.card.id) {
                this.state.pay = false;
            }
            if (card !== this.props.card) {
                this.load(card);
            }
        });
    }

    load(card) {
        return this.latest.load(
            () => this.orm.silent.call("kpi.my.page", "pay", [card.id]),
            (pay) => (this.state.pay = pay),
        );
    }

    get pay() {
        return this.state.pay;
    }

    money(value, currencyId) {
        return value === false ? "–" : formatKpiValue(value, { unit: "currency", currencyId });
    }

    /** What the plans together would pay, in each currency there is; nothing for plans that pay nothing here. */
    totals(name) {
        const sums = new Map();
        for (const { amounts, currency_id } of this.pay.estimate.plans) {
            if (amounts[name] !== false) {
                sums.set(currency_id, (sums.get(currency_id) || 0) + amounts[name]);
            }
        }
        return [...sums].map(([currencyId, amount]) => this.money(amount, currencyId)).join(" + ") || "–";
    }

    get figures() {
        return this.pay.estimate.has_ended
            ? [{ name: "now", label: _t("As it stands") }]
            : [
                  { name: "now", label: _t("As it stands") },
                  { name: "pace", label: _t("At today's pace") },
              ];
    }

    get isAgreed() {
        return !["draft", "proposed"].includes(this.pay.estimate.state);
    }

    get paidText() {
        const amounts = this.pay.paid.map(({ amount, currency_id }) => this.money(amount, currency_id));
        return amounts.join(" + ") || _t("nothing yet");
    }

    get paidLabel() {
        return _t("Paid in %s", this.pay.year);
    }

    get nextLabel() {
        return this.pay.next.is_late ? _t("Approved, not paid yet") : _t("Next payment");
    }

    get nextText() {
        const { amount, currency_id, date } = this.pay.next;
        const day = formatDate(deserializeDate(date));
        return amount === false ? day : `${this.money(amount, currency_id)} · ${day}`;
    }
}

kpiMyPageParts.add("kpi_my_pay", KpiMyPay);
