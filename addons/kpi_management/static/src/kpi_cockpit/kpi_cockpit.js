/* global luxon */
import { Component, onWillStart, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { router } from "@web/core/browser/router";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { KpiFirstSteps } from "../kpi_first_steps/kpi_first_steps";
import { useKpiLatest } from "../kpi_latest/use_kpi_latest";
import { KpiCockpitBar } from "./kpi_cockpit_bar";
import { KpiCockpitCard } from "./kpi_cockpit_card";
import { KpiCockpitEmpty } from "./kpi_cockpit_empty";
import { KpiCockpitFavorites } from "./kpi_cockpit_favorites";
import { KpiCockpitHead } from "./kpi_cockpit_head";
import { KpiCockpitHeat } from "./kpi_cockpit_heat";
import { KpiCockpitRefresh } from "./kpi_cockpit_refresh";
import { KpiCockpitRows } from "./kpi_cockpit_rows";
import { DEFAULT_VIEW, isInUrl, subjectKey, viewFromUrl, viewToUrl } from "./kpi_cockpit_view";
import { useKpiRefresh } from "./use_kpi_refresh";
import { useKpiWall } from "./use_kpi_wall";

const { DateTime } = luxon;

/** How a company, a department or a person stands in a period, from each figure down to what is behind it. */
export class KpiCockpit extends Component {
    static template = "kpi_management.KpiCockpit";
    static components = {
        KpiCockpitBar,
        KpiCockpitCard,
        KpiCockpitEmpty,
        KpiCockpitFavorites,
        KpiCockpitHead,
        KpiCockpitHeat,
        KpiCockpitRefresh,
        KpiCockpitRows,
        KpiFirstSteps,
        Layout,
    };
    static props = { ...standardActionServiceProps };
    static path = "kpi-cockpit";
    static displayName = _t("Cockpit");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.state = useState({
            data: null,
            view: { ...DEFAULT_VIEW },
            asked: {},
            isPrinting: false,
        });
        this.latest = useKpiLatest();
        this.refresh = useKpiRefresh(() => this.go({}));
        this.wall = useKpiWall(() => this.reload());
        useSetupAction({ rootRef: this.root, getLocalState: () => ({ view: { ...this.view } }) });
        useHotkey("backspace", () => this.goUp(), {
            // in a list to choose from it deletes a letter one typed
            isAvailable: (target) => Boolean(this.above) && target.tagName !== "SELECT",
        });
        useHotkey("escape", () => (this.wall.state.isOn ? this.wall.leave() : this.goUp()), {
            isAvailable: () => this.wall.state.isOn || Boolean(this.above),
        });
        useEffect(
            (isPrinting) => isPrinting && window.print(),
            () => [this.state.isPrinting],
        );
        useExternalListener(window, "afterprint", () => (this.state.isPrinting = false));
        this.useTop();
        onWillStart(() => this.open());
    }

    /** Another subject is read from its name on. */
    useTop() {
        let isFirst = true;
        useEffect(
            () => {
                if (!isFirst) {
                    const scroller = this.env.isSmall ? this.root.el : this.root.el.querySelector(".o_content");
                    scroller.scrollTop = 0;
                    this.root.el.querySelector(".o_kpi_cockpit_name")?.focus({ preventScroll: true });
                }
                isFirst = false;
            },
            () => [subjectKey(this.data.subject)],
        );
    }

    get display() {
        return { controlPanel: {} };
    }

    get data() {
        return this.state.data;
    }

    get view() {
        return this.state.view;
    }

    get hasHeat() {
        return this.data.heat.rows.length > 0 && this.data.heat.columns.length > 0;
    }

    get page() {
        return this.hasHeat ? this.view.page : "overview";
    }

    get showsOverview() {
        return this.page === "overview" || this.state.isPrinting;
    }

    get showsHeat() {
        return this.hasHeat && (this.page === "heat" || this.state.isPrinting);
    }

    get cardsTitle() {
        return this.data.subject.type === "employee" ? _t("KPIs") : _t("KPIs of %s", this.data.subject.name);
    }

    get updatedAt() {
        return this.wall.state.updatedAt.toLocaleString(DateTime.TIME_SIMPLE);
    }

    get updatedText() {
        return _t("Updated %s", this.updatedAt);
    }

    get failedText() {
        return _t("Could not be updated since %s. Trying again every minute.", this.updatedAt);
    }

    /** One step up, undefined on top. */
    get above() {
        return this.data?.path?.at(-2);
    }

    // ---------------------------------------------------------------- what is shown

    /** What one left, what the address says, the favourite that opens by itself, or the widest view. */
    async open() {
        const params = this.props.action.params || {};
        const asked = this.props.state?.view || (isInUrl(params) ? viewFromUrl(params) : false);
        await this.go(asked || {});
        const favorite = !asked && this.data.favorites?.find((each) => each.is_default && each.is_mine);
        const shared = !asked && this.data.favorites?.find((each) => each.is_default);
        if (favorite || shared) {
            await this.go({ ...DEFAULT_VIEW, ...(favorite || shared).options });
        }
    }

    /**
     * Looks at something else; what was shown stays until it is there.
     *
     * @param {Partial<import("./kpi_cockpit_view").CockpitView>} change
     */
    go(change) {
        this.state.asked = { ...this.asked, ...change };
        const view = () => ({ ...this.view, ...this.asked });
        return this.latest.load(
            () => this.fetch(view()),
            (data) => this.show(data, view()),
        );
    }

    /** What was asked for and is not there yet: what is pressed meanwhile adds to it. */
    get asked() {
        return this.latest.state.isLoading ? this.state.asked : {};
    }

    /** Changes how the same is looked at; no need to load it. */
    change(change) {
        Object.assign(this.view, change);
        Object.assign(this.state.asked, change);
    }

    fetch({ periodId, compare, subject, periodType }, orm = this.orm) {
        return orm.call("kpi.cockpit", "load", [periodId, compare, subject, periodType]);
    }

    show(data, view) {
        this.state.data = data;
        if (data.subject) {
            // so that the address says what is seen, also to somebody who sees more
            const { period, subject } = data;
            const periodId = view.periodId === period.id && period.id;
            this.state.view = { ...view, periodId, subject: { type: subject.type, id: subject.id } };
        }
        this.props.updateActionState?.(viewToUrl(this.view));
    }

    /** The same again, unless something else was asked for meanwhile. */
    async reload() {
        const { view } = this;
        const data = await this.fetch(view, this.orm.silent);
        if (view === this.view && !this.latest.state.isLoading) {
            this.state.data = data;
        }
    }

    goUp() {
        return this.above && this.goTo(this.above);
    }

    goTo({ type, id }) {
        return this.go({ subject: { type, id } });
    }

    showPage(page) {
        this.change({ page });
        this.props.updateActionState?.(viewToUrl(this.view));
    }

    /** Kept in the address, but no step to go back to. */
    sort(sort) {
        this.change({ sort });
        router.replaceState({ sort: viewToUrl(this.view).sort });
    }

    // ---------------------------------------------------------------- what is behind a figure

    async openLine(method, lineId) {
        return this.action.doAction(await this.orm.call("kpi.scorecard.line", method, [[lineId]]));
    }

    openScorecard(resId) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "kpi.scorecard",
            res_id: resId,
            views: [[false, "form"]],
        });
    }

    // ---------------------------------------------------------------- buttons

    async startRefresh() {
        const { type, id } = this.data.subject;
        const count = await this.refresh.start(this.data.period.id, { type, id });
        const { failed, isStopping } = this.refresh.state;
        if (!failed) {
            this.notification.add(refreshedText(count, isStopping), { type: isStopping ? "info" : "success" });
        }
    }

    setFavorites(favorites) {
        this.state.data.favorites = favorites;
    }

    print() {
        this.state.isPrinting = true;
    }
}

function refreshedText(count, isStopped) {
    if (isStopped) {
        return _t("Stopped. Scorecards measured: %s.", count);
    }
    return count === 1 ? _t("1 scorecard measured.") : _t("%s scorecards measured.", count);
}

registry.category("actions").add("kpi_management.cockpit", KpiCockpit);
