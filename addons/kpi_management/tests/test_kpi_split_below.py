from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .split_case import SplitCase


@tagged("post_install", "-at_install")
class TestKpiSplitBelow(SplitCase):
    """A target over departments and people."""

    def test_evenly_over_departments(self):
        line = self.whole(self.company, 1001, period=self.january)
        split = self.make_split(line, subject_kind="department")
        self.assertEqual(self.shown(split), [("Office", 501), ("Sales", 500)])

    def test_as_last_year_over_departments(self):
        january = self.make_period("2025-01-01")
        self.enter("t_revenue", self.sales, 750, january)
        self.enter("t_revenue", self.office, 250, january)
        line = self.whole(self.company, 2000, period=self.january)
        parts = self.split(line, subject_kind="department", subject_method="last_year")
        self.assertEqual(parts.mapped("target"), [500, 1500])
        self.assertEqual(set(parts.mapped("split_axis")), {"subject"})
        self.assertEqual((line.coverage_subject, line.coverage_time), (100, 0))

    def test_by_headcount_with_those_below(self):
        # Sales: Hằng, An and Bình in North, Chi in South; Office: Lan
        line = self.whole(self.company, 500, period=self.january)
        split = self.make_split(line, subject_kind="department", subject_method="headcount")
        self.assertEqual(
            [(part.name, part.basis, part.target) for part in split.part_ids], [("Office", 1, 100), ("Sales", 4, 400)]
        )

    def test_where_nobody_works(self):
        empty = self.make_department("Depot")
        line = self.whole(self.company, 500, period=self.january)
        split = self.make_split(line, subject_kind="department", subject_method="headcount")
        self.assertEqual(self.shown(split), [("Depot", 0), ("Office", 100), ("Sales", 400)])
        self.assertIn("In 1 of 3 nobody works on 01/01/2026", split.basis_note)
        message = split.action_confirm()["params"]["message"]
        self.assertEqual(message, "2 new parts in draft. 1 get nothing, and no target.")
        self.assertFalse(line.child_line_ids.filtered(lambda part: part.department_id == empty))
        parts = [self.make_department(name, parent_id=empty.id) for name in ("Depot A", "Depot B")]
        depot = self.whole(empty, 101, period=self.january)
        split = self.make_split(depot, subject_kind="department", subject_method="headcount")
        self.assertEqual(
            self.shown(split), [(part.display_name, share) for part, share in zip(parts, (51, 50), strict=True)]
        )
        self.assertIn("Nobody works there on 01/01/2026: split evenly instead.", split.basis_note)
        self.assertFalse(self.make_split(depot, subject_kind="employee").part_ids)

    def test_a_balance_over_time_and_below_adds_up_in_each_stretch(self):
        quarter = self.make_period("2026-01-01", "quarter")
        line = self.whole(self.company, 81, "T_STOCK", quarter)
        split = self.make_split(line, time_type="month", subject_kind="department", digits="0")
        self.assertEqual([part.target for part in split.part_ids], [41, 40] * 3)
        split.part_ids[0].target = 40
        with self.refused(UserError, "80 of 81: 1 are left"):
            split.action_confirm()
        split.part_ids[0].target = 41
        split.action_confirm()
        months = line.child_line_ids
        self.assertEqual((months.mapped("target"), months.mapped("coverage")), ([81] * 3, [100] * 3))
        self.assertEqual(line.coverage, 100)

    def test_what_is_offered_first(self):
        quarter, week = self.make_period("2026-01-01", "quarter"), self.make_period("2026-01-05", "week")
        department = {"default_subject_kind": "department"}
        for line, times, kinds, first in (
            (self.whole(self.company, 9), ["half", "quarter", "month"], "department", {"default_time_type": "month"}),
            (self.whole(self.company, 9, period=quarter), ["month"], "department", {"default_time_type": "month"}),
            (self.whole(self.sales, 9, period=week), [], "department", department),
            (self.whole(self.hang, 9, period=week), [], "employee", {"default_subject_kind": "employee"}),
        ):
            with self.subTest(line.scorecard_id.display_name):
                split = self.make_split(line)
                self.assertEqual((split.time_types or [], split.subject_kinds[0]), (times, kinds))
                context = line.with_user(self.officer).action_split()["context"]
                self.assertEqual(context, {"default_line_id": line.id, **first})

    def test_over_the_people_of_a_department_and_those_below_it(self):
        self.make_employee("Gone", self.north, start="2025-01-01", contract_date_end="2025-06-30")
        line = self.whole(self.sales, 400, period=self.january)
        split = self.make_split(line, subject_kind="employee")
        self.assertEqual(self.shown(split), [("An", 100), ("Bình", 100), ("Chi", 100), ("Hằng", 100)])
        split.action_confirm()
        self.assertEqual(line.coverage, 100)
        self.assertEqual(line.child_line_ids.employee_id, self.hang | self.an | self.binh | self.chi)

    def test_over_months_and_departments_at_once(self):
        quarter = self.make_period("2026-01-01", "quarter")
        line = self.whole(self.company, 1000, period=quarter)
        split = self.make_split(line, time_type="month", subject_kind="department")
        # months 334, 333, 333; each over two: 167+167, 167+166, 167+166
        self.assertEqual([part.target for part in split.part_ids], [167, 167, 167, 166, 167, 166])
        self.assertEqual(split.part_ids[1].name, "01/2026 · Sales")
        split.action_confirm()
        months = line.child_line_ids.sorted("date_start")
        self.assertEqual(months.mapped("target"), [334, 333, 333])
        self.assertEqual(months.mapped("part_count"), [2, 2, 2])
        self.assertEqual(months.mapped("coverage"), [100, 100, 100])
        again = self.make_split(line, time_type="month", subject_kind="department", time_method="hand")
        again.part_ids[0].target = 177
        again.part_ids[2].target = 157
        again.action_confirm()
        self.assertEqual(months.mapped("target"), [344, 323, 333])
        self.assertFalse((line | months).filtered("split_differs"))

    def test_seasons_and_last_year_s_shares_at_once(self):
        for day, value in (("2025-01-01", 100), ("2025-02-01", 300), ("2025-03-01", 100)):
            self.enter("t_revenue", self.company, value, self.make_period(day))
        quarter = self.make_period("2025-01-01", "quarter")
        self.enter("t_revenue", self.sales, 80, quarter)
        self.enter("t_revenue", self.office, 20, quarter)
        line = self.whole(self.company, 5000, period=self.make_period("2026-01-01", "quarter"))
        split = self.make_split(
            line, time_type="month", time_method="last_year", subject_kind="department", subject_method="last_year"
        )
        # 1000, 3000, 1000, a fifth of each to Office
        self.assertEqual([part.target for part in split.part_ids], [200, 800, 600, 2400, 200, 800])

    def test_a_proportion_of_nothing_leaves_somebody_out(self):
        line = self.whole(self.company, 1000, period=self.january)
        split = self.make_split(line, subject_kind="department")
        split.part_ids[0].basis = 0
        split._onchange_part_ids()
        self.assertEqual([part.target for part in split.part_ids], [0, 1000])

    def test_parts_that_are_not_in_the_table_count(self):
        line = self.whole(self.company, 1000, period=self.january)
        split = self.make_split(line, subject_kind="department", leave_open=True)
        split.part_ids[0].target = 400
        split.part_ids[1].target = 0
        split.action_confirm()
        people = self.make_split(line, subject_kind="employee")
        self.assertEqual((people.elsewhere, people.total, people.remaining), (400, 600, 0))

    def test_undone_by_deleting_the_parts(self):
        line = self.whole(self.company, 1000, period=self.january)
        before = self.env["kpi.scorecard"].search([])
        parts = self.split(line, subject_kind="department")
        parts.with_user(self.officer).action_delete_parts()
        self.assertEqual(self.env["kpi.scorecard"].search([]), before)
        self.assertRecordValues(line, [{"part_count": 0, "coverage": 0, "split_differs": False}])

    def test_choices_are_taken_along(self):
        parameter = self.env["kpi.parameter"].create(
            {"name": "Partner", "code": "t_partner", "model_id": self.env.ref("base.model_res_partner").id}
        )
        line = self.whole(self.company, 100, period=self.january, agreed=False)
        value = {"parameter_id": parameter.id, "value_ref": f"res.partner,{self.company.partner_id.id}"}
        line.parameter_value_ids = [Command.create(value)]
        parts = self.split(line, subject_kind="department")
        self.assertEqual([part._choices() for part in parts], [line._choices()] * 2)
        with self.refused(ValidationError, "same KPI and choices"):
            parts[0].parameter_value_ids.unlink()
