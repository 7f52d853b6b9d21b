from odoo.tests import tagged

from .measure_case import MeasureCase
from .measure_contract import CROWD, MeasureContract


@tagged("post_install", "-at_install")
class TestDepartures(MeasureContract, MeasureCase):
    """Every departure is that of a new colleague of the person given."""

    measure_code = "departures"
    plain_sql = """
        SELECT COUNT(DISTINCT v.employee_id) FROM hr_version v
          JOIN hr_employee e ON e.id = v.employee_id
         WHERE e.company_id = %(company)s
           AND v.departure_date >= (%(start)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
           AND v.departure_date < (%(end)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
           AND (%(people)s IS NULL OR v.employee_id = ANY(%(people)s))
    """

    def make_counted(self, person, moment, amount=1, company=None):
        leaver = self.make_employee("Người đi", person.department_id)
        return self.leave(leaver, self.day(moment))

    def leave(self, employee, day):
        employee.action_archive()
        employee.departure_date = day
        return self.env["kpi.employment"].browse(employee.version_id.id)

    def exclude(self, record):
        """The person comes back."""
        record.employee_id.action_unarchive()

    def credited(self, record, person):
        return record.employee_id

    def sql_ids(self, people):
        return people.ids

    def test_who_moved_before_leaving_left_the_last_department(self):
        leaver = self.make_employee("Người đi", self.north)
        leaver.create_version({"date_version": "2026-03-16", "department_id": self.office.id})
        self.leave(
            leaver.with_context(version_id=leaver._get_version(self.day(self.utc("2026-03-20 09:00:00"))).id),
            "2026-03-20",
        )
        self.assertEqual(self.figures(self.north | self.office), {self.office.id: 1})
        self.assertEqual(self.figure(self.company), 1)

    def test_who_is_archived_without_a_date_left_on_the_last_day_of_the_contract(self):
        leaver = self.make_employee("Người đi", self.north)
        leaver.contract_date_end = "2026-03-31"
        leaver.active = False
        self.assertEqual(self.figure(self.north), 1)
        leaver.contract_date_end = "2026-04-01"
        self.assertEqual(self.figure(self.north), 0)


@tagged("post_install", "-at_install")
class TestHeadcount(MeasureCase):
    """Hằng (Sales), An and Bình (North), Chi (South) and Lan (Office) work all the time."""

    measure_code = "headcount"
    plain_sql = """
        SELECT COUNT(DISTINCT v.employee_id) FROM hr_version v
          JOIN hr_employee e ON e.id = v.employee_id
         WHERE e.company_id = %(company)s AND v.contract_date_start <= '2026-03-31'
    """

    def hire(self, name, department, start="2025-01-01", end=False):
        return self.make_employee(name, department, start, contract_date_end=end)

    def test_the_people_of_the_company_and_its_departments_on_the_last_day(self):
        self.assertEqual(self.figure(self.company), 5)
        self.assertEqual(
            self.figures(self.sales | self.north | self.south | self.office),
            {self.sales.id: 4, self.north.id: 2, self.south.id: 1, self.office.id: 1},
        )
        self.assertEqual(self.figures(self.an | self.dung), {self.an.id: 1})  # Dũng works for another company
        self.assertEqual(self.plain_total(), 5)

    def test_the_last_day_of_the_period_decides(self):
        self.hire("Đến ngày cuối", self.office, end="2026-03-31")
        self.hire("Từ ngày cuối", self.office, start="2026-03-31")
        self.assertEqual(self.figure(self.office), 3)
        self.hire("Đến hôm trước", self.office, end="2026-03-30")
        self.hire("Từ hôm sau", self.office, start="2026-04-01")
        self.assertEqual(self.figure(self.office), 3)
        # Days are days: midnight elsewhere in the world moves nobody.
        self.company.resource_calendar_id.tz = "Etc/GMT+8"
        self.assertEqual(self.figure(self.office), 3)

    def test_who_changed_department_counts_for_the_one_of_the_last_day(self):
        self.an.create_version({"date_version": "2026-03-31", "department_id": self.office.id})
        self.binh.create_version({"date_version": "2026-04-01", "department_id": self.office.id})
        self.assertEqual(self.figures(self.north | self.office), {self.north.id: 1, self.office.id: 2})
        self.assertEqual(self.figure(self.company), 5)

    def test_who_left_does_not_count_and_who_left_on_the_day_after_does(self):
        for employee, day in ((self.an, "2026-03-30"), (self.binh, "2026-03-31")):
            employee.action_archive()
            employee.departure_date = day
        self.assertEqual(self.figure(self.north), 1)

    def test_people_without_users_count_each_and_a_user_of_two_companies_in_both(self):
        self.hire("Mai", self.north)
        self.hire("Nga", self.north)
        self.assertEqual(self.figure(self.north), 4)
        self.an_user.company_ids += self.other_company
        self.make_employee("An", self.dung.department_id, user=self.an_user)
        self.assertEqual(self.figure(self.north), 4)
        self.assertEqual(self.figures(self.other_company, self.other_company), {self.other_company.id: 2})

    def test_a_department_of_nobody_has_no_head(self):
        empty = self.make_department("Empty")
        self.assertEqual(self.figures(empty), {})
        line = self.computed_line(empty)
        self.assertEqual((line.result, line.actual), ("ok", 0))

    def test_a_click_on_the_actual_finds_the_employments_counted(self):
        self.hire("Đến hôm trước", self.north, end="2026-03-30")
        self.binh.action_archive()
        self.binh.departure_date = "2026-04-01"
        line = self.computed_line(self.sales)
        self.assertEqual(line.actual, 4)
        self.assertEqual(self.opened(line).employee_id, self.hang | self.an | self.binh | self.chi)

    def test_a_thousand_people_take_as_many_queries_as_ten(self):
        crowd = self.make_crowd(CROWD)
        for few, many in ((crowd[:10], crowd), (self.office, self.office | self.sales | self.north)):
            self.figures(few)
            with self.assertQueryCount(self.count_queries(few)):
                figures = self.figures(many)
        self.assertEqual(figures[self.office.id], 1 + CROWD)
