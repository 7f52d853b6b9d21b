from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    kpi_reach_low = fields.Float(
        string="Achievable from (%)",
        default=-10.0,
        help="A target that is further below what was reached before asks for a reason.",
    )
    kpi_reach_high = fields.Float(
        string="Achievable to (%)",
        default=50.0,
        help="A target that is further above what was reached before asks for a reason.",
    )
    kpi_objective_reviewer_id = fields.Many2one(
        "res.users",
        string="Reviewer of objectives",
        help="Accepts each proposed objective of the company and its departments, for human resources. "
        "Those of single people are between them and their managers.",
    )

    def _kpi_today(self):
        """The day it is in the company."""
        self.ensure_one()
        return self.env["kpi.period"].new({"company_id": self.id})._now().date()


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    kpi_reach_low = fields.Float(related="company_id.kpi_reach_low", readonly=False)
    kpi_reach_high = fields.Float(related="company_id.kpi_reach_high", readonly=False)
    kpi_objective_reviewer_id = fields.Many2one(related="company_id.kpi_objective_reviewer_id", readonly=False)
