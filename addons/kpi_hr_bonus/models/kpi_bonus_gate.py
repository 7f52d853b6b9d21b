from odoo import fields, models


class KpiBonusGate(models.Model):
    _name = "kpi.bonus.gate"
    _description = "Bonus Gate"
    _inherit = "kpi.bonus.term.mixin"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one("kpi.bonus.plan", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    definition_id = fields.Many2one(
        "kpi.definition",
        string="KPI",
        required=True,
        ondelete="restrict",
        help="Looked up on the person's own scorecard, or else on the company's scorecard of the period.",
    )
    minimum = fields.Float(string="Must reach (%)", digits=(16, 2), required=True, default=100.0)
    factor = fields.Float(
        string="Or the payout × ",
        digits=(16, 4),
        default=0.0,
        help="0: nothing is paid; 0.5: half of it; 1: no effect.",
    )

    _factor_range = models.Constraint(
        "CHECK(factor >= 0 AND factor <= 1)", "The factor of a gate lies between 0 and 1."
    )
    _minimum_positive = models.Constraint("CHECK(minimum >= 0)", "A gate cannot ask for less than 0 %.")

    def _term_text(self):
        self.ensure_one()
        number = self.plan_id._number_text
        return self.env._(
            "%(kpi)s reaches %(minimum)s %%, or the payout × %(factor)s",
            kpi=self.definition_id.name,
            minimum=number(self.minimum),
            factor=number(self.factor),
        )
