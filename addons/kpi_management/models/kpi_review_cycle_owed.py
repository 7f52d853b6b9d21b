from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command

from .guard import as_system
from .kpi_review_cycle import SIDE_NAMES

# So long before the last day those who have not answered get a mail.
SOON = timedelta(days=2)


class KpiReviewCycle(models.Model):
    """Who still owes what. Of those whose names are kept secret there are numbers alone."""

    _inherit = "kpi.review.cycle"

    progress_html = fields.Html(compute="_compute_progress", string="Still owed", sanitize=False)
    owed_count = fields.Integer(compute="_compute_progress")

    @api.depends("state")
    @api.depends_context("uid", "lang")
    def _compute_progress(self):
        counts = self._progress()
        for cycle in self:
            rows = cycle._progress_rows(counts.get(cycle.id, {}))
            cycle.owed_count = sum(row["owed"] for row in rows)
            cycle.progress_html = bool(rows) and self.env["ir.qweb"]._render(
                "kpi_management.review_cycle_progress", {"rows": rows}
            )

    def action_open_owed(self):
        """Open who has not answered yet; rows of those whose names are kept secret are seen by themselves alone."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_review_feedback_owed")
        return {**action, "domain": [("cycle_id", "=", self.id), ("state", "in", ("asked", "started"))]}

    def action_remind(self):
        """Mail everybody who has not answered yet: one mail for each person.

        :return: a notification with how many were reminded, and no names
        """
        self.check_access("write")
        running = self.filtered(lambda cycle: cycle.state == "running")
        for cycle in running:
            cycle._remind_mails()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": running._reminded()},
        }

    def _reminded(self):
        """How many were reminded; without those whose names are kept secret, as whoever asks one sees whether he owes."""
        # as_system: numbers alone.
        Feedback = as_system(self.env["kpi.review.feedback"])
        asked = [("cycle_id", "in", self.ids), ("user_id", "!=", False)]
        owed = Feedback.search([*asked, ("state", "in", ("asked", "started")), ("anonymous", "=", False)])
        count = len({(row.cycle_id, row.user_id) for row in owed if row.user_id.email})
        if Feedback.search_count([*asked, ("anonymous", "=", True)], limit=1):
            return self.env._("%s people were reminded, and whoever of the others has not answered.", count)
        return self.env._("%s people were reminded.", count)

    def _progress(self):
        """{cycle id: {side: {state: count}}} of the reviews the user leads, or else of his own"""
        # Nobody counts the answers about himself.
        about = ("user_id", "!=" if self._leads() else "=", self.env.uid)
        reviews = self.env["kpi.review"].search([("cycle_id", "in", self.ids), about])
        # sudo: numbers alone, of reviews that the user may read.
        rows = (
            self.env["kpi.review.feedback"]
            .sudo()
            ._read_group([("review_id", "in", reviews.ids)], ["cycle_id", "side", "state"], ["__count"])
        )
        counts = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
        for cycle, side, state, count in rows:
            counts[cycle.id][side][state] += count
        return counts

    def _progress_rows(self, counts):
        names = dict(self.env["kpi.review.feedback"]._fields["side"]._description_selection(self.env))
        rows = []
        for side, _name in SIDE_NAMES:
            states = counts.get(side)
            if not states or not (self._leads() or side in ("self", "manager")):
                continue
            asked, done, few = sum(states.values()), states["done"], self._too_few(side, states["done"])
            rows.append(
                {
                    "name": names[side],
                    "asked": asked,
                    "done": 0 if few else done,
                    "owed": asked if few else states["asked"] + states["started"],
                    "few": few,
                    "text": self._progress_text(asked, done, few),
                    "due": self._due_date(side),
                }
            )
        return rows

    def _progress_text(self, asked, done, few):
        if few > asked:
            return self.env._("%(asked)s asked, %(few)s have to answer at least", asked=asked, few=few)
        if few:
            return self.env._("fewer than %(few)s of %(asked)s given", few=few, asked=asked)
        return self.env._("%(done)s of %(asked)s given", done=done, asked=asked)

    def _too_few(self, side, done):
        """The least number of answers, where fewer are in and names are kept secret: then even their number is.

        Else whoever asks one after the other sees who answers.
        """
        return self.min_raters if self._is_secret(side) and done < self.min_raters else 0

    def _leads(self):
        """Whether the user may know how many colleagues answered: not somebody who is only reviewed."""
        return self.env.user._kpi_writes_targets()

    # ---------------------------------------------------------------- mails

    def _remind_soon(self):
        """Mail those whose last day is near."""
        self._remind_mails([("due_date", "=", self.period_id._now().date() + SOON)])

    def _remind_mails(self, domain=()):
        """Queue a mail for each person who has not answered."""
        self.ensure_one()
        # as_system: the author of a message may read to whom it went; so it is nobody's.
        feedback = as_system(self.env["kpi.review.feedback"]).search(
            [("cycle_id", "=", self.id), ("state", "in", ("asked", "started")), ("user_id", "!=", False), *domain]
        )
        mails = [self._prepare_mail(user, rows) for user, rows in feedback.grouped("user_id").items() if user.email]
        return as_system(self.env["mail.mail"]).create(mails)

    def _prepare_mail(self, user, rows):
        cycle = as_system(self).with_context(lang=user.lang)
        dates = [day for day in rows.mapped("due_date") if day]
        values = {
            "cycle": cycle,
            "user": user,
            "count": len(rows),
            "due": min(dates) if dates else False,
            "url": f"{self.get_base_url()}/odoo/kpi-to-answer",
        }
        company = self.company_id.sudo()
        return {
            "subject": cycle.env._("%(cycle)s: %(count)s to answer", cycle=self.name, count=len(rows)),
            "body_html": cycle.env["ir.qweb"]._render("kpi_management.review_reminder", values),
            "recipient_ids": [Command.link(user.partner_id.id)],
            "email_from": company.email_formatted,
            "reply_to": company.email_formatted,
            "author_id": company.partner_id.id,
            "message_type": "email_outgoing",
            "auto_delete": True,
        }
