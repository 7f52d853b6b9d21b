from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, html2plaintext

from .guard import is_trusted

POINTS = [
    ("specific", "Specific"),
    ("measurable", "Measurable"),
    ("achievable", "Achievable"),
    ("relevant", "Relevant"),
    ("time_bound", "Time-bound"),
]


class KpiObjective(models.Model):
    """What an objective lacks to be SMART, as far as a system can tell."""

    _inherit = "kpi.objective"

    waiver_ids = fields.One2many("kpi.objective.waiver", "objective_id", string="Waived points")
    smart_missing = fields.Text(
        compute="_compute_smart",
        compute_sudo=True,
        string="Missing to be SMART",
        help="Specific, measurable, achievable, relevant, time-bound: what is missing has to be mended, or waived by a "
        "KPI officer, before the objective is proposed.",
    )
    smart_warning = fields.Text(
        compute="_compute_smart", compute_sudo=True, help="Targets far from what was reached before."
    )

    @api.depends(
        "description",
        "target_group",
        "key_result_ids.name",
        "key_result_ids.baseline",
        "key_result_ids.target",
        "key_result_ids.reach_warning",
        "key_result_ids.reach_reason",
        "line_ids.target",
        "parent_id.state",
        "strategy_id",
        "date_end",
        "waiver_ids.point",
    )
    @api.depends_context("lang")
    def _compute_smart(self):
        labels = dict(self.env["kpi.objective.waiver"]._fields["point"]._description_selection(self.env))
        for objective in self:
            waived = set(objective.waiver_ids.mapped("point"))
            faults = [
                f"{labels[point]}: {fault}"
                for point in labels
                if point not in waived
                for fault in getattr(objective, f"_faults_{point}")()
            ]
            objective.smart_missing = "\n".join(faults) or False
            warnings = filter(None, objective.key_result_ids.mapped("reach_warning"))
            objective.smart_warning = "\n".join(warnings) or False

    def _faults_specific(self):
        if not html2plaintext(self.description or "").strip():
            yield self.env._("describe what is to be reached.")
        if not (self.target_group or "").strip():
            yield self.env._("say for whom.")

    def _faults_measurable(self):
        lines = self.line_ids.filtered(lambda line: line.target or line.direction not in ("higher", "lower"))
        if not (self.key_result_ids or lines):
            yield self.env._("add a key result with a target.")
        for result in self.key_result_ids:
            if not result._has_target():
                yield self.env._("%s has no target.", result.name)

    def _faults_achievable(self):
        for result in self.key_result_ids:
            if result.reach_warning and not (result.reach_reason or "").strip():
                yield f"{result.reach_warning} {self.env._('Say why it can be done.')}"

    def _faults_relevant(self):
        if self.parent_id.state == "cancelled":
            yield self.env._("%s, which it serves, is cancelled.", self.parent_id.name)
        elif not (self.parent_id or self.strategy_id):
            yield self.env._("choose the objective or the strategy it serves.")

    def _faults_time_bound(self):
        if self.date_end and self.company_id and self.date_end < self.company_id._kpi_today():
            yield self.env._("it ended on %s.", format_date(self.env, self.date_end))

    def action_waive(self, point, reason):
        """Let an objective be proposed without one of the SMART points.

        :param str point: one of ``POINTS``
        :param str reason: why; kept with the officer's name and the day
        :raises AccessError: for others than KPI officers, and on one's own objective
        """
        self.ensure_one()
        return self.env["kpi.objective.waiver"].create({"objective_id": self.id, "point": point, "reason": reason})

    def _check_smart(self):
        """:raises UserError: naming what the first objective lacks"""
        for objective in self:
            if objective.smart_missing:
                raise UserError(
                    self.env._(
                        "%(name)s cannot be proposed yet:\n%(missing)s",
                        name=objective.name,
                        missing=objective.smart_missing,
                    )
                )


class KpiObjectiveWaiver(models.Model):
    _name = "kpi.objective.waiver"
    _description = "Waived SMART Point"
    _order = "objective_id, id"

    objective_id = fields.Many2one("kpi.objective", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="objective_id.company_id", store=True, index=True)
    point = fields.Selection(POINTS, required=True)
    reason = fields.Char(required=True)
    user_id = fields.Many2one("res.users", string="Waived by", required=True, readonly=True, ondelete="restrict")
    date = fields.Datetime(string="On", required=True, readonly=True)

    _unique_point = models.UniqueIndex("(objective_id, point)", "This point is waived already.")

    @api.model_create_multi
    def create(self, vals_list):
        signed = {"user_id": self.env.uid, "date": fields.Datetime.now()}
        waivers = super().create([{**vals, **signed} for vals in vals_list])
        waivers.objective_id._check_terms_open()
        waivers._check_author()
        return waivers

    def write(self, vals):
        if not is_trusted(self.env):
            raise UserError(self.env._("A waiver is not changed: delete it and write another."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proposed(self):
        self.objective_id._check_terms_open()

    def _check_author(self):
        for waiver in self:
            objective = waiver.objective_id
            if not (waiver.reason or "").strip():
                raise UserError(self.env._("Say why the point is waived."))
            if not objective._is_officer() or objective.sudo().owner_id.user_id == self.env.user:
                raise AccessError(self.env._("A point is waived by a KPI officer, and not by the objective's owner."))
            objective.message_post(
                body=self.env._(
                    "Waived: %(point)s. %(reason)s",
                    point=dict(self._fields["point"]._description_selection(self.env))[waiver.point],
                    reason=waiver.reason,
                )
            )
