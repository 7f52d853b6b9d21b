from decimal import Decimal

from odoo import fields, models

from ..engine import Target

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

    baseline = fields.Float(
        digits=DIGITS,
        aggregator=None,
        help="The value that earns 0 %. 0 leaves it to the rule: 0 for higher is better, twice the target for lower "
        "is better. A target of zero or less needs its baseline given.",
    )
    threshold = fields.Float(digits=DIGITS, aggregator=None, help="Short of this value the attainment is 0. 0: none.")
    threshold_attainment = fields.Float(
        string="Attainment at threshold (%)", digits=(16, 2), default=50.0, aggregator=None
    )
    stretch = fields.Float(digits=DIGITS, aggregator=None, help="The value that earns the cap. 0: none.")
    band_low = fields.Float(string="Band from", digits=DIGITS, aggregator=None)
    band_high = fields.Float(string="Band to", digits=DIGITS, aggregator=None)
    band_tolerance = fields.Float(
        string="Tolerance",
        digits=DIGITS,
        aggregator=None,
        help="How far beyond either edge of the band the attainment falls to 0.",
    )
    cap = fields.Float(string="Cap (%)", digits=(16, 2), default=120.0, aggregator=None, help="The highest attainment.")
    floor = fields.Float(string="Floor (%)", digits=(16, 2), aggregator=None, help="The lowest attainment.")

    def _prepare_target(self, direction, target):
        """These terms as the engine knows them.

        An empty number field reads 0 in Odoo; where 0 means "not given" it becomes None. A binary KPI and one with a
        negative target for which lower is better may have a baseline of 0 in earnest.
        """
        self.ensure_one()
        lower_negative = direction == "lower" and target < 0
        keep_zero = direction == "binary" or lower_negative
        return Target(
            direction=direction,
            target=_number(target),
            baseline=_number(self.baseline) if self.baseline or keep_zero else None,
            threshold=_number(self.threshold) if self.threshold else None,
            threshold_attainment=_number(self.threshold_attainment),
            stretch=_number(self.stretch) if self.stretch else None,
            band_low=_number(self.band_low),
            band_high=_number(self.band_high),
            band_tolerance=_number(self.band_tolerance),
            cap=_number(self.cap),
            floor=_number(self.floor),
        )


def _number(value):
    return Decimal(repr(value))
