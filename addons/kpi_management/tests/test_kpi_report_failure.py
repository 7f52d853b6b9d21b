from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import html2plaintext, mute_logger

from .report_case import ReportMailCase


@freeze_time("2026-04-02 02:00:00")
@tagged("post_install", "-at_install")
class TestKpiReportFailure(ReportMailCase):
    """What goes wrong with reports by mail, or is refused: whoever can mend it is told, and nobody else waits for it."""

    def test_without_an_address_the_responsible_one_is_told(self):
        self.binh_user.email = False
        schedule = self.make(content="own")
        schedule.action_send_now()
        self.run_job()
        self.assertEqual(self.results(schedule), {self.binh_user: "no_address", self.chi_user: "sent"})
        message = schedule.message_ids[0]
        self.assertIn(f"No e-mail address: {self.binh_user.name}", html2plaintext(message.body))
        self.assertIn(self.officer.partner_id, message.notified_partner_ids)

    def test_one_that_cannot_be_made_keeps_nobody_else_waiting(self):
        maker = type(self.env["kpi.report.maker"])
        files = maker._files

        def broken(model, run, user):
            if user == self.binh_user:
                raise ValueError("broken")
            return files(model, run, user)

        schedule = self.make(content="own")
        schedule.action_send_now()
        with patch.object(maker, "_files", broken), mute_logger("odoo.addons.kpi_management.models.kpi_report_run"):
            self.run_job()
        self.assertEqual(self.results(schedule), {self.binh_user: "failed", self.chi_user: "sent"})
        self.assertIn("Could not be made", html2plaintext(schedule.message_ids[0].body))

    def test_a_mail_that_cannot_be_made_keeps_nobody_else_waiting(self):
        template = self.env.ref("kpi_management.mail_template_report")
        template.subject = f"{{{{ {{'{self.chi_user.login}': 'March'}}[object.user_id.login] }}}}"
        schedule = self.make(content="own")
        schedule.action_send_now()
        with mute_logger("odoo.addons.kpi_management.models.kpi_report_run"):
            self.run_job()
        self.assertEqual(self.results(schedule), {self.binh_user: "failed", self.chi_user: "sent"})
        self.assertEqual(set(self.mails(schedule)), {self.chi_user})
        self.assertIn(f"Could not be made or sent: {self.binh_user.name}", html2plaintext(schedule.message_ids[0].body))

    def test_who_met_a_clash_is_not_passed_over(self):
        schedule = self.make(content="own")
        schedule.action_send_now()
        run = self.env["kpi.report.run"].search([("schedule_id", "=", schedule.id)])
        clash = patch.object(type(self.env["kpi.report.maker"]), "_files", side_effect=SerializationFailure())
        with clash, self.assertRaises(SerializationFailure):
            run._deliver(self.binh_user)
        self.assertEqual(run._waiting_users(), self.binh_user | self.chi_user)

    def test_a_test_that_is_refused_is_not_said_to_be_sent(self):
        schedule = self.make(content="company", recipient_ids=[Command.set(self.hang_user.ids)])
        server = patch.object(type(self.env["ir.mail_server"]), "_connect__", side_effect=OSError("no such server"))
        with server, self.refused(UserError, "The mail was not sent.*outgoing mail server: .*no such server"):
            schedule.action_send_test()
        self.assertFalse(self.results(schedule))

    def test_the_runs_are_counted_without_reading_whom_they_went_to(self):
        self.binh_user.email = False
        schedule = self.make(content="own")
        for _again in range(2):
            schedule.action_send_now()
        self.run_job()
        runs = self.env["kpi.report.run"].search([("schedule_id", "=", schedule.id)])
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.assertEqual([(run.sent_count, run.problem_count) for run in runs], [(1, 1), (1, 1)])

    def test_a_test_goes_to_oneself_alone(self):
        schedule = self.make(content="company", recipient_ids=[Command.set(self.hang_user.ids)])
        action = schedule.action_send_test()
        self.assertIn(self.officer.email, action["params"]["message"])
        self.assertEqual(self.results(schedule), {self.officer: "sent"})
        self.assertFalse(schedule.last_sent)
        self.run_job()
        self.assertEqual(self.results(schedule), {self.officer: "sent"})
        own = self.make(content="own")
        with self.refused(UserError, "nothing in this report that you may see"):
            own.action_send_test()
        self.assertFalse(self.results(own))

    def test_no_such_period(self):
        with self.refused(UserError, "there is no such period"):
            self.make(content="own", period_type="week").action_send_now()

    def test_what_is_missing_is_asked_for(self):
        with self.refused(ValidationError, "Choose the departments"):
            self.make(content="department", recipient_ids=[Command.set(self.hang_user.ids)])
        with self.refused(ValidationError, "Choose who gets"):
            self.make(content="company")

    def test_who_left_is_no_recipient(self):
        self.binh_user.active = False
        schedule = self.make(content="own")
        schedule.action_send_now()
        self.run_job()
        self.assertEqual(self.results(schedule), {self.chi_user: "sent"})
