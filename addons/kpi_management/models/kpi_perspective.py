from odoo import fields, models


class KpiPerspective(models.Model):
    _name = "kpi.perspective"
    _description = "Perspective"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer(help="Colour of its objectives in the tree and of its band on the strategy map.")
    active = fields.Boolean(default=True)
    objective_ids = fields.One2many("kpi.objective", "perspective_id", string="Objectives")
