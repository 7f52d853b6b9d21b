from odoo.tests import freeze_time, tagged

from ..models.guard import trusted
from .crowd import make_crowd
from .my_page_case import MyPageCase
from .objective_case import ObjectiveCase
from .review_case import ReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 02:00:00")
class TestKpiMyPageTodo(MyPageCase):
    def propose_april(self):
        card = self.make_card(self.binh.with_user(self.an_user), [("T_REVENUE", 100, 500)], self.april, agreed=False)
        card.action_propose()
        return card

    def test_targets_to_agree_on(self):
        card = self.propose_april()
        (row,) = self.todo()["agree"]
        self.assertEqual(row["open"], {"model": "kpi.scorecard", "id": card.id})
        self.assertEqual((row["date"], row["is_late"]), ("2026-04-01", False))
        with freeze_time("2026-04-02 02:00:00"):
            self.assertTrue(self.todo()["agree"][0]["is_late"])
        card.with_user(self.binh_user).action_agree()
        self.assertNotIn("agree", self.todo())

    def test_other_figures_wait_for_the_manager(self):
        card = self.propose_april()
        self.assertNotIn("agree", self.team(self.an_user))
        counter = self.env[card._name].browse(card.id).with_user(self.binh_user).action_counter()
        wizard = self.env[counter["res_model"]].with_user(self.binh_user).browse(counter["res_id"])
        wizard.line_ids.write({"figure": 450, "note": "One customer less"})
        wizard.action_confirm()
        self.assertEqual(self.team(self.an_user)["agree"], 1)
        self.assertNotIn("agree", self.todo())

    def test_drafts_of_periods_that_have_begun_are_to_be_proposed(self):
        self.make_card(self.binh.with_user(self.an_user), [("T_REVENUE", 100, 500)], self.april, agreed=False)
        self.assertNotIn("propose", self.team(self.an_user))
        with freeze_time("2026-04-02 02:00:00"):
            self.assertEqual(self.team(self.an_user)["propose"], 1)
            self.assertNotIn("propose", self.team(self.hang_user))

    def test_who_falls_behind(self):
        # 75 % of the revenue at 64 % of the time is on track; six complaints for four are behind.
        self.assertEqual(self.line(self.card, "T_COMPLAINTS").status, "behind")
        (row,) = self.load(self.an_user)["team"]
        self.assertEqual((row["key"], row["count"]), ("behind", 1))
        found = self.env["kpi.scorecard.line"].with_user(self.an_user).search(row["open"]["domain"])
        self.assertEqual(found, self.line(self.card, "T_COMPLAINTS"))

    def test_figures_to_type(self):
        self.make_card(self.chi, [("T_REVENUE", 100, 400)], self.february)
        self.env["kpi.reminder"]._remind(self.company)
        (row,) = self.todo(self.officer)["figures"]
        self.assertEqual(row["open"]["context"], {"default_period_id": self.february.id})
        self.assertNotIn("figures", self.todo())
        self.enter("t_revenue", self.chi.with_user(self.officer), 5, self.february)
        self.assertNotIn("figures", self.todo(self.officer))

    def test_actions_that_are_due(self):
        self.act("Call back", "2026-04-03")
        self.act("Write a plan", "2026-03-19")
        self.act("Learn English", "2026-04-04")
        rows = self.todo()["actions"]
        self.assertEqual(
            [(row["title"], row["date"], row["is_late"]) for row in rows],
            [("Write a plan", "2026-03-19", True), ("Call back", "2026-04-03", False)],
        )

    def test_many_of_a_kind_are_one_row(self):
        for number in range(4):
            self.act(f"Call {number}", "2026-03-25")
        (row,) = self.todo()["actions"]
        self.assertEqual((row["title"], row["date"]), ("Finish 4 actions", "2026-03-25"))
        self.assertEqual(len(self.env["kpi.action"].with_user(self.binh_user).search(row["open"]["domain"])), 4)

    def act(self, name, deadline):
        vals = {"name": name, "employee_id": self.binh.id, "responsible_id": self.binh.id, "deadline": deadline}
        return self.env["kpi.action"].with_user(self.an_user).create(vals)

    def test_talks_of_the_next_days_for_both(self):
        talks = self.env["kpi.one.on.one"].with_user(self.an_user)
        for day in ("2026-03-19", "2026-03-27", "2026-03-28"):
            talks.create({"employee_id": self.binh.id, "date": day, "topics": "The North\nand more"})
        (row,) = self.todo()["talks"]
        self.assertEqual((row["title"], row["date"], row["detail"]), ("One-on-one with An", "2026-03-27", "The North"))
        (row,) = self.todo(self.an_user)["talks"]
        self.assertEqual(row["title"], "One-on-one with Bình")
        self.assertNotIn("talks", self.todo(self.officer))

    def test_the_most_urgent_first(self):
        self.propose_april()
        self.act("Write a plan", "2026-03-19")
        self.act("Call back", "2026-04-03")
        self.env["kpi.one.on.one"].with_user(self.an_user).create({"employee_id": self.binh.id, "date": "2026-03-27"})
        self.assertEqual(
            [row["date"] for row in self.load()["todo"]], ["2026-03-19", "2026-03-27", "2026-04-01", "2026-04-03"]
        )


@tagged("post_install", "-at_install")
class TestKpiMyPageReview(ReviewCase):
    """An has three people to assess; each writes a self-assessment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle.action_launch()

    def page(self, user):
        return self.env["kpi.my.page"].with_user(user).load()

    def rows(self, user, key):
        return [row for row in self.page(user)["todo"] if row["key"] == key]

    def counts(self, user):
        return {row["key"]: row["count"] for row in self.page(user)["team"]}

    def test_the_self_assessment_until_it_is_given(self):
        (row,) = self.rows(self.binh_user, "feedback")
        feedback = self.asked(self.binh, "self", self.binh_user)
        self.assertEqual(row["open"], {"call": ["kpi.review.feedback", "action_fill", feedback.id]})
        self.assertEqual((row["title"], row["button"]), ("Write your self-assessment", "Answer"))
        self.answer(feedback, 4, 4, submit=False)
        self.assertEqual(self.rows(self.binh_user, "feedback")[0]["button"], "Go on")
        feedback.action_submit()
        self.assertFalse(self.rows(self.binh_user, "feedback"))

    def test_colleagues_are_named_until_there_are_many(self):
        self.ask_peers()
        titles = [row["title"] for row in self.rows(self.dung_user, "feedback")]
        self.assertEqual(titles, ["Write your self-assessment", "Say how Bình works"])
        for employee, user in ((self.giang, self.an_user), (self.chi, self.hang_user), (self.an, self.hang_user)):
            self.review(employee, user=user).action_ask("peer", [self.dung.id])
        titles = [row["title"] for row in self.rows(self.dung_user, "feedback")]
        self.assertEqual(titles, ["Write your self-assessment", "Say how 4 colleagues work"])

    def test_a_manager_s_assessments_are_counted(self):
        self.assertEqual(self.counts(self.an_user)["assess"], 3)
        self.answer(self.asked(self.binh, "manager", self.an_user), 3, 3)
        self.assertEqual(self.counts(self.an_user)["assess"], 2)

    def test_both_sign_once_it_is_written_what_was_agreed(self):
        review = self.review(self.binh)
        trusted(review).write({"state": "talk"})
        self.assertEqual(self.counts(self.an_user)["sign"], 1)
        self.assertFalse(self.rows(self.binh_user, "sign"))
        review.with_user(self.an_user).summary = "<p>More visits</p>"
        (row,) = self.rows(self.binh_user, "sign")
        self.assertEqual(row["open"], {"model": "kpi.review", "id": review.id})
        review.with_user(self.binh_user).action_sign()
        self.assertFalse(self.rows(self.binh_user, "sign"))
        review.with_user(self.an_user).action_sign()
        self.assertNotIn("sign", self.counts(self.an_user))


@tagged("post_install", "-at_install")
class TestKpiMyPageObjective(ObjectiveCase):
    """An proposes 100 visits to Bình."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.objective = cls.make_smart("Visit customers", owner_id=cls.binh.id)

    def rows(self, user, key="objectives"):
        return [row for row in self.env["kpi.my.page"].with_user(user).load()["todo"] if row["key"] == key]

    def test_the_owner_answers_and_then_the_one_who_proposed(self):
        self.objective.with_user(self.an_user).action_propose()
        (row,) = self.rows(self.binh_user)
        self.assertEqual((row["open"]["id"], row["detail"]), (self.objective.id, "Visit customers"))
        self.assertFalse(self.rows(self.an_user))
        key = self.objective.key_result_ids.id
        self.objective.with_user(self.binh_user).action_counter({key: 80}, "Winter")
        self.assertFalse(self.rows(self.binh_user))
        self.assertEqual([row["detail"] for row in self.rows(self.an_user)], ["Visit customers"])
        self.objective.with_user(self.an_user).action_agree()
        self.assertFalse(self.rows(self.an_user))

    def test_a_to_do_of_one_s_own_is_no_request_to_accept(self):
        self.objective.with_user(self.an_user).action_propose()
        asked = self.objective.activity_ids
        self.assertEqual(asked.user_id, self.binh_user)
        self.objective.activity_schedule("mail.mail_activity_data_todo", user_id=self.hang_user.id)
        self.assertFalse(self.rows(self.hang_user))
        asked.copy({"user_id": self.hang_user.id})
        self.assertEqual([row["detail"] for row in self.rows(self.hang_user)], ["Visit customers"])

    def test_a_typed_key_result_is_reported_every_thirty_days(self):
        self.as_agreed(self.objective)
        result = self.objective.key_result_ids
        (row,) = self.rows(self.binh_user, "reports")
        self.assertEqual(row["open"], {"call": ["kpi.objective.key.result", "action_report", result.id]})
        # The page opens what is answered as it is: without its views the client breaks.
        asked = result.with_user(self.binh_user).action_report()
        self.assertEqual((asked["res_model"], asked["views"]), ("kpi.objective.answer", [(False, "form")]))
        result.with_user(self.binh_user).check_in(12)
        self.assertFalse(self.rows(self.binh_user, "reports"))
        with freeze_time("2026-05-01 02:00:00"):
            self.assertFalse(self.rows(self.binh_user, "reports"))
        with freeze_time("2026-05-02 02:00:00"):
            self.assertEqual(len(self.rows(self.binh_user, "reports")), 1)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 02:00:00")
class TestKpiMyPageQueries(MyPageCase):
    def count(self, user):
        """Queries of a page, on warm caches of the registry and none of records."""
        self.load(user)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        page = self.load(user)
        return self.env.cr.sql_log_count - before, page

    def test_thirty_kpis_cost_the_queries_of_three(self):
        counts = []
        for number in (3, 30):
            user = self.make_user(f"seller_{number}")
            person = self.make_employee(f"Seller {number}", self.south, user=user, parent_id=self.hang.id)
            codes = [f"T_{number}_{index}" for index in range(number)]
            for code in codes:
                self.make_kpi(code)
            card = self.make_card(person, [(code, 100 / number, 10) for code in codes], agreed=False)
            trusted(card).write({"state": "running"})
            self.enter(codes[0].lower(), person, 5)
            card.action_compute()
            queries, page = self.count(user)
            self.assertEqual(len(page["lines"]), number)
            counts.append(queries)
        self.assertEqual(*counts)

    def test_a_team_of_a_thousand_costs_the_queries_of_ten(self):
        few, page = self.count_of_team(10)
        self.assertEqual({row["key"]: row["count"] for row in page["team"]}["behind"], 11)
        many, page = self.count_of_team(990)
        self.assertEqual({row["key"]: row["count"] for row in page["team"]}["behind"], 1001)
        self.assertEqual(few, many)

    def count_of_team(self, size):
        crowd = make_crowd(self.binh, size)
        values = {"period_id": self.month.id, "line_ids": [(0, 0, self._line_vals("T_COMPLAINTS", 100, 4))]}
        cards = self.env["kpi.scorecard"].create([{**self._subject_vals(person), **values} for person in crowd])
        trusted(cards).write({"state": "running"})
        trusted(cards.line_ids).write({"status": "behind", "result": "ok", "attainment": 50})
        return self.count(self.an_user)
