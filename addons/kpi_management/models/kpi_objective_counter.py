from odoo import fields, models


class KpiObjectiveCounter(models.Model):
    """Another figure that one side put in the place of a target: kept, whatever became of it.

    Nobody but the steps of the agreement writes it.
    """

    _name = "kpi.objective.counter"
    _description = "Counter-proposal"
    _order = "id desc"

    objective_id = fields.Many2one("kpi.objective", required=True, index=True, ondelete="cascade")
    key_result_id = fields.Many2one("kpi.objective.key.result", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="objective_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    unit = fields.Selection(related="key_result_id.unit")
    side = fields.Selection([("proposer", "Proposer"), ("answerable", "Person answerable")], required=True)
    user_id = fields.Many2one("res.users", string="By", required=True, ondelete="restrict")
    date = fields.Datetime(string="On", required=True)
    previous = fields.Float(string="Instead of", digits=(20, 4), aggregator=None)
    target = fields.Float(digits=(20, 4), aggregator=None)
    note = fields.Char(string="Why")
    state = fields.Selection(
        [
            ("open", "On offer"),
            ("accepted", "Accepted"),
            ("countered", "Countered"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="open",
    )
