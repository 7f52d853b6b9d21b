import { Component, useRef, useState } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { AccordionItem } from "@web/core/dropdown/accordion_item";
import { CheckboxItem } from "@web/core/dropdown/checkbox_item";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { DEFAULT_VIEW, sameView } from "./kpi_cockpit_view";

const EMPTY = { name: "", isDefault: false, isShared: false };

/** Views of the cockpit that were saved: opened, added and deleted as Odoo's search favourites are. */
export class KpiCockpitFavorites extends Component {
    static template = "kpi_management.KpiCockpitFavorites";
    static components = { AccordionItem, CheckBox, CheckboxItem, Dropdown, DropdownItem };
    static props = {
        favorites: Array,
        mayShare: { type: Boolean, optional: true },
        view: Object,
        // called with a view
        go: Function,
        // called with the favourites after one was saved or deleted
        onChanged: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.dropdown = useDropdownState();
        this.name = useRef("name");
        this.state = useState({ ...EMPTY });
    }

    get groups() {
        const { favorites } = this.props;
        const groups = [favorites.filter((each) => each.is_mine), favorites.filter((each) => !each.is_mine)];
        return groups.filter((group) => group.length);
    }

    get active() {
        return this.props.favorites.find((each) => this.isActive(each));
    }

    isActive({ options }) {
        return sameView(options, this.props.view);
    }

    mayDelete(favorite) {
        return favorite.is_mine || this.props.mayShare;
    }

    deleteText({ name }) {
        return _t("Delete %s", name);
    }

    open(favorite) {
        return this.props.go({ ...DEFAULT_VIEW, ...favorite.options });
    }

    async save() {
        const { name, isDefault, isShared } = this.state;
        if (!name) {
            this.notification.add(_t("Give the view a name."), { type: "danger" });
            this.name.el.focus();
            return;
        }
        const options = { ...this.props.view };
        const args = [name, options, isDefault, isShared];
        this.props.onChanged(await this.orm.call("kpi.cockpit", "save_favorite", args));
        Object.assign(this.state, EMPTY);
        this.dropdown.close();
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.save();
        }
    }

    /** A view of one's own is gone at once for oneself, a shared one for everybody: that is said before. */
    remove(favorite) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Delete this view?"),
            body: favorite.is_mine
                ? _t("“%s” is no longer offered to you.", favorite.name)
                : _t("“%s” is shared: it is no longer offered to anybody.", favorite.name),
            confirmLabel: _t("Delete"),
            confirm: async () =>
                this.props.onChanged(await this.orm.call("kpi.cockpit", "delete_favorite", [favorite.id])),
            cancel: () => {},
        });
    }
}
