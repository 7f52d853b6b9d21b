from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .account_case import MARCH_DAYS, AccountCase


@tagged("post_install", "-at_install")
class TestPaymentsMade(CreditContract, AccountCase):
    measure_code = "payments_made"
    plain_sql = f"""
        SELECT COUNT(*)
          FROM account_payment payment
          JOIN account_move entry ON entry.id = payment.move_id
         WHERE payment.payment_type = 'outbound' AND entry.state = 'posted' AND payment.company_id = %(company)s
           AND payment.date {MARCH_DAYS} AND (%(people)s IS NULL OR payment.create_uid = ANY(%(people)s))
    """

    def make_counted(self, person, moment, amount=1, company=None):
        payment = self.make_payment(person, self.day(moment), 100, company, payment_type="outbound")
        payment.action_post()
        return payment.with_env(self.env)

    def exclude(self, record):
        record.action_cancel()

    def test_drafts_rejected_and_incoming_payments_do_not_count(self):
        self.make_payment(self.lan, "2026-03-10", 100, payment_type="outbound")
        self.count(self.lan, "2026-03-10 09:00:00").action_reject()
        self.count(self.lan, "2026-03-10 09:00:00").action_draft()
        self.make_payment(self.lan, "2026-03-10", 100).action_post()
        self.assertEqual(self.figure(self.company), 0)
