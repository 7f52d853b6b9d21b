from odoo.exceptions import AccessError
from odoo.fields import Date
from odoo.tests import tagged

from odoo.addons.kpi_management.engine import window_of

from .common import KpiCase


@tagged("post_install", "-at_install")
class TestKpiEmployment(KpiCase):
    """Who worked where and when, and what that makes of headcount and departures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workshop = cls.make_department("Workshop")
        cls.store = cls.make_department("Store")

    def stretches(self, employee):
        """(department, counts from, counts to, employed from, employed to, left on) of each stretch."""
        rows = self.env["kpi.employment"].search([("employee_id", "=", employee.id)]).sorted("version_id")
        dates = ("credit_from", "credit_to", "date_from", "date_to", "departure_date")
        return [(row.department_id.name, *(row[name] and str(row[name]) for name in dates)) for row in rows]

    def count(self, code, department, day):
        """A headcount or a number of departures of a department in the month of the day."""
        measure = self.env["kpi.measure"].search([("code", "=", code)])
        window = window_of("month", Date.to_date(day))
        figures = self.env["kpi.measure.query"]._figures(measure, self.company, window, "department", department)
        return int(figures.get(department.id, 0))

    def headcounts(self, department, *days):
        return [self.count("headcount", department, day) for day in days]

    def test_a_joiner_is_employed_from_the_first_day_of_the_contract(self):
        joiner = self.make_employee("Joiner", self.workshop, start="2026-03-10")
        self.assertEqual(self.stretches(joiner), [("Workshop", False, False, "2026-03-10", False, False)])
        self.assertEqual(self.headcounts(self.workshop, "2026-02-01", "2026-03-01"), [0, 1])

    def test_a_leaver_is_employed_up_to_and_including_the_last_day(self):
        leaver = self.make_employee("Leaver", self.workshop)
        self.env["hr.departure.wizard"].create(
            {
                "employee_ids": leaver.ids,
                "departure_reason_id": self.env.ref("hr.departure_resigned").id,
                "departure_date": "2026-03-31",
            }
        ).action_register_departure()
        # what the person did until then counts for the department, even if it is confirmed later
        self.assertEqual(self.stretches(leaver), [("Workshop", False, False, "2025-01-01", "2026-03-31", "2026-03-31")])
        self.assertEqual(self.headcounts(self.workshop, "2026-03-01", "2026-04-01"), [1, 0])
        departures = [
            self.count("departures", self.workshop, day) for day in ("2026-02-01", "2026-03-01", "2026-04-01")
        ]
        self.assertEqual(departures, [0, 1, 0])

    def test_a_mover_counts_for_each_department_for_the_days_spent_there(self):
        mover = self.make_employee("Mover", self.workshop)
        mover.create_version({"date_version": "2026-03-16", "department_id": self.store.id})
        self.assertEqual(
            self.stretches(mover),
            [
                ("Workshop", False, "2026-03-15", "2025-01-01", "2026-03-15", False),
                ("Store", "2026-03-16", False, "2026-03-16", False, False),
            ],
        )
        self.assertEqual(self.headcounts(self.workshop, "2026-02-01", "2026-03-01"), [1, 0])
        self.assertEqual(self.headcounts(self.store, "2026-02-01", "2026-03-01"), [0, 1])
        self.assertEqual(self.count("departures", self.workshop, "2026-03-01"), 0, "who moves has not left")

    def test_between_two_contracts_a_person_is_not_employed(self):
        back = self.make_employee("Back again", self.workshop, contract_date_end="2026-01-31")
        back.create_version(
            {"date_version": "2026-03-01", "contract_date_start": "2026-03-01", "contract_date_end": False}
        )
        self.assertEqual(
            self.stretches(back),
            [
                ("Workshop", False, "2026-02-28", "2025-01-01", "2026-01-31", False),
                ("Workshop", "2026-03-01", False, "2026-03-01", False, False),
            ],
        )
        self.assertEqual(self.headcounts(self.workshop, "2026-01-01", "2026-02-01", "2026-03-01"), [1, 0, 1])

    def test_a_contract_that_ended_ends_the_employment(self):
        temporary = self.make_employee("Temporary", self.workshop, contract_date_end="2026-02-15")
        self.assertEqual(self.stretches(temporary), [("Workshop", False, False, "2025-01-01", "2026-02-15", False)])
        self.assertEqual(self.headcounts(self.workshop, "2026-01-01", "2026-02-01"), [1, 0])

    def test_who_is_archived_without_a_date_left_on_the_day_of_the_last_change(self):
        gone = self.make_employee("Gone", self.workshop)
        gone.action_archive()
        self.env.flush_all()
        # the day is PostgreSQL's, which no test freezes
        self.env.cr.execute("UPDATE hr_employee SET write_date = '2026-03-20 03:00:00' WHERE id = %s", (gone.id,))
        self.assertEqual(self.stretches(gone), [("Workshop", False, False, "2025-01-01", "2026-03-20", "2026-03-20")])
        self.assertEqual(self.headcounts(self.workshop, "2026-02-01", "2026-03-01"), [1, 0])
        self.assertEqual(self.count("departures", self.workshop, "2026-03-01"), 1)

    def test_without_contract_dates_a_person_is_employed_from_the_first_version_on(self):
        person = self.make_employee("No contract", self.workshop, start="2026-01-15", contract_date_start=False)
        person.create_version({"date_version": "2026-03-16", "department_id": self.store.id})
        self.assertEqual(
            self.stretches(person),
            [
                ("Workshop", False, "2026-03-15", "2026-01-15", "2026-03-15", False),
                ("Store", "2026-03-16", False, "2026-03-16", False, False),
            ],
        )
        self.assertEqual(self.headcounts(self.workshop, "2025-12-01", "2026-01-01", "2026-03-01"), [0, 1, 0])

    def test_the_day_on_which_a_record_was_imported_is_not_the_day_on_which_the_person_came(self):
        # the day of the import is PostgreSQL's, which no test freezes
        imported = self.make_employee(
            "Imported", self.workshop, start=self.env.cr.now().date(), contract_date_start=False
        )
        self.assertEqual(self.stretches(imported), [("Workshop", False, False, "1900-01-01", False, False)])
        self.assertEqual(self.headcounts(self.workshop, "2020-01-01", "2026-03-01"), [1, 1])
        imported.version_id.contract_date_start = "2026-02-16"
        self.env.invalidate_all()  # what a view shows
        self.assertEqual(self.stretches(imported), [("Workshop", False, False, "2026-02-16", False, False)])
        self.assertEqual(self.headcounts(self.workshop, "2026-01-01", "2026-02-01"), [0, 1])

    def test_a_contract_that_began_before_the_first_version_counts_from_its_beginning(self):
        veteran = self.make_employee("Veteran", self.workshop, start="2026-03-01", contract_date_start="2020-05-01")
        self.assertEqual(self.stretches(veteran), [("Workshop", False, False, "2020-05-01", False, False)])
        self.assertEqual(self.headcounts(self.workshop, "2020-04-01", "2020-05-01"), [0, 1])

    def test_two_versions_on_the_way_of_one_person_are_one_head(self):
        raised = self.make_employee("Raised", self.workshop)
        raised.create_version({"date_version": "2026-03-16", "wage": 20_000_000})
        self.assertEqual(len(self.stretches(raised)), 2)
        self.assertEqual(self.headcounts(self.workshop, "2026-02-01", "2026-03-01"), [1, 1])

    def test_a_department_includes_those_below_it(self):
        self.assertEqual(self.headcounts(self.sales, "2026-03-01"), [4])  # Hằng, An, Bình, Chi
        self.assertEqual(self.headcounts(self.north, "2026-03-01"), [2])  # An, Bình
        self.assertEqual(self.headcounts(self.office, "2026-03-01"), [1])  # Lan

    def test_employments_are_read_by_hr_officers_of_the_company(self):
        for user in (self.binh_user, self.officer, self.admin):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["kpi.employment"].with_user(user).search([])
        hr_officer = self.make_user("hr", "hr.group_hr_user")
        outside = self.make_user("hr_outside", "hr.group_hr_user", company=self.other_company)
        ours = [("employee_id", "in", (self.an | self.binh).ids)]
        self.assertEqual(self.env["kpi.employment"].with_user(hr_officer).search_count(ours), 2)
        self.assertEqual(self.env["kpi.employment"].with_user(outside).search_count(ours), 0)
