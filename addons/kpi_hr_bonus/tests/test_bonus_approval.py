from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.kpi_management.models.guard import trusted

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusApproval(BonusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan()
        cls.second = cls.make_user("second", "kpi_hr_bonus.group_bonus_approver")
        cls.company.kpi_bonus_second_from = 4_000_000

    def submitted(self, *scores):
        """Statements of An, Bình, Hằng with these scores, submitted."""
        statements = self.env["kpi.bonus.statement"]
        for employee, score in zip((self.an, self.binh, self.hang), scores, strict=False):
            self.make_card(employee, score)
            statements |= self.compute(self.plan)[employee]
        statements.with_user(self.officer).action_submit()
        return statements

    def test_from_the_amount_on_two_people_approve(self):
        # 80 % = 4,000,000: two; 79.99 % = 3,999,500: one
        large, small = self.submitted(80.0, 79.99)
        told = (large | small).with_user(self.approver).action_approve()
        self.assertIn("1 approved, 1 wait for a second approver", told["params"]["message"])
        self.assertRecordValues(
            large | small,
            [
                {"state": "submitted", "first_approved_by_id": self.approver.id, "approval_stage": "second"},
                {"state": "approved", "first_approved_by_id": False, "approval_stage": False},
            ],
        )
        with self.assertRaisesRegex(UserError, "You gave .* the first approval"):
            large.with_user(self.approver).action_approve()
        large.with_user(self.second).action_approve()
        self.assertRecordValues(large, [{"state": "approved", "approved_by_id": self.second.id}])

    def test_the_database_knows_it_too(self):
        large = self.submitted(80.0)
        large.with_user(self.approver).action_approve()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            trusted(large).write({"state": "approved", "approved_by_id": self.approver.id})
            self.env.flush_all()

    def test_back_to_draft_both_approve_again(self):
        large = self.submitted(80.0)
        large.with_user(self.approver).action_approve()
        large.with_user(self.officer).action_draft()
        self.assertFalse(large.first_approved_by_id)
        large.with_user(self.officer).action_submit()
        large.with_user(self.approver).action_approve()
        self.assertEqual(large.state, "submitted")

    def test_what_waits_for_whom(self):
        large, small = self.submitted(80.0, 70.0)
        large.with_user(self.approver).action_approve()
        Statement = self.env["kpi.bonus.statement"]
        waiting = [("waits_for_me", "=", True)]
        self.assertEqual(Statement.with_user(self.approver).search(waiting), small)
        self.assertEqual(Statement.with_user(self.second).search(waiting), large | small)
        self.assertFalse(Statement.with_user(self.officer).search(waiting))
        self.assertTrue(large.with_user(self.second).waits_for_me)
        self.assertFalse(large.with_user(self.approver).waits_for_me)
        small.with_user(self.binh_user).action_contest("Why?")
        self.assertEqual(Statement.with_user(self.second).search(waiting), large)
        self.assertEqual(Statement.with_user(self.second).search([("waits_for_me", "=", False)]), small)

    def test_what_one_may_approve_is_what_waits_for_one(self):
        """The list and the button agree, whatever the reason."""
        both = self.make_user("both", "kpi_hr_bonus.group_bonus_officer", "kpi_hr_bonus.group_bonus_approver")
        trusted(self.plan).department_ids = False
        people = (self.an, self.binh, self.hang, self.minh)
        for employee in people:
            self.make_card(employee, 50.0)
        statements = self.compute(self.plan)
        statements[self.an].with_user(both).line_ids = [(0, 0, {"name": "Fair", "amount": 1})]
        trusted(statements[self.binh]).computed_by_id = both
        every = self.env["kpi.bonus.statement"].union(*(statements[each] for each in people))
        every.with_user(self.officer).action_submit()
        trusted(statements[self.hang]).first_approved_by_id = both
        for user, may in ((both, self.minh), (self.approver, self.an | self.binh | self.hang)):
            mine = every.with_user(user)
            outdated = mine._outdated_carry()
            self.assertEqual(
                mine.filtered(lambda each: not each._approval_obstacle(outdated)).employee_id, may, user.login
            )
            self.assertEqual(mine.filtered("waits_for_me").employee_id, may, user.login)

    def test_approvers_get_an_activity_for_the_plan_until_nothing_waits(self):
        statements = self.submitted(80.0, 70.0)

        def asked():
            return self.plan._approval_activities().user_id & (self.approver | self.second)

        self.assertEqual(asked(), self.approver | self.second)
        self.assertEqual(len(self.plan._approval_activities().filtered(lambda a: a.user_id == self.approver)), 1)
        statements.with_user(self.approver).action_approve()
        self.assertEqual(asked(), self.second, "the large one waits for the second")
        statements[0].with_user(self.second).action_approve()
        self.assertFalse(asked())

    def test_zero_is_one_approval_for_any(self):
        self.company.kpi_bonus_second_from = 0
        large = self.submitted(100.0)
        large.with_user(self.approver).action_approve()
        self.assertEqual(large.state, "approved")
