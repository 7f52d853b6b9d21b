from odoo import fields, models

from .kpi_rating_level import RATINGS


class KpiCompetency(models.Model):
    """What people are rated on, with what can be seen of somebody at each level."""

    _name = "kpi.competency"
    _description = "Competency"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True, help="What it means here, in a sentence or two.")
    company_id = fields.Many2one("res.company", ondelete="cascade", help="Empty: for all companies.")
    anchor_ids = fields.One2many("kpi.competency.anchor", "competency_id", string="Behaviour", copy=True)


class KpiCompetencyAnchor(models.Model):
    """What somebody at a level does, so that two raters mean the same by it."""

    _name = "kpi.competency.anchor"
    _description = "Behaviour at a Level"
    _order = "competency_id, rating desc"
    _rec_name = "description"

    competency_id = fields.Many2one("kpi.competency", required=True, index=True, ondelete="cascade")
    rating = fields.Selection(RATINGS, required=True)
    description = fields.Text(required=True, translate=True, string="Behaviour")

    _unique_rating = models.UniqueIndex(
        "(competency_id, rating)", "The behaviour of this level is described already: change that one."
    )
