from odoo.fields import Command, Date
from odoo.tests import freeze_time, tagged
from odoo.tools import html2plaintext

from .report_case import ReportMailCase


@freeze_time("2026-04-02 02:00:00")  # Thursday, nine o'clock in Vietnam
@tagged("post_install", "-at_install")
class TestKpiReportSchedule(ReportMailCase):
    # ---------------------------------------------------------------- when

    def test_the_next_day(self):
        for vals, day in (
            ({"frequency": "week", "weekday": "4"}, "2026-04-03"),
            ({"frequency": "week", "weekday": "3"}, "2026-04-09"),  # today is a Thursday: the next one
            ({"frequency": "week", "weekday": "0"}, "2026-04-06"),
            ({"frequency": "month", "month_day": 2}, "2026-05-02"),
            ({"frequency": "month", "month_day": 31}, "2026-04-30"),
            ({"frequency": "close"}, False),
        ):
            with self.subTest(vals):
                self.assertEqual(self.make(**vals).next_date, Date.to_date(day) if day else False)

    def test_sent_on_its_day_and_once(self):
        schedule = self.make(frequency="week", weekday="4", content="own")
        self.run_job()
        self.assertFalse(self.mails(schedule))
        with freeze_time("2026-04-02 21:00:00"):  # Friday, four in the morning: not yet
            self.run_job()
            self.assertFalse(self.mails(schedule))
        with freeze_time("2026-04-02 23:00:00"):
            self.run_job()
            self.assertEqual(set(self.mails(schedule)), {self.binh_user, self.chi_user})
            self.run_job()
        runs = self.env["kpi.report.run"].search([("schedule_id", "=", schedule.id)])
        self.assertEqual(
            len(
                self.env["mail.mail"].search(
                    [("res_id", "in", runs.delivery_ids.ids), ("model", "=", "kpi.report.delivery")]
                )
            ),
            2,
        )
        self.assertEqual((len(runs), runs.state, runs.kind, runs.sent_count), (1, "done", "due", 2))
        self.assertEqual(schedule.next_date, Date.to_date("2026-04-10"))
        self.assertTrue(schedule.last_sent)

    def test_a_run_that_died_goes_on_with_the_others(self):
        schedule = self.make(content="own")
        schedule.action_send_now()
        run = self.env["kpi.report.run"].search([("schedule_id", "=", schedule.id)])
        run._deliver(self.binh_user)
        self.assertEqual(run._waiting_users(), self.chi_user)
        self.run_job()
        self.assertEqual(self.results(schedule), {self.binh_user: "sent", self.chi_user: "sent"})
        self.assertEqual(
            len(
                self.env["mail.mail"].search(
                    [("res_id", "in", run.delivery_ids.ids), ("model", "=", "kpi.report.delivery")]
                )
            ),
            2,
        )

    def test_closing_a_period_sends_it(self):
        schedule = self.make(content="own", frequency="close")
        quarterly = self.make(content="own", frequency="close", period_type="quarter")
        self.month.with_user(self.officer).action_close()
        self.run_job()
        self.assertEqual(set(self.mails(schedule)), {self.binh_user, self.chi_user})
        self.assertFalse(self.results(quarterly))

    def test_an_archived_schedule_sends_nothing(self):
        schedule = self.make(content="own", frequency="close")
        schedule.active = False
        self.month.with_user(self.officer).action_close()
        self.run_job()
        self.assertFalse(self.results(schedule))

    def test_taken_back_it_waits_for_its_next_day(self):
        schedule = self.make(content="own", frequency="week", weekday="4")
        schedule.active = False
        self.assertFalse(schedule.next_date)
        with freeze_time("2026-11-04 02:00:00"):  # a Wednesday
            schedule.active = True
            self.assertEqual(schedule.next_date, Date.to_date("2026-11-06"))
            self.run_job()
        self.assertFalse(self.results(schedule))

    # ---------------------------------------------------------------- to whom, and what

    def test_each_one_s_own(self):
        schedule = self.make(content="own", recipient_ids=[Command.set(self.binh_user.ids)])
        schedule.action_send_now()
        self.run_job()
        mails = self.mails(schedule)
        self.assertEqual(set(mails), {self.binh_user})
        mail = mails[self.binh_user]
        self.assertEqual(mail.subject, "March: 03/2026")
        self.assertEqual(mail.recipient_ids, self.binh_user.partner_id)
        self.assertEqual(mail.attachment_ids.name, "Bình · 03-2026.pdf")
        text = html2plaintext(mail.attachment_ids.raw.decode())
        self.assertIn("53 %", text)
        self.assertNotIn("Chi", text)

    def test_managers_get_their_teams(self):
        schedule = self.make(content="team", report_format="pdf")
        schedule.action_send_now()
        self.run_job()
        mails = self.mails(schedule)
        self.assertEqual(set(mails), {self.an_user, self.hang_user})
        ans = html2plaintext(mails[self.an_user].attachment_ids.raw.decode())
        self.assertIn("Bình", ans)
        self.assertNotIn("Chi", ans)
        hangs = html2plaintext(mails[self.hang_user].attachment_ids.raw.decode())
        self.assertIn("Bình", hangs)
        self.assertIn("Chi", hangs)

    def test_nobody_gets_more_than_he_may_see(self):
        schedule = self.make(
            content="department",
            department_ids=[Command.set((self.sales | self.office).ids)],
            recipient_ids=[Command.set((self.hang_user | self.an_user | self.officer | self.stranger).ids)],
        )
        schedule.action_send_now()
        self.run_job()
        self.assertEqual(
            self.results(schedule),
            {
                self.hang_user: "sent",
                self.an_user: "sent",
                self.officer: "sent",
                self.stranger: "no_access",
            },
        )
        mails = self.mails(schedule)
        # nothing is known of the office
        self.assertEqual(mails[self.hang_user].attachment_ids.mapped("name"), ["Sales 03-2026.pdf"])
        ans = html2plaintext(mails[self.an_user].attachment_ids.raw.decode())
        self.assertIn("Bình", ans)
        self.assertNotIn("Chi", ans)
        self.assertNotIn("50 %", ans)

    def test_who_may_see_nothing_gets_no_mail(self):
        schedule = self.make(content="company", recipient_ids=[Command.set(self.lan_reader().ids)])
        schedule.action_send_now()
        self.run_job()
        self.assertEqual(set(self.results(schedule).values()), {"nothing"})
        self.assertFalse(self.mails(schedule))

    def lan_reader(self):
        return self.make_user("reader")

    def test_in_the_language_of_the_recipient(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.revenue.with_context(lang="fr_FR").name = "Chiffre d'affaires"
        self.binh_user.lang = "fr_FR"
        schedule = self.make(content="own", recipient_ids=[Command.set((self.binh_user | self.chi_user).ids)])
        schedule.action_send_now()
        self.run_job()
        mails = self.mails(schedule)
        french = html2plaintext(mails[self.binh_user].attachment_ids.raw.decode())
        self.assertIn("Chiffre d'affaires", french)
        self.assertIn("87,5 %", french)
        self.assertIn("T_REVENUE", html2plaintext(mails[self.chi_user].attachment_ids.raw.decode()))

    def test_as_a_workbook(self):
        schedule = self.make(content="own", report_format="xlsx", recipient_ids=[Command.set(self.binh_user.ids)])
        schedule.action_send_now()
        self.run_job()
        attachment = self.mails(schedule)[self.binh_user].attachment_ids
        self.assertEqual(attachment.name, "Bình · 03-2026.xlsx")
        self.assertTrue(attachment.raw.startswith(b"PK"))
