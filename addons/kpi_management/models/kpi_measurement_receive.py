import psycopg2.errors

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError, ValidationError
from odoo.http import request
from odoo.tools import float_compare

from .kpi_figure_text import read_number

OUTSIDE = ("/json/", "/jsonrpc", "/xmlrpc")  # addresses that programs call; the web client has others
# Another transaction brought the same figure in the meantime.
CLASHES = (psycopg2.errors.UniqueViolation, psycopg2.errors.SerializationFailure)


class KpiMeasurement(models.Model):
    """Figures come in once: what is sent again stands in place of what came before, all of a batch or none of it."""

    _inherit = "kpi.measurement"

    @api.model_create_multi
    def create(self, vals_list):
        """Enter figures. Relations may be given by name: see ``kpi.figure.lookup``.

        A figure that a file or a program brings again replaces the one before, and its chatter says so; on screen the
        user is told that it is there.

        :return: the figures in the order of ``vals_list``; a figure given twice is in it twice
        :raises ValidationError: with all that is wrong, by position; nothing is entered then
        """
        self.check_access("create")
        vals_list, problems = self._prepare_figures(vals_list)
        if problems:
            raise ValidationError(self._problems_text(problems, len(vals_list)))
        try:
            # A savepoint, so that another transaction's figure is met here and not at the end.
            with self.env.cr.savepoint():
                self.env["kpi.period"].browse({vals["period_id"] for vals in vals_list})._hold_open()
                figures = self._existing_figures(vals_list)
                fresh = {key: vals for key, vals in self._by_key(vals_list).items() if key not in figures}
                for key, vals in self._by_key(vals_list).items():
                    if key in figures:
                        figures[key]._replace(vals)
                figures.update(zip(fresh, super().create(list(fresh.values())), strict=True))
        except CLASHES as error:
            self._retry(error)
        return self.browse(figures[self._figure_key(vals)].id for vals in vals_list)

    def write(self, vals):
        self._check_period_open()
        (self.period_id | self.env["kpi.period"].browse(vals.get("period_id") or ()))._hold_open()
        vals, figures = dict(vals), self
        if not self.env.su:
            vals.pop("source", None)
        if "value" in vals:
            if problem := self._value_problem(vals["value"]):
                raise ValidationError(problem)
            vals["value"] = read_number(vals["value"])
            vals.setdefault("source", self._incoming_source({}))
            # Odoo's importer switches tracking off; whoever changes a figure is told of in its chatter all the same.
            figures = self.with_context(tracking_disable=False, mail_notrack=False)
        result = super(KpiMeasurement, figures).write(vals)
        self._check_period_open()
        return result

    # ---------------------------------------------------------------- what came in

    @api.model
    def _prepare_figures(self, vals_list):
        """Complete the values of new figures, and look for all that is wrong before anything is written.

        :return: (values, {position: [what is wrong]})
        """
        fields = {*self._subject_fields().values(), "measure_id", "period_id", "subject_type"}
        defaults = {
            name: self.env.context[f"default_{name}"] for name in fields if f"default_{name}" in self.env.context
        }
        prepared, problems = self.env["kpi.figure.lookup"]._resolve([{**defaults, **vals} for vals in vals_list])
        for vals in prepared:
            vals["source"] = self._incoming_source(vals)
        known = self._known_ids(prepared)
        for position, vals in enumerate(prepared):
            # What could not be found is said already; the rest makes no sense then.
            if position not in problems and (wrong := self._figure_problems(vals, known)):
                problems[position] = wrong
        sound = {position: vals for position, vals in enumerate(prepared) if position not in problems}
        return prepared, problems | self._typed_again(sound) | self._repetitions(sound)

    @api.model
    def _incoming_source(self, vals):
        """How a figure comes in: over the API, by file (Odoo's importer sets ``import_file``), or as the code says."""
        if request and request.httprequest.path.startswith(OUTSIDE):
            return "api"
        if self.env.context.get("import_file"):
            return "import"
        return vals.get("source") or self.env.context.get("kpi_source") or "typed"

    @api.model
    def _figure_key(self, vals):
        """What there is one figure for, as ``_unique_figure`` says."""
        names = ("measure_id", "period_id", "subject_type", *sorted(set(self._subject_fields().values())))
        return tuple(vals.get(name) or False for name in names)

    @api.model
    def _by_key(self, vals_list):
        return {self._figure_key(vals): vals for vals in vals_list}

    @api.model
    def _existing_figures(self, vals_list):
        """{key: figure} of the figures that are there already"""
        domain = [
            ("measure_id", "in", [vals["measure_id"] for vals in vals_list]),
            ("period_id", "in", [vals["period_id"] for vals in vals_list]),
        ]
        keys = set(self._by_key(vals_list))
        found = {self._figure_key(record._key_vals()): record for record in self.search(domain)}
        return {key: record for key, record in found.items() if key in keys}

    def _key_vals(self):
        # sudo: a plain user may not read hr.employee; only the ids are.
        record = self.sudo()
        relations = {*self._subject_fields().values(), "measure_id", "period_id"}
        return {"subject_type": record.subject_type, **{name: record[name].id for name in relations}}

    def _replace(self, vals):
        """Take another value, note or attachment over from what was sent again, and keep the old one in the chatter."""
        changed = {"note": vals["note"]} if vals.get("note") and vals["note"] != self.note else {}
        if float_compare(vals["value"], self.value, precision_digits=self._fields["value"].get_digits(self.env)[1]):
            changed["value"] = vals["value"]
        if new := self._new_attachments(vals.get("attachment_ids") or []):
            changed["attachment_ids"] = new
        if changed:
            labels = dict(self._fields["source"]._description_selection(self.env))
            self.with_context(kpi_source=vals["source"]).write(changed)
            self._track_set_log_message(self.env._("Came in again: %s", labels[vals["source"]]))

    def _new_attachments(self, commands):
        """The commands but for files of the same name that hang on the figure already."""
        names = set(self.attachment_ids.mapped("name"))
        return [command for command in commands if command[0] != 0 or command[2].get("name") not in names]

    def _retry(self, error):
        """Let Odoo run the call again, which then finds the other's figure."""
        clashes = self.env.context.get("kpi_clashes")
        if isinstance(clashes, list):
            clashes.append(error)
        raise ConcurrencyError(self.env._("Somebody else entered the same figure just now. Try again.")) from error

    # ---------------------------------------------------------------- what is wrong

    @api.model
    def _known_ids(self, vals_list):
        """{field: ids that exist and that the user may see} of the relations of new figures"""
        known = {}
        for name in self.env["kpi.figure.lookup"]._names():
            ids = {vals[name] for vals in vals_list if isinstance(vals.get(name), int)}
            model = self.env[self._fields[name].comodel_name].with_context(active_test=False)
            found = model.search([("id", "in", list(ids))])
            # sudo: a plain user may not read hr.employee. Read together what the checks then read one by one.
            found.sudo().mapped("display_name")
            known[name] = set(found.ids)
        return known

    @api.model
    def _figure_problems(self, vals, known):
        """What is wrong with one figure: [sentence in the user's language]"""
        problem = self._value_problem(vals.get("value"))
        problems = [problem] if problem else []
        for name, ids in known.items():
            label = self._fields[name]._description_string(self.env)
            if not vals.get(name):
                if name in ("measure_id", "period_id"):
                    problems.append(self.env._("%s: it is missing.", label))
            elif vals[name] not in ids:
                problems.append(self.env._("%(field)s: there is none with the id %(id)s.", field=label, id=vals[name]))
        return problems or self._record_problems(vals)

    @api.model
    def _value_problem(self, value):
        """What is wrong with a value, or None."""
        if value is None or value is False or (isinstance(value, str) and not value.strip()):
            return self.env._("The figure is missing.")
        try:
            read_number(value)
        except ValueError:
            return self.env._("“%s” is not a number: write it like 1234.5.", value)
        return None

    @api.model
    def _record_problems(self, vals):
        """The model's own checks, made before anything is written."""
        vals["value"] = read_number(vals["value"])
        figure = self.new({name: vals[name] for name in vals if name not in ("attachment_ids", "note")})
        problems = []
        for check in (
            figure._check_measure,
            figure._check_subject,
            figure._check_one_company,
            figure._check_period_open,
        ):
            try:
                check()
            except UserError as error:
                problems.append(error.args[0])
        return problems

    def _check_one_company(self):
        """Like Odoo's own check of companies, in a sentence that stands beside a row."""
        company = self.company_id
        for record in (self.sudo().period_id, self._subject()):
            if record._name != "res.company" and record.company_id not in (company, company.browse()):
                raise ValidationError(
                    self.env._(
                        "%(name)s belongs to %(company)s, the figure to %(other)s.",
                        name=record.display_name,
                        company=record.company_id.name,
                        other=company.name,
                    )
                )

    @api.model
    def _typed_again(self, vals_by_position):
        """What is typed a second time is not replaced unseen: {position: [sentence]}."""
        typed = {position: vals for position, vals in vals_by_position.items() if vals["source"] == "typed"}
        figures = self._existing_figures(list(typed.values())) if typed else {}
        problems = {}
        for position, vals in typed.items():
            if figure := figures.get(self._figure_key(vals)):
                text = self.env._(
                    "%(figure)s was entered already, with the value %(value)s: change that figure instead.",
                    figure=figure.display_name,
                    value=f"{figure.value:.15g}",
                )
                problems[position] = [text]
        return problems

    @api.model
    def _repetitions(self, vals_by_position):
        """Two different values for one figure in the same batch: nobody knows which one is right.

        :return: {position of the later: [sentence]}
        """
        problems, first = {}, {}
        for position, vals in vals_by_position.items():
            earlier = first.setdefault(self._figure_key(vals), position)
            other = vals_by_position[earlier]["value"]
            if other != vals["value"]:
                text = self.env._(
                    "%(first)s gives another value for the same figure: %(other)s, here %(value)s.",
                    first=self._position_text(earlier),
                    other=f"{other:.15g}",
                    value=f"{vals['value']:.15g}",
                )
                problems[position] = [text]
        return problems

    @api.model
    def _problems_text(self, problems, count):
        """All problems, each with its place in the list when there are several."""
        lines = []
        for position, sentences in sorted(problems.items()):
            text = " ".join(sentences)
            lines.append(self._positioned(position, text) if count > 1 else text)
        return "\n".join(lines)

    @api.model
    def _positioned(self, position, text):
        return self.env._("%(place)s: %(text)s", place=self._position_text(position), text=text)

    @api.model
    def _position_text(self, position):
        """Where in a file or list: rows as the file counts them, with its heading; items from 1."""
        first_row = self.env.context.get("kpi_first_row")
        if isinstance(first_row, int):
            return self.env._("Row %s", first_row + position)
        return self.env._("Item %s", position + 1)
