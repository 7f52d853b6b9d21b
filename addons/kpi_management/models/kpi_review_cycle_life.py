from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .guard import hold, trusted
from .kpi_review_cycle import RATER_SIDES, STATES


class KpiReviewCycle(models.Model):
    """The phases of a cycle. Officers move it on; what is shown when follows from its rules and dates."""

    _inherit = "kpi.review.cycle"

    open_card_count = fields.Integer(
        compute="_compute_open_card_count", help="Scorecards of the people reviewed that are not closed yet."
    )

    def _compute_open_card_count(self):
        for cycle in self:
            cards = cycle.review_ids.with_prefetch()._cards() if cycle.state in ("running", "calibration") else {}
            cycle.open_card_count = sum(card.state != "closed" for cards in cards.values() for card in cards)

    def action_calibrate(self):
        """End the assessments: show what may be shown, fix the KPI scores, compute the results.

        Sides with too few answers stay unseen and count as missing, else a single answer could be worked out.
        """
        self._check_officer()
        cycles = self._in_state("running")
        if queued := cycles.filtered("queued"):
            raise UserError(
                self.env._("The reviews of %s are still being made. Try again in a moment.", queued[0].name)
            )
        hold(cycles)
        reviews = cycles._reviews()
        reviews._hold_answers()
        reviews._reveal_all()
        reviews._refresh_result(("kpi",))
        reviews._forget_activities()
        reviews.write({"state": "calibration"})
        trusted(cycles).write({"state": "calibration"})

    def action_talk(self):
        """End calibration: the grades are final, and seen by the people themselves."""
        self._check_officer()
        cycles = self._in_state("calibration")
        reviews = cycles._reviews()
        reviews._fix_grades()
        reviews.write({"state": "talk"})
        trusted(cycles).write({"state": "talks"})

    def action_close(self):
        """Close the cycle: nothing of its reviews changes any more. Who did not sign is named by the count."""
        self._check_officer()
        cycles = self._in_state("talks")
        reviews = cycles._reviews()
        signed = reviews.filtered(lambda review: review.state == "signed")
        unsigned = (reviews - signed).grouped("cycle_id")
        reviews._forget_drafts()
        reviews.write({"state": "closed"})
        trusted(cycles).write({"state": "closed"})
        for cycle in cycles:
            count = len(unsigned.get(cycle, ()))
            cycle.message_post(body=self.env._("Closed; %s reviews without both signatures.", count))

    def action_reopen(self, reason=None):
        """Go back one phase: from closed to talks, from talks to calibration.

        :param str reason: why; kept in the chatter
        :raises UserError: without a reason, or when something was paid by the results (see ``_check_reopen``)
        """
        self._check_officer()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the cycle is reopened."))
        back = {"closed": ("talks", "talk"), "talks": ("calibration", "calibration")}
        if early := self.filtered(lambda cycle: cycle.state not in back):
            raise UserError(self.env._("%s is not far enough to go back.", early[0].name))
        self._check_reopen()
        for cycle in self:
            state, review_state = back[cycle.state]
            cycle._reviews()._step_back(review_state)
            trusted(cycle).write({"state": state})
            cycle.message_post(body=self.env._("Reopened: %s", reason))

    def action_ask_reopen(self):
        """Ask for the reason, then reopen."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reopen %s", self.name),
            "res_model": "kpi.review.reopen",
            "view_mode": "form",
            "target": "new",
            "context": {"default_cycle_id": self.id},
        }

    @api.model
    def _cron_reveal(self):
        """Daily: show what may be shown because a date has passed, measure the KPIs, mail whoever is nearly late."""
        cycles = self.search([("state", "=", "running"), ("queued", "=", False)])
        self.env["ir.cron"]._commit_progress(remaining=len(cycles))
        for cycle in cycles:
            cycle._reveal_due()
            cycle._reviews()._refresh_result(("kpi",))
            cycle._remind_soon()
            self.env["ir.cron"]._commit_progress(1)

    def _reviews(self):
        """The reviews, with the system's mark, to be read all at once: a prefetch of their own lasts."""
        return trusted(self).review_ids.with_prefetch()

    def _reveal_due(self):
        self.ensure_one()
        reviews = self._reviews()
        reviews._reveal_complete()
        for side in self._sides():
            if self._is_over(side) and (side in RATER_SIDES or self.reveal == "date"):
                reviews._reveal(side)

    def _is_over(self, side):
        """Whether the day is past from which the side may be shown by its date; self and manager come together."""
        last_day = self.feedback_date if side in RATER_SIDES else self.manager_date
        return bool(last_day) and last_day < self.period_id._now().date()

    def _check_reopen(self):
        """Hook: raise when something that builds on the results forbids reopening."""

    def _check_officer(self):
        """The check for those who then act with the module's own mark, which lifts the locks of closed cycles."""
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group("kpi_management.group_kpi_officer")):
            raise AccessError(self.env._("Only a KPI officer may move a review cycle on."))

    def _in_state(self, state):
        """These cycles, all of which have to be in the state."""
        names = dict(STATES) | dict(self._fields["state"]._description_selection(self.env))
        if wrong := self.filtered(lambda cycle: cycle.state != state):
            raise UserError(
                self.env._(
                    "%(cycle)s is in the phase %(now)s, not in %(phase)s.",
                    cycle=wrong[0].name,
                    now=names[wrong[0].state],
                    phase=names[state],
                )
            )
        return self
