from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .account_case import MARCH_DAYS, AverageContract
from .copies import CopyCase, copy_entry

CREATED = datetime(2026, 2, 20, 3, 30)


class PostingCase(CopyCase):
    """Journal entries of March, and the log of what became of them."""

    row_model = "kpi.entry.posting"

    @classmethod
    def make_original(cls, person, day, amount, company):
        return cls.make_entry(person, day, "expense", "bank", 100, company)

    def copy_original(self, person, day, amount):
        return super().copy_original(person, day, 1)

    def logged(self, move):
        """The entry with its changes logged from here on, as for users."""
        self.env.cr.precommit.run()
        return move.with_context(tracking_disable=False, mail_notrack=False)

    def log(self, move, old, new, moment):
        """Log a change of state at a moment, in words of the language used."""
        field = self.env["ir.model.fields"]._get("account.move", "state")
        self.env["mail.message"].create(
            {
                "model": "account.move",
                "res_id": move.id,
                "date": moment,
                "tracking_value_ids": [
                    Command.create({"field_id": field.id, "old_value_char": old, "new_value_char": new})
                ],
            }
        )

    def reset_and_post_again(self, move):
        """Back to draft and posted again, each in a transaction of its own."""
        move = self.logged(move)
        for change in (move.button_draft, move.action_post):
            change()
            self.env.flush_all()
            self.env.cr.precommit.run()


@tagged("post_install", "-at_install")
class TestEntriesPosted(CreditContract, PostingCase):
    measure_code = "entries_posted"
    plain_sql = f"""
        SELECT COUNT(*) FROM account_move
         WHERE posted_before AND company_id = %(company)s AND date {MARCH_DAYS}
           AND (%(people)s IS NULL OR create_uid = ANY(%(people)s))
    """

    def exclude(self, record):
        """A wrong entry that is deleted leaves nothing."""
        record.move_id.button_draft()
        record.move_id.with_context(force_delete=True).unlink()

    def test_drafts_that_never_were_posted_do_not_count_those_reset_do(self):
        self.make_entry(self.lan, "2026-03-10", "expense", "bank", 100, post=False)
        self.make_entry(self.lan, "2026-03-10", "expense", "bank", 100).button_draft()
        self.make_entry(self.lan, "2026-03-10", "expense", "bank", 100).button_cancel()
        self.assertEqual(self.figure(self.lan), 2)


@tagged("post_install", "-at_install")
class TestEntriesReversed(CreditContract, PostingCase):
    measure_code = "entries_reversed"
    plain_sql = f"""
        SELECT COUNT(DISTINCT entry.id)
          FROM account_move entry
          JOIN account_move reversal ON reversal.reversed_entry_id = entry.id
         WHERE reversal.state = 'posted' AND entry.company_id = %(company)s AND entry.date {MARCH_DAYS}
           AND (%(people)s IS NULL OR entry.create_uid = ANY(%(people)s))
    """

    @classmethod
    def make_original(cls, person, day, amount, company):
        entry = super().make_original(person, day, amount, company)
        entry._reverse_moves([{"date": "2026-04-02"}], cancel=True)
        return entry

    def copy_original(self, person, day, amount):
        entry = super().copy_original(person, day, amount)
        copy_entry(self.original.reversal_move_ids, reversed_entry_id=str(entry.id))
        return entry

    def exclude(self, record):
        """The reversal itself is taken back."""
        record.move_id.reversal_move_ids.button_draft()

    def test_an_entry_reset_to_draft_or_cancelled_was_an_error(self):
        self.make_entry(self.lan, "2026-03-10", "expense", "bank", 100).button_draft()
        self.make_entry(self.lan, "2026-03-10", "expense", "bank", 100).button_cancel()
        self.make_entry(self.lan, "2026-03-10", "expense", "bank", 100)
        self.assertEqual(self.figure(self.lan), 2)

    def test_an_entry_that_was_reset_and_posted_again_was_an_error(self):
        entry = self.make_entry(self.lan, "2026-03-10", "expense", "bank", 100)
        self.reset_and_post_again(entry)
        self.assertEqual(entry.state, "posted")
        self.assertEqual(self.row(entry).outcome, "reset")
        self.assertEqual(self.figure(self.lan), 1)

    def test_a_reset_is_known_in_every_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        state = self.env.ref("account.selection__account_move__state__posted")
        state.with_context(lang="vi_VN").name = "Đã vào sổ"
        entry = self.make_entry(self.lan, "2026-03-10", "expense", "bank", 100)
        self.reset_and_post_again(entry.with_context(lang="vi_VN"))
        self.assertIn("Đã vào sổ", entry.message_ids.tracking_value_ids.mapped("old_value_char"))
        self.assertEqual(self.figure(self.lan), 1)

    def test_a_draft_that_was_cancelled_before_it_was_posted_was_none(self):
        entry = self.make_entry(self.lan, "2026-03-10", "expense", "bank", 100, post=False)
        moment = datetime(2026, 3, 10, 2)
        for old, new in (("Draft", "Cancelled"), ("Cancelled", "Draft"), ("Draft", "Posted")):
            self.log(entry, old, new, moment)
        entry.action_post()
        self.assertEqual(self.figure(self.lan), 0)

    def test_the_error_rate_opens_the_errors(self):
        wrong = self.make_entry(self.lan, "2026-03-10", "expense", "bank", 100)
        wrong._reverse_moves([{"date": "2026-04-02"}], cancel=True)
        for day in (11, 12, 13):
            self.make_entry(self.lan, f"2026-03-{day}", "expense", "bank", 100)
        card = self.make_card(self.lan, [("ACC_ENTRY_ERROR_RATE", 100, 2)])
        card.action_compute()
        self.assertEqual(card.line_ids.actual, 25)
        self.assertIn(self.row(wrong), self.opened(card.line_ids))


@tagged("post_install", "-at_install")
class TestInvoiceProcessingDays(AverageContract, CreditContract, PostingCase):
    measure_code = "invoice_processing_days"
    plain_sql = f"""
        SELECT AVG(EXTRACT(EPOCH FROM message.date - invoice.create_date) / 86400)
          FROM account_move invoice
          JOIN mail_message message ON message.model = 'account.move' AND message.res_id = invoice.id
          JOIN mail_tracking_value tracking ON tracking.mail_message_id = message.id
         WHERE tracking.new_value_char = 'Posted' AND invoice.state = 'posted'
           AND invoice.company_id = %(company)s AND invoice.date {MARCH_DAYS}
           AND (%(people)s IS NULL OR invoice.create_uid = ANY(%(people)s))
    """

    @classmethod
    def make_original(cls, person, day, amount, company):
        return cls.make_invoice(person, day, 100, company)

    def make_counted(self, person, moment, amount=1, company=None):
        record = super().make_counted(person, moment, amount, company)
        self.created(record.move_id)
        self.log(record.move_id, "Draft", "Posted", CREATED + timedelta(days=amount))
        return record

    def created(self, invoice):
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_move SET create_date = %s WHERE id = %s", [CREATED, invoice.id])
        invoice.invalidate_recordset()

    def exclude(self, record):
        record.move_id.button_draft()

    def test_hours_are_parts_of_a_day_and_the_first_posting_counts(self):
        invoice = self.make_invoice(self.lan, "2026-03-10", 100)
        self.created(invoice)
        for hours in (36, 72):
            self.log(invoice, "Draft", "Posted", CREATED + timedelta(hours=hours))
        self.assertEqual(self.figure(self.lan), 1.5)

    def test_an_invoice_posted_as_it_was_created_took_no_time(self):
        self.make_invoice(self.lan, "2026-03-10", 100)
        self.assertEqual(self.figures(self.lan), {self.lan.id: 0})

    def test_odoos_own_log_says_when_an_invoice_was_posted(self):
        invoice = self.make_invoice(self.lan, "2026-03-10", 100)
        invoice.button_draft()
        self.created(invoice)
        invoice = self.logged(invoice)
        invoice.action_post()
        self.env.flush_all()
        self.env.cr.precommit.run()
        # Created on 20 February 03:30, posted on the morning of 2 April 02:00, when these tests take place.
        self.assertEqual(self.row(invoice).posted_at, datetime(2026, 4, 2, 2))
        self.assertAlmostEqual(self.figure(self.lan), 41 - 1.5 / 24, 6)

    def test_an_invoice_reset_after_it_was_posted_at_once_took_no_time_the_first_time(self):
        invoice = self.make_invoice(self.lan, "2026-03-10", 100)
        self.created(invoice)
        for old, new, days in (("Posted", "Draft", 3), ("Draft", "Posted", 4)):
            self.log(invoice, old, new, CREATED + timedelta(days=days))
        self.assertEqual(self.figures(self.lan), {self.lan.id: 0})

    def test_other_journal_entries_are_left_out(self):
        self.make_entry(self.lan, "2026-03-10", "expense", "bank", 100)
        self.assertEqual(self.figures(self.company), {})
