from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine import SIDES
from .guard import is_trusted

# What a review shows of a question, and what an answer counts as.
MEANING = {"template_id", "kind", "competency_id", "question", "weight", *(f"for_{side}" for side in SIDES)}


class KpiReviewTemplate(models.Model):
    """Questions and competencies of a review: for a job, a department, both or everybody."""

    _name = "kpi.review.template"
    _description = "Review Template"
    _inherit = ["kpi.fit.mixin"]
    _order = "sequence, name, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
        help="Empty: for every company, for whom none of its own fits.",
    )
    leaders_only = fields.Boolean(
        string="Only leaders", help="Only for people to whom somebody reports; for them before one for everybody."
    )
    job_ids = fields.Many2many(
        "hr.job",
        "kpi_review_template_job_rel",
        string="Job Positions",
        check_company=True,
        help="Empty: any job.",
    )
    department_ids = fields.Many2many(
        "hr.department",
        "kpi_review_template_department_rel",
        string="Departments",
        check_company=True,
        help="With the departments below them. Empty: any department.",
    )
    line_ids = fields.One2many("kpi.review.template.line", "template_id", string="Questions", copy=True)
    is_used = fields.Boolean(compute="_compute_is_used", help="Reviews were made from it: its questions stay.")

    def _compute_is_used(self):
        # sudo: only whether there are any is asked.
        groups = self.env["kpi.review"].sudo()._read_group([("template_id", "in", self.ids)], ["template_id"])
        used = {template.id for (template,) in groups}
        for template in self:
            template.is_used = template.id in used

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused()

    def _check_unused(self):
        if not is_trusted(self.env) and (used := self.filtered("is_used")):
            raise UserError(
                self.env._("Reviews were made from %s, so its questions stay. Copy it and change that.", used[0].name)
            )

    @api.model
    def _in_use(self, company):
        """The templates of the company and those shared by all."""
        return self.search([("company_id", "in", [company.id, False])])

    def _fitting(self, department, job, leads):
        """The template among these for somebody: the company's own before shared ones, then see ``kpi.fit.mixin``.

        :param department: hr.department, may be none
        :param job: hr.job, may be none
        :param bool leads: whether somebody reports to the person
        """
        open_to = self if leads else self.filtered(lambda template: not template.leaders_only)
        own = open_to.filtered("company_id")
        return own._best(department, job) or (open_to - own)._best(department, job)

    def _fit_order(self):
        """Override of kpi.fit.mixin: whoever leads gets the one for leaders first."""
        return (not self.leaders_only, *super()._fit_order())

    def _asked(self, side):
        """The questions that a side is asked."""
        return self.line_ids.filtered(f"for_{side}")


class KpiReviewTemplateLine(models.Model):
    _name = "kpi.review.template.line"
    _description = "Review Question"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one("kpi.review.template", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="template_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("competency", "Rating"), ("text", "Text")],
        required=True,
        default="competency",
        help="Rating: 1 to 5 for a competency, with a comment where wanted. Text: words only.",
    )
    competency_id = fields.Many2one(
        "kpi.competency",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('company_id', 'in', [False, company_id])]",
    )
    question = fields.Char(translate=True, help="What is asked. Empty: the competency by its name.")
    weight = fields.Float(
        default=1, digits=(16, 2), help="How much the rating counts among the others of the template; 0: not at all."
    )
    for_self = fields.Boolean(string="Self", default=True)
    for_manager = fields.Boolean(string="Manager", default=True)
    for_peer = fields.Boolean(string="Colleagues", default=True)
    for_upward = fields.Boolean(string="Team", default=True)
    for_external = fields.Boolean(string="External")

    _weight_positive = models.Constraint("CHECK(weight >= 0)", "A weight is 0 or more.")

    @api.depends("question", "competency_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.question or line.competency_id.name

    @api.constrains("kind", "competency_id", "question", "template_id")
    def _check_complete(self):
        for line in self:
            if line.kind == "competency" and not line.competency_id:
                raise ValidationError(self.env._("Choose the competency that is rated, or ask for a text instead."))
            if line.kind == "text" and not (line.question or "").strip():
                raise ValidationError(self.env._("Write what is asked."))
            if line.competency_id.company_id not in (line.company_id, self.env["res.company"]):
                raise ValidationError(
                    self.env._("%s belongs to another company: choose another one.", line.competency_id.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.template_id._check_unused()
        return lines

    def write(self, vals):
        if MEANING & vals.keys():
            self.template_id._check_unused()
        result = super().write(vals)
        if "template_id" in vals:
            self.template_id._check_unused()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.template_id._check_unused()
