from collections import Counter
from datetime import timedelta

from odoo import api, fields, models

# How many days after the period each phase ends, as suggested on the form.
DAYS = {"self_date": 7, "feedback_date": 7, "manager_date": 14, "calibration_date": 21, "talk_date": 35}


class KpiReviewCycle(models.Model):
    """What launching the cycle would do, said before it is done; and what the form suggests."""

    _inherit = "kpi.review.cycle"

    plan_count = fields.Integer(compute="_compute_plan", string="To be made")
    plan_html = fields.Html(compute="_compute_plan", string="By template", sanitize=False)
    missing_count = fields.Integer(compute="_compute_plan", string="People left out")
    missing_employee_ids = fields.Many2many("hr.employee.public", compute="_compute_plan", string="Left out")
    lacks_guideline = fields.Boolean(
        compute="_compute_lacks_guideline", help="Some grades of the scale have no range yet."
    )

    @api.depends("period_id", "company_id", "leader_id", "department_ids", "template_ids", "state", "queued")
    @api.depends_context("uid", "lang")
    def _compute_plan(self):
        for cycle in self:
            open_to_join = cycle.state in ("draft", "running") and cycle.period_id and cycle._offers_launch()
            todo, missing = cycle._plan() if open_to_join else ([], [])
            cycle.plan_count = len(todo)
            cycle.plan_html = bool(todo) and cycle._plan_rows_html(todo)
            cycle.missing_count = len(missing)
            cycle.missing_employee_ids = self.env["hr.employee.public"].browse(missing)

    @api.depends("scale_id", "guideline_ids.grade_id")
    def _compute_lacks_guideline(self):
        for cycle in self:
            cycle.lacks_guideline = bool(cycle.scale_id.grade_ids - cycle.guideline_ids.grade_id)

    @api.onchange("period_id")
    def _onchange_period_id(self):
        """Suggest the last days of the phases; each may be changed or emptied. Days of one's own stay."""
        # Suggested days are all there and counted from the same one; any others were typed, or emptied.
        counted_from = {self[name] and self[name] - timedelta(days=days) for name, days in DAYS.items()}
        if not self.period_id or len(counted_from) > 1:
            return
        # A cycle made long after its period begins now.
        start = max(self.period_id.date_end, fields.Date.context_today(self))
        for name, days in DAYS.items():
            self[name] = start + timedelta(days=days)

    def action_add_guidelines(self):
        """List the grades that have no range yet, to be filled in."""
        self.ensure_one()
        grades = self.scale_id.grade_ids - self.guideline_ids.grade_id
        self.env["kpi.review.guideline"].create([{"cycle_id": self.id, "grade_id": grade.id} for grade in grades])

    def action_refresh(self):
        """Show how far the reviews that are made in the background are."""
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _offers_launch(self):
        """Whether the user may launch it; of a cycle that is not saved yet, whether he may make one for that team."""
        user = self.env.user
        return user.has_group("kpi_management.group_kpi_officer") or (user == self.leader_id.sudo().user_id)

    def _plan_rows_html(self, todo):
        counts = Counter(each.template_id for each in todo)
        templates = self.env["kpi.review.template"].browse(counts)
        rows = [{"name": template.name, "count": counts[template.id]} for template in templates.sorted("name")]
        title = self.env._("The launch makes %s reviews, by template:", len(todo))
        return self.env["ir.qweb"]._render("kpi_management.review_cycle_plan", {"rows": rows, "title": title})
