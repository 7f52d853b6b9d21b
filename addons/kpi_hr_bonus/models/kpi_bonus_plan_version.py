"""Versions of a plan: a chain in which each begins with a period, on the day after the one before it ends."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.kpi_management.engine import window_of
from odoo.addons.kpi_management.models.guard import trusted


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    version = fields.Integer(default=1, required=True, readonly=True, copy=False, aggregator=None)
    previous_id = fields.Many2one(
        "kpi.bonus.plan",
        string="Version before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    next_ids = fields.One2many("kpi.bonus.plan", "previous_id", string="Next version", readonly=True)
    origin_id = fields.Many2one(
        "kpi.bonus.plan",
        string="First version",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty while there is one version only.",
    )
    planned_end = fields.Date(
        readonly=True, copy=False, help="The end it had before the next version was published, or empty."
    )
    version_count = fields.Integer(compute="_compute_version_count", string="Versions")

    _one_next = models.UniqueIndex(
        "(previous_id) WHERE previous_id IS NOT NULL", "This version already has a next one: open it."
    )

    @api.depends("name", "version", "origin_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = (
                self.env._("%(plan)s (version %(number)s)", plan=plan.name, number=plan.version)
                if plan.origin_id
                else plan.name
            )

    @api.depends("origin_id")
    def _compute_version_count(self):
        roots = self.mapped(lambda plan: plan.origin_id or plan._origin)
        counts = dict(self._read_group([("origin_id", "in", roots.ids)], ["origin_id"], ["__count"]))
        for plan in self:
            root = plan.origin_id or plan._origin
            # The first one belongs to its own chain from the publication of the second on.
            plan.version_count = counts.get(root, 0) + (not root.origin_id)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_chain(self):
        if kept := self.filtered(lambda plan: plan.next_ids - self):
            raise UserError(self.env._("%s has a later version: delete that one first.", kept[0].display_name))

    @api.constrains("date_end")
    def _check_next_begins(self):
        for plan in self:
            following = plan.next_ids.filtered(lambda version: version.state == "published")
            if following and (not plan.date_end or plan.date_end >= following.date_start):
                raise ValidationError(
                    self.env._(
                        "%(next)s takes over on %(date)s: this one ends the day before at the latest.",
                        next=following.display_name,
                        date=plan._date_text(following.date_start),
                    )
                )

    def action_new_version(self):
        """Make a draft of the next version, or open the one that is being made.

        :return: window action on it
        :raises UserError: when this plan is a draft itself
        """
        self.ensure_one()
        self.check_access("write")
        last = self._chain()[-1]
        if last.state == "draft":
            if last == self:
                raise UserError(self.env._("%s is a draft: change it as it is.", self.display_name))
            return last._open_form()
        draft = trusted(last).copy(
            {
                "previous_id": last.id,
                "origin_id": (last.origin_id or last).id,
                "version": last.version + 1,
                "date_start": last._next_version_start(),
                "date_end": False,
            }
        )
        draft._message_log(body=self.env._("Made from %s.", last.display_name))
        return draft.with_env(self.env)._open_form()

    def action_open_versions(self):
        """List the versions of this plan."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_hr_bonus.action_kpi_bonus_plan")
        return {**action, "domain": self._chain_domain(), "context": {}}

    def action_open_previous(self):
        """Open the version before this one."""
        return self.previous_id._open_form()

    def action_open_next(self):
        """Open the version after this one."""
        return self.next_ids._open_form()

    def _open_form(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _chain_domain(self, path=""):
        """A domain of all versions of this plan; without a query.

        :param path: to the plan, with its dot, e.g. ``plan_id.``
        """
        self.ensure_one()
        root = (self.origin_id or self._origin).id
        return ["|", (f"{path}id", "=", root), (f"{path}origin_id", "=", root)]

    def _chain(self):
        """All versions of this plan, the first one first."""
        return self.search(self._chain_domain(), order="version")

    def _plan_chain(self):
        """Override: what one version left over is settled by the statements of the next."""
        return self._chain() if self.origin_id else self

    def _next_version_start(self):
        """The first day of the period after all that ran, and was computed, so far."""
        self.ensure_one()
        # sudo: the last day that anything was computed for.
        dates = self.sudo().statement_ids.filtered(lambda s: s.state != "cancelled").mapped("date_end")
        day = max(self.date_start, fields.Date.context_today(self), *dates)
        return window_of(self.period_type, day).end + timedelta(days=1)

    def _check_takes_over(self):
        """Refuse a version that does not begin where the one before it can end.

        :raises UserError: saying what to change
        """
        self.ensure_one()
        previous = self.previous_id
        if not previous:
            return
        if self.date_start <= previous.date_start:
            raise UserError(
                self.env._(
                    "%(plan)s must begin after %(previous)s did on %(date)s.",
                    plan=self.display_name,
                    previous=previous.display_name,
                    date=self._date_text(previous.date_start),
                )
            )
        self._check_begins_with_period()
        self._check_nothing_computed()

    def _check_begins_with_period(self):
        # Of both, or the last period of the version before would be paid by none.
        for period_type in (self.period_type, self.previous_id.period_type):
            window = window_of(period_type, self.date_start)
            if window.start != self.date_start:
                raise UserError(
                    self.env._(
                        "%(plan)s would begin within a period, which can be paid by one version only: let it begin on "
                        "%(first)s or %(next)s.",
                        plan=self.display_name,
                        first=self._date_text(window.start),
                        next=self._date_text(window.end + timedelta(days=1)),
                    )
                )

    def _check_nothing_computed(self):
        computed = (
            # sudo: only the period is told.
            self.env["kpi.bonus.statement"]
            .sudo()
            .search(
                [
                    *self._chain_domain("plan_id."),
                    ("plan_id", "!=", self.id),
                    ("state", "!=", "cancelled"),
                    ("date_end", ">=", self.date_start),
                ],
                order="date_end desc",
                limit=1,
            )
        )
        if computed:
            raise UserError(
                self.env._(
                    "Bonuses of %(period)s were computed with %(previous)s. Begin later, or cancel them first.",
                    period=computed.period_id.name,
                    previous=computed.plan_id.display_name,
                )
            )

    def _take_over(self):
        """End the version before on the day before this one begins."""
        self.ensure_one()
        previous = trusted(self.previous_id)
        if not previous:
            return
        root = trusted(self.origin_id)
        if not root.origin_id:
            root.origin_id = root
        last_day = self.date_start - timedelta(days=1)
        if not previous.date_end or previous.date_end > last_day:
            previous.write({"planned_end": previous.date_end, "date_end": last_day})
            previous._message_log(
                body=self.env._(
                    "%(next)s takes over on %(date)s.", next=self.display_name, date=self._date_text(self.date_start)
                )
            )

    def _give_back(self):
        """Let the versions before these go on to the end they had."""
        for plan in self:
            previous = trusted(plan.previous_id)
            if previous and previous.date_end == plan.date_start - timedelta(days=1):
                previous.write({"date_end": previous.planned_end, "planned_end": False})

    def _check_in_force(self, period):
        """Override: name the version that pays the period."""
        self.ensure_one()
        alone = not self.origin_id or self.state != "published" or self._covers_period(period)
        other = self.browse() if alone else self._chain().filtered(lambda version: version._covers_period(period))
        if other:
            raise UserError(
                self.env._("%(period)s is paid by %(plan)s.", period=period.name, plan=other[0].display_name)
            )
        return super()._check_in_force(period)
