from collections import defaultdict
from decimal import Decimal
from typing import Any, NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date, remove_accents

from ..engine import EngineError, distribute, fitting_digits, to_decimal, window_of
from ..models.kpi_computation_past import SUBJECT, TIME

ZERO, ONE = Decimal(0), Decimal(1)


class Spot(NamedTuple):
    """What there is already where a part belongs.

    :param card: the ``kpi.scorecard`` of the subject and period, or none
    :param line: its line for this KPI and these choices, or none
    :param locked: whether the scorecard is no draft any more, or its period is closed
    """

    card: Any
    line: Any
    locked: bool


class Place(NamedTuple):
    """A part as it is given something.

    :param node: (window, kind, subject id): where it belongs
    :param share: what it is in proportion to
    :param settled: what it has got already and keeps; None where it is open
    """

    node: tuple
    share: Decimal
    settled: Decimal | None


class Sum(NamedTuple):
    """Parts that have to add up.

    :param whole: what they are parts of
    :param elsewhere: parts of the same whole that are not in the table
    :param given: the parts in the table
    """

    whole: Decimal
    elsewhere: Decimal
    given: Decimal

    @property
    def remaining(self):
        return self.whole - self.elsewhere - self.given


class KpiTargetSplit(models.TransientModel):
    """Which parts there are, in which proportion, and what each of them gets."""

    _inherit = "kpi.target.split"

    def _propose_parts(self):
        """(values of the parts, [what there is to say about their proportions])."""
        if not (self.line_id and self._axes()):
            return [], []
        self._check_may_split()
        windows, (kind, subjects) = self._windows(), self._subjects()
        names = {subject.id: subject.display_name for subject in subjects}
        order = sorted(names, key=lambda subject_id: (remove_accents(names[subject_id] or ""), subject_id))
        basis, notes = self._bases(windows, kind, subjects)
        spots = self._spots({(window, kind, subject_id) for window in windows for subject_id in order})
        parts = []
        for window in windows:
            for place, subject_id in enumerate(order):
                spot = spots[window, kind, subject_id]
                share = float(basis[window, subject_id])
                vals = self._prepare_place(window, kind, subject_id, names[subject_id])
                vals |= {"sequence": place, "basis": share, "basis_used": share, "target": spot.line.target}
                parts.append({**vals, **self._prepare_spot(spot)})
        if "hand" not in (self.time_type and self.time_method, self.subject_kind and self.subject_method):
            for vals, target in zip(parts, self._targets([self._place(vals) for vals in parts]), strict=True):
                vals["target"] = float(target)
        return parts, notes

    def _prepare_place(self, window, kind, subject_id, subject_name):
        labels = [subject_name] if self.subject_kind else []
        if self.time_type:
            period = self.env["kpi.period"].new({"period_type": window.kind, "date_start": window.start})
            labels.insert(0, period._default_name())
        return {
            "name": " · ".join(labels),
            "period_type": window.kind,
            "date_start": window.start,
            "subject_type": kind,
            "subject_id": subject_id,
        }

    def _prepare_spot(self, spot):
        note = False
        if spot.locked:
            # A card in draft is locked by its period.
            state = spot.card.state if spot.card and spot.card.state != "draft" else "closed"
            label = dict(spot.card._fields["state"]._description_selection(self.env))[state]
            note = self.env._("%s: stays", label) if spot.line else self.env._("%s without this KPI", label)
        return {"current": spot.line.target, "locked": spot.locked, "note": note}

    @api.model
    def _place(self, values):
        """:param values: a part, or values of one"""
        node = window_of(values["period_type"], values["date_start"]), values["subject_type"], values["subject_id"]
        return Place(node, to_decimal(values["basis"]), to_decimal(values["current"]) if values["locked"] else None)

    def _split_anew(self):
        try:
            targets = self._targets([self._place(part) for part in self.part_ids])
        except EngineError as error:
            raise UserError(self.env["kpi.computation"]._error_text(error)) from error
        for part, target in zip(self.part_ids, targets, strict=True):
            part.basis_used = part.basis
            part.target = float(target)

    # ---------------------------------------------------------------- what each part gets

    def _targets(self, places):
        """What each place gets, in order: first over time, then in each stretch of time over those below."""
        adding, axes, whole = self._adding(), self._axes(), to_decimal(self.whole)
        if len(axes) == 1:
            return self._given(whole, places, axes[0] in adding, self._elsewhere(self.line_id, places))
        groups = by_window(places)
        middles = self._middles(groups)
        between = [self._middle_place(middles[window], window, group) for window, group in groups.items()]
        amounts = self._given(whole, between, TIME in adding, self._elsewhere(self.line_id, between))
        targets = {}
        for (window, group), amount in zip(groups.items(), amounts, strict=True):
            given = self._given(amount, group, SUBJECT in adding, self._elsewhere(middles[window].line, group))
            targets.update(zip((place.node for place in group), given, strict=True))
        return [targets[place.node] for place in places]

    def _given(self, whole, places, adds_up, elsewhere):
        settled = {number: place.settled for number, place in enumerate(places) if place.settled is not None}
        if not adds_up:
            return [settled.get(number, whole) for number in range(len(places))]
        rest = whole - elsewhere
        digits = fitting_digits([rest, *settled.values()], int(self.digits))
        return distribute(rest, [place.share for place in places], settled, digits)

    def _middle_place(self, spot, window, group):
        """What stands between both steps: the whole subject in one stretch of time."""
        share = sum((place.share for place in group), ZERO)
        return Place((window, *self._own_key()), share, to_decimal(spot.line.target) if spot.locked else None)

    def _middles(self, windows):
        """{window: Spot} of the whole subject in each stretch of time."""
        own = self._own_key()
        spots = self._spots({(window, *own) for window in windows})
        return {node[0]: spot for node, spot in spots.items()}

    def _own_key(self):
        """(kind, id) of the subject whose target is split."""
        # sudo: a plain manager may not read hr.employee; only the id is.
        return self.line_id.sudo()._subject_key()

    def _elsewhere(self, line, places):
        """What parts of a line along the same axis have taken on that are not among these places."""
        # sudo: parts that the user does not see are taken on all the same; only their sum is used.
        nodes = {place.node for place in places}
        axis = TIME if {node[1:] for node in nodes} == {self._own_key()} else SUBJECT
        parts = line.sudo().child_line_ids.filtered(lambda part: part.split_axis == axis)
        return sum((to_decimal(part.target) for part in parts if part._node() not in nodes), ZERO)

    def _sums(self):
        """The sums that have to come out: one; where a balance is split over time and below, one for each time."""
        axes, adding = self._axes(), self._adding() if self.line_id else set()
        if not axes or axes[-1] not in adding:
            return []
        given = {self._place(part): to_decimal(part.current if part.locked else part.target) for part in self.part_ids}
        whole, own = to_decimal(self.whole), self._own_key()
        if len(axes) == 1:
            return [Sum(whole, self._elsewhere(self.line_id, given), sum(given.values(), ZERO))]
        groups = by_window(given)
        middles = self._middles(groups)
        sums = [
            Sum(
                whole,
                self._elsewhere(middles[window].line, group),
                sum((given[place] for place in group), ZERO),
            )
            for window, group in groups.items()
        ]
        if TIME not in adding:
            return sums
        beside = self._elsewhere(self.line_id, [Place((window, *own), ZERO, None) for window in groups])
        elsewhere = sum((entry.elsewhere for entry in sums), beside)
        return [Sum(whole, elsewhere, sum((entry.given for entry in sums), ZERO))]

    # ---------------------------------------------------------------- in which proportion

    def _bases(self, windows, kind, subjects):
        """({(window, subject id): proportion}, [what there is to say about them])."""
        over_time, time_note = self._time_bases(windows)
        below, subject_note = self._subject_bases(kind, subjects)
        # One of them 1 for all: the other is shown as it is, a figure that people know.
        scale = sum(below.values()) if len(set(over_time.values())) > 1 else ONE
        basis = {
            (window, subject_id): over_time[window] * below[subject_id] / (scale or ONE)
            for window in windows
            for subject_id in below
        }
        return basis, [note for note in (time_note, subject_note) if note]

    def _time_bases(self, windows):
        if not self.time_type or self.time_method != "last_year":
            return dict.fromkeys(windows, ONE), None
        # sudo: what is measured for the system; only the proportions are shown.
        kind, subject = self.line_id.subject_type, self.line_id.sudo().scorecard_id._subject()
        earlier = {window: window.year_earlier() for window in windows}
        actuals = self._last_year(kind, subject, list(earlier.values()))
        found = {window: actuals.get((subject.id, past)) for window, past in earlier.items()}
        return self._positive(found, min(earlier.values()), max(earlier.values()))

    def _subject_bases(self, kind, subjects):
        if self.subject_kind and self.subject_method == "headcount":
            return self._headcounts(kind, subjects)
        if not self.subject_kind or self.subject_method != "last_year":
            return dict.fromkeys(subjects.ids, ONE), None
        past = self.line_id.period_id._window().year_earlier()
        actuals = self._last_year(kind, subjects, [past])
        return self._positive({subject.id: actuals.get((subject.id, past)) for subject in subjects}, past, past)

    def _last_year(self, kind, subjects, windows):
        line = self.line_id.sudo()  # sudo: as in the computation itself, figures are the same for everybody
        chosen = line.parameter_value_ids._as_choices()
        return self.env["kpi.computation"]._actuals(
            line.definition_id, chosen, line.company_id, kind, subjects, windows
        )

    def _positive(self, found, first, last):
        """Last year's figures as proportions, evenly where there is none; with a sentence where they are no help."""
        bases = {key: max(value or ZERO, ZERO) for key, value in found.items()}
        days = {"start": format_date(self.env, first.start), "end": format_date(self.env, last.end)}
        kpi = self.definition_id.name
        if not any(bases.values()):
            note = self.env._(
                "There are no figures of %(kpi)s from %(start)s to %(end)s: split evenly instead.", kpi=kpi, **days
            )
            return dict.fromkeys(bases, ONE), note
        if missing := sum(not value for value in bases.values()):
            note = self.env._(
                "%(count)s of %(all)s had no figures of %(kpi)s from %(start)s to %(end)s and get nothing: "
                "type a proportion or target for them.",
                count=missing,
                all=len(bases),
                kpi=kpi,
                **days,
            )
            return bases, note
        return bases, None

    def _headcounts(self, kind, subjects):
        """People who work there on the first day of the period, or today where it runs already.

        :return: ({subject id: how many}, what there is to say about them)
        """
        period = self.line_id.period_id
        day = min(max(period.date_start, period._now().date()), period.date_end)
        # sudo: a plain manager may not read hr.employee; only their number is used.
        counts = {key: Decimal(count) for key, count in self.line_id.sudo()._headcounts(kind, subjects, day).items()}
        day, nobody = format_date(self.env, day), sum(not count for count in counts.values())
        if counts and nobody == len(counts):
            return dict.fromkeys(counts, ONE), self.env._("Nobody works there on %s: split evenly instead.", day)
        if nobody:
            texts = {"count": nobody, "all": len(counts), "day": day}
            return counts, self.env._(
                "In %(count)s of %(all)s nobody works on %(day)s: they get nothing. Type a proportion or target for them.",
                **texts,
            )
        return counts, None


def by_window(places):
    """{window: places in it}"""
    groups = defaultdict(list)
    for place in places:
        groups[place.node[0]].append(place)
    return groups
