from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import KpiCase
from .crowd import make_crowd

# 17 March 2026, half past midnight in Vietnam: 11 of the month's 22 working days are over.
HALF_TIME = "2026-03-16 17:30:00"


class ReminderCase(KpiCase):
    def remind(self, *companies):
        for company in companies or [self.company]:
            self.env["kpi.reminder"]._remind(company)

    def told(self, kind, record=None):
        """Who has an activity of a kind."""
        activity_type = self.env.ref(f"kpi_management.activity_type_{kind}")
        companies = self.company | self.other_company
        domain = [("activity_type_id", "=", activity_type.id), ("user_id.company_ids", "in", companies.ids)]
        if record:
            domain += [("res_model", "=", record._name), ("res_id", "=", record.id)]
        activities = self.env["mail.activity"].search(domain)
        self.assertEqual(len(activities), len(activities.mapped(lambda a: (a.user_id, a.res_model, a.res_id))))
        return activities.user_id


@tagged("post_install", "-at_install")
class TestFigureReminders(ReminderCase):
    """March is over; on 2 April the figures of Bình and Chi are missing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for person in (cls.binh, cls.chi):
            cls.make_card(person, [("T_REVENUE", 100, 1000)])
        cls.officers = cls.officer | cls.admin

    def test_officers_are_told_once_and_how_many(self):
        self.remind()
        self.remind()
        self.assertEqual(self.told("figures", self.month), self.officers)
        activity = self.env["mail.activity"].search([("user_id", "=", self.officer.id)])
        self.assertIn("t_revenue: 2", activity.note)

    def test_what_is_missing_follows_and_with_the_last_figure_the_activity_goes(self):
        self.remind()
        self.enter("t_revenue", self.binh, 5)
        self.remind()
        self.assertIn("t_revenue: 1", self.env["mail.activity"].search([("user_id", "=", self.officer.id)]).note)
        self.enter("t_revenue", self.chi.with_user(self.officer), 0)
        self.assertFalse(self.told("figures"))

    def test_a_running_period_waits(self):
        with freeze_time("2026-03-31 16:00:00"):  # 23:00 in Vietnam
            self.remind()
            self.assertFalse(self.told("figures"))
        with freeze_time("2026-03-31 18:00:00"):
            self.remind()
            self.assertTrue(self.told("figures"))

    def test_long_ago_and_closed_is_left_in_peace(self):
        with freeze_time("2026-06-03 02:00:00"):
            self.remind()
        self.assertFalse(self.told("figures"))
        self.remind()
        self.month.with_user(self.officer).action_close()
        self.remind()
        self.assertFalse(self.told("figures"))

    def test_the_responsible_alone_is_told_of_his_measure(self):
        measure = self.env["kpi.measure"].search([("code", "=", "t_revenue")])
        measure.responsible_id = self.officer
        self.remind()
        self.assertEqual(self.told("figures"), self.officer)
        # gone, or not of this company: all officers again
        measure.responsible_id = self.make_user("xa", "kpi_management.group_kpi_officer", company=self.other_company)
        self.remind()
        self.assertEqual(self.told("figures"), self.officers)

    def test_whoever_marks_it_done_is_not_told_again(self):
        self.remind()
        activity = self.env["mail.activity"].search([("user_id", "=", self.officer.id)])
        activity.with_user(self.officer).action_done()
        self.remind()
        self.assertEqual(self.told("figures"), self.admin)
        self.env["mail.activity"].search([("user_id", "=", self.admin.id)]).unlink()
        self.remind()
        self.assertFalse(self.told("figures"))

    def test_each_may_turn_it_off(self):
        self.officer.with_user(self.officer).kpi_remind_figures = False
        self.remind()
        self.assertEqual(self.told("figures"), self.admin)
        self.admin.with_user(self.admin).kpi_remind_figures = False
        self.remind()
        self.assertFalse(self.told("figures"))

    def test_the_company_may_turn_it_off(self):
        self.remind()
        self.company.kpi_remind_figures = False
        self.remind()
        self.assertFalse(self.told("figures"))

    def test_archived_officers_are_not_told(self):
        self.officer.active = False
        self.remind()
        self.assertEqual(self.told("figures"), self.admin)

    def test_nobody_reads_whom_the_system_told(self):
        self.remind()
        with self.assertRaises(AccessError):
            self.env["kpi.reminder"].with_user(self.officer).search([]).mapped("user_id")
        stranger = self.make_user("xa", "kpi_management.group_kpi_admin", company=self.other_company)
        self.assertFalse(self.env["kpi.reminder"].with_user(stranger).search([]))
        for user in (self.admin, self.binh_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["kpi.reminder"].with_user(user).search([]).write({"done_date": "2026-04-01"})


@tagged("post_install", "-at_install")
class TestAgreeReminders(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.april = cls.make_period("2026-04-01")
        cls.card = cls.make_card(cls.binh.with_user(cls.officer), [("T_REVENUE", 100, 10)], cls.april, agreed=False)

    def test_the_manager_is_told_until_it_is_agreed(self):
        self.remind()
        self.remind()
        self.assertEqual(self.told("agree", self.card), self.an_user)
        self.card.with_user(self.officer).action_agree()
        self.assertFalse(self.told("agree"))
        self.card.with_user(self.officer).action_draft()
        self.remind()
        self.assertEqual(self.told("agree"), self.an_user)

    def test_without_a_manager_whoever_made_it_is_told(self):
        own = self.make_card(self.hang.with_user(self.officer), [("T_REVENUE", 100, 10)], self.april, agreed=False)
        office = self.make_card(self.sales.with_user(self.admin), [("T_REVENUE", 100, 10)], self.april, agreed=False)
        self.an_user.active = False
        self.remind()
        self.assertEqual(self.told("agree", own), self.officer)
        self.assertEqual(self.told("agree", office), self.admin)
        self.assertEqual(self.told("agree", self.card), self.officer)

    def test_before_the_period_begins_nobody_is_told(self):
        with freeze_time("2026-03-31 16:00:00"):
            self.remind()
        self.assertFalse(self.told("agree"))

    def test_the_person_and_the_company_may_turn_it_off(self):
        self.an_user.with_user(self.an_user).kpi_remind_agree = False
        self.remind()
        self.assertFalse(self.told("agree"))
        self.an_user.kpi_remind_agree = True
        self.company.kpi_remind_agree = False
        self.remind()
        self.assertFalse(self.told("agree"))

    def test_a_deleted_scorecard_takes_its_reminder_along(self):
        self.remind()
        self.card.unlink()
        self.assertFalse(self.told("agree"))
        self.assertFalse(self.env["kpi.reminder"].search([("company_id", "=", self.company.id)]))

    def test_other_companies_are_left_alone(self):
        period = self.make_period("2026-04-01", company=self.other_company)
        boss = self.make_user("boss", company=self.other_company)
        office = self.make_department("Other", company_id=self.other_company.id)
        manager = self.make_employee("Boss", office, user=boss)
        eve = self.make_employee("Eve", office, user=self.stranger, parent_id=manager.id)
        other = self.make_card(eve, [("T_REVENUE", 100, 10)], period, agreed=False)
        self.remind()
        self.assertFalse(self.told("agree", other))
        self.remind(self.company, self.other_company)
        self.assertEqual(self.told("agree", other), boss)
        self.assertEqual(self.told("agree", self.card), self.an_user)
        # who no longer has a foot in the company hears nothing from it
        boss.write({"company_ids": [Command.set(self.company.ids)], "company_id": self.company.id})
        self.remind(self.company, self.other_company)
        self.assertNotIn(boss, self.told("agree"))

    def test_by_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_remind").method_direct_trigger()
        self.assertEqual(self.told("agree", self.card), self.an_user)


@freeze_time(HALF_TIME)
@tagged("post_install", "-at_install")
class TestBehindReminders(ReminderCase):
    """Half of March is over, and Bình has 300 of 1,000: 30 %, heading for 60 %."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.figure = cls.enter("t_revenue", cls.binh, 300)
        cls.enter("t_stock", cls.binh, 8)
        cls.card = cls.make_card(cls.binh, [("T_REVENUE", 60, 1000), ("T_STOCK", 40, 8)])
        cls.card.action_compute()

    def compute(self, value):
        self.figure.value = value
        self.card.action_compute()

    def test_the_holder_is_told_which_kpi_falls_behind(self):
        self.remind()
        self.remind()
        self.assertEqual(self.told("behind", self.card), self.binh_user)
        activity = self.env["mail.activity"].search([("user_id", "=", self.binh_user.id)])
        self.assertIn("T_REVENUE: 30 %", activity.note)
        self.assertNotIn("T_STOCK", activity.note)
        # whom it is for may read it, and others do not
        self.assertTrue(activity.with_user(self.binh_user).note)
        with self.assertRaises(AccessError):
            activity.with_user(self.chi_user).read(["note"])

    def test_it_goes_when_the_kpi_catches_up_and_rests_for_a_week(self):
        self.remind()
        self.compute(600)
        self.remind()
        self.assertFalse(self.told("behind"))
        self.compute(300)
        self.remind()
        self.assertFalse(self.told("behind"))
        with freeze_time("2026-03-24 17:30:00"):
            self.remind()
        self.assertEqual(self.told("behind"), self.binh_user)

    def test_early_in_the_period_nobody_is_told(self):
        # by the end of the 6th 5 of 22 working days are over: less than a quarter
        with freeze_time("2026-03-06 17:30:00"):
            self.remind()
        self.assertFalse(self.told("behind"))
        with freeze_time("2026-03-09 17:30:00"):
            self.remind()
        self.assertTrue(self.told("behind"))

    def test_after_the_period_it_goes(self):
        self.remind()
        with freeze_time("2026-04-01 02:00:00"):
            self.remind()
        self.assertFalse(self.told("behind"))

    def test_a_department_s_manager_is_told(self):
        self.enter("t_revenue", self.sales, 10)
        card = self.make_card(self.sales, [("T_REVENUE", 100, 1000)])
        card.action_compute()
        self.remind()
        self.assertEqual(self.told("behind", card), self.hang_user)

    def test_turned_off_archived_or_still_a_draft(self):
        self.binh_user.kpi_remind_behind = False
        self.remind()
        self.assertFalse(self.told("behind"))
        self.binh_user.kpi_remind_behind = True
        self.company.kpi_remind_behind = False
        self.remind()
        self.assertFalse(self.told("behind"))
        self.company.kpi_remind_behind = True
        self.binh_user.active = False
        self.remind()
        self.assertFalse(self.told("behind"))
        self.binh_user.active = True
        self.card.action_draft()
        self.remind()
        self.assertFalse(self.told("behind"))

    def test_no_mail_goes_out_for_an_activity_and_nobody_becomes_a_follower(self):
        mails, followers = self.env["mail.mail"].search_count([]), self.card.message_follower_ids
        self.remind()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(self.card.message_follower_ids, followers)

    def test_hundreds_of_people_cost_as_many_queries_as_ten(self):
        counts = []
        crowd = make_crowd(self.binh, 210)
        for people in (crowd[:10], crowd[10:]):
            cards = self.env["kpi.scorecard"]
            for person in people:
                cards |= self.card.copy({"employee_id": person.id})
            cards.action_agree()
            cards.action_compute()
            self.env.cr.execute(
                "UPDATE kpi_scorecard_line SET result = 'ok', status = 'behind', attainment = 30"
                " WHERE scorecard_id IN %s",
                [cards._ids],
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.remind()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertTrue(self.told("behind", cards[0]))
        # creating rows takes one statement per hundred or so of them, and nothing per person
        self.assertLess(counts[1] - counts[0], 15, counts)
