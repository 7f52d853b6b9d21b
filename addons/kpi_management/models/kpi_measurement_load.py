from odoo import api, models
from odoo.exceptions import ConcurrencyError
from odoo.models import fix_import_export_id_paths

from .kpi_figure_text import read_number


class KpiMeasurement(models.Model):
    """The list import, from a file by Odoo's importer or from a program by ``load``."""

    _inherit = "kpi.measurement"

    @api.model
    def load(self, fields, data):
        """Import figures: all rows or none. See Odoo's own ``load`` for the parameters and the answer.

        Relations may be given by name, see ``kpi.figure.lookup``; each message says in words what is wrong with which
        row. Rows are counted from 1, those of a file as the file counts them.

        :raises AccessError: when the user may not enter figures
        """
        self.check_access("create")
        clashes = []
        # Odoo's importer goes through long files in parts that are saved one by one: here everything or nothing is.
        figures = self.with_context(
            kpi_first_row=self.env.context.get("kpi_first_row", 1),
            kpi_source="import",
            kpi_clashes=clashes,
            _import_limit=None,
        )
        fields, rows, problems = figures._read_rows(fields, data)
        if problems:
            messages = [figures._row_message(row, " ".join(texts)) for row, texts in sorted(problems.items())]
            return {"ids": False, "messages": messages, "nextrow": 0}
        result = super(KpiMeasurement, figures).load(fields, rows)
        if clashes:
            raise ConcurrencyError(self.env._("Somebody else entered the same figure just now. Try again."))
        return {**result, "messages": [figures._placed(message) for message in result["messages"]]}

    @api.model
    def get_import_templates(self):
        """The example file that the import screen offers."""
        return [
            {
                "label": self.env._("Import Template for Figures"),
                "template": "/kpi_management/static/xls/kpi_measurement.xlsx",
            }
        ]

    @api.model
    def _read_rows(self, fields, data):
        """Find what the rows name, and check them.

        :return: (fields and rows for Odoo's own ``load``, {row index: [what is wrong]})
        """
        relations = self.env["kpi.figure.lookup"]._names()
        vals_list, problems = self._prepare_figures([self._row_vals(fields, row, relations) for row in data])
        read = {*relations, "subject_type", "value"}
        columns = [(index, name) for index, name in enumerate(fields) if self._column(name)[0] not in read]
        names = [*(f"{name}/.id" for name in relations), "subject_type", "value", *(name for _index, name in columns)]
        rows = []
        for vals, row in zip(vals_list, data, strict=True):
            ids = [str(vals[name]) if vals.get(name) else "" for name in relations]
            # Odoo takes the number 0 for an empty cell, but not its text.
            value = "" if problems else repr(read_number(vals["value"]))
            rest = [row[index] if index < len(row) else "" for index, _name in columns]
            rows.append([*ids, vals["subject_type"], value, *rest])
        return names, rows, problems

    @api.model
    def _row_vals(self, fields, row, relations):
        """The cells of a row that say what figure it is, as ``create`` takes them."""
        vals = {}
        for name, cell in zip(fields, row, strict=False):
            field, part = self._column(name)
            if field in relations:
                cell = self._cell_id(field, part, cell)
            cell = cell.strip() if isinstance(cell, str) else cell
            empty = cell is None or cell is False or cell == ""  # and not the number 0
            if field in (*relations, "subject_type", "value") and not empty:
                vals[field] = cell
        return vals

    @api.model
    def _column(self, name):
        """The name of a column → (field, what of it: id, .id or nothing)."""
        field, *part = fix_import_export_id_paths(name)
        return field, "/".join(part)

    @api.model
    def _cell_id(self, field, part, cell):
        """A database id or external id → id; a name stays as it is. What cannot be found keeps its text."""
        if part == "id" and cell:
            xmlid = cell if "." in cell else f"__import__.{cell}"
            found = self.env.ref(xmlid, raise_if_not_found=False)
            return found.id if found and found._name == self._fields[field].comodel_name else cell
        if part == ".id" and str(cell).isdecimal():
            return int(cell)
        return cell

    @api.model
    def _row_message(self, row, text, **more):
        """A message in the form of ``load``. The import screen shows ``record`` as the row's number."""
        number = self.env.context["kpi_first_row"] + row
        rows = {"from": row, "to": row}
        return {**more, "type": "error", "message": self._positioned(row, text), "rows": rows, "record": number}

    @api.model
    def _placed(self, message):
        """A message of Odoo's own with the row in its words."""
        if message["type"] != "error" or "rows" not in message:
            return message
        return self._row_message(message["rows"]["from"], message["message"])
