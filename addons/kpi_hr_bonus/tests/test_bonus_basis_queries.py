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
