from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract
from odoo.addons.kpi_management.tests.measure_contract import MeasureContract

from .task_case import ProjectCase

MARCH_DAYS = """
    >= (%(start)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
   AND date < (%(end)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
"""


class TimesheetCase(ProjectCase):
    """Timesheets of the customer projects."""

    measure_code = "timesheet_hours"
    plain_sql = f"""
        SELECT SUM(unit_amount) FROM account_analytic_line
         WHERE project_id IS NOT NULL AND company_id = %(company)s AND date {MARCH_DAYS}
           AND (%(people)s IS NULL OR employee_id = ANY(%(people)s))
    """

    def log(self, person, day, hours, company=None, **vals):
        """A timesheet line; of nobody, as files and other apps leave them, where no person is given."""
        company = company or person.company_id
        line = (
            self.env["account.analytic.line"]
            .with_context(allowed_company_ids=company.ids)
            .create(
                {
                    "name": "Tư vấn",
                    "project_id": self.projects[company].id,
                    "employee_id": (person or self.lan).id,
                    "unit_amount": hours,
                    "date": day,
                    **vals,
                }
            )
        )
        if not person:
            line.write({"employee_id": False, "user_id": False})
        self.env.flush_all()
        return self.env["kpi.timesheet"].search([("line_id", "=", line.id)])

    def make_counted(self, person, moment, amount=1, company=None):
        return self.log(person, self.day(moment), amount, company)

    def exclude(self, record):
        record.line_id.unlink()

    def sql_ids(self, people):
        return people.ids


@tagged("post_install", "-at_install")
class TestTimesheetHours(CreditContract, TimesheetCase):
    sums = True

    def test_a_day_is_eight_hours(self):
        self.log(self.an, "2026-03-10", 1.5, product_uom_id=self.env.ref("uom.product_uom_day").id)
        self.log(self.an, "2026-03-10", 0.1)
        self.log(self.an, "2026-03-10", 0.2)
        self.assertEqual(str(self.figure(self.an)), "12.3")

    def test_a_unit_that_is_no_time_is_taken_for_hours(self):
        self.log(self.an, "2026-03-10", 3, product_uom_id=self.env.ref("uom.product_uom_dozen").id)
        self.assertEqual(self.figure(self.an), 3)

    def test_analytic_lines_without_a_project_are_no_timesheets(self):
        self.env["account.analytic.line"].create(
            {"name": "Phần mềm", "date": "2026-03-10", "unit_amount": 5, "company_id": self.company.id}
        )
        self.assertEqual(self.figure(self.company), 0)

    def test_time_off_is_no_work(self):
        if "global_leave_id" not in self.env["account.analytic.line"]._fields:
            self.skipTest("Odoo writes no time off to timesheets here")
        holiday = self.env["resource.calendar.leaves"].create(
            {
                "name": "Giỗ Tổ",
                "company_id": self.company.id,
                "date_from": "2026-03-10 00:00:00",
                "date_to": "2026-03-10 12:00:00",
            }
        )
        worked = self.log(self.an, "2026-03-11", 8)
        rest = self.log(self.an, "2026-03-10", 8)
        rest.line_id.global_leave_id = holiday
        self.assertEqual(self.figure(self.an), 8)
        self.assertEqual(self.opened(self.computed_line(self.an)), worked)


@tagged("post_install", "-at_install")
class TestTimesheetEmployees(MeasureContract, TimesheetCase):
    """Every timesheet is that of a new colleague of the person given."""

    measure_code = "timesheet_employees"
    plain_sql = TimesheetCase.plain_sql.replace("SUM(unit_amount)", "COUNT(DISTINCT employee_id)")

    def make_counted(self, person, moment, amount=1, company=None):
        colleague = self.make_employee("Đồng nghiệp", person.department_id)
        return self.log(colleague, self.day(moment), amount)

    def credited(self, record, person):
        return record.employee_id

    def test_who_works_on_several_days_and_projects_is_one(self):
        for day in ("2026-03-01", "2026-03-10", "2026-03-31"):
            self.log(self.an, day, 8)
        self.log(self.an, "2026-03-10", 1, project_id=self.make_project(self.company).id)
        self.log(self.chi, "2026-03-10", 1)
        self.assertEqual(
            self.figures(self.north | self.south | self.sales),
            {self.north.id: 1, self.south.id: 1, self.sales.id: 2},
        )
        self.assertEqual(self.figure(self.company), 2)

    def test_who_moves_counts_in_each_department_and_once_in_the_company(self):
        self.an.create_version({"date_version": "2026-03-16", "department_id": self.office.id})
        self.log(self.an, "2026-03-15", 8)
        self.log(self.an, "2026-03-16", 8)
        self.assertEqual(self.figures(self.north | self.office), {self.north.id: 1, self.office.id: 1})
        self.assertEqual(self.figure(self.company), 1)

    def test_people_and_hours_of_the_project_chosen(self):
        other = self.make_project(self.company)
        self.log(self.an, "2026-03-10", 8)
        for person in (self.an, self.chi, self.lan):
            self.log(person, "2026-03-11", 4, project_id=other.id)
        band = {"band_low": 2, "band_high": 4, "band_tolerance": 1}
        card = self.make_card(
            self.company,
            [
                ("PRJ_HEADCOUNT", 25, 0, {**band, **self.choose(self.project)}),
                ("PRJ_HEADCOUNT", 25, 0, {**band, **self.choose(other)}),
                ("PRJ_HOURS", 25, 10, self.choose(other)),
                ("PRJ_HOURS", 25, 10),
            ],
        )
        card.action_compute()
        self.assertEqual(card.line_ids.mapped("actual"), [1, 3, 12, 20])
        self.assertEqual(card.line_ids[:2].mapped("attainment"), [0, 100])
