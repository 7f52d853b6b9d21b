from odoo.tests import tagged

from odoo.addons.kpi_management.tests.rpc_case import Json2Case

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusPaymentRpc(BonusCase, Json2Case):
    """The payment interface over JSON-2, as the readme shows it to whoever connects a payroll."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payer = cls.make_user("payer", "kpi_hr_bonus.group_bonus_payer")

    def call(self, user, method, ids=None, **params):
        return self.json2(user, "kpi.bonus.statement", method, ids, **params)

    def test_due_reserve_confirm_release(self):
        statement = self.approved_statement()
        status, rows = self.call(self.payer, "payment_due", date_from="2026-03-01", date_to="2026-03-31")
        self.assertEqual(status, 200, rows)
        row = rows[0]
        self.assertEqual((row["employee"], row["amount"], row["currency"]), ("An", 4_000_000, "VND"))
        self.assertEqual((row["pay_date"], row["paid_date"]), ("2026-03-31", False))
        ids = [row["id"]]
        done = {"changed": ids, "unchanged": []}
        self.assertEqual(self.call(self.payer, "payment_reserve", ids, reference="RUN-3"), (200, done))
        self.assertEqual(self.call(self.payer, "payment_due", employee_ids=None), (200, []))
        confirm = {"ids": ids, "date": "2026-04-05", "reference": "RUN-3"}
        self.assertEqual(self.call(self.payer, "payment_confirm", **confirm), (200, done))
        again = {"changed": [], "unchanged": ids}
        self.assertEqual(self.call(self.payer, "payment_confirm", **confirm), (200, again))
        status, error = self.call(self.payer, "payment_confirm", **{**confirm, "reference": "RUN-4"})
        self.assertEqual(status, 422, error)
        self.assertIn("not paid twice", error["message"])
        self.assertEqual(self.call(self.payer, "payment_release", ids, reason="Sent back"), (200, done))
        self.assertEqual(statement.state, "approved")

    def test_others_are_turned_away(self):
        statement = self.approved_statement()
        for user in (self.an_user, self.approver):
            for method, params in (
                ("payment_due", {"employee_ids": None}),
                ("payment_confirm", {"ids": statement.ids, "date": "2026-04-05", "reference": "R"}),
                ("payment_release", {"ids": statement.ids, "reason": "Mine"}),
            ):
                status, answer = self.call(user, method, **params)
                self.assertEqual(status, 403, answer)
        for method in ("_payment_confirm", "_payment_release", "_payment_rows"):
            status, _answer = self.call(self.payer, method, statement.ids)
            self.assertIn(status, (403, 404), method)
        self.assertEqual(statement.state, "approved")
