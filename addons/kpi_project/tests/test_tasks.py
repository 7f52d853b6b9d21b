from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .task_case import TaskCase


class WhatIsNoTask:
    """Tests that due and done tasks share."""

    def test_a_private_to_do_does_not_count(self):
        moment = self.utc("2026-03-10 09:00:00")
        task = self.make_counted(self.an, moment)
        task.project_id = False
        self.done_again(task, moment)
        self.assertFalse(task.project_id)
        self.assertEqual(self.figure(self.company), 0)
        self.assertEqual(self.figure(self.an), 0)

    def test_templates_their_subtasks_and_the_tasks_of_a_project_template_do_not_count(self):
        moment = self.utc("2026-03-10 09:00:00")
        template = self.make_counted(self.an, moment)
        template.is_template = True
        self.make_counted(self.an, moment).parent_id = template
        of_template_project = self.make_counted(self.an, moment)
        of_template_project.project_id = self.make_project(self.company, is_template=True)
        self.done_again(of_template_project, moment)
        self.assertEqual(self.figure(self.company), 0)

    def test_a_task_of_a_project_without_company_counts_for_the_company_of_its_manager(self):
        moment = self.utc("2026-03-10 09:00:00")
        shared = self.make_project(self.env["res.company"], user_id=self.dung.user_id.id)
        task = self.make_counted(self.an, moment)
        task.write({"project_id": shared.id, "company_id": False})
        self.done_again(task, moment)
        self.assertFalse(task.company_id)
        self.assertEqual(self.figure(self.company), 0)
        self.assertEqual(self.figures(self.other_company, self.other_company), {self.other_company.id: 1})

    def test_a_task_of_two_people_counts_once_for_each_and_once_for_their_department(self):
        task = self.make_counted(self.an, self.utc("2026-03-10 09:00:00"))
        task.user_ids = [Command.link(self.binh.user_id.id), Command.link(self.chi.user_id.id)]
        people, departments = self.an | self.binh | self.chi, self.north | self.south | self.sales
        self.assertEqual(self.figures(people), dict.fromkeys(people.ids, 1))
        # An and Bình are in North, Chi in South, and both are parts of Sales.
        self.assertEqual(self.figures(departments), dict.fromkeys(departments.ids, 1))
        self.assertEqual(self.figure(self.company), 1)
        self.assertEqual(self.opened(self.computed_line(self.sales)), task)

    def done_again(self, task, moment):
        """Odoo opens a task again that changes its project."""


@tagged("post_install", "-at_install")
class TestTasksDue(WhatIsNoTask, CreditContract, TaskCase):
    def test_a_task_without_deadline_is_never_due(self):
        self.make_task(self.an, False)
        self.assertEqual(self.figure(self.company), 0)


@tagged("post_install", "-at_install")
class TestTasksDone(WhatIsNoTask, CreditContract, TaskCase):
    measure_code = "tasks_done"
    plain_sql = (
        TaskCase.plain_sql.replace("t.state <> '1_canceled'", "t.state = '1_done'")
        + "AND t.date_last_stage_update < %(end)s"
    )

    def make_counted(self, person, moment, amount=1, company=None):
        task = super().make_counted(person, moment, amount, company)
        return self.done_again(task, moment)

    def done_again(self, task, moment):
        task.state = "1_done"
        task.date_last_stage_update = moment
        return task

    def test_a_task_done_after_the_end_of_the_period_is_not_done_in_it(self):
        deadline = self.utc("2026-03-31 12:00:00")
        on_time = self.make_done(self.an, deadline, self.utc("2026-03-31 23:59:59"))
        self.make_done(self.an, deadline, self.utc("2026-04-01 00:00:00"))
        for subject in (self.an, self.north, self.company):
            self.assertEqual(self.figure(subject), 1, subject.name)
        self.assertEqual(self.opened(self.computed_line(self.north)), on_time)

    def test_a_task_done_before_the_period_in_which_it_is_due_is_done_in_it(self):
        self.make_done(self.an, self.utc("2026-03-10 09:00:00"), self.utc("2026-02-20 09:00:00"))
        self.assertEqual(self.figure(self.an), 1)

    def test_an_open_task_is_not_done(self):
        for state in ("01_in_progress", "02_changes_requested", "03_approved"):
            self.make_task(self.an, self.utc("2026-03-10 09:00:00")).state = state
        self.assertEqual(self.figure(self.an), 0)


@tagged("post_install", "-at_install")
class TestCompletion(TaskCase):
    """The task completion rate of the library."""

    def test_tasks_done_over_tasks_due(self):
        due = self.utc("2026-03-10 09:00:00")
        done = [self.make_done(self.an, due, due) for _number in range(3)]
        late = self.make_done(self.an, due, self.utc("2026-04-01 08:00:00"))
        self.make_task(self.an, due, state="1_canceled")
        card = self.make_card(self.an, [("PRJ_COMPLETION", 100, 90)])
        card.action_compute()
        self.assertEqual(card.line_ids.actual, 75)  # 3 of 4: the cancelled one does not count
        self.assertEqual(card.line_ids.attainment, 83.33)
        self.assertEqual(self.opened(card.line_ids), late.union(*done))
