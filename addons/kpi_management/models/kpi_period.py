from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from ..engine import Window, window_of
from .guard import is_trusted, trusted

PERIOD_TYPES = [
    ("week", "Week"),
    ("month", "Month"),
    ("quarter", "Quarter"),
    ("half", "Half-year"),
    ("year", "Year"),
]
# What stays as it is while a period is closed.
LOCKED = {"name", "period_type", "date_start", "date_end", "parent_id", "company_id", "computed_at"}
# What whoever agreed to targets, or typed figures, took for granted.
MEANING = ("period_type", "date_start", "date_end", "company_id")
# States of scorecards that two sides agreed on.
AGREED = ("agreed", "running", "review", "closed")
# The next wider period that a period belongs to. A week may lie in two months, so it belongs to none.
PARENT_TYPE = {"month": "quarter", "quarter": "year", "half": "year"}


class KpiPeriod(models.Model):
    _name = "kpi.period"
    _description = "KPI Period"
    _inherit = ["mail.thread"]
    _order = "date_start desc, date_end desc, id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True, readonly=False, required=True, precompute=True)
    period_type = fields.Selection(PERIOD_TYPES, required=True, default="month", string="Type")
    date_start = fields.Date(required=True, string="From")
    date_end = fields.Date(
        compute="_compute_date_end", store=True, readonly=False, required=True, precompute=True, string="To"
    )
    parent_id = fields.Many2one(
        "kpi.period", string="Part of", index="btree_not_null", ondelete="restrict", check_company=True
    )
    child_ids = fields.One2many("kpi.period", "parent_id", string="Parts")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    state = fields.Selection(
        [("open", "Open"), ("review", "Review"), ("closed", "Closed")],
        required=True,
        default="open",
        readonly=True,
        tracking=True,
        group_expand=True,
        help="Open: figures are measured and recomputed. Review: the period is being checked. "
        "Closed: targets, actuals and scores no longer change.",
    )
    scorecard_ids = fields.One2many("kpi.scorecard", "period_id", string="Scorecards")
    scorecard_count = fields.Integer(compute="_compute_scorecard_count")
    computed_at = fields.Datetime(readonly=True, string="Last computed", copy=False)

    _dates_ordered = models.Constraint(
        "CHECK(date_start <= date_end)", "A period must not end before it begins: check its dates."
    )
    _unique_start = models.UniqueIndex(
        "(company_id, period_type, date_start)", "This company already has a period of this type from this day."
    )

    @api.depends("period_type", "date_start")
    def _compute_name(self):
        for period in self:
            period.name = period._default_name() if period.date_start and period.period_type else period.name

    @api.depends("period_type", "date_start")
    def _compute_date_end(self):
        for period in self:
            if period.date_start and period.period_type:
                period.date_end = window_of(period.period_type, period.date_start).end

    @api.onchange("period_type", "date_start")
    def _onchange_date_start(self):
        """Any day will do: the period begins where its week, month, quarter… does."""
        if self.date_start and self.period_type:
            self.date_start = window_of(self.period_type, self.date_start).start

    def _compute_scorecard_count(self):
        counts = dict(
            self.env["kpi.scorecard"]._read_group([("period_id", "in", self.ids)], ["period_id"], ["__count"])
        )
        for period in self:
            period.scorecard_count = counts.get(period, 0)

    @api.constrains("period_type", "date_start", "date_end")
    def _check_calendar(self):
        """A period is a whole calendar week, month, quarter, half-year or year, so that it has one period before it."""
        for period in self:
            window = window_of(period.period_type, period.date_start)
            if (window.start, window.end) != (period.date_start, period.date_end):
                raise ValidationError(
                    self.env._(
                        "%(period)s is not a whole %(type)s: it would run from %(start)s to %(end)s.",
                        period=period.name,
                        type=dict(self._fields["period_type"]._description_selection(self.env))[period.period_type],
                        start=format_date(self.env, window.start),
                        end=format_date(self.env, window.end),
                    )
                )

    @api.constrains("parent_id", "date_start", "date_end")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A period cannot be a part of itself."))
        for period in (self | self.child_ids).filtered("parent_id"):
            parent = period.parent_id
            if period.date_start < parent.date_start or period.date_end > parent.date_end:
                raise ValidationError(
                    self.env._("%(period)s does not lie within %(parent)s.", period=period.name, parent=parent.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not is_trusted(self.env) and any(vals.get("state", "open") != "open" for vals in vals_list):
            raise AccessError(self.env._("Use the buttons of the period to review, close or reopen it."))
        return super().create([{"state": "open", **vals} for vals in vals_list])

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        if closed := self.filtered(lambda period: period.state == "closed"):
            raise UserError(self.env._("%s is closed and cannot be deleted.", closed[0].name))

    def write(self, vals):
        if "state" in vals and not is_trusted(self.env):
            raise AccessError(self.env._("Use the buttons of the period to review, close or reopen it."))
        if LOCKED & vals.keys() and not is_trusted(self.env) and any(period.state == "closed" for period in self):
            raise UserError(self.env._("A closed period does not change. Reopen it first."))
        before = self._meaning() if vals.keys() & set(MEANING) else None
        result = super().write(vals)
        if before is not None and before != self._meaning():
            self._check_unused()
        return result

    def action_compute(self):
        """Compute every scorecard of these periods that is not closed."""
        self._check_open()
        self.env["kpi.computation"]._run(self.scorecard_ids)
        return True

    def action_review(self):
        """Move open periods, with their running scorecards, to review."""
        self._check_officer()
        periods = self.filtered(lambda period: period.state == "open")
        periods.scorecard_ids.action_review()
        trusted(periods).write({"state": "review"})

    def action_close(self):
        """Lock the periods: compute a last time, then close their agreed scorecards.

        :raises UserError: when a scorecard was never agreed, or a period has not ended yet
        """
        self._check_officer()
        periods = self.filtered(lambda period: period.state != "closed")
        periods._check_closable()
        periods.action_compute()
        trusted(periods).scorecard_ids._enter_state("closed")
        trusted(periods).write({"state": "closed"})

    def action_reopen(self, reason=None):
        """Unlock closed periods; their scorecards go back to review.

        :param str reason: why; kept in the chatter
        :raises UserError: without a reason, or when something in the period was paid (see ``_check_reopen``)
        """
        self._check_officer()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the period is reopened."))
        periods = self.filtered(lambda period: period.state == "closed")
        periods._check_reopen()
        trusted(periods).write({"state": "review"})
        trusted(periods).scorecard_ids.filtered(lambda card: card.state == "closed")._enter_state("review")
        for period in periods:
            period.message_post(body=self.env._("Reopened: %s", reason))

    def action_open_scorecards(self):
        """Open the scorecards of this period."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_scorecard")
        return {**action, "domain": [("period_id", "=", self.id)], "context": {"default_period_id": self.id}}

    def action_ask_reopen(self):
        """Ask for the reason, then reopen."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reopen %s", self.name),
            "res_model": "kpi.period.reopen",
            "view_mode": "form",
            "target": "new",
            "context": {"default_period_id": self.id},
        }

    def _check_reopen(self):
        """Hook: raise when something that builds on the closed figures forbids reopening."""

    def _check_officer(self):
        """The check for those who then act with the module's own mark, which lifts the locks of closed periods."""
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group("kpi_management.group_kpi_officer")):
            raise AccessError(self.env._("Only a KPI officer may change the state of a period."))

    def _check_open(self):
        if closed := self.filtered(lambda period: period.state == "closed"):
            raise UserError(self.env._("%s is closed: its figures no longer change.", closed[0].name))

    def _meaning(self):
        return [tuple(period[name] for name in MEANING) for period in self]

    def _check_unused(self):
        """Targets agreed for March, and figures typed for it, do not become April's."""
        # sudo: only whether there are any is asked.
        cards = self.sudo().scorecard_ids
        cards._check_company(["period_id"])
        used = cards.filtered(lambda card: card.state != "draft").period_id
        used |= self.env["kpi.measurement"].sudo().search([("period_id", "in", self.ids)]).period_id
        if used:
            raise UserError(
                self.env._(
                    "%s holds agreed scorecards or entered figures, so its type, days and company stay. "
                    "Make another period.",
                    used[0].name,
                )
            )

    def _check_closable(self):
        for period in self:
            if not period._has_ended():
                raise UserError(
                    self.env._(
                        "%(period)s ends on %(date)s and cannot be closed before.",
                        period=period.name,
                        date=format_date(self.env, period.date_end),
                    )
                )
        if drafts := self.scorecard_ids.filtered(lambda card: card.state not in AGREED):
            raise UserError(
                self.env._(
                    "Scorecards not agreed yet: %(count)s, the first is %(name)s. Agree or delete them.",
                    count=len(drafts),
                    name=drafts[0].display_name,
                )
            )

    def _default_name(self):
        start = self.date_start
        year = start.isocalendar().year if self.period_type == "week" else start.year
        values = {
            "week": lambda: f"W{start.isocalendar().week:02} {year}",
            "month": lambda: f"{start.month:02}/{year}",
            "quarter": lambda: f"Q{(start.month + 2) // 3} {year}",
            "half": lambda: f"H{(start.month + 5) // 6} {year}",
            "year": lambda: str(year),
        }
        return values[self.period_type]()

    def _now(self):
        """Now, on the clock of the period's company: a day there may begin hours before it does in UTC."""
        tz = self.env["kpi.measure.query"]._tz(self.company_id)
        return fields.Datetime.context_timestamp(self.with_context(tz=tz), fields.Datetime.now())

    def _has_begun(self):
        return self.date_start <= self._now().date()

    def _has_ended(self):
        return self.date_end < self._now().date()

    def _window(self):
        """The period as the engine knows it."""
        self.ensure_one()
        return Window(self.period_type, self.date_start, self.date_end)

    @api.model
    def _ensure(self, company, period_type, day: date):
        """Return the company's period of this type that holds the day; make it and its parents when missing."""
        start = window_of(period_type, day).start
        period = self.search(
            [("company_id", "=", company.id), ("period_type", "=", period_type), ("date_start", "=", start)], limit=1
        )
        if period:
            return period
        parent_type = PARENT_TYPE.get(period_type)
        parent = self._ensure(company, parent_type, day) if parent_type else self.browse()
        return self.create(
            {
                "company_id": company.id,
                "period_type": period_type,
                "date_start": start,
                "parent_id": parent.id,
            }
        )
