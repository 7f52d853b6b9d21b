from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.kpi_management.engine import Window, window_of

from .common import KpiCase

MARCH = window_of("month", date(2026, 3, 31))


@tagged("post_install", "-at_install")
class TestKpiMeasurePeriods(KpiCase):
    """Measures that look back on the period before: in which departments somebody began objectives, on a day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.measure = cls.env["kpi.measure"].create(
            {
                "code": "t_departments",
                "name": "Departments with new objectives",
                "model_id": cls.env["ir.model"]._get_id("kpi.objective"),
                "aggregate": "count_distinct",
                "value_field": "department_id",
                "date_field": "date_start",
                "employee_path": "owner_id",
            }
        )

    def begin(self, department, *days, owner=None):
        return self.env["kpi.objective"].create(
            [
                {
                    "name": "More customers",
                    "company_id": self.company.id,
                    "department_id": department.id,
                    "owner_id": (owner or self.an).id,
                    "date_start": day,
                    "date_end": "2027-12-31",
                }
                for day in days
            ]
        )

    def figure(self, accumulation, window, subject=None):
        self.measure.accumulation = accumulation
        subject = subject or self.company
        kind = "company" if subject == self.company else "employee"
        figures = self.env["kpi.measure.query"]._figures(self.measure, self.company, window, kind, subject)
        self.assertIsInstance(figures, dict, figures)
        return figures.get(subject.id, 0)

    def test_the_period_before_is_of_the_same_type(self):
        self.begin(self.north, "2025-03-31", "2026-02-01", "2026-02-28")
        self.begin(self.south, "2025-12-31", "2026-03-01")
        self.begin(self.office, "2026-03-22", "2026-04-01")
        for window, expected in (
            (MARCH, 1),  # North in February
            (MARCH.previous(), 0),  # nothing in January
            (window_of("month", date(2026, 4, 1)), 2),  # South and the office in March
            (window_of("week", date(2026, 3, 29)), 1),  # the office from 16 to 22 March
            (window_of("quarter", date(2026, 3, 31)), 1),  # South in the last quarter of 2025
            (window_of("year", date(2026, 3, 31)), 2),  # North and South in 2025
            (Window("ytd", date(2026, 1, 1), date(2026, 3, 31)), 1),  # North, until 31 March 2025
            (Window("custom", date(2026, 3, 1), date(2026, 3, 28)), 1),  # the 28 days of February
        ):
            self.assertEqual(self.figure("before", window), expected, window)

    def test_what_comes_back_lies_in_both_periods(self):
        self.begin(self.north, "2025-03-31", "2026-02-01", "2026-02-28", "2026-03-31", "2026-03-31")
        self.begin(self.south, "2025-12-31", "2026-03-01")
        self.begin(self.office, "2026-01-31", "2026-04-01")
        self.begin(self.env["hr.department"], "2026-02-10", "2026-03-10")  # of no department
        for window, expected in (
            (MARCH, 1),  # North
            (window_of("month", date(2026, 4, 1)), 0),
            (window_of("quarter", date(2026, 3, 31)), 1),  # South
            (window_of("quarter", date(2026, 4, 1)), 1),  # the office
            (window_of("year", date(2026, 3, 31)), 2),  # North and South
            # North, in March of either year; South began in December: not among the same days a year earlier.
            (Window("ytd", date(2026, 1, 1), date(2026, 3, 31)), 1),
        ):
            self.assertEqual(self.figure("returning", window), expected, window)

    def test_each_subject_is_asked_for_its_own_records_in_both_periods(self):
        self.begin(self.north, "2026-02-10", "2026-03-10")
        self.begin(self.south, "2026-02-10", owner=self.chi)
        self.begin(self.south, "2026-03-10")
        self.assertEqual(self.figure("returning", MARCH, self.an), 1)
        self.assertEqual(self.figure("returning", MARCH, self.chi), 0)
        self.assertEqual(self.figure("returning", MARCH), 2)

    def test_the_records_are_those_of_this_period_or_the_one_before(self):
        february, march = self.begin(self.north, "2026-02-10", "2026-03-10")
        self.begin(self.south, "2026-03-10")
        self.begin(self.office, "2026-01-31")
        query = self.env["kpi.measure.query"]
        for accumulation, records in (("before", february), ("returning", march)):
            self.measure.accumulation = accumulation
            for kind, subject in (("company", self.company), ("employee", self.an)):
                domain = query._record_domain(self.measure, self.company, MARCH, kind, subject)
                self.assertEqual(self.env["kpi.objective"].search(domain), records)

    def test_the_share_of_a_period_says_nothing_of_them(self):
        for accumulation in ("before", "returning"):
            self.measure.accumulation = accumulation
            self.assertFalse(self.measure._is_additive())
            self.assertTrue(self.measure._empty_is_zero())

    def test_only_different_values_come_back(self):
        for vals in ({"aggregate": "count"}, {"aggregate": "max", "value_field": "progress"}):
            with self.subTest(vals), self.refused(ValidationError, "choose “Count of different values”"):
                self.measure.write({"accumulation": "returning", **vals})

    def test_entered_figures_do_not_look_back(self):
        for accumulation in ("before", "returning"):
            with self.subTest(accumulation), self.refused(ValidationError, "entered figures count within the period"):
                self.make_measure("t_typed", accumulation=accumulation)
        typed = self.make_measure("t_typed")
        with self.refused(ValidationError, "entered figures count within the period"):
            typed.accumulation = "before"
