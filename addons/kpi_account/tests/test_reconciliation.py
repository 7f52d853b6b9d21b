from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .account_case import MARCH_DAYS
from .copies import CopyCase, copy_reconciled, on


class ReconciliationCase(CopyCase):
    """Items on accounts that allow reconciliation."""

    plain_sql = f"""
        SELECT COUNT(*)
          FROM account_move_line line
          JOIN account_account account ON account.id = line.account_id
         WHERE line.parent_state = 'posted' AND account.reconcile AND line.company_id = %(company)s
           AND line.date {MARCH_DAYS} AND (%(people)s IS NULL OR line.create_uid = ANY(%(people)s))
    """

    @classmethod
    def make_original(cls, person, day, amount, company):
        return cls.make_entry(person, day, "clearing", "bank", 100, company)

    def row(self, move):
        return move.line_ids.filtered("account_id.reconcile").with_env(self.env)

    @classmethod
    def settle(cls, entry, amount=100):
        """Reconcile the item of an entry with one of April."""
        other = cls.make_entry(cls.env["hr.employee"], "2026-04-02", "bank", "clearing", amount, entry.company_id)
        (entry | other).line_ids.filtered("account_id.reconcile").with_env(other.env).reconcile()
        return entry


@tagged("post_install", "-at_install")
class TestLinesToReconcile(CreditContract, ReconciliationCase):
    measure_code = "lines_to_reconcile"

    def exclude(self, record):
        record.move_id.button_draft()

    def test_items_on_other_accounts_do_not_count(self):
        self.make_entry(self.lan, "2026-03-10", "expense", "bank", 100)
        self.assertEqual(self.figure(self.company), 0)


@tagged("post_install", "-at_install")
class TestLinesReconciled(CreditContract, ReconciliationCase):
    measure_code = "lines_reconciled"
    plain_sql = (
        ReconciliationCase.plain_sql
        + " AND EXISTS (SELECT 1 FROM account_partial_reconcile WHERE debit_move_id = line.id)"
    )

    @classmethod
    def make_original(cls, person, day, amount, company):
        return cls.settle(super().make_original(person, day, amount, company))

    def copy_original(self, person, day, amount):
        return copy_reconciled(self.original, "2026-04-02", other={}, **on(day), **self.by(person))

    def exclude(self, record):
        record.remove_move_reconcile()

    def test_what_is_reconciled_in_part_is_still_open(self):
        self.settle(self.make_entry(self.lan, "2026-03-10", "clearing", "bank", 100), 60)
        self.assertEqual(self.figure(self.company), 0)

    def test_the_rate_is_of_all_items_of_the_month(self):
        self.count(self.lan, "2026-03-10 09:00:00")
        for _number in range(3):
            self.make_entry(self.lan, "2026-03-11", "clearing", "bank", 100)
        card = self.make_card(self.lan, [("ACC_RECONCILED_RATE", 100, 100)])
        card.action_compute()
        self.assertEqual(card.line_ids.actual, 25)
