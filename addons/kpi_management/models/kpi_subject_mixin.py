from odoo import api, fields, models
from odoo.exceptions import ValidationError


class KpiSubjectMixin(models.AbstractModel):
    """Whom a figure or a scorecard is about: a company, a department or an employee; bridges add kinds."""

    _name = "kpi.subject.mixin"
    _description = "KPI Subject"

    subject_type = fields.Selection(
        [("company", "Company"), ("department", "Department"), ("employee", "Employee")],
        string="Level",
        required=True,
        default="employee",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    department_id = fields.Many2one("hr.department", index="btree_not_null", check_company=True, ondelete="restrict")
    employee_id = fields.Many2one("hr.employee", index="btree_not_null", check_company=True, ondelete="restrict")
    subject_name = fields.Char(string="Subject", compute="_compute_subject_name", compute_sudo=True)

    @api.depends(lambda self: ("subject_type", *self._subject_fields().values()))
    def _compute_subject_name(self):
        for record in self:
            record.subject_name = record._subject().display_name

    @api.model
    def _subject_fields(self):
        """Subject kind → the field that holds the subject. Bridges extend it along with ``subject_type``."""
        return {"company": "company_id", "department": "department_id", "employee": "employee_id"}

    def _subject(self):
        """The subject as a record (sudo: a plain user may not read hr.employee, and only id and name are used)."""
        self.ensure_one()
        return self.sudo()[self._subject_fields()[self.subject_type]]

    @api.constrains("subject_type", "company_id", "department_id", "employee_id")
    def _check_subject(self):
        for record in self:
            others = set(self._subject_fields().values()) - {self._subject_fields()[record.subject_type], "company_id"}
            if any(record.sudo()[name] for name in others):
                raise ValidationError(self.env._("Choose one subject only: a company, a department or a person."))
            if not record._subject():
                kinds = dict(self._fields["subject_type"]._description_selection(self.env))
                raise ValidationError(
                    self.env._("Choose the %s that this is about.", kinds[record.subject_type].lower())
                )
