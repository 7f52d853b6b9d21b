from collections import defaultdict
from datetime import datetime, time
from decimal import Decimal

import pytz

from odoo import api, fields, models

from ..engine import Card, Line, evaluate
from .kpi_target_change_terms import spans, timeline
from .kpi_target_mixin import SCORING_FIELDS, engine_target


class KpiComputation(models.AbstractModel):
    """From figures to results: records become the engine's cards."""

    _inherit = "kpi.computation"

    @api.model
    def _evaluate(self, cards, library, figures, elapsed):
        """{scorecard id: engine CardResult}

        :param figures: as of ``_query``
        :param elapsed: as of ``_elapsed_shares``
        """
        windows = {period: period._window() for period in cards.period_id}
        lines = self._engine_lines(cards, library, figures, windows)
        return {
            card.id: evaluate(
                Card(card.id, windows[card.period_id], tuple(lines[card.id])),
                library,
                figures[card.subject_type, card._subject().id, ()],
                elapsed[card.period_id],
                at_risk=card.company_id.kpi_at_risk,
            )
            for card in cards
        }

    def _engine_lines(self, cards, library, figures, windows):
        """{scorecard id: engine Lines}"""
        names = ("weight", "target", *SCORING_FIELDS)
        rows = self._line_rows(cards, "scorecard_id", "definition_id", *names)
        changes = self.env["kpi.target.change"]._counting([("scorecard_id", "in", cards.ids)])
        own, kpis = self._own_choices(cards), self._kpis({row[2] for row in rows})
        by_id = {card.id: card for card in cards}
        lines = defaultdict(list)
        for line_id, card_id, definition_id, weight, target, *terms in rows:
            kpi, chosen = kpis[definition_id], own.get(line_id, ())
            card, choices = by_id[card_id], dict((*kpi.choices, *chosen))
            line = Line(
                key=line_id,
                kpi=kpi.code,
                target=engine_target(kpi.direction, target or 0.0, tuple(terms)),
                weight=weight,
                no_data=kpi.no_data,
                figures=self._chosen_figures(card, self._needs(library, kpi, windows[card.period_id], chosen), figures)
                if choices
                else None,
                spans=spans(
                    kpi.direction,
                    timeline(dict(zip(names, (weight, target, *terms), strict=True)), changes[line_id]),
                    windows[card.period_id],
                )
                if line_id in changes
                else (),
                choices=tuple(sorted(choices.items())),
            )
            lines[card_id].append(line)
        return lines

    def _chosen_figures(self, card, needs, figures):
        """The figures of a line on which something is chosen."""
        own = {}
        for code, window, choices in needs:
            measured = figures[card.subject_type, card._subject().id, choices]
            if (code, window) in measured:
                own[code, window] = measured[code, window]
        return own

    @api.model
    def _elapsed_shares(self, company, periods):
        """{period: share gone by, 0 to 1}, in working hours of the company's calendar (calendar days without one)."""
        tz = pytz.timezone(self.env["kpi.measure.query"]._tz(company))
        now = pytz.utc.localize(fields.Datetime.now())
        return {period: Decimal(repr(self._elapsed_share(company, period, tz, now))) for period in periods}

    def _elapsed_share(self, company, period, tz, now):
        start = tz.localize(datetime.combine(period.date_start, time.min))
        end = tz.localize(datetime.combine(fields.Date.add(period.date_end, days=1), time.min))
        if now <= start or now >= end:
            return 0.0 if now <= start else 1.0
        calendar = company.resource_calendar_id
        total = calendar and calendar.get_work_duration_data(start, end)["hours"]
        if not total:
            return (now - start) / (end - start)
        return calendar.get_work_duration_data(start, now)["hours"] / total
