"""The life of a statement: submitted by one, approved by another, contested by the person it pays."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.kpi_management.models.guard import trusted

from .kpi_bonus_statement import LIVE_STATES

OFFICER = "kpi_hr_bonus.group_bonus_officer"
APPROVER = "kpi_hr_bonus.group_bonus_approver"
CONTEST_ACTIVITY = "kpi_hr_bonus.mail_activity_type_contest"


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"

    def action_submit(self):
        """Send drafts to approval and show them to the people they pay.

        :return: a notification that says how many were submitted
        :raises AccessError: when the user is no bonus officer
        :raises UserError: when none of them is a draft
        """
        self._check_group(OFFICER, self.env._("Only a bonus officer submits statements."))
        drafts = self.filtered(lambda statement: statement.state == "draft")
        if not drafts:
            raise UserError(self.env._("Only drafts can be submitted: none of these statements is one."))
        trusted(drafts).write(
            {"state": "submitted", "submitted_by_id": self.env.uid, "submitted_date": fields.Datetime.now()}
        )
        return self._notify(self.env._("%s submitted", len(drafts)), len(self - drafts))

    def action_approve(self):
        """Approve submitted statements: by somebody who neither computed them nor is paid by them.

        Of several, those that may not be approved are left as they are and counted.

        :return: a notification that says how many were approved, and why others were not
        :raises AccessError: when the user is no bonus approver
        :raises UserError: when none may be approved, with the reason of the first
        """
        self._check_group(APPROVER, self.env._("Only a bonus approver approves statements."))
        outdated = self._outdated_carry()
        obstacles = {statement: statement._approval_obstacle(outdated) for statement in self}
        approved = self.filtered(lambda statement: not obstacles[statement])
        reason = next((text for text in obstacles.values() if text), "")
        if not approved:
            raise UserError(reason or self.env._("Choose the statements to approve."))
        trusted(approved).write(
            {"state": "approved", "approved_by_id": self.env.uid, "approved_date": fields.Datetime.now()}
        )
        approved._settle_rests()
        return self._notify(self.env._("%s approved", len(approved)), len(self - approved), reason)

    def action_contest(self, reason=None):
        """Say that one does not agree with one's own statement; a bonus officer has to answer.

        :param str reason: why; without it a dialog asks
        :raises AccessError: when the statement pays somebody else
        """
        self.ensure_one()
        if self.user_id != self.env.user:
            raise AccessError(self.env._("Only the person paid by a statement can contest it."))
        if self.state not in LIVE_STATES:
            raise UserError(self.env._("Only a submitted, approved or paid statement can be contested."))
        if not (reason or "").strip():
            return self._ask("contest", self.env._("Contest"))
        # sudo: the employee may read the own statement only; this is the one thing to be said on it.
        statement = trusted(self)
        statement.write({"contested": True, "contest_reason": reason, "contest_date": fields.Datetime.now()})
        statement.message_post(body=self.env._("Contested: %s", reason), author_id=self.env.user.partner_id.id)
        statement.activity_schedule(
            CONTEST_ACTIVITY, user_id=statement._responsible_user().id, note=reason, summary=self.display_name
        )
        return True

    def action_answer(self, answer=None):
        """Answer a contested statement.

        :param str answer: what the employee is told; without it a dialog asks
        """
        self.ensure_one()
        if not self.env.user.has_group(APPROVER):
            self._check_group(OFFICER, self.env._("Only a bonus officer or approver answers."))
        if not self.contested:
            raise UserError(self.env._("%s is not contested.", self.display_name))
        if self.user_id == self.env.user:
            raise UserError(self.env._("Nobody answers the own contest: ask another bonus officer."))
        if not (answer or "").strip():
            return self._ask("answer", self.env._("Answer"))
        statement = trusted(self)
        statement.write({"contested": False, "contest_answer": answer, "contest_answer_by_id": self.env.uid})
        statement.activity_feedback([CONTEST_ACTIVITY], feedback=answer)
        statement.message_post(
            body=self.env._("Answer: %s", answer),
            partner_ids=statement.user_id.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )
        return True

    def action_cancel(self):
        """Cancel statements that are not paid; approved ones by an approver only.

        :raises UserError: when one is paid, or its negative rest was already taken by a later statement
        """
        self._check_group(OFFICER, self.env._("Only a bonus officer or approver cancels statements."), APPROVER)
        for statement in self.filtered(lambda statement: statement.state != "cancelled"):
            statement._check_cancellable()
        statements = trusted(self)
        self.env["kpi.bonus.statement"].sudo().search([("carried_to_id", "in", self.ids)])._release_rests()
        statements.write({"state": "cancelled", "contested": False})
        statements.activity_unlink([CONTEST_ACTIVITY])
        return True

    def action_draft(self):
        """Take submitted or cancelled statements back to draft.

        :raises UserError: when one is approved or paid, or the person has another statement by now
        """
        self._check_group(OFFICER, self.env._("Only a bonus officer takes statements back to draft."))
        if fixed := self.filtered(lambda statement: statement.state in ("approved", "paid")):
            raise UserError(
                self.env._("%s is approved and frozen. Cancel it, or adjust the next statement.", fixed[0].display_name)
            )
        for statement in self.filtered(lambda statement: statement.state == "cancelled"):
            statement._check_no_other()
        trusted(self).write(
            {
                "state": "draft",
                "submitted_by_id": False,
                "submitted_date": False,
                "approved_by_id": False,
                "approved_date": False,
            }
        )
        return True

    # --------------------------------------------------------------- checks

    def _check_group(self, group, message, *others):
        """Refuse users without the group.

        :raises AccessError: the message and whom to ask
        """
        if not any(self.env.user.has_group(name) for name in (group, *others)):
            raise AccessError(self.env._("%s Ask one of them, or an administrator for the role.", message))
        self.check_access("read")

    def _approval_obstacle(self, outdated):
        """Why the user may not approve this statement; empty when they may.

        :param outdated: see ``_outdated_carry``
        """
        self.ensure_one()
        name = self.display_name
        if self.state != "submitted":
            return self.env._("%s is not submitted: a bonus officer submits it first.", name)
        if self.user_id == self.env.user:
            return self.env._("%s pays you. Ask another bonus approver to approve it.", name)
        authors = self.sudo().line_ids.filtered(lambda line: line.kind == "adjustment").author_id
        if self.env.user in self.computed_by_id | authors:
            return self.env._("You computed or adjusted %s. Ask another bonus approver to approve it.", name)
        if self.contested:
            return self.env._("%s is contested. Answer the employee first.", name)
        if self in outdated:
            return self.env._(
                "Another statement changed what %s carries in. Take it back to draft and compute it again.", name
            )
        return ""

    def _outdated_carry(self):
        """Those of these statements whose rest carried in has changed, or changes with an earlier one of them.

        One query per plan and period.
        """
        outdated, moved = self.browse(), set()
        for (plan, period), group in self.sorted("date_end")._by_plan_and_period():
            carried = self._open_carry(plan, period, group.employee_id.ids)
            for statement in group:
                person = (plan, statement.employee_id)
                open_rest = float(carried.get(statement.employee_id.id, 0))
                if person in moved or statement.currency_id.compare_amounts(statement.carried_in, open_rest):
                    outdated |= statement
                elif statement.carried_in or statement.carried_out:
                    moved.add(person)
        return outdated

    def _by_plan_and_period(self):
        return self.grouped(lambda statement: (statement.plan_id, statement.period_id)).items()

    def _check_cancellable(self):
        """Hook: raise when a statement must not be cancelled."""
        self.ensure_one()
        if self.state == "paid":
            raise UserError(
                self.env._(
                    "%s is paid. Refund or cancel its pay slip first, or adjust the next one.", self.display_name
                )
            )
        if self.state == "approved":
            self._check_group(APPROVER, self.env._("Only a bonus approver cancels an approved statement."))
        if self.carried_to_id:
            raise UserError(
                self.env._(
                    "The rest of %(name)s was settled by %(other)s. Cancel that one first.",
                    name=self.display_name,
                    other=self.carried_to_id.display_name,
                )
            )

    def _check_no_other(self):
        others = self.sudo().search_count(
            [
                ("plan_id", "=", self.plan_id.id),
                ("employee_id", "=", self.employee_id.id),
                ("period_id", "=", self.period_id.id),
                ("state", "!=", "cancelled"),
            ],
            limit=1,
        )
        if others:
            raise UserError(self.env._("%s was computed anew. Use the new statement.", self.display_name))

    # ---------------------------------------------------------------- rests

    def _settle_rests(self):
        """Mark the negative rests that these statements took, so that no other one takes them again."""
        for (plan, period), group in trusted(self).filtered("carried_in")._by_plan_and_period():
            rests = group.search(self._open_carry_domain(plan, period, group.employee_id.ids)).grouped("employee_id")
            for statement in group:
                rests.get(statement.employee_id, group.browse()).write({"carried_to_id": statement.id})

    def _release_rests(self):
        trusted(self).write({"carried_to_id": False})

    # ---------------------------------------------------------------- talk

    def _responsible_user(self):
        """Who answers: the officer who submitted or computed the statement, or else any officer of the company."""
        officers = (
            self.env.ref(OFFICER)
            .sudo()
            .all_user_ids.filtered(
                lambda user: user.active and self.company_id in user.company_ids and user != self.user_id
            )
        )
        mine = (self.submitted_by_id | self.computed_by_id) & officers
        return (mine or officers)[:1]

    def _ask(self, mode, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "kpi.bonus.contest",
            "view_mode": "form",
            "target": "new",
            "context": {"default_statement_id": self.id, "default_mode": mode},
        }

    def _notify(self, message, skipped, reason=""):
        if skipped:
            message = self.env._(
                "%(done)s, %(count)s left as they are. %(reason)s", done=message, count=skipped, reason=reason
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message.strip(),
                "type": "warning" if skipped else "success",
                "sticky": bool(reason and skipped),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
