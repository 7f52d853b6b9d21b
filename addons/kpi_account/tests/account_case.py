from odoo.fields import Command

from odoo.addons.kpi_management.tests.measure_case import MeasureCase

ACCOUNTS = {
    "bank": "asset_cash",
    "receivable": "asset_receivable",
    "payable": "liability_payable",
    "clearing": "asset_current",
    "income": "income",
    "other_income": "income_other",
    "cost": "expense_direct_cost",
    "expense": "expense",
    "other_expense": "expense_other",
    "depreciation": "expense_depreciation",
}
JOURNALS = {"sale": "INV", "purchase": "BILL", "bank": "BNK", "general": "MISC"}
MARCH_DAYS = "BETWEEN '2026-03-01' AND '2026-03-31'"


class AccountCase(MeasureCase):
    """Small books for both companies: a few accounts and journals, no taxes, one customer who is a vendor too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create({"name": "Khách hàng"})
        cls.books = {company: cls._make_books(company) for company in cls.company | cls.other_company}

    @classmethod
    def _make_books(cls, company):
        """(accounts by name, journals by type) of a company."""
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        accounts = cls._make_accounts(env)
        journals = cls._make_journals(env, accounts)
        cls.partner.with_env(env).write(
            {
                "property_account_receivable_id": accounts["receivable"].id,
                "property_account_payable_id": accounts["payable"].id,
            }
        )
        return accounts, journals

    @classmethod
    def _make_accounts(cls, env):
        accounts = env["account.account"].create(
            [
                {
                    "name": name.replace("_", " "),
                    "code": f"{number}00",
                    "account_type": account_type,
                    "reconcile": name in ("receivable", "payable", "clearing"),
                    "company_ids": [Command.set(env.company.ids)],
                }
                for number, (name, account_type) in enumerate(ACCOUNTS.items(), start=100)
            ]
        )
        return dict(zip(ACCOUNTS, accounts, strict=True))

    @classmethod
    def _make_journals(cls, env, accounts):
        defaults = {"sale": "income", "purchase": "expense", "bank": "bank"}
        journals = env["account.journal"].create(
            [
                {
                    "name": code,
                    "code": code,
                    "type": journal_type,
                    "company_id": env.company.id,
                    "default_account_id": journal_type in defaults and accounts[defaults[journal_type]].id,
                }
                for journal_type, code in JOURNALS.items()
            ]
        )
        journals = dict(zip(JOURNALS, journals, strict=True))
        # Payments go straight to the bank account, as in a company without bank statements.
        bank = journals["bank"]
        lines = bank.inbound_payment_method_line_ids | bank.outbound_payment_method_line_ids
        lines.payment_account_id = accounts["bank"]
        return journals

    # ---------------------------------------------------------------- who does it, and where

    @classmethod
    def books_of(cls, person, model_name, company=None):
        """A model as the person works with it, in the company of the person or the one given."""
        company = company or person.company_id
        env = cls.env(user=person.user_id or cls.env.user, su=True)
        return env[model_name].with_context(allowed_company_ids=company.ids)

    @classmethod
    def account(cls, name, company=None):
        return cls.books[company or cls.company][0][name]

    @classmethod
    def journal(cls, journal_type, company=None):
        return cls.books[company or cls.company][1][journal_type]

    # ---------------------------------------------------------------- documents

    @classmethod
    def make_invoice(cls, person, day, amount, company=None, move_type="out_invoice", account="income", **vals):
        """A posted customer or vendor document of one line; the person sells and enters it."""
        moves = cls.books_of(person, "account.move", company)
        account_id = cls.account(account, moves.env.company).id
        line = {"name": "Bàn gỗ", "price_unit": amount, "account_id": account_id, "tax_ids": False}
        invoice = moves.create(
            {
                "move_type": move_type,
                "partner_id": cls.partner.id,
                "invoice_date": day,
                "date": day,
                "invoice_user_id": person.user_id.id if move_type.startswith("out") else False,
                "invoice_line_ids": [Command.create(line)],
                **vals,
            }
        )
        invoice.action_post()
        return invoice

    @classmethod
    def make_entry(cls, person, day, debit, credit, amount, company=None, post=True):
        """A journal entry of two items, between the accounts of these names."""
        moves = cls.books_of(person, "account.move", company)
        company = moves.env.company
        entry = moves.create(
            {
                "date": day,
                "journal_id": cls.journal("general", company).id,
                "line_ids": [
                    Command.create({"account_id": cls.account(debit, company).id, "balance": amount}),
                    Command.create({"account_id": cls.account(credit, company).id, "balance": -amount}),
                ],
            }
        )
        if post:
            entry.action_post()
        return entry

    @classmethod
    def make_payment(cls, person, day, amount, company=None, payment_type="inbound", **vals):
        """A draft payment of a customer (inbound) or to a vendor."""
        payments = cls.books_of(person, "account.payment", company)
        return payments.create(
            {
                "payment_type": payment_type,
                "partner_type": "customer" if payment_type == "inbound" else "supplier",
                "partner_id": cls.partner.id,
                "journal_id": cls.journal("bank", payments.env.company).id,
                "amount": amount,
                "date": day,
                **vals,
            }
        )

    @classmethod
    def pay(cls, invoice, day, amount=None):
        """Pay a document, or as much of it, on that day."""
        outbound = invoice.move_type in ("in_invoice", "out_refund")
        payment = cls.make_payment(
            cls.env["hr.employee"],
            day,
            invoice.amount_residual if amount is None else amount,
            invoice.company_id,
            payment_type="outbound" if outbound else "inbound",
            partner_type="customer" if invoice.is_sale_document() else "supplier",
            currency_id=invoice.currency_id.id,
        )
        payment.action_post()
        cls.match(invoice, payment.move_id)
        return payment

    @classmethod
    def match(cls, *moves):
        """Reconcile the receivables or payables of these entries."""
        lines = cls.env["account.move"].union(*moves).line_ids.with_env(moves[0].env)
        lines.filtered(
            lambda line: line.account_type in ("asset_receivable", "liability_payable") and not line.reconciled
        ).reconcile()

    def undo_payment(self, record):
        """Undo the reconciliation of the document of a counted record."""
        record.move_id.line_ids.remove_move_reconcile()

    def set_dollar_rates(self):
        """25,000 dong to the dollar from January, 20,000 from 20 March."""
        self.dollar = self.env.ref("base.USD")
        self.dollar.active = True
        self.env["res.currency.rate"].create(
            [
                {"currency_id": currency.id, "company_id": self.company.id, "name": day, "rate": rate}
                for currency, day, rate in (
                    (self.company.currency_id, "2026-01-01", 1),
                    (self.dollar, "2026-01-01", 1 / 25_000),
                    (self.dollar, "2026-03-20", 1 / 20_000),
                )
            ]
        )
        self.company.write(
            {
                "currency_exchange_journal_id": self.journal("general").id,
                "income_currency_exchange_account_id": self.account("other_income").id,
                "expense_currency_exchange_account_id": self.account("other_expense").id,
            }
        )


class AverageContract:
    """What differs from the contract where a measure is an average: over nothing it is no data."""

    def worth(self, *amounts):
        return sum(amounts) / len(amounts)

    def test_no_records_are_zero_and_a_ratio_over_nothing_is_no_data(self):
        self.assertEqual(self.figures(self.company), {})
        line = self.computed_line(self.sales)
        self.assertEqual(line.result, "no_data")
        self.assertFalse(line.scorecard_id.has_score)
        self.assertFalse(self.opened(line))
