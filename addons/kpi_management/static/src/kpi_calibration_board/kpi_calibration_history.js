import { Component, onWillStart } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatDateTime } from "@web/views/fields/formatters";

const FIELDS = ["date", "user_id", "kind", "from_grade_id", "to_grade_id", "reason"];

/** Who gave somebody which grade, when and why; the last one first. */
export class KpiCalibrationHistory extends Component {
    static template = "kpi_management.KpiCalibrationHistory";
    static components = { Dialog };
    static props = { reviewId: Number, name: String, close: Function };

    setup() {
        this.orm = useService("orm");
        this.moves = [];
        onWillStart(async () => {
            this.moves = await this.orm.searchRead(
                "kpi.review.move",
                [["review_id", "=", this.props.reviewId]],
                FIELDS,
                { order: "id desc" },
            );
        });
    }

    get title() {
        return _t("Grades of %s", this.props.name);
    }

    kind(move) {
        return move.kind === "proposal" ? _t("Proposal") : _t("Calibration");
    }

    grade(pair) {
        return pair ? pair[1] : _t("No score");
    }

    date(move) {
        return formatDateTime(deserializeDateTime(move.date), { showSeconds: false });
    }
}
