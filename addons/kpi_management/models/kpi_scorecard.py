from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .guard import derived_fields, is_trusted, trusted

# What the engine writes → what a new scorecard begins with.
COMPUTED_FIELDS = {
    "score": 0,
    "has_score": False,
    "grade_id": False,
    "computed_at": False,
    "has_late_data": False,
    "late_score": 0,
    "late_at": False,
}
STATES = [
    ("draft", "Draft"),
    ("agreed", "Agreed"),
    ("running", "Running"),
    ("review", "Review"),
    ("closed", "Closed"),
]


class KpiScorecard(models.Model):
    _name = "kpi.scorecard"
    _description = "Scorecard"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "kpi.subject.mixin",
        "kpi.access.mixin",
        "kpi.weights.mixin",
        "kpi.meeting.mixin",
    ]
    _order = "date_start desc, subject_type, id"
    _check_company_auto = True
    # Whoever may read it may talk about it.
    _mail_post_access = "read"

    period_id = fields.Many2one(
        "kpi.period", required=True, index=True, ondelete="restrict", check_company=True, tracking=True
    )
    period_type = fields.Selection(related="period_id.period_type", store=True)
    date_start = fields.Date(related="period_id.date_start", store=True, index=True)
    date_end = fields.Date(related="period_id.date_end", store=True)
    user_id = fields.Many2one(
        "res.users", compute="_compute_user_id", store=True, compute_sudo=True, index="btree_not_null"
    )
    line_ids = fields.One2many("kpi.scorecard.line", "scorecard_id", string="KPIs", copy=True)
    score = fields.Float(
        digits=(16, 2),
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Weighted mean of the attainments, in percent; 100 means on target.",
    )
    has_score = fields.Boolean(readonly=True, copy=False, help="Unset as long as there is no data to score.")
    grade_id = fields.Many2one("kpi.grade", readonly=True, copy=False, ondelete="restrict")
    grade_color = fields.Integer(related="grade_id.color")
    computed_at = fields.Datetime(readonly=True, copy=False, string="Last computed")
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, tracking=True, group_expand=True)
    note = fields.Html()

    _unique_subject = models.UniqueIndex(
        "(period_id, subject_type, company_id, COALESCE(department_id, 0), COALESCE(employee_id, 0))",
        "This subject already has a scorecard for the period: open that one instead.",
    )

    @api.depends("employee_id.user_id")
    def _compute_user_id(self):
        for card in self:
            card.user_id = card.employee_id.user_id

    @api.depends("subject_type", "period_id.name", "company_id.name", "department_id.name", "employee_id.name")
    def _compute_display_name(self):
        for card in self:
            card.display_name = " · ".join(filter(None, (card._subject().display_name, card.period_id.name)))

    @api.onchange("subject_type")
    def _onchange_subject_type(self):
        keep = self._subject_fields()[self.subject_type]
        for name in set(self._subject_fields().values()) - {keep, "company_id"}:
            self[name] = False

    @api.model_create_multi
    def create(self, vals_list):
        if is_trusted(self.env):
            return super().create(vals_list)
        self._check_computed_fields({key for vals in vals_list for key in vals})
        self._check_state_by_action(vals.get("state", "draft") for vals in vals_list)
        # Given outright, so that no default, of the context or of a user, stands in for what is computed.
        cards = super().create([{"state": "draft", **vals, **COMPUTED_FIELDS} for vals in vals_list])
        cards.period_id._hold_open()
        return cards

    def write(self, vals):
        if is_trusted(self.env):
            return super().write(vals)
        self._check_computed_fields(vals)
        self._check_not_closed()
        if "state" in vals:
            self._check_state_by_action([vals["state"]])
        moved = bool(vals.keys() & {"period_id", "subject_type", *self._subject_fields().values()})
        if moved:
            self._check_draft()
            # Before anything is written: what else the period holds is nothing to compare with.
            self.env["kpi.period"].browse(vals.get("period_id") or ())._hold_open()
        result = super().write(vals)
        if moved:
            # Where it went has to be open, and within the user's reach: no manager takes a scorecard over.
            self._check_not_closed()
            self.check_access("write")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self._check_not_closed()
        if agreed := self.filtered(lambda card: card.state != "draft"):
            raise UserError(
                self.env._("%s is agreed. Take it back to draft before you delete it.", agreed[0].display_name)
            )

    def _read_group_select(self, aggregate_spec, query):
        """Nothing is not zero: a scorecard without data has no part in an average."""
        select = super()._read_group_select(aggregate_spec, query)
        if aggregate_spec == "score:avg":
            return SQL("%s FILTER (WHERE %s)", select, self._field_to_sql(self._table, "has_score", query))
        return select

    def action_agree(self):
        """Both sides agreed on the targets: weights must add up to 100 and every target be usable.

        :raises UserError: naming the first scorecard and what is to be mended
        """
        cards = self.filtered(lambda card: card.state == "draft")
        for card in cards:
            card._check_ready()
        cards._set_state("agreed")

    def action_start(self):
        """Let agreed scorecards run."""
        self.filtered(lambda card: card.state == "agreed")._set_state("running")

    def action_review(self):
        """Move agreed and running scorecards to review."""
        self.filtered(lambda card: card.state in ("agreed", "running"))._set_state("review")

    def action_draft(self):
        """Take scorecards that are not closed back to draft, so that targets can be changed."""
        self.filtered(lambda card: card.state in ("agreed", "running", "review"))._set_state("draft")

    def action_compute(self):
        """Measure and score these scorecards now."""
        self.check_access("read")
        self._check_not_closed()
        self.env["kpi.computation"]._run(self)
        return True

    def _set_state(self, state):
        """Move scorecards whose terms the user may change, and which are not closed, to another state."""
        self.check_access("write")
        self._check_not_closed()
        trusted(self)._enter_state(state)

    def _enter_state(self, state):
        """Write the state and note it in the chatters, all in one go: Odoo would track each scorecard on its own."""
        names = dict(self._fields["state"]._description_selection(self.env))
        notes = {card.id: f"{names[card.state]} → {names[state]}" for card in self}
        self.with_context(mail_notrack=True).write({"state": state})
        if not self.env.context.get("tracking_disable"):
            self._message_log_batch(bodies=notes)

    def _check_ready(self):
        self.ensure_one()
        if problem := self._weights_problem():
            raise UserError(problem)
        self.line_ids._check_target()

    def _check_computed_fields(self, names):
        if forbidden := (COMPUTED_FIELDS.keys() | derived_fields(self)).intersection(names):
            raise AccessError(self.env._("%s is computed; nobody writes it by hand.", ", ".join(sorted(forbidden))))

    def _check_state_by_action(self, states):
        """States change through the actions, which check what each of them asks for."""
        if any(state != "draft" for state in states):
            raise AccessError(self.env._("Use the buttons of the scorecard, or close the period, to change its state."))

    def _check_draft(self):
        """What two sides agreed on changes in draft alone."""
        self._check_not_closed()
        if agreed := self.filtered(lambda card: card.state != "draft"):
            raise UserError(
                self.env._(
                    "%s is agreed. Take it back to draft before you change KPIs, weights or targets.",
                    agreed[0].display_name,
                )
            )

    def _check_not_closed(self):
        if is_trusted(self.env):
            return
        if closed := self.filtered(lambda card: card.state == "closed" or card.period_id.state == "closed"):
            raise UserError(self.env._("%s is closed and no longer changes.", closed[0].display_name))
