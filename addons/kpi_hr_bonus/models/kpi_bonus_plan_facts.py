"""What a computation needs to know of everybody, each by one query however many people there are."""

from collections import namedtuple

from odoo import models
from odoo.fields import Domain

from odoo.addons.kpi_management.models.guard import trusted

#: A person's days in the population within one period, and the last stretch (``hr.version``) among them.
Coverage = namedtuple("Coverage", "days version_id department_id")
#: What is known of everybody before the first statement is computed.
Facts = namedtuple("Facts", "coverage cards lines company_lines wages existing carried")


class KpiBonusPlan(models.Model):
    # Apart from kpi_bonus_plan_compute.py: reading the facts is one idea, computing with them another.
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    def _gather_facts(self, period):
        coverage = self._coverage(period)
        cards = self._scorecards(period, list(coverage))
        lines = self._scorecard_lines(cards)
        company_card = self._company_scorecard(period) if self.gate_ids else cards.browse()
        existing = self._existing_statements(period)
        return Facts(
            coverage=coverage,
            cards={card.employee_id.id: card for card in cards},
            lines=lines,
            company_lines=self._scorecard_lines(company_card).get(company_card.id, {}),
            wages=self._wages(coverage, period),
            existing={statement.employee_id.id: statement for statement in existing},
            carried=self.env["kpi.bonus.statement"]._open_carry(self, period, list(coverage)),
        )

    def _coverage(self, period):
        """{employee id: Coverage} of everybody with a day in the population within the period."""
        domain = self._population_domain() & Domain("date_from", "<=", period.date_end)
        domain &= Domain("date_to", "=", False) | Domain("date_to", ">=", period.date_start)
        rows = (
            self.env["kpi.employment"]
            .with_context(active_test=False)
            .search_read(
                list(domain), ["employee_id", "version_id", "department_id", "date_from", "date_to"], load=False
            )
        )
        coverage = {}
        for row in sorted(rows, key=lambda row: row["date_from"]):
            first = max(row["date_from"], period.date_start)
            last = min(row["date_to"] or period.date_end, period.date_end)
            before = coverage.get(row["employee_id"])
            # The stretches of one employee do not overlap, so their days add up.
            days = (before.days if before else 0) + (last - first).days + 1
            coverage[row["employee_id"]] = Coverage(days, row["version_id"], row["department_id"])
        return coverage

    def _scorecards(self, period, employee_ids):
        """Agreed scorecards: nobody is paid by targets that were never agreed."""
        domain = [
            ("period_id", "=", period.id),
            ("subject_type", "=", "employee"),
            ("employee_id", "in", employee_ids),
            ("state", "!=", "draft"),
        ]
        return self.env["kpi.scorecard"].search_fetch(domain, ["employee_id", "score", "has_score"])

    def _company_scorecard(self, period):
        domain = [("period_id", "=", period.id), ("subject_type", "=", "company"), ("state", "!=", "draft")]
        return self.env["kpi.scorecard"].search(domain, limit=1)

    def _scorecard_lines(self, cards):
        """{scorecard id: {kpi.definition: line}} by one query."""
        lines = self.env["kpi.scorecard.line"].search_fetch(
            [("scorecard_id", "in", cards.ids)],
            ["scorecard_id", "definition_id", "weight", "target", "actual", "attainment", "result", "explanation"],
            order="scorecard_id, sequence, id",
        )
        lines.definition_id.fetch(["code", "unit"])
        result = {}
        for line in lines:
            result.setdefault(line.scorecard_id.id, {})[line.definition_id] = line
        return result

    def _wages(self, coverage, period):
        """{hr.version id: wage in the plan's currency}; read only where the plan uses wages."""
        if self.basis != "wage" and not self.cap_wage_percent:
            return {}
        versions = self.env["hr.version"].browse({person.version_id for person in coverage.values()})
        versions.fetch(["wage"])
        source = self.company_id.currency_id
        if source == self.currency_id:
            return {version.id: version.wage for version in versions}
        rate = self.env["res.currency"]._get_conversion_rate(source, self.currency_id, self.company_id, period.date_end)
        return {version.id: self.currency_id.round(version.wage * rate) for version in versions}

    def _existing_statements(self, period):
        domain = Domain("plan_id", "=", self.id) & Domain("period_id", "=", period.id)
        domain &= Domain("state", "!=", "cancelled")
        statements = trusted(self.env["kpi.bonus.statement"]).search(domain)
        statements.line_ids.fetch(["kind", "amount"])
        return statements
