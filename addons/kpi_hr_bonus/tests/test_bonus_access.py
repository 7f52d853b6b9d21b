from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusAccess(BonusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan()
        for employee in (cls.hang, cls.an, cls.binh):
            cls.make_card(employee, 80.0)
        cls.plan.with_user(cls.officer).action_compute(cls.march)
        cls.statements = cls.plan.statement_ids.grouped("employee_id")
        other = cls.env["res.company"].create({"name": "Other", "currency_id": cls.vnd.id})
        cls.stranger = cls.make_user(
            "stranger",
            "kpi_hr_bonus.group_bonus_officer",
            "kpi_hr_bonus.group_bonus_approver",
            company=other,
        )

    def seen_by(self, user):
        Statement = self.env["kpi.bonus.statement"].with_context(allowed_company_ids=user.company_ids.ids)
        return Statement.with_user(user).search([]).employee_id.sudo()

    def submit_all(self):
        self.plan.statement_ids.with_user(self.officer).action_submit()

    def test_drafts_are_for_the_bonus_people(self):
        for user in (self.hang_user, self.an_user, self.binh_user):
            self.assertFalse(self.seen_by(user))
        self.assertEqual(self.seen_by(self.officer), self.hang | self.an | self.binh)
        self.assertEqual(self.seen_by(self.approver), self.hang | self.an | self.binh)

    def test_employees_read_their_own(self):
        self.submit_all()
        self.assertEqual(self.seen_by(self.binh_user), self.binh)
        mine = self.statements[self.binh].with_user(self.binh_user)
        self.assertEqual(mine.amount, 4_000_000)
        self.assertEqual(mine.line_ids.mapped("amount"), [4_000_000])
        self.assertTrue(mine.explanation_html)
        self.assertIn("Bình", mine.display_name)
        self.assertEqual(
            self.env["kpi.bonus.statement"].with_user(self.binh_user).search([("is_mine", "=", True)]), mine
        )
        with self.assertRaises(AccessError):
            self.statements[self.an].with_user(self.binh_user).read(["amount"])

    def test_managers_read_all_levels_below(self):
        self.submit_all()
        self.assertEqual(self.seen_by(self.hang_user), self.hang | self.an | self.binh)
        self.assertEqual(self.seen_by(self.an_user), self.an | self.binh)

    def test_employees_and_managers_change_nothing(self):
        self.submit_all()
        for user in (self.binh_user, self.an_user, self.hang_user):
            statement = self.statements[self.binh].with_user(user)
            for vals in ({"amount": 1}, {"pay_date": "2026-05-31"}, {"contested": False}):
                with self.assertRaises(AccessError):
                    statement.write(vals)
            with self.assertRaises(AccessError):
                statement.unlink()
            with self.assertRaises(AccessError):
                statement.line_ids.write({"amount": 1})
            for call in ("action_submit", "action_approve", "action_cancel", "action_draft"):
                with self.assertRaises(AccessError):
                    getattr(statement, call)()
            with self.assertRaises(AccessError):
                self.plan.with_user(user).action_compute(self.march)

    def test_another_company_sees_and_does_nothing(self):
        self.submit_all()
        self.assertFalse(self.seen_by(self.stranger))
        own_companies = {"allowed_company_ids": self.stranger.company_ids.ids}
        Plan = self.env["kpi.bonus.plan"].with_user(self.stranger).with_context(**own_companies)
        self.assertFalse(Plan.search([("id", "=", self.plan.id)]))
        statement = self.statements[self.an].with_user(self.stranger).with_context(**own_companies)
        for call in ("action_approve", "action_cancel", "action_draft"):
            with self.assertRaises(AccessError):
                getattr(statement, call)()
        with self.assertRaises(AccessError):
            self.plan.with_user(self.stranger).with_context(**own_companies).action_compute(self.march.id)

    def test_plans_are_read_once_published_and_changed_by_officers(self):
        draft = self.make_plan(state="draft", name="Secret")
        Plan = self.env["kpi.bonus.plan"].with_user(self.binh_user)
        self.assertIn(self.plan, Plan.search([]))
        self.assertNotIn(draft, Plan.search([]))
        with self.assertRaises(AccessError):
            self.plan.with_user(self.binh_user).amount = 9_000_000
        with self.assertRaises(AccessError):
            self.plan.with_user(self.approver).amount = 9_000_000
        draft.with_user(self.officer).amount = 9_000_000

    def test_bonus_people_read_the_scorecards_they_pay_for(self):
        card = self.statements[self.binh].scorecard_id
        self.assertEqual(card.with_user(self.approver).score, 80.0)
        self.assertEqual(card.with_user(self.approver).line_ids.attainment, 80.0)

    def test_a_new_manager_sees_the_team_at_once(self):
        self.submit_all()
        self.assertFalse(self.seen_by(self.make_user("later")))
        newcomer = self.make_user("newcomer")
        self.assertFalse(self.seen_by(newcomer))
        boss = self.make_employee("Boss", self.sales)
        self.binh.parent_id = boss
        boss.user_id = newcomer
        self.assertEqual(self.seen_by(newcomer), self.binh)
