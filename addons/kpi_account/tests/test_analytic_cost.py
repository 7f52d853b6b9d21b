from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .analytic_case import AnalyticCase


@tagged("post_install", "-at_install")
class TestAnalyticCost(CreditContract, AnalyticCase):
    def test_a_line_in_several_plans_counts_once_for_each_of_its_accounts(self):
        project = self.make_analytic_account("Website", self.project_plan)
        self.make_line(self.an.user_id, "2026-03-10", 100, project, self.digital)
        self.make_line(self.an.user_id, "2026-03-10", 30, project)
        self.make_line(self.an.user_id, "2026-03-10", 7, project, self.other)
        for account, cost in ((self.digital, 100), (project, 137), (self.other, 7)):
            self.chosen = account
            self.assertEqual(self.figure(self.company), cost, account.name)
            self.assertEqual(self.plain_total(), cost, account.name)

    def test_accounts_of_a_plan_below_another_lie_in_the_column_of_that_one(self):
        below = self.env["account.analytic.plan"].create({"name": "Pilots", "parent_id": self.plan.id})
        self.chosen = self.make_analytic_account("Pilot", below)
        self.make_line(self.an.user_id, "2026-03-10", 100, self.chosen)
        self.assertEqual(self.figure(self.company), 100)

    def test_a_posted_bill_costs_what_its_distribution_says_and_a_credit_note_gives_back(self):
        half = {str(self.digital.id): 50}
        for move_type, amount in (("in_invoice", 200), ("in_refund", 40)):
            bill = self.make_invoice(self.lan, "2026-03-10", amount, move_type=move_type, account="expense")
            bill.button_draft()
            bill.invoice_line_ids.analytic_distribution = half
            bill.action_post()
        self.assertEqual(self.figure(self.company), 80)  # half of 200 − 40
        bill.button_draft()
        self.assertEqual(self.figure(self.company), 100)

    def test_revenue_on_the_account_does_not_lower_its_cost(self):
        self.make_line(self.an.user_id, "2026-03-10", 100, self.digital)
        invoice = self.make_invoice(self.an, "2026-03-10", 500)
        invoice.button_draft()
        invoice.invoice_line_ids.analytic_distribution = {str(self.digital.id): 100}
        invoice.action_post()
        self.assertEqual(invoice.invoice_line_ids.analytic_line_ids.amount, 500)
        self.assertEqual(self.figure(self.company), 100)

    def test_one_kpi_stands_on_a_scorecard_once_for_each_account(self):
        for account, amount in ((self.digital, 100), (self.other, 30)):
            self.make_line(self.an.user_id, "2026-03-10", amount, account)
        lines = [
            ("OPS_DIGITAL_COST", 50, 100, {"parameter_value_ids": [Command.create(self.choice(account))]})
            for account in (self.digital, self.other)
        ]
        card = self.make_card(self.company, lines)
        card.action_compute()
        self.assertEqual(card.line_ids.mapped("actual"), [100, 30])

    def choice(self, account):
        return {"parameter_id": self.parameter.id, "value_ref": f"account.analytic.account,{account.id}"}


@tagged("post_install", "-at_install")
class TestPaymentProcessingCost(CreditContract, AnalyticCase):
    measure_code = "payment_processing_cost"

    def test_the_cost_of_a_payment_voucher(self):
        for day in (10, 11, 12, 13):
            self.make_payment(self.lan, f"2026-03-{day}", 1000, payment_type="outbound").action_post()
        self.make_line(self.lan.user_id, "2026-03-31", 50, self.digital)
        definition = self.kpi("ACC_COST_PER_PAYMENT")
        self.choose(definition)
        card = self.make_card(self.company, [("ACC_COST_PER_PAYMENT", 100, 10)])
        card.action_compute()
        self.assertEqual(card.line_ids.actual, 12.5)
