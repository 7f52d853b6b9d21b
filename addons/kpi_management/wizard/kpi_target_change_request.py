from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.kpi_target_change_terms import CHANGING, in_force
from ..models.kpi_target_mixin import DIGITS


class KpiTargetChangeRequest(models.TransientModel):
    """Asks for other terms of one or several KPIs of a scorecard from a day on."""

    _name = "kpi.target.change.request"
    _description = "Request Other Targets"

    scorecard_id = fields.Many2one("kpi.scorecard", required=True, readonly=True, ondelete="cascade")
    date_effective = fields.Date(string="From", required=True, default=lambda self: fields.Date.context_today(self))
    reason_id = fields.Many2one("kpi.change.reason", required=True)
    note = fields.Text()
    is_past = fields.Boolean(compute="_compute_is_past")
    line_ids = fields.One2many(
        "kpi.target.change.request.line", "request_id", compute="_compute_line_ids", store=True, readonly=False
    )
    weight_total = fields.Float(compute="_compute_weight_total", digits=(16, 2), string="Total weight")

    @api.depends("date_effective")
    def _compute_is_past(self):
        for request in self:
            request.is_past = request.date_effective and request.date_effective < fields.Date.context_today(request)

    @api.depends("scorecard_id", "date_effective")
    def _compute_line_ids(self):
        """The terms in force on the day, to be changed."""
        for request in self:
            commands = [Command.clear()]
            if request.date_effective:
                lines = request.scorecard_id._origin.line_ids or request.scorecard_id.line_ids
                for line, steps in lines._timelines().items():
                    terms = in_force(steps, request.date_effective)
                    old = {f"old_{name}": terms[name] for name in ("target", "weight")}
                    new = {f"new_{name}": terms[name] for name in CHANGING}
                    commands.append(Command.create({"line_id": line._origin.id, **old, **new}))
            request.line_ids = commands

    @api.depends("line_ids.new_weight")
    def _compute_weight_total(self):
        for request in self:
            request.weight_total = sum(request.line_ids.mapped("new_weight"))

    def action_confirm(self):
        """Request the changes of the lines that differ; they are decided together.

        :raises UserError: when nothing differs, or the request is refused by ``kpi.target.change.action_request``
        """
        self.ensure_one()
        timelines = self.line_ids.line_id._timelines()
        changed = self.line_ids.filtered(lambda line: line._differs(timelines[line.line_id]))
        if not changed:
            raise UserError(self.env._("Nothing changes. Give a new target or weight."))
        changes = self.env["kpi.target.change"].create([line._prepare_change() for line in changed])
        changes.action_request()
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class KpiTargetChangeRequestLine(models.TransientModel):
    _name = "kpi.target.change.request.line"
    _description = "Other Targets of a KPI"

    request_id = fields.Many2one("kpi.target.change.request", required=True, ondelete="cascade")
    line_id = fields.Many2one("kpi.scorecard.line", string="KPI", required=True, readonly=True, ondelete="cascade")
    unit = fields.Selection(related="line_id.unit")
    direction = fields.Selection(related="line_id.direction")
    currency_id = fields.Many2one(related="line_id.currency_id")
    old_target = fields.Float(string="Target", digits=DIGITS, readonly=True)
    old_weight = fields.Float(string="Weight", digits=(16, 2), readonly=True)
    new_target = fields.Float(digits=DIGITS)
    new_weight = fields.Float(digits=(16, 2))
    new_baseline = fields.Float(string="Baseline", digits=DIGITS)
    new_threshold = fields.Float(string="Threshold", digits=DIGITS)
    new_stretch = fields.Float(string="Stretch", digits=DIGITS)
    new_band_low = fields.Float(string="Band from", digits=DIGITS)
    new_band_high = fields.Float(string="Band to", digits=DIGITS)

    def _differs(self, steps):
        terms = in_force(steps, self.request_id.date_effective)
        return any(self[f"new_{name}"] != terms[name] for name in CHANGING)

    def _prepare_change(self):
        request = self.request_id
        return {
            "line_id": self.line_id.id,
            "date_effective": request.date_effective,
            "reason_id": request.reason_id.id,
            "note": request.note,
            **{f"new_{name}": self[f"new_{name}"] for name in CHANGING},
        }
