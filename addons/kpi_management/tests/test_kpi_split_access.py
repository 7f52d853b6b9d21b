from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .crowd import make_crowd
from .split_case import SplitCase


@tagged("post_install", "-at_install")
class TestKpiSplitAccess(SplitCase):
    """Officers split everything, managers what their own team gets, employees nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls.whole(cls.north, 900, period=cls.january)
        cls.own = cls.whole(cls.binh, 100, period=cls.january)

    def test_an_employee_splits_nothing(self):
        # Bình reads his own target; that of his department he does not
        for line in (self.own, self.line):
            with self.subTest(line.subject_name):
                with self.assertRaises(AccessError):
                    line.with_user(self.binh_user).action_split()
                with self.assertRaises(AccessError):
                    self.make_split(line, self.binh_user, time_type=False, subject_kind="employee")
        split = self.make_split(self.line, subject_kind="employee")
        with self.assertRaises(AccessError):
            split.with_user(self.binh_user).action_confirm()
        with self.assertRaises(AccessError):
            self.own.with_user(self.binh_user).write({"parent_line_id": self.line.id})
        self.assertFalse(self.own.with_user(self.binh_user).can_split)

    def test_a_manager_splits_over_his_team_alone(self):
        # An is told of 900 for North, where he works himself with Bình: only Bình is his team.
        self.north.manager_id = self.an
        line = self.line.with_user(self.an_user)
        self.assertTrue(line.can_split)
        split = self.make_split(self.line, self.an_user, subject_kind="employee", leave_open=True)
        self.assertEqual([part.name for part in split.part_ids], ["Bình"])
        self.own.scorecard_id.action_draft()
        split = self.make_split(self.line, self.an_user, subject_kind="employee", leave_open=True)
        split.part_ids.target = 500
        split.action_confirm()
        self.assertRecordValues(self.own, [{"target": 500, "parent_line_id": self.line.id}])
        self.assertEqual(self.own.scorecard_id.state, "draft")
        for options in ({"subject_kind": "department"}, {"time_type": "month"}):
            year = self.whole(self.north, 900) if "time_type" in options else self.line
            with self.subTest(**options), self.assertRaises(AccessError):
                self.make_split(year, self.an_user, **options)

    def test_a_manager_gives_nothing_to_himself_or_to_others(self):
        self.north.manager_id = self.an
        for person in (self.an, self.chi):
            split = self.make_split(self.line, self.an_user, subject_kind="employee", leave_open=True)
            split.part_ids[0].subject_id = person.id
            split.part_ids[0].target = 900
            # Chi is not in North either, which may be what is said first
            with self.subTest(person.name), self.assertRaises(AccessError if person == self.an else UserError):
                split.action_confirm()

    def test_another_company_sees_and_splits_nothing(self):
        with self.assertRaises(AccessError):
            self.line.with_user(self.stranger).action_split()
        with self.assertRaises(AccessError):
            self.make_split(self.line, self.stranger, subject_kind="employee")
        officer = self.make_user("kim", "kpi_management.group_kpi_officer", company=self.other_company)
        with self.assertRaises(AccessError):
            self.make_split(self.line, officer, subject_kind="employee")

    def test_nobody_looks_into_another_s_split(self):
        split = self.make_split(self.line, subject_kind="employee")
        for user in (self.an_user, self.binh_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                split.part_ids.with_user(user).read(["target"])

    def test_whoever_reads_a_target_reads_how_much_of_it_is_covered(self):
        self.split(self.line, subject_kind="employee")
        self.north.manager_id = self.an
        self.assertEqual(self.line.with_user(self.an_user).coverage, 100)
        own = self.own.with_user(self.binh_user)
        self.assertEqual(own.web_read({"parent_line_id": {"fields": {"display_name": {}}}})[0]["id"], self.own.id)


@tagged("post_install", "-at_install")
class TestKpiSplitCrowd(SplitCase):
    """A thousand people cost as many queries as ten, but for what Odoo inserts by the hundred."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.few, cls.many = cls.make_department("Few"), cls.make_department("Many")
        for department, size in ((cls.few, 9), (cls.many, 999)):
            first = cls.make_employee("Worker", department, user=cls.make_user(f"worker_{size}"))
            make_crowd(first, size)
        cls.lines = {
            10: cls.whole(cls.few, 100_000, period=cls.january),
            1000: cls.whole(cls.many, 10_000_000, period=cls.january),
        }
        cls.env.flush_all()

    def queries(self, work):
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        result = work()
        self.env.flush_all()
        return result, self.env.cr.sql_log_count - before

    def test_a_thousand_people(self):
        proposed, made, again, undone, gone = {}, {}, {}, {}, {}
        for size, line in self.lines.items():
            split, proposed[size] = self.queries(lambda line=line: self.make_split(line, subject_kind="employee"))
            self.assertEqual(len(split.part_ids), size)
            _action, made[size] = self.queries(split.action_confirm)
            first = split
            self.assertEqual(line.child_line_ids.mapped("target"), [10_000] * size)
            line.scorecard_id.action_draft()
            line.target *= 2
            split = self.make_split(line, subject_kind="employee")
            _action, again[size] = self.queries(split.action_confirm)
            self.assertEqual(line.child_line_ids.mapped("target"), [20_000] * size)
            _action, undone[size] = self.queries(split.action_undo)
            self.assertEqual(line.child_line_ids.mapped("target"), [10_000] * size)
            _action, gone[size] = self.queries(first.action_undo)
            self.assertFalse(line.child_line_ids)
        for counts in (proposed, made, again, undone, gone):
            self.assertLessEqual(counts[1000] - counts[10], 120, (proposed, made, again, undone, gone))
