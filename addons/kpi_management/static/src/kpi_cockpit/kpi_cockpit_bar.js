import { Component } from "@odoo/owl";
import { CheckboxItem } from "@web/core/dropdown/checkbox_item";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { _t } from "@web/core/l10n/translation";

// Beside those that have a name of their own, so many periods to compare with.
const OTHERS = 12;

/** The period looked at, and the one it is compared with. */
export class KpiCockpitBar extends Component {
    static template = "kpi_management.KpiCockpitBar";
    static components = { CheckboxItem, Dropdown };
    static props = {
        data: Object,
        view: Object,
        // the change of the view that is not there yet
        asked: Object,
        // called with the change of the view
        go: Function,
    };

    get period() {
        return this.props.data.period;
    }

    /** Periods by type, the latest first: `[{type, name, periods}]`. */
    get groups() {
        const groups = new Map();
        for (const period of this.props.data.periods) {
            if (!groups.has(period.type)) {
                groups.set(period.type, { type: period.type, name: period.type_name, periods: [] });
            }
            groups.get(period.type).periods.push(period);
        }
        return [...groups.values()];
    }

    /** From which one goes on: the period asked for, though it is not there yet. */
    get from() {
        return this.props.data.periods.find(({ id }) => id === this.props.asked.periodId) || this.period;
    }

    get alike() {
        const { type, company_id } = this.from;
        return this.props.data.periods.filter((each) => each.type === type && each.company_id === company_id);
    }

    get place() {
        return this.alike.findIndex(({ id }) => id === this.from.id);
    }

    get earlier() {
        return this.alike[this.place + 1];
    }

    get later() {
        return this.alike[this.place - 1];
    }

    choose({ id, type }) {
        return this.props.go({ periodId: id, periodType: type });
    }

    /** The running period of a type, whichever that is on the day one looks. */
    chooseRunning({ type }) {
        return this.props.go({ periodId: false, periodType: type });
    }

    isRunning({ type }) {
        return !this.props.view.periodId && this.period.type === type;
    }

    // ---------------------------------------------------------------- comparison

    get compareChoices() {
        return [
            { key: "previous", name: _t("Previous period") },
            { key: "year", name: _t("Same period last year") },
            { key: false, name: _t("No comparison") },
        ];
    }

    get others() {
        return this.alike.filter(({ id }) => id !== this.period.id).slice(0, OTHERS);
    }

    get compareText() {
        const { key, id, name } = this.props.data.compare;
        if (id) {
            return _t("vs. %s", name);
        }
        return key === false ? _t("No comparison") : _t("Nothing to compare with");
    }

    compareWith(compare) {
        return this.props.go({ compare });
    }
}
