from odoo.tests import freeze_time, tagged

from odoo.addons.kpi_management.models.guard import trusted
from odoo.addons.kpi_management.tests.crowd import make_crowd, multiply, one_by_one

from .review_common import BonusReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestBonusReviewQueries(BonusReviewCase):
    """Reviews of a thousand people are read, and paid by, with as many queries as those of ten."""

    def make_reviews(self, size, period):
        """That many colleagues of An in a department of their own, with a closed and calibrated review each."""
        department = self.make_department(f"Crowd {size}")
        self.an.department_id = department
        people = make_crowd(self.an, size)
        self.an.department_id = self.sales
        cycle = self.cycle.copy({"name": f"Crowd {size}", "period_id": period.id})
        review = self.make_review(self.an, 80.0, final=self.good, cycle=cycle)
        multiply(review, size, employee_id=one_by_one(people))
        trusted(cycle.review_ids).write({"state": "closed"})
        trusted(cycle).state = "closed"
        return department

    def test_what_is_gathered(self):
        for size, day in ((10, "2026-03-15"), (1000, "2026-02-15")):
            period = self.make_period(day)
            plan = self.make_plan(department_ids=self.make_reviews(size, period).ids, score_source="review").sudo()
            plan._gather_facts(self.make_period("2026-01-15"))  # warms caches
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(20):
                inputs = plan._payout_inputs(period, plan._gather_facts(period))
            self.assertEqual((len(inputs), {float(each.score) for each in inputs.values()}), (size, {95.0}))

    def test_looking_whether_reviews_still_hold(self):
        """Whether the review still holds is looked up for all statements at once."""
        for size, day in ((10, "2026-03-15"), (200, "2026-02-15")):
            period = self.make_period(day)
            plan = self.make_plan(department_ids=self.make_reviews(size, period).ids, score_source="review").sudo()
            plan._compute_statements(period)
            statements = plan.statement_ids.with_prefetch()
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(8):
                now = statements._reviews_now()
            self.assertEqual([told["band"] for told in now.values()], [["95", "110"]] * size)
