import io

import xlsxwriter

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date, format_datetime, html2plaintext

FORBIDDEN = str.maketrans("[]:*?/\\", "       ")
WIDTH = 24


class KpiPersonalExport(models.TransientModel):
    """A workbook of all that KPI holds about a person: what whoever asks for it and the person may both see."""

    _name = "kpi.personal.export"
    _description = "Export of Personal Data"
    _inherit = ["kpi.download.mixin"]

    employee_ref = fields.Integer(readonly=True)

    @api.model
    def _prepare(self, dossier):
        """The workbook of a person.

        :param dossier: ``kpi.dossier``, in the environment of whoever asks
        :raises AccessError: for anybody but the person and KPI officers
        """
        dossier.check_access("read")
        if not dossier.can_export:
            raise AccessError(self.env._("Only the person and KPI officers export what is held about somebody."))
        export = self.with_env(dossier.env)
        vals = export._prepare_download(export._workbook(dossier), dossier.name)
        return export.create({**vals, "employee_ref": dossier.id})

    @api.model
    def _workbook(self, dossier):
        personal = self.env["kpi.personal.data"]
        found = self._shown_to(dossier.user_id, personal._records_about(dossier.employee_id))
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            bold = book.add_format({"bold": True})
            self._add_sheet(book, bold, self.env._("Summary"), self._summary(dossier, found))
            for records in found.values():
                self._add_sheet(book, bold, personal._title(records), self._rows(records))
            self._add_sheet(book, bold, self.env._("Messages"), self._message_rows(personal._messages_about(found)))
        return stream.getvalue()

    def _shown_to(self, user, found):
        """Of these records those the person may see as well: the file is handed over. Without a login all stay."""
        shown = {}
        for name, records in found.items():
            seen = records.with_user(user)._filtered_access("read").with_env(self.env) if user else records
            if seen and seen._kpi_personal_fields():
                shown[name] = seen
        return shown

    def _add_sheet(self, book, bold, title, rows):
        """A sheet of texts: nothing in it is taken for a formula."""
        taken = {sheet.get_name().lower() for sheet in book.worksheets()}
        title = title.translate(FORBIDDEN)
        name, number = title[:31], 2
        while name.lower() in taken:
            name, number = f"{title[:27]} {number}", number + 1
        sheet = book.add_worksheet(name)
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                if isinstance(value, (int, float)):
                    sheet.write_number(y, x, value)
                else:
                    sheet.write_string(y, x, value[:32767], None if y else bold)
        sheet.set_column(0, max(map(len, rows), default=1), WIDTH)

    def _summary(self, dossier, found):
        personal = self.env["kpi.personal.data"]
        rows = [
            [self.env._("Personal data in KPI"), dossier.name],
            [self.env._("Exported on"), format_date(self.env, fields.Date.context_today(self))],
            [self.env._("Exported by"), self.env.user.name],
            [self.env._("Private notes of others, and what the person may not see yet, are not in here.")],
            [],
            [self.env._("About the person"), self.env._("Records")],
            *([personal._title(records), len(records)] for records in found.values()),
            [],
            [self.env._("Named on other records as"), self.env._("Records")],
        ]
        for model, field, count in personal._times_named(dossier.employee_id, found):
            rows.append([f"{personal._title(model)}: {field._description_string(self.env)}", count])
        return rows

    def _rows(self, records):
        fields_shown = [records._fields[name] for name in records._kpi_personal_fields()]
        head = [field._description_string(self.env) for field in fields_shown]
        return [head, *([self._shown(record, field) for field in fields_shown] for record in records)]

    def _message_rows(self, messages):
        rows = [[self.env._("Record"), self.env._("Date"), self.env._("Author"), self.env._("Message")]]
        for message in messages:
            # sudo: of the author only the name is shown, as in the chatter.
            author = message.sudo().author_id.name or ""
            date = format_datetime(self.env, message.date)
            rows.append([message.record_name or "", date, author, html2plaintext(message.body or "")])
        return rows

    def _shown(self, record, field):
        """A value as it is read on the screen."""
        value = record[field.name]
        if field.type == "many2one":
            # sudo: the name of a linked record, as every screen shows it.
            return value.sudo().display_name or "" if value else ""
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type in ("integer", "float", "monetary"):
            return value
        if not value:
            return ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "html":
            return html2plaintext(value)
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "datetime":
            return format_datetime(self.env, value)
        return str(value)
