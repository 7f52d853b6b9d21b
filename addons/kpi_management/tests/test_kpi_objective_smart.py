from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .objective_case import ObjectiveCase


@tagged("post_install", "-at_install")
class TestKpiObjectiveSmart(ObjectiveCase):
    """What is missing is said in words, and has to be mended or waived."""

    def missing(self, objective):
        return (objective.smart_missing or "").splitlines()

    def test_everything_that_is_missing_is_listed(self):
        objective = self.make_objective("Be better", "strategic", date_end="2026-04-01")
        self.assertEqual(
            self.missing(objective),
            [
                "Specific: describe what is to be reached.",
                "Specific: say for whom.",
                "Measurable: add a key result with a target.",
                "Relevant: choose the objective or the strategy it serves.",
                "Time-bound: it ended on 04/01/2026.",
            ],
        )
        with self.refused(UserError, "cannot be proposed yet:\nSpecific: describe"):
            objective.action_propose()
        self.assertEqual(objective.state, "draft")

    def test_mended_point_by_point(self):
        objective = self.make_objective("Be better", "strategic")
        objective.description = "<p><br></p>"
        self.assertIn("Specific: describe what is to be reached.", self.missing(objective))
        objective.write({"description": "<p>Deliver in two days</p>", "target_group": "Our customers"})
        objective.key_result_ids = [Command.create({"name": "Days", "baseline": 5, "target": 5})]
        objective.parent_id = self.growth
        self.assertEqual(self.missing(objective), ["Measurable: Days has no target."])
        objective.key_result_ids.target = 2
        self.assertFalse(objective.smart_missing)
        objective.action_propose()
        self.assertEqual(objective.state, "proposed")

    def test_a_kpi_on_a_scorecard_makes_it_measurable(self):
        objective = self.make_smart("Sell", key_result_ids=[])
        self.assertEqual(self.missing(objective), ["Measurable: add a key result with a target."])
        self.make_card(self.binh, [("T_REVENUE", 100, 1000, {"objective_id": objective.id})], agreed=False)
        self.assertFalse(objective.smart_missing)

    def test_who_serves_a_cancelled_objective_serves_nothing(self):
        objective = self.make_smart("Sell", parent=self.growth)
        self.growth.action_cancel()
        self.assertEqual(self.missing(objective), ["Relevant: Grow, which it serves, is cancelled."])

    def quarter(self, target, **vals):
        """An objective of Bình's for the second quarter; he sold for 1,000 in the first."""
        for month, value in (("2026-01-01", 300), ("2026-02-01", 300), ("2026-03-01", 400)):
            self.enter("t_revenue", self.binh, value, self.make_period(month))
        return self.make_smart(
            "Sell",
            owner_id=self.binh.id,
            date_start="2026-04-01",
            date_end="2026-06-30",
            key_result_ids=[Command.create({"definition_id": self.revenue.id, "target": target, **vals})],
        )

    def test_a_target_is_shown_beside_what_was_reached_before(self):
        result = self.quarter(1300).key_result_ids
        self.assertRecordValues(result, [{"before": 1000, "has_before": True, "reach": 30.0, "reach_warning": False}])

    def test_a_target_far_from_what_was_reached_asks_for_a_reason(self):
        objective = self.quarter(1600)
        result = objective.key_result_ids
        self.assertEqual(result.reach, 60.0)
        self.assertEqual(
            self.missing(objective),
            ["Achievable: T_REVENUE: the target is +60 % against what was reached before. Say why it can be done."],
        )
        self.company.kpi_reach_high = 60
        self.assertFalse(objective.smart_missing, "the range includes its ends")
        self.company.kpi_reach_high = 50
        result.reach_reason = "Two new shops"
        self.assertFalse(objective.smart_missing)
        self.assertEqual(objective.smart_warning, "T_REVENUE: the target is +60 % against what was reached before.")
        result.target = 890
        self.assertEqual((result.reach, bool(result.reach_warning)), (-11.0, True))
        result.target = 900
        self.assertFalse(result.reach_warning)

    def test_what_was_reached_before_follows_subject_and_dates(self):
        objective = self.quarter(1300)
        result = objective.key_result_ids
        objective.date_end = "2026-04-30"
        self.assertEqual(result.before, 400, "March alone")
        objective.owner_id = self.chi
        self.assertEqual(result.before, 0, "she sold nothing")
        self.assertFalse(result.reach_warning, "there is nothing to compare with")

    def test_less_is_better(self):
        self.enter("t_complaints", self.binh, 10, self.make_period("2026-03-01"))
        terms = {"definition_id": self.complaints.id, "baseline": 10, "target": 4}
        objective = self.make_smart(
            "Serve",
            owner_id=self.binh.id,
            date_start="2026-04-01",
            date_end="2026-04-30",
            key_result_ids=[Command.create(terms)],
        )
        self.assertRecordValues(objective.key_result_ids, [{"before": 10, "reach": 60.0}])

    def test_an_officer_waives_a_point_with_a_reason(self):
        objective = self.make_smart("Sell", key_result_ids=[], owner_id=self.binh.id)
        for user in (self.an_user, self.binh_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                objective.with_user(user).action_waive("measurable", "Trust me")
        with self.refused(UserError, "Say why the point is waived"):
            objective.with_user(self.officer).action_waive("measurable", " ")
        waiver = objective.with_user(self.officer).action_waive("measurable", "A trial of three months")
        self.assertRecordValues(waiver, [{"user_id": self.officer.id, "reason": "A trial of three months"}])
        self.assertTrue(waiver.date)
        self.assertIn("A trial of three months", objective.message_ids[0].body)
        self.assertFalse(objective.smart_missing)
        objective.with_user(self.an_user).action_propose()
        with self.assertRaises(UserError):
            waiver.with_user(self.officer).unlink()
        with self.assertRaises(UserError):
            objective.with_user(self.officer).action_waive("specific", "Late")

    def test_nobody_waives_on_his_own_objective_or_in_another_s_name(self):
        own = self.make_smart("Sell", key_result_ids=[], owner_id=self.lan.id)
        with self.assertRaises(AccessError):
            own.with_user(self.officer).action_waive("measurable", "I know")
        waiver = (
            self.env["kpi.objective.waiver"]
            .with_user(self.admin)
            .create(
                {
                    "objective_id": own.id,
                    "point": "measurable",
                    "reason": "Fine",
                    "user_id": self.officer.id,
                    "date": "2020-01-01",
                }
            )
        )
        self.assertEqual((waiver.user_id, waiver.date.year), (self.admin, 2026))
        with self.assertRaises(UserError):
            waiver.write({"reason": "Other"})

    def test_a_waived_point_alone_is_waived(self):
        objective = self.make_objective("Be better", "strategic")
        objective.with_user(self.officer).action_waive("specific", "The board said it")
        self.assertEqual(
            self.missing(objective),
            [
                "Measurable: add a key result with a target.",
                "Relevant: choose the objective or the strategy it serves.",
            ],
        )
