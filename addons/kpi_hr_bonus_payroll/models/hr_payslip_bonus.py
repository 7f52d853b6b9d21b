"""How statements get onto a pay slip: what it takes, the input lines that carry it, and the checks."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import float_compare

from .hr_salary_rule import BONUS, CODES


class HrPayslip(models.Model):
    # Apart from hr_payslip.py: taking statements is one idea, a slip's life another.
    _inherit = "hr.payslip"  # pylint: disable=consider-merging-classes-inherited

    def _kpi_take_statements(self):
        """Take the approved statements that fall due in these slips and bring them as one input line for each code.

        Called before the sheet is computed, whoever asks for it: form, batch, confirmation or API.
        """
        slips = self.filtered(lambda slip: not slip.credit_note)
        payable = slips._kpi_payable_statements()
        before = slips.sudo().kpi_statement_ids
        before.union(*payable.values())._payment_lock()
        vals_list = []
        for slip in slips:
            statements = payable[slip]
            (slip.sudo().kpi_statement_ids - statements)._release_from_payslip()
            if new := statements.filtered(lambda s, slip=slip: s.payslip_id != slip):
                slip._kpi_give_number()
                new._put_on_payslip(slip)
            vals_list += slip._kpi_write_inputs(statements)
        # sudo: the lines are the system's; the user may compute the slip.
        self.env["hr.payslip.input"].sudo().create(vals_list)

    def _kpi_give_number(self):
        """Statements are reserved under the slip's number, so it gets it before payroll would give it one."""
        self.ensure_one()
        if not self.number:
            self.number = self.env["ir.sequence"].next_by_code("salary.slip")

    def _kpi_payable_statements(self):
        """The statements these slips are to pay, found by one query for all of them.

        They are approved, of the slip's employee and company, fall due within its dates and are on no other slip.

        :return: {slip: ``kpi.bonus.statement`` (sudo)}; none for refunds, refunded slips and slips that would not pay
        """
        Statement = self.env["kpi.bonus.statement"].sudo()
        result = dict.fromkeys(self, Statement)
        paying = {slip: codes for slip in self if (codes := slip._kpi_paying_codes())}
        if not paying:
            return result
        slips = self.browse().union(*paying)
        days = Domain("pay_date", ">=", min(slips.mapped("date_from")))
        days &= Domain("pay_date", "<=", max(slips.mapped("date_to")))
        mine = Domain("payslip_id", "in", slips._origin.ids) & Domain("state", "in", ("approved", "paid"))
        domain = Domain("employee_id", "in", slips.employee_id.ids) & days & (mine | Statement._payment_due_domain())
        found = Statement.search(domain, order="id").grouped("employee_id")
        taken = Statement
        for slip, codes in paying.items():
            free = found.get(slip.employee_id._origin.sudo(), Statement) - taken
            result[slip] = free.filtered(lambda st, slip=slip, codes=codes: slip._kpi_may_take(st, codes))
            taken |= result[slip]
        return result

    def _kpi_paying_codes(self):
        """Which KPI inputs this slip can pay at all; none for a refund, a refunded slip, or without a contract and a
        salary rule that pays them."""
        self.ensure_one()
        if self.credit_note or not (self.employee_id and self.company_id and self.date_from and self.date_to):
            return set()
        return set() if self._kpi_refunded() else self._get_salary_rules()._kpi_codes()

    def _kpi_may_take(self, statement, codes):
        self.ensure_one()
        return (
            statement.company_id == self.company_id._origin
            and self.date_from <= statement.pay_date <= self.date_to
            and statement.payslip_id in (self._origin, self.browse())
            and statement._payslip_code() in codes
        )

    def _kpi_write_inputs(self, statements):
        """Have exactly one input line for each code of the statements, with their amount, and none for the others.

        payroll reads input lines by code and the last one wins, so a second one would hide the first.

        :return: values of the lines that are missing
        """
        self.ensure_one()
        # sudo: the lines are the system's; the user may compute the slip.
        lines = self.sudo().input_line_ids.filtered(lambda line: line.code in CODES).grouped("code")
        contract = self._get_employee_contracts()[:1]
        wanted = {vals["code"]: vals for vals in self._kpi_prepare_inputs(statements, contract)}
        for code, found in lines.items():
            found[1 if code in wanted else 0 :].unlink()
        for code in wanted.keys() & lines.keys():
            lines[code][:1].write(wanted[code])
        return [{**vals, "payslip_id": self.id} for code, vals in wanted.items() if code not in lines]

    def _kpi_prepare_inputs(self, statements, contract):
        """Values of the input lines of these statements, one for each code they need."""
        labels = {code: self.env._("KPI bonus") if code == BONUS else self.env._("KPI allowance") for code in CODES}
        return [
            {
                "name": f"{labels[code]}: {', '.join(part.period_id.mapped('name'))}",
                "code": code,
                "amount": part._amount_for(self),
                "amount_qty": 1.0,
                "contract_id": contract.id,
            }
            for code, part in statements.grouped(lambda statement: statement._payslip_code()).items()
        ]

    def get_inputs(self, contracts, date_from, date_to):
        """Override of payroll: the form shows the bonus before the sheet is computed; nobody types it.

        Batches call this on an empty recordset: there the sheet brings the lines.
        """
        inputs = super().get_inputs(contracts, date_from, date_to)
        others = [vals for vals in inputs if vals["code"] not in CODES]
        statements = self[:1]._kpi_payable_statements().get(self[:1])
        if not (statements and contracts):
            return others
        return [*others, *self._kpi_prepare_inputs(statements, contracts[:1])]

    # --------------------------------------------------------------- checks

    def _kpi_check_paid_amount(self):
        """A slip may be confirmed only when its salary lines pay exactly the statements it has.

        With recomputation on confirmation switched off a slip could otherwise mark statements as paid that its lines
        do not hold, or pay lines copied from another slip.

        :raises UserError: telling to compute the sheet again
        """
        for slip in self.filtered(lambda slip: not slip.credit_note):
            statements = slip.sudo().kpi_statement_ids
            for code in CODES:
                part = statements.filtered(lambda statement, code=code: statement._payslip_code() == code)
                slip._kpi_check_paid_part(code, part)

    def _kpi_check_paid_part(self, code, statements):
        """``_kpi_check_paid_amount`` of one slip and one code."""
        self.ensure_one()
        foreign = statements.filtered(lambda s: s.employee_id != self.employee_id or s.company_id != self.company_id)
        lines = self.line_ids.filtered(lambda line: line.code == code)
        paid = sum(lines.mapped("total"))
        due = statements._amount_for(self)
        # A rule of the company's own may pay under another code: then only its presence can be checked.
        own_rule = not lines and self.line_ids.salary_rule_id._filtered_kpi(code)
        digits = self.company_id.currency_id.decimal_places
        if foreign or (not own_rule and float_compare(paid, due, precision_digits=digits)):
            raise UserError(
                self.env._(
                    "Pay slip %(slip)s holds a KPI bonus of %(paid)s, but its approved statements come to %(due)s. "
                    "Compute the sheet again.",
                    slip=self._kpi_label(),
                    paid=paid,
                    due=due,
                )
            )
