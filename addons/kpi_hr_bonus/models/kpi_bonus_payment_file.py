"""A file of bonuses to pay, written as CSV or XLSX: the same columns go out and come back."""

import csv
import io

import xlsxwriter

from odoo import api, models
from odoo.tools import float_repr

#: What a spreadsheet takes for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class KpiBonusPaymentFile(models.AbstractModel):
    _name = "kpi.bonus.payment.file"
    _description = "Bonus Payment File"

    @api.model
    def _columns(self):
        """{name in ``_payment_rows``: title in the language of the call}"""
        return {
            "reference": self.env._("Statement"),
            "employee": self.env._("Employee"),
            "badge": self.env._("Badge"),
            "identification": self.env._("Identification No"),
            "company": self.env._("Company"),
            "plan": self.env._("Bonus plan"),
            "period": self.env._("Period"),
            "pay_date": self.env._("Pay date"),
            "currency": self.env._("Currency"),
            "amount": self.env._("Amount"),
            "in_insurance_base": self.env._("In the insurance base"),
            "payment_reference": self.env._("Payment reference"),
            "paid_date": self.env._("Paid on"),
        }

    @api.model
    def _titles(self):
        """{title, in any language installed: column name}, for a file that somebody else exported."""
        titles = {}
        for code, _name in self.env["res.lang"].get_installed():
            columns = self.with_context(lang=code)._columns()
            titles.update({title.casefold(): name for name, title in columns.items()})
        return titles

    @api.model
    def _write_csv(self, rows):
        """The rows as CSV that spreadsheets open as it is: UTF-8 with its mark, no cell taken for a formula.

        :param rows: see ``kpi.bonus.statement._payment_rows``
        :return: bytes
        """
        text = io.StringIO()
        writer = csv.writer(text)
        columns = self._columns()
        writer.writerow(columns.values())
        decimals = self._decimals(rows)
        for row in rows:
            writer.writerow([self._csv_cell(name, row, decimals) for name in columns])
        return text.getvalue().encode("utf-8-sig")

    @api.model
    def _csv_cell(self, name, row, decimals):
        value = row[name]
        if name == "amount":
            return float_repr(value, decimals[row["currency"]])
        if name == "in_insurance_base":
            return self._yes_no(value)
        if isinstance(value, str):
            # An apostrophe makes a spreadsheet show the text instead of computing it.
            return f"'{value}" if value.startswith(FORMULA_STARTS) else value
        return value.isoformat() if value else ""

    @api.model
    def _write_xlsx(self, rows):
        """The rows as a workbook of one sheet: texts stay texts, dates are dates and amounts numbers.

        :param rows: see ``kpi.bonus.statement._payment_rows``
        :return: bytes
        """
        output = io.BytesIO()
        # Without constant_memory the columns can be fitted to what they hold.
        book = xlsxwriter.Workbook(output, {"in_memory": True})
        sheet = book.add_worksheet(self.env._("Bonuses"))
        formats = {
            "title": book.add_format({"bold": True, "bottom": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            **{
                currency: book.add_format({"num_format": "#,##0" + (f".{'0' * digits}" if digits else "")})
                for currency, digits in self._decimals(rows).items()
            },
        }
        columns = self._columns()
        for column, title in enumerate(columns.values()):
            sheet.write_string(0, column, title, formats["title"])
        for number, row in enumerate(rows, 1):
            for column, name in enumerate(columns):
                self._write_cell(sheet, number, column, name, row, formats)
        sheet.freeze_panes(1, 1)
        sheet.autofit()
        book.close()
        return output.getvalue()

    @api.model
    def _write_cell(self, sheet, number, column, name, row, formats):
        value = row[name]
        if name == "amount":
            sheet.write_number(number, column, value, formats[row["currency"]])
        elif name == "in_insurance_base":
            sheet.write_string(number, column, self._yes_no(value))
        elif isinstance(value, str):
            sheet.write_string(number, column, value)
        elif value:
            sheet.write_datetime(number, column, value, formats["date"])

    @api.model
    def _decimals(self, rows):
        names = {row["currency"] for row in rows}
        currencies = self.env["res.currency"].with_context(active_test=False).search([("name", "in", list(names))])
        return {currency.name: currency.decimal_places for currency in currencies}

    @api.model
    def _yes_no(self, value):
        return self.env._("Yes") if value else self.env._("No")
