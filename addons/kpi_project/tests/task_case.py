from odoo.fields import Command

from odoo.addons.kpi_management.tests.measure_case import MeasureCase


class ProjectCase(MeasureCase):
    """A customer project of each company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.projects = {company: cls.make_project(company) for company in (cls.company, cls.other_company)}
        cls.project = cls.projects[cls.company]

    @classmethod
    def make_project(cls, company, **vals):
        return cls.env["project.project"].create({"name": "Showroom", "company_id": company.id, **vals})

    def make_task(self, people, deadline=False, **vals):
        """A task of the company's project, assigned to these employees, due at a moment in naive UTC."""
        return self.env["project.task"].create(
            {
                "name": "Lắp đặt",
                "project_id": self.project.id,
                "user_ids": [Command.set(people.user_id.ids)],
                "date_deadline": deadline,
                **vals,
            }
        )

    def make_done(self, people, deadline, done, **vals):
        """A task that was done at a moment in naive UTC."""
        return self.done_at(self.make_task(people, deadline, **vals), done)

    def done_at(self, task, moment):
        task.state = "1_done"
        task.date_last_stage_update = moment
        return task

    def choose(self, project):
        """Terms of a scorecard line of which the project is chosen."""
        parameter = self.env.ref("kpi_project.parameter_project")
        value = {"parameter_id": parameter.id, "value_ref": f"project.project,{project.id}"}
        return {"parameter_value_ids": [Command.create(value)]}


class TaskCase(ProjectCase):
    """Tasks that are due."""

    measure_code = "tasks_due"
    plain_sql = """
        SELECT COUNT(DISTINCT t.id) FROM project_task t
          JOIN project_project p ON p.id = t.project_id
          LEFT JOIN project_task_user_rel r ON r.task_id = t.id
         WHERE t.state <> '1_canceled' AND NOT COALESCE(t.is_template, FALSE) AND t.company_id = %(company)s
           AND t.date_deadline >= %(start)s AND t.date_deadline < %(end)s
           AND (%(people)s IS NULL OR r.user_id = ANY(%(people)s))
    """

    def rows(self, *tasks):
        """What is counted of the tasks."""
        self.env.flush_all()
        rows = self.env["kpi.task"].search([("task_id", "in", [task.id for task in tasks])])
        rows.invalidate_recordset()
        return rows

    def make_counted(self, person, moment, amount=1, company=None):
        return self.rows(self.make_task(person, moment, project_id=self.projects[company or person.company_id].id))

    def exclude(self, record):
        record.task_id.state = "1_canceled"

    def archive(self, record):
        record.task_id.active = False
