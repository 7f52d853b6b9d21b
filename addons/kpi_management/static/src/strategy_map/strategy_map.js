import { Component, onMounted, onPatched, onWillStart, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useBus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { kpiStatus } from "../kpi_status/kpi_status";
import { formatKpiValue } from "../kpi_value_field/kpi_value_format";
import { arrowPath } from "./arrow_path";

/** Perspectives as bands, their KPIs in them, arrows from what leads to what lags behind. */
export class KpiStrategyMap extends Component {
    static template = "kpi_management.KpiStrategyMap";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.keepLast = new KeepLast();
        this.board = useRef("board");
        this.state = useState({ map: null, arrows: [], size: { width: 0, height: 0 }, focused: null });
        this.draw = this.draw.bind(this);
        useBus(this.ui.bus, "resize", useDebounced(this.draw, 100));
        onWillStart(() => this.load());
        onMounted(this.draw);
        onPatched(this.draw);
    }

    get display() {
        return { controlPanel: {} };
    }

    get bands() {
        return this.state.map.bands;
    }

    get kpis() {
        return this.bands.flatMap((band) => band.kpis);
    }

    get isEmpty() {
        return this.bands.every((band) => !band.kpis.length && !band.objectives.length);
    }

    async load(periodId = false) {
        this.state.map = await this.keepLast.add(this.orm.call("kpi.strategy", "get_map", [periodId]));
    }

    choosePeriod(ev) {
        return this.load(Number(ev.target.value));
    }

    // ---------------------------------------------------------------- what a KPI says

    status(kpi) {
        return kpiStatus({ status: kpi.status });
    }

    statusText(kpi) {
        const word = this.status(kpi).name;
        return kpi.line_count > 1
            ? _t("%(word)s: %(count)s of %(total)s", { word, count: kpi.status_count, total: kpi.line_count })
            : word;
    }

    percent(value) {
        return value === false ? _t("No data") : formatKpiValue(value, { unit: "percent" });
    }

    timing(kpi) {
        return kpi.timing === "leading" ? _t("Leading") : _t("Lagging");
    }

    drivesText(kpi) {
        const names = this.kpis.filter(({ id }) => kpi.drives.includes(id)).map(({ name }) => name);
        return names.length ? _t("Drives: %s", names.join(", ")) : "";
    }

    isDimmed(kpi) {
        const focused = this.kpis.find(({ id }) => id === this.state.focused);
        return Boolean(
            focused && focused.id !== kpi.id && !focused.drives.includes(kpi.id) && !kpi.drives.includes(focused.id),
        );
    }

    focus(kpi) {
        this.state.focused = kpi ? kpi.id : null;
    }

    // ---------------------------------------------------------------- arrows

    /** The arrows between the boxes as they stand on the page; none where the bands are one list. */
    draw() {
        const board = this.board.el;
        if (!board) {
            return;
        }
        const arrows = this.ui.isSmall ? [] : this.arrows(board);
        const size = { width: board.scrollWidth, height: board.scrollHeight };
        // set only when it differs: what is drawn is patched, and this runs after each patch
        if (JSON.stringify([arrows, size]) !== JSON.stringify([this.state.arrows, this.state.size])) {
            Object.assign(this.state, { arrows, size });
        }
    }

    arrows(board) {
        const origin = board.getBoundingClientRect();
        const boxes = {};
        for (const el of board.querySelectorAll(".o_kpi_map_node")) {
            const { left, top, width, height } = el.getBoundingClientRect();
            boxes[el.dataset.id] = { x: left - origin.left, y: top - origin.top, width, height };
        }
        const row = {};
        this.bands.forEach(({ kpis }, index) => kpis.forEach(({ id }) => (row[id] = index)));
        return this.kpis.flatMap((kpi) =>
            kpi.drives.map((lagging) => ({
                key: `${kpi.id}-${lagging}`,
                from: kpi.id,
                to: lagging,
                path: arrowPath(boxes[kpi.id], boxes[lagging], Math.abs(row[kpi.id] - row[lagging]) > 1),
            })),
        );
    }

    isLit({ from, to }) {
        return this.state.focused === from || this.state.focused === to;
    }

    // ---------------------------------------------------------------- where one gets to

    openKpi(kpi) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: kpi.name,
            res_model: "kpi.scorecard.line",
            domain: [
                ["definition_id", "=", kpi.id],
                ["period_id", "=", this.state.map.period_id],
            ],
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    openRecord(resModel, resId) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: resModel,
            res_id: resId,
            views: [[false, "form"]],
        });
    }

    print() {
        window.print();
    }
}

registry.category("actions").add("kpi_strategy_map", KpiStrategyMap);
