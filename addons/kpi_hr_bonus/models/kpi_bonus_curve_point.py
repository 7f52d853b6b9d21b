from odoo import fields, models


class KpiBonusCurvePoint(models.Model):
    _name = "kpi.bonus.curve.point"
    _description = "Point of a Payout Curve"
    _inherit = "kpi.bonus.term.mixin"
    _order = "plan_id, score, id"

    plan_id = fields.Many2one("kpi.bonus.plan", required=True, index=True, ondelete="cascade")
    score = fields.Float(
        string="Score (%)", digits=(16, 2), required=True, help="Short of the first point's score nothing is paid."
    )
    payout = fields.Float(
        string="Payout (%)", digits=(16, 2), required=True, help="Beyond the last point the payout stays the same."
    )

    _unique_score = models.UniqueIndex("(plan_id, score)", "Two points of the payout curve have the same score.")
    _payout_positive = models.Constraint("CHECK(payout >= 0)", "A payout must not be negative: a KPI does not fine.")

    def _term_text(self):
        self.ensure_one()
        number = self.plan_id._number_text
        return self.env._("%(score)s %% → %(payout)s %%", score=number(self.score), payout=number(self.payout))
