from odoo.tests import tagged

from odoo.addons.kpi_management.models.guard import trusted
from odoo.addons.kpi_management.tests.crowd import make_crowd, multiply, one_by_one

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusBasisQueries(BonusCase):
    """What goes into the engine is gathered by as many queries for a thousand people as for ten."""

    def make_people(self, size, period):
        """That many colleagues of An in a department of their own, with a measured card each."""
        department = self.make_department(f"Crowd {size}")
        self.an.department_id = department
        people = make_crowd(self.an, size)
        self.an.department_id = self.sales
        card = self.make_card(self.an, 100.0, period, attainments={self.revenue: 100.0, self.safety: 100.0})
        lines = card.line_ids
        cards = multiply(card, size, employee_id=one_by_one(people))
        for line in lines:
            multiply(line, size, scorecard_id=one_by_one(cards), employee_id=one_by_one(people))
        trusted(card).state = "draft"
        trusted(card).unlink()
        return department

    def check_queries(self, count, **vals):
        gate = (0, 0, {"definition_id": self.safety.id, "minimum": 50, "factor": 0.5})
        for size, day in ((10, "2026-03-15"), (1000, "2026-02-15")):
            period = self.make_period(day)
            department = self.make_people(size, period)
            plan = self.make_plan(name="Crowd", department_ids=department.ids, gate_ids=[gate], **vals).sudo()
            plan._gather_facts(self.make_period("2026-01-15"))  # warms caches
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(count):
                inputs = plan._payout_inputs(period, plan._gather_facts(period))
            self.assertEqual(len(inputs), size)

    def test_rate(self):
        self.check_queries(
            21,
            basis="rate",
            apply_on="kpi",
            definition_id=self.revenue.id,
            tier_ids=[(0, 0, {"value_from": 0, "rate": 2}), (0, 0, {"value_from": 1e8, "rate": 3})],
        )

    def test_pool_by_wage_filled_by_a_kpi(self):
        self.check_queries(
            21, basis="pool", pool_key="wage", pool_from="kpi", pool_definition_id=self.revenue.id, pool_percent=3
        )

    def test_computing_again_asks_no_more_for_a_thousand(self):
        for size, day in ((10, "2026-03-15"), (1000, "2026-02-15")):
            period = self.make_period(day)
            department = self.make_people(size, period)
            plan = self.make_plan(name="Crowd", department_ids=department.ids, basis="pool", amount=1_000_000).sudo()
            plan._compute_statements(period)
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(26):
                outcome = plan._compute_statements(period)
                self.env.flush_all()
            self.assertEqual(outcome.unchanged, size)

    def test_a_pool_asks_each_settled_statement_once(self):
        """What is settled is added up for all people together, not anew for each of them."""
        department = self.make_people(20, self.march)
        plan = self.make_plan(name="Crowd", department_ids=department.ids, basis="pool", amount=1_000_000).sudo()
        plan._compute_statements(self.march)
        statements = plan.statement_ids.sorted("id")
        trusted(statements[:10]).write({"state": "submitted"})
        facts = plan._gather_facts(self.march)
        self.assertEqual(plan._pool_settled(facts), 500_000)
        trusted(statements[:1]).computed_amount = 0
        self.assertEqual(plan._pool_settled(facts), 500_000, "the same facts, the same sum")
        self.assertEqual(plan._pool_settled(facts._replace(existing={})), 0, "other facts, another sum")
        self.assertEqual(plan._pool_settled(plan._gather_facts(self.march)), 450_000)
