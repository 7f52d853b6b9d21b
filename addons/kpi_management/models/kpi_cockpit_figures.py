from odoo import api, models
from odoo.fields import Domain
from odoo.tools import float_round

from .cockpit_tree import STATUSES, counted, standing

# People in the heat map, and rows below a subject: whoever looks at more goes down a step.
MOST_PEOPLE = 100
MOST_ROWS = 200
# Periods in the line of a score.
MOST_SCORES = 12
# What of a line goes to the screen as it is.
LINE_FIELDS = ("direction", "weight", "band_low", "band_high", "actual", "attainment", "forecast")
# Lines by what needs attention.
PLACES = {status: place for place, status in enumerate(STATUSES)}


class KpiCockpit(models.AbstractModel):
    """The figures of the cockpit: a subject's own KPIs, the rows below it, and people × KPIs."""

    _inherit = "kpi.cockpit"

    # ---------------------------------------------------------------- the subject

    @api.model
    def _subject(self, tree, past, here, period):
        """``path`` from the company down, ``subject``, ``cards`` (its KPIs, see ``_line``) and ``counts`` of the lines
        below it by status."""
        fact, before = tree.cards.get(here), past.cards.get(here)
        path = tree.path(here, ("company", period.company_id.id))
        names = self._names(path)
        card = self.env["kpi.scorecard"].browse(fact.card_id if fact else ())
        people = tree.people_of(here)
        states = dict(card._fields["state"]._description_selection(self.env))
        return {
            "path": [{"type": kind, "id": key, "name": names[kind, key]} for kind, key in path],
            "subject": {
                "type": here[0],
                "id": here[1],
                "name": names[here],
                "scorecard_id": card.id,
                "score": fact.score if fact and fact.score is not None else False,
                "score_compare": before.score if before and before.score is not None else False,
                "grade": card.grade_id.name,
                "grade_color": card.grade_id.color,
                "state": card.state,
                "state_name": states.get(card.state, False),
                "avatar_url": f"/web/image/hr.employee.public/{here[1]}/avatar_128" if here[0] == "employee" else False,
                "score_trend": self._score_trend(card),
            },
            "cards": self._lines(card, before),
            "counts": {**counted(people or filter(None, [fact])), "people": len(people)},
        }

    @api.model
    def _names(self, subjects):
        """{subject: its name}"""
        kinds = self.env["kpi.scorecard"]._subject_fields()
        by_kind = {}
        for kind, key in subjects:
            by_kind.setdefault(kind, []).append(key)
        names = {}
        for kind, keys in by_kind.items():
            # sudo: whoever may see the scorecards of a subject, or of somebody in it, may know its name.
            records = self.env[self.env["kpi.scorecard"]._fields[kinds[kind]].comodel_name].sudo().browse(keys)
            names.update({(kind, record.id): record.name for record in records})
        return names

    @api.model
    def _score_trend(self, card):
        """The scores of a subject in periods of one type, oldest first, the card's own last."""
        if not card:
            return []
        alike = Domain(card._subject_domain()) & Domain("period_type", "=", card.period_type)
        cards = card.search(
            alike & Domain("date_start", "<=", card.date_start), limit=MOST_SCORES, order="date_start desc"
        )
        return [
            {"period": past.period_id.name, "score": past.score if past.has_score else False}
            for past in reversed(cards)
        ]

    # ---------------------------------------------------------------- KPIs

    @api.model
    def _lines(self, card, before):
        """The KPIs of a scorecard, what needs attention first.

        :param card: a scorecard, or none
        :param before: the fact of the subject's scorecard in the period compared with, or None
        """
        past = self.env["kpi.scorecard"].browse(before.card_id if before else ()).line_ids
        by_terms = {self._terms(line): line for line in past}
        lines = [self._line(line, by_terms.get(self._terms(line))) for line in card.line_ids]
        return sorted(lines, key=lambda line: (_place(line), -line["lost"]))

    @api.model
    def _terms(self, line):
        """What makes two lines about the same: the KPI and what was chosen for it."""
        return line.definition_id.id, *sorted(line._choices().items())

    @api.model
    def _line(self, line, before):
        """A KPI of the subject.

        :param before: the line of the period compared with, or None
        :return: dict with the figures of the line; ``lost``: points of the score that it costs as it stands;
            ``compare``: ``actual`` and ``attainment`` in the period compared with, False without; ``trend``
        """
        return {
            "id": line.id,
            "definition_id": line.definition_id.id,
            "name": line.display_name,
            "unit": line.unit,
            "currency_id": line.currency_id.id,
            **{name: line[name] for name in LINE_FIELDS},
            # where it changed within the period: what counts for the whole of it
            "target": line.effective_target if line.terms_by_day else line.target,
            "status": line.status,
            "result": line.result,
            "error_message": line.error_message,
            "lost": line._points_lost(),
            "compare": {"actual": before.actual, "attainment": before.attainment, "result": before.result}
            if before and before.result == "ok"
            else False,
            "trend": line.trend,
        }

    # ---------------------------------------------------------------- below

    @api.model
    def _below(self, tree, past, here):
        """``below``: what is one step down, ``below_more``: how many rows are left out, ``heat``: people × KPIs."""
        rows = tree.rows(here)
        shown = rows[:MOST_ROWS]
        names = self._names(row.subject for row in shown)
        means = {row.subject: row.score for row in past.rows(here)}
        grades = self.env["kpi.grade"].browse({row.card.grade_id for row in shown if row.card and row.card.grade_id})
        grades = {grade.id: grade for grade in grades} | {None: self.env["kpi.grade"]}
        return {
            "below": [
                {
                    "type": row.subject[0],
                    "id": row.subject[1],
                    "name": names[row.subject],
                    "scorecard_id": row.card.card_id if row.card else False,
                    "score": _rounded(row.score),
                    "score_is_mean": not row.card,
                    "score_compare": _rounded(_score_before(row, past, means)),
                    "grade": grades[row.card and row.card.grade_id].name,
                    "grade_color": grades[row.card and row.card.grade_id].color,
                    "people": len(row.people),
                    "counts": row.counts,
                }
                for row in shown
            ],
            "below_more": len(rows) - len(shown),
            "heat": self._heat(tree.people_of(here) if here[0] != "employee" else ()),
        }

    @api.model
    def _heat(self, people):
        """People × KPIs, who needs attention first.

        :param people: facts of their scorecards
        :return: dict with ``columns`` (the KPIs, those that most people have first), ``rows`` and ``more`` (people left
            out). Where a scorecard holds a KPI more than once, with other choices, the worst of them is the cell.
        """
        people = sorted(people, key=lambda fact: (fact.attention, fact.subject[1]))
        cards = self.env["kpi.scorecard"].browse(fact.card_id for fact in people[:MOST_PEOPLE])
        lines = self.env["kpi.scorecard.line"].search_fetch(
            [("scorecard_id", "in", cards.ids)],
            ["scorecard_id", "definition_id", "attainment", "status", "result", "actual", "target"],
        )
        aims = lines._changed_aims()
        by_kpi = lines.grouped("definition_id")
        columns = sorted(by_kpi, key=lambda kpi: (-len(by_kpi[kpi]), kpi.name, kpi.id))
        by_card = lines.grouped("scorecard_id")
        homes = self._names({("department", fact.home) for fact in people[:MOST_PEOPLE] if fact.home})
        names = self._names(fact.subject for fact in people[:MOST_PEOPLE])
        return {
            "columns": [
                {
                    "definition_id": kpi.id,
                    "name": kpi.name,
                    "unit": kpi.unit,
                    "currency_id": by_kpi[kpi][:1].currency_id.id,
                }
                for kpi in columns
            ],
            "rows": [
                {
                    "type": fact.subject[0],
                    "id": fact.subject[1],
                    "name": names[fact.subject],
                    "department": homes.get(("department", fact.home), False),
                    "scorecard_id": fact.card_id,
                    "score": _rounded(fact.score),
                    "cells": self._cells(by_card.get(card, lines.browse()), aims),
                }
                for fact, card in zip(people, cards, strict=False)
            ],
            "more": max(len(people) - MOST_PEOPLE, 0),
        }

    @api.model
    def _cells(self, lines, aims):
        """{KPI: how it stands}; JSON knows text keys alone.

        :param aims: as of ``_changed_aims``
        """
        worst_last = lines.sorted(lambda line: (-_place(line), -line.attainment))
        return {
            str(line.definition_id.id): {
                "line_id": line.id,
                **{name: line[name] for name in ("attainment", "status", "result", "actual")},
                "target": line.direction != "band" and aims.get(line.id, line.target),
            }
            for line in worst_last
        }


def _place(line):
    """Of a line, or of its values, among others."""
    return PLACES[standing(line["result"], line["status"])]


def _score_before(row, past, means):
    """The score of a row in the period compared with: its own, wherever it was then, else the mean that stood here."""
    own = past.cards.get(row.subject) if row.card else None
    return own.score if own else means.get(row.subject)


def _rounded(score):
    """A percent as it is shown; False where there is none."""
    return False if score is None else float_round(score, 2)
