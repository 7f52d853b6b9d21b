import { Component, onMounted, onWillDestroy, onWillUpdateProps, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { KpiBullet } from "@kpi_management/kpi_bullet/kpi_bullet";
import { daysLeftText } from "@kpi_management/kpi_cockpit/kpi_cockpit_figures";
import { useKpiLatest } from "@kpi_management/kpi_latest/use_kpi_latest";
import { KpiStatus } from "@kpi_management/kpi_status/kpi_status";
import { formatKpiValue, formatWholePercent } from "@kpi_management/kpi_value_field/kpi_value_format";

const MODEL = "kpi.pipeline.strip";
// What is called by these names leaves deals as they are.
const READS = /^(web_)?(read|search|name_search|default_get|onchange|get_|fields_get|load|formatted_|kpi_)/;
// A drop on the won stage makes several calls: they are one change.
const SETTLE_MS = 600;
const SPREAD_MS = 1500;
// Filters whose figures are kept.
const KEPT = 20;

/**
 * What the strips of this tab showed last: it is there at once when one comes back to the pipeline, and what was
 * measured already is not measured again.
 */
export const kpiPipelineStripService = {
    start: () => ({ shown: new Map(), measured: new Map() }),
};
registry.category("services").add("kpi_pipeline_strip", kpiPipelineStripService);

/**
 * The strip above the CRM pipeline: own KPIs of the running period, or a row per person of the team, and what the
 * pipeline says about them. It follows the pipeline's filter on salespeople and teams, deals that change here, and
 * deals and orders that the server tells of.
 *
 * It loads after the pipeline is shown, by one request; with nothing to show it is not there.
 */
export class KpiPipelineStrip extends Component {
    static template = "kpi_crm.KpiPipelineStrip";
    static components = { KpiBullet, KpiStatus };
    static props = { domain: { type: Array } };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.memory = useService("kpi_pipeline_strip");
        this.periodType = user.settings.kpi_strip_period || false;
        this.state = useState({
            data: this.memory.shown.get(this.key(this.props.domain)) || false,
            folded: user.settings.kpi_strip ? user.settings.kpi_strip === "folded" : this.ui.isSmall,
        });
        this.latest = useKpiLatest();
        onMounted(() => this.load("load"));
        onWillUpdateProps((next) => {
            if (this.key(next.domain) !== this.key(this.props.domain)) {
                this.load("load", next.domain);
            }
        });
        this.followChanges();
    }

    followChanges() {
        const settle = useDebounced(() => this.load("load"), SETTLE_MS);
        const onResponse = ({ detail }) => {
            const { model, method } = detail.data.params || {};
            if (this.state.data && !detail.error && model === "crm.lead" && method && !READS.test(method)) {
                settle();
            }
        };
        // Deals and orders change elsewhere, too: the server tells whom they count for, all at the same moment. They
        // do not all measure at the same moment, though: one would wait for the other.
        const onSales = () => this.later();
        const bus = this.env.services.bus_service;
        rpcBus.addEventListener("RPC:RESPONSE", onResponse);
        bus?.subscribe("kpi_sales_changed", onSales);
        // Destroyed, not unmounted: a strip that never came to be shown listens as well.
        onWillDestroy(() => {
            browser.clearTimeout(this.timer);
            rpcBus.removeEventListener("RPC:RESPONSE", onResponse);
            bus?.unsubscribe("kpi_sales_changed", onSales);
        });
    }

    /**
     * Measure some time soon; once, however often it is asked for.
     *
     * @param {number} [least] in milliseconds
     */
    later(least = 0) {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.load("refresh"), least + Math.random() * SPREAD_MS);
    }

    key(domain) {
        return JSON.stringify([domain, this.periodType, user.activeCompany?.id]);
    }

    /**
     * @param {"load" | "refresh"} method refresh: the scorecards are measured first
     * @param {Array} [domain]
     */
    async load(method, domain = this.props.domain) {
        const key = this.key(domain);
        let data;
        const isLast = await this.latest.load(
            () => this.orm.silent.call(MODEL, method, [domain, this.periodType]),
            (answer) => {
                data = answer; // as it is: the state's own is bound to this component
                this.state.data = answer;
            },
        );
        if (!isLast) {
            return; // the filter has changed meanwhile, or the strip is gone
        }
        this.remember(key, data);
        const { measured } = this.memory;
        if (data.busy) {
            this.later(SPREAD_MS); // somebody else measures just now
        } else if (method === "load" && data.stale && data.stale !== measured.get(key)) {
            measured.set(key, data.stale);
            await this.load("refresh", domain);
        }
    }

    remember(key, data) {
        const { measured, shown } = this.memory;
        shown.delete(key);
        shown.set(key, data);
        if (shown.size > KEPT) {
            const [oldest] = shown.keys();
            shown.delete(oldest);
            measured.delete(oldest);
        }
    }

    // ---------------------------------------------------------------- what is shown

    /** Teams first: their targets are what the people's add up to. */
    get rows() {
        return [...this.state.data.teams, ...this.state.data.people];
    }

    get isTable() {
        return this.rows.length > 1;
    }

    /** Columns of the table: the KPIs that most have. */
    get columns() {
        const columns = new Map();
        for (const row of this.rows) {
            for (const kpi of row.kpis) {
                const column = columns.get(kpi.definition_id) || { ...kpi, count: 0 };
                columns.set(kpi.definition_id, { ...column, count: column.count + 1 });
            }
        }
        return [...columns.values()].sort((a, b) => b.count - a.count).slice(0, 4);
    }

    kpiOf(row, column) {
        return row.kpis.find((kpi) => kpi.definition_id === column.definition_id);
    }

    /** What everybody has of a KPI, in the form of one; only what is in money adds up. */
    totalOf(column) {
        const total = this.state.data.together.kpis[column.definition_id];
        return total && { ...total, unit: "currency", ...(column.target === false ? { target: false } : {}) };
    }

    /** A bold row for what the people add up to, where no single team says it. */
    get together() {
        return this.state.data.teams.length === 1 ? false : this.state.data.together;
    }

    money(value) {
        return formatKpiValue(value, { unit: "currency", currencyId: this.state.data.currency_id, compact: true });
    }

    exactMoney(value) {
        return formatKpiValue(value, { unit: "currency", currencyId: this.state.data.currency_id });
    }

    value(kpi, name, compact = true) {
        return formatKpiValue(kpi[name], { unit: kpi.unit, currencyId: this.state.data.currency_id, compact });
    }

    percent(value) {
        return formatWholePercent(value);
    }

    /** The actual, and the target where there is a single one: a range has none. */
    standing(kpi, compact = true) {
        const names = kpi.target === false ? ["actual"] : ["actual", "target"];
        return names.map((name) => this.value(kpi, name, compact)).join(" / ");
    }

    /** In full. */
    figures(kpi) {
        return `${kpi.name}: ${this.standing(kpi, false)}`;
    }

    get title() {
        const { people, teams, more } = this.state.data;
        if (people.length > 1) {
            return _t("KPIs of %s people", people.length + more);
        }
        return people.length && people[0].is_me ? _t("My KPIs") : (teams[0] || people[0]).name;
    }

    get daysLeft() {
        return daysLeftText(this.state.data.period.days_left);
    }

    get dateEnd() {
        return formatDate(deserializeDate(this.state.data.period.date_end));
    }

    get moreWords() {
        return _t("… and %s more: filter by salesperson or team.", this.state.data.more);
    }

    /** The strip in a line, while it is folded. */
    get summary() {
        const [row] = this.rows;
        const [kpi] = row.kpis;
        const words = this.pipelineWords((this.isTable && this.together) || row.pipeline);
        const isOwn = !this.isTable && kpi && kpi.result === "ok";
        return isOwn ? `${kpi.name} ${this.percent(kpi.attainment)} · ${words}` : words;
    }

    /** What the pipeline says about the gap. */
    pipelineWords({ count, gap, coverage, missing }) {
        if (gap === false) {
            return dealsText(count);
        }
        if (!gap) {
            return _t("Target reached; %s", dealsText(count));
        }
        if (!missing) {
            return _t("Pipeline covers %s of the gap", this.percent(coverage));
        }
        return _t("Pipeline covers %(share)s of the gap, %(money)s missing", {
            share: this.percent(coverage),
            money: this.money(missing),
        });
    }

    /** Whether going on at the same pace says more than the figure itself. */
    hasPace(kpi) {
        return kpi.result === "ok" && kpi.status !== "none" && kpi.forecast !== kpi.actual;
    }

    // ---------------------------------------------------------------- what is pressed

    async toggle() {
        this.state.folded = !this.state.folded;
        await user.setUserSettings("kpi_strip", this.state.folded ? "folded" : "open");
    }

    async choosePeriod(periodType) {
        this.periodType = periodType;
        await Promise.all([this.load("load"), user.setUserSettings("kpi_strip_period", periodType)]);
    }

    openScorecard(row) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "kpi.scorecard",
            res_id: row.scorecard_id,
            views: [[false, "form"]],
        });
    }

    async openLine(kpi) {
        this.action.doAction(await this.orm.call("kpi.scorecard.line", "action_open_explanation", [kpi.line_id]));
    }
}

function dealsText(count) {
    return count === 1 ? _t("1 deal expected to close") : _t("%s deals expected to close", count);
}
