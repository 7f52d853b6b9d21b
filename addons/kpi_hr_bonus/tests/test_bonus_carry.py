from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusCarry(BonusCase):
    """A true-up larger than the bonus: the rest is settled by later bonus, never by wages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan()
        cls.april, cls.may = cls.make_period("2026-04-15"), cls.make_period("2026-05-15")

    def draft(self, period, score, adjustment=0):
        self.make_card(self.an, score, period)
        statement = self.compute(self.plan, period)[self.an]
        if adjustment:
            statement.with_user(self.officer).line_ids = [(0, 0, {"name": "Credit notes", "amount": adjustment})]
        return statement

    def approve(self, statement):
        statement.with_user(self.officer).action_submit()
        statement.with_user(self.approver).action_approve()
        return statement

    def test_negative_rest_is_taken_by_the_next_statement(self):
        # March: 2,000,000 − 5,000,000 = −3,000,000: nothing paid, −3,000,000 carried over
        march = self.approve(self.draft(self.march, 40.0, -5_000_000))
        self.assertRecordValues(march, [{"amount": 0, "carried_out": -3_000_000}])
        self.assertEqual(
            [(line.kind, line.amount) for line in march.line_ids],
            [("computed", 2_000_000), ("adjustment", -5_000_000), ("carried_out", 3_000_000)],
        )
        # April: 2,500,000 − 3,000,000: nothing, −500,000 goes on
        april = self.approve(self.draft(self.april, 50.0))
        self.assertRecordValues(april, [{"carried_in": -3_000_000, "amount": 0, "carried_out": -500_000}])
        self.assertEqual(march.carried_to_id, april)
        # May: 5,000,000 − 500,000
        may = self.approve(self.draft(self.may, 100.0))
        self.assertRecordValues(may, [{"carried_in": -500_000, "amount": 4_500_000, "carried_out": 0}])
        for statement in march | april | may:
            self.assertEqual(sum(statement.line_ids.mapped("amount")), statement.amount)

    def test_a_rest_is_taken_once(self):
        self.approve(self.draft(self.march, 40.0, -5_000_000))
        # April and May were computed side by side, and both carry −3,000,000 in
        april, may = self.draft(self.april, 100.0), self.draft(self.may, 100.0)
        self.assertEqual(may.carried_in, -3_000_000)
        self.approve(april)
        may.with_user(self.officer).action_submit()
        with self.assertRaisesRegex(UserError, "compute it again"):
            may.with_user(self.approver).action_approve()
        may.with_user(self.officer).action_draft()
        self.compute(self.plan, self.may)
        self.assertRecordValues(self.approve(may), [{"carried_in": 0, "amount": 5_000_000}])

    def test_a_rest_is_taken_once_when_both_are_approved_together(self):
        self.approve(self.draft(self.march, 40.0, -5_000_000))
        both = self.draft(self.april, 100.0) | self.draft(self.may, 100.0)
        self.assertEqual(both.mapped("carried_in"), [-3_000_000, -3_000_000])
        both.with_user(self.officer).action_submit()
        both.with_user(self.approver).action_approve()
        # April takes the rest; May is left to be computed again
        self.assertEqual(both.mapped("state"), ["approved", "submitted"])

    def test_rests_of_many_are_checked_by_one_query_for_a_plan_and_period(self):
        statements = self.draft(self.march, 40.0) | self.draft(self.april, 50.0)
        asked = []
        Statement = self.env.registry["kpi.bonus.statement"]
        original = Statement._open_carry
        self.patch(Statement, "_open_carry", lambda *args: asked.append(args[1:3]) or original(*args))
        statements._outdated_carry()
        self.assertEqual(asked, [(self.plan, self.march), (self.plan, self.april)])

    def test_a_draft_carries_nothing_over(self):
        self.draft(self.march, 40.0, -5_000_000)
        self.assertEqual(self.draft(self.april, 100.0).carried_in, 0)

    def test_cancelling_gives_the_rest_back(self):
        march = self.approve(self.draft(self.march, 40.0, -5_000_000))
        april = self.approve(self.draft(self.april, 100.0))
        with self.assertRaisesRegex(UserError, "Cancel that one first"):
            march.with_user(self.approver).action_cancel()
        april.with_user(self.approver).action_cancel()
        self.assertFalse(march.carried_to_id)
        self.assertEqual(self.draft(self.may, 100.0).carried_in, -3_000_000)
