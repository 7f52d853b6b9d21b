from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .kpi_period import PERIOD_TYPES

# What an active template holds on to, beside its lines.
LOCKED = {"subject_type", "period_type", "company_id"}


class KpiScorecardTemplate(models.Model):
    """KPIs, weights and default targets from which scorecards are made: for a job, a department, both or everybody.

    Of several that fit a person the one for job and department counts, then the one for the job, then the one for the
    department (the nearest above the person), then the one for everybody; among equals the first in the list.
    """

    _name = "kpi.scorecard.template"
    _description = "Scorecard Template"
    _inherit = ["kpi.weights.mixin", "kpi.fit.mixin"]
    _order = "sequence, name, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    subject_type = fields.Selection(
        selection="_selection_subject_type", string="Level", required=True, default="employee"
    )
    period_type = fields.Selection(PERIOD_TYPES, required=True, default="month", string="Period")
    job_ids = fields.Many2many(
        "hr.job",
        "kpi_scorecard_template_job_rel",
        string="Job Positions",
        check_company=True,
        help="Empty: any job.",
    )
    department_ids = fields.Many2many(
        "hr.department",
        "kpi_scorecard_template_department_rel",
        string="Departments",
        check_company=True,
        help="With the departments below them. Empty: any department.",
    )
    line_ids = fields.One2many("kpi.scorecard.template.line", "template_id", string="KPIs", copy=True)
    state = fields.Selection(
        [("draft", "Draft"), ("active", "In use")],
        required=True,
        default="draft",
        readonly=True,
        help="Scorecards are made from templates in use.",
    )
    scorecard_ids = fields.One2many("kpi.scorecard", "template_id", string="Scorecards")
    scorecard_count = fields.Integer(compute="_compute_scorecard_count")

    @api.model
    def _selection_subject_type(self):
        return self.env["kpi.scorecard"]._fields["subject_type"]._description_selection(self.env)

    def _compute_scorecard_count(self):
        groups = self.env["kpi.scorecard"]._read_group([("template_id", "in", self.ids)], ["template_id"], ["__count"])
        counts = dict(groups)
        for template in self:
            template.scorecard_count = counts.get(template, 0)

    @api.onchange("subject_type")
    def _onchange_subject_type(self):
        if self.subject_type != "employee":
            self.job_ids = False
        if self.subject_type not in ("employee", "department"):
            self.department_ids = False

    @api.constrains("state", "line_ids")
    def _check_usable(self):
        """A template in use makes scorecards that can be agreed."""
        for template in self.filtered(lambda template: template.state == "active"):
            if problem := template._weights_problem():
                raise ValidationError(problem)
            template.line_ids._check_usable()

    def write(self, vals):
        if LOCKED & vals.keys():
            self._check_draft()
        return super().write(vals)

    def action_activate(self):
        """Let scorecards be made from these templates.

        :raises ValidationError: naming the first template and what is to be mended
        """
        self.write({"state": "active"})

    def action_draft(self):
        """Take templates out of use, so that their KPIs can be changed; scorecards made from them stay as they are."""
        self.write({"state": "draft"})

    def action_open_scorecards(self):
        """Open the scorecards made from this template."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_scorecard")
        return {**action, "domain": [("template_id", "=", self.id)], "context": {}}

    def _check_draft(self):
        if in_use := self.filtered(lambda template: template.state == "active"):
            raise UserError(self.env._("%s is in use. Take it back to draft before you change it.", in_use[0].name))
