from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import html2plaintext

from .crowd import make_crowd
from .report_case import SalesMonthCase
from .test_kpi_reminder import HALF_TIME, ReminderCase


@freeze_time(HALF_TIME)
@tagged("post_install", "-at_install")
class TestDigest(SalesMonthCase, ReminderCase):
    """Half of March is over. Bình: 300 of 1,000 (behind, heading for 600) and 7 of 8 in stock (at risk: 87.5 %);
    Chi: 550 of 1,000 (on track); Sales: 1,000 of 2,000 (on track)."""

    def send(self, *companies):
        mails = self.env["kpi.reminder.digest"]._send(self.env["res.company"].union(*(companies or [self.company])))
        return {mail.recipient_ids: mail for mail in mails}

    def text(self, user, mails=None):
        mail = (mails or self.send())[user.partner_id]
        return " ".join(html2plaintext(mail.body_html).split())

    def test_the_person_reads_his_own_figures(self):
        mail = self.send()[self.binh_user.partner_id]
        self.assertEqual(mail.subject, "Your KPIs: 1 behind, 1 at risk")
        self.assertEqual((mail.state, mail.auto_delete), ("outgoing", True))
        text = self.text(self.binh_user)
        for part in ("T_REVENUE", "▼ Behind", "30 %", "● At risk", "87.5 %", "of 8"):
            with self.subTest(part):
                self.assertIn(part, text)
        self.assertRegex(text, r"At this pace it ends at 600\s₫\.")
        self.assertRegex(text, r"300\s₫ of 1,000\s₫")
        # what is behind comes first
        self.assertLess(text.index("Behind"), text.index("At risk"))
        self.assertNotIn("Your team", text)

    def test_the_manager_reads_the_team_s(self):
        mails = self.send()
        text = self.text(self.an_user, mails)
        self.assertIn("Your team", text)
        self.assertRegex(text, "Bình ▼ 1 behind ● 1 at risk T_REVENUE")
        self.assertNotIn("Chi", text)
        self.assertEqual(mails[self.an_user.partner_id].subject, "Your team's KPIs: 1 behind, 1 at risk")
        # Hằng answers for Sales, and leads An (who has no scorecard) and Chi
        text = self.text(self.hang_user, mails)
        self.assertIn("Sales · 03/2026", text)
        self.assertRegex(text, "Chi ▲ 1 on track")
        self.assertNotIn("Bình", text)
        self.assertEqual(mails[self.hang_user.partner_id].subject, "Your KPIs: nothing is behind")

    def test_what_needs_attention_first_as_in_the_cockpit(self):
        for code, subject, value in (
            ("t_revenue", self.an, 100),
            ("t_stock", self.an, 1),
            ("t_complaints", self.an, 0),
            ("t_revenue", self.lan, 300),
        ):
            self.enter(code, subject, value)
        self.lan.parent_id = self.hang
        self.make_kpi("T_CALLS")
        ans = self.make_card(
            self.an, [("T_COMPLAINTS", 25, 5), ("T_CALLS", 25, 5), ("T_REVENUE", 25, 1000), ("T_STOCK", 25, 8)]
        )
        lans = self.make_card(self.lan, [("T_REVENUE", 100, 1000)])
        (ans | lans).action_compute()
        self.assertEqual(ans.line_ids.mapped("status"), ["on_track", "none", "behind", "behind"])
        self.assertEqual(lans.line_ids.status, "behind")
        mails = self.send()
        own = self.text(self.an_user, mails).partition("Your team")[0]
        self.assertEqual(
            sorted(("T_COMPLAINTS", "T_CALLS", "T_REVENUE", "T_STOCK"), key=own.index),
            ["T_REVENUE", "T_STOCK", "T_CALLS", "T_COMPLAINTS"],
        )
        # all of Lan's went wrong, half of An's, nothing of Chi's
        team = self.text(self.hang_user, mails).partition("Your team")[2]
        self.assertEqual(sorted(("An ", "Chi ", "Lan "), key=team.index), ["Lan ", "An ", "Chi "])

    def test_who_has_nothing_to_read_gets_no_mail(self):
        self.assertEqual(
            set(self.send()),
            {user.partner_id for user in self.binh_user | self.an_user | self.chi_user | self.hang_user},
        )

    def test_what_waits_is_told_even_to_those_without_kpis(self):
        self.make_card(self.lan.with_user(self.officer), [("T_REVENUE", 100, 1000)], agreed=False)
        self.remind()
        mails = self.send()
        self.assertIn("Scorecard to agree: *1*", self.text(self.officer, mails))
        self.assertEqual(mails[self.officer.partner_id].subject, "KPI: something waits for you")
        # what falls behind stands in the mail itself
        self.assertNotIn("What waits for you", self.text(self.binh_user, mails))

    def test_turned_off_archived_or_without_an_address(self):
        self.binh_user.with_user(self.binh_user).kpi_digest = False
        self.chi_user.email = False
        self.an_user.active = False
        self.assertEqual(set(self.send()), {self.hang_user.partner_id})

    def test_the_company_may_turn_it_off(self):
        self.company.kpi_digest = False
        self.env["res.company"].search([]).kpi_digest = False
        mails = self.env["mail.mail"].search_count([])
        self.env["kpi.reminder.digest"]._cron_send()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_what_is_over_is_not_told(self):
        with freeze_time("2026-04-02 02:00:00"):
            self.assertFalse(self.send())

    def test_people_who_left_are_not_told_and_not_told_of(self):
        self.binh.with_context(no_wizard=True).action_archive()
        mails = self.send()
        self.assertNotIn(self.an_user.partner_id, mails)
        self.assertNotIn(self.binh_user.partner_id, mails)

    def test_other_companies_read_nothing_of_it(self):
        self.assertFalse(self.send(self.other_company))

    def test_in_the_person_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.revenue.with_context(lang="fr_FR").name = "Chiffre d'affaires"
        self.binh_user.lang = "fr_FR"
        mails = self.send()
        text = self.text(self.binh_user, mails)
        self.assertIn("Chiffre d'affaires", text)
        self.assertIn("87,5 %", text)
        self.assertIn("T_REVENUE", self.text(self.chi_user, mails))

    def test_by_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_digest").method_direct_trigger()
        sent = self.env["mail.mail"].search([("recipient_ids", "in", self.binh_user.partner_id.ids)])
        self.assertEqual(len(sent), 1)

    def test_hundreds_of_people_cost_hardly_more_queries_than_ten(self):
        counts = []
        crowd = make_crowd(self.binh, 210)
        crowd.user_id.partner_id.write({"email": "x@example.com"})
        for people in (crowd[:10], crowd[10:]):
            cards = self.env["kpi.scorecard"]
            for person in people:
                cards |= self.card.copy({"employee_id": person.id})
            cards.action_agree()
            cards.action_compute()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            mails = self.env["kpi.reminder.digest"]._send(self.company)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertGreater(len(mails), 1)
        self.assertLess(counts[1] - counts[0], 30, counts)

    def test_preferences_are_one_s_own(self):
        for name in ("kpi_remind_figures", "kpi_remind_agree", "kpi_remind_behind", "kpi_digest"):
            with self.subTest(name):
                self.binh_user.with_user(self.binh_user).write({name: False})
                self.assertIs(self.binh_user.with_user(self.binh_user).read([name])[0][name], False)
                with self.assertRaises(AccessError):
                    self.chi_user.with_user(self.binh_user).write({name: False})
