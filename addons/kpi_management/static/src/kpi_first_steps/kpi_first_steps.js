import { Component, onMounted, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { reloadOnClose } from "../kpi_latest/reload_on_close";

export const FIRST_STEPS_TOUR = "kpi_first_steps_tour";

/**
 * The way to the first computed scorecards, above the cockpit of a company that has none: what is done, what comes next,
 * and a tour that shows each step. Officers only; the server says so.
 */
export class KpiFirstSteps extends Component {
    static template = "kpi_management.KpiFirstSteps";
    static props = {
        /** measures the scorecards that are there */
        onMeasure: Function,
        /** something was done that the screen below may show */
        onDone: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.tour = useService("tour_service");
        this.state = useState({ steps: false });
        // The screen below does not wait for it.
        onMounted(() => this.load());
    }

    async load() {
        this.state.steps = await this.orm.call("kpi.first.steps", "load", []);
    }

    get summary() {
        const { steps } = this.state;
        return _t("%(done)s of %(all)s done", { done: steps.filter((step) => step.done).length, all: steps.length });
    }

    async open(step) {
        if (step.action) {
            const additionalContext = { kpi_first_steps: true };
            await this.action.doAction(step.action, {
                additionalContext,
                onClose: reloadOnClose(() => this.refresh()),
            });
        } else {
            await this.props.onMeasure();
            await this.load();
        }
    }

    async refresh() {
        await this.load();
        await this.props.onDone();
    }

    close() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Close the first steps?"),
            body: _t("No KPI officer of this company sees them again, unless they are switched on in the settings."),
            confirmLabel: _t("Close for good"),
            confirm: async () => {
                await this.orm.call("kpi.first.steps", "close", []);
                this.state.steps = false;
            },
            cancel: () => {},
        });
    }

    showTour() {
        this.tour.startTour(FIRST_STEPS_TOUR, {
            mode: "manual",
            redirect: false,
            rainbowManMessage: _t("Well done: the first scorecards are measured."),
        });
    }
}
