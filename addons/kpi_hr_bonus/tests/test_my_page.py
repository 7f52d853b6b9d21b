from odoo.tests import freeze_time, tagged

from odoo.addons.kpi_management.models.guard import trusted

from .common import BonusCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 05:00:00")
class TestMyPagePay(BonusCase):
    """On 20 March: An's score of March is 60 % so far, 90 % at this pace; 100 % pays 5,000,000 at the end of March."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan()
        cls.february = cls.make_period("2026-02-10")
        cls.card = cls.make_card(cls.an, 60.0)
        trusted(cls.card.line_ids).explanation = {"actual": "600000000", "forecast": "900000000"}

    def pay(self, user=None, card=None):
        return self.env["kpi.my.page"].with_user(user or self.an_user).pay((card or self.card).id)

    def page(self, user=None):
        return self.env["kpi.my.page"].with_user(user or self.an_user).load()

    def rows(self, key, user=None):
        return [row for row in self.page(user)["todo"] if row["key"] == key]

    def count(self, key, user):
        return sum(row["count"] for row in self.page(user)["team"] if row["key"] == key)

    def test_what_the_period_would_pay(self):
        pay = self.pay()
        amounts = pay["estimate"]["plans"][0]["amounts"]
        self.assertEqual((amounts["now"], amounts["pace"]), (3_000_000, 4_500_000))
        self.assertEqual((pay["statements"], pay["year"], pay["paid"]), ([], 2026, []))
        self.assertEqual(pay["next"], {"date": "2026-03-31", "is_late": False, "amount": False, "currency_id": False})

    def test_what_was_paid_and_what_comes_next(self):
        statement = self.approved_statement(self.an, plan=self.plan, period=self.february)  # 80 %: 4,000,000
        pay = self.pay()
        self.assertEqual(
            pay["next"],
            {"date": "2026-02-28", "is_late": True, "amount": 4_000_000, "currency_id": self.vnd.id},
        )
        statement.with_user(self.officer).payment_confirm("2026-03-05", "Payroll 02/2026")
        pay = self.pay()
        self.assertEqual(pay["paid"], [{"currency_id": self.vnd.id, "amount": 4_000_000}])
        self.assertEqual(pay["next"]["date"], "2026-03-31")
        with freeze_time("2027-01-05 05:00:00"):
            self.assertEqual((self.pay()["year"], self.pay()["paid"]), (2027, []))

    def test_a_period_that_is_settled_shows_its_statement(self):
        statement = self.approved_statement(self.an, plan=self.plan, period=self.february)
        card = self.env["kpi.scorecard"].search(
            [("employee_id", "=", self.an.id), ("period_id", "=", self.february.id)]
        )
        pay = self.pay(card=card)
        self.assertFalse(pay["estimate"])
        self.assertEqual([(row["id"], row["amount"]) for row in pay["statements"]], [(statement.id, 4_000_000)])

    def test_nobody_is_told_what_others_get(self):
        self.approved_statement(self.an, plan=self.plan, period=self.february)
        for user in (self.hang_user, self.officer, self.approver, self.binh_user):
            with self.subTest(user.login):
                self.assertFalse(self.pay(user))

    def test_for_whom_nothing_is_paid_there_is_nothing(self):
        self.assertFalse(self.pay(self.officer, self.make_card(self.lan, 60.0)))

    def test_regulations_are_to_be_read(self):
        (row,) = self.rows("regulations")
        asked = self.env["kpi.bonus.acknowledgement"].browse(row["open"]["id"])
        self.assertEqual((asked.employee_id, row["detail"]), (self.an, "Sales bonus"))
        asked.with_user(self.an_user).action_acknowledge()
        self.assertFalse(self.rows("regulations"))

    def test_statements_are_looked_at_before_they_are_approved(self):
        self.make_card(self.an, 80.0, period=self.february)
        statement = self.compute(self.plan, self.february)[self.an]
        self.assertFalse(self.rows("statements"), "a draft is nobody's matter")
        statement.with_user(self.officer).action_submit()
        self.assertEqual([row["open"]["id"] for row in self.rows("statements")], statement.ids)
        self.assertEqual((self.count("bonuses", self.approver), self.count("bonuses", self.officer)), (1, 0))
        statement.with_user(self.approver).action_approve()
        self.assertFalse(self.rows("statements"))
        self.assertEqual(self.count("bonuses", self.approver), 0)

    def test_a_contest_waits_for_its_answer(self):
        self.make_card(self.an, 80.0, period=self.february)
        statement = self.compute(self.plan, self.february)[self.an]
        statement.with_user(self.officer).action_submit()
        statement.with_user(self.an_user).action_contest("Two orders are missing")
        self.assertFalse(self.rows("statements"))
        self.assertEqual((self.count("contests", self.officer), self.count("bonuses", self.approver)), (1, 0))
        statement.with_user(self.officer).action_answer("They count in March", "rejected")
        self.assertEqual(self.count("contests", self.officer), 0)

    def test_queries_do_not_grow_with_the_statements(self):
        self.approved_statement(self.an, plan=self.plan, period=self.february)
        one = self.queries()
        self.approved_statement(self.an, plan=self.plan, period=self.make_period("2026-01-10"))
        self.assertEqual(self.queries(), one)

    def queries(self):
        self.pay()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.pay()
        return self.env.cr.sql_log_count - before
