from datetime import datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.kpi_management.models.guard import trusted

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusContest(BonusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan()
        cls.april = cls.make_period("2026-04-15")

    def submitted(self, employee=None, score=80.0):
        employee = employee or self.an
        self.make_card(employee, score)
        statement = self.compute(self.plan)[employee]
        statement.with_user(self.officer).action_submit()
        return statement

    def test_a_line_is_contested_and_the_history_stays(self):
        statement = self.submitted()
        mine, officer = statement.with_user(self.an_user), statement.with_user(self.officer)
        line = statement.scorecard_id.line_ids
        mine.action_contest("An order <i>is</i> missing", kpi_line_id=line.id)
        self.assertIn("An order &lt;i&gt;is&lt;/i&gt; missing", statement.activity_ids.note, "words, not markup")
        self.assertRecordValues(
            statement.contest_ids,
            [{"about": "Revenue", "kpi_line_id": line.id, "state": "open", "user_id": self.an_user.id}],
        )
        self.assertIn("Revenue: An order &lt;i&gt;is&lt;/i&gt; missing", statement.message_ids[0].body)
        self.assertIn(self.hang_user.partner_id, statement.message_ids[0].partner_ids, "the manager is told")
        officer.action_answer("It was signed in April")
        mine.action_contest("And the amount?", line_id=statement.line_ids[0].id)
        officer.action_answer("It is right")
        self.assertEqual(statement.contest_ids.sorted("id").mapped("answer"), ["It was signed in April", "It is right"])
        self.assertEqual(set(statement.contest_ids.mapped("state")), {"rejected"})
        self.assertFalse(statement.contested)

    def test_lines_of_others_are_refused(self):
        statement = self.submitted()
        other = self.make_card(self.binh, 80.0)
        with self.assertRaisesRegex(UserError, "does not belong"):
            statement.with_user(self.an_user).action_contest("Mine", kpi_line_id=other.line_ids.id)
        with self.assertRaisesRegex(UserError, "does not belong"):
            foreign = self.compute(self.plan)[self.binh].line_ids
            statement.with_user(self.an_user).action_contest("Mine", line_id=foreign.id)

    def test_two_open_ones_are_answered_one_by_one(self):
        statement = self.submitted()
        mine = statement.with_user(self.an_user)
        mine.action_contest("First")
        mine.action_contest("Second")
        first, second = statement.contest_ids.sorted("id")
        first.with_user(self.approver).action_answer("No")
        self.assertRecordValues(first | second, [{"state": "rejected"}, {"state": "open"}])
        self.assertTrue(statement.contested)
        self.assertTrue(statement.activity_ids)
        second.with_user(self.an_user).action_withdraw()
        self.assertFalse(statement.contested)
        self.assertFalse(statement.activity_ids)

    def test_upheld_before_approval_it_goes_back_to_draft_with_the_correction(self):
        statement = self.submitted()
        statement.with_user(self.an_user).action_contest("An order is missing")
        statement.with_user(self.officer).action_answer("You are right", "upheld", 200_000)
        # 4,000,000 + 200,000
        self.assertRecordValues(
            statement, [{"state": "draft", "contested": False, "adjustment_amount": 200_000, "amount": 4_200_000}]
        )
        self.assertEqual(statement.line_ids[-1].name, "Contest upheld: You are right")

    def test_upheld_after_approval_the_next_statement_brings_it(self):
        statement = self.submitted()
        statement.with_user(self.approver).action_approve()
        statement.with_user(self.an_user).action_contest("An order is missing")
        statement.with_user(self.officer).action_answer("You are right", "upheld", 200_000)
        self.assertRecordValues(statement, [{"state": "approved", "amount": 4_000_000}])
        self.make_card(self.an, 100.0, self.april)
        april = self.compute(self.plan, self.april)[self.an]
        self.assertRecordValues(april, [{"true_up_amount": 200_000, "amount": 5_200_000}])
        self.assertIn("Contest upheld: You are right", april.line_ids.mapped("name"))
        # whoever gave the money does not approve it
        self.officer.write({"group_ids": [(4, self.env.ref("kpi_hr_bonus.group_bonus_approver").id)]})
        second = self.make_user("second", "kpi_hr_bonus.group_bonus_officer")
        trusted(april).computed_by_id = second
        april.with_user(second).action_submit()
        with self.assertRaisesRegex(UserError, "You computed or adjusted"):
            april.with_user(self.officer).action_approve()
        april.with_user(self.approver).action_approve()

    def test_who_may_do_what(self):
        statement = self.submitted()
        statement.with_user(self.an_user).action_contest("Why?")
        contest = statement.contest_ids
        for user in (self.an_user, self.hang_user, self.binh_user):
            with self.assertRaises(UserError):
                contest.with_user(user).action_answer("Mine")
        with self.assertRaises(AccessError):
            contest.with_user(self.hang_user).action_withdraw()
        with self.assertRaisesRegex(AccessError, "Only a bonus officer corrects"):
            contest.with_user(self.approver).action_answer("Yes", "upheld", 5)
        for door in (
            lambda: contest.with_user(self.an_user).write({"state": "upheld"}),
            lambda: contest.sudo().write({"state": "upheld"}),
            lambda: contest.sudo().unlink(),
            lambda: contest.sudo().create({"statement_id": statement.id, "reason": "x"}),
        ):
            with self.assertRaises(AccessError):
                door()
        Contest = self.env["kpi.bonus.contest"]
        seen = [Contest.with_user(user).search_count([]) for user in (self.an_user, self.hang_user, self.binh_user)]
        self.assertEqual(seen, [1, 1, 0])
        self.assertEqual(contest.with_user(self.hang_user).reason, "Why?")

    def test_after_the_deadline_it_is_too_late(self):
        self.company.kpi_bonus_contest_days = 10
        statement = self.submitted()
        trusted(statement).submitted_date = datetime(2026, 4, 5, 9)
        mine = statement.with_user(self.an_user)
        self.assertEqual(mine.contest_until, self.date("2026-04-15"))
        with freeze_time("2026-04-16 05:00:00"):
            mine.invalidate_recordset(["can_contest"])
            self.assertFalse(mine.can_contest)
            with self.assertRaisesRegex(UserError, "until 04/15/2026"):
                mine.action_contest("Too late")
        with freeze_time("2026-04-15 05:00:00"):
            mine.invalidate_recordset(["can_contest"])
            mine.action_contest("In time")
        self.assertTrue(statement.contested)

    def test_an_answer_has_words(self):
        statement = self.submitted()
        statement.with_user(self.an_user).action_contest("Why?")
        self.assertEqual(statement.with_user(self.officer).action_answer("  ")["res_model"], "kpi.bonus.contest.talk")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            trusted(statement.contest_ids).write({"state": "rejected"})
            self.env.flush_all()

    def test_cancelled_nothing_is_left_open(self):
        statement = self.submitted()
        statement.with_user(self.an_user).action_contest("Why?")
        statement.with_user(self.officer).action_cancel()
        self.assertRecordValues(statement, [{"contested": False}])
        self.assertEqual(statement.contest_ids.state, "void")
        self.assertFalse(statement.activity_ids)
