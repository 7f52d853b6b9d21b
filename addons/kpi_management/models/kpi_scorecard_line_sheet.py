from typing import Any, NamedTuple

from odoo import api, fields, models
from odoo.models import fix_import_export_id_paths

from .kpi_figure_text import plain, read_number
from .kpi_target_mixin import SCORING_FIELDS

NUMBERS = ("weight", "target", *SCORING_FIELDS)


class Row(NamedTuple):
    """A row of the sheet, as it was understood.

    :param position: its place in the sheet, from 0
    :param key: (period id, kind, subject id, KPI id, its choices): there is one line for it
    :param line: the line that is there, or none
    :param numbers: the cells with a number, {field: float}; an empty cell leaves what is there
    """

    position: int
    key: tuple
    line: Any
    vals: dict
    numbers: dict


class KpiScorecardLine(models.Model):
    """All targets in one sheet: out by Odoo's export, in again by Odoo's import.

    A row says whose target it is by period, subject, KPI and choices, or by external id. Rows of draft scorecards are
    taken over, missing lines and scorecards are made; rows that change nothing may be of any scorecard. All rows are
    loaded or none.
    """

    _inherit = "kpi.scorecard.line"

    choice_names = fields.Char(
        string="Chosen", compute="_compute_choice_names", help="As it is written in a sheet: Product category: Chairs."
    )

    @api.depends_context("lang")
    @api.depends("parameter_value_ids.parameter_id.name", "parameter_value_ids.value_name")
    def _compute_choice_names(self):
        for line in self:
            names = [f"{value.parameter_id.name}: {value.value_name}" for value in line.parameter_value_ids]
            line.choice_names = "; ".join(names)

    @api.model
    def load(self, fields, data):
        """Import targets. See Odoo's own ``load`` for the parameters and the answer.

        Without a column for the period, lines are imported as Odoo does.

        :raises AccessError: when the user may not write such targets
        """
        names = [fix_import_export_id_paths(name)[0] for name in fields]
        if "period_id" not in names:
            return super().load(fields, data)
        self.check_access("create")
        sheet = self.with_context(kpi_first_row=self.env.context.get("kpi_first_row", 1))
        xmlids = sheet._sheet_xmlids(fields, data)
        rows, problems = sheet._read_sheet([sheet._sheet_vals(fields, row, xmlids) for row in data])
        if problems:
            figures = self.env["kpi.measurement"].with_context(kpi_first_row=sheet.env.context["kpi_first_row"])
            messages = [figures._row_message(place, " ".join(texts)) for place, texts in sorted(problems.items())]
            return {"ids": False, "messages": messages, "nextrow": 0}
        ids = sheet._take_rows(rows).ids
        # Odoo's importer undoes a trial by a savepoint: nothing may wait to be written after it.
        self.env.flush_all()
        return {"ids": ids, "messages": [], "nextrow": 0}

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Extend: what a sheet names is no field to write on a line, but a column to import."""
        result = super().fields_get(allfields, attributes)
        if self.env.context.get("kpi_sheet_columns"):
            for name in {*self._sheet_relations(), "subject_type", "choice_names"} & result.keys():
                result[name]["readonly"] = False
        return result

    @api.model
    def _sheet_relations(self):
        return self.env["kpi.target.lookup"]._names()

    # ---------------------------------------------------------------- reading

    @api.model
    def _sheet_xmlids(self, fields, data):
        """{(model, external id): record id} of all external ids in the sheet, in one query."""
        columns = [place for place, name in enumerate(fields) if fix_import_export_id_paths(name)[-1] == "id"]
        names = {_xmlid(row[place]).partition(".")[2] for row in data for place in columns if row[place : place + 1]}
        # sudo: which records they are; what is written there is checked with the user's rights.
        IrModelData, domain = self.env["ir.model.data"].sudo(), [("name", "in", list(names))]
        found = IrModelData.search_fetch(domain, ["module", "name", "model", "res_id"])
        return {(entry.model, entry.complete_name): entry.res_id for entry in found}

    @api.model
    def _sheet_vals(self, fields, row, xmlids):
        """The cells of a row by field; relations by name, or by id.

        :param dict xmlids: as of ``_sheet_xmlids``
        """
        figures, relations = self.env["kpi.measurement"], self._sheet_relations()
        vals = {}
        for name, cell in zip(fields, row, strict=False):
            field, part = figures._column(name)
            cell = cell.strip() if isinstance(cell, str) else cell
            if cell is None or cell is False or cell == "":
                continue
            if field in relations and part:
                cell = _record_id(self._fields[field].comodel_name, part, cell, xmlids)
            if field in ("id", ".id"):
                vals["line"] = _record_id(self._name, field, cell, xmlids)
            elif field in (*relations, *NUMBERS, "subject_type", "choice_names"):
                vals[field] = cell
        return vals

    @api.model
    def _read_sheet(self, vals_list):
        """:return: (rows, {position: [what is wrong]})"""
        lookup = self.env["kpi.target.lookup"]
        by_id = self._sheet_lines(vals_list)
        rows = [self._placed(vals, by_id.get(position)) for position, vals in enumerate(vals_list)]
        resolved, problems = lookup._resolve(rows)
        choices = lookup._resolve_choices({vals["choice_names"] for vals in vals_list if "choice_names" in vals})
        rows = {}
        for position, vals in enumerate(resolved):
            wrong = problems.get(position, [])
            line, chosen = by_id.get(position, self.browse()), choices.get(vals.get("choice_names"), {})
            if isinstance(chosen, str):
                wrong.append(chosen)
            wrong += self._missing_cells(vals, wrong)
            numbers = self._sheet_numbers(vals, wrong)
            if wrong:
                problems[position] = wrong
                continue
            if "choice_names" not in vals:
                chosen = dict(line.parameter_value_ids._as_choices())
            rows[position] = Row(position, self._row_key(vals, chosen), line, {**vals, "choices": chosen}, numbers)
        rows = self._match_rows(rows)
        for position, text in self._sheet_problems(list(rows.values())):
            problems.setdefault(position, []).append(text)
        return list(rows.values()), problems

    def _sheet_lines(self, vals_list):
        """{position: line} of the rows with an external id that is known here"""
        given = {place: vals.pop("line") for place, vals in enumerate(vals_list) if "line" in vals}
        lines = self.browse([line_id for line_id in given.values() if isinstance(line_id, int)]).exists()
        # Taken out of the whole, so that they are read together.
        by_id = {line.id: line for line in lines._filtered_access("read")}
        return {place: by_id[key] for place, key in given.items() if key in by_id}

    @api.model
    def _placed(self, vals, line):
        """What a row says; one with an external id needs no other name, nor do two people called alike disturb it."""
        if not line:
            return vals
        own = {
            name: line.sudo()[name] for name in self._sheet_relations()
        }  # sudo: the user reads the line, so its names
        place = {name: record.id for name, record in own.items() if record}
        others = {
            name: value
            for name, value in vals.items()
            if name not in place or not isinstance(value, str) or plain(value) != plain(own[name].display_name)
        }
        return {"subject_type": line.subject_type, **place, **others}

    def _missing_cells(self, vals, wrong):
        if wrong:
            return []
        missing = [name for name in ("period_id", "definition_id") if not vals.get(name)]
        subject = self.env["kpi.scorecard"]._subject_fields().get(vals["subject_type"])
        missing += [subject] if not vals.get(subject) else []
        labels = [self._fields[name]._description_string(self.env) for name in missing]
        return [self.env._("%s is missing.", label) for label in labels]

    def _sheet_numbers(self, vals, wrong):
        numbers = {}
        for name in NUMBERS:
            if name in vals:
                try:
                    numbers[name] = read_number(vals[name])
                except ValueError:
                    label = self._fields[name]._description_string(self.env)
                    wrong.append(
                        self.env._(
                            "%(field)s: “%(text)s” is no number. Write it like 1234.5, or choose the separators of the file.",
                            field=label,
                            text=vals[name],
                        )
                    )
        if numbers.get("weight", 0) < 0:
            wrong.append(self.env._("The weight of a KPI must not be negative."))
        return numbers

    def _row_key(self, vals, chosen):
        subject = self.env["kpi.scorecard"]._subject_fields()[vals["subject_type"]]
        definition = self.env["kpi.definition"].browse(vals["definition_id"])
        choices = dict((*definition.sudo().parameter_value_ids._as_choices(), *chosen.items()))
        place = (vals["period_id"], vals["subject_type"], vals[subject], definition.id)
        return (*place, tuple(sorted(choices.items())))

    def _line_key(self):
        return (self.period_id.id, *self._subject_key(), self.definition_id.id, tuple(sorted(self._choices().items())))

    @api.model
    def _match_rows(self, rows):
        """The rows with the lines that are there; a row with an external id keeps its own."""
        domain = [
            ("period_id", "in", [row.key[0] for row in rows.values()]),
            ("definition_id", "in", [row.key[3] for row in rows.values()]),
        ]
        # sudo: found whoever sees it, so that it is not made twice; it is written with the user's own rights.
        there = {line._line_key(): line.with_env(self.env) for line in self.sudo().search(domain)}
        return {position: row._replace(line=row.line or there.get(row.key, row.line)) for position, row in rows.items()}


def _xmlid(cell):
    """An external id with its module, as Odoo's import takes one without."""
    return str(cell) if "." in str(cell) else f"__import__.{cell}"


def _record_id(model_name, part, cell, xmlids):
    """A database id or external id → id; what cannot be found keeps its text."""
    if part == ".id":
        return int(cell) if str(cell).isdecimal() else cell
    return xmlids.get((model_name, _xmlid(cell)), cell)
