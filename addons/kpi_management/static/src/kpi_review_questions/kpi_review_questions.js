import { Component, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { TextField } from "@web/views/fields/text/text_field";

import { KpiRatingField } from "../kpi_rating_field/kpi_rating_field";

/**
 * The questions of an assessment, one card each: what is asked, the rating, and words beside it.
 *
 * Every answer is saved as soon as it is given, so that nothing is lost on the way.
 */
export class KpiReviewQuestions extends Component {
    static template = "kpi_management.KpiReviewQuestions";
    static components = { KpiRatingField, TextField };
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
    }

    get questions() {
        return this.props.record.data[this.props.name].records;
    }

    get rated() {
        return this.questions.filter((question) => question.data.kind === "competency");
    }

    get missing() {
        return this.rated.filter((question) => !question.data.rating);
    }

    get progress() {
        return _t("%(done)s of %(all)s rated", {
            done: this.rated.length - this.missing.length,
            all: this.rated.length,
        });
    }

    title(question) {
        return question.data.template_line_id.display_name;
    }

    placeholder(question) {
        return question.data.kind === "text" ? _t("In your own words") : _t("Examples help most");
    }

    async save() {
        await this.props.record.save({ reload: false });
    }

    goTo(question) {
        const card = this.root.el.querySelector(`[data-id="${question.id}"]`);
        card.scrollIntoView({ block: "center", behavior: "smooth" });
        card.querySelector("[role=radio]").focus({ preventScroll: true });
    }
}

/** What a selection may be; the names are in the levels of each question. */
const choices = (...values) => values.map((value) => [value, value]);

export const kpiReviewQuestions = {
    component: KpiReviewQuestions,
    displayName: _t("Questions of an assessment"),
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "template_line_id", type: "many2one" },
        { name: "kind", type: "selection", selection: choices("competency", "text") },
        { name: "description", type: "text" },
        { name: "levels", type: "json" },
        { name: "rating", type: "selection", selection: choices("0", "1", "2", "3", "4", "5"), readonly: false },
        { name: "text", type: "text", readonly: false },
    ],
};

registry.category("fields").add("kpi_review_questions", kpiReviewQuestions);
