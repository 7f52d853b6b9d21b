from datetime import date, timedelta

from odoo.fields import Command, Date
from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .account_case import MARCH_DAYS, AverageContract
from .copies import CopyCase, copy_reconciled


class SettlementCase(CopyCase):
    """Documents that were fully paid in March."""

    row_model = "kpi.invoice.settlement"

    def exclude(self, record):
        self.undo_payment(record)


@tagged("post_install", "-at_install")
class TestDaysToPayment(AverageContract, CreditContract, SettlementCase):
    measure_code = "days_to_payment"
    plain_sql = f"""
        SELECT AVG(paid_on - invoice_date)
          FROM (
                SELECT invoice.id, invoice.invoice_date, MAX(reconciliation.max_date) AS paid_on
                  FROM account_move invoice
                  JOIN account_move_line line ON line.move_id = invoice.id
                  JOIN account_partial_reconcile reconciliation ON reconciliation.debit_move_id = line.id
                 WHERE invoice.move_type = 'out_invoice' AND invoice.payment_state = 'paid'
                   AND invoice.company_id = %(company)s
                   AND (%(people)s IS NULL OR invoice.invoice_user_id = ANY(%(people)s))
                 GROUP BY invoice.id
          ) paid
         WHERE paid_on {MARCH_DAYS}
    """

    @classmethod
    def make_original(cls, person, day, amount, company):
        invoice = cls.make_invoice(person, Date.subtract(Date.to_date(day), days=amount), 100, company)
        cls.pay(invoice, day)
        return invoice

    def copy_original(self, person, day, amount):
        invoice_date = {"invoice_date": f"'{day - timedelta(days=amount)}'"}
        return copy_reconciled(self.original, day, **invoice_date, **self.by(person))

    def test_the_last_of_several_payments_is_the_full_one(self):
        invoice = self.make_invoice(self.an, "2026-02-10", 100)
        self.pay(invoice, "2026-03-20", 40)
        self.assertEqual(self.figures(self.an), {})
        self.pay(invoice, "2026-03-02", 60)  # entered later, but paid before
        self.assertEqual(self.figure(self.an), 38)  # 10 February to 20 March
        self.assertEqual(self.row(invoice).date, date(2026, 3, 20))

    def test_a_payment_of_april_settles_nothing_in_march(self):
        invoice = self.make_invoice(self.an, "2026-02-10", 100)
        self.pay(invoice, "2026-03-20", 40)
        self.pay(invoice, "2026-04-01")
        self.assertEqual(self.figures(self.company), {})

    def test_several_instalments_count_as_one_invoice(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half now, half later",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": days}) for days in (0, 30)
                ],
            }
        )
        invoice = self.make_invoice(self.an, "2026-03-01", 100, invoice_payment_term_id=term.id)
        self.pay(invoice, "2026-03-11")
        self.assertEqual(len(self.row(invoice)), 1)
        self.assertEqual(self.figure(self.an), 10)

    def test_what_credit_notes_alone_settle_was_never_paid(self):
        invoice = self.make_invoice(self.an, "2026-03-01", 100)
        self.match(invoice, self.make_invoice(self.an, "2026-03-10", 100, move_type="out_refund"))
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertEqual(self.figures(self.company), {})

    def test_vendor_bills_and_drafts_are_left_out(self):
        self.pay(self.make_invoice(self.an, "2026-03-01", 100, move_type="in_invoice", account="expense"), "2026-03-10")
        self.count(self.an, "2026-03-11 09:00:00", 5).move_id.button_draft()
        self.assertEqual(self.figures(self.company), {})


class BillCase(SettlementCase):
    plain_sql = f"""
        SELECT COUNT(*)
          FROM (
                SELECT bill.id, bill.invoice_date_due, MAX(reconciliation.max_date) AS paid_on
                  FROM account_move bill
                  JOIN account_move_line line ON line.move_id = bill.id
                  JOIN account_partial_reconcile reconciliation ON reconciliation.credit_move_id = line.id
                 WHERE bill.move_type = 'in_invoice' AND bill.payment_state = 'paid' AND bill.company_id = %(company)s
                   AND (%(people)s IS NULL OR bill.create_uid = ANY(%(people)s))
                 GROUP BY bill.id
          ) paid
         WHERE paid_on {MARCH_DAYS}
    """

    @classmethod
    def make_bill(cls, person, due, company=None):
        return cls.make_invoice(
            person, "2026-02-01", 100, company, move_type="in_invoice", account="expense", invoice_date_due=due
        )

    @classmethod
    def make_original(cls, person, day, amount, company):
        bill = cls.make_bill(person, day, company)
        cls.pay(bill, day)
        return bill

    def copy_original(self, person, day, amount):
        return copy_reconciled(self.original, day, invoice_date_due=f"'{day}'", **self.by(person))


@tagged("post_install", "-at_install")
class TestBillsPaid(CreditContract, BillCase):
    measure_code = "bills_paid"

    def test_late_and_early_bills_count_invoices_and_open_bills_do_not(self):
        self.pay(self.make_bill(self.lan, "2026-02-20"), "2026-03-10")
        self.pay(self.make_bill(self.lan, "2026-05-20"), "2026-03-10")
        self.pay(self.make_bill(self.lan, "2026-03-20"), "2026-03-10", 99)
        self.pay(self.make_invoice(self.lan, "2026-03-01", 100), "2026-03-10")
        self.assertEqual(self.figure(self.lan), 2)


@tagged("post_install", "-at_install")
class TestBillsPaidOnTime(CreditContract, BillCase):
    measure_code = "bills_paid_on_time"
    plain_sql = BillCase.plain_sql + " AND paid_on <= invoice_date_due"

    def test_a_bill_is_on_time_up_to_its_due_date(self):
        for due in ("2026-03-09", "2026-03-10", "2026-03-11"):
            self.pay(self.make_bill(self.lan, due), "2026-03-10")
        self.assertEqual(self.figure(self.lan), 2)
        self.assertEqual(self.plain_total(), 2)

    def test_the_rate_opens_the_bills_paid(self):
        late, on_time = self.make_bill(self.lan, "2026-03-09"), self.make_bill(self.lan, "2026-03-10")
        for bill in (late, on_time):
            self.pay(bill, "2026-03-10")
        card = self.make_card(self.company, [("ACC_PAYMENT_ON_TIME", 100, 100)])
        card.action_compute()
        self.assertEqual(card.line_ids.actual, 50)
        self.assertEqual(self.opened(card.line_ids).move_id, late | on_time)
