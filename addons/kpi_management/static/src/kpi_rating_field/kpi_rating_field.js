import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const CANNOT_SAY = "0";

let nextId = 1;

/**
 * A rating from 1 to 5 as five buttons, with what somebody at the level does below them.
 *
 * The value is a selection of "1" to "5", and "0" for those who cannot say. Option: `levels_field` (default `levels`), a
 * list of {rating, name, behaviour}.
 */
export class KpiRatingField extends Component {
    static template = "kpi_management.KpiRatingField";
    static props = {
        ...standardFieldProps,
        levelsField: { type: String, optional: true },
        // names the group for those who do not see the question above it
        label: { type: String, optional: true },
        onChosen: { type: Function, optional: true },
    };
    static defaultProps = { levelsField: "levels" };

    setup() {
        this.root = useRef("root");
        this.id = `kpi_rating_${nextId++}`;
        this.state = useState({ looked: null });
    }

    get value() {
        return this.props.record.data[this.props.name] || false;
    }

    get levels() {
        return this.props.record.data[this.props.levelsField] || [];
    }

    get steps() {
        return this.levels.filter(({ rating }) => rating !== CANNOT_SAY);
    }

    get cannotSay() {
        return this.levels.find(({ rating }) => rating === CANNOT_SAY);
    }

    get chosen() {
        return this.levels.find(({ rating }) => rating === this.value);
    }

    /** The level that is pointed at, or else the one chosen. */
    get shown() {
        return this.levels.find(({ rating }) => rating === this.state.looked) || this.chosen;
    }

    get described() {
        return this.steps.some(({ behaviour }) => behaviour);
    }

    get label() {
        return this.props.label || this.props.record.fields[this.props.name].string;
    }

    /** One of the buttons is reached by Tab: the chosen one, or else the first. */
    isReached(level) {
        return level === (this.chosen || this.levels[0]);
    }

    text({ rating, name, behaviour }) {
        const title = rating === CANNOT_SAY || rating === name ? name : `${rating} · ${name}`;
        return behaviour ? `${title}. ${behaviour}` : title;
    }

    look(rating) {
        this.state.looked = rating;
    }

    async choose(rating) {
        if (this.props.readonly || rating === this.value) {
            return;
        }
        await this.props.record.update({ [this.props.name]: rating });
        await this.props.onChosen?.();
    }

    onKeydown(ev) {
        if (this.props.readonly || ev.altKey || ev.ctrlKey || ev.metaKey) {
            return;
        }
        const at = this.levels.findIndex(({ rating }) => rating === ev.target.dataset.rating);
        const level = STEPS[ev.key]
            ? this.levels[(at + STEPS[ev.key] + this.levels.length) % this.levels.length]
            : this.levels.find(({ rating }) => rating === ev.key);
        if (level) {
            ev.preventDefault();
            ev.stopPropagation();
            this.root.el.querySelector(`[data-rating="${level.rating}"]`).focus();
            this.choose(level.rating);
        }
    }
}

export const kpiRatingField = {
    component: KpiRatingField,
    displayName: _t("Rating with behaviour"),
    supportedTypes: ["selection"],
    isEmpty: (record, name) => !record.data[name],
    fieldDependencies: ({ options }) => [{ name: options.levels_field || "levels", type: "json" }],
    extractProps: ({ options, string }) => ({ levelsField: options.levels_field, label: string }),
};

registry.category("fields").add("kpi_rating", kpiRatingField);
