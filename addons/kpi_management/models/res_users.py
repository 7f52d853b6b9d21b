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

    def _kpi_writes_targets(self):
        """Whether the user may write scorecards and objectives at all: as KPI officer, or as somebody's manager."""
        self.ensure_one()
        if self.has_group("kpi_management.group_kpi_officer"):
            return True
        # sudo: a plain user may not read whom an employee leads.
        return bool(self.sudo().employee_ids.child_ids)
