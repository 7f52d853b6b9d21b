"""How statements get onto a pay slip: what it takes, the one input line that carries it, and the checks."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, float_compare

from .hr_salary_rule import CODE


class HrPayslip(models.Model):
    # Apart from hr_payslip.py: taking statements is one idea, a slip's life another.
    _inherit = "hr.payslip"  # pylint: disable=consider-merging-classes-inherited

    def _kpi_take_statements(self):
        """Take the approved statements that fall due in these slips and bring them as one input line each.

        Called before the sheet is computed, whoever asks for it: form, batch, confirmation or API.
        """
        slips = self.filtered(lambda slip: not slip.credit_note)
        payable = slips._kpi_payable_statements()
        before = slips.sudo().kpi_statement_ids
        self._kpi_lock(before.union(*payable.values()))
        for slip in slips:
            statements = payable[slip]
            (slip.sudo().kpi_statement_ids - statements)._release_from_payslip()
            statements.filtered(lambda s, slip=slip: s.payslip_id != slip)._put_on_payslip(slip)
            slip._kpi_write_input(statements)

    def _kpi_payable_statements(self):
        """The statements these slips are to pay, found by one query for all of them.

        They are approved, of the slip's employee and company, fall due within its dates and are on no other slip.

        :return: {slip: ``kpi.bonus.statement`` (sudo)}; none for refunds, refunded slips and slips that would not pay
        """
        Statement = self.env["kpi.bonus.statement"].sudo()
        result = dict.fromkeys(self, Statement)
        slips = self.filtered(lambda slip: slip._kpi_takes_bonus())
        if not slips:
            return result
        domain = Domain("employee_id", "in", slips.employee_id.ids) & Domain("state", "in", ("approved", "paid"))
        domain &= Domain("pay_date", ">=", min(slips.mapped("date_from")))
        domain &= Domain("pay_date", "<=", max(slips.mapped("date_to")))
        domain &= Domain("payslip_id", "in", slips._origin.ids) | (
            Domain("payslip_id", "=", False) & Domain("state", "=", "approved")
        )
        found = Statement.search(domain, order="id").grouped("employee_id")
        taken = Statement
        for slip in slips:
            mine = found.get(slip.employee_id._origin.sudo(), Statement) - taken
            result[slip] = mine.filtered(lambda st, slip=slip: slip._kpi_may_take(st))
            taken |= result[slip]
        return result

    def _kpi_takes_bonus(self):
        """Whether this slip can pay a bonus at all: it is no refund, not refunded, and a contract and a salary rule
        are there to pay it."""
        self.ensure_one()
        return bool(
            not self.credit_note
            and self.employee_id
            and self.company_id
            and self.date_from
            and self.date_to
            and not self._kpi_refunded()
            and self._get_salary_rules()._filtered_kpi_bonus()
        )

    def _kpi_may_take(self, statement):
        self.ensure_one()
        return (
            statement.company_id == self.company_id._origin
            and self.date_from <= statement.pay_date <= self.date_to
            and statement.payslip_id in (self._origin, self.browse())
        )

    def _kpi_lock(self, statements):
        """Wait for other transactions that have these statements in hand.

        When one of them changed a row, PostgreSQL refuses this transaction and Odoo runs the request again: so of two
        slips computed at once only one takes a statement.
        """
        if statements:
            statements.flush_recordset()
            self.env.execute_query(
                SQL("SELECT id FROM kpi_bonus_statement WHERE id IN %s ORDER BY id FOR NO KEY UPDATE", statements._ids)
            )

    def _kpi_write_input(self, statements):
        """Have exactly one input line with the amount of the statements; none without statements.

        payroll reads input lines by code and the last one wins, so a second one would hide the first.
        """
        self.ensure_one()
        # sudo: the line is the system's; the user may compute the slip.
        lines = self.sudo().input_line_ids.filtered(lambda line: line.code == CODE)
        if not statements:
            lines.unlink()
            return
        vals = self._kpi_prepare_input(statements, self._get_employee_contracts()[:1])
        lines[1:].unlink()
        if lines:
            lines[:1].write(vals)
        else:
            lines.create({**vals, "payslip_id": self.id})

    def _kpi_prepare_input(self, statements, contract):
        return {
            "name": self.env._("KPI bonus: %s", ", ".join(statements.period_id.mapped("name"))),
            "code": CODE,
            "amount": statements._amount_for(self),
            "amount_qty": 1.0,
            "contract_id": contract.id,
        }

    def get_inputs(self, contracts, date_from, date_to):
        """Override of payroll: the form shows the bonus before the sheet is computed; nobody types it.

        Batches call this on an empty recordset: there the sheet brings the line.
        """
        inputs = super().get_inputs(contracts, date_from, date_to)
        others = [vals for vals in inputs if vals["code"] != CODE]
        statements = self[:1]._kpi_payable_statements().get(self[:1])
        if not (statements and contracts):
            return others
        return [*others, self._kpi_prepare_input(statements, contracts[:1])]

    # --------------------------------------------------------------- checks

    def _kpi_check_paid_amount(self):
        """A slip may be confirmed only when its salary lines pay exactly the statements it has.

        With recomputation on confirmation switched off a slip could otherwise mark statements as paid that its lines
        do not hold, or pay lines copied from another slip.

        :raises UserError: telling to compute the sheet again
        """
        for slip in self.filtered(lambda slip: not slip.credit_note):
            statements = slip.sudo().kpi_statement_ids
            foreign = statements.filtered(
                lambda s, slip=slip: s.employee_id != slip.employee_id or s.company_id != slip.company_id
            )
            lines = slip.line_ids.filtered(lambda line: line.code == CODE)
            paid = sum(lines.mapped("total"))
            due = statements._amount_for(slip)
            # A rule of the company's own may pay under another code: then only its presence can be checked.
            own_rule = not lines and slip.line_ids.salary_rule_id._filtered_kpi_bonus()
            digits = slip.company_id.currency_id.decimal_places
            if foreign or (not own_rule and float_compare(paid, due, precision_digits=digits)):
                raise UserError(
                    self.env._(
                        "Pay slip %(slip)s holds a KPI bonus of %(paid)s, but its approved statements come to %(due)s. "
                        "Compute the sheet again.",
                        slip=slip._kpi_label(),
                        paid=paid,
                        due=due,
                    )
                )
