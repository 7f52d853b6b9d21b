import logging

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .guard import trusted
from .kpi_period import AGREED

_logger = logging.getLogger(__name__)

# Two were at the same rows: nothing is wrong with the report, the job makes it when it runs again.
CLASHES = (ConcurrencyError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)
# Results of which the responsible one is told.
PROBLEMS = ("no_address", "no_access", "failed")


class KpiReportRun(models.Model):
    """One time that a report goes out; who got it stands in its deliveries."""

    _name = "kpi.report.run"
    _description = "Report Sent"
    _inherit = ["kpi.kept.mixin"]
    _order = "date desc, id desc"
    _rec_name = "schedule_id"

    schedule_id = fields.Many2one("kpi.report.schedule", required=True, index=True, ondelete="cascade", string="Report")
    company_id = fields.Many2one(related="schedule_id.company_id", store=True, index=True)
    period_id = fields.Many2one("kpi.period", required=True, ondelete="cascade")
    date = fields.Date(required=True, string="Day")
    kind = fields.Selection(
        [("due", "By schedule"), ("manual", "By hand"), ("test", "Test")], required=True, string="Why"
    )
    tester_id = fields.Many2one("res.users", ondelete="cascade", string="Tested by")
    state = fields.Selection([("waiting", "Being sent"), ("done", "Done")], required=True, default="waiting")
    delivery_ids = fields.One2many("kpi.report.delivery", "run_id", string="Recipients")
    sent_count = fields.Integer(compute="_compute_counts", string="Sent to")
    problem_count = fields.Integer(compute="_compute_counts", string="Not sent")

    _unique_due = models.UniqueIndex("(schedule_id, period_id, date) WHERE kind = 'due'", "This was sent already.")

    @api.depends("delivery_ids.state")
    def _compute_counts(self):
        groups = self.env["kpi.report.delivery"]._read_group(
            [("run_id", "in", self.ids)], ["run_id", "state"], ["__count"]
        )
        counts = {(run, state): count for run, state, count in groups}
        for run in self:
            run.sent_count = counts.get((run, "sent"), 0)
            run.problem_count = sum(counts.get((run, state), 0) for state in PROBLEMS)

    @api.model
    def _kept_text(self):
        return self.env._("What was sent is written by the system alone.")

    # ---------------------------------------------------------------- who gets it

    def _waiting_users(self):
        """The recipients that this run has not come to yet.

        :return: ``res.users``; nobody for a test, which is sent on the spot
        """
        self.ensure_one()
        if self.kind == "test":
            return self.env["res.users"]
        return (self._recipients() - self.delivery_ids.user_id).sorted("id")

    def _recipients(self):
        schedule = self.schedule_id
        if schedule.content in ("department", "company"):
            return schedule.recipient_ids
        people = self.env["kpi.scorecard"].search(self._cards_domain()).employee_id
        concerned = people.user_id if schedule.content == "own" else self._leaders(people)
        # Whoever left has a scorecard, and no mail.
        concerned = concerned.filtered(lambda user: user.active and not user.share)
        return concerned & schedule.recipient_ids if schedule.recipient_ids else concerned

    def _cards_domain(self):
        """People's scorecards that two sides agreed on."""
        return [
            ("period_id", "=", self.period_id.id),
            ("subject_type", "=", "employee"),
            ("state", "in", AGREED),
        ]

    def _leaders(self, people):
        """The users of all above these people: a query per level, however many people there are."""
        above, found = people.parent_id, self.env["hr.employee"]
        while above - found:
            found |= above
            above = above.parent_id
        return found.user_id

    # ---------------------------------------------------------------- sending

    def _deliver(self, user, now=False):
        """Make the report for one recipient, queue its mail and keep that it was sent.

        :param user: ``res.users``
        :param bool now: whether the mail goes at once instead of with Odoo's queue
        :return: the ``kpi.report.delivery``
        :raises UserError: why a mail that was to go at once did not
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                state, files = self._made_for(user)
                delivery = self._keep_delivery(user, state)
                if state == "sent":
                    delivery._send(files, now)
                return delivery
        except CLASHES:
            raise
        except Exception as error:
            if now and isinstance(error, UserError):
                raise
            # One report that cannot be made or sent must not keep the others from those who wait for them.
            _logger.exception("KPI report %s for user %s", self.schedule_id.id, user.id)
            return self._keep_delivery(user, "failed")

    def _keep_delivery(self, user, state):
        return trusted(self.env["kpi.report.delivery"]).create({"run_id": self.id, "user_id": user.id, "state": state})

    def _made_for(self, user):
        """(state of the delivery, [(name of the file, its content)])"""
        if not self.env["kpi.reminder.due"]._reaches(user, self.company_id):
            return "no_access", []
        if not user.email:
            return "no_address", []
        files = self.env["kpi.report.maker"]._files(self, user)
        return ("sent" if files else "nothing"), files

    def _finish(self):
        """Close the run once nobody waits, and tell the responsible one who did not get it."""
        self.ensure_one()
        if self._waiting_users():
            return
        trusted(self).write({"state": "done"})
        if self.kind == "test":
            return
        schedule = self.schedule_id.sudo()  # sudo: when it was last sent is the system's to say
        schedule.last_sent = fields.Datetime.now()
        if problems := self.delivery_ids._problems():
            schedule._tell_problems(problems)
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()


class KpiReportDelivery(models.Model):
    """That somebody got a report, or why not: whoever stands here is sent nothing more by the same run."""

    _name = "kpi.report.delivery"
    _description = "KPI Report"
    _inherit = ["kpi.kept.mixin"]
    _order = "id"

    run_id = fields.Many2one("kpi.report.run", required=True, index=True, ondelete="cascade")
    schedule_id = fields.Many2one(related="run_id.schedule_id")
    period_id = fields.Many2one(related="run_id.period_id")
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    user_id = fields.Many2one("res.users", required=True, index=True, ondelete="cascade", string="Recipient")
    state = fields.Selection(
        [
            ("sent", "Sent"),
            ("nothing", "Nothing to show"),
            ("no_address", "No e-mail address"),
            ("no_access", "No access to the company"),
            ("failed", "Could not be made or sent"),
        ],
        required=True,
        string="Result",
    )
    create_date = fields.Datetime(string="On")

    _unique_user = models.UniqueIndex("(run_id, user_id)", "This person got the report already.")

    @api.depends("run_id.schedule_id.name", "run_id.period_id.name")
    def _compute_display_name(self):
        """What was sent, as the heading of the mail."""
        for delivery in self:
            delivery.display_name = f"{delivery.schedule_id.name} · {delivery.period_id.name}"

    @api.model
    def _kept_text(self):
        return self.env._("What was sent is written by the system alone.")

    def _send(self, files, now):
        """Queue the mail with these files, in the language of the recipient."""
        Attachment = self.env["ir.attachment"].sudo()  # sudo: they belong to the mail, which only its recipient gets
        attachments = Attachment.create(
            # Of a message and no record: they go with the mail once it is sent.
            [{"name": name, "raw": content, "res_model": "mail.message", "res_id": 0} for name, content in files]
        )
        template = self.env.ref("kpi_management.mail_template_report").sudo()
        mail_id = template.send_mail(self.id, force_send=now, email_values={"attachment_ids": attachments.ids})
        # sudo: of the mail only whether it went is asked. One that did is deleted.
        mail = self.env["mail.mail"].sudo().browse(mail_id).exists()
        if now and mail.state == "exception":
            reason = mail.failure_reason
            raise UserError(
                self.env._("The mail was not sent. Ask an administrator to check the outgoing mail server: %s", reason)
            )

    def _problems(self):
        return self.filtered(lambda delivery: delivery.state in PROBLEMS)

    def _reason(self):
        """Why the user himself got nothing: a sentence."""
        reasons = {
            "nothing": self.env._("There is nothing in this report that you may see."),
            "no_address": self.env._("You have no e-mail address. Enter it in your preferences."),
            "no_access": self.env._("You have no access to this company."),
            "failed": self.env._(
                "The report could not be made or sent. Whoever runs the server finds the reason in its log."
            ),
        }
        return reasons[self.state]


class KpiReportSchedule(models.Model):
    _inherit = "kpi.report.schedule"

    def _tell_problems(self, deliveries):
        """Tell the responsible one who could not get the report, and why."""
        words = self.with_context(lang=self.responsible_id.lang or self.env.lang)
        label = dict(deliveries._fields["state"]._description_selection(words.env))
        groups = [
            f"{label[state]}: {', '.join(group.user_id.mapped('name'))}"
            for state, group in deliveries.grouped("state").items()
        ]
        text = words.env._("Some did not get the report. %s", "; ".join(groups))
        self.message_post(body=text, partner_ids=self.responsible_id.partner_id.ids, subtype_xmlid="mail.mt_comment")
