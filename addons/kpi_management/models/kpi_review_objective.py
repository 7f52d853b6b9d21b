from datetime import timedelta

from odoo import api, fields, models

from ..engine import window_of


class KpiObjective(models.Model):
    _inherit = "kpi.objective"

    review_id = fields.Many2one(
        "kpi.review",
        string="Agreed in",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="The review in whose talk it was agreed.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        objectives = super().create(vals_list)
        # Who may not see a review agrees nothing in it.
        objectives.review_id.with_env(self.env).check_access("read")
        return objectives

    def write(self, vals):
        result = super().write(vals)
        if vals.get("review_id"):
            self.review_id.with_env(self.env).check_access("read")
        return result

    @api.model
    def _open_next(self, employee, company, window):
        """Open a new objective of somebody for what comes next.

        :param employee: ``hr.employee``
        :param company: ``res.company``
        :param window: engine Window in which it is to be reached
        :return: a window action
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Objective for what comes next"),
            "res_model": self._name,
            "view_mode": "form",
            "context": {
                "default_level": "individual",
                "default_owner_id": employee.id,
                "default_department_id": False,
                "default_company_id": company.id,
                "default_date_start": fields.Date.to_string(window.start),
                "default_date_end": fields.Date.to_string(window.end),
            },
        }


class KpiReview(models.Model):
    _inherit = "kpi.review"

    objective_ids = fields.One2many("kpi.objective", "review_id", string="Objectives agreed", readonly=True)

    def action_new_objective(self):
        """Open a new objective of the person for the period that comes after the one reviewed."""
        self.ensure_one()
        period = self.period_id
        window = window_of(period.period_type, period.date_end + timedelta(days=1))
        action = self.env["kpi.objective"]._open_next(self.employee_id, self.company_id, window)
        return {**action, "context": {**action["context"], "default_review_id": self.id}}
