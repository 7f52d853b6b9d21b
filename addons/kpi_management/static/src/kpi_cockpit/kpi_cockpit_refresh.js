import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** How far measuring again is, with a button to stop it; and what could not be measured, until one has read it. */
export class KpiCockpitRefresh extends Component {
    static template = "kpi_management.KpiCockpitRefresh";
    static props = {
        // of `useKpiRefresh`
        progress: Object,
        stop: Function,
        forget: Function,
    };

    get percent() {
        const { done, total } = this.props.progress;
        return total ? Math.round((100 * done) / total) : 0;
    }

    get text() {
        const { done, total, isStopping } = this.props.progress;
        if (!total) {
            return _t("Getting ready…");
        }
        return isStopping
            ? _t("Stopping after %(done)s of %(total)s scorecards…", { done, total })
            : _t("%(done)s of %(total)s scorecards measured", { done, total });
    }

    get failedText() {
        const { failed } = this.props.progress;
        return failed === 1
            ? _t("1 scorecard could not be measured; the others were.")
            : _t("%s scorecards could not be measured; the others were.", failed);
    }
}
