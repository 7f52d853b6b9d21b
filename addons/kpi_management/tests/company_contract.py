"""The contract of measures that count for a company as a whole: nothing on their records leads to a person."""

from datetime import timedelta

from odoo.addons.kpi_management.engine import MeasureFailure

from .measure_case import KINDS, MARCH

SECOND = timedelta(seconds=1)


class CompanyContract:
    """Tests of one measure, for classes that inherit ``MeasureCase`` too; its hooks disregard the person."""

    allow_inherited_tests_method = True
    # Whether the figure is what has gathered up to the end of the period.
    balance = False

    def test_total_of_the_company_is_that_of_plain_sql(self):
        self.count(self.an, "2026-03-02 09:00:00", 5)
        self.count(self.an, "2026-03-16 18:00:00", 6)
        self.count(self.an, "2026-03-31 12:00:00", 7)
        self.assertEqual(self.figure(self.company), self.worth(5, 6, 7))
        self.assertEqual(self.plain_total(), self.worth(5, 6, 7))

    def test_nothing_of_another_company_counts(self):
        ours = self.count(self.an, "2026-03-10 09:00:00", 5)
        self.make_counted(self.dung, self.utc("2026-03-10 09:00:00"), 7, self.other_company)
        self.assertEqual(self.figure(self.company), self.worth(5))
        self.assertEqual(self.figures(self.other_company, self.other_company), {self.other_company.id: self.worth(7)})
        self.assertEqual(self.plain_total(company=self.other_company), self.worth(7))
        self.assertEqual(self.opened(self.computed_line(self.company)), ours)

    def test_the_period_begins_and_ends_at_midnight_in_ho_chi_minh_city(self):
        self._check_edges("Asia/Ho_Chi_Minh")

    def test_the_period_begins_and_ends_at_midnight_eight_hours_west_of_greenwich(self):
        self._check_edges("Etc/GMT+8")  # POSIX counts the other way round: this is UTC−8

    def _check_edges(self, tz):
        self.company.resource_calendar_id.tz = tz
        start, end = self.utc("2026-03-01 00:00:00"), self.utc("2026-04-01 00:00:00")
        before = self.make_counted(self.an, start - SECOND, 1)
        within = self.make_counted(self.an, start, 2) | self.make_counted(self.an, end - SECOND, 4)
        self.make_counted(self.an, end, 8)
        if self.balance:
            self.assertEqual(self.figure(self.company), self.worth(1, 2, 4))
            within |= before
        else:
            self.assertEqual(self.figure(self.company), self.worth(2, 4))
        self.assertEqual(self.opened(self.computed_line(self.company)), within)

    def test_what_is_cancelled_does_not_count(self):
        kept = self.count(self.an, "2026-03-10 09:00:00", 5)
        self.exclude(self.count(self.an, "2026-03-11 09:00:00", 7))
        self.assertEqual(self.figure(self.company), self.worth(5))
        self.assertEqual(self.plain_total(), self.worth(5))
        self.assertEqual(self.opened(self.computed_line(self.company)), kept)

    def test_no_records_are_zero(self):
        line = self.computed_line(self.company)
        self.assertEqual((line.result, line.actual), ("ok", 0))
        self.assertFalse(self.opened(line))

    def test_departments_and_people_are_told_that_they_have_no_such_figure(self):
        self.count(self.an, "2026-03-10 09:00:00", 5)
        for subject in (self.north, self.an):
            query = self.env["kpi.measure.query"]
            failure = query._figures(self.measure, self.company, MARCH, KINDS[subject._name], subject)
            self.assertIsInstance(failure, MeasureFailure)
            self.assertEqual(self.computed_line(subject).result, "error")

    def test_more_records_take_no_more_queries(self):
        self.count(self.an, "2026-03-10 09:00:00", 5)
        self.figures(self.company)  # what Odoo loads once per server
        few = self.count_queries(self.company)
        for hour in range(10, 20):
            self.count(self.an, f"2026-03-10 {hour}:00:00", 1)
        self.assertEqual(self.count_queries(self.company), few)
