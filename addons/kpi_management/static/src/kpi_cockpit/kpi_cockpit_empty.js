import { Component } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

import { reloadOnClose } from "../kpi_latest/reload_on_close";

/** No scorecard at all, or none below: what to do about it. */
export class KpiCockpitEmpty extends Component {
    static template = "kpi_management.KpiCockpitEmpty";
    static props = {
        canStart: { type: Boolean, optional: true },
        isSubject: { type: Boolean, optional: true },
        // something was done in a dialog that the screen may show
        onDone: { type: Function, optional: true },
    };

    setup() {
        this.action = useService("action");
    }

    open(action) {
        return this.action.doAction(action, { onClose: reloadOnClose(() => this.props.onDone()) });
    }
}
