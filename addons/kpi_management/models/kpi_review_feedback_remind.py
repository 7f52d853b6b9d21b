from odoo import models
from odoo.exceptions import AccessError


class KpiReviewFeedback(models.Model):
    """Reminding some of those who have not answered; of those whose names are kept secret the cycle reminds all."""

    _inherit = "kpi.review.feedback"

    def action_remind(self):
        """Mail those chosen who have not answered yet: one mail for each person.

        :return: a notification with how many were reminded
        :raises AccessError: for anybody but officers and those who lead the people reviewed
        """
        self.check_access("read")
        officer = self.env.user.has_group("kpi_management.group_kpi_officer")
        if not officer and any(row.manager_user_id != self.env.user for row in self):
            raise AccessError(self.env._("Only a KPI officer, or the manager of the people reviewed, reminds others."))
        count = 0
        for cycle, rows in self.filtered(lambda row: not row.anonymous).grouped("cycle_id").items():
            if cycle.state == "running":
                count += len(cycle._remind_mails([("id", "in", rows.ids)]))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": self.env._("%s people were reminded.", count)},
        }
