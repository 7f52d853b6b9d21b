from datetime import datetime

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.kpi_management.models.guard import trusted

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusTrueUp(BonusCase):
    """Records change after a bonus was approved: the next statement settles the difference, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan()
        cls.april, cls.may = cls.make_period("2026-04-15"), cls.make_period("2026-05-15")

    def settled(self, employee=None, score=80.0, period=None, plan=None):
        statement = self.approved_statement(employee, score, plan or self.plan, period)
        # As if it had been computed a day before the records changed.
        trusted(statement).computed_date = datetime(2026, 4, 2, 8)
        return statement

    def close(self, statement, attainment, actual=None):
        """The period is closed, and a measurement after that says something else."""
        card = trusted(statement.scorecard_id)
        card.state = "closed"
        self.measure_again(card, attainment, actual)

    def measure_again(self, card, attainment, actual=None):
        late = {"has_late_data": True, "late_at": fields.Datetime.now()}
        actual = attainment * 10_000_000 if actual is None else actual
        trusted(card).write({**late, "late_score": attainment})
        trusted(card).line_ids.write({**late, "late_attainment": attainment, "late_actual": actual})

    def next_draft(self, score=100.0, period=None, employee=None):
        employee = employee or self.an
        self.make_card(employee, score, period or self.april)
        return self.compute(self.plan, period or self.april)[employee]

    def approve(self, statements):
        statements.with_user(self.officer).action_submit()
        statements.with_user(self.approver).action_approve()

    def test_a_credit_note_is_set_off_against_the_next_bonus_once(self):
        # March paid 80 % of 5,000,000 = 4,000,000; after a credit note it would be 70 % = 3,500,000
        march = self.settled()
        self.close(march, 70.0)
        april = self.next_draft()
        # April: 5,000,000 − 500,000
        self.assertRecordValues(april, [{"true_up_amount": -500_000, "adjustment_amount": 0, "amount": 4_500_000}])
        self.assertEqual(
            [(line.kind, line.amount) for line in april.line_ids], [("computed", 5_000_000), ("true_up", -500_000)]
        )
        self.assertEqual(april.line_ids.true_up_id.statement_id, march)
        self.assertEqual(march.amount, 4_000_000)
        self.assertIn("Corrections of earlier periods: -500,000 ₫", april.summary.replace("\N{NO-BREAK SPACE}", " "))
        arithmetic = str(april.line_ids.true_up_id.explanation_html).replace("\N{NO-BREAK SPACE}", " ")
        for text in ("800,000,000 ₫", "700,000,000 ₫", "80 %", "70 %", "4,000,000 ₫", "3,500,000 ₫", "-500,000 ₫"):
            self.assertIn(text, arithmetic)
        # computing again changes nothing
        self.assertEqual(self.plan.with_user(self.officer)._compute_statements(self.april).updated, 0)
        self.approve(april)
        self.assertEqual(march.true_up_ids.settled_id, april)
        # and May has nothing to do with it
        self.assertRecordValues(self.next_draft(period=self.may), [{"true_up_amount": 0, "amount": 5_000_000}])

    def test_what_changes_after_that_is_the_next_difference(self):
        march = self.settled()
        self.close(march, 70.0)
        self.approve(self.next_draft())
        # Another credit note: 65 % = 3,250,000; 500,000 were taken, 250,000 are left
        self.measure_again(march.scorecard_id, 65.0)
        self.assertEqual(self.next_draft(period=self.may).true_up_amount, -250_000)
        # and back: 80 % again, so the 500,000 return
        self.measure_again(march.scorecard_id, 80.0)
        self.assertEqual(self.compute(self.plan, self.may)[self.an].true_up_amount, 500_000)

    def test_what_nobody_has_taken_yet_follows_the_records(self):
        march = self.settled()
        self.close(march, 70.0)
        april = self.next_draft()
        self.measure_again(march.scorecard_id, 90.0)
        self.compute(self.plan, self.april)
        # 90 % = 4,500,000: 500,000 more than approved
        self.assertRecordValues(april, [{"true_up_amount": 500_000, "amount": 5_500_000}])
        self.measure_again(march.scorecard_id, 80.0)
        self.compute(self.plan, self.april)
        self.assertRecordValues(april, [{"true_up_amount": 0, "amount": 5_000_000}])
        self.assertEqual(april.line_ids.mapped("kind"), ["computed"])

    def test_a_negative_one_goes_against_bonus_only_and_is_shown_as_balance(self):
        # March 4,000,000 → nothing at all; April 20 % = 1,000,000: −3,000,000 go on
        march = self.settled()
        self.close(march, 0.0)
        april = self.next_draft(20.0)
        self.assertRecordValues(april, [{"amount": 0, "carried_out": -3_000_000}])
        self.assertEqual(march.balance, -4_000_000, "until April is approved the correction itself is open")
        self.approve(april)
        balance = self.env["kpi.bonus.balance"].search([("employee_id", "=", self.an.id)])
        self.assertRecordValues(
            balance, [{"kind": "rest", "amount": -3_000_000, "statement_id": april.id, "has_left": False}]
        )
        self.assertEqual(march.with_user(self.an_user).balance, -3_000_000)
        # May 5,000,000 − 3,000,000
        may = self.next_draft(period=self.may)
        self.assertEqual(may.amount, 2_000_000)
        self.approve(may)
        self.assertFalse(self.env["kpi.bonus.balance"].search([("employee_id", "=", self.an.id)]))

    def test_it_stays_open_when_the_person_has_left(self):
        march = self.settled()
        self.close(march, 90.0)
        march._refresh_true_ups()
        self.an.active = False
        self.env.flush_all()
        self.env.invalidate_all()
        balance = self.env["kpi.bonus.balance"].search([("has_left", "=", True)])
        self.assertRecordValues(balance, [{"kind": "late", "amount": 500_000, "employee_id": self.an.id}])

    def test_the_nightly_check_of_closed_periods_finds_it(self):
        march = self.settled()
        self.close(march, 70.0)
        self.env["kpi.period"]._late_data_changed(march.scorecard_id.sudo().line_ids)
        self.assertRecordValues(march.true_up_ids, [{"amount": -500_000, "origin": "late", "settled_id": False}])

    def test_it_goes_to_one_of_two_drafts(self):
        march = self.settled()
        self.close(march, 70.0)
        april, may = self.next_draft(), self.next_draft(period=self.may)
        self.assertEqual(may.true_up_amount, -500_000)
        both = april | may
        both.with_user(self.officer).action_submit()
        both.with_user(self.approver).action_approve()
        self.assertEqual(both.mapped("state"), ["approved", "submitted"])
        may.with_user(self.officer).action_draft()
        self.assertEqual(self.compute(self.plan, self.may)[self.an].amount, 5_000_000)

    def test_cancelling_gives_it_back_and_has_an_order(self):
        march = self.settled()
        self.close(march, 70.0)
        april = self.next_draft()
        self.approve(april)
        with self.assertRaisesRegex(UserError, "was settled by .* Cancel that one first"):
            march.with_user(self.approver).action_cancel()
        april.with_user(self.approver).action_cancel()
        self.assertFalse(march.true_up_ids.settled_id)
        self.assertEqual(self.next_draft(period=self.may).true_up_amount, -500_000)
        march.with_user(self.approver).action_cancel()
        self.assertEqual(self.compute(self.plan, self.may)[self.an].amount, 5_000_000)

    def test_the_rule_is_the_one_it_was_approved_with(self):
        # gate: safety below 95 % pays half. Approved at revenue 100, safety 96; safety turns out as 90
        gate = (0, 0, {"definition_id": self.safety.id, "minimum": 95, "factor": 0.5})
        plan = self.make_plan(apply_on="kpi", definition_id=self.revenue.id, gate_ids=[gate])
        self.make_card(self.an, 98.0, attainments={self.revenue: 100.0, self.safety: 96.0})
        statement = self.compute(plan)[self.an]
        self.approve(statement)
        trusted(statement).computed_date = datetime(2026, 4, 2, 8)
        trusted(statement.scorecard_id).state = "closed"
        safety = statement.scorecard_id.line_ids.filtered(lambda line: line.definition_id == self.safety)
        late = {"has_late_data": True, "late_attainment": 90.0, "late_actual": 1, "late_at": datetime(2026, 4, 20)}
        trusted(safety).write(late)
        trusted(plan).gate_ids.unlink()
        statement._refresh_true_ups()
        # 100 % × 0.5 × 5,000,000 = 2,500,000 in place of 5,000,000
        self.assertEqual(statement.true_up_ids.amount, -2_500_000)

    def test_a_rate_follows_the_measured_value(self):
        # 2 % of 800,000,000 = 16,000,000; a credit note of 50,000,000 takes 1,000,000
        plan = self.make_plan(
            basis="rate",
            apply_on="kpi",
            definition_id=self.revenue.id,
            prorate=False,
            tier_ids=[(0, 0, {"value_from": 0, "rate": 2})],
        )
        statement = self.settled(plan=plan)
        self.assertEqual(statement.amount, 16_000_000)
        self.close(statement, 75.0, 750_000_000)
        statement._refresh_true_ups()
        self.assertEqual(statement.true_up_ids.amount, -1_000_000)

    def test_a_pool_is_split_anew_over_the_same_people(self):
        # 90 : 60 : 30 of 1,800,000 → 900,000, 600,000, 300,000; An turns out as 30: 3 : 3 … 90 : 30 : 30 of 150
        plan = self.make_plan(basis="pool", amount=1_800_000)
        for employee, score in ((self.hang, 90.0), (self.an, 60.0), (self.binh, 30.0)):
            self.make_card(employee, score)
        statements = self.compute(plan)
        self.assertEqual([statements[each].amount for each in (self.hang, self.an)], [900_000, 600_000])
        together = statements[self.hang] | statements[self.an] | statements[self.binh]
        together.with_user(self.officer).action_submit()
        together[:2].with_user(self.approver).action_approve()
        trusted(together).computed_date = datetime(2026, 4, 2, 8)
        self.close(statements[self.an], 30.0)
        statements[self.an]._refresh_true_ups()
        self.assertFalse(together.true_up_ids, "a pool waits until all of it is approved")
        together[2].with_user(self.approver).action_approve()
        statements[self.an]._refresh_true_ups()
        # 1,080,000, 360,000, 360,000
        self.assertEqual(
            [statements[each].true_up_ids.amount for each in (self.hang, self.an, self.binh)],
            [180_000, -240_000, 60_000],
        )

    def test_nobody_writes_one_by_hand(self):
        march = self.settled()
        self.close(march, 70.0)
        april = self.next_draft()
        true_up = april.line_ids.true_up_id
        TrueUp = self.env["kpi.bonus.true.up"]
        for env_user in (self.officer, self.an_user):
            with self.assertRaises(AccessError):
                true_up.with_user(env_user).write({"amount": 0})
        for door in (
            lambda: true_up.sudo().write({"amount": 0}),
            lambda: true_up.sudo().unlink(),
            lambda: TrueUp.sudo().create({"statement_id": march.id, "amount": 5}),
        ):
            with self.assertRaises(AccessError):
                door()
        line = april.line_ids.filtered("true_up_id").with_user(self.officer)
        with self.assertRaises(UserError):
            line.amount = 1
        april.with_user(self.officer).line_ids = [(0, 0, {"name": "Fair", "amount": 100, "true_up_id": true_up.id})]
        added = april.line_ids.filtered(lambda each: each.name == "Fair")
        self.assertRecordValues(added, [{"kind": "adjustment", "true_up_id": False}])
        self.assertRecordValues(april, [{"true_up_amount": -500_000, "adjustment_amount": 100, "amount": 4_500_100}])

    def test_who_sees_them(self):
        march = self.settled()
        self.close(march, 70.0)
        march._refresh_true_ups()
        for model in ("kpi.bonus.true.up", "kpi.bonus.balance"):
            for user, sees in (
                (self.an_user, 1),
                (self.hang_user, 1),
                (self.binh_user, 0),
                (self.officer, 1),
                (self.approver, 1),
            ):
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(self.env[model].with_user(user).search_count([]), sees)

    def test_queries_do_not_grow_with_the_people(self):
        counts = []
        for size in (2, 40):
            people = [self.make_employee(f"W{size}-{index}", self.sales) for index in range(size)]
            for person in people:
                self.make_card(person, 80.0)
            statements = self.compute(self.plan)
            mine = self.plan.statement_ids.browse().union(*(statements[person] for person in people))
            self.approve(mine)
            for statement in mine:
                self.close(statement, 70.0)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            mine._refresh_true_ups()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(set(mine.true_up_ids.mapped("amount")), {-500_000})
        self.assertLessEqual(counts[1], counts[0] + 2, counts)
