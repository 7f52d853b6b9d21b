from odoo import api, fields, models
from odoo.exceptions import ValidationError


class KpiObjective(models.Model):
    """The style of an objective, its key results, and whether pay may follow it."""

    _inherit = "kpi.objective"

    style = fields.Selection(
        [("kpi", "KPI"), ("okr", "OKR")],
        required=True,
        default="kpi",
        tracking=True,
        help="KPI: scored by the KPIs on scorecards. OKR: bold key results, scored from 0.0 to 1.0.",
    )
    counts_for_pay = fields.Boolean(
        string="Counts for pay",
        compute="_compute_counts_for_pay",
        store=True,
        readonly=False,
        tracking=True,
        help="An OKR is kept out of pay by default, so that people dare to aim high: then no scorecard line may serve "
        "it, as scorecards are what bonuses follow. Its key results measure it on their own.",
    )
    key_result_ids = fields.One2many("kpi.objective.key.result", "objective_id", string="Key results", copy=True)
    okr_score = fields.Float(
        string="OKR score",
        compute="_compute_okr_score",
        store=True,
        digits=(16, 2),
        aggregator="avg",
        help="Mean of its key results, 0.0 to 1.0; those without a figure are left out. "
        "0.7 is good for an aspirational one.",
    )
    has_okr_score = fields.Boolean(compute="_compute_okr_score", store=True, help="Unset while nothing is measured.")

    @api.depends("style")
    def _compute_counts_for_pay(self):
        for objective in self:
            objective.counts_for_pay = objective.style == "kpi"

    @api.depends("style", "key_result_ids.grade", "key_result_ids.result")
    def _compute_okr_score(self):
        for objective in self:
            grade = objective.key_result_ids._mean_grade() if objective.style == "okr" else None
            objective.has_okr_score = grade is not None
            objective.okr_score = float(grade or 0)

    @api.constrains("counts_for_pay", "style")
    def _check_pay(self):
        # sudo: whoever changes the objective need not see the scorecards of all who serve it.
        self.sudo().line_ids._check_objective_counts_for_pay()


class KpiScorecardLine(models.Model):
    _inherit = "kpi.scorecard.line"

    @api.constrains("objective_id")
    def _check_objective_counts_for_pay(self):
        """What is on a scorecard is scored, and a bonus may follow it."""
        for line in self.sudo():  # sudo: only the objective's flag and name are read
            objective = line.objective_id
            if objective and not objective.counts_for_pay:
                raise ValidationError(
                    self.env._(
                        "%(objective)s is kept out of pay, so no KPI of a scorecard may serve it: measure it by its key "
                        "results, or say on the objective that it counts for pay.",
                        objective=objective.name,
                    )
                )
