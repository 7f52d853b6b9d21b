from decimal import Decimal

from odoo import api, models

from ..engine import EngineError, attainment, round_half_up, scoring_points, to_decimal
from .kpi_target_mixin import SCORING_FIELDS, engine_target

# How many steps the picture of the curve has besides the points where it turns.
STEPS = 40


class KpiTargetMixin(models.AbstractModel):
    """What scoring terms would make of an actual: the engine's own arithmetic, for values that need not be saved."""

    _inherit = "kpi.target.mixin"

    @api.model
    @api.readonly
    def preview_score(self, terms, actual=None, weight=None):
        """Score an actual by the terms of a form; nothing is read but the terms, and nothing is written.

        :param dict terms: ``direction``, ``target`` and scoring fields, as the form has them; what is missing is empty
        :param float actual: in the KPI's own unit; None or False: none yet
        :param float weight: of the line, in percent; None: no line
        :return: dict with ``message`` when the terms or the actual are refused, in the words of saving them; else
            ``attainment`` (percent) and ``points`` (of the score, at most weight × cap), False without an actual, and
            ``curve``: [value, attainment] from left to right
        :raises AccessError: for users who may not read such records
        """
        self.check_access("read")
        try:
            target = self._preview_target(terms)
            value = None if actual is None or actual is False else to_decimal(actual)
            reached = attainment(value, target)
            curve = self._preview_curve(target, value)
            points = reached if reached is None or weight is None else _points(to_decimal(weight or 0), reached)
        except EngineError as error:
            return {"message": self.env["kpi.computation"]._error_text(error)}
        return {
            "attainment": False if reached is None else float(reached),
            "points": False if points is None else float(points),
            "curve": curve,
        }

    @api.model
    def _preview_target(self, terms):
        """The engine's target of a form's terms, rounded as saving rounds them.

        :raises EngineError: when saving them would be refused
        """
        try:
            target = self._fields["baseline"].convert_to_cache(terms.get("target"), self)
            scoring = [self._fields[name].convert_to_cache(terms.get(name), self) for name in SCORING_FIELDS]
        except (TypeError, ValueError, OverflowError) as error:
            raise EngineError("not_a_number", value=str(error)) from error
        target = engine_target(str(terms.get("direction") or ""), target, tuple(scoring))
        target.check()
        return target

    @api.model
    def _preview_curve(self, target, actual):
        """Where the attainment runs: what the engine says at, and just beside, each point where it turns."""
        turns = [x for x, _worth in scoring_points(target)]
        places = turns if actual is None else [*turns, actual]
        low, high = min(places), max(places)
        margin = (high - low) / 8 or abs(high) / 2 or Decimal(1)
        left, right = low - margin, high + margin
        if low >= 0:
            left = max(left, Decimal(0))  # where nothing lies below zero, the picture begins there
        step, beside = (right - left) / STEPS, (right - left) / 10_000
        values = {left + step * number for number in range(STEPS + 1)}
        values.update(x + shift for x in turns for shift in (-beside, 0, beside))
        return [[float(x), float(attainment(x, target))] for x in sorted(values) if left <= x <= right]


def _points(weight, reached):
    """What an attainment brings to a score out of 100."""
    return round_half_up(weight * reached / 100, 2)
