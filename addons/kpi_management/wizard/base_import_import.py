from odoo import api, models

from odoo.addons.base_import.models.base_import import ImportValidationError

from ..models.kpi_figure_text import is_misgrouped, is_number, two_readings

# What is imported whole, with errors that name the row.
SHEETS = ("kpi.measurement", "kpi.scorecard.line")
ROWS_NAMED = 10


class BaseImportImport(models.TransientModel):
    _inherit = "base_import.import"

    def execute_import(self, fields, columns, options, dryrun=False):
        """Figures and targets are imported whole, and their errors name the row as the file counts it."""
        importer = self
        if self.res_model in SHEETS:
            first_row = 1 + bool(options.get("has_headers")) + int(options.get("skip") or 0)
            importer = self.with_context(kpi_first_row=first_row)
        return super(BaseImportImport, importer).execute_import(fields, columns, options, dryrun=dryrun)

    @api.model
    def get_fields_tree(self, model, depth=3):
        """Extend: a sheet of targets names period and subject, which are no fields to write on a line."""
        importer = self.with_context(kpi_sheet_columns=True) if model == "kpi.scorecard.line" else self
        return super(BaseImportImport, importer).get_fields_tree(model, depth)

    @api.model
    def _parse_float_from_data(self, data, index, name, options):
        """Odoo's reading of numbers stops at the first bad one without its row: here ``load`` refuses them by row."""
        if self.res_model not in SHEETS:
            return super()._parse_float_from_data(data, index, name, options)
        self._check_clear_numbers([line[index] for line in data], name, options)
        for line in data:
            cell = line[index]
            if not isinstance(cell, str) or self._is_misgrouped(cell, options):
                continue
            try:
                super()._parse_float_from_data([line], index, name, options)
            except ImportValidationError:
                line[index] = cell
        return None

    @api.model
    def _is_misgrouped(self, cell, options):
        return is_misgrouped(cell.strip(), *self._infer_separators(cell.strip(), options))

    @api.model
    def _check_clear_numbers(self, cells, name, options):
        """Refuse a column whose numbers could be taken for others than are meant.

        :raises ImportValidationError: naming the rows
        """
        texts = {place: cell.strip() for place, cell in enumerate(cells) if isinstance(cell, str)}
        if readings := self._readings(texts, options):
            place, (thousands, decimals) = next(iter(readings.items()))
            raise ImportValidationError(
                self.env._(
                    "Row %(rows)s: “%(text)s” can be read as %(thousands)s or as %(decimals)s. Choose Dot as the "
                    "thousands separator for the first, No Separator for the second.",
                    rows=self._rows_text(readings),
                    text=texts[place],
                    thousands=thousands,
                    decimals=decimals,
                ),
                field=name,
            )
        # What `load` would take for a number although its thousands are not parted by threes.
        wrong = [place for place, text in texts.items() if is_number(text) and self._is_misgrouped(text, options)]
        if wrong:
            raise ImportValidationError(
                self.env._(
                    "Row %(rows)s: “%(text)s” does not fit the separators chosen for the file.",
                    rows=self._rows_text(wrong),
                    text=texts[wrong[0]],
                ),
                field=name,
            )

    @api.model
    def _readings(self, texts, options):
        """{place: both readings} of a column that might mean thousands as well as decimals: 1.200 is 1,200 in Hanoi.

        A workbook holds numbers, no texts. Whoever chose separators other than those that the screen begins with, or
        wrote decimals elsewhere in the column, said what he means.
        """
        if options.get("sheets") or separators(options) != (",", "."):
            return {}
        readings = {place: two_readings(text) for place, text in texts.items() if "." in text}
        return readings if all(readings.values()) else {}

    @api.model
    def _rows_text(self, places):
        """The rows as the file counts them."""
        first_row = self.env.context.get("kpi_first_row", 1)
        rows = ", ".join(str(first_row + place) for place in list(places)[:ROWS_NAMED])
        return f"{rows}…" if len(places) > ROWS_NAMED else rows


def separators(options):
    """(of thousands, of decimals) as they are chosen on the screen"""
    return options.get("float_thousand_separator"), options.get("float_decimal_separator")
