from odoo import fields, models

from .hr_salary_rule import ALLOWANCE, BONUS


class KpiBonusStatement(models.Model):
    """OCA payroll as the payment of a statement: kpi_hr_bonus reserves, pays and frees, here is which slip it is."""

    _inherit = "kpi.bonus.statement"

    payslip_id = fields.Many2one(
        "hr.payslip",
        string="Pay slip",
        index="btree_not_null",
        copy=False,
        ondelete="set null",
    )
    refunded_payslip_id = fields.Many2one(
        "hr.payslip",
        string="Refunded pay slip",
        index="btree_not_null",
        copy=False,
        ondelete="set null",
        help="The last pay slip that paid this bonus and was refunded; kept in case the refund is cancelled.",
    )

    _paid_by_slip = models.Constraint(
        "CHECK(payslip_id IS NULL OR state IN ('approved', 'paid'))",
        "Only an approved bonus statement is on a pay slip.",
    )

    def action_open_payslip(self):
        """Open the pay slip that pays this statement."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "hr.payslip",
            "res_id": self.sudo().payslip_id.id,
            "view_mode": "form",
        }

    def _payslip_code(self):
        """Code of the input line that brings this statement."""
        self.ensure_one()
        return ALLOWANCE if self.in_insurance_base else BONUS

    def _amount_for(self, slip):
        """What these statements add up to on a pay slip, in the currency of its company."""
        currency = slip.company_id.currency_id
        return sum(
            statement.currency_id._convert(statement.amount, currency, slip.company_id, statement.pay_date)
            for statement in self
        )

    def _put_on_payslip(self, slip):
        """Reserve approved statements for a pay slip, so that no other one takes them."""
        self._payment_reserve(slip._kpi_label(), payslip_id=slip.id)

    def _put_back_on_payslip(self, slip):
        """The refund of the slip is gone."""
        self._payment_reserve(slip._kpi_label(), payslip_id=slip.id, refunded_payslip_id=False)

    def _pay_by_payslip(self):
        """The pay slip is confirmed."""
        payments = {st: (st.payslip_id.date_to, st.payslip_id._kpi_label()) for st in self}
        self._payment_confirm(
            payments, lambda statement: self.env._("Paid by pay slip %s.", statement.payment_reference)
        )

    def _release_from_payslip(self, refunded=False):
        """The pay slip does not pay these statements any more: they wait for another one.

        :param bool refunded: whether it was refunded; remembered in case the refund is cancelled
        """
        for slip, statements in self.grouped("payslip_id").items():
            link = {"refunded_payslip_id": slip.id} if refunded else {}
            statements._payment_release(lambda st: st._released_note(refunded), payslip_id=False, **link)

    def _released_note(self, refunded):
        """What the chatter says; nothing for a slip that had only reserved the bonus."""
        slip = self.payslip_id._kpi_label()
        if refunded:
            return self.env._("Pay slip %s was refunded: the bonus waits for the next slip.", slip)
        if self.state == "paid":
            return self.env._("Pay slip %s was taken back: the bonus waits for the next slip.", slip)
        return ""

    def _payment_is_internal(self):
        """Extension of kpi_hr_bonus: a slip pays what it has, and nobody past it."""
        return bool(self.sudo().payslip_id) or super()._payment_is_internal()

    def _payment_held_message(self):
        """Extension of kpi_hr_bonus: say which slip it is and what to do with it."""
        if slip := self.sudo().payslip_id:
            return self.env._(
                "%(statement)s is on pay slip %(slip)s. Set that slip back to draft or cancel it first.",
                statement=self.display_name,
                slip=slip._kpi_label(),
            )
        return super()._payment_held_message()
