from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.kpi_management.tests.common import KpiCase


@tagged("post_install", "-at_install")
class TestKpiActionTask(KpiCase):
    """An action that is done as a task of a project."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = cls.env.ref("project.group_project_user")
        (cls.an_user | cls.binh_user).write({"group_ids": [(4, group.id)]})
        cls.project = cls.env["project.project"].create({"name": "Better service", "company_id": cls.company.id})
        cls.project.message_subscribe(partner_ids=(cls.an_user | cls.binh_user).partner_id.ids)
        vals = {"name": "Call back", "employee_id": cls.binh.id, "responsible_id": cls.binh.id}
        cls.action = cls.env["kpi.action"].with_user(cls.an_user).create({**vals, "deadline": "2026-04-20"})

    def make_task(self, **vals):
        context = self.action.action_make_task()["context"]
        Task = self.env["project.task"].with_user(self.an_user).with_context(**context)
        return Task.create({"project_id": self.project.id, **vals})

    def test_the_task_is_the_responsible_s_until_the_deadline(self):
        task = self.make_task()
        self.assertRecordValues(
            task, [{"name": "Call back", "user_ids": self.binh_user.ids, "kpi_action_id": self.action.id}]
        )
        self.assertEqual(str(task.date_deadline.date()), "2026-04-20")
        self.assertEqual(self.action.task_count, 1)
        self.assertEqual(self.env["project.task"].search(self.action.action_open_tasks()["domain"]), task)

    def test_with_its_tasks_the_action_is_done(self):
        first, second = self.make_task(), self.make_task(name="Write back")
        first.with_user(self.binh_user).state = "1_done"
        self.assertEqual(self.action.state, "open")
        second.with_user(self.binh_user).state = "1_canceled"
        self.assertRecordValues(self.action, [{"state": "done", "activity_ids": []}])

    def test_cancelled_tasks_do_nothing(self):
        self.make_task().state = "1_canceled"
        self.assertEqual(self.action.state, "open")

    def test_whoever_does_the_task_need_not_see_the_action(self):
        helper = new_test_user(
            self.env,
            login="kpi_helper",
            groups="project.group_project_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.project.message_subscribe(partner_ids=helper.partner_id.ids)
        task = self.make_task(user_ids=[(6, 0, helper.ids)])
        with self.assertRaises(AccessError):
            self.action.with_user(helper).read(["name"])
        task.with_user(helper).state = "1_done"
        self.assertEqual(self.action.state, "done")

    def test_without_the_project_s_rights_no_tasks_are_shown(self):
        with self.assertRaises(AccessError):
            self.action.with_user(self.hang_user).read(["task_count"])
        self.assertNotIn("action_make_task", self.env["kpi.action"].with_user(self.hang_user).get_view()["arch"])
