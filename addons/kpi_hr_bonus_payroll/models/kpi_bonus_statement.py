from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.kpi_management.models.guard import trusted


class KpiBonusStatement(models.Model):
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
    paid_date = fields.Date(string="Paid on", readonly=True, copy=False)

    _payable_idx = models.Index("(employee_id, pay_date) WHERE state IN ('approved', 'paid')")
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

    def _amount_for(self, slip):
        """What these statements add up to on a pay slip, in the currency of its company."""
        currency = slip.company_id.currency_id
        return sum(
            statement.currency_id._convert(statement.amount, currency, slip.company_id, statement.pay_date)
            for statement in self
        )

    def _put_on_payslip(self, slip):
        """Reserve approved statements for a pay slip, so that no other one takes them."""
        trusted(self).write({"payslip_id": slip.id})

    def _put_back_on_payslip(self, slip):
        """The refund of the slip is gone."""
        trusted(self).write({"payslip_id": slip.id, "refunded_payslip_id": False})

    def _pay_by_payslip(self):
        """The pay slip is confirmed."""
        for statement in trusted(self):
            slip = statement.payslip_id
            statement.write({"state": "paid", "paid_date": slip.date_to})
            statement._log_payslip(self.env._("Paid by pay slip %s.", slip._kpi_label()))

    def _unpay_by_payslip(self):
        """The pay slip is open again, but keeps the statements."""
        trusted(self).write({"state": "approved", "paid_date": False})

    def _release_from_payslip(self, refunded=False):
        """The pay slip does not pay these statements any more: they wait for another one.

        :param bool refunded: whether it was refunded; remembered in case the refund is cancelled
        """
        for statement in trusted(self):
            slip = statement.payslip_id
            was_paid = statement.state == "paid"
            vals = {"state": "approved", "payslip_id": False, "paid_date": False}
            statement.write({**vals, "refunded_payslip_id": slip.id} if refunded else vals)
            if refunded:
                statement._log_payslip(
                    self.env._("Pay slip %s was refunded: the bonus waits for the next slip.", slip._kpi_label())
                )
            elif was_paid:
                statement._log_payslip(
                    self.env._("Pay slip %s was taken back: the bonus waits for the next slip.", slip._kpi_label())
                )

    def _log_payslip(self, text):
        self._message_log(body=text, author_id=self.env.user.partner_id.id)

    def _check_cancellable(self):
        """Extension of kpi_hr_bonus: a statement on a computed pay slip is paid by it."""
        result = super()._check_cancellable()
        if slip := self.sudo().payslip_id:
            raise UserError(
                self.env._(
                    "%(statement)s is on pay slip %(slip)s. Set that slip back to draft or cancel it first.",
                    statement=self.display_name,
                    slip=slip._kpi_label(),
                )
            )
        return result

    def _check_open_fields(self, vals):
        """Extension of kpi_hr_bonus: the pay date is fixed while a pay slip has the statement."""
        result = super()._check_open_fields(vals)
        if "pay_date" in vals and (taken := self.sudo().filtered("payslip_id")):
            raise UserError(
                self.env._(
                    "%(statement)s is on pay slip %(slip)s. Set that slip back to draft or cancel it first.",
                    statement=taken[0].display_name,
                    slip=taken[0].payslip_id._kpi_label(),
                )
            )
        return result
