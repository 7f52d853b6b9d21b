from odoo.tests import freeze_time, tagged

from .task_case import TaskCase


@tagged("post_install", "-at_install")
class TestWhenATaskWasDone(TaskCase):
    """The moment is that of the last change of state in the task's history."""

    def at(self, moment, task, **vals):
        """Change a task at a moment in UTC, as a user does: with its history."""
        with freeze_time(moment):
            task.with_context(tracking_disable=False).write(vals)
            self.env.flush_all()
            self.env.cr.flush()  # Odoo writes the history at the end of the transaction

    def make_tracked(self):
        task = self.make_task(self.an, self.utc("2026-03-20 12:00:00"))
        self.env.flush_all()
        self.env.cr.flush()
        return task

    def done_on(self, task):
        return str(self.rows(task).date_done)

    def stages(self):
        return self.env["project.task.type"].create(
            [{"name": name, "project_ids": self.project.ids} for name in ("Giao hàng", "Nghiệm thu")]
        )

    def test_later_moves_through_the_stages_do_not_matter(self):
        task = self.make_tracked()
        self.at("2026-03-20 03:00:00", task, state="1_done")
        self.at("2026-04-01 09:00:00", task, stage_id=self.stages()[0].id)
        self.at("2026-04-01 10:00:00", task, name="Lắp đặt xong")
        self.assertEqual(str(task.date_last_stage_update), "2026-04-01 09:00:00")
        self.assertEqual(self.done_on(task), "2026-03-20 03:00:00")
        self.assertTrue(self.rows(task).on_time)

    def test_a_task_opened_again_is_done_when_it_is_done_again(self):
        task = self.make_tracked()
        self.at("2026-03-10 03:00:00", task, state="1_done")
        self.at("2026-03-11 03:00:00", task, state="01_in_progress")
        self.assertFalse(self.rows(task).date_done)
        self.at("2026-03-25 03:00:00", task, state="1_done")
        self.assertEqual(self.done_on(task), "2026-03-25 03:00:00")
        self.assertFalse(self.rows(task).on_time)

    def test_the_language_of_who_changed_it_does_not_matter(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        task = self.make_tracked().with_context(lang="vi_VN")
        self.at("2026-03-10 03:00:00", task, state="1_done")
        self.at("2026-03-30 03:00:00", task, stage_id=self.stages()[1].id)
        self.assertEqual(self.done_on(task), "2026-03-10 03:00:00")

    def test_without_history_it_is_the_last_stage_update(self):
        task = self.make_done(self.an, False, "2026-03-12 03:00:00")
        self.assertEqual(self.done_on(task), "2026-03-12 03:00:00")

    def test_a_task_loaded_today_was_done_when_it_says(self):
        task = self.make_tracked()
        self.at("2026-04-02 03:00:00", task, state="1_done")
        task.date_last_stage_update = "2026-02-12 03:00:00"
        self.assertEqual(self.done_on(task), "2026-02-12 03:00:00")

    def test_done_within_the_period_by_its_history(self):
        self.measure = self.env["kpi.measure"].search([("code", "=", "tasks_done")])
        task, late = self.make_tracked(), self.make_tracked()
        self.at("2026-03-31 16:59:59", task, state="1_done")  # 31 March, 23:59:59
        self.at("2026-03-31 17:00:00", late, state="1_done")
        for one in (task, late):
            self.at("2026-04-01 09:00:00", one, stage_id=self.stages()[0].id)
        self.assertEqual(self.figure(self.an), 1)
        self.assertEqual(self.opened(self.computed_line(self.an, "tasks_done")), self.rows(task))
