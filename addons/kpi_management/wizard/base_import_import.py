from odoo import api, models

from odoo.addons.base_import.models.base_import import ImportValidationError

from ..models.kpi_figure_text import is_misgrouped

# What is imported whole, with errors that name the row.
SHEETS = ("kpi.measurement", "kpi.scorecard.line")


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
        for line in data:
            cell = line[index]
            if not isinstance(cell, str) or is_misgrouped(cell.strip(), *self._infer_separators(cell.strip(), options)):
                continue
            try:
                super()._parse_float_from_data([line], index, name, options)
            except ImportValidationError:
                line[index] = cell
        return None
