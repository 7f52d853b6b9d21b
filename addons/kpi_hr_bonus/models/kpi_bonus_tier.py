from odoo import fields, models

from odoo.addons.kpi_management.models.exact_float import ExactFloat


class KpiBonusTier(models.Model):
    """A tier of a plan paid by a rate on a measured value: from its value (included) up to the next tier's."""

    _name = "kpi.bonus.tier"
    _description = "Bonus Tier"
    _inherit = "kpi.bonus.term.mixin"
    _order = "plan_id, value_from, id"
    _rec_name = "value_from"

    plan_id = fields.Many2one("kpi.bonus.plan", required=True, index=True, ondelete="cascade")
    value_from = ExactFloat(
        string="From a value of",
        digits=(16, 2),
        required=True,
        default=0.0,
        help="This value belongs to the tier, the next tier's does not. Nothing is paid below the first tier.",
    )
    rate = ExactFloat(
        digits=(16, 4),
        required=True,
        help="In percent of a value measured in money; an amount per unit of anything else that is counted.",
    )

    _unique_value = models.UniqueIndex(
        "(plan_id, value_from)", "Two tiers begin at the same value: change one of them or take it out."
    )
    _figures_positive = models.Constraint(
        "CHECK(value_from >= 0 AND rate >= 0)", "A tier needs a value and a rate of 0 or more: a KPI does not fine."
    )

    def _term_text(self):
        self.ensure_one()
        return self.plan_id._tier_text(self)
