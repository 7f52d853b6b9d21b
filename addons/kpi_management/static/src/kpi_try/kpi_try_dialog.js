import { Component, onWillStart, useState } from "@odoo/owl";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { Dialog } from "@web/core/dialog/dialog";
import { deserializeDate, serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { KeepLast } from "@web/core/utils/concurrency";
import { useOwnedDialogs, useService } from "@web/core/utils/hooks";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { SelectCreateDialog } from "@web/views/view_dialogs/select_create_dialog";

import { formatKpiValue } from "../kpi_value_field/kpi_value_format";

/**
 * What a measure or KPI would count with values that are not saved: for a period and a subject, with its parts and the
 * records behind them.
 */
export class KpiTryDialog extends Component {
    static template = "kpi_management.KpiTryDialog";
    static components = { DateTimeInput, Dialog, RecordSelector };
    static props = {
        resModel: String,
        resId: { type: [Number, Boolean], optional: true },
        values: Object,
        name: String,
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.addDialog = useOwnedDialogs();
        this.keepLast = new KeepLast();
        this.request = {};
        this.state = useState({ trial: null, isCustom: false, isLoading: false });
        onWillStart(() => this.load());
    }

    get title() {
        return this.props.name ? _t("Try it: %s", this.props.name) : _t("Try it");
    }

    get trial() {
        return this.state.trial;
    }

    get outcome() {
        return this.trial.outcome;
    }

    get kind() {
        return this.trial.kinds.find(({ kind }) => kind === this.trial.kind);
    }

    /** Index of the period in the list; -1 for two dates. */
    get periodIndex() {
        const { kind, start } = this.trial.window;
        const isShown = (period) => period.kind === kind && period.start === start;
        return this.state.isCustom ? -1 : this.trial.periods.findIndex(isShown);
    }

    call(method, request) {
        const ids = this.props.resId ? [this.props.resId] : [];
        return this.orm.call(this.props.resModel, method, [ids, this.props.values, request]);
    }

    async load(change = {}) {
        Object.assign(this.request, change);
        this.state.isLoading = true;
        try {
            this.state.trial = await this.keepLast.add(this.call("try_values", this.request));
        } finally {
            this.state.isLoading = false;
        }
    }

    // ---------------------------------------------------------------- what is asked

    choosePeriod(index) {
        this.state.isCustom = index === "";
        if (!this.state.isCustom) {
            const { kind, start, end } = this.trial.periods[Number(index)];
            this.load({ window: { kind, start, end } });
        }
    }

    date(name) {
        return deserializeDate(this.trial.window[name]);
    }

    chooseDate(name, date) {
        if (!date) {
            return;
        }
        const window = { ...this.trial.window, kind: "custom", [name]: serializeDate(date) };
        if (window.end < window.start) {
            window[name === "start" ? "end" : "start"] = window[name];
        }
        this.load({ window });
    }

    chooseKind(kind) {
        this.load({ kind, subject_id: false });
    }

    chooseSubject(id) {
        this.load({ subject_id: id });
    }

    choose(parameter, id) {
        const chosen = this.trial.parameters.map((other) => [other.id, other.value]);
        this.load({ choices: { ...Object.fromEntries(chosen), [parameter.id]: id } });
    }

    placeholder({ required }) {
        return required ? _t("Choose one") : _t("All");
    }

    // ---------------------------------------------------------------- what came out

    format(value, unit) {
        return formatKpiValue(value, { unit, currencyId: this.trial.currency_id });
    }

    text(result, unit = this.trial.unit) {
        return result.state === "ok" ? this.format(result.value, unit) : result.message || _t("No data");
    }

    get countText() {
        const { count, rows } = this.outcome;
        if (!count) {
            return _t("Nobody to measure.");
        }
        return count > rows.length ? _t("The first %(shown)s of %(count)s.", { shown: rows.length, count }) : "";
    }

    async openRecords({ code, window }) {
        const { title, model, domain } = await this.call("try_records", { ...this.request, part: { code, window } });
        this.addDialog(SelectCreateDialog, {
            title,
            resModel: model,
            domain,
            // what was counted may be archived
            context: { active_test: false },
            noCreate: true,
            multiSelect: false,
            onSelected: ([resId]) =>
                this.addDialog(FormViewDialog, { resModel: model, resId, title, readonly: true, canExpand: false }),
        });
    }
}
