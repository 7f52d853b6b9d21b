import { _t } from "@web/core/l10n/translation";
import { ModelFieldSelector } from "@web/core/model_field_selector/model_field_selector";
import { ModelFieldSelectorPopover } from "@web/core/model_field_selector/model_field_selector_popover";
import { registry } from "@web/core/registry";
import { CharField } from "@web/views/fields/char/char_field";
import { FieldSelectorField, fieldSelectorField } from "@web/views/fields/field_selector/field_selector_field";

/** Only many2one fields are ways; a click on one that is no end goes on along it. */
class KpiPathPopover extends ModelFieldSelectorPopover {
    static props = { ...ModelFieldSelectorPopover.props, isEnd: Function };

    canFollowRelationFor(fieldDef) {
        return fieldDef.type === "many2one";
    }

    selectField(fieldDef) {
        return this.props.isEnd(fieldDef) ? super.selectField(fieldDef) : this.followRelation(fieldDef);
    }
}

class KpiPathSelector extends ModelFieldSelector {
    static components = { Popover: KpiPathPopover };
    static props = { ...ModelFieldSelector.props, isEnd: Function };

    setup() {
        super.setup();
        const { open } = this.popover;
        this.popover.open = (target, props) => open(target, { ...props, isEnd: this.props.isEnd });
    }
}

/**
 * A way from a record over its many2one fields to a field of a fitting type, picked with Odoo's field selector.
 *
 * What fits is said by the record's `path_rules`; where those do not name the field, anything does. Several ways,
 * separated by commas, are typed.
 */
export class KpiPathField extends FieldSelectorField {
    static template = "kpi_management.KpiPathField";
    static components = { KpiPathSelector, CharField };

    get isList() {
        return (this.props.record.data[this.props.name] || "").includes(",");
    }

    get hasModel() {
        return Boolean(this.props.record.data[this.props.resModel]);
    }

    get charProps() {
        const { id, name, readonly, record } = this.props;
        return { id, name, readonly, record };
    }

    get selectorProps() {
        return {
            ...super.selectorProps,
            allowEmpty: true,
            isEnd: this.isEnd.bind(this),
        };
    }

    isEnd({ type, relation }) {
        const rules = this.props.record.data.path_rules?.[this.props.name];
        if (!rules) {
            return true;
        }
        return rules.types.includes(type) && (!rules.models.length || rules.models.includes(relation));
    }

    filter(fieldDef) {
        const hasColumn = fieldDef.store || fieldDef.related;
        return Boolean(hasColumn) && (fieldDef.type === "many2one" || this.isEnd(fieldDef));
    }
}

export const kpiPathField = {
    ...fieldSelectorField,
    component: KpiPathField,
    displayName: _t("KPI path"),
};

registry.category("fields").add("kpi_path", kpiPathField);
