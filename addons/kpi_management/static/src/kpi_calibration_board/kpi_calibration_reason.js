import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";
import { useAutofocus } from "@web/core/utils/hooks";

/** Asks why somebody gets another grade. Without a reason nothing moves. */
export class KpiCalibrationReason extends Component {
    static template = "kpi_management.KpiCalibrationReason";
    static components = { Dialog };
    static props = {
        name: String,
        from: String,
        to: String,
        hint: { type: String, optional: true },
        proposal: { type: String, optional: true },
        move: Function,
        close: Function,
    };

    setup() {
        this.state = useState({ reason: this.props.proposal || "", saving: false });
        useAutofocus({ refName: "reason", mobile: true });
    }

    get title() {
        return _t("Another grade for %s", this.props.name);
    }

    get isReady() {
        return Boolean(this.state.reason.trim()) && !this.state.saving;
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            this.confirm();
        }
    }

    async confirm() {
        if (!this.isReady) {
            return;
        }
        this.state.saving = true;
        try {
            await this.props.move(this.state.reason.trim());
        } finally {
            this.props.close();
        }
    }
}
