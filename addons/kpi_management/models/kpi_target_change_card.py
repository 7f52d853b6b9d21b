from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..engine import number_text, to_decimal
from .kpi_target_change_terms import in_force
from .kpi_weights_mixin import makes_whole


class KpiScorecard(models.Model):
    """The card a change belongs to: its holder, and what has to hold on every day."""

    _inherit = "kpi.scorecard"

    change_ids = fields.One2many("kpi.target.change", "scorecard_id", string="Target changes")
    change_count = fields.Integer(compute="_compute_change_count", compute_sudo=True)
    terms_by_day = fields.Text(string="Before and after", compute="_compute_changes_told")
    has_news = fields.Boolean(
        compute="_compute_changes_told", help="Changes that the current user has to take note of."
    )

    def _compute_change_count(self):
        groups = self.env["kpi.target.change"]._read_group(
            [("scorecard_id", "in", self.ids)], ["scorecard_id"], ["__count"]
        )
        counts = dict(groups)
        for card in self:
            card.change_count = counts.get(card._origin, 0)

    @api.depends("change_ids.state", "line_ids.terms_by_day")
    @api.depends_context("lang", "uid")
    def _compute_changes_told(self):
        for card in self:
            told = [f"{line.display_name}: {line.terms_by_day}" for line in card.line_ids if line.terms_by_day]
            card.terms_by_day = "\n".join(told)
            card.has_news = any(change.can_acknowledge for change in card.change_ids)

    def action_acknowledge_changes(self):
        """The holder has taken note of all changes of these scorecards."""
        self.change_ids.filtered("can_acknowledge").action_acknowledge()

    def action_draft(self):
        """Override: once a target changed within the period, another change is the only way to change it again.

        :raises UserError: when a change counts, or waits to be decided
        """
        self._check_unchanged()
        return super().action_draft()

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Override: whoever sees a scorecard may ask its holder and its manager to something, as activities do."""
        sides = self._sides_partners() if partner_ids and not self.has_access("write") else ()
        if sides and set(partner_ids) <= set(sides.ids):
            self.check_access("read")
            self = self.sudo()  # those two may see the scorecard anyway
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    def _sides_partners(self):
        """Of the holder and the manager, when it is about one scorecard."""
        return self._meeting_users().sudo().partner_id if len(self) == 1 else self.env["res.partner"]

    def action_request_change(self):
        """Ask for other targets or weights from a day on."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change targets"),
            "res_model": "kpi.target.change.request",
            "view_mode": "form",
            "target": "new",
            "context": {"default_scorecard_id": self.id},
        }

    def action_plan_meeting(self):
        """Plan a meeting about the targets: a meeting activity for the holder; with the Calendar app, an event."""
        self.ensure_one()
        return self._schedule_meeting(self.env._("Targets of %s", self.display_name), self._meeting_users())

    def _meeting_users(self):
        """The holder and the manager, as far as they have users."""
        # sudo: a plain user may not read hr.employee; only who the users are is.
        card = self.sudo()
        manager = (card.employee_id or card.department_id.manager_id).parent_id.user_id
        return (card._holder_user() | manager).sudo(False)

    def _holder_user(self):
        """Whoever answers for the scorecard: the person, or the department's manager; nobody for a company."""
        self.ensure_one()
        # sudo: a plain user may not read who leads a department.
        card = self.sudo()
        return card.user_id or card.department_id.manager_id.user_id

    def _check_unchanged(self):
        # sudo: nothing but whether there are any is read.
        changes = self.sudo().change_ids.filtered(
            lambda change: change.state in ("requested", "approved", "acknowledged")
        )
        if changes:
            raise ValidationError(
                self.env._(
                    "Targets of %s changed or are to change within the period. Ask for another change instead.",
                    changes[0].scorecard_id.display_name,
                )
            )

    def _check_terms_by_day(self, extra):
        """With these changes every line can be scored, and on every day the weights make 100.

        :param extra: ``kpi.target.change`` of the card, counted as if they were approved
        :raises ValidationError: naming the KPI, or the day and the sum
        """
        self.ensure_one()
        timelines = self.sudo().line_ids._timelines(extra.sudo())
        for line, steps in timelines.items():
            line._check_steps(steps)
        days = {start for steps in timelines.values() for start, _terms in steps if start}
        for day in sorted(days):
            total = sum(to_decimal(in_force(steps, day)["weight"]) for steps in timelines.values())
            if not makes_whole(total):
                raise ValidationError(
                    self.env._(
                        "From %(day)s the weights add up to %(total)s instead of 100. "
                        "Change the weights of other KPIs along with it.",
                        day=format_date(self.env, day),
                        total=number_text(total),
                    )
                )
