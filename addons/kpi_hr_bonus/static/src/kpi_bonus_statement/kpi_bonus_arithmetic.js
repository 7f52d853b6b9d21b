import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The arithmetic of a statement; a KPI's name opens how it was measured, its actual the records, a review itself. */
export class KpiBonusArithmetic extends Component {
    static template = "kpi_hr_bonus.KpiBonusArithmetic";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get html() {
        return this.props.record.data[this.props.name] || "";
    }

    async onClick(ev) {
        const link = ev.target.closest("[data-kpi-line], [data-review]");
        if (!link) {
            return;
        }
        ev.preventDefault();
        const { resId, resModel } = this.props.record;
        const { kpiLine, records, review } = link.dataset;
        const action = review
            ? await this.orm.call(resModel, "action_open_review", [[resId]])
            : await this.orm.call(resModel, "action_open_kpi", [[resId], Number(kpiLine), Boolean(records)]);
        await this.action.doAction(action);
    }
}

registry.category("fields").add("kpi_bonus_arithmetic", {
    component: KpiBonusArithmetic,
    supportedTypes: ["html"],
});
