from odoo import fields, models


class KpiScorecardLine(models.Model):
    """What would be measured now on a closed line. The line's own figures stay as they were closed."""

    _inherit = "kpi.scorecard.line"

    has_late_data = fields.Boolean(
        readonly=True,
        copy=False,
        string="Late data",
        help="The records say something else now than when it was closed.",
    )
    late_actual = fields.Float(digits=0, readonly=True, copy=False, aggregator=None, string="Measured now")
    late_difference = fields.Float(
        digits=0, readonly=True, copy=False, aggregator=None, help="Measured now less the actual that was closed."
    )
    late_attainment = fields.Float(
        digits=(16, 2), readonly=True, copy=False, aggregator=None, string="Attainment now (%)"
    )
    late_at = fields.Datetime(readonly=True, copy=False, string="Noticed on")


class KpiScorecard(models.Model):
    """The same for the whole scorecard."""

    _inherit = "kpi.scorecard"

    has_late_data = fields.Boolean(
        readonly=True,
        copy=False,
        string="Late data",
        help="The records say something else now than when it was closed.",
    )
    late_score = fields.Float(
        digits=(16, 2), readonly=True, copy=False, aggregator=None, help="The score that would come out now."
    )
    late_at = fields.Datetime(readonly=True, copy=False, string="Noticed on")
