from typing import Any, NamedTuple

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import float_compare

from ..engine import round_half_up, to_decimal
from ..models.kpi_target_mixin import SCORING_FIELDS
from .kpi_target_split_parts import Spot, by_window

# Terms in the unit of the KPI: a part has them in the proportion that it has of the target.
SCALED = ("baseline", "threshold", "stretch")


class Outcome(NamedTuple):
    """What became of the parts.

    :param created: lines that were made
    :param updated: draft lines that were changed
    :param kept: agreed lines, left as they are
    :param removed: lines taken away, {id: values to make them again}
    :param before: what changed lines had before, {id: values}
    :param empty: number of parts that get nothing and so have no line
    """

    created: Any
    updated: Any
    kept: Any
    removed: dict
    before: dict
    empty: int

    def __add__(self, other):
        """Both steps of a split together."""
        before = {key: {**vals, **self.before.get(key, {})} for key, vals in (other.before | self.before).items()}
        steps = (self.created | other.created, self.updated | other.updated, self.kept | other.kept)
        return Outcome(*steps, self.removed | other.removed, before, self.empty + other.empty)


class KpiTargetSplit(models.TransientModel):
    """Makes the parts: with the user's own rights, and with as many statements for a thousand as for ten."""

    _inherit = "kpi.target.split"

    def _check_sums(self):
        """:raises UserError: when the parts do not add up to the whole, unless the rest is left open"""
        if not self.part_ids:
            raise UserError(self.env._("There are no parts yet: choose months, departments or people."))
        for entry in self._sums():
            if not entry.remaining or (self.leave_open and entry.remaining * entry.whole > 0):
                continue
            values = {
                "given": self._text(entry.elsewhere + entry.given),
                "whole": self._text(entry.whole),
                "gap": self._text(abs(entry.remaining)),
            }
            if entry.remaining * entry.whole > 0:
                raise UserError(
                    self.env._(
                        "The parts add up to %(given)s of %(whole)s: %(gap)s are left. Give them to somebody, "
                        "or choose to leave the rest open.",
                        **values,
                    )
                )
            raise UserError(
                self.env._("The parts add up to %(given)s, which is %(gap)s more than %(whole)s. Lower some.", **values)
            )

    def _text(self, amount):
        return self.env["kpi.scorecard.explanation"]._format(self.line_id, format(amount, "f"))

    def _apply(self):
        """:return: Outcome"""
        given = {self._place(part): to_decimal(part.target) for part in self.part_ids}
        amounts = {place.node: amount for place, amount in given.items()}
        if len(self._axes()) == 1:
            return self._make_parts(dict.fromkeys(amounts, self.line_id), amounts)
        groups = by_window(given)
        middles = self._middles(groups)
        between = {
            (window, *self._own_key()): self._middle_amount(middles[window].line, {node: given[node] for node in group})
            for window, group in groups.items()
        }
        first = self._make_parts(dict.fromkeys(between, self.line_id), between)
        lines = {node[0]: spot.line for node, spot in self._spots(set(between)).items()}
        second = self._make_parts({node: lines[node[0]] for node in amounts}, amounts)
        return first + second

    def _middle_amount(self, line, given):
        """The target between both steps: what its parts add up to, so that it always does."""
        if not self.adds_up:
            return to_decimal(self.whole)
        return sum(given.values(), self._elsewhere(line, given))

    def _make_parts(self, parents, amounts):
        """Make or change the lines at some nodes.

        :param dict parents: {node: the line it is a part of}
        :param dict amounts: {node: target}
        :return: Outcome
        """
        spots = self._spots(set(amounts))
        # A part of nothing needs no line; only of a whole of nothing the parts are nothing, too.
        empty = {node for node, amount in amounts.items() if not amount and self.whole and self.adds_up}
        drafts = {node: spot.line for node, spot in spots.items() if spot.line and not spot.locked}
        locked = {node: spot.line for node, spot in spots.items() if spot.line and spot.locked}
        before = self._count_in(locked, parents)
        removed = self._remove_parts(
            self._union(line for node, line in drafts.items() if node in empty and line.parent_line_id == parents[node])
        )
        kept_drafts = {node: line for node, line in drafts.items() if node not in empty}
        changed = self._update_parts(kept_drafts, parents, amounts)
        new = [node for node, spot in spots.items() if not (spot.line or spot.locked or node in empty)]
        return Outcome(
            self._create_parts(new, spots, parents, amounts),
            self.line_id.browse(changed),
            self._union(locked.values()),
            removed,
            before | changed,
            len(empty - locked.keys()),
        )

    def _union(self, lines):
        return self.line_id.browse().union(*lines)

    def _remove_parts(self, lines):
        """:return: {id: values to make the line again}"""
        values = {line.id: {**vals, **_links(line)} for line, vals in zip(lines, lines.copy_data(), strict=True)}
        lines.unlink()
        return values

    def _count_in(self, locked, parents):
        """Agreed lines keep their targets; those that are no part of anything yet count in from now on.

        :return: {id: what it was a part of}
        """
        free = {
            node: line
            for node, line in locked.items()
            if not line.parent_line_id and "closed" not in (line.state, line.period_id.state)
        }
        allowed = self._union(free.values())._filtered_access("write")
        return self._link({node: line for node, line in free.items() if line in allowed}, parents)

    def _link(self, lines, parents):
        """Make lines parts of their wholes.

        :return: {id: what it was a part of} of those that were not yet
        """
        loose = {node: line for node, line in lines.items() if line.parent_line_id != parents[node]}
        before = {line.id: {"parent_line_id": line.parent_line_id.id} for line in loose.values()}
        for parent in {parents[node] for node in loose}:
            self._union(line for node, line in loose.items() if parents[node] == parent).parent_line_id = parent
        return before

    def _update_parts(self, lines, parents, amounts):
        """:return: {id: what it had before} of the lines that change"""
        changes = {}
        for node, line in lines.items():
            terms = self._prepare_terms(amounts[node])
            if vals := {name: value for name, value in terms.items() if _differs(line, name, value)}:
                changes[line] = vals
        before = {line.id: {name: line[name] for name in vals} for line, vals in changes.items()}
        self._union(changes)._write_terms_each(changes)
        linked = self._link(lines, parents)
        return {key: before.get(key, {}) | linked.get(key, {}) for key in before | linked}

    def _create_parts(self, nodes, spots, parents, amounts):
        """New lines; scorecards where there are none, periods where there are none."""
        periods = self._ensure_periods({node[0] for node in nodes})
        onto_cards, new_cards = [], []
        for node in nodes:
            vals = self._prepare_line(parents[node], amounts[node])
            if card := spots[node].card:
                onto_cards.append({**vals, "scorecard_id": card.id})
            else:
                window, kind, subject_id = node
                new_cards.append(
                    {**self._prepare_card(periods[window], kind, subject_id), "line_ids": [Command.create(vals)]}
                )
        lines = self.env["kpi.scorecard.line"].create(onto_cards)
        cards = self.env["kpi.scorecard"].with_context(mail_create_nosubscribe=True).create(new_cards)
        return lines | cards.line_ids

    def _prepare_card(self, period, kind, subject_id):
        return {
            "period_id": period.id,
            "subject_type": kind,
            "company_id": self.company_id.id,
            self.env["kpi.scorecard"]._subject_fields()[kind]: subject_id,
        }

    def _prepare_line(self, parent, amount):
        choices = self.line_id.parameter_value_ids
        return {
            "definition_id": self.definition_id.id,
            "weight": self.weight,
            "parent_line_id": parent.id,
            "parameter_value_ids": [
                Command.create(
                    {
                        "parameter_id": choice.parameter_id.id,
                        "value_ref": f"{choice.value_ref._name},{choice.value_ref.id}",
                    }
                )
                for choice in choices
            ],
            **self._prepare_terms(amount),
        }

    def _prepare_terms(self, amount):
        """A part is scored as the whole is: what is in the KPI's unit is taken in the part's proportion."""
        terms = {name: self.line_id[name] for name in SCORING_FIELDS}
        if self.adds_up and self.whole:
            proportion = amount / to_decimal(self.whole)
            terms |= {name: float(round_half_up(to_decimal(terms[name]) * proportion, 4)) for name in SCALED}
        return {**terms, "target": float(amount)}

    # ---------------------------------------------------------------- what there is already

    def _spots(self, nodes):
        """{node: Spot}, all nodes of one kind of subject."""
        Card = self.env["kpi.scorecard"].sudo()  # sudo: what is there is there, whoever sees it
        kinds = {kind for _window, kind, _id in nodes}
        windows = {window for window, _kind, _id in nodes}
        names = Card._subject_fields()
        cards = Card.union(
            *(
                Card.search(
                    [
                        ("company_id", "=", self.line_id.company_id.id),
                        ("date_start", "in", [window.start for window in windows]),
                        ("period_type", "in", list({window.kind for window in windows})),
                        ("subject_type", "=", kind),
                        (names[kind], "in", [subject_id for _window, other, subject_id in nodes if other == kind]),
                    ]
                )
                for kind in kinds
            )
        )
        by_node = {(card.period_id._window(), card.subject_type, card._subject().id): card for card in cards}
        closed = self._closed_windows(windows)
        none = Spot(Card.browse(), self.line_id.browse(), False)
        spots = {node: none._replace(locked=node[0] in closed) for node in nodes}
        for node in nodes & by_node.keys():
            spots[node] = self._spot(by_node[node], node[0] in closed)
        return spots

    def _spot(self, card, closed):
        whole = self.line_id.sudo()
        found = card.line_ids.filtered(
            lambda line: line.definition_id == whole.definition_id and line._choices() == whole._choices()
        )
        # Whoever goes on with them does so with his own rights.
        line = found[:1].with_env(self.env)
        return Spot(card.with_env(self.env), line, closed or card.state != "draft")

    def _periods(self, windows):
        periods = self.env["kpi.period"].search(
            [
                ("company_id", "=", self.line_id.company_id.id),
                ("date_start", "in", [window.start for window in windows]),
            ]
        )
        return {period._window(): period for period in periods}

    def _closed_windows(self, windows):
        return {window for window, period in self._periods(windows).items() if period.state == "closed"}

    def _ensure_periods(self, windows):
        """{window: period}; those that are missing are made."""
        periods = self._periods(windows)
        for window in sorted(windows - periods.keys(), key=lambda window: window.start):
            periods[window] = self.env["kpi.period"]._ensure(self.company_id, window.kind, window.start)
        return periods


def _links(line):
    return {"scorecard_id": line.scorecard_id.id, "parent_line_id": line.parent_line_id.id}


def _differs(line, name, value):
    digits = line._fields[name].get_digits(line.env)
    return float_compare(line[name], value, precision_digits=digits[1]) != 0
