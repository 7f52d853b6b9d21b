from odoo import api, fields, models
from odoo.tools import SQL

from .cockpit_tree import STATUSES, Fact, Tree


class KpiCockpit(models.AbstractModel):
    """Where the scorecards of a period stand, each with its place in the company: one query for all of them."""

    _inherit = "kpi.cockpit"

    @api.model
    def _tree(self, period, with_counts=True):
        """The scorecards of a period that the user may see, in the tree of departments.

        :param period: a period, or none
        :param with_counts: whether the lines are counted by status
        :rtype: Tree
        """
        if not period:
            return Tree((), {})
        facts = self._facts(period, STATUSES if with_counts else ())
        # sudo: which department is below which is what the path and the rows are made of, names are read as the user.
        departments = self.env["hr.department"].sudo().with_context(active_test=False)
        departments = departments.search_fetch([("company_id", "in", (False, period.company_id.id))], ["parent_id"])
        parents = {department.id: department.parent_id.id or None for department in departments}
        return Tree(facts, parents, self._members({fact.subject for fact in facts}, period.company_id))

    @api.model
    def _members(self, subjects, company):
        """{subject: ids of its employees} of subjects that departments do not tell; bridges that add kinds fill it.

        :param set subjects: (kind, id)
        """
        return {}

    @api.model
    def _facts(self, period, statuses):
        cards = self.env["kpi.scorecard"]
        fields_of = cards._subject_fields()
        cards.flush_model(["period_id", "score", "has_score", "grade_id", "subject_type", *fields_of.values()])
        cards.env["kpi.scorecard.line"].flush_model(["scorecard_id", "status", "result"])
        visible = cards._search([("period_id", "=", period.id)], order="id")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT card.id, card.subject_type, %(subject)s, home.department_id,
                       CASE WHEN card.has_score THEN card.score END, card.grade_id%(counts)s
                  FROM kpi_scorecard card
             LEFT JOIN (%(homes)s) home ON home.employee_id = card.employee_id
                       %(lines)s
                 WHERE card.id IN %(visible)s
              GROUP BY card.id, home.department_id
                """,
                subject=SQL(
                    "CASE card.subject_type %s END",
                    SQL(" ").join(
                        SQL("WHEN %s THEN card.%s", kind, SQL.identifier(name)) for kind, name in fields_of.items()
                    ),
                ),
                counts=SQL().join(SQL(", %s", _count(status)) for status in statuses),
                lines=SQL("LEFT JOIN kpi_scorecard_line line ON line.scorecard_id = card.id") if statuses else SQL(),
                homes=self._homes(period),
                visible=visible.subselect(),
            )
        )
        return [
            Fact(
                card_id,
                (kind, key),
                home if kind == "employee" else None,
                float(score) if score is not None else None,
                grade_id,
                {status: count for status, count in zip(statuses, counts, strict=True) if count},
            )
            for card_id, kind, key, home, score, grade_id, *counts in rows
        ]

    @api.model
    def _homes(self, period):
        """SQL of (employee_id, department_id) on the last day of the period, or today while it runs; no employee twice."""
        day = min(period.date_end, period._now().date())
        # sudo: whoever may see a person's scorecard may know the department, see `hr.employee.public`.
        stretches = self.env["kpi.employment"].sudo()
        query = stretches._search(
            [
                ("company_id", "=", period.company_id.id),
                "|",
                ("credit_from", "=", False),
                ("credit_from", "<=", day),
                "|",
                ("credit_to", "=", False),
                ("credit_to", ">=", day),
            ],
            order="id",
        )
        columns = (stretches._field_to_sql(query.table, name, query) for name in ("employee_id", "department_id"))
        first, second = columns
        return SQL("SELECT DISTINCT ON (employee_id) * FROM (%s) stretch", query.select(first, second))

    @api.model
    def _computed_at(self, tree, here):
        """When the oldest of the figures shown was computed, False where one never was (UTC)."""
        cards = self.env["kpi.scorecard"].browse(tree.cards_of(here))
        ((oldest, count, computed),) = cards._read_group(
            [("id", "in", cards.ids)], [], ["computed_at:min", "__count", "computed_at:count"]
        )
        return fields.Datetime.to_string(oldest) if oldest and computed == count else False


def _count(status):
    """SQL of the number of lines in a status; those that are wrong count as that, whatever the pace says."""
    if status in ("error", "no_data"):
        return SQL("COUNT(line.id) FILTER (WHERE line.result = %s)", status)
    if status == "none":
        return SQL(
            "COUNT(line.id) FILTER (WHERE line.result IS NULL"
            " OR line.result = 'ok' AND COALESCE(line.status, 'none') = 'none')"
        )
    return SQL("COUNT(line.id) FILTER (WHERE line.result = 'ok' AND line.status = %s)", status)
