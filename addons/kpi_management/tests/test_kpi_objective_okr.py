from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .objective_case import ObjectiveCase


@tagged("post_install", "-at_install")
class TestKpiObjectiveOkr(ObjectiveCase):
    """Key results, measured or reported, and the score of an OKR."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.okr = cls.make_smart(
            "Be loved",
            owner_id=cls.binh.id,
            style="okr",
            key_result_ids=[
                Command.create({"definition_id": cls.revenue.id, "target": 1000, "stretch": 1500}),
                Command.create({"definition_id": cls.complaints.id, "baseline": 6, "target": 2}),
                Command.create({"name": "Visits", "target": 40, "commitment": "aspirational"}),
            ],
        )
        cls.money, cls.grumbling, cls.visits = cls.okr.key_result_ids

    def agree(self, objective):
        objective.with_user(self.an_user).action_propose()
        objective.with_user(self.binh_user).action_agree()

    def test_a_key_result_has_name_and_unit_of_its_kpi(self):
        self.assertEqual((self.money.name, self.money.unit), ("T_REVENUE", "currency"))
        self.assertEqual((self.visits.name, self.visits.unit), ("Visits", "number"))

    def test_the_score_is_the_mean_of_the_key_results(self):
        self.assertFalse(self.okr.has_okr_score, "nothing is measured yet")
        self.enter("t_revenue", self.binh, 300, self.make_period("2026-02-01"))
        self.enter("t_revenue", self.binh, 200, self.make_period("2026-03-01"))
        self.enter("t_complaints", self.binh, 3, self.make_period("2026-03-01"))
        self.agree(self.okr)
        self.okr.with_user(self.binh_user).action_measure()
        self.assertRecordValues(
            self.money | self.grumbling | self.visits,
            [
                {"current": 500, "grade": 0.5, "result": "ok"},  # (500 − 0) / 1,000
                {"current": 3, "grade": 0.75, "result": "ok"},  # (3 − 6) / (2 − 6)
                {"current": 0, "grade": 0.0, "result": False},
            ],
        )
        self.assertEqual((self.okr.okr_score, self.okr.progress), (0.63, 63.0))  # 0.625, half up
        self.visits.with_user(self.binh_user).check_in(10, "Half of them in Hanoi")
        self.assertEqual((self.visits.grade, self.okr.okr_score), (0.25, 0.5))
        self.assertIn("Half of them in Hanoi", self.okr.message_ids[0].body)

    def test_a_grade_stays_between_0_and_1(self):
        self.enter("t_revenue", self.binh, 1600, self.make_period("2026-03-01"))
        self.enter("t_complaints", self.binh, 9, self.make_period("2026-03-01"))
        self.okr.action_measure()
        self.assertEqual((self.money.grade, self.money.stretch_reached), (1.0, True))
        self.assertEqual(self.grumbling.grade, 0.0)

    def test_what_counts_lies_between_the_objective_s_dates(self):
        objective = self.make_smart(
            "Sell in March",
            owner_id=self.binh.id,
            date_start="2026-03-01",
            date_end="2026-03-31",
            key_result_ids=[Command.create({"definition_id": self.revenue.id, "target": 1000})],
        )
        for month, value in (("2026-02-01", 100), ("2026-03-01", 200), ("2026-04-01", 400)):
            self.enter("t_revenue", self.binh, value, self.make_period(month))
        self.enter("t_revenue", self.chi, 800, self.make_period("2026-03-01"))
        objective.action_measure()
        self.assertRecordValues(objective.key_result_ids, [{"current": 200, "grade": 0.2}])

    def test_the_daily_run_measures_what_has_begun(self):
        later = self.make_smart(
            "Later", date_start="2026-06-01", key_result_ids=[Command.create(self.result_vals())], owner_id=self.binh.id
        )
        self.enter("t_revenue", self.binh, 300, self.make_period("2026-03-01"))
        self.env["kpi.objective.key.result"]._cron_measure()
        self.assertEqual((self.money.current, later.key_result_ids.result), (300, False))

    def result_vals(self):
        return {"definition_id": self.revenue.id, "target": 1000}

    def test_the_number_of_queries_does_not_grow(self):
        def spent(size):
            people = [self.make_employee(f"P{size}-{n}", self.office) for n in range(size)]
            results = self.env["kpi.objective.key.result"]
            for person in people:
                made = self.make_smart("Sell", owner_id=person.id, key_result_ids=[Command.create(self.result_vals())])
                results |= made.key_result_ids
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            results._measure_current()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        spent(1)  # warms what is cached for good
        self.assertEqual(spent(3), spent(12))

    def test_a_target_on_the_wrong_side_is_refused(self):
        for result, vals, reason in (
            (self.money, {"baseline": 2000}, "has to be better than that"),
            (self.grumbling, {"baseline": 0}, "has to be better than that"),
            (self.money, {"stretch": 900}, "stretch lies beyond"),
            (self.grumbling, {"stretch": 5}, "stretch lies beyond"),
        ):
            with self.subTest(vals), self.refused(ValidationError, reason):
                result.write(vals)
        band = self.make_kpi("T_BAND", formula="t_stock", direction="band", band_low=1, band_high=2, band_tolerance=1)
        with self.refused(ValidationError, "cannot be a key result"):
            self.visits.definition_id = band

    def test_who_reports(self):
        with self.refused(UserError, "is not agreed"):
            self.visits.with_user(self.binh_user).check_in(10)
        self.agree(self.okr)
        with self.assertRaises(AccessError):
            self.visits.with_user(self.chi_user).check_in(10)
        with self.refused(UserError, "is measured by its KPI"):
            self.money.with_user(self.binh_user).check_in(1000)
        for user in (self.binh_user, self.an_user, self.officer):
            self.visits.with_user(user).check_in(10)
        vals = {"objective_id": self.okr.id, "kind": "report", "key_result_id": self.visits.id, "value": 20}
        self.env["kpi.objective.answer"].with_user(self.binh_user).create(vals).action_confirm()
        self.assertEqual((self.visits.current, self.visits.grade), (20, 0.5))

    def test_an_okr_is_kept_out_of_pay_unless_it_is_said_to_count(self):
        self.assertFalse(self.okr.counts_for_pay)
        self.assertTrue(self.growth.counts_for_pay)
        line = ("T_REVENUE", 100, 1000, {"objective_id": self.okr.id})
        with self.refused(ValidationError, "Be loved is kept out of pay"):
            self.make_card(self.binh, [line], agreed=False)
        self.okr.counts_for_pay = True
        self.make_card(self.binh, [line], agreed=False)
        with self.refused(ValidationError, "Be loved is kept out of pay"):
            self.okr.counts_for_pay = False

    def test_an_objective_with_scorecard_lines_does_not_become_an_okr_unnoticed(self):
        objective = self.make_smart("Sell", owner_id=self.binh.id)
        self.make_card(self.binh, [("T_REVENUE", 100, 1000, {"objective_id": objective.id})], agreed=False)
        with self.assertRaises(ValidationError):
            objective.style = "okr"
        objective.write({"style": "okr", "counts_for_pay": True})
        self.assertTrue(objective.counts_for_pay)

    def test_key_results_move_the_tree_where_no_kpi_does(self):
        self.enter("t_revenue", self.binh, 500, self.make_period("2026-03-01"))
        self.okr.write({"parent_id": self.north_growth.id})
        self.okr.action_measure()
        self.assertEqual(self.north_growth.progress, self.okr.progress)
        plain = self.make_smart("Sell", owner_id=self.binh.id, key_result_ids=[Command.create(self.result_vals())])
        plain.action_measure()
        self.assertEqual((plain.progress, plain.has_okr_score), (50.0, False))
        # the scorecard goes first: 800 of 1,000
        card = self.make_card(self.an, [("T_REVENUE", 100, 1000, {"objective_id": plain.id})], agreed=False)
        self.enter("t_revenue", self.an, 800)
        card.action_compute()
        self.assertEqual(plain.progress, 80.0)
