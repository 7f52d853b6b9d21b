from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import format_date

from .guard import trusted
from .kpi_target_change import COUNTING

ACTIVITY = "kpi_management.mail_activity_target_change"


class KpiTargetChange(models.Model):
    """The way of a change: requested, approved by somebody else, acknowledged by the holder."""

    _inherit = "kpi.target.change"

    def action_request(self):
        """Ask for these changes. Those of one scorecard asked for at once are one request: decided together.

        :raises UserError: when the scorecard does not take changes, or the terms could not be counted with
        """
        changes = self.filtered(lambda change: change.state == "draft")
        changes.check_access("write")
        changes._check_open()
        changes._check_dates()
        changes._complete()
        changes._check_terms()
        for together in changes.grouped("scorecard_id").values():
            first = together.sorted("id")[:1]
            together._trusted().write(
                {
                    "state": "requested",
                    "requested_on": fields.Datetime.now(),
                    "set_id": first.id if len(together) > 1 else False,
                }
            )
            together._post(together.scorecard_id, self.env._("A change of targets is requested."))
        changes._remind()

    def action_take_back(self):
        """The one who asked makes the request a draft again, with all that was asked for together."""
        changes = self._whole_sets("requested")
        changes.check_access("write")
        changes._trusted().write({"state": "draft", "requested_on": False, "set_id": False})
        changes._remind()

    def action_approve(self):
        """Let the new terms count, those requested together at once; the holder is told.

        :raises AccessError: for the one who asked, the holder, and whoever may not agree this scorecard
        :raises UserError: when the scorecard no longer takes changes, or weights would not make 100
        """
        changes = self._whole_sets("requested")
        changes._check_approver()
        changes._lock_cards()
        changes._check_open()
        changes._complete()
        changes._check_terms()
        changes._trusted().write(
            {"state": "approved", "approved_by": self.env.uid, "approved_on": fields.Datetime.now()}
        )
        changes.line_id._apply_changes()
        changes._remind()
        for card, together in changes.grouped("scorecard_id").items():
            together._post(card, self.env._("Targets changed."), together.holder_id.partner_id)
        # What was computed before the change would stand beside the new terms.
        self.env["kpi.computation"]._run(changes.scorecard_id.filtered("computed_at"))

    def action_refuse(self, reason=None):
        """Turn requests down; the scorecard's chatter says so.

        :param str reason: why
        """
        changes = self._whole_sets("requested")
        changes._check_approver()
        changes._trusted().write({"state": "refused"})
        changes._remind()
        for card, together in changes.grouped("scorecard_id").items():
            heading = self.env._("A change of targets was refused.")
            together._post(card, f"{heading} {reason}" if reason else heading, together.requested_by.partner_id)

    def action_ask_refuse(self):
        """Ask for the reason, then refuse."""
        self.ensure_one()
        self._check_approver()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse"),
            "res_model": "kpi.target.change.refuse",
            "view_mode": "form",
            "target": "new",
            "context": {"default_change_id": self.id},
        }

    def action_plan_meeting(self):
        """Plan a meeting about the targets with the other side; see the scorecard's."""
        self.ensure_one()
        return self.scorecard_id.action_plan_meeting()

    def action_acknowledge(self):
        """The holder has taken note of the approved changes."""
        changes = self.filtered(lambda change: change.state == "approved")
        if any(change.holder_id != self.env.user for change in changes):
            raise AccessError(self.env._("Only the holder of the scorecard acknowledges a change."))
        changes._trusted().write({"state": "acknowledged", "acknowledged_on": fields.Datetime.now()})
        changes._remind()

    # ---------------------------------------------------------------- checks

    def _trusted(self):
        return trusted(self)

    def _whole_sets(self, state):
        """These changes in the state, with all that were requested together with them."""
        changes = self.filtered(lambda change: change.state == state)
        if sets := changes.set_id:
            changes |= self.search([("set_id", "in", sets.ids), ("state", "=", state)])
        return changes

    def _check_approver(self):
        # Without the superuser's rights: who approves is a person, with the rights of that person.
        for change in self:
            if self.env.user in (change.requested_by, change.holder_id):
                raise AccessError(
                    self.env._(
                        "%s: neither the one who asked nor the holder approves a change. "
                        "Ask the next manager or a KPI officer.",
                        change.line_id.display_name,
                    )
                )
        self.scorecard_id.check_access("write")

    def _lock_cards(self):
        """One at a time: two approvals that each make 100 need not make 100 together."""
        try:
            self.sudo().scorecard_id.lock_for_update()
        except LockError as error:
            raise UserError(self.env._("Somebody else is changing this scorecard. Try again in a moment.")) from error

    def _check_open(self):
        """Whether the scorecard is agreed, and the period (or its review, by a setting) still takes changes."""
        for change in self:
            card = change.scorecard_id
            states = ["agreed", "running"] + ["review"] * card.company_id.sudo().kpi_change_in_review
            card._check_not_closed()
            where = card if card.state not in states else card.period_id
            if where.state not in ("open", *states):
                raise UserError(
                    self.env._(
                        "%(name)s is in “%(state)s”: targets do not change by request there.",
                        name=where.display_name,
                        state=dict(where._fields["state"]._description_selection(self.env))[where.state],
                    )
                )

    def _check_dates(self):
        today = fields.Date.context_today(self)
        for change in self:
            period = change.period_id
            if not period.date_start <= change.date_effective <= period.date_end:
                raise UserError(
                    self.env._(
                        "A change counts from a day within %(period)s: %(start)s to %(end)s.",
                        period=period.name,
                        start=format_date(self.env, period.date_start),
                        end=format_date(self.env, period.date_end),
                    )
                )
            if change.date_effective < today and not (change.note or "").strip():
                raise UserError(
                    self.env._(
                        "%s is gone by: say in the note why the change counts from that day.",
                        format_date(self.env, change.date_effective),
                    )
                )
            if not change._delta():
                raise UserError(
                    self.env._("%s: nothing changes. Give a new target or weight.", change.line_id.display_name)
                )

    def _check_terms(self):
        """With these changes every line can be scored, and on every day the weights make 100."""
        for card, together in self.grouped("scorecard_id").items():
            card._check_terms_by_day(together)

    # ---------------------------------------------------------------- telling

    def _remind(self):
        """An activity for each who has to decide on or to take note of changes of these scorecards, and no other."""
        # sudo: whoever asks need not be allowed to write the scorecard.
        cards = self.sudo().scorecard_id
        kind = self.env.ref(ACTIVITY)
        wanted = {(card, *entry) for card in cards for entry in card.change_ids._waited_for()}
        asked = cards.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
        there = {(cards.browse(row.res_id), row.user_id, row.summary): row for row in asked}
        asked.browse([row.id for place, row in there.items() if place not in wanted]).unlink()
        self.env["mail.activity"].sudo().create(
            [
                {
                    "activity_type_id": kind.id,
                    "automated": True,
                    "res_model_id": self.env["ir.model"]._get_id(card._name),
                    "res_id": card.id,
                    "user_id": user.id,
                    "summary": summary,
                }
                for card, user, summary in sorted(wanted - there.keys(), key=lambda place: (place[0].id, place[1].id))
            ]
        )

    def _waited_for(self):
        """{(user, what to do)} of those for whom these changes wait"""
        requested = self.filtered(lambda change: change.state == "requested")
        approved = self.filtered(lambda change: change.state == "approved")
        decide = self.env._("Approve or refuse changed targets")
        note = self.env._("Take note of your changed targets")
        deciders = {(change._approver(), decide) for change in requested}
        return {(user, what) for user, what in deciders | {(row.holder_id, note) for row in approved} if user}

    def _lapse(self):
        """Requests that were not decided when the period was closed are refused."""
        changes = self.filtered(lambda change: change.state == "requested")
        changes._trusted().write({"state": "refused"})
        changes._remind()
        for card, together in changes.grouped("scorecard_id").items():
            together._post(
                card,
                self.env._("The period was closed before the change of targets was decided."),
                together.requested_by.partner_id,
            )

    def _approver(self):
        """The user nearest above the holder who may approve; nobody when only officers are left."""
        card = self.scorecard_id.sudo()
        manager, seen = (card.employee_id or card.department_id.manager_id).parent_id, set()
        while manager and manager not in seen:
            seen.add(manager)
            user = manager.user_id
            if user.active and user not in (*self.requested_by, card._holder_user()):
                return user if card.with_user(user).has_access("write") else user.browse()
            manager = manager.parent_id
        return self.env["res.users"]

    def _post(self, card, heading, partners=None):
        """What changes, in the scorecard's chatter."""
        body = self.env["ir.qweb"]._render(
            "kpi_management.target_change_message", {"heading": heading, "changes": self}
        )
        # sudo: whoever may see the scorecard may ask, and what was decided is told in any case.
        card.sudo().message_post(body=body, partner_ids=(partners or self.env["res.partner"]).ids)

    @api.model
    def _counting(self, lines_domain):
        """{line id: approved changes in the order in which they count}

        :param lines_domain: of ``kpi.target.change``
        """
        # sudo: the figures of a scorecard are the same for everybody.
        found = self.sudo().search([*lines_domain, ("state", "in", COUNTING)], order="date_effective, approved_on, id")
        return found.grouped(lambda change: change.line_id.id)
