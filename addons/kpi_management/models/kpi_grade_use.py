from odoo import api, fields, models


class KpiGradeScale(models.Model):
    """Which scale counts where, and what is wrong with it."""

    _inherit = "kpi.grade.scale"

    used_company_ids = fields.Many2many(
        "res.company",
        compute="_compute_used_company_ids",
        string="Counts for",
        help="Of your companies, those whose scores this scale turns into grades.",
    )
    warning = fields.Char(compute="_compute_warning")

    @api.depends("company_id", "sequence", "active")
    @api.depends_context("uid")
    def _compute_used_company_ids(self):
        # Asked of the database: a scale that is being edited counts once it is saved.
        companies = self.env.user.company_ids
        scales = self.search([("company_id", "in", [*companies.ids, False])])
        by_company = scales.grouped("company_id")
        shared = by_company.get(self.env["res.company"], scales.browse())
        counting = {company: (by_company.get(company) or shared)[:1] for company in companies}
        for scale in self:
            scale.used_company_ids = companies.filtered(lambda company, scale=scale: counting[company] == scale._origin)

    @api.depends("active", "company_id", "grade_ids.min_score", "used_company_ids")
    def _compute_warning(self):
        for scale in self:
            scale.warning = scale._first_warning()

    def _first_warning(self):
        """What an officer should mend first, in words; False when nothing."""
        if not self.active:
            return False
        if not self.grade_ids:
            return self.env._("This scale has no grades yet, so scores get none.")
        lowest = min(self.grade_ids.mapped("min_score"))
        if lowest > 0:
            return self.env._(
                "Scores below %(score)s %% get no grade. Let the lowest grade begin at 0.", score=f"{lowest:g}"
            )
        if self._origin and not self.used_company_ids:
            return self.env._("This scale counts nowhere: another one of the same company comes first in the list.")
        return False
