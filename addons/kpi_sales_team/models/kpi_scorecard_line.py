from odoo import fields, models


class KpiScorecardLine(models.Model):
    _inherit = "kpi.scorecard.line"

    team_id = fields.Many2one(related="scorecard_id.team_id", store=True)

    def _filter_below(self, lines):
        """Override of `kpi_management`: below a sales team are its members."""
        below = super()._filter_below(lines)
        if self.subject_type != "team":
            return below
        members = self._team_people(self.team_id)
        people = lines.filtered(lambda line: line.subject_type == "employee" and line.employee_id in members)
        return below | people.filtered(lambda line: line.company_id == self.company_id)

    def _kinds_below(self):
        """Override of `kpi_management`: a company has sales teams, a team has members."""
        below = super()._kinds_below()
        if self.subject_type == "company":
            return [*below[:1], "team", *below[1:]]
        return ["employee"] if self.subject_type == "team" else below

    def _subjects_below(self, kind):
        """Override of `kpi_management`: the sales teams of a company, the members of a team."""
        if kind == "team":
            teams = self.env["crm.team"]
            is_company = self.subject_type == "company"
            return teams.search([("company_id", "in", [self.company_id.id, False])]) if is_company else teams
        if kind == "employee" and self.subject_type == "team":
            return self._team_people(self.team_id)
        return super()._subjects_below(kind)

    def _headcounts(self, kind, subjects, day):
        """Override of `kpi_management`: a sales team has as many heads as members."""
        if kind != "team":
            return super()._headcounts(kind, subjects, day)
        return {team.id: len(self._team_people(team)) for team in subjects}

    def _team_people(self, team):
        """The members of a team, as employees of this line's company."""
        return team.member_ids.employee_ids.filtered(lambda person: person.company_id == self.company_id)
