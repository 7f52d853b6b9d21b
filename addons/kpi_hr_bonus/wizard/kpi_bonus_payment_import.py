import base64
import csv
from datetime import date, datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import get_lang

from odoo.addons.base_import.models.base_import import ImportValidationError
from odoo.addons.kpi_management.models.kpi_figure_text import read_number

#: How many wrong rows an error names.
NAMED = 10


class KpiBonusPaymentImport(models.TransientModel):
    """Reads back the file of bonuses with the days they were paid on: all rows or none."""

    _name = "kpi.bonus.payment.import"
    _description = "Import Paid Bonuses"

    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()
    reference = fields.Char(
        string="Payment reference", help="For rows that name no payment, e.g. “Payroll March 2026”."
    )

    def action_import(self):
        """Mark the statements of the file as paid; rows without a day of payment are left alone.

        :raises UserError: naming each wrong row; nothing is marked then
        """
        self.ensure_one()
        Statement = self.env["kpi.bonus.statement"]
        Statement._check_payer()
        payments, open_rows = self._read_payments()
        if not payments:
            raise UserError(self.env._("No row of the file says on which day it was paid."))
        result = Statement.union(*payments)._payment_confirm_all(payments)
        parts = [
            (len(result["changed"]), self.env._("%s marked as paid", len(result["changed"]))),
            (len(result["unchanged"]), self.env._("%s were paid already", len(result["unchanged"]))),
            (open_rows, self.env._("%s rows without a day of payment left alone", open_rows)),
        ]
        return Statement._notify(", ".join(text for count, text in parts if count), 0)

    def _read_payments(self):
        """The rows of the file.

        :return: ({statement: (date, reference)}, number of rows without a day of payment)
        :raises UserError: naming the wrong rows
        """
        everything = self._read_rows()
        rows = {number: row for number, row in everything.items() if row["paid_date"]}
        statements = self.env["kpi.bonus.statement"]._payment_find({row["reference"] for row in rows.values()})
        payments, problems, seen = {}, [], {}
        for number, row in rows.items():
            statement = statements.get(row["reference"])
            try:
                # sudo: reading only, of statements found under the user's own rights.
                payment = self._read_payment(row, statement and statement.sudo())
                self._check_single(statement, number, seen)
                payments[statement] = payment
            except UserError as error:
                problems.append(self.env._("Row %(row)s: %(problem)s", row=number, problem=error.args[0]))
        self._raise(problems)
        return payments, len(everything) - len(rows)

    def _check_single(self, statement, number, seen):
        """Of two rows for one statement one is wrong, and which is not for us to say."""
        first = seen.setdefault(statement, number)
        if first != number:
            raise UserError(
                self.env._("%(statement)s is in row %(other)s too.", statement=statement.reference, other=first)
            )

    def _raise(self, problems):
        if problems:
            more = [self.env._("… and %s more", len(problems) - NAMED)] if len(problems) > NAMED else []
            raise UserError("\n".join([self.env._("Nothing was imported."), *problems[:NAMED], *more]))

    def _read_payment(self, row, statement):
        """The day and the reference of one row.

        :param statement: the statement it names (sudo), or None
        :raises UserError: what is wrong with it
        """
        if not row["reference"]:
            raise UserError(self.env._("it names no bonus statement."))
        if not statement:
            raise UserError(self.env._("there is no bonus statement “%s” in your companies.", row["reference"]))
        day = self._read_day(row["paid_date"])
        reference = row["payment_reference"] or (self.reference or "").strip()
        if not reference:
            raise UserError(self.env._("say which payment it is, in the row or in the dialog."))
        if row["amount"] not in ("", None):
            self._check_amount(row["amount"], statement)
        if refused := statement._payment_refusal(reference, day):
            raise UserError(refused)
        return day, reference

    def _check_amount(self, cell, statement):
        """Whoever paid another amount must not find it marked as paid."""
        try:
            paid = read_number(cell.replace(" ", "") if isinstance(cell, str) else cell)
        except ValueError:
            raise UserError(self.env._("the amount “%s” is not a number like 1500000 or 150.25.", cell)) from None
        if statement.currency_id.compare_amounts(paid, statement.amount):
            raise UserError(
                self.env._(
                    "the amount is %(paid)s, but the statement comes to %(due)s.",
                    paid=cell,
                    due=statement.currency_id.format(statement.amount),
                )
            )

    @api.model
    def _read_day(self, cell):
        """A day as a spreadsheet gives it: a date, 2026-03-31, or as the user's language writes it."""
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        for pattern in ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", get_lang(self.env).date_format):
            try:
                return datetime.strptime(cell, pattern).date()
            except ValueError:
                continue
        raise UserError(self.env._("“%s” is not a day. Write it as 2026-03-31.", cell))

    def _read_rows(self):
        """The file as rows of the columns that count.

        :return: {row number as the spreadsheet counts: {column name: cell}}
        :raises UserError: when it is no such file
        """
        cells = self._read_cells()
        titles = self.env["kpi.bonus.payment.file"]._titles()
        places = {titles.get(str(title).strip().casefold()): place for place, title in enumerate(cells[0])}
        wanted = ("reference", "paid_date", "payment_reference", "amount")
        if missing := [name for name in wanted[:2] if name not in places]:
            columns = self.env["kpi.bonus.payment.file"]._columns()
            raise UserError(
                self.env._("The file has no column “%s”. Use the exported file, as CSV or XLSX.", columns[missing[0]])
            )
        rows = {}
        for number, row in enumerate(cells[1:], 2):
            values = {name: row[places[name]] if name in places and places[name] < len(row) else "" for name in wanted}
            rows[number] = {name: self._clean(value) for name, value in values.items()}
        return {number: row for number, row in rows.items() if row["reference"] or row["paid_date"]}

    @api.model
    def _clean(self, cell):
        # The apostrophe is ours: it kept the cell from being taken for a formula.
        return cell.strip().removeprefix("'") if isinstance(cell, str) else cell

    def _read_cells(self):
        """All rows of the file, read as Odoo's own import reads files."""
        reader = self.env["base_import.import"].create(
            {
                "res_model": "kpi.bonus.statement",
                "file": base64.b64decode(self.with_context(bin_size=False).file),
                "file_name": self.file_name,
            }
        )
        try:
            _length, rows = reader._read_file({"quoting": '"', "separator": "", "encoding": ""})
        except (ImportValidationError, ValueError, UnicodeError, csv.Error) as error:
            raise UserError(self.env._("The file cannot be read: %s Save it as CSV or XLSX.", error)) from error
        if not rows:
            raise UserError(self.env._("The file is empty."))
        return rows
