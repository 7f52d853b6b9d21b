import { Component } from "@odoo/owl";

/** Why there is no scorecard, and what to do about it. */
export class KpiMyEmpty extends Component {
    static template = "kpi_management.KpiMyEmpty";
    static props = {
        // no_employee | no_scorecard
        reason: String,
        mayLink: Boolean,
        mayPrepare: Boolean,
        open: Function,
    };
}
