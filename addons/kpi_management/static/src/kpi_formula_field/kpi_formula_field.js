import { Component, onWillStart, useEffect, useState } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useChildRef, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useInputField } from "@web/views/fields/input_field_hook";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { complete, formulaWords } from "./kpi_formula_completion";

const CHECK_DELAY = 400;

/** Completes the piece at the caret, where Odoo's own completes the whole text. */
class KpiFormulaInput extends AutoComplete {
    async onInputKeydown(ev) {
        if (getActiveHotkey(ev) === "tab" && this.isOpened && this.activeOption) {
            ev.preventDefault();
            ev.stopPropagation();
            return this.selectOption(this.activeOption);
        }
        return super.onInputKeydown(ev);
    }

    onInputFocus() {
        // Nothing is selected: one goes on writing where one was.
    }

    selectOption(option) {
        this.close();
        option.onSelect();
    }

    cancel() {
        this.close();
    }
}

/** A formula: offers measures, KPIs and functions while one types, and shows where it is wrong. */
export class KpiFormulaField extends Component {
    static template = "kpi_management.KpiFormulaField";
    static components = { KpiFormulaInput };
    static props = {
        ...standardFieldProps,
        placeholder: { type: String, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.inputRef = useChildRef();
        this.keepLast = new KeepLast();
        this.terms = [];
        this.sources = [{ options: () => this.options, optionSlot: "term" }];
        this.state = useState({ mistake: false, text: "" });
        this.checkSoon = useDebounced(() => this.check(), CHECK_DELAY);
        useInputField({
            getValue: () => this.value,
            parse: (value) => value.trim(),
            ref: this.inputRef,
        });
        onWillStart(() => !this.props.readonly && this.loadTerms());
        useEffect(
            (readonly) => {
                if (!readonly) {
                    this.checkSoon();
                }
            },
            () => [this.props.readonly, this.value, this.props.record.data.code, this.props.record.resId],
        );
    }

    get value() {
        return this.props.record.data[this.props.name] || "";
    }

    get input() {
        return this.inputRef.el;
    }

    // ---------------------------------------------------------------- completion

    async loadTerms() {
        const fields = ["code", "name"];
        const [measures, kpis] = await Promise.all([
            this.orm.searchRead("kpi.measure", [], fields),
            this.orm.searchRead("kpi.definition", [], fields),
        ]);
        this.terms = [
            ...measures.map((measure) => ({ ...measure, kind: _t("Measure") })),
            ...kpis.map((kpi) => ({ ...kpi, kind: _t("KPI") })),
            ...formulaWords(),
        ];
    }

    get options() {
        const own = this.props.record.data.code;
        const terms = this.terms.filter(({ code }) => code !== own);
        const { options, start, end } = complete(this.input.value, this.input.selectionStart, terms);
        return options.map((term) => ({
            label: term.code,
            data: term,
            onSelect: () => this.insert(term.text || term.code, start, end),
        }));
    }

    insert(text, start, end) {
        const { input } = this;
        const isOpen = text.endsWith("(") && input.value[end] === "(";
        input.setRangeText(text, start, isOpen ? end + 1 : end, "end");
        input.dispatchEvent(new Event("input", { bubbles: true }));
    }

    // ---------------------------------------------------------------- mistakes

    async check() {
        const text = this.input?.value || "";
        const { code, id } = { ...this.props.record.data, id: this.props.record.resId };
        const mistake =
            Boolean(text.trim()) &&
            (await this.keepLast.add(
                this.orm.silent.call("kpi.definition", "check_formula", [text, code || false, id || false]),
            ));
        Object.assign(this.state, { mistake, text });
    }

    /** The formula in three pieces, the mistaken one in the middle; false when the mistake lies elsewhere. */
    get pieces() {
        const { mistake, text } = this.state;
        if (!mistake.length) {
            return false;
        }
        const end = mistake.position + mistake.length;
        // Something is missing at the end of the text: underline the empty place.
        const piece = text.slice(mistake.position, end) || "\u00a0\u00a0";
        return [text.slice(0, mistake.position), piece, text.slice(end)];
    }

    goToMistake() {
        const { position, length } = this.state.mistake;
        this.input.focus();
        this.input.setSelectionRange(position, position + length);
    }
}

export const kpiFormulaField = {
    component: KpiFormulaField,
    displayName: _t("KPI formula"),
    supportedTypes: ["char"],
    fieldDependencies: [{ name: "code", type: "char" }],
    extractProps: ({ placeholder }) => ({ placeholder }),
};

registry.category("fields").add("kpi_formula", kpiFormulaField);
