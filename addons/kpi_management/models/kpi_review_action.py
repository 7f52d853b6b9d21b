from odoo import api, fields, models


class KpiAction(models.Model):
    """What a review led to."""

    _inherit = "kpi.action"
    _fixed = ("line_id", "employee_id", "review_id")

    review_id = fields.Many2one("kpi.review", index="btree_not_null", ondelete="restrict")

    @api.depends("review_id")
    def _compute_subject(self):
        # sudo: whom a review is about is the same for everybody who may read it, which ``create`` checks.
        for action in self.sudo():
            if action.review_id and not action.line_id:
                action.employee_id = action.review_id.employee_id
        return super()._compute_subject()

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions.review_id.with_env(self.env).check_access("read")
        return actions

    def _about_holder(self):
        review = self.env["kpi.review"].browse(self.env.context.get("default_review_id"))
        return super()._about_holder() or review.sudo().employee_id


class KpiReview(models.Model):
    _inherit = "kpi.review"

    action_ids = fields.One2many("kpi.action", "review_id", string="Actions")

    def action_add_action(self):
        """Open a new action that the review leads to."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_action")
        return {
            **action,
            "name": self.env._("Actions · %s", self.display_name),
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_review_id": self.id, "default_kind": "training"},
        }

    def action_open_talks(self):
        """Open the talks with the person through the period."""
        self.ensure_one()
        return self.env["kpi.one.on.one"]._prepare_talks(self.employee_id)


class KpiDossier(models.Model):
    _inherit = "kpi.dossier"

    review_ids = fields.One2many("kpi.review", string="Reviews", compute="_compute_records")

    @api.model
    def _records_shown(self):
        return {"review_ids": "employee_id", **super()._records_shown()}
