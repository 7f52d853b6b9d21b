from odoo import api, fields, models

LAGS = ("at_risk", "behind")


class KpiScorecardLine(models.Model):
    """What is done about this KPI, and praise for it."""

    _inherit = "kpi.scorecard.line"

    action_ids = fields.One2many("kpi.action", "line_id", string="Actions")
    action_count = fields.Integer(compute="_compute_action_count")
    kudos_ids = fields.One2many("kpi.kudos", "line_id")
    kudos_count = fields.Integer(compute="_compute_action_count")
    lags = fields.Boolean(compute="_compute_lags", help="Whether something is to be done about it, or is being done.")
    can_praise = fields.Boolean(compute="_compute_can_praise", help="Whether somebody else answers for it.")

    def _compute_action_count(self):
        # Under the viewer's own rights: the button opens as many.
        counts = [
            dict(self.env[model]._read_group([("line_id", "in", self.ids)], ["line_id"], ["__count"]))
            for model in ("kpi.action", "kpi.kudos")
        ]
        for line in self:
            line.action_count, line.kudos_count = (count.get(line._origin, 0) for count in counts)

    @api.depends("status", "action_ids")
    def _compute_lags(self):
        for line in self:
            line.lags = bool(line._origin) and (line.status in LAGS or bool(line.action_count))

    @api.depends("employee_id", "department_id")
    @api.depends_context("uid")
    def _compute_can_praise(self):
        # sudo: only whether it is somebody else is asked.
        mine = self.env.user.sudo().employee_ids
        for line in self:
            holder = line.sudo().employee_id or line.sudo().department_id.manager_id
            line.can_praise = bool(line._origin and holder) and holder not in mine

    def action_open_actions(self):
        """Open what is done about this KPI; the form of a new action when nothing is yet."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_action")
        action |= {
            "name": self.env._("Actions · %s", self.display_name),
            "domain": [("line_id", "=", self.id)],
            "context": {"default_line_id": self.id},
        }
        if not self.action_count:
            action |= {"view_mode": "form", "views": [(False, "form")]}
        return action

    def action_give_kudos(self):
        """Praise whoever answers for this KPI."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_kudos_give")
        return {**action, "context": {"default_line_id": self.id}}


class KpiScorecard(models.Model):
    _inherit = "kpi.scorecard"

    action_ids = fields.One2many("kpi.action", "scorecard_id", string="Actions")


class KpiAction(models.Model):
    _inherit = "kpi.action"

    scorecard_id = fields.Many2one(related="line_id.scorecard_id", store=True, index="btree_not_null")
