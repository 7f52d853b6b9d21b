import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { deserializeDate, deserializeDateTime, formatDate, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { daysLeftText, percent } from "../kpi_cockpit/kpi_cockpit_figures";
import { KpiGauge } from "../kpi_gauge/kpi_gauge";
import { reloadOnClose } from "../kpi_latest/reload_on_close";
import { useKpiLatest } from "../kpi_latest/use_kpi_latest";
import { KpiTrend } from "../kpi_trend/kpi_trend";
import { KpiMyCard } from "./kpi_my_card";
import { KpiMyEmpty } from "./kpi_my_empty";
import { KpiMyTeam, KpiMyTodo } from "./kpi_my_todo";

/**
 * More to show beside the KPIs, by other modules: components with the props `card` (the scorecard shown) and `open` (see
 * `KpiMyPage.open`).
 */
export const kpiMyPageParts = registry.category("kpi_my_page_parts");

/** The user's own period: how it stands, what to do next, each KPI, and how it went so far. */
export class KpiMyPage extends Component {
    static template = "kpi_management.KpiMyPage";
    static components = { KpiGauge, KpiMyCard, KpiMyEmpty, KpiMyTeam, KpiMyTodo, KpiTrend, Layout };
    static props = { ...standardActionServiceProps };
    static path = "my-kpis";
    static displayName = _t("My KPIs");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.latest = useKpiLatest();
        this.percent = percent;
        this.state = useState({ data: null });
        useSetupAction({ rootRef: this.root, getLocalState: () => ({ periodId: this.period.id || false }) });
        onWillStart(() => this.load(this.props.state?.periodId || Number(this.props.action.params?.period) || false));
    }

    get display() {
        return { controlPanel: {} };
    }

    get data() {
        return this.state.data;
    }

    get card() {
        return this.data.card;
    }

    get period() {
        return this.data?.period || {};
    }

    get parts() {
        return kpiMyPageParts.getEntries().map(([name, Part]) => ({ name, Part }));
    }

    load(periodId = this.period.id || false) {
        return this.latest.load(
            () => this.orm.call("kpi.my.page", "load", [periodId]),
            (data) => (this.state.data = data),
        );
    }

    async choosePeriod(periodId) {
        await this.load(Number(periodId));
        this.props.updateActionState?.({ period: this.period.id });
    }

    // ---------------------------------------------------------------- what is shown

    /** The dates, and how long it still takes. */
    get periodText() {
        const { date_start, date_end, days_left, is_running } = this.period;
        const dates = [date_start, date_end].map((day) => formatDate(deserializeDate(day))).join(" – ");
        return is_running ? `${dates} · ${daysLeftText(days_left)}` : dates;
    }

    get measuredText() {
        const { computed_at } = this.card;
        return computed_at
            ? _t("Measured %s", toLocaleDateTimeString(deserializeDateTime(computed_at)))
            : _t("Not measured yet");
    }

    get pace() {
        return this.period.is_running && this.period.elapsed;
    }

    get isMeasured() {
        return this.data.lines.some(({ result }) => result);
    }

    get hasTrend() {
        return this.card.trend.filter(({ attainment }) => attainment !== false).length > 1;
    }

    // ---------------------------------------------------------------- what is pressed

    /**
     * Goes where a row leads.
     *
     * @param {Object} open as of `kpi.my.page`: `{model, id}`, `{call: [model, method, id]}` or `{action, domain, context}`
     */
    async open({ model, id, call, action, domain, context }) {
        const options = { onClose: reloadOnClose(() => this.load()) };
        if (model) {
            return this.action.doAction(
                { type: "ir.actions.act_window", res_model: model, res_id: id, views: [[false, "form"]] },
                options,
            );
        }
        if (call) {
            const [name, method, recordId] = call;
            return this.action.doAction(await this.orm.call(name, method, [[recordId]]), options);
        }
        const window = await this.action.loadAction(action);
        return this.action.doAction(
            { ...window, ...(domain?.length ? { domain } : {}), context: { ...window.context, ...context } },
            options,
        );
    }

    openLine(method, lineId) {
        return this.open({ call: ["kpi.scorecard.line", method, lineId] });
    }

    openCard(id = this.card.id) {
        return this.open({ model: "kpi.scorecard", id });
    }

    openAll() {
        return this.open({ action: "kpi_management.action_kpi_scorecard_mine" });
    }

    openHistory() {
        return this.open({ call: ["kpi.scorecard", "action_open_score_history", this.card.id] });
    }

    /** Counts today's figures. */
    async measure() {
        await this.orm.call("kpi.scorecard", "action_compute", [[this.card.id]]);
        await this.load();
    }
}

registry.category("actions").add("kpi_management.my_kpis", KpiMyPage);
