import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import formatLang

from odoo.addons.kpi_management.engine import round_half_up, to_decimal

#: How a salary rule can name a rate.
CODE = re.compile(r"[A-Z][A-Z0-9_]*")


class KpiPayrollRate(models.Model):
    """A figure that a law sets and changes: no salary rule holds it, each reads the one of its slip's date."""

    _name = "kpi.payroll.rate"
    _description = "Payroll Rate"
    _order = "sequence, code"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Salary rules read it as payroll.rates.CODE.")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("amount", "Amount"), ("percent", "Percentage"), ("brackets", "Progressive table")],
        required=True,
        default="amount",
    )
    value_ids = fields.One2many("kpi.payroll.rate.value", "rate_id", string="Values", copy=True)
    today = fields.Char(compute="_compute_today", string="In force today")
    today_from = fields.Date(compute="_compute_today", string="Since")
    note = fields.Text()

    _unique_code = models.UniqueIndex("(code)", "Another rate already has this code.")

    @api.constrains("code")
    def _check_code(self):
        for rate in self:
            if not CODE.fullmatch(rate.code):
                raise ValidationError(
                    self.env._("The code “%s” must be of capitals, digits and underscores, e.g. VN_SI.", rate.code)
                )

    @api.depends("code", "kind", "value_ids.date_from", "value_ids.amount_from", "value_ids.value")
    @api.depends_context("company", "lang", "tz")
    def _compute_today(self):
        rates = self._at(fields.Date.context_today(self), self.env.company)
        for rate in self:
            rows = rates.find(rate.code)
            rate.today_from = rows[:1].date_from
            rate.today = rate._figure(rows)

    def _figure(self, rows):
        """A value as it is read: an amount, a percentage, or the first and the last one of a table; or nothing."""
        if not rows:
            return False
        numbers = [to_decimal(value).normalize() for value in (rows[0].value, rows[-1].value)]
        texts = [formatLang(self.env, float(n), digits=max(0, -n.as_tuple().exponent)) for n in numbers]
        if self.kind == "amount":
            return texts[0]
        return f"{' – '.join(dict.fromkeys(texts))} %"

    @api.model
    def _at(self, day, company):
        """The rates in force on a day.

        :param day: the last day of a pay slip
        :param company: whose own values go before the general ones
        :return: Rates
        """
        values = self.env["kpi.payroll.rate.value"].search(
            [("date_from", "<=", day), ("company_id", "in", [False, company.id])], order="date_from, amount_from"
        )
        return Rates(self.env, day, company, values)


class Rates:
    """The rates of one slip, as salary rules see them: ``payroll.rates.VN_SI``. A missing one is an error, never 0."""

    def __init__(self, env, day, company, values):
        self._env, self._day, self._currency = env, day, company.currency_id
        self._values = {}
        for code, found in values.grouped(lambda value: value.rate_id.code).items():
            own = found.filtered("company_id") or found
            self._values[code] = own.filtered(lambda value, own=own: value.date_from == own[-1].date_from)

    def find(self, code):
        """The values of a rate that are in force, by band; none when it has none."""
        return self._values.get(code, self._env["kpi.payroll.rate.value"])

    def _rows(self, code):
        if not self.find(code):
            raise UserError(
                self._env._(
                    "No payroll rate %(code)s is in force on %(day)s. Enter its value under Payroll → Configuration → "
                    "Payroll Rates.",
                    code=code,
                    day=self._day,
                )
            )
        return self.find(code)

    def __getattr__(self, code):
        if code.startswith("_"):
            raise AttributeError(code)
        return self._rows(code)[0].value

    def money(self, amount):
        """An amount rounded half up to the currency of the slip's company."""
        return self._currency.round(amount)

    def progressive(self, code, amount):
        """What a progressive table takes of an amount: each band's percentage of the part inside it.

        :param str code: code of the table
        :param float amount: what is taxed; 0 or less: nothing is taken
        :return: money, rounded half up to the currency
        """
        rows = self._rows(code)
        amount, total = to_decimal(amount), 0
        ends = [to_decimal(row.amount_from) for row in rows[1:]] + [amount]
        for row, end in zip(rows, ends, strict=True):
            part = min(amount, end) - to_decimal(row.amount_from)
            total += max(part, 0) * to_decimal(row.value) / 100
        digits = self._currency.decimal_places
        return float(round_half_up(to_decimal(total), digits))
