from odoo import fields, models


class KpiAnonymization(models.Model):
    """Who was anonymised, when and by whom; written by the system, without a name."""

    _name = "kpi.anonymization"
    _description = "Anonymisation"
    _order = "create_date desc, id desc"

    name = fields.Char(readonly=True, required=True)
    employee_ref = fields.Integer(string="Employee number", readonly=True, aggregator=None)
    company_id = fields.Many2one("res.company", readonly=True, required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", string="By", readonly=True, required=True, ondelete="restrict")
    details = fields.Text(string="What was emptied", readonly=True)
