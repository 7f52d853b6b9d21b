from odoo import models

NAMED = 5


class KpiScorecard(models.Model):
    """Who agrees to many scorecards at once is told which of them still wait for the other side, and why."""

    _inherit = "kpi.scorecard"

    def action_agree(self):
        """Extend: tell what is left.

        :return: a notification when the other side of some has still to agree, else None
        """
        # What is agreed already, runs or is closed was not asked for.
        asked = self.filtered(lambda card: card.state in ("draft", "proposed"))
        super().action_agree()
        left = asked.filtered(lambda card: card.state == "proposed")
        return left._left_notification(len(asked) - len(left)) if left else None

    def _left_notification(self, agreed):
        """:param int agreed: how many others are agreed now"""
        texts = [cards._left_text(side) for side, cards in self.grouped("waiting_for").items()]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": " ".join([self.env._("Scorecards agreed: %s.", agreed), *texts]),
                "type": "warning",
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _left_text(self, side):
        """Why these wait for a side: the user stands on the other one, and nobody agrees for both."""
        names = ", ".join(self[:NAMED].mapped("subject_name")) + ("…" if len(self) > NAMED else "")
        values = {"count": len(self), "names": names}
        if side == "holder":
            return self.env._(
                "You agree for the manager's side; the holder has still to agree (%(count)s): %(names)s.", **values
            )
        return self.env._(
            "You agree for the holder's side; the manager has still to agree (%(count)s): %(names)s.", **values
        )
