"""What a computation needs to know of everybody, each by one query however many people there are."""

from collections import namedtuple
from decimal import Decimal
from functools import cached_property

from odoo import models
from odoo.fields import Domain

from odoo.addons.kpi_management.engine import to_decimal
from odoo.addons.kpi_management.models.guard import trusted
from odoo.addons.kpi_management.models.kpi_period import AGREED

#: A person's days in the population within one period, the last stretch (``hr.version``) among them, and the days of
#: unpaid leave that were taken off.
Coverage = namedtuple("Coverage", "days version_id department_id unpaid", defaults=(Decimal(0),))


class Facts(
    namedtuple("Facts", "coverage cards lines company_lines wages existing carried reviews true_ups", defaults=({},))
):
    """What is known of everybody before the first statement is computed."""

    @cached_property
    def settled(self):
        """Decimal: what the statements that are no longer drafts were computed with, once for everybody."""
        settled = (statement for statement in self.existing.values() if statement.state != "draft")
        return sum((to_decimal(statement.computed_amount) for statement in settled), Decimal(0))


class KpiBonusPlan(models.Model):
    # Apart from kpi_bonus_plan_compute.py: reading the facts is one idea, computing with them another.
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    def _gather_facts(self, period, employee_ids=None):
        """What is known of everybody in the population, or of these people alone; for a pool always of everybody.

        :param employee_ids: list of ids; None: everybody
        :return: Facts
        """
        only = None if self.basis == "pool" else employee_ids
        coverage = self._coverage(period, only)
        cards = self._scorecards(period, list(coverage))
        lines = self._scorecard_lines(cards)
        asks_company = self.gate_ids or (self.basis == "pool" and self.pool_from == "kpi")
        company_card = self._company_scorecard(period) if asks_company else cards.browse()
        existing = self._existing_statements(period, only)
        return Facts(
            coverage=coverage,
            cards={card.employee_id.id: card for card in cards},
            lines=lines,
            company_lines=self._scorecard_lines(company_card).get(company_card.id, {}),
            wages=self._wages(coverage, period),
            existing={statement.employee_id.id: statement for statement in existing},
            carried=self.env["kpi.bonus.statement"]._open_carry(self, period, list(coverage)),
            reviews=self._reviews(period, list(coverage)),
        )

    def _coverage(self, period, employee_ids=None):
        """{employee id: Coverage} of everybody, or of these, with a day in the population within the period."""
        domain = self._population_domain() & Domain("date_from", "<=", period.date_end)
        if employee_ids is not None:
            domain &= Domain("employee_id", "in", employee_ids)
        domain &= Domain("date_to", "=", False) | Domain("date_to", ">=", period.date_start)
        rows = (
            self.env["kpi.employment"]
            .with_context(active_test=False)
            .search_read(
                list(domain), ["employee_id", "version_id", "department_id", "date_from", "date_to"], load=False
            )
        )
        stretches, last_row = {}, {}
        for row in sorted(rows, key=lambda row: row["date_from"]):
            first = max(row["date_from"], period.date_start)
            last = min(row["date_to"] or period.date_end, period.date_end)
            stretches.setdefault(row["employee_id"], []).append((first, last))
            last_row[row["employee_id"]] = row
        unpaid = self._unpaid_days(stretches) if self.prorate else {}
        return {
            employee_id: self._prepare_coverage(days, last_row[employee_id], unpaid.get(employee_id, Decimal(0)))
            for employee_id, days in stretches.items()
        }

    def _prepare_coverage(self, stretches, row, unpaid):
        # The stretches of one employee do not overlap, so their days add up.
        days = sum((last - first).days + 1 for first, last in stretches)
        return Coverage(days - unpaid, row["version_id"], row["department_id"], unpaid)

    def _unpaid_days(self, stretches):
        """Hook: the calendar days among these on which people were on unpaid leave, by constant queries.

        :param stretches: {employee id: [(first day, last day), both included, not overlapping]}
        :return: {employee id: Decimal days, halves included}; no more than the days of the stretches
        """
        return {}

    def _scorecards(self, period, employee_ids):
        """Agreed scorecards: nobody is paid by targets that were never agreed."""
        domain = [
            ("period_id", "=", period.id),
            ("subject_type", "=", "employee"),
            ("employee_id", "in", employee_ids),
            ("state", "in", AGREED),
        ]
        return self.env["kpi.scorecard"].search_fetch(domain, ["employee_id", "score", "has_score"])

    def _company_scorecard(self, period):
        domain = [("period_id", "=", period.id), ("subject_type", "=", "company"), ("state", "in", AGREED)]
        return self.env["kpi.scorecard"].search(domain, limit=1)

    def _scorecard_lines(self, cards):
        """{scorecard id: {kpi.definition: its lines}} by one query; a KPI is there twice with choices of its own."""
        lines = self.env["kpi.scorecard.line"].search_fetch(
            [("scorecard_id", "in", cards.ids)],
            ["scorecard_id", "definition_id", "weight", "target", "actual", "attainment", "result", "explanation"],
            order="scorecard_id, sequence, id",
        )
        lines.definition_id.fetch(["code", "unit"])
        result = {}
        for line in lines:
            kpis = result.setdefault(line.scorecard_id.id, {})
            kpis[line.definition_id] = kpis.get(line.definition_id, lines.browse()) | line
        return result

    def _wages(self, coverage, period):
        """{hr.version id: wage in the plan's currency}; read only where the plan uses wages."""
        by_wage = self.basis == "wage" or (self.basis == "pool" and self.pool_key == "wage")
        if not by_wage and not self.cap_wage_percent:
            return {}
        versions = self.env["hr.version"].browse({person.version_id for person in coverage.values()})
        versions.fetch(["wage"])
        source = self.company_id.currency_id
        if source == self.currency_id:
            return {version.id: version.wage for version in versions}
        rate = self.env["res.currency"]._get_conversion_rate(source, self.currency_id, self.company_id, period.date_end)
        return {version.id: self.currency_id.round(version.wage * rate) for version in versions}

    def _existing_statements(self, period, employee_ids=None):
        domain = Domain("plan_id", "=", self.id) & Domain("period_id", "=", period.id)
        if employee_ids is not None:
            domain &= Domain("employee_id", "in", employee_ids)
        domain &= Domain("state", "!=", "cancelled")
        statements = trusted(self.env["kpi.bonus.statement"]).search(domain)
        # All that the lines are compared by, or each statement would ask for its own.
        statements.line_ids.fetch(["kind", "amount", "name", "true_up_id", "currency_id"])
        return statements
