import { useState } from "@odoo/owl";
import { KpiLineChart } from "@kpi_management/kpi_line_chart/kpi_line_chart";
import { formatKpiValue } from "@kpi_management/kpi_value_field/kpi_value_format";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { parseFloat } from "@web/views/fields/parsers";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";

const TERMS = ["basis", "amount", "cap_amount", "wage_percent", "cap_wage_percent"];
const COLUMNS = ["score", "payout"];
const DELAY = 150;

/**
 * The points of a payout curve, and beside them its picture and what it makes people do, as they are typed: the
 * server's own arithmetic on points that need not be saved.
 */
export class KpiBonusCurveField extends X2ManyField {
    static template = "kpi_hr_bonus.KpiBonusCurveField";
    static components = { ...X2ManyField.components, KpiLineChart };

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ preview: null });
        // what stands in a cell that has not been left yet
        this.typed = null;
        this.load = useDebounced(() => this.preview(), DELAY);
        useRecordObserver((record) => {
            // reading them here is what makes it called again when one changes
            this.points = this.readPoints(record);
            this.mode = record.data.curve_mode;
            this.terms = Object.fromEntries(TERMS.map((name) => [name, record.data[name]]));
            this.load();
        });
    }

    readPoints(record) {
        return record.data[this.props.name].records.map(({ id, isNew, data }) => ({
            id,
            isNew,
            score: data.score,
            payout: data.payout,
        }));
    }

    /** The points as they stand, with what is being typed; a row that nobody has filled in yet is none. */
    get drawnPoints() {
        const edited = this.list.editedRecord?.id;
        return this.points
            .map((point) => (this.typed?.id === point.id && point.id === edited ? { ...point, ...this.typed } : point))
            .filter(({ isNew, id, score, payout }) => !(isNew && id === edited && !score && !payout))
            .map(({ score, payout }) => [score, payout]);
    }

    /** A rate without points is paid in full: there is no curve to draw. */
    get isDrawn() {
        return this.terms.basis !== "rate" || this.points.length > 0;
    }

    onInput({ target }) {
        const name = target.closest("td[name]")?.getAttribute("name");
        const id = this.list.editedRecord?.id;
        if (!id || !COLUMNS.includes(name)) {
            return;
        }
        try {
            const value = target.value.trim() ? parseFloat(target.value) : 0;
            this.typed = { ...(this.typed?.id === id && this.typed), id, [name]: value };
            this.load();
        } catch {
            // half a number, such as a minus: what was drawn stays until it is one
        }
    }

    onLeave() {
        this.typed = null;
        this.load();
    }

    async preview() {
        if (!this.isDrawn) {
            this.keepLast.add(Promise.resolve());
            this.state.preview = null;
            return;
        }
        const args = [this.drawnPoints, this.mode || "interpolated", this.terms];
        const call = this.orm.silent.call(this.props.record.resModel, "preview_curve", args);
        this.state.preview = await this.keepLast.add(call);
    }

    iconTitle(finding) {
        return finding.warning ? _t("Look at this") : _t("Note");
    }

    get chart() {
        const { outline, cap } = this.state.preview;
        const percent = (value) => formatKpiValue(value, { unit: "percent" });
        const right = outline.at(-1)[0];
        const xs = outline.map(([x]) => x);
        const ys = outline.map(([, y]) => y);
        // between the two ends the corners and the target, those clear of each other
        const beside = (x) => x !== 100 && Math.abs(x - 100) < right / 10;
        const inside = [100, ...xs].filter((x) => x > 0 && x < right && !beside(x));
        const lines = [{ name: _t("Payout"), kind: "solid", points: outline }];
        if (cap !== false) {
            lines.push({
                name: _t("Cap per person"),
                kind: "dashed",
                points: [
                    [0, cap],
                    [right, cap],
                ],
            });
        }
        return {
            label: _t("Payout over the score: %s", outline.map(([x, y]) => `${percent(x)} → ${percent(y)}`).join(", ")),
            lines,
            xTicks: [...new Set([0, right, ...inside, ...(right > 100 ? [100] : [])])].map((x) => [x, percent(x)]),
            yTicks: [...new Set([0, 100, Math.max(...ys)])].map((y) => [y, percent(y)]),
            withLegend: cap !== false,
        };
    }
}

export const kpiBonusCurveField = {
    ...x2ManyField,
    component: KpiBonusCurveField,
    displayName: _t("Payout curve"),
    supportedTypes: ["one2many"],
    fieldDependencies: [
        { name: "curve_mode", type: "selection" },
        { name: "basis", type: "selection" },
        { name: "amount", type: "monetary" },
        { name: "cap_amount", type: "monetary" },
        { name: "wage_percent", type: "float" },
        { name: "cap_wage_percent", type: "float" },
    ],
};

registry.category("fields").add("kpi_bonus_curve", kpiBonusCurveField);
