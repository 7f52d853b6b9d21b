from odoo import api, fields, models

# The perspective in which the KPIs of a department mostly stand.
PERSPECTIVES = {
    "sales": "financial",
    "accounting": "financial",
    "marketing": "customer",
    "service": "customer",
    "production": "process",
    "project": "process",
    "technology": "process",
    "hr": "learning",
}


class KpiDefinition(models.Model):
    _inherit = "kpi.definition"

    perspective_id = fields.Many2one(
        "kpi.perspective",
        compute="_compute_perspective_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Its band on the strategy map.",
    )

    @api.depends("department_kind")
    def _compute_perspective_id(self):
        for definition in self:
            name = PERSPECTIVES.get(definition.department_kind)
            found = name and self.env.ref(f"kpi_management.perspective_{name}", raise_if_not_found=False)
            definition.perspective_id = found or definition.perspective_id
