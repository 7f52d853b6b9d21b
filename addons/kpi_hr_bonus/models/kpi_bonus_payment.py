"""The one interface between approved statements and a payroll, whichever it is: due, reserved, paid, released.

A payroll outside Odoo calls the methods here over JSON-2, or takes and returns a file; one inside Odoo uses those in
``kpi_bonus_payment_hold.py``.
"""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

OFFICER = "kpi_hr_bonus.group_bonus_officer"
PAYER = "kpi_hr_bonus.group_bonus_payer"
#: How many statements an error names.
NAMED = 10


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"

    paid_date = fields.Date(string="Paid on", readonly=True, copy=False)
    payment_reference = fields.Char(
        string="Payment reference",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The pay slip or payment that has this bonus reserved or has paid it.",
    )

    _payable_idx = models.Index("(employee_id, pay_date) WHERE state IN ('approved', 'paid')")
    _paid_once = models.Constraint(
        "CHECK(paid_date IS NULL OR state = 'paid')", "Only a paid bonus statement has a day of payment."
    )
    _payment_of_approved = models.Constraint(
        "CHECK(payment_reference IS NULL OR state IN ('approved', 'paid'))",
        "Only an approved bonus statement is reserved for a payment.",
    )

    # --------------------------------------------------------------- public

    @api.model
    @api.readonly
    def payment_due(self, employee_ids=None, date_from=None, date_to=None, reference=None):
        """The approved bonuses that wait to be paid, in the companies of the call.

        :param list employee_ids: ids of ``hr.employee``, an empty list: nobody; not given: everybody
        :param date_from: first pay date asked for, a date or ``"YYYY-MM-DD"``; none given: from the beginning
        :param date_to: last pay date asked for; none given: without end
        :param str reference: the payment that asks: what it has reserved is due for it, what others have is not
        :return: list of dicts by pay date and employee, see ``_payment_rows``
        :raises AccessError: when the user neither computes nor pays bonuses
        :raises UserError: when a date cannot be read, or the employees are no list of ids
        """
        self._check_payer()
        if employee_ids is not None and not (
            isinstance(employee_ids, list | tuple) and all(isinstance(number, int) for number in employee_ids)
        ):
            raise UserError(self.env._("Give the employees as a list of their ids, like [7, 12]."))
        first, last = (self._payment_day(day) if day else None for day in (date_from, date_to))
        domain = self._payment_due_domain(employee_ids, first, last, reference)
        return self.search(domain, order="pay_date, employee_id, id")._payment_rows()

    def payment_reserve(self, reference):
        """Reserve these approved bonuses for a payment, so that no other one takes them. All or none.

        Again with the same reference changes nothing.

        :param str reference: the payment's own name, shown on the statements
        :return: {"changed": [ids], "unchanged": [ids]}
        :raises AccessError: when the user may not pay, or a statement belongs to another company
        :raises UserError: naming the statements that are not approved, reserved by another payment or paid
        """
        reference = self._payment_text(reference)
        todo = self._payment_todo(lambda statement: statement._payment_refusal(reference))
        todo = todo.filtered(lambda statement: statement.state == "approved" and not statement.payment_reference)
        todo._payment_reserve(reference)
        return {"changed": todo.ids, "unchanged": (self - todo).ids}

    def payment_confirm(self, date, reference):
        """Say that these approved bonuses are paid. All or none.

        Again with the same date and reference changes nothing, so a client that lost the answer just repeats.

        :param date: the day of payment, a date or ``"YYYY-MM-DD"``
        :param str reference: the payment's own name, e.g. of the pay run or the bank order
        :return: {"changed": [ids], "unchanged": [ids]}
        :raises AccessError: when the user may not pay, or a statement belongs to another company
        :raises UserError: naming the statements that are not approved, reserved by another payment or paid otherwise
        """
        day, reference = self._payment_day(date), self._payment_text(reference)
        return self._payment_confirm_all(dict.fromkeys(self, (day, reference)))

    def payment_release(self, reason):
        """Take these bonuses back from their payment: they are approved again and wait for another one. All or none.

        :param str reason: why, e.g. that the pay run was refunded; kept on the statements
        :return: {"changed": [ids], "unchanged": [ids]}; unchanged are those that no payment had
        :raises AccessError: when the user may not pay, or a statement belongs to another company
        :raises UserError: naming the statements that were never approved, or that a pay slip in Odoo holds
        """
        if not (isinstance(reason, str) and reason.strip()):
            raise UserError(self.env._("Say why the bonus is taken back from its payment."))
        todo = self._payment_todo(lambda statement: statement._payment_state_refusal())
        todo = todo.filtered(lambda statement: statement.state == "paid" or statement.payment_reference)
        todo._payment_release(
            lambda statement: self.env._(
                "Taken back from payment %(reference)s: %(reason)s",
                reference=statement.payment_reference or "",
                reason=reason.strip(),
            )
        )
        return {"changed": todo.ids, "unchanged": (self - todo).ids}

    def _payment_confirm_all(self, payments):
        """``payment_confirm`` with a day and a reference for each statement.

        :param dict payments: {statement: (date, reference)}
        """
        todo = self._payment_todo(lambda statement: statement._payment_refusal(*reversed(payments[statement])))
        todo = todo.filtered(lambda statement: statement.state == "approved")
        todo._payment_confirm({statement: payments[statement] for statement in todo})
        return {"changed": todo.ids, "unchanged": (self - todo).ids}

    # --------------------------------------------------------------- checks

    @api.model
    def _check_payer(self):
        """Refuse users who neither compute nor pay bonuses.

        :raises AccessError: telling whom to ask
        """
        user = self.env.user
        if not (self.env.su or user.has_group(OFFICER) or user.has_group(PAYER)):
            raise AccessError(
                self.env._("Only a bonus officer or a bonus payer does this. Ask an administrator for the role.")
            )

    def _payment_todo(self, refusal):
        """These statements, locked and checked.

        :param refusal: function from a statement (sudo) to the reason why it is refused, or nothing
        :raises AccessError, UserError: see the public methods
        """
        self._check_payer()
        if not self:
            raise UserError(self.env._("Choose the bonus statements."))
        if missing := self - self.exists():
            raise UserError(self.env._("There is no bonus statement with the id %s.", missing[0].id))
        # sudo: a payer sees approved statements only, and is told here which ones are not; companies are checked.
        statements = self.sudo()
        if statements.company_id - self.env.companies:
            raise AccessError(self.env._("A bonus statement of another company is not paid here."))
        statements._payment_lock()
        refused = [text for text in map(refusal, statements) if text]
        if refused:
            more = [self.env._("… and %s more", len(refused) - NAMED)] if len(refused) > NAMED else []
            raise UserError("\n".join([*refused[:NAMED], *more]))
        return statements

    def _payment_state_refusal(self):
        self.ensure_one()
        if self._payment_is_internal():
            return self._payment_held_message()
        if self.state not in ("approved", "paid"):
            return self.env._("%s is not approved.", self.reference)
        return ""

    def _payment_refusal(self, reference, day=None):
        """Why the payment may not have this statement; empty when it may, or has it already.

        :param day: the day of payment; none to reserve only
        """
        if refused := self._payment_state_refusal():
            return refused
        if self.state == "paid" and (self.payment_reference != reference or (day and self.paid_date != day)):
            return self.env._(
                "%(statement)s was paid on %(date)s by %(reference)s. It is not paid twice.",
                statement=self.reference,
                date=format_date(self.env, self.paid_date),
                reference=self.payment_reference or "–",
            )
        if day and day > fields.Date.context_today(self) + relativedelta(years=1):
            return self.env._(
                "%(statement)s: %(date)s lies more than a year ahead.",
                statement=self.reference,
                date=format_date(self.env, day),
            )
        if self.payment_reference not in (False, reference):
            return self.env._(
                "%(statement)s is reserved for payment %(reference)s.",
                statement=self.reference,
                reference=self.payment_reference,
            )
        return ""

    @api.model
    def _payment_day(self, value):
        """A day as a program sends it.

        :raises UserError: saying how to write it
        """
        try:
            day = fields.Date.to_date(value)
        except (TypeError, ValueError):
            day = None
        if not day:
            raise UserError(self.env._("“%s” is not a day. Write it as 2026-03-31.", value))
        return day

    @api.model
    def _payment_text(self, reference):
        """A payment's own name.

        :raises UserError: when there is none
        """
        if not (isinstance(reference, str) and reference.strip()):
            raise UserError(self.env._("Say which payment it is: its number or name, e.g. of the pay run."))
        return reference.strip()
