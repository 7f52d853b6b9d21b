from odoo import api, models
from odoo.fields import Command, Domain
from odoo.tools import consteq

from .guard import as_system
from .kpi_rating_level import RATING_VALUES


class KpiReviewFeedback(models.Model):
    """Raters from outside: a link by mail instead of a login."""

    _inherit = "kpi.review.feedback"

    def _send_links(self):
        """Queue the mail with the link for each outside rater; with the system's mark."""
        self.env["mail.mail"].create([row._prepare_link_mail() for row in self if row.rater_email])

    def _prepare_link_mail(self):
        cycle, company = self.cycle_id, self.company_id
        values = {
            "feedback": self,
            "about": self.employee_id.name,
            "cycle": cycle,
            "company": company,
            "url": f"{self.get_base_url()}/kpi/feedback/{self.id}/{self.access_token}",
        }
        return {
            "subject": self.env._(
                "%(company)s: feedback about %(person)s", company=company.name, person=values["about"]
            ),
            "body_html": self.env["ir.qweb"]._render("kpi_management.review_link_mail", values),
            "email_to": self.rater_email,
            "recipient_ids": [Command.clear()],
            "email_from": company.email_formatted,
            "reply_to": company.email_formatted,
            "author_id": company.partner_id.id,
            "message_type": "email_outgoing",
            "auto_delete": True,
        }

    @api.model
    def _by_token(self, feedback_id, token):
        """The row that a link leads to, with the system's mark; nothing for a wrong one."""
        row = as_system(self).search(Domain("id", "=", feedback_id) & Domain("access_token", "!=", False))
        return row if row and consteq(row.access_token.encode(), token.encode()) else row.browse()

    def _take_form(self, form):
        """Take over what was typed on the page of the link.

        :param form: {"rating_<line id>": "0" to "5", "text_<line id>": words}; anything else is left out
        """
        self._check_open()
        self._begin()
        for draft in self.draft_ids:
            key = draft.template_line_id.id
            rating = form.get(f"rating_{key}")
            draft.write(
                {
                    "rating": rating if rating in (*RATING_VALUES, "0") and draft.kind == "competency" else False,
                    "text": (form.get(f"text_{key}") or "")[:10_000],
                }
            )
