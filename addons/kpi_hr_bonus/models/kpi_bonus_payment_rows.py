import re

from odoo import api, fields, models
from odoo.fields import Domain

from .kpi_bonus_payment import PAYER

REFERENCE = re.compile(r"(?:KPI-\d{6}-)?(\d{1,9})", re.ASCII | re.IGNORECASE)


class KpiBonusStatement(models.Model):
    """A statement as another payroll knows it: a reference that comes back, and a row of plain values."""

    _inherit = "kpi.bonus.statement"

    reference = fields.Char(
        compute="_compute_reference",
        search="_search_reference",
        help="Names the statement outside Odoo: on paper, in payment files and to other programs.",
    )

    @api.depends("date_end")
    def _compute_reference(self):
        for statement in self:
            number = statement._origin.id
            statement.reference = f"KPI-{statement.date_end:%Y%m}-{number}" if number else False

    def _search_reference(self, operator, value):
        if operator in ("ilike", "=ilike", "like", "=like"):
            operator, value = "in", [value]
        if operator != "in":
            return NotImplemented
        return Domain("id", "in", [found.id for found in self._payment_find(value).values()])

    @api.model
    def _payment_find(self, texts):
        """The statements that references name, in the companies of the call.

        :param texts: references, whole or their number only; anything else names nothing
        :return: {text: statement}
        """
        numbers = {}
        for text in texts:
            if isinstance(text, str) and (match := REFERENCE.fullmatch(text.strip())):
                numbers[text] = int(match[1])
        statements = self.search([("id", "in", list(set(numbers.values())))]).grouped("id")
        found = {text: statements[number] for text, number in numbers.items() if number in statements}
        return {
            text: statement
            for text, statement in found.items()
            if text.strip().isdecimal() or text.strip().upper() == statement.reference
        }

    def _payment_rows(self):
        """What a payroll needs to know of these statements.

        :return: list of dicts: id and reference of the statement; employee_id, employee, badge, identification;
            company_id, company, plan, period, date_start, date_end; pay_date, currency (ISO code), amount (in it);
            in_insurance_base: whether contributions are computed from it; state, paid_date, payment_reference.
            The identification is empty for those who may not see it on the employee and do not pay bonuses.
        """
        user = self.env.user
        identified = self.env.su or user.has_group(PAYER) or user.has_group("hr.group_hr_user")
        # sudo: names and numbers by which a payroll knows its people, for those who may read the statement itself.
        statements = self.sudo()
        return [statement._payment_row(identified) for statement in statements]

    def _payment_row(self, identified):
        self.ensure_one()
        employee, plan = self.employee_id, self.plan_id
        return {
            "id": self.id,
            "reference": self.reference,
            "employee_id": employee.id,
            "employee": employee.name,
            "badge": employee.barcode or "",
            "identification": (identified and employee.identification_id) or "",
            "company_id": self.company_id.id,
            "company": self.company_id.name,
            "plan": plan.name,
            "period": self.period_id.name,
            "date_start": self.date_start,
            "date_end": self.date_end,
            "pay_date": self.pay_date,
            "currency": self.currency_id.name,
            "amount": self.amount,
            "in_insurance_base": self.in_insurance_base,
            "state": self.state,
            "paid_date": self.paid_date,
            "payment_reference": self.payment_reference or "",
        }

    def action_payment_export(self):
        """Open the dialog that writes these statements into a file for the payroll."""
        return self._payment_dialog("kpi.bonus.payment.export", self.env._("Export Bonuses for Payroll"))

    def action_payment_mark(self, mode):
        """Open the dialog that marks these statements as paid or takes them back.

        :param str mode: ``confirm`` or ``release``
        """
        title = self.env._("Mark as Paid") if mode == "confirm" else self.env._("Take Back from Payment")
        return self._payment_dialog("kpi.bonus.payment.mark", title, default_mode=mode)

    def _payment_dialog(self, model, title, **context):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_statement_ids": self.ids, **context},
        }
