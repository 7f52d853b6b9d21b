"""Who is told: the person paid by mail, the approvers by an activity on the plan."""

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.kpi_management.models.guard import trusted

from .kpi_bonus_statement_life import APPROVER

APPROVE_ACTIVITY = "kpi_hr_bonus.mail_activity_type_approve"


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"

    def action_submit(self):
        """Extend: tell the people and the approvers."""
        drafts = self.filtered(lambda statement: statement.state == "draft")
        result = super().action_submit()
        drafts._tell("submitted")
        drafts._ask_approvers()
        return result

    def _approvals_given(self):
        """Extend: tell the people, and take what is done from the approvers' lists."""
        result = super()._approvals_given()
        self.filtered(lambda statement: statement.state == "approved")._tell("approved")
        self.filtered(lambda statement: statement.state == "submitted")._ask_approvers()
        self._approvers_done()
        return result

    def action_cancel(self):
        """Extend: nothing is left to approve here."""
        result = super().action_cancel()
        self._approvers_done()
        return result

    def _back_to_draft(self):
        result = super()._back_to_draft()
        self._approvers_done()
        return result

    def _tell(self, event):
        """Queue the mails about an event, in each person's language; who has no user or address is left out.

        :param str event: ``submitted`` or ``approved``
        """
        template = self.env.ref(f"kpi_hr_bonus.mail_template_statement_{event}", raise_if_not_found=False)
        told = self.sudo().filtered(
            lambda statement: (
                statement.company_id[f"kpi_bonus_mail_{event}"]
                and statement.user_id.active
                and statement.user_id.partner_id.email
            )
        )
        if template and told:
            # sudo: the one who submits need not read the address of everybody; Odoo's own queue sends the mails.
            mails = template.sudo().send_mail_batch(
                told.ids,
                email_layout_xmlid="mail.mail_notification_light",
                email_values={"is_notification": True},  # once sent the mail goes, its trace on the thread stays
            )
            mails.write({"body": self.env._("Told by mail.")})
            with_pdf = told.filtered(lambda statement: statement.company_id.kpi_bonus_mail_pdf)
            mails.filtered(lambda mail: mail.res_id in with_pdf._ids).kpi_statement_pdf = True

    # ------------------------------------------------------------ approvers

    @api.model
    def _approvers(self, company):
        """Active bonus approvers of a company."""
        users = self.env.ref(APPROVER).sudo().all_user_ids
        return users.filtered(lambda user: user.active and not user.share and company in user.company_ids)

    def _ask_approvers(self):
        """Give each approver who has something to approve now one activity for each plan."""
        for plan in trusted(self).plan_id:
            asked = plan._approval_activities().user_id
            for user in self._approvers(plan.company_id) - asked:
                if user != self.env.ref("base.user_root") and self._waiting(plan, user):
                    plan.activity_schedule(APPROVE_ACTIVITY, user_id=user.id)

    def _approvers_done(self):
        """Close the activities of approvers for whom nothing waits any more."""
        activities = trusted(self).plan_id._approval_activities()
        for activity in activities:
            if not self._waiting(activity.env["kpi.bonus.plan"].browse(activity.res_id), activity.user_id):
                activity.unlink()

    @api.model
    def _waiting(self, plan, user):
        domain = Domain("plan_id", "=", plan.id) & self._waits_for_domain(user)
        return self.sudo().search_count(domain, limit=1)


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"

    def _approval_activities(self):
        kind = self.env.ref(APPROVE_ACTIVITY, raise_if_not_found=False)
        return self.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
