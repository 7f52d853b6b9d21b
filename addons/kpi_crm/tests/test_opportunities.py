from odoo.tests import tagged

from odoo.addons.kpi_sales_team.tests.team_contract import TeamContract

from .crm_case import CrmCase


@tagged("post_install", "-at_install")
class TestOpportunitiesWon(TeamContract, CrmCase):
    def test_lost_and_open_opportunities_and_leads_are_not_won(self):
        moment = self.utc("2026-03-10 09:00:00")
        self.lose(self.make_lead(self.an), moment)
        self.closed_at(self.make_lead(self.an), moment)
        self.win(self.make_lead(self.an, type="lead"), moment)
        self.assertEqual(self.figure(self.company), 0)


@tagged("post_install", "-at_install")
class TestOpportunitiesClosed(TeamContract, CrmCase):
    measure_code = "opportunities_closed"
    plain_sql = CrmCase.plain_sql.replace("won_status = 'won'", "won_status IN ('won', 'lost')")

    def make_counted(self, person, moment, amount=1, company=None):
        lead = self.make_lead(person, company)
        return self.lose(lead, moment) if amount % 2 else self.win(lead, moment)

    def test_open_opportunities_and_leads_are_not_closed(self):
        moment = self.utc("2026-03-10 09:00:00")
        self.closed_at(self.make_lead(self.an), moment)
        self.lose(self.make_lead(self.an, type="lead"), moment)
        self.assertEqual(self.figure(self.company), 0)

    def test_an_archived_opportunity_that_was_never_lost_is_not_closed(self):
        lead = self.make_lead(self.an)
        lead.write({"active": False, "probability": 40})
        self.closed_at(lead, self.utc("2026-03-10 09:00:00"))
        self.assertEqual(self.figure(self.company), 0)


@tagged("post_install", "-at_install")
class TestOpportunitiesCreated(TeamContract, CrmCase):
    measure_code = "opportunities_created"
    plain_sql = """
        SELECT COUNT(*) FROM crm_lead
         WHERE type = 'opportunity' AND company_id = %(company)s
           AND create_date >= %(start)s AND create_date < %(end)s
           AND (%(people)s IS NULL OR user_id = ANY(%(people)s))
    """

    def make_counted(self, person, moment, amount=1, company=None):
        return self.created_at(self.make_lead(person, company), moment)

    def exclude(self, record):
        """It was a lead only."""
        record.type = "lead"

    def archive(self, record):
        record.active = False

    def test_whatever_becomes_of_it_it_was_created(self):
        moment = self.utc("2026-03-10 09:00:00")
        won, lost = self.make_counted(self.an, moment), self.make_counted(self.an, moment)
        self.win(won, self.utc("2026-04-20 09:00:00"))
        self.lose(lost, self.utc("2026-04-20 09:00:00"))
        self.assertEqual(self.figure(self.an), 2)
        self.assertEqual(self.opened(self.computed_line(self.an)), won | lost)

    def test_a_lead_becomes_an_opportunity_of_the_day_it_came_in(self):
        lead = self.created_at(self.make_lead(self.an, type="lead"), self.utc("2026-03-31 23:59:59"))
        self.assertEqual(self.figure(self.an), 0)
        lead.convert_opportunity(False)
        self.assertEqual(self.figure(self.an), 1)
