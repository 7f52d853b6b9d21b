from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine import fitting_digits
from ..models.exact_float import ExactFloat
from ..models.kpi_computation_past import SUBJECT, TIME

METHODS = [("even", "Evenly"), ("last_year", "As last year")]
DIGITS = [
    ("-6", "Millions"),
    ("-3", "Thousands"),
    ("0", "Whole numbers"),
    ("1", "1 decimal"),
    ("2", "2 decimals"),
    ("3", "3 decimals"),
    ("4", "4 decimals"),
]


class KpiTargetSplit(models.TransientModel):
    """Split one target over months or quarters, over those below, or over both at once."""

    _name = "kpi.target.split"
    _description = "Split a Target"

    line_id = fields.Many2one("kpi.scorecard.line", string="Target", required=True, readonly=True, ondelete="cascade")
    definition_id = fields.Many2one(related="line_id.definition_id")
    company_id = fields.Many2one(related="line_id.company_id")
    currency_id = fields.Many2one(related="line_id.currency_id")
    unit = fields.Selection(related="line_id.unit")
    period_type = fields.Selection(related="line_id.period_id.period_type")
    subject_type = fields.Selection(related="line_id.subject_type")
    whole = ExactFloat(related="line_id.target", string="To split")
    time_types = fields.Json(compute="_compute_choices", help="What it can be split into over time.")
    subject_kinds = fields.Json(compute="_compute_choices", help="Whom below it can be split over.")
    time_type = fields.Selection(
        [("half", "Half-years"), ("quarter", "Quarters"), ("month", "Months")], string="Over time"
    )
    time_method = fields.Selection(
        [*METHODS, ("hand", "By hand")],
        string="Share over time",
        default="even",
        required=True,
        help="As last year: each month, quarter or half-year gets the share it had of last year's figure, "
        "as Odoo's records have it.",
    )
    subject_kind = fields.Selection([("department", "Departments"), ("employee", "People")], string="Over those below")
    subject_method = fields.Selection(
        [*METHODS, ("headcount", "By headcount"), ("hand", "By hand")],
        string="Share below",
        default="even",
        required=True,
        help="As last year: each gets the share it had of last year's figure, as Odoo's records have it.",
    )
    digits = fields.Selection(
        DIGITS,
        string="Round to",
        compute="_compute_digits",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="What each part is rounded to. The parts add up to the whole all the same.",
    )
    weight = fields.Float(
        compute="_compute_weight",
        store=True,
        readonly=False,
        digits=(16, 2),
        string="Weight on new scorecards (%)",
        help="KPIs that are on a scorecard already keep their weight.",
    )
    leave_open = fields.Boolean(string="Leave the rest open", help="Parts may be less than the whole for now.")
    part_ids = fields.One2many(
        "kpi.target.split.part",
        "split_id",
        compute="_compute_part_ids",
        compute_sudo=False,  # whose parts are proposed depends on the user
        store=True,
        readonly=False,
    )
    basis_note = fields.Text(compute="_compute_part_ids", compute_sudo=False, store=True)
    adds_up = fields.Boolean(compute="_compute_totals")
    has_current = fields.Boolean(compute="_compute_shown", help="Some of the parts have a target already.")
    has_notes = fields.Boolean(compute="_compute_shown")
    elsewhere = ExactFloat(
        compute="_compute_totals", digits=(20, 4), help="Parts of this target that are not in the table."
    )
    total = ExactFloat(compute="_compute_totals", digits=(20, 4), string="Given out")
    remaining = ExactFloat(compute="_compute_totals", digits=(20, 4), string="Left to give")

    @api.model_create_multi
    def create(self, vals_list):
        splits = super().create(vals_list)
        for split in splits:
            split._check_may_split()
        return splits

    @api.depends_context("uid")
    @api.depends("line_id")
    def _compute_choices(self):
        for split in self:
            split.time_types, split.subject_kinds = split.line_id._split_choices()

    @api.depends("part_ids.current", "part_ids.note")
    def _compute_shown(self):
        for split in self:
            split.has_current = any(split.part_ids.mapped("current"))
            split.has_notes = any(split.part_ids.mapped("note"))

    @api.depends("line_id")
    def _compute_digits(self):
        for split in self:
            line = split.line_id
            if line.unit == "currency":
                asked = line.currency_id.decimal_places
            else:
                counts = line.definition_id.measure_ids.sudo().mapped("aggregate")
                asked = 0 if line.unit == "number" and set(counts) == {"count"} else 2
            split.digits = str(max(asked, min(fitting_digits([Decimal(repr(line.target))], asked), 4)))

    @api.depends("line_id")
    def _compute_weight(self):
        for split in self:
            split.weight = split.line_id.weight

    @api.depends("line_id", "time_type", "time_method", "subject_kind", "subject_method", "digits")
    def _compute_part_ids(self):
        for split in self:
            parts, notes = split._propose_parts()
            split.part_ids = [fields.Command.clear(), *(fields.Command.create(vals) for vals in parts)]
            split.basis_note = "\n".join(notes)

    @api.depends("part_ids.target", "line_id", "time_type", "subject_kind")
    def _compute_totals(self):
        for split in self:
            sums = split._sums()
            split.adds_up = bool(sums)
            split.elsewhere = float(sum(entry.elsewhere for entry in sums))
            split.total = float(sum(entry.given for entry in sums))
            split.remaining = float(sum(entry.remaining for entry in sums))

    @api.onchange("part_ids")
    def _onchange_part_ids(self):
        """When a proportion was changed, everything is split anew; a target typed by hand stays as it is."""
        if any(part.basis != part.basis_used for part in self.part_ids):
            self._split_anew()

    def action_confirm(self):
        """Make the parts: periods and draft scorecards where there are none, targets of draft lines where there are.

        :raises UserError: when the parts do not add up to the whole, unless the rest is left open
        """
        self.ensure_one()
        self._check_may_split()
        self._check_sums()
        outcome = self._apply()
        self._remember(outcome)
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_target_part")
        shown = [("id", "in", (outcome.created | outcome.updated | outcome.kept).ids)]
        if not shown[0][2]:
            shown = [
                "|",
                ("parent_line_id", "=", self.line_id.id),
                ("parent_line_id.parent_line_id", "=", self.line_id.id),
            ]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Split of %s", self.line_id.display_name),
                "message": self._outcome_text(outcome),
                "type": "warning" if outcome.kept else "success",
                "sticky": bool(outcome.kept),
                "next": {
                    **action,
                    "domain": shown,
                    "help": False,  # its markup would be shown as text here
                    "context": {"kpi_split_id": self.id},
                    "views": [(self.env.ref("kpi_management.view_kpi_target_part_list").id, "list"), (False, "form")],
                },
            },
        }

    def _outcome_text(self, outcome):
        texts = [
            (outcome.created, self.env._("%s new parts in draft.", len(outcome.created))),
            (outcome.updated, self.env._("%s drafts updated.", len(outcome.updated))),
            (outcome.removed, self.env._("%s drafts without a part removed.", len(outcome.removed))),
            (outcome.empty, self.env._("%s get nothing, and no target.", outcome.empty)),
        ]
        told = [text for count, text in texts if count]
        if outcome.kept:
            names = ", ".join(outcome.kept[:5].scorecard_id.mapped("display_name"))
            told.append(
                self.env._("%(count)s no longer in draft stay: %(names)s…", count=len(outcome.kept), names=names)
                if len(outcome.kept) > 5
                else self.env._("No longer in draft, so they stay: %s.", names)
            )
        return " ".join(told) or self.env._("Everything is there already.")

    # ---------------------------------------------------------------- who may, and over what

    def _check_may_split(self):
        """Officers split everything, a manager what his own team gets: the parts are made with the user's rights.

        :raises AccessError: with who may
        """
        self.line_id._check_may_split()
        if self.env.su or self.env.user.has_group("kpi_management.group_kpi_officer"):
            return
        time_types, subject_kinds = self.line_id._split_choices()
        if (self.time_type and not time_types) or (self.subject_kind and self.subject_kind not in subject_kinds):
            raise AccessError(
                self.env._("Only a KPI officer splits the target of a company or department over time or departments.")
            )

    def _axes(self):
        """The directions of this split, the first one first."""
        return [axis for axis, given in ((TIME, self.time_type), (SUBJECT, self.subject_kind)) if given]

    def _adding(self):
        """The axes along which the KPI adds up."""
        return self.env["kpi.computation"]._adding_up(self.definition_id)[self.definition_id]

    def _windows(self):
        """The stretches of time of the parts."""
        whole = self.line_id.period_id._window()
        if not self.time_type:
            return [whole]
        if windows := whole.parts(self.time_type):
            return list(windows)
        kinds = dict(self._fields["time_type"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "%(period)s is not made of %(kind)s.",
                period=self.line_id.period_id.name,
                kind=kinds[self.time_type].lower(),
            )
        )

    def _subjects(self):
        """The subjects of the parts: (kind, records)."""
        # sudo: a plain manager may not read hr.employee; only ids and names are used.
        line = self.line_id.sudo()
        if not self.subject_kind:
            return line.subject_type, line.scorecard_id._subject()
        subjects = line._subjects_below(self.subject_kind)
        if self.env.su or self.env.user.has_group("kpi_management.group_kpi_officer"):
            return self.subject_kind, subjects
        own = self.env.user.sudo().employee_ids
        team = own.search([("id", "child_of", own.ids)]) - own
        return self.subject_kind, subjects & team


class KpiTargetSplitPart(models.TransientModel):
    _name = "kpi.target.split.part"
    _description = "Part of a Target"
    _order = "date_start, sequence, id"

    split_id = fields.Many2one("kpi.target.split", required=True, ondelete="cascade")
    sequence = fields.Integer()
    name = fields.Char(string="Part")
    period_type = fields.Char(required=True)
    date_start = fields.Date(required=True)
    subject_type = fields.Char(required=True)
    subject_id = fields.Integer(string="Record", required=True)
    # digits=0: numeric; last year's figures stay as exact as they were measured.
    basis = fields.Float(string="Proportion", digits=0, help="0: gets nothing.")
    basis_used = fields.Float(digits=0)
    target = ExactFloat(digits=(20, 4))
    current = ExactFloat(digits=(20, 4), help="The target as it is now.")
    locked = fields.Boolean(help="No longer in draft, so it stays as it is.")
    note = fields.Char()
    unit = fields.Selection(related="split_id.unit")
    currency_id = fields.Many2one(related="split_id.currency_id")
