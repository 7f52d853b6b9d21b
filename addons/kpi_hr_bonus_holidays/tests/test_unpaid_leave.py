from odoo.tests import tagged

from odoo.addons.kpi_hr_bonus.engine import replay
from odoo.addons.kpi_hr_bonus.tests.common import BonusCase


@tagged("post_install", "-at_install")
class TestUnpaidLeave(BonusCase):
    """5,000,000 dong at 100 % for the 31 days of March 2026, which begins on a Sunday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unpaid = cls.make_type("Unpaid", unpaid=True, request_unit="half_day")
        cls.paid = cls.make_type("Holidays")

    @classmethod
    def make_type(cls, name, **vals):
        return cls.env["hr.leave.type"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "requires_allocation": False,
                "leave_validation_type": "no_validation",
                "responsible_ids": [(4, cls.env.user.id)],
                **vals,
            }
        )

    def take(self, employee, start, end, leave_type=None, state="validate", **vals):
        leave = (
            self.env["hr.leave"]
            .with_context(leave_skip_state_check=True)
            .create(
                {
                    "employee_id": employee.id,
                    "holiday_status_id": (leave_type or self.unpaid).id,
                    "request_date_from": start,
                    "request_date_to": end,
                    **vals,
                }
            )
        )
        leave.sudo().write({"state": state})
        return leave

    def amounts(self, plan, *employees, period=None):
        statements = self.compute(plan, period)
        return [statements[employee].amount for employee in employees]

    def test_the_regulation_says_so(self):
        plan, told = self.make_plan(state="draft"), "Days of unpaid leave do not count"
        self.assertIn(told, plan._render_regulation())
        plan.exclude_unpaid_leave = False
        self.assertNotIn(told, plan._render_regulation())
        plan.write({"exclude_unpaid_leave": True, "prorate": False})
        self.assertNotIn(told, plan._render_regulation())

    def test_each_calendar_day_of_the_request_counts(self):
        # Friday 6 to Monday 9 March: 4 days, the weekend inside included; 27 ÷ 31 = 0.8710 (0.87096…) → 4,355,000
        self.take(self.an, "2026-03-06", "2026-03-09")
        self.make_card(self.an, 100.0)
        statement = self.compute(self.make_plan())[self.an]
        self.assertRecordValues(statement, [{"days_covered": 27, "proration": 0.8710, "amount": 4_355_000}])
        self.assertEqual(statement.explanation["unpaid_days"], "4")
        html = str(statement.with_context(lang="en_US").explanation_html)
        self.assertIn("27 ÷ 31", html)
        self.assertIn("4 days of unpaid leave", html)

    def test_half_days(self):
        # from Tuesday noon to Wednesday noon: two halves; 30 ÷ 31 = 0.9677 → 4,838,500
        self.take(self.an, "2026-03-10", "2026-03-11", request_date_from_period="pm", request_date_to_period="am")
        # one morning: 30.5 ÷ 31 = 0.9839 (0.98387…) → 4,919,500
        self.take(self.binh, "2026-03-10", "2026-03-10", request_date_from_period="am", request_date_to_period="am")
        for employee in (self.an, self.binh):
            self.make_card(employee, 100.0)
        plan = self.make_plan()
        self.assertEqual(self.amounts(plan, self.an, self.binh), [4_838_500, 4_919_500])
        statement = plan.statement_ids.filtered(lambda s: s.employee_id == self.binh)
        self.assertEqual(statement.days_covered, 30.5)
        self.assertEqual(replay(statement.explanation["payout"]).amount, 4_919_500)

    def test_a_leave_across_the_edge_counts_in_each_period_for_its_days(self):
        # 27 February to 3 March: 3 days in March, 28 ÷ 31 = 0.9032 → 4,516,000
        self.take(self.an, "2026-02-27", "2026-03-03")
        february = self.make_period("2026-02-15")
        for period in (february, self.march):
            self.make_card(self.an, 100.0, period)
        plan = self.make_plan()
        # 2 days in February: 26 ÷ 28 = 0.9286 (0.92857…) → 4,643,000
        self.assertEqual(self.amounts(plan, self.an, period=february), [4_643_000])
        self.assertEqual(self.amounts(plan, self.an), [4_516_000])

    def test_only_approved_unpaid_leave_of_covered_days(self):
        # paid, refused and not yet approved leave take nothing
        self.take(self.an, "2026-03-02", "2026-03-06", self.paid)
        self.take(self.an, "2026-03-09", "2026-03-10", state="refuse")
        self.take(self.an, "2026-03-16", "2026-03-17", state="confirm")
        # joined on the 17th, on leave from the 16th to the 18th: 15 days less 2; 13 ÷ 31 = 0.4194 → 2,097,000
        joiner = self.make_employee("Joiner", self.sales, start="2026-03-17")
        self.take(joiner, "2026-03-16", "2026-03-18")
        # on leave for the whole month: no days, no pay
        self.take(self.binh, "2026-02-20", "2026-04-10")
        for employee in (self.an, joiner, self.binh):
            self.make_card(employee, 100.0)
        self.assertEqual(self.amounts(self.make_plan(), self.an, joiner, self.binh), [5_000_000, 2_097_000, 0])

    def test_hours_count_as_the_share_of_the_day(self):
        # 4 of the 8 hours of a working day: half a day
        hours = self.make_type("Hours", unpaid=True, request_unit="hour")
        leave = self.take(self.an, "2026-03-10", "2026-03-10", hours, request_hour_from=8, request_hour_to=12)
        self.assertEqual(leave.number_of_days, 0.5)
        self.make_card(self.an, 100.0)
        self.assertEqual(self.amounts(self.make_plan(), self.an), [4_919_500])

    def test_switched_off_or_without_proration_leave_counts_as_covered(self):
        self.take(self.an, "2026-03-02", "2026-03-31")
        self.make_card(self.an, 100.0)
        self.assertEqual(self.amounts(self.make_plan(exclude_unpaid_leave=False), self.an), [5_000_000])
        self.assertEqual(self.amounts(self.make_plan(name="Whole", prorate=False), self.an), [5_000_000])

    def test_one_query_however_many_people(self):
        people = self.env["hr.employee"].create(
            [{"name": f"Worker {place}", "company_id": self.company.id} for place in range(30)]
        )
        plan = self.make_plan()
        for employee in people[:20]:
            self.take(employee, "2026-03-10", "2026-03-12")
        stretches = {person.id: [(self.march.date_start, self.march.date_end)] for person in people}
        few = dict(list(stretches.items())[:2])
        for group, on_leave in ((few, 2), (stretches, 20)):
            self.env.flush_all()
            self.env.invalidate_all()
            plan.fetch(["exclude_unpaid_leave"])
            with self.assertQueryCount(2):
                days = plan.sudo()._unpaid_days(group)
            self.assertEqual(list(days.values()), [3] * on_leave)
