from decimal import Decimal

import psycopg2

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine import MeasureFailure

AGGREGATES = {
    "sum": "SUM(%s)",
    "count_distinct": "COUNT(DISTINCT %s)",
    "avg": "AVG(%s)",
    "min": "MIN(%s)",
    "max": "MAX(%s)",
}

# Of more people than this the query counts everybody, and whoever was not asked for is left out afterwards: a list of
# a thousand ids costs more than it saves.
MANY = 200


class KpiMeasureQuery(models.AbstractModel):
    """Counts a measure over a window for all subjects of one kind together, in one grouped query.

    The query is Odoo's own (``_search`` with the measure's domain and Odoo's own joins along the paths); grouping is
    written here because ``_read_group`` can neither join the stretches of employment, which say in whose department a
    person was on the day of the record, nor convert money at that day.
    """

    _name = "kpi.measure.query"
    _description = "KPI Measure Query"

    @api.model
    def _figures(self, measure, company, window, kind, subjects, choices=()):
        """Measure for all subjects of one kind.

        :param measure: one ``kpi.measure`` of source ``query``
        :param company: the ``res.company`` whose records, time zone and currency count
        :param window: engine ``Window``, days in the company's time zone
        :param str kind: subject kind: company, department, employee…
        :param subjects: records of that kind
        :param choices: what is chosen for the measure's parameters: ((``kpi.parameter`` id, record id), …)
        :return: {subject id: Decimal}; subjects without records are missing; a ``MeasureFailure`` when it cannot run
        """
        if not measure._subject_path(kind):
            return MeasureFailure(
                self.env._(
                    "%(measure)s cannot be counted by %(kind)s: give it a way there.",
                    measure=measure.name,
                    kind=self._kind_label(kind),
                )
            )
        if measure.model_name not in self.env:
            return MeasureFailure(self.env._("%s counts records of an app that is not installed.", measure.name))
        if missing := self._missing_choice(measure, choices):
            return MeasureFailure(self.env._("%(measure)s: choose the %(what)s.", measure=measure.name, what=missing))
        try:
            measure._check_declaration()
            # A savepoint, so that a broken measure leaves the transaction and the other measures alone.
            with self.env.cr.savepoint(flush=False):
                rows = self.env.execute_query(self._grouped_sql(measure, company, window, kind, subjects, choices))
        except ValidationError as error:
            # An update of another app may have taken a field away since the measure was saved.
            return MeasureFailure(error.args[0])
        except (ValueError, KeyError, SyntaxError, TypeError, psycopg2.Error) as error:
            if isinstance(error, psycopg2.errors.SerializationFailure | psycopg2.errors.QueryCanceled):
                raise
            return MeasureFailure(f"{measure.name}: {str(error).strip().splitlines()[0]}")
        keys = self._keys(measure, kind, company, subjects)
        return {keys[key]: self._decimal(measure, value) for key, value in rows if key in keys}

    @api.model
    def _record_domain(self, measure, company, window, kind, subject, choices=()):
        """The domain that finds exactly the records counted for one subject.

        A department's records hang on who worked there on which day, which no domain can say: they are listed.
        """
        if kind == "department":
            query, _subject, _value = self._parts(measure, company, window, kind, subject, choices)
            rows = self.env.execute_query(SQL("SELECT DISTINCT * FROM (%s) AS counted", query.select(self._id(query))))
            return Domain("id", "in", [row[0] for row in rows])
        domain = self._counted_domain(measure, company, window, choices)
        if kind != "company":
            domain &= Domain(measure._subject_path(kind), "in", list(self._keys(measure, kind, company, subject)))
        return domain

    def _grouped_sql(self, measure, company, window, kind, subjects, choices):
        query, subject, value = self._parts(measure, company, window, kind, subjects, choices)
        if kind == "department" and self._fans_out(measure):
            # A record with several people of one department counts once for it.
            rows = query.select(
                SQL("DISTINCT %s AS id", self._id(query)), SQL("%s AS subject", subject), SQL("%s AS value", value)
            )
            return SQL(
                "SELECT subject, %s FROM (%s) AS counted GROUP BY subject",
                self._aggregate(measure, SQL.identifier("value")),
                rows,
            )
        return SQL("%s GROUP BY 1", query.select(SQL("%s AS subject", subject), self._aggregate(measure, value)))

    def _parts(self, measure, company, window, kind, subjects, choices):
        """The query over the records counted, and the SQL of each record's subject key and value."""
        # sudo: a measure counts for the system, whoever asks; administrators alone declare measures, the company is
        # in the domain, and the records behind a number are opened under the viewer's own rights.
        model = self.env[measure.model_name].sudo().with_context(active_test=False).with_company(company)
        domain = self._counted_domain(measure, company, window, choices)
        if kind not in ("company", "department") and len(subjects) <= MANY:
            keys = self._keys(measure, kind, company, subjects)
            domain &= Domain(measure._subject_path(kind), "in", list(keys))
        query = model._search(domain)
        subject = self._subject_sql(measure, model, query, company, window, kind, subjects)
        return query, subject, self._value_sql(measure, model, query, company, window)

    # ---------------------------------------------------------------- whose records

    def _subject_sql(self, measure, model, query, company, window, kind, subjects):
        if kind == "company":
            return SQL("%s", company.id)
        if kind == "department":
            return self._department_sql(measure, model, query, company, window, subjects)
        return self._path_sql(model, measure._subject_path(kind), query)

    def _department_sql(self, measure, model, query, company, window, departments):
        """Every asked department on the way up from the record's own: a department includes those below it."""
        if measure.department_path:
            own = self._path_sql(model, measure.department_path, query)
        else:
            own = self._employment_sql(measure, model, query, company, window)
        self.env["hr.department"].flush_model(["parent_path"])
        query.add_join("JOIN", "kpi_department", "hr_department", SQL("kpi_department.id = %s", own))
        query.add_join(
            "JOIN",
            "kpi_subject",
            "hr_department",
            SQL(
                "kpi_department.parent_path LIKE kpi_subject.parent_path || '%%' AND kpi_subject.id IN %s",
                tuple(departments.ids) or (0,),
            ),
        )
        return SQL.identifier("kpi_subject", "id")

    def _employment_sql(self, measure, model, query, company, window):
        """The department in which the credited person was on the day of the record."""
        person = self._path_sql(model, measure.employee_path, query)
        column = (
            "employee_id" if measure._path_field(measure.employee_path).comodel_name == "hr.employee" else "user_id"
        )
        employment = self.env["kpi.employment"].sudo()
        for model_name, names in employment._depends.items():
            self.env[model_name].flush_model(names)
        query.add_join(
            "JOIN",
            "kpi_employment",
            SQL("(%s)", employment._table_query),
            SQL(
                "%s = %s AND kpi_employment.company_id = %s "
                "AND %s BETWEEN COALESCE(kpi_employment.credit_from, '-infinity') "
                "AND COALESCE(kpi_employment.credit_to, 'infinity')",
                SQL.identifier("kpi_employment", column),
                person,
                company.id,
                self._day_sql(measure, model, query, company, window),
            ),
        )
        return SQL.identifier("kpi_employment", "department_id")

    def _path_sql(self, model, path, query):
        """The SQL of the last field of a path; joins along its many2one fields are added to the query."""
        alias = query.table
        *steps, last = path.split(".")
        for step in steps:
            model, alias = model._fields[step].join(model, alias, query)
        if model._fields[last].type == "many2many":
            return model._read_group_groupby(alias, last, query)
        return model._field_to_sql(alias, last, query)

    def _keys(self, measure, kind, company, subjects):
        """{id on the record: id of the subject}; employees are found through their users, within the company."""
        if kind != "employee" or measure._path_field(measure.employee_path).comodel_name == "hr.employee":
            return {subject.id: subject.id for subject in subjects}
        # sudo: maps users to employees of this company; nothing else of them is read.
        employees = subjects.sudo().with_context(active_test=False)
        rows = employees._read_group([("id", "in", subjects.ids), ("user_id", "!=", False)], ["user_id"], ["id:max"])
        return {user.id: employee_id for user, employee_id in rows}

    @api.model
    def _fans_out(self, measure):
        """Whether a record can lead to several people."""
        if measure.department_path:
            return False
        return measure._path_field(measure.employee_path).type == "many2many"

    @api.model
    def _kind_label(self, kind):
        return dict(self.env["kpi.scorecard"]._fields["subject_type"]._description_selection(self.env)).get(kind, kind)

    # ---------------------------------------------------------------- what is counted

    def _aggregate(self, measure, value):
        return SQL("COUNT(*)") if measure.aggregate == "count" else SQL(AGGREGATES[measure.aggregate], value)

    def _value_sql(self, measure, model, query, company, window):
        if measure.aggregate == "count":
            return self._id(query)
        value = self._path_sql(model, measure.value_field, query)
        if measure.rate_field:
            rate = self._path_sql(model, measure.rate_field, query)
            return SQL("%s / COALESCE(NULLIF(%s, 0), 1)::numeric", value, rate)
        if measure.currency_path:
            currency = self._path_sql(model, measure.currency_path, query)
            day = self._day_sql(measure, model, query, company, window)
            return SQL(
                "%s * %s / %s",
                value,
                self._rate_sql(company, SQL("%s", company.currency_id.id), day),
                self._rate_sql(company, currency, day),
            )
        return value

    def _rate_sql(self, company, currency, day):
        """The rate Odoo itself takes for a currency on a day: the last one up to it, else the first one after, else 1."""
        self.env["res.currency.rate"].flush_model(["rate", "currency_id", "company_id", "name"])
        return SQL(
            """COALESCE(
                (SELECT r.rate FROM res_currency_rate r
                  WHERE r.currency_id = %(currency)s AND COALESCE(r.company_id, %(company)s) = %(company)s
                    AND r.name <= %(day)s ORDER BY r.company_id, r.name DESC LIMIT 1),
                (SELECT r.rate FROM res_currency_rate r
                  WHERE r.currency_id = %(currency)s AND COALESCE(r.company_id, %(company)s) = %(company)s
                  ORDER BY r.company_id, r.name LIMIT 1),
                1)::numeric""",
            currency=currency,
            company=company.root_id.id,
            day=day,
        )

    def _day_sql(self, measure, model, query, company, window):
        """The local day of the record; for a balance, the last day of the window."""
        if measure.accumulation == "balance":
            return SQL("%s::date", window.end)
        moment = self._path_sql(model, measure.date_field, query)
        if measure._path_field(measure.date_field).type == "date":
            return moment
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, self._tz(company))

    @api.model
    def _id(self, query):
        return SQL.identifier(query.table, "id")

    @api.model
    def _tz(self, company):
        """The company's time zone: of its working hours, else of its contact, else UTC."""
        return company.resource_calendar_id.tz or company.partner_id.tz or "UTC"

    @api.model
    def _decimal(self, measure, value):
        """A figure as PostgreSQL gives it, exactly. A sum of empty values is 0, any other aggregate of them no data."""
        if value is None:
            return Decimal(0) if measure.aggregate == "sum" else None
        return Decimal(str(value))
