from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .task_case import TaskCase


class HoursCase(TaskCase):
    """Hours of tasks done in the period; what was due when does not matter."""

    sums = True
    column = ""

    @property
    def plain_sql(self):
        return f"""
            SELECT SUM({self.column}) FROM project_task t
             WHERE t.state = '1_done' AND t.company_id = %(company)s AND t.project_id IS NOT NULL
               AND t.date_last_stage_update >= %(start)s AND t.date_last_stage_update < %(end)s
               AND (%(people)s IS NULL OR EXISTS (
                   SELECT FROM project_task_user_rel r WHERE r.task_id = t.id AND r.user_id = ANY(%(people)s)))
        """

    def make_finished(self, person, moment, planned, spent, company=None, **vals):
        """A task of so many hours, done at a moment in naive UTC."""
        company = company or person.company_id
        task = self.make_task(person, allocated_hours=planned, **{"project_id": self.projects[company].id, **vals})
        if spent:
            self.log(task, person or self.lan, spent)
        return self.done_at(task, moment)

    def log(self, task, person, hours):
        company = task.company_id
        return (
            self.env["account.analytic.line"]
            .with_context(allowed_company_ids=company.ids)
            .create(
                {
                    "task_id": task.id,
                    "project_id": task.project_id.id,
                    "employee_id": person.id,
                    "unit_amount": hours,
                    "date": "2026-01-05",
                }
            )
        )


@tagged("post_install", "-at_install")
class TestHoursPlanned(CreditContract, HoursCase):
    measure_code = "hours_planned"
    column = "t.allocated_hours"

    def make_counted(self, person, moment, amount=1, company=None):
        return self.rows(self.make_finished(person, moment, amount, 0, company))

    def test_a_task_of_two_people_counts_once_for_their_department_and_once_for_each(self):
        task = self.make_counted(self.an, self.utc("2026-03-10 09:00:00"), 6).task_id
        task.user_ids = [Command.link(self.binh.user_id.id)]
        self.assertEqual(self.figures(self.an | self.binh), {self.an.id: 6, self.binh.id: 6})
        self.assertEqual(self.figures(self.north | self.sales), {self.north.id: 6, self.sales.id: 6})


@tagged("post_install", "-at_install")
class TestHoursSpent(CreditContract, HoursCase):
    measure_code = "hours_spent"
    column = "t.effective_hours"

    def make_counted(self, person, moment, amount=1, company=None):
        return self.rows(self.make_finished(person, moment, 0, amount, company))


@tagged("post_install", "-at_install")
class TestProductivity(HoursCase):
    """The work performance of the library: planned over spent."""

    measure_code = "hours_planned"

    def rate(self, subject):
        card = self.make_card(subject, [("PRJ_PRODUCTIVITY", 100, 100)])
        card.action_compute()
        return card.line_ids

    def test_planned_over_spent_of_the_tasks_done(self):
        moment = self.utc("2026-03-31 23:59:59")
        self.make_finished(self.an, moment, 8, 10)
        self.make_finished(self.an, moment, 4, 2)
        self.make_finished(self.an, self.utc("2026-04-01 00:00:00"), 100, 1)
        self.log(self.make_task(self.an, allocated_hours=100), self.an, 1)
        self.assertEqual(self.rate(self.an).actual, 100)  # 12 of 12

    def test_hours_handed_on_to_sub_tasks_count_with_those(self):
        moment = self.utc("2026-03-10 09:00:00")
        whole = self.make_finished(self.an, moment, 10, 3)
        parts = [
            self.make_finished(self.chi, moment, planned, spent, parent_id=whole.id)
            for planned, spent in ((4, 5), (3, 2))
        ]
        self.assertEqual(whole.total_hours_spent, 10)
        self.assertEqual(self.rows(whole).mapped("hours_planned"), [3])
        self.assertEqual(sum(self.rows(whole, *parts).mapped("hours_spent")), 10)
        self.assertEqual(self.rate(self.company).actual, 100)  # 3 + 4 + 3 of 3 + 5 + 2
        self.assertEqual(self.rate(self.an).actual, 100)  # 3 of 3
        self.assertEqual(self.rate(self.chi).actual, 100)  # 7 of 7

    def test_sub_tasks_of_more_hours_than_their_task_leave_it_none(self):
        moment = self.utc("2026-03-10 09:00:00")
        whole = self.make_finished(self.an, moment, 5, 1)
        self.make_finished(self.chi, moment, 8, 8, parent_id=whole.id)
        self.assertEqual(self.rate(self.company).actual, 88.888889)  # 0 + 8 of 1 + 8

    def test_nothing_spent_is_no_data(self):
        self.make_finished(self.an, self.utc("2026-03-10 09:00:00"), 8, 0)
        self.assertEqual(self.rate(self.an).result, "no_data")
