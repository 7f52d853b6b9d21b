import { Component, onWillUnmount } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const EVERY = 2000;

/** Reads a run again every two seconds as long as it is under way, so that its progress bar moves. */
export class KpiBonusRunWatch extends Component {
    static template = "kpi_hr_bonus.KpiBonusRunWatch";
    static props = { ...standardWidgetProps };

    setup() {
        this.timer = browser.setTimeout(() => this.tick(), EVERY);
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    async tick() {
        const { record } = this.props;
        if (record.resId && record.data.state === "queued") {
            await record.load();
        }
        this.timer = browser.setTimeout(() => this.tick(), EVERY);
    }
}

registry.category("view_widgets").add("kpi_bonus_run_watch", { component: KpiBonusRunWatch });
