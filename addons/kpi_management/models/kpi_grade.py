from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import Band


class KpiGradeScale(models.Model):
    _name = "kpi.grade.scale"
    _description = "Grade Scale"
    _order = "company_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", ondelete="cascade", help="Empty: for every company that has no scale of its own."
    )
    grade_ids = fields.One2many("kpi.grade", "scale_id", string="Grades", copy=True)

    @api.model
    def _for_company(self, company):
        """The first scale of the company, or else the first one shared by all."""
        scales = self.search([("company_id", "in", [company.id, False])])
        return (scales.filtered("company_id") or scales)[:1]

    def _bands(self):
        """The scale's bands of scores, as the engine knows them, by the grade's id; half-open, so no score falls
        between two."""
        return [Band(grade.min_score, grade.id) for grade in self.grade_ids]


class KpiGrade(models.Model):
    _name = "kpi.grade"
    _description = "Grade"
    _order = "scale_id, min_score desc, id"

    name = fields.Char(required=True, translate=True)
    scale_id = fields.Many2one("kpi.grade.scale", required=True, index=True, ondelete="cascade")
    min_score = fields.Float(
        string="From score", digits=(16, 2), help="The grade holds from this score (included) up to the next grade."
    )
    color = fields.Integer()
    description = fields.Text(translate=True)

    _unique_start = models.UniqueIndex("(scale_id, min_score)", "Two grades of a scale begin at the same score.")

    @api.constrains("min_score")
    def _check_min_score(self):
        if any(grade.min_score < 0 for grade in self):
            raise ValidationError(self.env._("A grade cannot begin below a score of 0."))
