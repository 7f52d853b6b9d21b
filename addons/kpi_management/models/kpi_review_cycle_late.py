from odoo import api, fields, models

from .guard import as_system


class KpiReviewCycle(models.Model):
    """Who could not be asked at the launch and can be now, as there is a login or a new colleague in the team."""

    _inherit = "kpi.review.cycle"

    late_count = fields.Integer(
        compute="_compute_late_count", help="People in reviews already made who can be asked now, and could not before."
    )

    @api.depends("state")
    def _compute_late_count(self):
        for cycle in self:
            running = cycle.state == "running" and not cycle.queued
            cycle.late_count = len(cycle._lacking()._first_rows()) if running else 0

    def _lacking(self):
        """The reviews in which somebody may still have to be asked, with the system's mark; most lack nobody."""
        self.ensure_one()
        # as_system: the rows of others are not to be read by the user; who they are is not told.
        reviews = as_system(self).review_ids.with_prefetch()
        domain = [("review_id", "in", reviews.ids), ("side", "in", ("self", "manager"))]
        asked = dict(reviews.env["kpi.review.feedback"]._read_group(domain, ["side"], ["review_id:recordset"]))
        lacking = reviews.browse()
        for side in {"self", "manager"}.intersection(self._sides()):
            lacking |= reviews - asked.get(side, reviews.browse())
        if "upward" in self._sides():
            domain = [("parent_id", "in", reviews.employee_id.ids)]
            leaders = dict(reviews.env["hr.employee"]._read_group(domain, ["parent_id"], ["__count"]))
            lacking |= reviews.filtered(lambda review: review.employee_id in leaders)
        return lacking.with_prefetch()
