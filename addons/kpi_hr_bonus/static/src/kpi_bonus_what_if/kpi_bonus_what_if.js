import { formatKpiValue } from "@kpi_management/kpi_value_field/kpi_value_format";
import { Component, markup, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { parseFloat } from "@web/views/fields/parsers";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const DELAY = 250;

/** If I reach this, what is my bonus? The server's own arithmetic for figures that are typed or drawn; nothing is kept. */
export class KpiBonusWhatIf extends Component {
    static template = "kpi_hr_bonus.WhatIf";
    static components = { RecordSelector };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        const { scorecard_id, plan_id, choice } = this.props.action.params;
        this.planId = plan_id || false;
        this.state = useState({
            scorecardId: scorecard_id,
            choice: choice || null,
            base: "now",
            wishes: {},
            typed: {},
            answer: null,
            message: "",
            openPlans: {},
        });
        this.loadSoon = useDebounced(() => this.load(), DELAY);
        onWillStart(() => this.load());
    }

    get answer() {
        return this.state.answer;
    }

    async load() {
        const { scorecardId, wishes, base } = this.state;
        const call = this.orm.silent.call("kpi.scorecard", "what_if", [[scorecardId], wishes, base, this.planId]);
        this.state.answer = await this.keepLast.add(call);
    }

    // ---------------------------------------------------------------- what is asked

    get shortcuts() {
        const names = [
            ["now", _t("As it stands")],
            ["pace", _t("At today's pace")],
            ["target", _t("On target")],
            ["best", _t("The most")],
        ];
        const shown = this.answer.elapsed ? names.filter(([name]) => name !== "pace") : names;
        return shown.map(([name, label]) => ({ name, label, result: this.shortcutText(name) }));
    }

    get isUntouched() {
        return !Object.keys(this.state.wishes).length;
    }

    shortcutText(name) {
        const totals = this.totals((plan) => plan.amounts[name]);
        return totals.length ? this.moneyText(totals) : this.percent(this.answer.scores[name]);
    }

    choose(base) {
        Object.assign(this.state, { base, wishes: {}, typed: {}, message: "" });
        return this.load();
    }

    /** A value typed in a line's own unit. */
    type(line, text) {
        this.state.typed[line.id] = text;
        let actual;
        try {
            actual = text.trim() ? parseFloat(text) : false;
        } catch {
            this.loadSoon.cancel();
            this.state.message = _t("Type a number for %s.", line.name);
            return;
        }
        this.state.message = "";
        this.state.wishes[line.id] = { actual };
        this.loadSoon();
    }

    slide(line, value) {
        delete this.state.typed[line.id];
        this.state.message = "";
        this.state.wishes[line.id] = { attainment: Number(value) };
        this.loadSoon();
    }

    get periods() {
        return this.state.choice.periods;
    }

    get person() {
        return this.state.choice.people.find((person) => person.scorecard_id === this.state.scorecardId);
    }

    get personDomain() {
        return [["id", "in", this.state.choice.people.map(({ id }) => id)]];
    }

    async choosePeriod(periodId) {
        const choice = await this.orm.call("kpi.bonus.plan", "what_if_people", [[this.planId], Number(periodId)]);
        if (!choice.people.length) {
            this.state.message = _t("Nobody covered by this plan has a scorecard of that period.");
            return;
        }
        const same = choice.people.find(({ id }) => id === this.person?.id) || choice.people[0];
        this.state.choice = choice;
        return this.choosePerson(same.id);
    }

    choosePerson(id) {
        const person = this.state.choice.people.find((other) => other.id === id);
        if (person) {
            this.state.scorecardId = person.scorecard_id;
            return this.choose("now");
        }
    }

    // ---------------------------------------------------------------- what is shown

    /** Sums of the plans' amounts by currency; amounts that are not there are left out. */
    totals(amount) {
        const sums = new Map();
        for (const plan of this.answer.plans) {
            const value = amount(plan);
            if (value !== false && value !== undefined) {
                sums.set(plan.currency_id, (sums.get(plan.currency_id) || 0) + value);
            }
        }
        return [...sums];
    }

    money(value, currencyId) {
        return formatKpiValue(value, { unit: "currency", currencyId });
    }

    moneyText(totals) {
        return totals.map(([currencyId, value]) => this.money(value, currencyId)).join(" + ");
    }

    percent(value) {
        return value === false ? _t("No data") : formatKpiValue(value, { unit: "percent" });
    }

    format(line, value) {
        return formatKpiValue(value, { unit: line.unit, currencyId: line.currency_id });
    }

    get total() {
        return this.moneyText(this.totals((plan) => plan.amount));
    }

    get sentence() {
        const { person, period } = this.answer;
        return this.planId ? _t("%(person)s, %(period)s", { person, period }) : this.answer.name;
    }

    targetText(line) {
        const [low, high] = line.band;
        const isBand = line.direction === "band";
        const text = isBand ? `${this.format(line, low)} – ${this.format(line, high)}` : this.format(line, line.target);
        return _t("Target %(target)s · weight %(weight)s", {
            target: text,
            weight: formatKpiValue(line.weight, { unit: "percent" }),
        });
    }

    typedText(line) {
        return this.state.typed[line.id] ?? formatKpiValue(line.actual);
    }

    pointText(line) {
        const totals = this.totals((plan) => plan.points[line.id]).filter(([, value]) => value);
        return totals.length ? _t("One point more: + %s", this.moneyText(totals)) : "";
    }

    toggle(plan) {
        this.state.openPlans[plan.id] = !this.state.openPlans[plan.id];
    }

    steps(plan) {
        return markup(plan.html);
    }

    /** The figures of a trial have no records to open. */
    ignoreLink(ev) {
        if (ev.target.closest("a[data-kpi-line]")) {
            ev.preventDefault();
        }
    }
}

registry.category("actions").add("kpi_bonus_what_if", KpiBonusWhatIf);
