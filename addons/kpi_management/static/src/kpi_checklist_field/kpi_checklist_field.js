import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { reloadOnClose } from "../kpi_latest/reload_on_close";

/**
 * What is open before a period can be closed, each item with a button that opens its records.
 *
 * The value is a list of {period_id, code, text, count, blocking}.
 */
export class KpiChecklistField extends Component {
    static template = "kpi_management.KpiChecklistField";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get items() {
        return this.props.record.data[this.props.name] || [];
    }

    async open(item) {
        const action = await this.orm.call("kpi.period", "action_open_check", [[item.period_id], item.code]);
        await this.action.doAction(action, { onClose: reloadOnClose(() => this.props.record.load()) });
    }
}

registry.category("fields").add("kpi_checklist", {
    component: KpiChecklistField,
    displayName: _t("KPI checklist"),
    supportedTypes: ["json"],
});
