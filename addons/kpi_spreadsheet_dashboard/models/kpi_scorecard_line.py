from odoo import api, fields, models
from odoo.fields import Domain


class KpiScorecardLine(models.Model):
    """Whom a filter by department finds: a department, those below it, and the people who work in any of them."""

    _inherit = "kpi.scorecard.line"

    unit_id = fields.Many2one(
        "hr.department",
        string="Department of the subject",
        compute="_compute_unit_id",
        search="_search_unit_id",
        compute_sudo=True,
    )

    @api.depends("department_id", "employee_id.department_id")
    def _compute_unit_id(self):
        for line in self:
            line.unit_id = line.department_id or line.employee_id.department_id

    @api.model
    def _search_unit_id(self, operator, value):
        """Departments by id, name or domain; False are lines that belong to none, as the company's."""
        if operator == "any":
            # With the user's own rights: a domain asks for whatever it likes.
            operator, value = "child_of", self.env["hr.department"].with_context(active_test=False).search(value).ids
        if operator not in ("in", "child_of"):
            return NotImplemented
        asked = [value] if isinstance(value, (int, str)) else list(value)
        ids = [department for department in asked if department]
        found = Domain("department_id", "child_of", ids) | self._works_in("child_of", ids)
        if operator == "in" and False in asked:
            nowhere = Domain("employee_id", "=", False) | self._works_in("=", False)
            found |= Domain("department_id", "=", False) & nowhere
        return found

    def _works_in(self, operator, value):
        # Past the rights on employees: who works where is no secret; whose figures are found is for the lines' rules.
        return Domain("employee_id", "any!", Domain("department_id", operator, value))
