"""The life of a statement: submitted, taken back, cancelled; approval and contests are in files of their own."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.kpi_management.models.guard import trusted

OFFICER = "kpi_hr_bonus.group_bonus_officer"
APPROVER = "kpi_hr_bonus.group_bonus_approver"


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

    def action_cancel(self):
        """Cancel statements that are not paid; approved ones by an approver only.

        :raises UserError: when one is paid, or its negative rest was already taken by a later statement
        """
        self._check_group(OFFICER, self.env._("Only a bonus officer or approver cancels statements."), APPROVER)
        for statement in self.filtered(lambda statement: statement.state != "cancelled"):
            statement._check_cancellable()
        self.env["kpi.bonus.statement"].sudo()._release_taken(self)
        trusted(self).write({"state": "cancelled"})
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
        self._back_to_draft()
        return True

    def _back_to_draft(self):
        trusted(self).write(
            {
                "state": "draft",
                "submitted_by_id": False,
                "submitted_date": False,
                "approved_by_id": False,
                "approved_date": False,
                "first_approved_by_id": False,
                "first_approved_date": False,
            }
        )

    # --------------------------------------------------------------- checks

    def _check_group(self, group, message, *others):
        """Refuse users without the group.

        :raises AccessError: the message and whom to ask
        """
        if not any(self.env.user.has_group(name) for name in (group, *others)):
            raise AccessError(self.env._("%s Ask one of them, or an administrator for the role.", message))
        self.check_access("read")

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

    # ---------------------------------------------------------------- talk

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
