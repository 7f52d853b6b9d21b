from odoo import fields, models

DONE = "1_done"
CLOSED = (DONE, "1_canceled")


class KpiAction(models.Model):
    """An action as a task of a project: when its tasks are done, so is the action."""

    _inherit = "kpi.action"

    task_ids = fields.One2many(
        "project.task", "kpi_action_id", string="Tasks", groups="project.group_project_user", copy=False
    )
    task_count = fields.Integer(compute="_compute_task_count", groups="project.group_project_user")

    def _compute_task_count(self):
        # Under the viewer's own rights: the button opens as many.
        Task = self.env["project.task"].with_context(active_test=False)
        counts = dict(Task._read_group([("kpi_action_id", "in", self.ids)], ["kpi_action_id"], ["__count"]))
        for action in self:
            action.task_count = counts.get(action._origin, 0)

    def action_make_task(self):
        """Open a new task for the responsible; the project is chosen there."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Make a task"),
            "res_model": "project.task",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_kpi_action_id": self.id,
                "default_name": self.name,
                "default_description": self.description,
                "default_date_deadline": fields.Date.to_string(self.deadline),
                "default_user_ids": self.responsible_user_id.ids,
            },
        }

    def action_open_tasks(self):
        """Open the tasks of this action."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tasks · %s", self.name),
            "res_model": "project.task",
            "view_mode": "list,kanban,form",
            "domain": [("kpi_action_id", "=", self.id)],
            "context": {"default_kpi_action_id": self.id, "active_test": False},
        }


class ProjectTask(models.Model):
    _inherit = "project.task"

    kpi_action_id = fields.Many2one(
        "kpi.action", string="KPI action", index="btree_not_null", ondelete="set null", copy=False
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in CLOSED:
            self._finish_kpi_actions()
        return result

    def _finish_kpi_actions(self):
        """Done are the actions of which every task is closed, and one at least done."""
        # sudo: whoever does the task need not see the action it was made for.
        actions = self.sudo().kpi_action_id.filtered(lambda action: action.state == "open")
        tasks = self.sudo().with_context(active_test=False)
        states = {}
        for action, state in tasks._read_group([("kpi_action_id", "in", actions.ids)], ["kpi_action_id", "state"]):
            states.setdefault(action, set()).add(state)
        actions.filtered(lambda action: DONE in states[action] and states[action] <= set(CLOSED)).action_done()
