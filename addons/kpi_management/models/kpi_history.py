from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import EngineError

# Said outright: a button takes the measures of the screen it is on along.
MEASURES = {"graph_measure": "attainment", "pivot_measures": ["attainment", "actual"]}
# The interval of a graph on which each type of period is a point of its own.
INTERVALS = {"week": "week", "month": "month", "quarter": "quarter", "half": "quarter", "year": "year"}


class KpiScorecardLine(models.Model):
    """The figures of a KPI and a subject, period after period."""

    _inherit = "kpi.scorecard.line"

    period_type = fields.Selection(related="scorecard_id.period_type", store=True)
    # Summed only where that means something: see _read_group_select.
    actual = fields.Float(aggregator="sum")

    @api.depends_context("lang")
    def _compute_display_name(self):
        """Override: the name of the KPI is translated, so one person's language must not stay for the next."""
        return super()._compute_display_name()

    def _read_group_select(self, aggregate_spec, query):
        select = super()._read_group_select(aggregate_spec, query)
        return self._sum_of_actuals(select, query) if aggregate_spec == "actual:sum" else select

    @api.model
    def _sum_of_actuals(self, select, query):
        """A sum of measured actuals that may be added up, else nothing.

        One figure stands for itself. Several add up when they are of one KPI whose figures grow with time, of periods
        of one type and of people of one company, or of one department, team or company in several periods: anything
        else counts something twice, or adds up ratios. A KPI that is on one scorecard twice, with other choices, does
        not add up either.
        """
        column = {
            name: self._field_to_sql(self._table, name, query)
            for name in (
                "definition_id",
                "company_id",
                "subject_type",
                "period_type",
                "scorecard_id",
                "period_id",
                "result",
            )
        }
        measured = SQL("FILTER (WHERE %s = 'ok')", column["result"])
        alike = SQL(" AND ").join(
            SQL("MIN(%(x)s) %(ok)s = MAX(%(x)s) %(ok)s", x=column[name], ok=measured)
            for name in ("definition_id", "company_id", "subject_type", "period_type")
        )
        return SQL(
            """
            CASE WHEN COUNT(*) %(ok)s = 1
                   OR (%(alike)s
                       AND BOOL_AND(%(kpi)s = ANY(%(additive)s)) %(ok)s
                       AND COUNT(*) %(ok)s = COUNT(DISTINCT %(card)s) %(ok)s
                       AND (MIN(%(kind)s) %(ok)s = 'employee'
                            OR COUNT(DISTINCT %(card)s) %(ok)s = COUNT(DISTINCT %(period)s) %(ok)s))
                 THEN %(select)s %(ok)s END
            """,
            ok=measured,
            alike=alike,
            kpi=column["definition_id"],
            additive=self._additive_definition_ids(),
            card=column["scorecard_id"],
            kind=column["subject_type"],
            period=column["period_id"],
            select=select,
        )

    @api.model
    def _additive_definition_ids(self):
        """Ids of the KPIs whose figures of several periods or people add up."""
        library = self.env["kpi.computation"]._library()
        # sudo: only which formulas add up is asked.
        definitions = self.env["kpi.definition"].sudo().with_context(active_test=False).search([])
        return definitions.filtered(lambda definition: _is_additive(library, definition.code)).ids

    def action_open_history(self):
        """Open this KPI of the same subject over all periods of the type, as a graph."""
        self.ensure_one()
        action = self.scorecard_id._prepare_history()
        context = {**action["context"], "search_default_definition_id": self.definition_id.id}
        return {**action, **_title(f"{self.definition_id.name} · {self.subject_name}"), "context": context}


class KpiScorecard(models.Model):
    _inherit = "kpi.scorecard"

    def action_open_history(self):
        """Open the KPIs of the same subject over all periods of the type, as a graph."""
        self.ensure_one()
        return self._prepare_history()

    def action_open_score_history(self):
        """Open the scores of the same subject over all periods of the type, as a graph."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_score_history")
        return {
            **action,
            **_title(self.env._("Scores · %s", self.subject_name)),
            "domain": [*self._subject_domain(), ("period_type", "=", self.period_type)],
            "context": {
                "graph_groupbys": [f"date_start:{INTERVALS[self.period_type]}"],
                "graph_measure": "score",
                "pivot_measures": ["score"],
            },
        }

    def _prepare_history(self):
        interval = INTERVALS[self.period_type]
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_history")
        return {
            **action,
            **_title(self.env._("History · %s", self.subject_name)),
            "domain": self._subject_domain(),
            "context": {
                **MEASURES,
                "search_default_measured": 1,
                f"search_default_type_{self.period_type}": 1,
                "graph_groupbys": [f"date_start:{interval}", "definition_id"],
                "pivot_row_groupby": ["definition_id"],
                "pivot_column_groupby": [f"date_start:{interval}"],
            },
        }

    def _subject_domain(self):
        """Records about the same subject; the fields are the same on scorecards and lines."""
        name = self._subject_fields()[self.subject_type]
        return [
            ("subject_type", "=", self.subject_type),
            ("company_id", "=", self.company_id.id),
            (name, "=", self._subject().id),
        ]


class KpiDefinition(models.Model):
    _inherit = "kpi.definition"

    def action_open_history(self):
        """Open this KPI of all people over the months, as a graph."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_history")
        context = {
            **MEASURES,
            "search_default_measured": 1,
            "search_default_type_month": 1,
            "search_default_definition_id": self.id,
            "graph_groupbys": ["date_start:month", "employee_id"],
            "pivot_row_groupby": ["employee_id"],
            "pivot_column_groupby": ["date_start:month"],
        }
        return {**action, **_title(self.env._("History · %s", self.name)), "context": context}


def _title(text):
    """Of a window action; the breadcrumb shows the one, the browser the other."""
    return {"name": text, "display_name": text}


def _is_additive(library, code):
    try:
        return library.is_additive(code)
    except EngineError:
        return False  # its lines show the error
