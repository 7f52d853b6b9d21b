from odoo import fields, models


class KpiStrategyResource(models.Model):
    _name = "kpi.strategy.resource"
    _description = "Resource of a Strategy"
    _order = "strategy_id, kind, sequence, id"

    strategy_id = fields.Many2one("kpi.strategy", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="strategy_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("money", "Money"),
            ("people", "People"),
            ("technology", "Technology"),
            ("facilities", "Facilities"),
        ],
        required=True,
        default="money",
    )
    name = fields.Char(required=True, translate=True, string="Resource")
    at_hand = fields.Text(string="At hand", translate=True, help="What there is: 12 billion, 40 people, two workshops.")
    need = fields.Text(translate=True, help="What the strategy asks for.")
    assessment = fields.Selection(
        [("sufficient", "Sufficient"), ("tight", "Tight"), ("missing", "Missing")],
        help="Does what is at hand suffice? Empty: not assessed yet.",
    )
    note = fields.Text(translate=True, help="What follows from it.")
