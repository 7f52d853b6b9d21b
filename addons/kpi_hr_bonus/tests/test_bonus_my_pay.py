from odoo.tests import freeze_time, tagged

from odoo.addons.kpi_management.models.guard import trusted

from .common import BonusCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 05:00:00")
class TestBonusMyPay(BonusCase):
    """On 20 March: February is over, March runs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan(note="<p>Sell with care.</p>")
        cls.february = cls.make_period("2026-02-10")
        cls.card = cls.make_card(cls.an, 60.0)
        trusted(cls.card.line_ids).explanation = {"actual": "600000000", "forecast": "900000000"}

    def pay(self, user=None):
        return self.env["kpi.bonus.statement"].with_user(user or self.an_user).my_pay()

    def settle(self, employee, **kwargs):
        return self.approved_statement(employee, plan=self.plan, period=self.february, **kwargs)

    def test_what_the_running_period_would_pay(self):
        (running,) = self.pay()["running"]
        self.assertEqual((running["period"], running["has_ended"]), (self.march.name, False))
        self.assertEqual(
            running["plans"][0]["amounts"],
            {"now": 3_000_000, "pace": 4_500_000, "target": 5_000_000, "best": 6_000_000},
        )

    def test_statements_are_there_from_their_submission_on(self):
        self.make_card(self.an, 80.0, period=self.february)
        statement = self.compute(self.plan, self.february)[self.an]
        pay = self.pay()
        self.assertFalse(pay["statements"])
        # The draft is not shown; the period that ended waits for its statement.
        self.assertEqual(
            [(card["period"], card["has_ended"]) for card in pay["running"]][-1], (self.february.name, True)
        )
        statement.with_user(self.officer).action_submit()
        pay = self.pay()
        self.assertEqual([card["period"] for card in pay["running"]], [self.march.name])
        (entry,) = pay["statements"]
        self.assertEqual((entry["amount"], entry["state"], entry["can_contest"]), (4_000_000, "submitted", True))
        self.assertEqual(entry["status"], "Waits for approval")

    def test_from_approved_to_paid(self):
        statement = self.settle(self.an)
        self.assertEqual(self.pay()["statements"][0]["status"], "Approved, to be paid on 02/28/2026")
        statement.with_user(self.officer).payment_confirm("2026-03-05", "Payroll 02/2026")
        self.assertEqual(self.pay()["statements"][0]["status"], "Paid with Payroll 02/2026 03/05/2026")

    def test_a_contested_statement_waits_for_its_answer(self):
        statement = self.settle(self.an)
        statement.with_user(self.an_user).action_contest("Two orders are missing")
        (entry,) = self.pay()["statements"]
        self.assertEqual((entry["contested"], entry["can_contest"]), (True, False))

    def test_balance_carried_over(self):
        self.make_card(self.an, 10.0, period=self.february)
        statement = self.compute(self.plan, self.february)[self.an]
        self.env["kpi.bonus.statement.line"].with_user(self.officer).create(
            {"statement_id": statement.id, "name": "Credit note", "amount": -700_000}
        )
        statement.with_user(self.officer).action_submit()
        statement.with_user(self.approver).action_approve()
        # 500,000 less 700,000: nothing is paid, 200,000 are carried over
        self.assertEqual(self.pay()["balances"], [{"currency_id": self.vnd.id, "amount": -200_000}])
        # and taken off what March would pay
        self.assertEqual(self.pay()["running"][0]["plans"][0]["amounts"]["target"], 4_800_000)

    def test_the_rules_and_their_acknowledgement(self):
        (rule,) = self.pay()["plans"]
        self.assertIn("Sell with care.", rule["html"])
        self.assertFalse(rule["acknowledged"])
        asked = self.env["kpi.bonus.acknowledgement"].browse(rule["acknowledgement_id"])
        self.assertEqual(asked.employee_id, self.an)
        asked.with_user(self.an_user).action_acknowledge()
        (rule,) = self.pay()["plans"]
        self.assertEqual((rule["acknowledged"], rule["acknowledged_text"]), (True, "Acknowledged on 03/20/2026"))

    def test_a_version_to_come_is_among_the_rules(self):
        version = self.env["kpi.bonus.plan"].browse(self.plan.action_new_version()["res_id"])
        version.write({"date_start": "2026-04-01", "amount": 6_000_000})
        self.assertEqual([rule["id"] for rule in self.pay()["plans"]], self.plan.ids, "a draft is no rule")
        version.action_publish()
        rules = self.pay()["plans"]
        self.assertEqual([rule["id"] for rule in rules], [self.plan.id, version.id])
        self.assertEqual([rule["starts"] for rule in rules], ["", "From 04/01/2026"])
        self.assertTrue(rules[1]["acknowledgement_id"])

    def test_everybody_sees_the_own_alone_whatever_the_role(self):
        self.settle(self.an)
        self.settle_others()
        for user in (self.hang_user, self.officer, self.approver, self.make_user("nobody")):
            pay = self.pay(user)
            self.assertFalse(pay["statements"])
            self.assertFalse(pay["running"])
        self.assertEqual([plan["id"] for plan in self.pay(self.hang_user)["plans"]], self.plan.ids)
        self.assertFalse(self.pay(self.officer)["plans"])
        self.assertEqual([entry["amount"] for entry in self.pay(self.binh_user)["statements"]], [5_000_000])

    def settle_others(self):
        self.make_card(self.binh, 100.0, period=self.february)
        statement = self.compute(self.plan, self.february)[self.binh]
        statement.with_user(self.officer).action_submit()

    def test_queries_do_not_grow_with_the_statements(self):
        self.settle(self.an)
        self.pay()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(49):
            self.pay()
