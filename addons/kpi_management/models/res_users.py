from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    kpi_department_ids = fields.Many2many(
        "hr.department",
        compute="_compute_kpi_department_ids",
        string="Departments led",
        help="The departments this user leads, with those below them. Record rules read it.",
    )

    @api.depends_context("allowed_company_ids")
    def _compute_kpi_department_ids(self):
        # sudo: a plain user may not read who leads which department; the ids only serve the record rules.
        Department = self.env["hr.department"].sudo()
        for user in self:
            led = Department.search([("manager_id.user_id", "=", user.id)])
            user.kpi_department_ids = Department.search([("id", "child_of", led.ids)]) if led else led
