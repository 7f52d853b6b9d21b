from odoo import api, fields, models


class KpiMeasure(models.Model):
    _inherit = "kpi.measure"

    team_path = fields.Char(string="Sales team", help="Way from a record to its sales team.")
    won_deal = fields.Selection(
        [("amount", "Its expected revenue"), ("one", "One")],
        string="A won deal brings",
        help="What a won opportunity is expected to add, as its order is not there yet. Used where a salesperson asks "
        "what winning a deal would do; the measure itself counts its records alone.",
    )

    @api.model
    def _path_fields(self):
        """Override of `kpi_management`: measures by sales team."""
        return {**super()._path_fields(), "team_path": (("many2one",), ("crm.team",))}

    # Not an override of `_check_declaration`: the fields an override names would take the place of those it had.
    @api.constrains("team_path")
    def _check_team_path(self):
        self._check_declaration()

    def _subject_path(self, kind):
        """Override of `kpi_management`: measures by sales team."""
        return self.team_path if kind == "team" else super()._subject_path(kind)
