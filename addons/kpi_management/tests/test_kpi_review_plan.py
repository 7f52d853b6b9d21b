from odoo.exceptions import AccessError
from odoo.fields import Command, Date
from odoo.tests import Form, freeze_time, tagged

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewPlan(ReviewCase):
    """What a launch would do, which template is whose, what a rating is worth, and who is reminded."""

    def plan(self, user=None):
        self.env.invalidate_all()
        return self.cycle.with_user(user or self.officer)

    def test_the_form_says_what_the_launch_will_do(self):
        self.make_template("Team leads", leaders_only=True)
        cycle = self.plan()
        # Hằng and An lead somebody; Bình, Chi, Dũng, Giang and Lan do not.
        self.assertEqual((cycle.plan_count, cycle.missing_count), (7, 0))
        self.assertRegex(cycle.plan_html, r"(?s)Everybody.*5.*Team leads.*2")
        cycle.action_launch()
        self.assertEqual(self.plan().plan_count, 0)
        self.make_employee("Khoa", self.south, start="2026-03-20", parent_id=self.chi.id)
        self.assertEqual(self.plan().plan_count, 1)
        # who may not launch is told nothing
        self.assertEqual(self.plan(self.an_user).plan_count, 0)
        self.cycle.with_user(self.officer).action_calibrate()
        self.assertEqual(self.plan().plan_count, 0)

    def test_whom_no_template_fits_is_named(self):
        self.template.department_ids = self.north
        cycle = self.plan()
        self.assertEqual((cycle.plan_count, cycle.missing_count), (4, 3))
        self.assertEqual(set(cycle.missing_employee_ids.mapped("name")), {"Hằng", "Chi", "Lan"})

    def test_a_new_cycle_says_it_before_it_is_saved(self):
        with Form(self.env["kpi.review.cycle"].with_user(self.officer).with_company(self.company)) as form:
            self.assertEqual(form.plan_count, 0)
            form.period_id = self.month
            self.assertEqual(form.plan_count, 7)
            form.department_ids.add(self.south)
            self.assertEqual(form.plan_count, 1)
            # 2 April is after the period: from today on
            self.assertEqual(form.manager_date, Date.to_date("2026-04-16"))
            form.talk_date = "2026-05-20"
        self.assertEqual(form.record.talk_date, Date.to_date("2026-05-20"))
        with Form(self.env["kpi.review.cycle"].with_user(self.an_user)) as form:
            form.period_id = self.month
            # An's team: Bình, Dũng and Giang
            self.assertEqual(form.plan_count, 3)

    def test_suggested_days_follow_the_period_and_days_of_one_s_own_stay(self):
        june = self.make_period("2026-06-15")
        with Form(self.env["kpi.review.cycle"].with_user(self.officer).with_company(self.company)) as form:
            form.period_id = self.month
            form.period_id = june
            self.assertEqual(form.self_date, Date.to_date("2026-07-07"))
            form.self_date = "2026-07-03"
            form.period_id = self.month
            self.assertEqual(Date.to_date(form.self_date), Date.to_date("2026-07-03"))

    def test_a_single_day_stays_and_an_emptied_one_is_not_filled_again(self):
        june = self.make_period("2026-06-15")
        with Form(self.env["kpi.review.cycle"].with_user(self.officer).with_company(self.company)) as form:
            form.talk_date = "2026-05-20"
            form.period_id = june
            self.assertEqual(Date.to_date(form.talk_date), Date.to_date("2026-05-20"))
            self.assertFalse(form.self_date or form.calibration_date)
            form.talk_date = False
            form.period_id = self.month
            # 35 days after 2 April, and 14
            self.assertEqual(form.talk_date, Date.to_date("2026-05-07"))
            form.manager_date = False
            form.period_id = june
            self.assertFalse(form.manager_date)
            self.assertEqual(form.talk_date, Date.to_date("2026-05-07"))

    def test_leaders_and_shared_templates(self):
        shared = self.make_template("Shared", company_id=False)
        leaders = self.make_template("Shared leaders", company_id=False, leaders_only=True, sequence=99)
        jobs = self.env["hr.job"].create([{"name": name, "company_id": self.company.id} for name in ("Rep", "Head")])
        rep, head = jobs
        fitting = (self.template | shared | leaders)._fitting
        # the company's own before shared ones, also for whoever leads
        self.assertEqual(fitting(self.north, rep, True), self.template)
        self.template.job_ids = rep
        self.assertEqual(fitting(self.north, rep, False), self.template)
        self.assertEqual(fitting(self.north, head, False), shared)
        self.assertEqual(fitting(self.north, head, True), leaders)
        # the one for the job says more than the one for leaders
        own = self.make_template("Heads", job_ids=[Command.link(head.id)])
        lead = self.make_template("Leads", leaders_only=True)
        self.assertEqual((own | lead)._fitting(self.north, head, True), own)
        self.assertEqual((own | lead)._fitting(self.north, rep, True), lead)
        self.assertFalse((own | lead)._fitting(self.north, rep, False))

    def test_a_new_company_begins_with_the_starter_set(self):
        self.template.active = False
        names = ("everybody", "leaders")
        everybody, leaders = (self.env.ref(f"kpi_management.review_template_{name}") for name in names)
        (everybody | leaders).active = True
        self.cycle.with_user(self.officer).action_launch()
        self.assertEqual(self.review(self.binh).template_id, everybody)
        self.assertEqual(self.review(self.an).template_id, leaders)
        row = self.asked(self.binh, "self", self.binh_user)
        row.action_fill()
        self.assertEqual(row.draft_ids.template_line_id, everybody.line_ids.filtered("for_self"))

    def test_whoever_does_what_is_asked_is_worth_a_target_that_is_met(self):
        levels = self.env["kpi.rating.level"].search([("company_id", "=", self.company.id)])
        levels.unlink()
        self.env["kpi.rating.level"].create(
            [{"company_id": self.company.id, "rating": rating, "name": rating} for rating in "12345"]
        )
        self.assertEqual(
            self.env["kpi.rating.level"]._percents(self.company),
            {"1": 40, "2": 70, "3": 100, "4": 110, "5": 120},
        )
        self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        self.enter("t_revenue", self.binh, 1000)
        self.month.action_compute()
        self.cycle.action_launch()
        self.answer(self.asked(self.binh, "manager", self.an_user), 3, 3)
        self.answer(self.asked(self.binh, "self", self.binh_user), 3, 3)
        # KPIs 100 and threes all over
        self.assertEqual(self.review(self.binh).score, 100)

    def test_some_are_reminded_by_those_who_lead(self):
        self.cycle.write({"anonymous": False})
        self.cycle.action_launch()
        self.ask_peers()
        for user in (self.dung_user, self.giang_user, self.chi_user):
            user.email = f"{user.login}@example.com"
        peers = self.asked(self.binh, "peer")
        done = self.asked(self.binh, "peer", self.dung_user)
        self.answer(done, 4, 4)
        Mail = self.env["mail.mail"]
        for user in (self.officer, self.an_user):
            with self.subTest(user.login):
                before = Mail.search([])
                action = peers.with_user(user).sudo(False).action_remind()
                self.assertEqual(action["params"]["message"], "2 people were reminded.")
                mails = Mail.search([]) - before
                self.assertEqual(mails.recipient_ids, (self.giang_user | self.chi_user).partner_id)
        mine = self.asked(self.binh, "peer", self.chi_user)
        with self.refused(AccessError, "reminds others"):
            mine.action_remind()

    def test_secret_raters_are_not_chosen(self):
        self.cycle.action_launch()
        self.ask_peers()
        peers = self.asked(self.binh, "peer")
        with self.assertRaises(AccessError):
            peers.with_user(self.officer).sudo(False).action_remind()

    def test_all_grades_are_listed_for_the_guideline(self):
        cycle = self.cycle.with_user(self.officer)
        grades = cycle.scale_id.grade_ids
        cycle.guideline_ids = [Command.create({"grade_id": grades[0].id, "max_percent": 10})]
        self.assertTrue(cycle.lacks_guideline)
        cycle.action_add_guidelines()
        self.assertEqual(cycle.guideline_ids.grade_id, grades)
        self.assertEqual(cycle.guideline_ids.filtered(lambda each: each.grade_id == grades[0]).max_percent, 10)
        self.assertFalse(cycle.lacks_guideline)
