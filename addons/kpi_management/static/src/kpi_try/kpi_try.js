import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useOwnedDialogs } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { KpiTryDialog } from "./kpi_try_dialog";

/** The button *Try it* of a form: shows what its values of the moment would count, without saving them. */
export class KpiTry extends Component {
    static template = "kpi_management.KpiTry";
    static props = { ...standardWidgetProps };

    setup() {
        this.addDialog = useOwnedDialogs();
    }

    async open() {
        const { record } = this.props;
        this.addDialog(KpiTryDialog, {
            resModel: record.resModel,
            resId: record.resId,
            values: await record.getChanges(),
            name: record.data.name || "",
        });
    }
}

registry.category("view_widgets").add("kpi_try", { component: KpiTry });
