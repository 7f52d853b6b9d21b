import { Component, useState } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

// More are shown when asked for.
const FIRST_ROWS = 5;

/** What waits for the user, the most urgent first; each row leads to where it is done. */
export class KpiMyTodo extends Component {
    static template = "kpi_management.KpiMyTodo";
    static props = {
        // as of `kpi.my.page`
        rows: { type: Array, element: Object },
        open: Function,
    };

    setup() {
        this.state = useState({ showsAll: false });
    }

    get rows() {
        const { rows } = this.props;
        // one more takes no more room than the button that shows it
        return this.state.showsAll || rows.length <= FIRST_ROWS + 1 ? rows : rows.slice(0, FIRST_ROWS);
    }

    get more() {
        return this.props.rows.length - this.rows.length;
    }

    get moreText() {
        return _t("%s more", this.more);
    }

    dateText({ key, date, is_late }) {
        const day = formatDate(deserializeDate(date));
        if (key === "talks") {
            return day;
        }
        return is_late ? _t("since %s", day) : _t("until %s", day);
    }
}

/** What others wait for, in a number for each kind. */
export class KpiMyTeam extends Component {
    static template = "kpi_management.KpiMyTeam";
    static props = { rows: { type: Array, element: Object }, open: Function };
}
