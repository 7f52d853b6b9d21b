from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CrmTeam(models.Model):
    _inherit = "crm.team"

    kpi_line_id = fields.Many2one(
        "kpi.scorecard.line", compute="_compute_kpi", string="KPI", help="Of the team's running scorecard."
    )
    kpi_direction = fields.Char(compute="_compute_kpi", string="KPI direction")
    kpi_target = fields.Float(compute="_compute_kpi", string="KPI target")
    kpi_actual = fields.Float(compute="_compute_kpi", string="KPI actual")
    kpi_attainment = fields.Float(compute="_compute_kpi", string="KPI attainment")
    kpi_status = fields.Char(compute="_compute_kpi", string="KPI status")
    kpi_result = fields.Char(compute="_compute_kpi", string="KPI result")
    kpi_unit = fields.Char(compute="_compute_kpi", string="KPI unit")
    kpi_currency_id = fields.Many2one("res.currency", compute="_compute_kpi", string="KPI currency")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_kpi(self):
        """The first KPI in money of the team's scorecard for the shortest running period, else its first KPI.

        Read with the user's own rights: there is none for those who may not see the scorecard.
        """
        cards = self.env["kpi.scorecard"]
        running = cards._running_domain(self.env.company)
        cards = cards.search(Domain("team_id", "in", self.ids) & running, order="date_end, date_start desc, id")
        shown = {team: own[0].id for team, own in cards.grouped("team_id").items()}
        # In their order: `sorted` would ask for it once a team.
        lines = self.env["kpi.scorecard.line"].search([("scorecard_id", "in", list(shown.values()))])
        aims = lines._changed_aims()
        by_card = lines.grouped(lambda line: line.scorecard_id.id)
        for team in self:
            own = by_card.get(shown.get(team), lines.browse())
            line = own.filtered(lambda line: line.unit == "currency")[:1] or own[:1]
            team.kpi_line_id = line
            for name in ("direction", "actual", "attainment", "status", "result", "unit", "currency_id"):
                team[f"kpi_{name}"] = line[name]
            team.kpi_target = aims.get(line.id, line.target)

    def action_open_kpi(self):
        """Open the scorecard behind the target."""
        self.ensure_one()
        if not self.kpi_line_id:
            raise UserError(self.env._("This team has no scorecard that runs today and that you may see."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "kpi.scorecard",
            "res_id": self.kpi_line_id.scorecard_id.id,
            "views": [(False, "form")],
        }
