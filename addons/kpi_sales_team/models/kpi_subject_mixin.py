from odoo import api, fields, models


class KpiSubjectMixin(models.AbstractModel):
    _inherit = "kpi.subject.mixin"

    subject_type = fields.Selection(selection_add=[("team", "Sales team"), ("employee",)], ondelete={"team": "cascade"})
    team_id = fields.Many2one(
        "crm.team", string="Sales Team", index="btree_not_null", check_company=True, ondelete="restrict"
    )

    @api.model
    def _subject_fields(self):
        """Override of `kpi_management`: a sales team is a subject too."""
        return {**super()._subject_fields(), "team": "team_id"}

    # Not an override of `_check_subject`: the fields an override names would take the place of those it had.
    @api.constrains("team_id")
    def _check_team_subject(self):
        self._check_subject()
