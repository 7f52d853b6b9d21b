from odoo import api, fields, models
from odoo.exceptions import ValidationError


class KpiPayrollRateValue(models.Model):
    """What a rate is from a day on. A progressive table has several values from the same day, one for each band."""

    _name = "kpi.payroll.rate.value"
    _description = "Value of a Payroll Rate"
    _order = "rate_id, date_from desc, amount_from, id"

    rate_id = fields.Many2one("kpi.payroll.rate", required=True, index=True, ondelete="cascade")
    kind = fields.Selection(related="rate_id.kind")
    date_from = fields.Date(string="From", required=True)
    amount_from = fields.Float(
        string="Above", required=True, default=0.0, digits=(16, 2), help="Where the band of the table begins."
    )
    value = fields.Float(required=True, digits=(16, 4))
    company_id = fields.Many2one(
        "res.company", ondelete="cascade", help="Empty: for all companies that have no value of their own."
    )
    source = fields.Char(help="The law or decision that sets it.")

    _unique_band = models.UniqueIndex(
        "(rate_id, date_from, amount_from, COALESCE(company_id, 0))", "The rate has a value from this day already."
    )
    _not_negative = models.Constraint("CHECK(value >= 0 AND amount_from >= 0)", "A payroll rate is not negative.")

    @api.constrains("rate_id", "amount_from", "value")
    def _check_value(self):
        for value in self:
            if value.kind != "amount" and value.value > 100:
                raise ValidationError(self.env._("%s: a percentage lies between 0 and 100.", value.rate_id.name))
            if value.kind != "brackets" and value.amount_from:
                raise ValidationError(self.env._("%s: only a progressive table has bands.", value.rate_id.name))

    @api.depends("rate_id.name", "date_from")
    def _compute_display_name(self):
        for value in self:
            value.display_name = f"{value.rate_id.name} · {value.date_from}"
