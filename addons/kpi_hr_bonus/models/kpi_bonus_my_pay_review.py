"""My KPI Pay of plans by reviews: what waits for the review, without a figure nobody knows."""

from odoo import api, fields, models
from odoo.fields import Domain

from .kpi_bonus_my_pay import WAITING


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.readonly
    def my_pay(self):
        """Extend: ``waiting``, a row for each period of a plan by reviews that has no statement yet."""
        return {**super().my_pay(), "waiting": self._my_pay_waiting()}

    @api.model
    def _my_pay_waiting(self):
        """Rows of the user's own: plan, period, and what it waits for; the last period first."""
        plans = self.env["kpi.bonus.plan"].search(
            [
                ("state", "=", "published"),
                ("score_source", "=", "review"),
                ("company_id", "in", self.env.companies.ids),
            ],
            order="name, id",
        )
        rows = [row for plan in plans for row in self._my_pay_waiting_plan(plan)]
        return sorted(rows, key=lambda row: row["date_end"], reverse=True)

    def _my_pay_waiting_plan(self, plan):
        today = fields.Date.context_today(self)
        days = Domain("date_start", "<=", today) & Domain("date_end", ">=", today - WAITING)
        kind = Domain("company_id", "=", plan.company_id.id) & Domain("period_type", "=", plan.period_type)
        # sudo: names of periods, and one's own review and whereabouts; a plain user may not read all of these.
        periods = self.env["kpi.period"].sudo().search(kind & days, order="date_start desc")
        told = self.search([("user_id", "=", self.env.uid), ("plan_id", "=", plan.id), ("state", "!=", "cancelled")])
        own = plan.company_id.sudo().env["hr.employee"].search([("user_id", "=", self.env.uid)])
        rows = []
        for period in periods - told.sudo().filtered(lambda statement: statement.state != "draft").period_id:
            covered = plan._covers_period(period) and plan.sudo()._coverage(period, own.ids)
            if covered:
                review = next(iter(plan._reviews(period, list(covered)).values()), None)
                rows.append(self._my_pay_waiting_row(plan, period, review))
        return rows

    def _my_pay_waiting_row(self, plan, period, review):
        if review and review._is_closed():
            text = self.env._("Your review is closed: the statement is being prepared.")
        elif review or not period._has_ended():
            text = self.env._("Waits for your review: what it pays is known once that is closed.")
        else:
            text = self.env._("There is no review of yours for this period.")
        return {
            "key": f"{plan.id}-{period.id}",
            "plan": plan.display_name,
            "period": period.name,
            "date_end": fields.Date.to_string(period.date_end),
            "review_id": bool(review) and review.id,
            "text": text,
        }
