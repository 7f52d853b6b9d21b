from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .account_case import MARCH_DAYS
from .copies import CopyCase, copy_reconciled


@tagged("post_install", "-at_install")
class TestCashCollected(CreditContract, CopyCase):
    """Money that came in for invoices, credited to their salespeople on the day of reconciliation."""

    measure_code = "cash_collected"
    row_model = "kpi.invoice.payment"
    sums = True
    plain_sql = f"""
        SELECT SUM(reconciliation.amount)
          FROM account_move_line money
          JOIN account_journal journal ON journal.id = money.journal_id AND journal.type = 'bank'
          JOIN account_partial_reconcile reconciliation ON reconciliation.credit_move_id = money.id
          JOIN account_move_line owed ON owed.id = reconciliation.debit_move_id
          JOIN account_move invoice ON invoice.id = owed.move_id
         WHERE invoice.move_type = 'out_invoice' AND invoice.company_id = %(company)s
           AND reconciliation.max_date {MARCH_DAYS}
           AND (%(people)s IS NULL OR invoice.invoice_user_id = ANY(%(people)s))
    """

    @classmethod
    def make_original(cls, person, day, amount, company):
        invoice = cls.make_invoice(person, "2026-02-01", amount, company)
        cls.pay(invoice, day)
        return invoice

    def copy_original(self, person, day, amount):
        return copy_reconciled(self.original, day, amount, **self.by(person))

    def exclude(self, record):
        self.undo_payment(record)

    def test_an_invoice_paid_in_parts_counts_each_on_its_own_day(self):
        invoice = self.make_invoice(self.an, "2026-02-01", 100)
        self.pay(invoice, "2026-02-28", 50)
        self.pay(invoice, "2026-03-01", 30)
        self.pay(invoice, "2026-04-01", 20)
        self.assertEqual(self.figure(self.an), 30)

    def test_a_payment_made_before_the_invoice_counts_on_the_day_of_the_invoice(self):
        payment = self.make_payment(self.an, "2026-02-20", 100)
        payment.action_post()
        self.assertEqual(self.figure(self.company), 0)
        self.match(self.make_invoice(self.an, "2026-03-10", 100), payment.move_id)
        self.assertEqual(self.figure(self.an), 100)

    def test_a_payment_over_several_salespeople_is_shared_by_their_invoices(self):
        by_an = self.make_invoice(self.an, "2026-03-01", 100)
        by_chi = self.make_invoice(self.chi, "2026-03-02", 100)
        payment = self.make_payment(self.lan, "2026-03-10", 160)
        payment.action_post()
        self.match(by_an, by_chi, payment.move_id)
        self.assertEqual(self.figures(self.an | self.chi), {self.an.id: 100, self.chi.id: 60})

    def test_a_credit_note_settles_an_invoice_but_brings_no_cash(self):
        invoice = self.make_invoice(self.an, "2026-03-01", 100)
        refund = self.make_invoice(self.an, "2026-03-10", 40, move_type="out_refund")
        self.match(invoice, refund)
        self.pay(invoice, "2026-03-20")
        self.assertEqual(self.figure(self.an), 60)

    def test_money_paid_back_on_a_credit_note_is_negative(self):
        invoice = self.make_invoice(self.an, "2026-02-01", 100)
        self.pay(invoice, "2026-02-10")
        refund = self.make_invoice(self.an, "2026-03-05", 40, move_type="out_refund")
        self.pay(refund, "2026-03-10")
        self.assertEqual(self.figure(self.an), -40)
        self.assertEqual(self.row(refund).amount, -40)
        self.assertEqual(self.opened(self.computed_line(self.an)), self.row(refund))

    def test_a_payment_reversed_reset_or_cancelled_counts_no_more(self):
        undone = {
            "reversed": lambda payment: payment.move_id._reverse_moves([{"date": "2026-03-20"}], cancel=True),
            "reset": lambda payment: payment.action_draft(),
            "cancelled": lambda payment: payment.action_cancel(),
        }
        for name, undo in undone.items():
            invoice = self.make_invoice(self.an, "2026-03-01", 100)
            payment = self.pay(invoice, "2026-03-10")
            self.assertEqual(self.figure(self.an), 100, name)
            undo(payment)
            self.assertEqual(self.figure(self.an), 0, name)

    def test_an_invoice_back_in_draft_counts_no_more(self):
        record = self.count(self.an, "2026-03-10 09:00:00", 100)
        record.move_id.button_draft()
        self.assertEqual(self.figure(self.an), 0)

    def test_what_a_customer_settles_against_other_entries_is_no_cash(self):
        invoice = self.make_invoice(self.an, "2026-03-01", 100)
        self.match(invoice, self.make_entry(self.lan, "2026-03-10", "expense", "receivable", 100))
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(self.figure(self.an), 0)

    def test_money_paid_to_vendors_is_not_collected(self):
        self.pay(self.make_invoice(self.an, "2026-03-01", 100, move_type="in_invoice", account="expense"), "2026-03-10")
        self.assertEqual(self.figure(self.company), 0)

    def test_a_line_of_a_bank_statement_counts_without_a_payment(self):
        invoice = self.make_invoice(self.an, "2026-02-01", 100)
        entry = self.make_entry(self.lan, "2026-03-10", "bank", "receivable", 100, post=False)
        entry.journal_id = self.journal("bank")
        entry.action_post()
        self.match(invoice, entry)
        self.assertEqual(self.figure(self.an), 100)

    def test_invoices_in_dollars_count_as_reconciled_in_the_companys_currency(self):
        self.set_dollar_rates()
        dollars = {"currency_id": self.dollar.id}
        self.pay(self.make_invoice(self.an, "2026-02-01", 100, **dollars), "2026-03-05")
        self.pay(self.make_invoice(self.an, "2026-02-01", 100, **dollars), "2026-03-20")
        # Both invoices are worth 100 × 25,000. The first is paid at that rate, the second at 20,000: the difference
        # is a loss of exchange, which no customer paid.
        self.assertEqual(self.figure(self.an), 4_500_000)
        self.assertEqual(self.plain_total(), 4_500_000)
