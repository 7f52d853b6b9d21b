from odoo import fields, models
from odoo.tools import SQL

# A beginning that nobody knows; before any period.
ALWAYS = "1900-01-01"


class KpiEmployment(models.Model):
    """One row per employee and stretch of the employee's record (``hr.version``): who worked where, and when.

    Two pairs of dates, both ends included:

    - ``credit_from`` to ``credit_to``: the days whose records count for the department of this stretch. The first
      stretch reaches back and the last one forward without end, as Odoo itself reads versions, so nothing that a
      person did falls between two stretches.
    - ``date_from`` to ``date_to``: the days of the stretch on which the person was employed: within the contract where
      it has dates, up to the departure. An archived employee without a departure date left on the day of the last
      change of the record. Without the start of a contract, the first version's day is when the person came, unless
      it is the day on which the record was typed or imported, which says nothing: then the person was always there.
      Empty ``date_from``: not employed on any day of the stretch.
    """

    _name = "kpi.employment"
    _description = "Employment"
    _auto = False
    _order = "date_from desc, id desc"
    _rec_name = "employee_id"
    _depends = {
        "hr.version": [
            "employee_id",
            "company_id",
            "department_id",
            "job_id",
            "active",
            "date_version",
            "contract_date_start",
            "contract_date_end",
            "departure_date",
        ],
        "hr.employee": ["user_id", "resource_id", "company_id", "write_date"],
        "resource.resource": ["active"],
    }

    employee_id = fields.Many2one("hr.employee", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    job_id = fields.Many2one("hr.job", string="Job Position", readonly=True)
    version_id = fields.Many2one("hr.version", readonly=True, groups="hr.group_hr_user")
    credit_from = fields.Date(string="Counts from", readonly=True)
    credit_to = fields.Date(string="Counts to", readonly=True)
    date_from = fields.Date(string="Employed from", readonly=True)
    date_to = fields.Date(string="Employed to", readonly=True)
    departure_date = fields.Date(string="Left on", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH stretch AS (
                SELECT v.id, v.employee_id, v.department_id, v.job_id, v.date_version,
                       COALESCE(v.company_id, e.company_id) AS company_id,
                       e.user_id,
                       v.contract_date_start,
                       v.date_version = v.create_date::date AS is_undated,
                       LAG(v.id) OVER versions IS NULL AS is_first,
                       LEAD(v.id) OVER versions IS NULL AS is_last,
                       LEAD(v.date_version) OVER versions - 1 AS last_day,
                       LEAST(v.contract_date_end, v.departure_date) AS end_day,
                       COALESCE(v.departure_date, CASE WHEN NOT r.active THEN
                           COALESCE(v.contract_date_end, e.write_date::date) END) AS left_on
                  FROM hr_version v
                  JOIN hr_employee e ON e.id = v.employee_id
                  JOIN resource_resource r ON r.id = e.resource_id
                 WHERE v.active
                WINDOW versions AS (PARTITION BY v.employee_id ORDER BY v.date_version, v.id)
            ), employment AS (
                SELECT *,
                       CASE WHEN is_first AND is_undated THEN COALESCE(contract_date_start, %(always)s::date)
                            WHEN is_first THEN COALESCE(contract_date_start, date_version)
                            ELSE GREATEST(date_version, contract_date_start) END AS first_day,
                       LEAST(last_day, end_day, CASE WHEN is_last THEN left_on END) AS final_day
                  FROM stretch
            )
            SELECT id, id AS version_id, employee_id, user_id, company_id, department_id, job_id,
                   CASE WHEN NOT is_first THEN date_version END AS credit_from,
                   last_day AS credit_to,
                   CASE WHEN final_day IS NULL OR first_day <= final_day THEN first_day END AS date_from,
                   final_day AS date_to,
                   CASE WHEN is_last THEN left_on END AS departure_date
              FROM employment
            """,
            always=ALWAYS,
        )
