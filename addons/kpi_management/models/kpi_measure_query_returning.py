from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL


class KpiMeasureQuery(models.AbstractModel):
    """Who came back: the different values that a subject has both in the window and in the one before it.

    The records of both windows are read together. A value came back when its first record lies before the start of the
    window and its last one not, so that each subject is asked for its own records alone.
    """

    _inherit = "kpi.measure.query"

    def _grouped_sql(self, measure, company, window, kind, subjects, choices):
        """Extend to count what came back."""
        if measure.accumulation != "returning":
            return super()._grouped_sql(measure, company, window, kind, subjects, choices)
        start = self._edge(measure, measure.date_field, company, window)[0]
        return SQL(
            """
            SELECT subject, COUNT(*)
              FROM (SELECT subject
                      FROM (%(rows)s) AS counted
                     GROUP BY subject, value
                    HAVING MIN(moment) < %(start)s AND MAX(moment) >= %(start)s) AS returned
             GROUP BY subject
            """,
            rows=self._dated_rows(measure, company, window, kind, subjects, choices),
            start=start,
        )

    def _record_domain(self, measure, company, window, kind, subject, choices=()):
        """Extend to find the records of the window whose value came back. No domain can say it: they are listed."""
        if measure.accumulation != "returning":
            return super()._record_domain(measure, company, window, kind, subject, choices)
        start = self._edge(measure, measure.date_field, company, window)[0]
        found = SQL(
            """
            SELECT DISTINCT id
              FROM (SELECT id, moment, MIN(moment) OVER (PARTITION BY subject, value) AS first
                      FROM (%(rows)s) AS counted) AS dated
             WHERE moment >= %(start)s AND first < %(start)s
            """,
            rows=self._dated_rows(measure, company, window, kind, subject, choices),
            start=start,
        )
        return Domain("id", "in", [row[0] for row in self.env.execute_query(found)])

    def _dated_rows(self, measure, company, window, kind, subjects, choices):
        """Id, subject, value and moment of every record of both windows that has a value."""
        query, subject, value = self._parts(measure, company, window, kind, subjects, choices)
        query.add_where(SQL("%s IS NOT NULL", value))
        model = self.env[measure.model_name].sudo()
        return query.select(
            SQL("%s AS id", self._id(query)),
            SQL("%s AS subject", subject),
            SQL("%s AS value", value),
            SQL("%s AS moment", self._path_sql(model, measure.date_field, query)),
        )
