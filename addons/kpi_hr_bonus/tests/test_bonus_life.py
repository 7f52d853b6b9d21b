from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.kpi_management.models.guard import trusted

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusLife(BonusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan()

    def submitted(self, employee=None, score=80.0):
        employee = employee or self.an
        self.make_card(employee, score)
        statement = self.compute(self.plan)[employee]
        statement.with_user(self.officer).action_submit()
        return statement

    def test_submit_and_approve_by_two_people(self):
        statement = self.submitted()
        self.assertRecordValues(statement, [{"state": "submitted", "submitted_by_id": self.officer.id}])
        statement.with_user(self.approver).action_approve()
        self.assertRecordValues(statement, [{"state": "approved", "approved_by_id": self.approver.id}])

    def test_the_computing_person_cannot_approve(self):
        self.officer.write({"group_ids": [(4, self.env.ref("kpi_hr_bonus.group_bonus_approver").id)]})
        statement = self.submitted()
        with self.assertRaisesRegex(UserError, "You computed or adjusted .* Ask another bonus approver"):
            statement.with_user(self.officer).action_approve()
        self.assertEqual(statement.state, "submitted")

    def test_the_adjusting_person_cannot_approve(self):
        both = self.make_user("both", "kpi_hr_bonus.group_bonus_officer", "kpi_hr_bonus.group_bonus_approver")
        self.make_card(self.an, 80.0)
        statement = self.compute(self.plan)[self.an]
        statement.with_user(both).line_ids = [(0, 0, {"name": "Trade fair", "amount": 100_000})]
        statement.with_user(self.officer).action_submit()
        with self.assertRaisesRegex(UserError, "You computed or adjusted"):
            statement.with_user(both).action_approve()
        statement.with_user(self.approver).action_approve()
        self.assertEqual(statement.amount, 4_100_000)

    def test_the_paid_person_cannot_approve(self):
        trusted(self.plan).department_ids = False
        statement = self.submitted(self.minh)
        with self.assertRaisesRegex(UserError, "pays you"):
            statement.with_user(self.approver).action_approve()

    def test_roles_are_needed(self):
        statement = self.submitted()
        with self.assertRaisesRegex(AccessError, "Only a bonus approver"):
            statement.with_user(self.officer).action_approve()
        with self.assertRaisesRegex(AccessError, "Only a bonus approver"):
            statement.with_user(self.an_user).action_approve()
        with self.assertRaisesRegex(AccessError, "Only a bonus officer"):
            statement.with_user(self.approver).action_draft()

    def test_bulk_approval_tells_what_was_left(self):
        self.make_card(self.an, 80.0)
        self.make_card(self.binh, 90.0)
        statements = self.compute(self.plan)
        statements[self.an].with_user(self.officer).action_submit()
        both = statements[self.an] | statements[self.binh]
        notification = both.with_user(self.approver).action_approve()
        self.assertEqual(both.mapped("state"), ["approved", "draft"])
        self.assertIn("1 approved, 1 left as they are", notification["params"]["message"])
        self.assertIn("is not submitted", notification["params"]["message"])

    def test_server_actions_submit_and_approve_the_selection(self):
        self.make_card(self.an, 80.0)
        self.make_card(self.binh, 90.0)
        statements = self.compute(self.plan)
        both = statements[self.an] | statements[self.binh]
        context = {"active_model": both._name, "active_ids": both.ids, "active_id": both.ids[0]}
        self.env.ref("kpi_hr_bonus.action_server_submit_statement").with_user(self.officer).with_context(
            **context
        ).run()
        self.assertEqual(set(both.mapped("state")), {"submitted"})
        action = self.env.ref("kpi_hr_bonus.action_server_approve_statement").with_user(self.approver)
        self.assertIn("2 approved", action.with_context(**context).run()["params"]["message"])
        self.assertEqual(set(both.mapped("state")), {"approved"})

    def test_frozen_after_approval(self):
        statement = self.submitted()
        statement.with_user(self.approver).action_approve()
        officer = statement.with_user(self.officer)
        with self.assertRaises(AccessError):
            officer.amount = 9_000_000
        with self.assertRaises(AccessError):
            officer.sudo().amount = 9_000_000
        with self.assertRaises(AccessError):
            officer.state = "draft"
        with self.assertRaises(UserError):
            officer.line_ids = [(0, 0, {"name": "More", "amount": 1})]
        with self.assertRaises(UserError):
            officer.line_ids.unlink()
        with self.assertRaises(UserError):
            officer.line_ids.amount = 1
        with self.assertRaises(UserError):
            officer.unlink()
        with self.assertRaisesRegex(UserError, "approved and frozen"):
            officer.action_draft()
        trusted(statement.scorecard_id).score = 100
        self.compute(self.plan)
        self.assertEqual(statement.amount, 4_000_000)

    def test_figures_are_never_typed_not_even_in_draft(self):
        self.make_card(self.an, 80.0)
        statement = self.compute(self.plan)[self.an].with_user(self.officer)
        for vals in ({"amount": 1}, {"score": 100}, {"state": "approved"}, {"computed_by_id": self.approver.id}):
            with self.assertRaises(AccessError):
                statement.write(vals)
        with self.assertRaises(AccessError):
            self.env["kpi.bonus.statement"].with_user(self.officer).create(
                {
                    "plan_id": self.plan.id,
                    "period_id": self.march.id,
                    "employee_id": self.binh.id,
                    "company_id": self.company.id,
                    "currency_id": self.vnd.id,
                    "amount": 1,
                }
            )
        with self.assertRaises(UserError):
            statement.line_ids.filtered(lambda line: line.kind == "computed").amount = 1
        with self.assertRaises(AccessError):
            statement.line_ids = [(0, 0, {"kind": "computed", "amount": 1})]
        with self.assertRaises(UserError):
            statement.copy()

    def test_adjustments_have_a_reason_and_an_author(self):
        # 4,000,000 + 500,000 − 200,000
        self.make_card(self.an, 80.0)
        statement = self.compute(self.plan)[self.an].with_user(self.officer)
        statement.line_ids = [
            (0, 0, {"name": "Trade fair on a Sunday", "amount": 500_000}),
            (0, 0, {"name": "Lost sample", "amount": -200_000, "author_id": self.approver.id}),
        ]
        self.assertRecordValues(statement, [{"adjustment_amount": 300_000, "amount": 4_300_000}])
        adjustments = statement.line_ids.filtered(lambda line: line.kind == "adjustment")
        self.assertEqual(adjustments.author_id, self.officer, "the author is who wrote it, whatever was sent")
        self.assertEqual(sum(statement.line_ids.mapped("amount")), statement.amount)
        adjustments[1].amount = -100_000
        self.assertEqual(statement.amount, 4_400_000)
        adjustments[0].unlink()
        self.assertEqual(statement.amount, 3_900_000)
        # recomputing keeps the adjustment
        self.compute(self.plan)
        self.assertEqual(statement.amount, 3_900_000)
        self.assertEqual(statement.computed_by_id, self.officer)

    def test_nobody_adjusts_the_own_bonus(self):
        trusted(self.plan).department_ids = False
        self.make_card(self.lan, 80.0)
        statement = self.compute(self.plan)[self.lan].with_user(self.officer)
        with self.assertRaisesRegex(AccessError, "own bonus"):
            statement.line_ids = [(0, 0, {"name": "I was good", "amount": 500_000})]

    def test_contest_and_answer(self):
        statement = self.submitted()
        with self.assertRaisesRegex(AccessError, "Only the person paid"):
            statement.with_user(self.hang_user).action_contest("Not mine")
        mine = statement.with_user(self.an_user)
        asked = mine.action_contest()
        # My KPI Pay opens it as it is: without its views the client breaks.
        self.assertEqual((asked["res_model"], asked["views"]), ("kpi.bonus.contest.talk", [(False, "form")]))
        mine.action_contest("The order of 30 March is missing")
        self.assertTrue(statement.contested)
        self.assertIn("30 March", statement.message_ids[0].body)
        activity = statement.activity_ids
        self.assertEqual(activity.user_id, self.officer)
        with self.assertRaisesRegex(UserError, "contested"):
            statement.with_user(self.approver).action_approve()
        with self.assertRaises(UserError):
            mine.with_user(self.hang_user).action_answer("Answer of somebody")
        statement.with_user(self.officer).action_answer("It was signed on 1 April")
        self.assertRecordValues(
            statement,
            [
                {
                    "contested": False,
                    "contest_answer": "It was signed on 1 April",
                    "contest_answer_by_id": self.officer.id,
                }
            ],
        )
        self.assertFalse(statement.activity_ids)
        statement.with_user(self.approver).action_approve()

    def test_contest_dialog(self):
        statement = self.submitted()
        action = statement.with_user(self.an_user).action_contest()
        dialog = self.env["kpi.bonus.contest.talk"].with_user(self.an_user).with_context(**action["context"])
        dialog.create({"text": "Please check"}).action_confirm()
        action = statement.with_user(self.officer).action_answer()
        dialog = self.env["kpi.bonus.contest.talk"].with_user(self.officer).with_context(**action["context"])
        dialog.create({"text": "Checked"}).action_confirm()
        self.assertRecordValues(
            statement, [{"contested": False, "contest_reason": "Please check", "contest_answer": "Checked"}]
        )

    def test_drafts_cannot_be_contested(self):
        self.make_card(self.an, 80.0)
        statement = self.compute(self.plan)[self.an]
        with self.assertRaises(AccessError):
            statement.with_user(self.an_user).action_contest("Too early")

    def test_cancel_and_compute_again(self):
        statement = self.submitted()
        statement.with_user(self.approver).action_approve()
        with self.assertRaisesRegex(AccessError, "Only a bonus approver cancels"):
            statement.with_user(self.officer).action_cancel()
        statement.with_user(self.approver).action_cancel()
        self.assertEqual(statement.state, "cancelled")
        again = self.compute(self.plan)[self.an]
        self.assertNotEqual(again, statement)
        with self.assertRaisesRegex(UserError, "computed anew"):
            statement.with_user(self.officer).action_draft()
        again.with_user(self.officer).unlink()
        statement.with_user(self.officer).action_draft()
        self.assertRecordValues(statement, [{"state": "draft", "approved_by_id": False}])

    def test_back_to_draft_and_recompute(self):
        statement = self.submitted()
        statement.with_user(self.officer).action_draft()
        trusted(statement.scorecard_id).score = 100
        self.compute(self.plan)
        self.assertEqual(statement.amount, 5_000_000)

    def test_a_period_with_approved_bonuses_stays_closed(self):
        statement = self.submitted()
        self.march.action_close()
        statement.with_user(self.approver).action_approve()
        with self.assertRaisesRegex(UserError, "approved or paid"):
            self.march.action_reopen("Late invoice")
        statement.with_user(self.approver).action_cancel()
        self.march.action_reopen("Late invoice")
        self.assertEqual(self.march.state, "review")
