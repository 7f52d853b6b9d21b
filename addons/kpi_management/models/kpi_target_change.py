from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .guard import is_trusted
from .kpi_target_change_terms import CHANGING, in_force
from .kpi_target_mixin import DIGITS

COUNTING = ("approved", "acknowledged")
# Written by the actions alone: who did what, and what was in force.
BY_ACTION = {"requested_on": False, "approved_by": False, "approved_on": False, "acknowledged_on": False}


class KpiTargetChange(models.Model):
    """Other terms of an agreed scorecard line from a day on.

    Only what differs between the old and the new terms changes; what a line counts with for its whole period follows
    from all its approved changes, each for its days (``engine.by_days``). An approved change never changes again: what
    was wrong is set right by another change.
    """

    _name = "kpi.target.change"
    _description = "Target Change"
    _order = "date_effective desc, approved_on desc, id desc"

    line_id = fields.Many2one("kpi.scorecard.line", string="KPI", required=True, index=True, ondelete="cascade")
    scorecard_id = fields.Many2one(related="line_id.scorecard_id", store=True, index=True)
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    period_id = fields.Many2one(related="line_id.period_id", store=True)
    subject_name = fields.Char(related="line_id.subject_name")
    unit = fields.Selection(related="line_id.unit")
    direction = fields.Selection(related="line_id.direction")
    currency_id = fields.Many2one(related="company_id.currency_id")
    set_id = fields.Many2one(
        "kpi.target.change",
        string="Together with",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Changes requested together are approved and refused together, so that the weights always make 100.",
    )
    date_effective = fields.Date(
        string="From",
        required=True,
        default=fields.Date.context_today,
        help="The first day on which the new terms count.",
    )
    old_target = fields.Float(digits=DIGITS, readonly=True, copy=False, aggregator=None)
    new_target = fields.Float(digits=DIGITS, aggregator=None)
    old_weight = fields.Float(digits=(16, 2), readonly=True, copy=False, aggregator=None)
    new_weight = fields.Float(digits=(16, 2), aggregator=None)
    old_baseline = fields.Float(digits=DIGITS, readonly=True, copy=False, aggregator=None)
    new_baseline = fields.Float(digits=DIGITS, aggregator=None)
    old_threshold = fields.Float(digits=DIGITS, readonly=True, copy=False, aggregator=None)
    new_threshold = fields.Float(digits=DIGITS, aggregator=None)
    old_stretch = fields.Float(digits=DIGITS, readonly=True, copy=False, aggregator=None)
    new_stretch = fields.Float(digits=DIGITS, aggregator=None)
    old_band_low = fields.Float(string="Old band from", digits=DIGITS, readonly=True, copy=False, aggregator=None)
    new_band_low = fields.Float(string="New band from", digits=DIGITS, aggregator=None)
    old_band_high = fields.Float(string="Old band to", digits=DIGITS, readonly=True, copy=False, aggregator=None)
    new_band_high = fields.Float(string="New band to", digits=DIGITS, aggregator=None)
    reason_id = fields.Many2one("kpi.change.reason", required=True, ondelete="restrict")
    note = fields.Text(help="What happened; needed when the change counts from a day gone by.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("requested", "Requested"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("acknowledged", "Acknowledged"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    requested_by = fields.Many2one("res.users", required=True, readonly=True, copy=False, ondelete="restrict")
    requested_on = fields.Datetime(readonly=True, copy=False)
    approved_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    approved_on = fields.Datetime(readonly=True, copy=False)
    acknowledged_on = fields.Datetime(readonly=True, copy=False)
    holder_id = fields.Many2one("res.users", compute="_compute_holder_id", compute_sudo=True)
    summary = fields.Char(compute="_compute_summary", string="Change")
    can_approve = fields.Boolean(compute="_compute_can", help="Whether the current user may approve or refuse it.")
    can_acknowledge = fields.Boolean(compute="_compute_can")
    can_edit = fields.Boolean(compute="_compute_can", help="Whether it is the current user's own request.")

    _approved_by_another = models.Constraint(
        "CHECK(approved_by IS NULL OR approved_by <> requested_by)",
        "Nobody approves his own request. Ask the next manager or a KPI officer.",
    )

    @api.depends("scorecard_id.user_id", "scorecard_id.department_id.manager_id.user_id")
    def _compute_holder_id(self):
        for change in self:
            change.holder_id = change.scorecard_id._holder_user()

    @api.depends(*(f"{side}_{name}" for side in ("old", "new") for name in CHANGING))
    @api.depends_context("lang")
    def _compute_summary(self):
        for change in self:
            change.summary = " · ".join(
                f"{change.line_id._fields[name]._description_string(self.env)} "
                f"{change._shown(name, change['old_' + name])} → {change._shown(name, new)}"
                for name, new in change._delta().items()
            )

    @api.depends("line_id.display_name", "date_effective")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for change in self:
            change.display_name = f"{change.line_id.display_name} · {format_date(self.env, change.date_effective)}"

    @api.depends("state", "requested_by", "holder_id")
    @api.depends_context("uid")
    def _compute_can(self):
        judged = self.scorecard_id._filtered_access("write")
        for change in self:
            mine = change.requested_by == self.env.user
            change.can_edit = mine and change.state in ("draft", "requested")
            change.can_acknowledge = change.state == "approved" and change.holder_id == self.env.user
            change.can_approve = (
                change.state == "requested"
                and not mine
                and change.holder_id != self.env.user
                and change.scorecard_id in judged
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Draft changes. Terms not given stay as they are on that day."""
        self._check_by_action({key for vals in vals_list for key in vals})
        if any(vals.get("state", "draft") != "draft" for vals in vals_list):
            raise AccessError(self.env._("A change is requested, approved and acknowledged by its buttons."))
        changes = super().create(
            [
                # Given outright, so that no default of the context stands in for what the actions write.
                {**vals, **BY_ACTION, "state": "draft", "set_id": False, "requested_by": self.env.uid}
                for vals in vals_list
            ]
        )
        # Who may not see a scorecard has nothing to ask of it.
        changes.line_id.with_env(self.env).check_access("read")
        for change, vals in zip(changes, vals_list, strict=True):
            change._complete({name for name in CHANGING if f"new_{name}" not in vals})
        return changes

    def write(self, vals):
        if is_trusted(self.env):
            return super().write(vals)
        self._check_by_action(vals)
        if "state" in vals or "line_id" in vals:
            raise AccessError(self.env._("A change is requested, approved and acknowledged by its buttons."))
        if any(change.state != "draft" for change in self):
            raise UserError(self.env._("What was requested does not change: take the request back first."))
        result = super().write(vals)
        if "date_effective" in vals:
            self._complete()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_requested(self):
        if any(change.state != "draft" for change in self) and not is_trusted(self.env):
            raise UserError(self.env._("A change that was requested is kept. Take it back before you delete it."))

    def copy_data(self, default=None):
        """What was in force is looked up anew for the copy."""
        allowed = {"line_id", "date_effective", "reason_id", "note", *(f"new_{name}" for name in CHANGING)}
        return [{name: value for name, value in vals.items() if name in allowed} for vals in super().copy_data(default)]

    def _check_by_action(self, names):
        if is_trusted(self.env):
            return
        protected = BY_ACTION.keys() | {"requested_by", "set_id"} | {f"old_{name}" for name in CHANGING}
        protected |= {name for name, field in self._fields.items() if field.store and field.related}
        if forbidden := protected.intersection(names):
            raise AccessError(self.env._("%s is filled in by the system.", ", ".join(sorted(forbidden))))

    def _complete(self, missing=()):
        """Look up what is in force on the day, and take it over where nothing new was said.

        :param missing: names of terms that were not given
        """
        timelines = self.line_id._timelines()
        for change in self:
            terms = in_force(timelines[change.line_id], change.date_effective)
            vals = {f"old_{name}": terms[name] for name in CHANGING}
            vals |= {f"new_{name}": terms[name] for name in missing}
            # sudo by the mark: what was in force is written by the system.
            change._trusted().write(vals)

    def _delta(self):
        """{term: new value} of what changes."""
        self.ensure_one()
        return {
            name: self[f"new_{name}"]
            for name in CHANGING
            if self._fields[f"new_{name}"].convert_to_column(self[f"new_{name}"], self)
            != self._fields[f"old_{name}"].convert_to_column(self[f"old_{name}"], self)
        }

    def _shown(self, name, value):
        explanation = self.env["kpi.scorecard.explanation"]
        return explanation._number(repr(value)) if name == "weight" else explanation._format(self.line_id, repr(value))
