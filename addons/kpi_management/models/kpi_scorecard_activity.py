from odoo import fields, models

from .followers import follow
from .guard import trusted

AGREE_ACTIVITY = "kpi_management.mail_activity_type_agree"
DAYS_TO_AGREE = 7


class KpiScorecard(models.Model):
    """Who must act on a proposal finds it among the activities; for a thousand scorecards in a handful of queries."""

    _inherit = "kpi.scorecard"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Activities in bulk subscribe their people at once, see ``_ask_sides``; not one query for each of them."""
        if self.env.context.get("kpi_subscribed"):
            return True
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    def _ask_sides(self):
        """Tell those whose turn it is, and take the question back from the others."""
        # trusted: the user may act on the scorecard (the caller checked it), not on everybody's activities.
        cards = trusted(self).with_context(mail_activity_quick_update=True, kpi_subscribed=True)
        cards.activity_unlink([AGREE_ACTIVITY])
        cards = cards.filtered(lambda card: card._asked_user())
        cards._subscribe_asked()
        cards._schedule_agreement(fields.Date.add(fields.Date.context_today(self), days=DAYS_TO_AGREE))

    def _subscribe_asked(self):
        """Whoever is asked follows the discussion."""
        follow(self, [card._asked_user() for card in self])

    def _schedule_agreement(self, deadline):
        """One activity for each scorecard, all in one go."""
        activity_type = self.env.ref(AGREE_ACTIVITY, raise_if_not_found=False)
        if not activity_type:
            return
        model_id = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "summary": activity_type.with_context(lang=user.lang).summary,
                    "automated": True,
                    "date_deadline": deadline,
                    "res_model_id": model_id,
                    "res_id": card.id,
                    # Odoo would look each name up on its own
                    "res_name": card.display_name,
                    "user_id": user.id,
                }
                for card in self
                for user in card._asked_user()
            ]
        )

    def _asked_user(self):
        """Whose turn it is, if it is somebody with a login; the manager's side is asked where the proposal came from."""
        user = self.env["res.users"]
        if self.waiting_for == "holder":
            user = self.holder_user_id
        elif self.waiting_for == "manager":
            user = self._asked_for_manager()
        return user.filtered("active")

    def _asked_for_manager(self):
        """Who answers for the manager's side: the manager, else whoever proposed the scorecard.

        An officer who proposed a thousand scorecards in one go is not asked about each of them.
        """
        return self.manager_user_id or self.proposed_by_id - self.holder_user_id
