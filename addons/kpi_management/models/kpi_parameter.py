from odoo import fields, models


class KpiParameter(models.Model):
    """Something that can be chosen on a KPI: a product category, an analytic account, a survey."""

    _name = "kpi.parameter"
    _description = "KPI Parameter"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, index=True, copy=False)
    model_id = fields.Many2one(
        "ir.model",
        string="Chosen among",
        required=True,
        ondelete="cascade",
        domain="[('transient', '=', False), ('abstract', '=', False)]",
    )
    model_name = fields.Char(related="model_id.model")
    operator = fields.Selection(
        [("in", "The chosen one"), ("child_of", "The chosen one and those below it")], required=True, default="in"
    )

    _unique_code = models.UniqueIndex("(code)", "Another parameter already has this code.")
