from odoo import models

from .followers import follow
from .guard import trusted

ACTIVITY = "kpi_management.mail_activity_improvement"


class KpiAction(models.Model):
    """The responsible finds an open action among the activities; ticking it off there does it."""

    _inherit = "kpi.action"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Override: activities subscribe their people at once, see ``_ask_responsible``; not one query for each."""
        if self.env.context.get("kpi_subscribed"):
            return True
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    def _ask_responsible(self):
        """One activity for each open action, for who is responsible now and until when; none for the others."""
        activity_type = self.env.ref(ACTIVITY, raise_if_not_found=False)
        if not activity_type:
            return
        # trusted: the user may act on the action (the caller checked it), not on everybody's activities. Those who
        # are asked are not written to one by one: they have the activity.
        actions = trusted(self).with_context(mail_activity_quick_update=True, kpi_subscribed=True)
        actions._automated().unlink()
        asked = actions.filtered(lambda action: action.state == "open" and action.responsible_user_id.active)
        follow(asked, [action.responsible_user_id for action in asked])
        asked.env["mail.activity"].create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "summary": action.name,
                    "automated": True,
                    "date_deadline": action.deadline,
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": action.id,
                    # Odoo would look each name up on its own
                    "res_name": action.name,
                    "user_id": action.responsible_user_id.id,
                }
                for action in asked
            ]
        )

    def _automated(self):
        """The activities of these actions that stand for the actions themselves."""
        kind = self.env.ref(ACTIVITY, raise_if_not_found=False)
        return self.activity_ids.filtered(lambda activity: activity.automated and activity.activity_type_id == kind)


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        """Override: the activity of an action is the action."""
        kind = self.env.ref(ACTIVITY, raise_if_not_found=False)
        own = self.filtered(lambda activity: activity.automated and activity.activity_type_id == kind)
        action_ids = own.filtered(lambda activity: activity.res_model == "kpi.action").mapped("res_id")
        result = super()._action_done(feedback, attachment_ids)
        self.env["kpi.action"].browse(action_ids).exists().action_done()
        return result
