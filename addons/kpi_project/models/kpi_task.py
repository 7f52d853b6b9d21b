from odoo import fields, models
from odoo.tools import SQL


class KpiTask(models.Model):
    """One row per task of a project: when it was due, when it was done, and its own share of the hours.

    Odoo stores no moment at which a task was done. Its last change of state is in its history; for a task that is done
    now, this is the change that made it so (what the history says of the state itself is text in the language of
    whoever changed it). Every change of state also stamps the last stage update, so the task was not done later than
    that: it stands in where the history is missing, and where older data was loaded today.
    """

    _name = "kpi.task"
    _description = "Task"
    _auto = False
    _order = "date_deadline desc, id desc"
    _rec_name = "task_id"
    _depends = {
        "project.task": [
            "project_id",
            "parent_id",
            "company_id",
            "state",
            "has_template_ancestor",
            "date_deadline",
            "date_last_stage_update",
            "allocated_hours",
            "effective_hours",
        ],
        "project.project": ["company_id", "user_id", "is_template"],
        "res.users": ["company_id"],
        "mail.message": ["model", "res_id", "date"],
        "mail.tracking.value": ["mail_message_id", "field_id"],
    }

    task_id = fields.Many2one("project.task", readonly=True)
    project_id = fields.Many2one("project.project", readonly=True)
    user_ids = fields.Many2many(
        "res.users",
        relation="project_task_user_rel",
        column1="task_id",
        column2="user_id",
        string="Assignees",
        context={"active_test": False},
        readonly=True,
    )
    company_id = fields.Many2one("res.company", readonly=True)
    state = fields.Selection(selection="_selection_state", readonly=True)
    date_deadline = fields.Datetime(string="Deadline", readonly=True)
    date_done = fields.Datetime(string="Done on", readonly=True)
    on_time = fields.Boolean(readonly=True, help="Done by the deadline.")
    hours_planned = fields.Float(
        readonly=True, help="Allocated to the task itself: without what is allocated to its sub-tasks."
    )
    hours_spent = fields.Float(readonly=True, help="On the task itself: without its sub-tasks.")

    def _selection_state(self):
        return self.env["project.task"]._fields["state"]._description_selection(self.env)

    @property
    def _table_query(self):
        # Tasks of nobody's project are to-dos. Columns that a measure does not ask for cost nothing: PostgreSQL drops
        # them, subqueries and all.
        return SQL(
            """
            SELECT t.id, t.id AS task_id, t.project_id, t.state, t.date_deadline,
                   COALESCE(t.company_id, p.company_id, m.company_id, c.company_id) AS company_id,
                   %(done)s AS date_done,
                   %(done)s <= t.date_deadline AS on_time,
                   GREATEST(
                       t.allocated_hours::numeric - COALESCE(
                           (SELECT SUM(s.allocated_hours::numeric) FROM project_task s WHERE s.parent_id = t.id), 0),
                       0) AS hours_planned,
                   t.effective_hours::numeric AS hours_spent
              FROM project_task t
              JOIN project_project p ON p.id = t.project_id
              LEFT JOIN res_users m ON m.id = p.user_id
              LEFT JOIN res_users c ON c.id = t.create_uid
             WHERE t.has_template_ancestor IS NOT TRUE AND p.is_template IS NOT TRUE
            """,
            done=self._done_sql(),
        )

    def _done_sql(self):
        return SQL(
            """
            CASE WHEN t.state = '1_done' THEN COALESCE(
                LEAST(
                    (SELECT MAX(message.date)
                       FROM mail_message message
                       JOIN mail_tracking_value change ON change.mail_message_id = message.id
                      WHERE message.model = 'project.task' AND message.res_id = t.id AND change.field_id = %s),
                    t.date_last_stage_update),
                t.create_date) END
            """,
            self.env["ir.model.fields"]._get("project.task", "state").id,
        )

    def action_open_task(self):
        """Open the task, under the rights of whoever clicks."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "project.task",
            "res_id": self.task_id.id,
            "views": [(False, "form")],
        }
