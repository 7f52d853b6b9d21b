from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.kpi_management.models.guard import trusted

from ..engine import replay, score_in_band
from .review_common import BonusReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestBonusReview(BonusReviewCase):
    """What the calibrated result of a review pays, and when."""

    def test_the_score_of_an_uncalibrated_review_pays_as_it_is(self):
        # 87.5 % of 5,000,000
        self.make_review(self.an, 87.5)
        self.close()
        statement = self.compute(self.plan)[self.an]
        self.assertRecordValues(
            statement,
            [{"score": 87.5, "payout_percent": 87.5, "amount": 4_375_000, "review_id": self.review(self.an).id}],
        )
        self.assertFalse(statement.scorecard_id, "a review pays without a scorecard of the same period")

    def test_a_better_grade_moves_the_score_to_its_beginning(self):
        # 80 % is Fair; calibrated to Good, which begins at 95 %: 95 % of 5,000,000
        self.make_review(self.an, 80.0, final=self.good)
        self.close()
        self.assertRecordValues(self.compute(self.plan)[self.an], [{"score": 95.0, "amount": 4_750_000}])

    def test_a_lower_grade_moves_the_score_just_below_the_next(self):
        # 112 % is the best grade; calibrated to Good, which ends below 110 %: 109.99 % of 5,000,000
        self.make_review(self.an, 112.0, final=self.good)
        self.close()
        self.assertRecordValues(self.compute(self.plan)[self.an], [{"score": 109.99, "amount": 5_499_500}])

    def test_steps_at_the_grades_pay_by_grade(self):
        # Good pays 120 %, Fair 80 %: 112 calibrated to Good and 80 calibrated to Good are both worth 6,000,000
        points = [
            (0, 0, {"score": start, "payout": payout}) for start, payout in ((0, 0), (80, 80), (95, 120), (110, 150))
        ]
        plan = self.make_plan(score_source="review", curve_mode="step", curve_ids=points)
        self.make_review(self.an, 112.0, final=self.good)
        self.make_review(self.binh, 80.0, final=self.good)
        self.make_review(self.hang, 80.0)
        self.close()
        statements = self.compute(plan)
        amounts = [statements[employee].amount for employee in (self.an, self.binh, self.hang)]
        self.assertEqual(amounts, [6_000_000, 6_000_000, 4_000_000])

    def test_a_grade_given_without_a_score_counts_from_its_beginning(self):
        self.make_review(self.an, None, final=self.fair)
        self.make_review(self.binh, None)
        self.close()
        statements = self.compute(self.plan)
        self.assertEqual((statements[self.an].score, statements[self.an].amount), (80, 4_000_000))
        self.assertEqual((statements[self.binh].has_score, statements[self.binh].amount), (False, 0))
        self.assertEqual(statements[self.binh].explanation["payout"]["reason"], "no_score")

    def test_a_pool_is_split_by_calibrated_results(self):
        # 95 (moved from 80) and 105: 200 shares of 10,000,000 → 4,750,000 and 5,250,000
        plan = self.make_plan(name="Pool", score_source="review", basis="pool", amount=10_000_000)
        self.make_review(self.an, 80.0, final=self.good)
        self.make_review(self.binh, 105.0)
        self.close()
        statements = self.compute(plan)
        self.assertEqual([statements[self.an].amount, statements[self.binh].amount], [4_750_000, 5_250_000])

    def test_gates_look_at_the_scorecard(self):
        # the review says 100 %, the safety KPI of the scorecard is below its minimum: half
        gate = (0, 0, {"definition_id": self.safety.id, "minimum": 90, "factor": 0.5})
        plan = self.make_plan(score_source="review", gate_ids=[gate])
        card = self.make_card(self.an, 100.0, attainments={self.revenue: 100.0, self.safety: 10.0})
        self.make_review(self.an, 100.0)
        self.close()
        statement = self.compute(plan)[self.an]
        self.assertEqual((statement.amount, statement.scorecard_id), (2_500_000, card))
        self.assertEqual([entry["code"] for entry in statement.explanation["card"]], ["T_SAFETY"])

    # ------------------------------------------------------------ when it pays

    def test_nothing_is_paid_before_the_cycle_is_closed_and_the_run_says_why(self):
        self.make_review(self.an, 100.0)
        self.make_card(self.an, 100.0)
        self.plan.with_user(self.officer).action_compute(self.march.id)
        self.assertFalse(self.plan.statement_ids)
        run = self.env["kpi.bonus.run"].search([], order="id desc", limit=1)
        self.assertEqual(
            {line.employee_id: line.kind for line in run.line_ids},
            {self.an: "unclosed", self.binh: "no_review", self.hang: "no_review"},
        )
        self.assertEqual((run.unclosed_count, run.no_review_count, run.missing_count), (1, 2, 0))
        message = run._notification()["params"]["message"]
        self.assertIn("1 people whose review is not closed yet", message)
        self.assertIn("2 people without a review of the period", message)
        action = run.line_ids.filtered(lambda line: line.employee_id == self.an).action_open()
        self.assertEqual(action["res_model"], "kpi.review")
        self.assertEqual(self.env["kpi.review"].search(action["domain"]), self.review(self.an))

    def test_a_managers_own_cycle_never_pays(self):
        trusted(self.cycle).leader_id = self.hang
        self.make_review(self.an, 100.0)
        self.close()
        self.assertFalse(self.compute(self.plan))

    def test_another_period_or_company_does_not_pay(self):
        trusted(self.cycle).period_id = self.make_period("2026-03-15", "quarter")
        self.make_review(self.an, 100.0)
        self.close()
        self.assertFalse(self.compute(self.plan))

    def test_of_two_cycles_the_closed_one_counts_and_the_later_of_two_closed(self):
        self.make_review(self.an, 80.0)
        self.close()
        second = self.cycle.copy({"name": "Second"})
        self.make_review(self.an, 100.0, cycle=second)
        self.assertEqual(self.compute(self.plan)[self.an].score, 80)
        self.close(second)
        self.assertEqual(self.compute(self.plan)[self.an].score, 100)

    def test_a_yearly_plan_takes_the_review_of_the_year(self):
        year = self.make_period("2025-06-01", "year")
        cycle = self.cycle.copy({"name": "2025", "period_id": year.id})
        self.make_review(self.an, 90.0, cycle=cycle)
        self.close(cycle)
        plan = self.make_plan(name="Year", score_source="review", period_type="year", date_start="2025-01-01")
        self.assertEqual(self.compute(plan, year)[self.an].amount, 4_500_000)

    # ------------------------------------------------------------ it stays

    def test_a_cycle_that_paid_is_not_reopened(self):
        self.make_review(self.an, 90.0)
        self.close()
        statement = self.compute(self.plan)[self.an]
        statement.with_user(self.officer).action_submit()
        for _step in range(2):
            with self.assertRaisesRegex(UserError, "March cannot be reopened: bonuses of Sales bonus for 03/2026"):
                self.cycle.with_user(self.kpi_officer).action_reopen("A mistake")
            if statement.state == "submitted":
                statement.with_user(self.approver).action_approve()
        self.assertEqual((self.cycle.state, statement.state), ("closed", "approved"))

    def test_a_draft_of_a_reopened_cycle_is_not_submitted(self):
        review = self.make_review(self.an, 90.0)
        self.close()
        statement = self.compute(self.plan)[self.an]
        self.cycle.with_user(self.kpi_officer).action_reopen("A mistake")
        with self.assertRaisesRegex(UserError, "was opened again"):
            statement.with_user(self.officer).action_submit()
        # closed again with another result: the draft is still the old one
        trusted(review).final_grade_id = self.good
        self.close()
        with self.assertRaisesRegex(UserError, "compute the plan anew"):
            statement.with_user(self.officer).action_submit()
        self.assertEqual(self.compute(self.plan)[self.an].amount, 4_750_000)
        statement.with_user(self.officer).action_submit()
        self.assertEqual(statement.state, "submitted")

    def test_computing_while_it_is_open_again_withdraws_the_draft(self):
        self.make_review(self.an, 90.0)
        self.close()
        statement = self.compute(self.plan)[self.an]
        self.cycle.with_user(self.kpi_officer).action_reopen("A mistake")
        self.assertFalse(self.compute(self.plan))
        self.assertEqual(statement.state, "cancelled")
        self.assertIn("is open again", statement.message_ids[:1].body)

    def test_late_figures_do_not_change_what_a_review_paid(self):
        card = self.make_card(self.an, 90.0, state="closed")
        self.make_review(self.an, 90.0)
        self.close()
        statement = self.compute(self.plan)[self.an]
        statement.with_user(self.officer).action_submit()
        statement.with_user(self.approver).action_approve()
        trusted(card).write({"late_score": 40, "has_late_data": True})
        trusted(statement)._refresh_true_ups()
        self.assertFalse(statement.true_up_ids)

    # ------------------------------------------------------------ the terms

    def test_one_kpi_or_a_rate_is_refused(self):
        with self.assertRaisesRegex(IntegrityError, "review_whole"), mute_logger("odoo.sql_db"):
            self.make_plan(state="draft", score_source="review", apply_on="kpi", definition_id=self.revenue.id)

    def test_the_form_keeps_source_and_kpi_apart(self):
        form = Form(self.env["kpi.bonus.plan"].with_user(self.officer))
        form.name, form.amount = "Year end", 1_000_000
        form.apply_on = "kpi"
        form.score_source = "review"
        self.assertEqual(form.apply_on, "score")
        form.basis = "rate"
        self.assertEqual((form.score_source, form.apply_on), ("scorecard", "kpi"))
        form.basis = "fixed"
        form.score_source = "review"
        plan = form.save()
        self.assertEqual((plan.score_source, plan.apply_on), ("review", "score"))

    def test_the_source_is_frozen_and_its_change_is_told(self):
        with self.assertRaisesRegex(UserError, "no longer change"):
            self.plan.with_user(self.officer).score_source = "scorecard"
        draft = self.env["kpi.bonus.plan"].browse(self.plan.with_user(self.officer).action_new_version()["res_id"])
        draft.score_source = "scorecard"
        self.assertIn(("By the result of", "Review", "Scorecard"), draft._changes_from(self.plan))

    def test_the_regulation_says_what_counts(self):
        rows = dict(self.plan.with_context(lang="en_US")._regulation_rows())
        self.assertIn("final result of the person's review in the company's cycle", rows["Counts"])
        self.assertIn("once its cycle is closed", rows["Pays"])

    def test_by_scorecard_and_by_review_are_not_the_same_twice(self):
        other = self.make_plan(name="By scorecard", state="draft")
        self.assertFalse(other.overlap_text)
        other.score_source = "review"
        self.assertIn("paid for the same by Sales bonus", other.overlap_text)

    def test_an_old_plan_pays_by_scorecards(self):
        # a closed review beside the scorecard changes nothing: 80 % of 5,000,000
        self.make_review(self.an, 120.0)
        self.close()
        self.make_card(self.an, 80.0)
        statement = self.compute(self.make_plan(name="Old"))[self.an]
        self.assertEqual((statement.amount, statement.review_id), (4_000_000, self.env["kpi.review"]))
        self.assertNotIn("review", statement.explanation)

    # ------------------------------------------------------------ from the explanation alone

    def test_a_statement_is_computed_again_from_its_explanation(self):
        self.make_review(self.an, 80.0, final=self.good)
        self.make_review(self.binh, 112.0, final=self.good)
        self.make_review(self.hang, 101.25)
        self.close()
        for statement in self.compute(self.plan).values():
            told = statement.explanation
            review = told["review"]
            counted = score_in_band(review["score"], *review["band"]) if review["band"] else review["score"]
            self.assertEqual(float(counted), float(told["payout"]["score"]))
            self.assertEqual(float(replay(told["payout"]).amount), statement.amount)

    def test_who_may_not_open_the_review_opens_nothing(self):
        self.make_review(self.an, 80.0)
        self.close()
        statement = self.compute(self.plan)[self.an]
        with self.assertRaises(AccessError):
            statement.with_user(self.officer).action_open_review()
        statement.with_user(self.officer).action_submit()
        action = statement.with_user(self.an_user).action_open_review()
        self.assertEqual((action["res_model"], action["res_id"]), ("kpi.review", self.review(self.an).id))
