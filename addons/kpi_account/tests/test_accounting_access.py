from odoo.exceptions import AccessError
from odoo.tests import tagged

from .account_case import AccountCase

MODELS = ("kpi.invoice.payment", "kpi.invoice.settlement", "kpi.profit.item", "kpi.entry.posting")


@tagged("post_install", "-at_install")
class TestAccountingAccess(AccountCase):
    """Who may read entries may read what is counted from them, in the own companies."""

    def setUp(self):
        super().setUp()
        for person in (self.an, self.dung):
            self.pay(self.make_invoice(person, "2026-03-01", 100), "2026-03-10")

    def test_an_accountant_reads_the_rows_of_the_own_company(self):
        for group in ("account.group_account_invoice", "account.group_account_readonly"):
            accountant = self.make_user(group, group)
            for model in MODELS:
                rows = self.env[model].with_user(accountant).search([])
                self.assertEqual(rows.company_id, self.company, model)
                shown = rows.get_view(view_type="list")["models"][model]
                self.assertTrue(all(row["display_name"] for row in rows.read(["display_name", *shown])), model)

    def test_other_users_read_none(self):
        for model in MODELS:
            with self.assertRaises(AccessError, msg=model):
                self.env[model].with_user(self.officer).search([])

    def test_a_row_opens_its_entry(self):
        row = self.env["kpi.invoice.payment"].search([("company_id", "=", self.company.id)])
        action = row.action_open_entry()
        entry = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(entry, row.move_id)
        self.assertEqual(entry.invoice_user_id, self.an.user_id)

    def test_analytic_costs_are_for_accountants_of_the_company(self):
        plan = next(self.env["account.analytic.plan"]._get_all_plans())
        account = self.env["account.analytic.account"].create(
            {"name": "Digital", "plan_id": plan.id, "company_id": False}
        )
        lines = self.env["account.analytic.line"].create(
            [
                {"name": "Phần mềm", "amount": -5, "company_id": company.id, "account_id": account.id}
                for company in (self.company, self.other_company)
            ]
        )
        accountant = self.make_user("ke_toan", "analytic.group_analytic_accounting")
        costs = self.env["kpi.analytic.cost"].with_user(accountant).search([("account_id", "=", account.id)])
        self.assertEqual(costs.line_id, lines[0])
        self.assertEqual(costs.action_open_line()["res_id"], lines[0].id)
        with self.assertRaises(AccessError):
            costs.with_user(self.officer).read(["amount"])
