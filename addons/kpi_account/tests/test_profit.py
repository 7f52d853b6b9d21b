from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .account_case import MARCH_DAYS, AccountCase
from .copies import CopyCase


class ProfitCase(CopyCase):
    """Posted items of one kind of accounts."""

    row_model = "kpi.profit.item"
    sums = True

    def exclude(self, record):
        record.move_id.button_draft()


@tagged("post_install", "-at_install")
class TestInvoicedRevenue(CreditContract, ProfitCase):
    measure_code = "invoiced_revenue"
    plain_sql = f"""
        SELECT SUM(amount_untaxed_signed) FROM account_move
         WHERE state = 'posted' AND move_type IN ('out_invoice', 'out_refund') AND company_id = %(company)s
           AND date {MARCH_DAYS} AND (%(people)s IS NULL OR invoice_user_id = ANY(%(people)s))
    """

    @classmethod
    def make_original(cls, person, day, amount, company):
        return cls.make_invoice(person, day, amount, company)

    def test_a_credit_note_is_negative(self):
        self.make_invoice(self.an, "2026-03-01", 100)
        self.make_invoice(self.an, "2026-03-10", 30, move_type="out_refund")
        self.assertEqual(self.figure(self.an), 70)
        self.assertEqual(self.plain_total(), 70)

    def test_a_draft_is_no_revenue_and_other_income_is(self):
        self.make_entry(self.an, "2026-03-10", "bank", "income", 100, post=False)
        self.make_entry(self.an, "2026-03-10", "bank", "other_income", 7)
        self.make_entry(self.an, "2026-03-10", "expense", "bank", 11)
        self.assertEqual(self.figure(self.company), 7)

    def test_an_invoice_credits_its_salesperson_and_an_entry_its_author(self):
        invoice = self.make_invoice(self.lan, "2026-03-10", 100)
        invoice.invoice_user_id = self.an.user_id
        self.make_entry(self.lan, "2026-03-10", "bank", "income", 7)
        self.assertEqual(self.figures(self.an | self.lan), {self.an.id: 100, self.lan.id: 7})

    def test_invoices_in_dollars_count_at_the_rate_of_their_own_day(self):
        self.set_dollar_rates()
        self.make_invoice(self.an, "2026-03-05", 100, currency_id=self.dollar.id)
        self.make_invoice(self.an, "2026-03-20", 100, currency_id=self.dollar.id)
        self.assertEqual(self.figure(self.an), 4_500_000)  # 100 × 25,000 + 100 × 20,000
        self.assertEqual(self.plain_total(), 4_500_000)

    def test_taxes_are_no_revenue(self):
        env = self.books_of(self.an, "account.tax").env
        country = self.company.account_fiscal_country_id or env.ref("base.vn")
        self.company.account_fiscal_country_id = country
        group = env["account.tax.group"].create(
            {"name": "VAT", "company_id": self.company.id, "country_id": country.id}
        )
        tax = env["account.tax"].create(
            {"name": "VAT", "amount": 10, "tax_group_id": group.id, "company_id": self.company.id}
        )
        tax.invoice_repartition_line_ids.account_id = self.account("clearing")
        invoice = self.make_invoice(self.an, "2026-03-10", 100)
        invoice.button_draft()
        invoice.invoice_line_ids.tax_ids = tax
        invoice.action_post()
        self.assertEqual(invoice.amount_total, 110)
        self.assertEqual(self.figure(self.an), 100)


@tagged("post_install", "-at_install")
class TestCostOfRevenue(CreditContract, ProfitCase):
    measure_code = "cost_of_revenue"
    plain_sql = f"""
        SELECT SUM(line.debit - line.credit)
          FROM account_move_line line
          JOIN account_account account ON account.id = line.account_id
         WHERE line.parent_state = 'posted' AND account.account_type = 'expense_direct_cost'
           AND line.company_id = %(company)s AND line.date {MARCH_DAYS}
           AND (%(people)s IS NULL OR line.create_uid = ANY(%(people)s))
    """

    @classmethod
    def make_original(cls, person, day, amount, company):
        return cls.make_invoice(person, day, amount, company, move_type="in_invoice", account="cost")

    def test_a_vendors_credit_note_lowers_it_and_other_expenses_are_none(self):
        self.make_entry(self.lan, "2026-03-05", "cost", "bank", 100)
        self.make_invoice(self.lan, "2026-03-10", 30, move_type="in_refund", account="cost")
        self.make_entry(self.lan, "2026-03-05", "expense", "bank", 11)
        self.assertEqual(self.figure(self.company), 70)


@tagged("post_install", "-at_install")
class TestOperatingCost(CreditContract, ProfitCase):
    measure_code = "operating_cost"
    plain_sql = TestCostOfRevenue.plain_sql.replace(
        "= 'expense_direct_cost'", "IN ('expense', 'expense_other', 'expense_depreciation')"
    )

    @classmethod
    def make_original(cls, person, day, amount, company):
        return cls.make_entry(person, day, "expense", "bank", amount, company)

    def test_every_expense_but_the_cost_of_revenue_is_operating_cost(self):
        for account, amount in (("expense", 1), ("other_expense", 2), ("depreciation", 4), ("cost", 8)):
            self.make_entry(self.lan, "2026-03-05", account, "bank", amount)
        self.make_entry(self.lan, "2026-03-05", "bank", "income", 16)
        self.assertEqual(self.figure(self.company), 7)


@tagged("post_install", "-at_install")
class TestProfit(AccountCase):
    """The KPIs made of revenue and costs."""

    def test_margin_and_profit_of_a_month(self):
        self.make_invoice(self.an, "2026-03-10", 1000)
        self.make_invoice(self.an, "2026-03-11", 200, move_type="out_refund")
        self.make_entry(self.lan, "2026-03-12", "cost", "bank", 600)
        self.make_entry(self.lan, "2026-03-13", "expense", "bank", 50)
        codes = ("ACC_REVENUE", "ACC_GROSS_MARGIN", "ACC_OPERATING_COST", "ACC_PROFIT")
        card = self.make_card(self.company, [(code, 25, 100) for code in codes])
        card.action_compute()
        actuals = {code: self.line(card, code).actual for code in codes}
        # 1000 − 200; (800 − 600) of 800; 50; 800 − 600 − 50
        self.assertEqual(
            actuals, {"ACC_REVENUE": 800, "ACC_GROSS_MARGIN": 25, "ACC_OPERATING_COST": 50, "ACC_PROFIT": 150}
        )
        profit = self.opened(self.line(card, "ACC_PROFIT"))
        self.assertEqual(sorted(profit.mapped("amount")), [-200, 50, 600, 1000])

    def test_a_margin_without_revenue_is_no_data(self):
        self.make_entry(self.lan, "2026-03-12", "cost", "bank", 600)
        card = self.make_card(self.company, [("ACC_GROSS_MARGIN", 100, 30)])
        card.action_compute()
        self.assertEqual(card.line_ids.result, "no_data")
