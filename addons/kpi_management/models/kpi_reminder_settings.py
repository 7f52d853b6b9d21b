from odoo import fields, models

# What a company, and each person, may turn off.
SWITCHES = ("kpi_remind_figures", "kpi_remind_agree", "kpi_remind_behind", "kpi_digest")


class ResUsers(models.Model):
    _inherit = "res.users"

    kpi_remind_figures = fields.Boolean(string="KPI figures to enter", default=True)
    kpi_remind_agree = fields.Boolean(string="Scorecards to agree", default=True)
    kpi_remind_behind = fields.Boolean(string="KPIs that fall behind", default=True)
    kpi_digest = fields.Boolean(string="Weekly mail about KPIs", default=True)

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, *SWITCHES]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, *SWITCHES]


class ResCompany(models.Model):
    _inherit = "res.company"

    kpi_remind_figures = fields.Boolean(string="Remind of KPI figures to enter", default=True)
    kpi_remind_agree = fields.Boolean(string="Remind of scorecards to agree", default=True)
    kpi_remind_behind = fields.Boolean(string="Remind of KPIs that fall behind", default=True)
    kpi_digest = fields.Boolean(string="Send the weekly mail about KPIs", default=True)
    kpi_snapshot_months = fields.Integer(
        string="Months of daily progress", default=13, help="How long it is kept after a period's end. 0: for ever."
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    kpi_remind_figures = fields.Boolean(related="company_id.kpi_remind_figures", readonly=False)
    kpi_remind_agree = fields.Boolean(related="company_id.kpi_remind_agree", readonly=False)
    kpi_remind_behind = fields.Boolean(related="company_id.kpi_remind_behind", readonly=False)
    kpi_digest = fields.Boolean(related="company_id.kpi_digest", readonly=False)
    kpi_snapshot_months = fields.Integer(related="company_id.kpi_snapshot_months", readonly=False)
