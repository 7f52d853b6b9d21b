from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ..engine import EngineError, Part, needed, remeasure, score, to_decimal
from .kpi_computation import _measure_choices

# Scorecards measured again together: their explanations are all in memory meanwhile.
AT_ONCE = 2000


class KpiComputation(models.AbstractModel):
    """Closed is closed: nothing is written there but what would be measured now, beside the figures."""

    _inherit = "kpi.computation"

    @api.model
    def _write(self, cards, results):
        """Override: a run may take long, and a period may be closed while it goes on."""
        cards = self._still_open(cards)
        return super()._write(cards, {card.id: results[card.id] for card in cards})

    @api.model
    def _still_open(self, cards):
        """Those of the scorecards that are not closed, held so until the end of the transaction."""
        cards.flush_recordset(["state"])
        cards.period_id.flush_recordset(["state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT card.id
                  FROM kpi_scorecard card
                  JOIN kpi_period period ON period.id = card.period_id
                 WHERE card.id = ANY(%s) AND card.state <> 'closed' AND period.state <> 'closed'
              ORDER BY card.id
                   FOR NO KEY UPDATE OF card
                """,
                cards.ids,
            )
        )
        open_ids = {row[0] for row in rows}
        return cards.filtered(lambda card: card.id in open_ids)

    @api.model
    def _check_late(self, cards):
        """Measure closed scorecards again and store the difference; their figures are left alone.

        Each line is computed by the rule it was closed with, as its explanation tells it.

        :return: the ``kpi.scorecard.line`` whose difference changed
        """
        # sudo: as in _run, the system measures.
        cards = cards.sudo().filtered(lambda card: card.state == "closed")
        changed = self.env["kpi.scorecard.line"].sudo()
        library = self._library()
        for company, closed in cards.grouped("company_id").items():
            for start in range(0, len(closed), AT_ONCE):
                changed |= self._check_late_of(company, closed[start : start + AT_ONCE], library)
        return changed

    @api.model
    def _check_late_of(self, company, cards, library):
        lines = self.env["kpi.scorecard.line"].sudo()
        lines = lines.search_fetch(
            [("scorecard_id", "in", cards.ids), ("explanation", "!=", False)], ["scorecard_id", "explanation"]
        )
        needs = self._late_needs(cards, lines, library)
        figures = self._query(company, self._late_plan(needs))
        today = {line: self._remeasure(line, needs[line.id], library, figures) for line in lines}
        changed = self._store(
            "kpi.scorecard.line",
            {line.id: _line_vals(line.explanation, now) for line, now in today.items()},
            "late_at",
        )
        self._store("kpi.scorecard", _card_vals(today), "late_at")
        lines.invalidate_recordset(["explanation"], flush=False)
        return changed

    def _late_needs(self, cards, lines, library):
        """{line id: (subject kind, subject id, [(measure code, window, choices)])} of what the lines counted"""
        own = self._own_choices(cards)
        kpis = self._kpis(lines.definition_id.ids)
        subjects = {card: (card.subject_type, card._subject().id) for card in cards}
        result = {}
        for line in lines:
            chosen = dict((*kpis[line.definition_id.id].choices, *own.get(line.id, ())))
            result[line.id] = (*subjects[line.scorecard_id], self._told_needs(line.explanation, library, chosen))
        return result

    @api.model
    def _told_needs(self, explanation, library, chosen):
        """The figures a line was computed from: [(measure code, window, choices)].

        :param chosen: {parameter id: record id} for what was computed before its choices were kept with it
        """
        chosen = dict(explanation.get("choices", chosen))
        return [
            (code, window, _measure_choices(library.measures[code].parameters, chosen))
            for code, window in needed(explanation)
            if code in library.measures
        ]

    def _late_plan(self, needs):
        plan = defaultdict(set)
        for kind, subject_id, wanted in needs.values():
            for code, window, choices in wanted:
                plan[code, window, kind, choices].add(subject_id)
        return plan

    def _remeasure(self, line, need, library, figures):
        """(actual, attainment) as they would be now; None where nothing can be said."""
        kind, subject_id, wanted = need
        own = {}
        for code, window, choices in wanted:
            measured = figures[kind, subject_id, choices]
            if (code, window) in measured:
                own[code, window] = measured[code, window]
        try:
            return remeasure(line.explanation, library, own)
        except EngineError:
            return None


def _line_vals(explanation, now):
    """What a closed line keeps beside its figures.

    :param now: (actual, attainment), None where nothing can be said
    """
    before = to_decimal(explanation["actual"])
    actual, attained = now or (before, to_decimal(explanation["attainment"]))
    return {
        "has_late_data": actual != before,
        "late_actual": actual or 0,
        "late_difference": (actual or 0) - (before or 0),
        "late_attainment": attained or 0,
    }


def _card_vals(today):
    """{scorecard id: what it keeps beside its score}

    :param today: {line: (actual, attainment) or None}
    """
    parts, late = defaultdict(list), defaultdict(bool)
    for line, now in today.items():
        card_id, told = line.scorecard_id.id, line.explanation
        late[card_id] |= _line_vals(told, now)["has_late_data"]
        if now or told["result"] != "error":
            attained = now[1] if now else to_decimal(told["attainment"])
            parts[card_id].append(Part(told["weight"], attained, told["no_data"]))
    return {
        card_id: {"has_late_data": is_late, "late_score": score(parts[card_id]) or 0}
        for card_id, is_late in late.items()
    }
