from odoo.addons.kpi_management.tests.measure_case import MeasureCase


class CrmCase(MeasureCase):
    """Opportunities won and lost; odd amounts are lost where the measure counts those too."""

    measure_code = "opportunities_won"
    team = None
    plain_sql = """
        SELECT COUNT(*) FROM crm_lead
         WHERE type = 'opportunity' AND won_status = 'won' AND company_id = %(company)s
           AND date_closed >= %(start)s AND date_closed < %(end)s
           AND (%(people)s IS NULL OR user_id = ANY(%(people)s))
    """

    def make_lead(self, person, company=None, **vals):
        company = company or person.company_id
        lead = self.env["crm.lead"].create(
            {
                "name": "Nội thất văn phòng",
                "type": "opportunity",
                "user_id": person.user_id.id,
                "team_id": self.team and self.team.id,
                "company_id": company.id,
                **vals,
            }
        )
        # Odoo takes the company from an opportunity that has neither team nor salesperson.
        lead.company_id = company
        return lead

    def win(self, lead, moment):
        """Win an opportunity, as if at that moment (naive UTC)."""
        lead.action_set_won()
        return self.closed_at(lead, moment)

    def lose(self, lead, moment):
        """Lose an opportunity, as if at that moment (naive UTC)."""
        lead.action_set_lost()
        return self.closed_at(lead, moment)

    def closed_at(self, lead, moment):
        lead.date_closed = moment
        return lead

    def created_at(self, lead, moment):
        """Make it, as if at that moment (naive UTC)."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET create_date = %s WHERE id = %s", [moment, lead.id])
        lead.invalidate_recordset()
        return lead

    def make_counted(self, person, moment, amount=1, company=None):
        return self.win(self.make_lead(person, company), moment)

    def exclude(self, record):
        """Back into the pipeline."""
        record.action_unarchive()
        record.stage_id = self.open_stage()

    def open_stage(self):
        return self.env["crm.stage"].search([("is_won", "=", False)], limit=1)

    def archive(self, record):
        moment = record.date_closed
        record.active = False
        record.date_closed = moment
