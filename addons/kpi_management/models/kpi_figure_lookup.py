from datetime import date

from babel.dates import get_month_names

from odoo import api, models
from odoo.exceptions import MissingError

from ..engine import parse
from .kpi_figure_text import plain, read_period

# What may stand for a person. Badge numbers are seen by HR alone, so only HR finds people by them.
PERSON_KEYS = ("name", "work_email", "barcode")


class KpiFigureLookup(models.AbstractModel):
    """Finds the measure, period, company and subject that a file or a program calls by name."""

    _name = "kpi.figure.lookup"
    _description = "KPI Figure Lookup"

    @api.model
    def _resolve(self, vals_list):
        """Put ids in the place of names, and the company where none is given.

        :param list vals_list: values of figures; a relation may be an id, or a text: the code or name of a measure or
            KPI, a period's name, day or ISO form, the name of a company, department…, the name, work e-mail or badge
            number of a person
        :return: (values with ids, {position: [what is wrong, in the user's language]})
        """
        finders, given = {}, self._given_ids(vals_list)
        resolved, problems = [], {}
        for position, vals in enumerate(vals_list):
            vals, wrong = dict(vals), []
            for name in self._names():
                if name == self._names()[-2]:
                    vals["company_id"] = vals.get("company_id") or self._company_of(vals, given).id
                self._resolve_name(name, vals, vals_list, finders, wrong)
            self._resolve_kind(vals, wrong)
            resolved.append(vals)
            if wrong:
                problems[position] = wrong
        return resolved, problems

    @api.model
    def _names(self):
        """The relations of a figure: the company first, since names are looked up within it."""
        subjects = self.env["kpi.measurement"]._subject_fields().values()
        return ["company_id", *(name for name in subjects if name != "company_id"), "measure_id", "period_id"]

    def _given_ids(self, vals_list):
        return {name: [vals[name] for vals in vals_list if isinstance(vals.get(name), int)] for name in self._names()}

    def _resolve_name(self, name, vals, vals_list, finders, wrong):
        value = vals.get(name)
        if not isinstance(value, str | date) or value == "":
            return
        if name not in finders:
            texts = {other[name] for other in vals_list if isinstance(other.get(name), str | date)}
            finders[name] = getattr(self, f"_find_{name}", lambda texts: self._find_by_name(name, texts))(texts)
        found = self._narrow(finders[name](value), vals.get("company_id"))
        vals[name] = found.id if len(found) == 1 else False
        if len(found) != 1:
            wrong.append(self._not_found(name, value) if not found else self._ambiguous(name, value, found))

    def _resolve_kind(self, vals, wrong):
        """The kind of subject by its name in any language; by the field that is filled where none is given."""
        figures = self.env["kpi.measurement"]
        kinds = {kind: name for kind, name in figures._subject_fields().items() if kind != "company"}
        if not vals.get("subject_type"):
            vals["subject_type"] = next((kind for kind, name in kinds.items() if vals.get(name)), "company")
            return
        field = figures._fields["subject_type"]
        index = {}
        for lang, _name in self.env["res.lang"].get_installed():
            for kind, label in field._description_selection(self.with_context(lang=lang).env):
                index |= {plain(kind): kind, plain(label): kind}
        kind = index.get(plain(vals["subject_type"]))
        if not kind:
            wrong.append(self._not_found("subject_type", vals["subject_type"]))
        vals["subject_type"] = kind

    @api.model
    def _narrow(self, found, company_id):
        """Those of the company; of several of them, those still active."""
        if company_id and "company_id" in found._fields:
            found = found.filtered(lambda record: record.company_id.id in (False, company_id))
        if len(found) > 1 and "active" in found._fields:
            found = found.filtered("active") or found
        return found

    @api.model
    def _company_of(self, vals, given):
        """The company of a figure that names none: its subject's, its period's, the user's.

        :param dict given: {field: ids in the whole list}, which are read together
        """
        for name in (*self._names()[1:-2], "period_id"):
            if isinstance(vals.get(name), int) and vals[name]:
                # sudo: a plain user may not read hr.employee; only the company is.
                model = self.env[self.env["kpi.measurement"]._fields[name].comodel_name].sudo()
                try:
                    company = model.browse(vals[name]).with_prefetch(given[name]).company_id
                except MissingError:
                    continue  # the checks say so
                if company in self.env.companies:
                    return company
        return self.env.company

    # ---------------------------------------------------------------- finders: text → records

    @api.model
    def _find_by_name(self, name, texts):
        model = self.env[self.env["kpi.measurement"]._fields[name].comodel_name].with_context(active_test=False)
        index = _index(model.search([]), [key for key in ("name", "complete_name") if key in model._fields])
        return lambda text: index.get(plain(text), model.browse())

    @api.model
    def _find_company_id(self, texts):
        index = _index(self.env.companies, ["name"])
        return lambda text: index.get(plain(text), self.env["res.company"])

    @api.model
    def _find_employee_id(self, texts):
        Employee = self.env["hr.employee"]
        keys = [
            key for key in PERSON_KEYS if key != "barcode" or Employee._has_field_access(Employee._fields[key], "read")
        ]
        # sudo: a KPI officer need not be in HR; people are found within the user's companies by what everybody sees.
        people = Employee.sudo().with_context(active_test=False).search([("company_id", "in", self.env.companies.ids)])
        index = _index(people, keys)
        return lambda text: index.get(plain(text), Employee)

    @api.model
    def _find_measure_id(self, texts):
        """By code, else by name in any language; measures first, else the KPI that is just one typed measure."""
        measures = self.env["kpi.measure"].with_context(active_test=False).search([])
        definitions = self.env["kpi.definition"].with_context(active_test=False).search([])
        steps = [_index(records, ["code"]) for records in (measures, definitions)]
        steps += [self._index_translated(records) for records in (measures, definitions)]

        def find(text):
            found = next((index[plain(text)] for index in steps if plain(text) in index), measures.browse())
            if found._name == "kpi.measure":
                return found
            return measures.filtered(lambda measure: {measure.code} == set(found.mapped("formula")))

        return find

    @api.model
    def _index_translated(self, records):
        index = {}
        for lang, _name in self.env["res.lang"].get_installed():
            for key, found in _index(records.with_context(lang=lang), ["name"]).items():
                index[key] = index.get(key, records.browse()) | found.with_env(records.env)
        return index

    @api.model
    def _find_period_id(self, texts):
        periods = self.env["kpi.period"].search([("company_id", "in", self.env.companies.ids)])
        by_name = _index(periods, ["name"])
        by_start = periods.grouped(lambda period: (period.period_type, period.date_start))
        month_names = self._month_names()

        def find(text):
            if isinstance(text, str) and plain(text) in by_name:
                return by_name[plain(text)]
            return by_start.get(read_period(text, month_names), periods.browse())

        return find

    @api.model
    def _month_names(self):
        """{name or short name of a month in English or the user's language: its number}"""
        return {
            plain(label).rstrip("."): number
            for lang in ("en_US", self.env.lang or "en_US")
            for width in ("wide", "abbreviated")
            for number, label in get_month_names(width, locale=lang).items()
        }

    # ---------------------------------------------------------------- what is wrong

    @api.model
    def _not_found(self, name, text):
        if name == "measure_id":
            return self._no_measure(text)
        if name == "period_id":
            return self.env._(
                "There is no period “%s”: write it as 2026-03, Q1 2026 or 2026, or create it first.", text
            )
        if name == "employee_id":
            return self.env._("There is nobody called “%s” here: give the name, work e-mail or badge number.", text)
        label = self.env["kpi.measurement"]._fields[name]._description_string(self.env)
        return self.env._("%(field)s: there is none called “%(text)s”.", field=label, text=text)

    def _no_measure(self, text):
        definitions = self.env["kpi.definition"].with_context(active_test=False).search([])
        named = [d for d in definitions if plain(text) in (plain(d.code), plain(d.name))]
        if not named:
            return self.env._("There is no KPI or measure “%s”.", text)
        codes = sorted({reference.code for reference in parse(named[0].formula).references})
        return self.env._(
            "%(kpi)s is computed from %(codes)s: no figure is entered for the KPI itself.",
            kpi=named[0].name,
            codes=", ".join(codes),
        )

    @api.model
    def _ambiguous(self, name, text, found):
        if name == "employee_id":
            return self.env._(
                "%(count)s people are called “%(name)s”: give the work e-mail or badge number instead.",
                count=len(found),
                name=text,
            )
        return self.env._("“%(name)s” may mean %(count)s different ones: name it exactly.", count=len(found), name=text)


def _index(records, keys):
    """{text: records that have it in one of the fields}"""
    index = {}
    for record in records:
        for text in {plain(record[key]) for key in keys if record[key]}:
            index[text] = index.get(text, records.browse()) | record
    return index
