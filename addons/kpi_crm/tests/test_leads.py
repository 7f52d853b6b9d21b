from odoo.tests import tagged

from odoo.addons.kpi_sales_team.tests.team_contract import TeamContract

from .crm_case import CrmCase


class LeadCase(CrmCase):
    """Leads that came by search engine."""

    measure_code = "leads_created"
    plain_sql = """
        SELECT COUNT(*) FROM crm_lead
         WHERE (source_id IS NOT NULL OR medium_id IS NOT NULL) AND company_id = %(company)s
           AND create_date >= %(start)s AND create_date < %(end)s
           AND (%(people)s IS NULL OR user_id = ANY(%(people)s))
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source = cls.env["utm.source"].create({"name": "Cốc Cốc"})
        cls.medium = cls.env["utm.medium"].create({"name": "Hội chợ"})

    def come(self, person, moment, company=None, **vals):
        """A lead that came in at a moment in naive UTC."""
        return self.created_at(
            self.make_lead(person, company, **{"type": "lead", "source_id": self.source.id, **vals}), moment
        )


@tagged("post_install", "-at_install")
class TestLeadsCreated(TeamContract, LeadCase):
    def make_counted(self, person, moment, amount=1, company=None):
        return self.come(person, moment, company)

    def exclude(self, record):
        """Nobody's marketing brought it."""
        record.source_id = False

    def archive(self, record):
        record.active = False

    def test_a_medium_is_enough_and_an_opportunity_counts_too(self):
        moment = self.utc("2026-03-10 09:00:00")
        self.come(self.an, moment, source_id=False, medium_id=self.medium.id)
        self.come(self.an, moment, medium_id=self.medium.id, type="opportunity")
        self.come(self.an, moment, source_id=False)
        self.assertEqual(self.figure(self.an), 2)

    def test_lost_leads_were_generated_all_the_same(self):
        lead = self.come(self.an, self.utc("2026-03-10 09:00:00"))
        lead.action_set_lost()
        self.assertEqual(self.figure(self.an), 1)
        self.assertEqual(self.opened(self.computed_line(self.an)), lead)

    def test_leads_merged_into_one_count_once(self):
        moment = self.utc("2026-03-10 09:00:00")
        leads = self.come(self.an, moment) | self.come(self.an, moment) | self.come(self.an, moment)
        leads.merge_opportunity()
        self.assertEqual(self.figure(self.an), 1)


@tagged("post_install", "-at_install")
class TestLeadsConverted(TeamContract, LeadCase):
    measure_code = "leads_converted"
    plain_sql = LeadCase.plain_sql + "AND won_status = 'won'"

    def make_counted(self, person, moment, amount=1, company=None):
        """Won after the period: the lead came in in it."""
        return self.win(self.come(person, moment, company, type="opportunity"), self.utc("2026-05-05 09:00:00"))

    def test_leads_of_the_period_that_became_customers(self):
        moment = self.utc("2026-03-10 09:00:00")
        for number in range(5):
            lead = self.come(self.an, moment)
            if number < 2:
                lead.convert_opportunity(False)
                self.win(lead, self.utc("2026-04-01 09:00:00"))
        self.lose(self.come(self.an, moment, type="opportunity"), moment)
        # Won in March, but it came in in February, and one that marketing did not bring.
        self.win(self.come(self.an, self.utc("2026-02-28 23:59:59"), type="opportunity"), moment)
        self.win(self.come(self.an, moment, type="opportunity", source_id=False), moment)
        self.make_card(self.an, [("MKT_LEAD_CONVERSION", 50, 40), ("MKT_LEADS", 50, 12)])
        card = self.env["kpi.scorecard"].search([("employee_id", "=", self.an.id)])
        card.action_compute()
        self.assertEqual(self.line(card, "MKT_LEADS").actual, 6)
        self.assertEqual(self.line(card, "MKT_LEAD_CONVERSION").actual, 33.333333)  # 2 of 6
        self.assertEqual(len(self.opened(self.line(card, "MKT_LEAD_CONVERSION"))), 6)

    def test_without_leads_there_is_no_rate(self):
        card = self.make_card(self.an, [("MKT_LEAD_CONVERSION", 100, 40)])
        card.action_compute()
        self.assertEqual(card.line_ids.result, "no_data")
