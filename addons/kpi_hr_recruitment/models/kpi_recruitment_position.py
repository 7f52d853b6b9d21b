from odoo import fields, models
from odoo.tools import SQL


class KpiRecruitmentPosition(models.Model):
    """The positions to fill: one row for each that was filled, one for the openings that each job position has left.

    Odoo counts openings down with every hire and keeps no date of theirs. A filled one is known to have been open since
    the person who got it applied; those left, since the job position was made. Refused applicants fill nothing, and an
    archived job position has no openings.
    """

    _name = "kpi.recruitment.position"
    _description = "Position to Fill"
    _auto = False
    _order = "date_filled desc, id desc"
    _rec_name = "job_id"
    _depends = {
        "hr.applicant": [
            "job_id",
            "department_id",
            "company_id",
            "user_id",
            "create_date",
            "date_closed",
            "refuse_reason_id",
        ],
        "hr.job": ["active", "department_id", "company_id", "user_id", "create_date", "no_of_recruitment"],
        "hr.department": ["company_id"],
        "res.users": ["company_id"],
    }

    job_id = fields.Many2one("hr.job", string="Job Position", readonly=True)
    applicant_id = fields.Many2one("hr.applicant", string="Filled by", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    user_id = fields.Many2one("res.users", string="Recruiter", readonly=True)
    positions = fields.Integer(readonly=True)
    date_open = fields.Datetime(string="Open since", readonly=True)
    date_filled = fields.Datetime(string="Filled on", readonly=True)
    days = fields.Float(string="Days to Hire", readonly=True, aggregator="avg", help="From application to hire.")

    @property
    def _table_query(self):
        return SQL(
            """
            WITH place AS (
                SELECT a.id * 2 AS id, a.id AS applicant_id, a.job_id, a.department_id, a.company_id, a.user_id,
                       1 AS positions, a.create_date AS date_open, a.date_closed AS date_filled,
                       EXTRACT(EPOCH FROM a.date_closed - a.create_date) / 86400 AS days
                  FROM hr_applicant a
                 WHERE a.date_closed IS NOT NULL AND a.refuse_reason_id IS NULL
                 UNION ALL
                SELECT j.id * 2 + 1, NULL, j.id, j.department_id, j.company_id, j.user_id,
                       j.no_of_recruitment, j.create_date, NULL, NULL
                  FROM hr_job j
                 WHERE j.active AND j.no_of_recruitment > 0
            )
            SELECT p.id, p.applicant_id, p.job_id, p.department_id, p.user_id, p.positions,
                   p.date_open, p.date_filled, p.days,
                   COALESCE(p.company_id, d.company_id, j.company_id, u.company_id) AS company_id
              FROM place p
              LEFT JOIN hr_department d ON d.id = p.department_id
              LEFT JOIN hr_job j ON j.id = p.job_id
              LEFT JOIN res_users u ON u.id = p.user_id
            """
        )

    def action_open_origin(self):
        """Open the applicant who got the position, or the job position that has openings."""
        self.ensure_one()
        origin = self.applicant_id or self.job_id
        return {
            "type": "ir.actions.act_window",
            "res_model": origin._name,
            "res_id": origin.id,
            "views": [(False, "form")],
        }
