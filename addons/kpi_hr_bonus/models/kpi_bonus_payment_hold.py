"""What a payroll inside Odoo uses: find what is due, lock it, hold it, mark it as paid and free it again."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from odoo.addons.kpi_management.models.guard import trusted


class KpiBonusStatement(models.Model):
    # Apart from kpi_bonus_payment.py: that is for callers from outside, who are checked; this is for the suite's own.
    _inherit = "kpi.bonus.statement"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _payment_due_domain(self, employee_ids=None, date_from=None, date_to=None, reference=None):
        """Which statements are due: approved, to be paid on these days, reserved by nobody else.

        :param employee_ids: None: everybody's; an empty list: nobody's
        """
        domain = Domain("state", "=", "approved")
        domain &= Domain("payment_reference", "in", [False, reference] if reference else [False])
        if employee_ids is not None:
            domain &= Domain("employee_id", "in", list(employee_ids))
        if date_from:
            domain &= Domain("pay_date", ">=", date_from)
        if date_to:
            domain &= Domain("pay_date", "<=", date_to)
        return domain

    def _payment_lock(self):
        """Wait for other transactions that have these statements in hand.

        When one of them changed a row, PostgreSQL refuses this transaction and Odoo runs the request again: so of two
        payments at the same moment only one gets a statement.
        """
        if self:
            self.flush_recordset()
            self.env.execute_query(
                SQL("SELECT id FROM kpi_bonus_statement WHERE id IN %s ORDER BY id FOR NO KEY UPDATE", self._ids)
            )

    def _payment_reserve(self, reference, **link):
        """Reserve these approved statements; the caller has locked and checked them.

        :param link: further fields of the payroll's own, e.g. its pay slip
        """
        self._payment_records().write({"payment_reference": reference, **link})

    def _payment_confirm(self, payments, message=None):
        """Mark these approved statements as paid; the caller has locked and checked them.

        :param dict payments: {statement: (date, reference)}
        :param message: function from a statement to the note it gets
        """
        for statement in self._payment_records():
            day, reference = payments[statement]
            statement.write({"state": "paid", "paid_date": day, "payment_reference": reference})
        self._payment_log(message or self._payment_paid_note)

    def _payment_undo(self):
        """Not paid after all, but still reserved for the same payment."""
        self._payment_records().write({"state": "approved", "paid_date": False})

    def _payment_release(self, message=None, **link):
        """Free these statements for another payment.

        :param message: function from a statement to the note it gets, which may be empty
        :param link: further fields of the payroll's own
        """
        if message:
            self._payment_log(message)
        self._payment_records().write({"state": "approved", "paid_date": False, "payment_reference": False, **link})

    def _payment_held_message(self):
        """Hook: why this statement must neither change nor go to another payment; empty when no payment has it."""
        self.ensure_one()
        if not self.payment_reference:
            return ""
        return self.env._(
            "%(statement)s is reserved for payment %(reference)s. Take it back from that payment first.",
            statement=self.display_name,
            reference=self.payment_reference,
        )

    def _payment_is_internal(self):
        """Hook: whether a payroll inside Odoo holds this statement, so that nobody pays or frees it past that."""
        self.ensure_one()
        return False

    # ------------------------------------------------ what is held is fixed

    def _check_cancellable(self):
        """Extend: what a payment has reserved is about to be paid."""
        result = super()._check_cancellable()
        if held := self.sudo()._payment_held_message():
            raise UserError(held)
        return result

    def _check_open_fields(self, vals):
        """Extend: the pay date stays given, and is fixed while a payment has the statement."""
        result = super()._check_open_fields(vals)
        if "pay_date" in vals:
            if not vals["pay_date"]:
                raise UserError(self.env._("A bonus without a pay date would never be paid. Choose the day."))
            for statement in self.sudo():
                if held := statement._payment_held_message():
                    raise UserError(held)
        return result

    # ---------------------------------------------------------------- notes

    def _payment_records(self):
        # Each change gets a note of its own, so tracking has nothing to add.
        return trusted(self).with_context(tracking_disable=True)

    def _payment_paid_note(self, statement):
        return self.env._(
            "Paid on %(date)s by %(reference)s.",
            date=format_date(self.env, statement.paid_date),
            reference=statement.payment_reference,
        )

    def _payment_log(self, message):
        """Leave a note on each statement, all in one go."""
        bodies = {statement.id: text for statement in self if (text := message(statement))}
        if bodies:
            statements = self._payment_records().browse(bodies)
            statements._message_log_batch(bodies=bodies, author_id=self.env.user.partner_id.id)
