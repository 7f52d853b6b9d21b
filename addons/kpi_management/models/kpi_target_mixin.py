from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache

from odoo import fields, models
from odoo.exceptions import ValidationError

from ..engine import EngineError, Target
from .exact_float import ExactFloat

DIRECTIONS = [
    ("higher", "Higher is better"),
    ("lower", "Lower is better"),
    ("band", "Within a band"),
    ("binary", "Reached or not"),
]
SCORING_FIELDS = (
    "baseline",
    "threshold",
    "threshold_attainment",
    "stretch",
    "band_low",
    "band_high",
    "band_tolerance",
    "cap",
    "floor",
)
DIGITS = (20, 4)


class KpiTargetMixin(models.AbstractModel):
    """How a value becomes an attainment: the defaults of a KPI and the terms of one scorecard line."""

    _name = "kpi.target.mixin"
    _description = "KPI Scoring Terms"

    baseline = ExactFloat(
        digits=DIGITS,
        aggregator=None,
        help="The value that earns 0 %. 0 leaves it to the rule: 0 for higher is better, twice the target for lower "
        "is better. A target of zero or less needs its baseline given.",
    )
    threshold = ExactFloat(digits=DIGITS, aggregator=None, help="Short of this value the attainment is 0. 0: none.")
    threshold_attainment = fields.Float(
        string="Attainment at threshold (%)", digits=(16, 2), default=50.0, aggregator=None
    )
    stretch = ExactFloat(digits=DIGITS, aggregator=None, help="The value that earns the cap. 0: none.")
    band_low = ExactFloat(string="Band from", digits=DIGITS, aggregator=None)
    band_high = ExactFloat(string="Band to", digits=DIGITS, aggregator=None)
    band_tolerance = ExactFloat(
        string="Tolerance",
        digits=DIGITS,
        aggregator=None,
        help="How far beyond either edge of the band the attainment falls to 0.",
    )
    cap = fields.Float(string="Cap (%)", digits=(16, 2), default=120.0, aggregator=None, help="The highest attainment.")
    floor = fields.Float(string="Floor (%)", digits=(16, 2), aggregator=None, help="The lowest attainment.")

    @contextmanager
    def _refuse_unscorable(self, definition):
        """Tell in the user's language, naming the KPI, why the engine refuses terms.

        :raises ValidationError: for an engine error within
        """
        try:
            yield
        except EngineError as error:
            reason = self.env["kpi.computation"]._error_text(error)
            raise ValidationError(self.env._("%(kpi)s: %(reason)s", kpi=definition.name, reason=reason)) from error

    def _prepare_target(self, direction, target):
        """These terms as the engine knows them."""
        self.ensure_one()
        return engine_target(direction, target, tuple(self[name] for name in SCORING_FIELDS))


@lru_cache(maxsize=10_000)
def engine_target(direction, target, terms):
    """The engine's target of terms as Odoo stores them; the same object for the same terms, as it never changes.

    An empty number field reads 0 in Odoo; where 0 means "not given" it becomes None. A binary KPI and one with a
    negative target for which lower is better may have a baseline of 0 in earnest.

    :param str direction: of the KPI
    :param float target: value worth 100 %
    :param tuple terms: the values of ``SCORING_FIELDS``, in their order
    """
    terms = dict(zip(SCORING_FIELDS, terms, strict=True))
    optional = {"threshold", "stretch"}
    if direction != "binary" and not (direction == "lower" and target < 0):
        optional.add("baseline")
    given = {name: value for name, value in terms.items() if value or name not in optional}
    return Target(direction, **{name: _number(value) for name, value in {"target": target, **given}.items()})


def _number(value):
    """The decimal of a stored number; an empty column is 0."""
    return Decimal(repr(value or 0.0))
