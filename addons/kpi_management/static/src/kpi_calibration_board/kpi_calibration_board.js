import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSortable } from "@web/core/utils/sortable_owl";
import { useDebounced } from "@web/core/utils/timing";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { KpiCalibrationHistory } from "./kpi_calibration_history";
import { KpiCalibrationMenu } from "./kpi_calibration_menu";
import { KpiCalibrationReason } from "./kpi_calibration_reason";
import { FITS, guidelineText, hintText, percentText, plain, shareText } from "./kpi_calibration_words";

// So many cards of a grade are drawn at a time: with a thousand at once dragging is slow.
const SHOWN = 50;
const UNDO_TIME = 15000;

/** Grades as columns and people as cards, with how many a grade has beside how many are expected. */
export class KpiCalibrationBoard extends Component {
    static template = "kpi_management.KpiCalibrationBoard";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.ui = useService("ui");
        this.keepLast = new KeepLast();
        this.root = useRef("root");
        Object.assign(this, { percent: percentText, guideline: guidelineText, barText: shareText });
        this.menu = usePopover(KpiCalibrationMenu, { position: "bottom-end" });
        const { cycleId, departmentId, search } = this.props.state || {};
        this.state = useState({
            board: null,
            cycleId: cycleId || this.props.action.params?.cycle_id || false,
            departmentId: departmentId || false,
            search: search || "",
            // a card that stands where it was dropped while its reason is asked for
            pending: null,
            // how many cards of a grade are drawn, where it is not the first few
            shown: {},
        });
        this.find = useDebounced((text) => (this.state.search = text), 150);
        useSetupAction({
            getLocalState: () => ({
                cycleId: this.state.cycleId,
                departmentId: this.state.departmentId,
                search: this.state.search,
            }),
        });
        useSortable({
            enable: () => Boolean(this.board?.can_move),
            ref: this.root,
            elements: ".o_kpi_calibration_card",
            groups: ".o_kpi_calibration_column",
            connectGroups: true,
            // By the name as well: a click there opens the review, a drag moves the card.
            ignore: ".o_kpi_calibration_menu",
            cursor: "grabbing",
            delay: 0,
            touchDelay: 300,
            placeholderClasses: ["visible", "opacity-50"],
            onGroupEnter: ({ group }) => group.classList.add("o_kpi_calibration_target"),
            onGroupLeave: ({ group }) => group.classList.remove("o_kpi_calibration_target"),
            onDragEnd: () => this.unmark(),
            onDrop: ({ element, parent }) => this.drop(element, parent),
        });
        onWillStart(() => this.load());
    }

    get display() {
        return { controlPanel: {} };
    }

    get board() {
        return this.state.board;
    }

    // ---------------------------------------------------------------- what is shown

    async load() {
        const { cycleId, departmentId } = this.state;
        this.state.board = await this.keepLast.add(
            this.orm.call("kpi.review.cycle", "calibration_board", [cycleId, departmentId]),
        );
        this.state.cycleId = this.board.cycle && this.board.cycle.id;
    }

    chooseCycle(ev) {
        Object.assign(this.state, { cycleId: Number(ev.target.value), departmentId: false, shown: {} });
        return this.load();
    }

    chooseDepartment(ev) {
        this.state.departmentId = Number(ev.target.value) || false;
        return this.load();
    }

    /** The columns to draw: that of people without a score only when there are some. */
    get columns() {
        return this.board.columns.filter(({ id, count }) => id || count);
    }

    /** Cards by the grade they stand at, of the people searched for. */
    get cards() {
        const { search, pending } = this.state;
        const wanted = plain(search.trim());
        const cards = {};
        for (const card of this.board.cards) {
            if (!wanted || plain(card.employee).includes(wanted)) {
                const column = pending && pending.id === card.id ? pending.column : card.column;
                (cards[column] ||= []).push(card);
            }
        }
        return cards;
    }

    visible(cards, column) {
        return cards.slice(0, this.state.shown[column.id] || SHOWN);
    }

    showMore(column) {
        this.state.shown[column.id] = (this.state.shown[column.id] || SHOWN) + SHOWN;
    }

    leftText(cards, column) {
        return _t("Show more: %s left", cards.length - this.visible(cards, column).length);
    }

    gradeName(id) {
        return this.board.columns.find((column) => column.id === id)?.name || "";
    }

    fit(column) {
        return FITS[column.fits];
    }

    menuLabel(card) {
        return _t("What to do with %s", card.employee);
    }

    get hasGuideline() {
        return this.board.columns.some(({ fits }) => fits);
    }

    get notice() {
        if (this.board.can_move) {
            return _t("Drag a card to another grade, or use its menu; every move keeps its author and reason.");
        }
        return {
            calibration: _t("KPI officers move the cards now; on a review its manager may propose another grade."),
            running: _t("Assessments are still under way: scores may change, and grades are moved in calibration."),
            talks: _t("Calibration is over: the grades are final."),
            closed: _t("This cycle is closed: the grades are final."),
        }[this.board.cycle.state];
    }

    // ---------------------------------------------------------------- moving

    unmark() {
        for (const el of this.root.el.querySelectorAll(".o_kpi_calibration_target")) {
            el.classList.remove("o_kpi_calibration_target");
        }
    }

    drop(element, parent) {
        const card = this.board.cards.find(({ id }) => id === Number(element.dataset.id));
        const gradeId = Number(parent?.dataset.id);
        if (card && gradeId && gradeId !== card.column) {
            this.ask(card, gradeId);
        }
    }

    /** Ask why the card moves; until then it stands in the new column, and goes back when nothing is said. */
    ask(card, gradeId) {
        this.state.pending = { id: card.id, column: gradeId };
        this.dialog.add(
            KpiCalibrationReason,
            {
                name: card.employee,
                from: this.gradeName(card.column),
                to: this.gradeName(gradeId),
                hint: hintText(
                    this.board.columns.find(({ id }) => id === gradeId),
                    this.board.total,
                ),
                proposal: card.proposed === gradeId ? card.reason : "",
                move: (reason) => this.move(card, gradeId, reason),
            },
            { onClose: () => (this.state.pending = null) },
        );
    }

    async move(card, gradeId, reason) {
        const { id, employee: name, column: from } = card;
        if (!(await this.save(id, gradeId, reason, from))) {
            return;
        }
        const notice = {};
        const undo = () => {
            notice.close();
            return this.save(id, from, _t("Undone: %s", reason), gradeId);
        };
        notice.close = this.notification.add(
            _t("%(name)s now stands at %(grade)s.", { name, grade: this.gradeName(gradeId) }),
            {
                type: "success",
                autocloseDelay: UNDO_TIME,
                // without a grade before there is none to go back to
                buttons: from ? [{ name: _t("Undo"), onClick: undo }] : [],
            },
        );
    }

    /**
     * Save a move and show the board as it is then; also when it was refused, as somebody else may have moved the card.
     *
     * @returns {Promise<boolean>} whether it was saved
     */
    async save(reviewId, gradeId, reason, fromId) {
        try {
            await this.orm.call("kpi.review", "action_move_grade", [[reviewId], gradeId, reason, fromId]);
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.notification.add(error.data.message, { type: "danger", sticky: true });
            await this.load();
            return false;
        }
        await this.load();
        return true;
    }

    // ---------------------------------------------------------------- the menu of a card

    openMenu(ev, card) {
        const grades = this.board.can_move ? this.board.columns.filter(({ id }) => id && id !== card.column) : [];
        this.menu.open(ev.currentTarget, {
            grades: grades.map(({ id, name }) => ({ id, name })),
            move: (gradeId) => this.ask(card, gradeId),
            openReview: () => this.openReview(card),
            openHistory: () => this.openHistory(card),
        });
    }

    openReview(card) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "kpi.review",
            res_id: card.id,
            views: [[false, "form"]],
        });
    }

    openHistory(card) {
        this.dialog.add(KpiCalibrationHistory, { reviewId: card.id, name: card.employee });
    }
}

registry.category("actions").add("kpi_calibration_board", KpiCalibrationBoard);
