from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.rating.models.rating_data import RATING_LIMIT_MIN, RATING_LIMIT_SATISFIED


class KpiRating(models.Model):
    """One row per rating that a customer gave: whom it is about, of which company, and whether the customer is happy.

    Odoo keeps the person rated as a contact, and no company. It is that of the rated task or its project; of any other
    document, that of the person rated; where nobody is rated, that of whoever created the rating.
    """

    _name = "kpi.rating"
    _description = "Customer Rating"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "rating_id"
    _depends = {
        "rating.rating": [
            "res_model",
            "res_id",
            "parent_res_model",
            "parent_res_id",
            "rated_partner_id",
            "partner_id",
            "rating",
            "consumed",
            "rated_on",
        ],
        "project.task": ["project_id", "company_id"],
        "project.project": ["company_id"],
        "res.users": ["partner_id", "company_id", "active"],
    }

    rating_id = fields.Many2one("rating.rating", string="Rated Document", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Person Rated", readonly=True)
    project_id = fields.Many2one("project.project", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date = fields.Datetime(readonly=True)
    rating = fields.Float(readonly=True, aggregator="avg", help="From 1 to 5.")
    satisfied = fields.Boolean(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT r.id, r.id AS rating_id, r.partner_id, r.rating, r.rating >= %(satisfied)s AS satisfied,
                   COALESCE(r.rated_on, r.write_date) AS date, u.id AS user_id, p.id AS project_id,
                   COALESCE(t.company_id, p.company_id, u.company_id, c.company_id) AS company_id
              FROM rating_rating r
              LEFT JOIN project_task t ON r.res_model = 'project.task' AND t.id = r.res_id
              LEFT JOIN project_project p ON p.id = COALESCE(
                   t.project_id, CASE WHEN r.parent_res_model = 'project.project' THEN r.parent_res_id END)
              LEFT JOIN res_users u ON u.id = (
                   SELECT person.id FROM res_users person WHERE person.partner_id = r.rated_partner_id
                    ORDER BY person.active DESC, person.id LIMIT 1)
              LEFT JOIN res_users c ON c.id = r.create_uid
             WHERE r.consumed AND r.rating >= %(least)s
            """,
            satisfied=RATING_LIMIT_SATISFIED,
            least=RATING_LIMIT_MIN,
        )

    def action_open_document(self):
        """Open what was rated, under the rights of whoever clicks."""
        self.ensure_one()
        return self.rating_id.action_open_rated_object()
