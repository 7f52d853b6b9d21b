from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .split_case import SplitCase


@tagged("post_install", "-at_install")
class TestKpiSplitCoverage(SplitCase):
    """What no longer adds up is shown."""

    def setUp(self):
        super().setUp()
        self.line = self.whole(self.company, 1000, period=self.january, agreed=False)
        self.parts = self.split(self.line, subject_kind="department")

    def differing(self):
        return self.env["kpi.scorecard.line"].search([("split_differs", "=", True)])

    def test_a_change_above(self):
        self.assertFalse(self.differing())
        self.line.target = 1200
        self.assertEqual(self.differing(), self.line)
        self.assertRecordValues(self.line, [{"coverage": 83.33, "coverage_gap": 200}])
        self.assertIn("200", self.line.split_warning)
        self.assertIn("taken on by nobody below", self.line.scorecard_id.split_warning)
        self.assertTrue(self.line.scorecard_id.split_warning.startswith("T_REVENUE: "))
        self.assertIn(self.line.scorecard_id, self.env["kpi.scorecard"].search([("line_ids.split_differs", "=", True)]))

    def test_a_change_below(self):
        self.parts[0].target = 600
        self.assertRecordValues(self.line, [{"coverage": 110, "coverage_gap": -100, "split_differs": True}])
        self.assertIn("have taken on", self.line.split_warning)
        not_differing = self.env["kpi.scorecard.line"].search([("split_differs", "=", False)])
        self.assertNotIn(self.line, not_differing)
        self.assertIn(self.parts[0], not_differing)

    def test_a_part_deleted(self):
        self.parts[0].unlink()
        self.assertRecordValues(self.line, [{"coverage": 50, "coverage_gap": 500, "split_differs": True}])

    def test_the_whole_deleted(self):
        self.line.scorecard_id.unlink()
        self.assertFalse(self.parts.exists().parent_line_id)
        self.assertEqual(self.parts.mapped("target"), [500, 500])

    def test_the_difference_while_a_target_is_typed(self):
        typed = self.line.new({"target": 2000}, origin=self.line)
        self.assertEqual((typed.coverage, typed.coverage_gap), (50, 1000))

    def test_what_is_no_part_is_refused(self):
        other_year = self.whole(self.sales, 10, period=self.make_period("2027-01-01"), agreed=False)
        other_kpi = self.whole(self.north, 10, "T_COMPLAINTS", self.january, agreed=False)
        above = self.whole(self.company, 10, agreed=False)
        below = self.whole(self.south, 10, period=self.january, agreed=False)
        for line, parent, reason in (
            (other_year, self.line, "does not lie within"),
            (other_kpi, self.line, "same KPI"),
            (above, self.line, "does not lie within"),
            (self.line, self.parts[0], "itself|not below"),
            (below, self.parts[0], "not below"),  # South is not in Office
        ):
            with self.subTest(reason), self.refused(ValidationError, reason):
                line.parent_line_id = parent
        below.parent_line_id = self.parts[1]
        with self.refused(ValidationError, "not below"):
            below.scorecard_id.write({"subject_type": "employee", "department_id": False, "employee_id": self.lan.id})

    def test_a_person_who_moved_is_below_both(self):
        self.binh.create_version({"date_version": "2026-01-16", "department_id": self.office.id})
        line = self.whole(self.binh, 10, period=self.january, agreed=False)
        line.parent_line_id = self.parts[0]
        line.parent_line_id = self.parts[1]
        february = self.whole(self.binh, 10, period=self.make_period("2026-02-01"), agreed=False)
        sales = self.whole(self.sales, 10)
        with self.refused(ValidationError, "not below"):
            february.parent_line_id = sales

    def test_a_copy_is_no_part(self):
        copy = self.parts[0].scorecard_id.copy({"period_id": self.make_period("2026-02-01").id})
        self.assertFalse(copy.line_ids.parent_line_id)
        self.assertEqual(copy.line_ids.target, 500)

    def test_nobody_writes_what_is_computed(self):
        with self.assertRaises(AccessError):
            self.parts[0].with_user(self.officer).write({"split_axis": "time"})
