from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .task_case import TaskCase


class WhatIsNoTask:
    """Tests that due and done tasks share."""

    def test_a_private_to_do_does_not_count(self):
        moment = self.utc("2026-03-10 09:00:00")
        task = self.make_counted(self.an, moment).task_id
        task.project_id = False
        self.done_again(task, moment)
        self.assertFalse(task.project_id)
        self.assertEqual(self.figure(self.company), 0)
        self.assertEqual(self.figure(self.an), 0)

    def test_templates_their_subtasks_and_the_tasks_of_a_project_template_do_not_count(self):
        moment = self.utc("2026-03-10 09:00:00")
        template = self.make_counted(self.an, moment).task_id
        template.is_template = True
        self.make_counted(self.an, moment).task_id.parent_id = template
        of_template_project = self.make_counted(self.an, moment).task_id
        of_template_project.project_id = self.make_project(self.company, is_template=True)
        self.done_again(of_template_project, moment)
        self.assertEqual(self.figure(self.company), 0)

    def test_a_task_of_a_project_without_company_counts_for_the_company_of_its_manager(self):
        moment = self.utc("2026-03-10 09:00:00")
        shared = self.make_project(self.env["res.company"], user_id=self.dung.user_id.id)
        task = self.make_counted(self.an, moment).task_id
        task.write({"project_id": shared.id, "company_id": False})
        self.done_again(task, moment)
        self.assertFalse(task.company_id)
        self.assertEqual(self.figure(self.company), 0)
        self.assertEqual(self.figures(self.other_company, self.other_company), {self.other_company.id: 1})

    def test_a_task_of_two_people_counts_once_for_each_and_once_for_their_department(self):
        row = self.make_counted(self.an, self.utc("2026-03-10 09:00:00"))
        row.task_id.user_ids = [Command.link(self.binh.user_id.id), Command.link(self.chi.user_id.id)]
        people, departments = self.an | self.binh | self.chi, self.north | self.south | self.sales
        self.assertEqual(self.figures(people), dict.fromkeys(people.ids, 1))
        # An and Bình are in North, Chi in South, and both are parts of Sales.
        self.assertEqual(self.figures(departments), dict.fromkeys(departments.ids, 1))
        self.assertEqual(self.figure(self.company), 1)
        self.assertEqual(self.opened(self.computed_line(self.sales)), row)

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
        row = super().make_counted(person, moment, amount, company)
        return self.rows(self.done_at(row.task_id, moment))

    def done_again(self, task, moment):
        self.done_at(task, moment)

    def test_a_task_done_after_the_end_of_the_period_is_not_done_in_it(self):
        deadline = self.utc("2026-03-31 12:00:00")
        on_time = self.make_done(self.an, deadline, self.utc("2026-03-31 23:59:59"))
        self.make_done(self.an, deadline, self.utc("2026-04-01 00:00:00"))
        for subject in (self.an, self.north, self.company):
            self.assertEqual(self.figure(subject), 1, subject.name)
        self.assertEqual(self.opened(self.computed_line(self.north)), self.rows(on_time))

    def test_a_task_done_before_the_period_in_which_it_is_due_is_done_in_it(self):
        self.make_done(self.an, self.utc("2026-03-10 09:00:00"), self.utc("2026-02-20 09:00:00"))
        self.assertEqual(self.figure(self.an), 1)

    def test_an_open_task_is_not_done(self):
        for state in ("01_in_progress", "02_changes_requested", "03_approved"):
            self.make_task(self.an, self.utc("2026-03-10 09:00:00")).state = state
        self.assertEqual(self.figure(self.an), 0)


@tagged("post_install", "-at_install")
class TestTasksDoneOnTime(WhatIsNoTask, CreditContract, TaskCase):
    measure_code = "tasks_done_on_time"
    plain_sql = TestTasksDone.plain_sql + " AND t.date_last_stage_update <= t.date_deadline"

    def make_counted(self, person, moment, amount=1, company=None):
        row = super().make_counted(person, moment, amount, company)
        return self.rows(self.done_at(row.task_id, moment))

    def done_again(self, task, moment):
        self.done_at(task, moment)

    def test_the_deadline_is_a_moment(self):
        deadline = self.utc("2026-03-10 17:00:00")
        on_time = self.make_done(self.an, deadline, deadline)
        self.make_done(self.an, deadline, self.utc("2026-03-10 17:00:01"))
        self.assertEqual(self.figure(self.an), 1)
        self.assertEqual(self.opened(self.computed_line(self.an)), self.rows(on_time))


@tagged("post_install", "-at_install")
class TestRates(TaskCase):
    """The task completion rate and the on-time task rate of the library."""

    def test_done_by_the_deadline_over_done(self):
        due = self.utc("2026-03-10 09:00:00")
        for done in ("2026-03-01 09:00:00", "2026-03-10 09:00:00", "2026-03-12 09:00:00", "2026-04-01 09:00:00"):
            self.make_done(self.an, due, self.utc(done))
        self.make_task(self.an, due)
        card = self.make_card(self.an, [("PRJ_ON_TIME", 100, 100)])
        card.action_compute()
        self.assertEqual(card.line_ids.actual, 66.666667)  # 2 of the 3 done in March

    def test_a_project_is_chosen_on_the_kpi(self):
        due = self.utc("2026-03-10 09:00:00")
        other = self.make_project(self.company)
        for project, done in ((self.project, 1), (self.project, 0), (other, 1)):
            task = self.make_task(self.an, due, project_id=project.id)
            if done:
                self.done_at(task, due)
        lines = [("PRJ_COMPLETION", 50, 100, self.choose(project)) for project in (self.project, other)]
        card = self.make_card(self.an, lines)
        card.action_compute()
        self.assertEqual(card.line_ids.mapped("actual"), [50, 100])

    def test_tasks_done_over_tasks_due(self):
        due = self.utc("2026-03-10 09:00:00")
        done = [self.make_done(self.an, due, due) for _number in range(3)]
        late = self.make_done(self.an, due, self.utc("2026-04-01 08:00:00"))
        self.make_task(self.an, due, state="1_canceled")
        card = self.make_card(self.an, [("PRJ_COMPLETION", 100, 90)])
        card.action_compute()
        self.assertEqual(card.line_ids.actual, 75)  # 3 of 4: the cancelled one does not count
        self.assertEqual(card.line_ids.attainment, 83.33)
        self.assertEqual(self.opened(card.line_ids), self.rows(late, *done))
