from odoo import fields, models
from odoo.tools import SQL

# What marks an hour as time off rather than work; the fields are there once Odoo writes time off to timesheets.
TIME_OFF = ("holiday_id", "global_leave_id")


class KpiTimesheet(models.Model):
    """One row per timesheet line of work on a project, in hours whatever the unit of the line; time off is none."""

    _name = "kpi.timesheet"
    _description = "Timesheet"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "line_id"
    _depends = {
        "account.analytic.line": [
            "project_id",
            "task_id",
            "employee_id",
            "user_id",
            "company_id",
            "date",
            "unit_amount",
            "product_uom_id",
        ],
        "uom.uom": ["factor", "relative_uom_id"],
    }

    line_id = fields.Many2one("account.analytic.line", string="Timesheet Line", readonly=True)
    project_id = fields.Many2one("project.project", readonly=True)
    task_id = fields.Many2one("project.task", readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date = fields.Date(readonly=True)
    hours = fields.Float(readonly=True)

    @property
    def _table_query(self):
        hour = self.env.ref("uom.product_uom_hour").sudo()
        # sudo: reads the table itself; whoever asks is checked against this model.
        lines = self.env["account.analytic.line"].sudo()
        work = [
            # Odoo's way to write a column also has its pending changes written before it is read.
            SQL("%s IS NULL", lines._field_to_sql("line", name))
            for name in TIME_OFF
            if name in lines._fields
        ]
        return SQL(
            """
            SELECT line.id, line.id AS line_id, line.project_id, line.task_id, line.employee_id, line.user_id,
                   line.company_id, line.date,
                   line.unit_amount::numeric * COALESCE(unit.factor / %(hour)s::numeric, 1) AS hours
              FROM account_analytic_line line
              LEFT JOIN uom_uom unit ON unit.id = line.product_uom_id AND unit.parent_path LIKE %(units)s
             WHERE %(work)s
            """,
            hour=hour.factor,
            units=f"{hour.parent_path}%",
            work=SQL(" AND ").join([SQL("line.project_id IS NOT NULL"), *work]),
        )

    def action_open_line(self):
        """Open the timesheet line, under the rights of whoever clicks."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.analytic.line",
            "res_id": self.line_id.id,
            "views": [(self.env.ref("hr_timesheet.hr_timesheet_line_form").id, "form")],
        }
