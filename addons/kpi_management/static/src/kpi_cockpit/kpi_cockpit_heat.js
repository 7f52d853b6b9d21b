import { Component, onWillUpdateProps, useEffect, useRef } from "@odoo/owl";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";

import { kpiStatus } from "../kpi_status/kpi_status";
import { formatWholePercent } from "../kpi_value_field/kpi_value_format";
import { percent } from "./kpi_cockpit_figures";
import { KpiCockpitFigure } from "./kpi_cockpit_figure";
import { nextSort, sortChoices, sortRows } from "./kpi_cockpit_view";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const MIRRORED = { ...ARROWS, ArrowLeft: ARROWS.ArrowRight, ArrowRight: ARROWS.ArrowLeft };

/** People × KPIs: each cell says how it stands by a figure, a shape and a colour. */
export class KpiCockpitHeat extends Component {
    static template = "kpi_management.KpiCockpitHeat";
    static props = {
        // {columns, rows, more}
        heat: Object,
        sort: String,
        onSort: Function,
        goTo: Function,
        openScorecard: Function,
        open: Function,
    };

    setup() {
        this.percent = percent;
        this.root = useRef("root");
        this.popover = usePopover(KpiCockpitFigure);
        this.rows = this.makeRows(this.props);
        onWillUpdateProps((props) => {
            this.rows = this.makeRows(props);
        });
        // One stop of the tab key; the arrow keys go on from there.
        useEffect(() => {
            if (!this.root.el.querySelector(`[data-place][tabindex="0"]`)) {
                this.root.el.querySelector(`[data-place="1,0"]`)?.setAttribute("tabindex", "0");
            }
        });
    }

    /** The rows in the order wanted, each with a cell per column; false where a person does not have the KPI. */
    makeRows({ heat, sort }) {
        return sortRows(heat.rows, sort).map((row) => ({
            ...row,
            line: heat.columns.map((column) => this.makeCell(row, column)),
        }));
    }

    makeCell(row, column) {
        const cell = row.cells[column.definition_id];
        if (!cell) {
            return false;
        }
        const status = kpiStatus(cell);
        const text = cell.result === "ok" ? formatWholePercent(cell.attainment) : "";
        const title = [`${row.name}, ${column.name}`, text, status.name].filter(Boolean).join(" · ");
        return { ...cell, key: status.key, icon: status.icon, text, title };
    }

    get columns() {
        return this.props.heat.columns;
    }

    get moreText() {
        const { more } = this.props.heat;
        return more === 1
            ? _t("1 more is not shown: go down to a department to see everybody.")
            : _t("%s more are not shown: go down to a department to see them.", more);
    }

    // ---------------------------------------------------------------- order

    get sort() {
        return this.props.sort;
    }

    get sorts() {
        return [
            ...sortChoices(),
            ...this.columns.flatMap(({ definition_id, name }) => [
                { key: `kpi-${definition_id}`, name: _t("%s, lowest first", name) },
                { key: `-kpi-${definition_id}`, name: _t("%s, highest first", name) },
            ]),
        ];
    }

    sortBy(key) {
        this.props.onSort(nextSort(this.sort, key));
    }

    ariaSort(key) {
        return { [key]: "ascending", [`-${key}`]: "descending" }[this.sort] || "none";
    }

    sortIcon(key) {
        return { [key]: "fa-caret-up", [`-${key}`]: "fa-caret-down" }[this.sort];
    }

    // ---------------------------------------------------------------- keyboard

    /** Arrow keys go from cell to cell, Home and End to the ends of a row, with Ctrl to those of the table. */
    onKeydown(ev) {
        const place = ev.target.dataset.place;
        if (!place || ev.altKey || ev.metaKey) {
            return;
        }
        const target = this.next(ev, ...place.split(",").map(Number));
        if (target) {
            ev.preventDefault();
            ev.stopPropagation();
            target.focus();
        }
    }

    next({ key, ctrlKey }, row, column) {
        const bottom = this.rows.length;
        const right = this.columns.length + 1;
        if (key === "Home" || key === "End") {
            return this.at(ctrlKey ? (key === "Home" ? 0 : bottom) : row, key === "Home" ? 0 : right);
        }
        const [down, along] = (localization.direction === "rtl" ? MIRRORED : ARROWS)[key] || [];
        return down === undefined ? null : this.at(row + down, column + along);
    }

    at(row, column) {
        return this.root.el.querySelector(`[data-place="${row},${column}"]`);
    }

    onFocusin(ev) {
        if (ev.target.dataset.place) {
            this.root.el.querySelectorAll(`[data-place][tabindex="0"]`).forEach((el) => (el.tabIndex = -1));
            ev.target.tabIndex = 0;
        }
    }

    // ---------------------------------------------------------------- what is behind a cell

    show(ev, row, index) {
        const { columns } = this;
        this.popover.open(ev.currentTarget, {
            person: row.name,
            column: columns[index],
            cell: row.line[index],
            open: this.props.open,
            openScorecard: () => this.props.openScorecard(row.scorecard_id),
        });
    }
}
