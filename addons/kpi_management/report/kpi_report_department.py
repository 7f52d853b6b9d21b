from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..models.cockpit_tree import attention

# How many KPIs stand in front as those that need attention first.
ATTENTION = 10


class KpiReportDepartment(models.AbstractModel):
    """How a department, a company or somebody's team stands in a period: computed once for document and workbook."""

    _name = "kpi.report.department"
    _description = "KPI Department Report"

    @api.model
    def _prepare(self, subject, period):
        """What there is to report, as far as the user of this environment may see it.

        Scorecards that nobody agreed to yet are in it, as they are on the screens; each says its state.

        :param subject: ``res.company``, ``hr.department``, or ``hr.employee`` for the team below that person; only
            its id and name are used
        :param period: ``kpi.period``
        :return: a dict: the subject's own scorecard (``own``, or None), those of the units below it (``units``) and of
            its people (``people``), what needs attention first on top; see ``kpi.report.figures._cards`` for each
        :rtype: dict
        """
        found = self._find_cards(subject, period)
        own = found.filtered(lambda card: card._subject() == subject)
        values = {card["id"]: card for card in self.env["kpi.report.figures"]._cards(found, trend=own)}
        people = found.filtered(lambda card: card.subject_type == "employee")
        people = self._by_need(values[card.id] for card in people)
        lines = [(card["name"], line) for card in people for line in card["lines"]]
        figures = self.env["kpi.report.figures"]
        lines.sort(key=lambda item: figures._urgency(item[1]))
        scores = [card["score"] for card in people if card["score"] is not None]
        return {
            "subject": self._title(subject),
            "kind": subject._name,
            "company": period.company_id,
            "period": period,
            "own": values[own.id] if own else None,
            "units": self._by_need(values[card.id] for card in found - own if card.subject_type != "employee"),
            "people": people,
            "counts": figures._counts([line for _name, line in lines]),
            "attention": [item for item in lines if item[1]["status"] in ("error", "behind", "at_risk")][:ATTENTION],
            "mean_score": sum(scores) / len(scores) if scores else None,
            "grades": self._grades(found),
        }

    @api.model
    def _title(self, subject):
        # sudo: the name of what the reader chose, or is told of.
        name = subject.sudo().display_name
        return self.env._("Team of %s", name) if subject._name == "hr.employee" else name

    @api.model
    def _find_cards(self, subject, period):
        """The scorecards of the period about the subject and all below it that the user may read."""
        domain = Domain("period_id", "=", period.id)
        if subject._name == "hr.department":
            domain &= self._department_domain(subject, period)
        elif subject._name == "hr.employee":
            # sudo: a plain manager may not read hr.employee; whose scorecards are shown is for the record rules.
            # Whoever left since is one of them; who reports to whom is as of today, Odoo keeps nothing older.
            people = subject.sudo().with_context(active_test=False)
            domain &= Domain("employee_id", "in", (people.search([("id", "child_of", subject.id)]) - subject).ids)
        return self.env["kpi.scorecard"].search(domain)

    @api.model
    def _department_domain(self, department, period):
        """Its own scorecard, those of the departments below, and of the people in them, as the cockpit places them."""
        # sudo: who works where is read by HR alone; whose scorecards are shown is for the record rules.
        departments = department.sudo().with_context(active_test=False)
        below = departments.search([("id", "child_of", department.id)])
        homes = self.env["kpi.cockpit"]._homes(period)
        rows = self.env.execute_query(
            SQL("SELECT employee_id FROM (%s) home WHERE department_id IN %s", homes, below._ids)
        )
        return Domain("department_id", "in", below.ids) | Domain("employee_id", "in", [key for (key,) in rows])

    @api.model
    def _by_need(self, cards):
        """Cards in the order of the cockpit: what needs attention first."""
        return sorted(cards, key=lambda card: (*attention(card["counts"], card["score"]), card["subject_id"]))

    @api.model
    def _grades(self, cards):
        """[(grade, how many people)], the best first"""
        people = cards.filtered(lambda card: card.subject_type == "employee" and card.has_score and card.grade_id)
        groups = people.grouped("grade_id")
        best_first = sorted(groups, key=lambda grade: (-grade.min_score, grade.id))
        return [(grade.name, len(groups[grade])) for grade in best_first]
