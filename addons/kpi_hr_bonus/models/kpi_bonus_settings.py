from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    kpi_bonus_second_from = fields.Monetary(
        string="Second approval from",
        help="A bonus of this amount or more needs the approval of two persons. 0: one is enough for any.",
    )
    kpi_bonus_contest_days = fields.Integer(
        string="Days to contest",
        help="How long after its submission an employee may contest the own statement. 0: without limit.",
    )
    kpi_bonus_mail_submitted = fields.Boolean(string="Tell people when their bonus is submitted", default=True)
    kpi_bonus_mail_approved = fields.Boolean(string="Tell people when their bonus is approved", default=True)
    kpi_bonus_mail_pdf = fields.Boolean(string="Attach the statement as PDF")

    _kpi_bonus_settings_positive = models.Constraint(
        "CHECK(kpi_bonus_second_from >= 0 AND kpi_bonus_contest_days >= 0)",
        "The amount and the days of the bonus settings must not be negative.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    kpi_bonus_second_from = fields.Monetary(
        related="company_id.kpi_bonus_second_from", readonly=False, currency_field="company_currency_id"
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company currency", readonly=True)
    kpi_bonus_contest_days = fields.Integer(related="company_id.kpi_bonus_contest_days", readonly=False)
    kpi_bonus_mail_submitted = fields.Boolean(related="company_id.kpi_bonus_mail_submitted", readonly=False)
    kpi_bonus_mail_approved = fields.Boolean(related="company_id.kpi_bonus_mail_approved", readonly=False)
    kpi_bonus_mail_pdf = fields.Boolean(related="company_id.kpi_bonus_mail_pdf", readonly=False)
