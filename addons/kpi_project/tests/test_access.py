from odoo.exceptions import AccessError
from odoo.tests import tagged

from .task_case import TaskCase
from .test_ratings import RatingCase
from .test_timesheets import TimesheetCase


@tagged("post_install", "-at_install")
class TestTaskAccess(TaskCase):
    """Whoever may read a task may read what is counted of it."""

    def setUp(self):
        super().setUp()
        self.project.privacy_visibility = "followers"
        self.by_an, self.by_chi, self.by_dung = (
            self.make_counted(person, self.utc("2026-03-10 09:00:00")) for person in (self.an, self.chi, self.dung)
        )

    def seen(self, user):
        rows = self.by_an | self.by_chi | self.by_dung
        return self.env["kpi.task"].with_user(user).search([("id", "in", rows.ids)])

    def test_an_employee_reads_the_own_tasks_and_those_of_open_projects(self):
        self.assertEqual(self.seen(self.an_user), self.by_an)
        self.assertFalse(self.seen(self.binh_user))
        self.project.privacy_visibility = "employees"
        self.assertEqual(self.seen(self.binh_user), self.by_an | self.by_chi)

    def test_a_project_manager_reads_all_of_the_company(self):
        self.hang_user.group_ids += self.env.ref("project.group_project_manager")
        self.assertEqual(self.seen(self.hang_user), self.by_an | self.by_chi)

    def test_a_stranger_reads_those_of_the_other_company(self):
        self.stranger.group_ids += self.env.ref("project.group_project_manager")
        self.assertEqual(self.seen(self.stranger), self.by_dung)

    def test_a_row_shows_its_columns_and_opens_its_task(self):
        row = self.seen(self.an_user)
        shown = row.get_view(view_type="list")["models"]["kpi.task"]
        self.assertTrue(row.read(["display_name", *shown])[0]["display_name"])
        action = row.action_open_task()
        self.assertEqual(self.env[action["res_model"]].browse(action["res_id"]), self.by_an.task_id)


@tagged("post_install", "-at_install")
class TestTimesheetAccess(TimesheetCase):
    """Whoever may read a timesheet may read its hours."""

    def setUp(self):
        super().setUp()
        self.by_an, self.by_chi, self.by_dung = (
            self.log(person, "2026-03-10", 8) for person in (self.an, self.chi, self.dung)
        )

    def seen(self, user, group=None):
        if group:
            user.group_ids += self.env.ref(group)
        rows = self.by_an | self.by_chi | self.by_dung
        return self.env["kpi.timesheet"].with_user(user).search([("id", "in", rows.ids)])

    def test_people_read_the_own_timesheets_and_open_them(self):
        row = self.seen(self.an_user, "hr_timesheet.group_hr_timesheet_user")
        self.assertEqual(row, self.by_an)
        shown = row.get_view(view_type="list")["models"]["kpi.timesheet"]
        self.assertEqual(row.read(["display_name", *shown])[0]["hours"], 8)
        action = row.action_open_line()
        self.assertEqual(self.env[action["res_model"]].browse(action["res_id"]), self.by_an.line_id)

    def test_approvers_read_those_of_open_projects_managers_all_of_the_company(self):
        self.project.privacy_visibility = "followers"
        own = self.by_an | self.by_chi
        self.assertFalse(self.seen(self.hang_user, "hr_timesheet.group_hr_timesheet_approver"))
        self.project.privacy_visibility = "employees"
        self.assertEqual(self.seen(self.hang_user), own)
        self.project.privacy_visibility = "followers"
        self.assertEqual(self.seen(self.hang_user, "hr_timesheet.group_timesheet_manager"), own)

    def test_a_stranger_reads_those_of_the_other_company(self):
        self.assertEqual(self.seen(self.stranger, "hr_timesheet.group_timesheet_manager"), self.by_dung)

    def test_others_read_none(self):
        for user in (self.binh_user, self.officer):
            with self.assertRaises(AccessError):
                self.seen(user)


@tagged("post_install", "-at_install")
class TestRatingAccess(RatingCase):
    """Employees read ratings, as Odoo lets them; of their company."""

    def test_of_the_own_company(self):
        moment = self.utc("2026-03-10 09:00:00")
        ours, theirs = self.make_counted(self.an, moment), self.make_counted(self.dung, moment)
        for user, seen in ((self.binh_user, ours), (self.stranger, theirs)):
            rows = self.env["kpi.rating"].with_user(user).search([("id", "in", (ours | theirs).ids)])
            self.assertEqual(rows, seen)
            shown = rows.get_view(view_type="list")["models"]["kpi.rating"]
            self.assertTrue(rows.read(["display_name", *shown])[0]["display_name"])
            with self.assertRaises(AccessError):
                rows.write({"rating": 5})
