from odoo.tests import tagged

from .crm_case import CrmCase


@tagged("post_install", "-at_install")
class TestConversion(CrmCase):
    """The conversion rate of the library: won over closed."""

    def close(self, person, won, lost, team=None):
        self.team = team
        moment = self.utc("2026-03-10 09:00:00")
        leads = [self.make_lead(person) for _number in range(won + lost)]
        for lead in leads[:won]:
            self.win(lead, moment)
        for lead in leads[won:]:
            self.lose(lead, moment)
        return self.env["crm.lead"].union(*leads)

    def rate(self, subject):
        card = self.make_card(subject, [("SAL_CONVERSION", 100, 50)])
        card.action_compute()
        return card.line_ids

    def test_a_teams_rate_is_its_wins_over_its_closed_deals_not_the_mean_of_its_members_rates(self):
        hanoi = self.env["crm.team"].create({"name": "Hà Nội", "company_id": self.company.id})
        deals = self.close(self.an, won=1, lost=0, team=hanoi) | self.close(self.chi, won=1, lost=8, team=hanoi)
        self.close(self.an, won=3, lost=0)
        line = self.rate(hanoi)
        self.assertEqual(line.actual, 20)  # (1 + 1) of (1 + 9), where An has 100 % and Chi 11.1 %
        self.assertEqual(line.attainment, 40)
        self.assertEqual(self.opened(line), deals)

    def test_a_departments_rate_is_that_of_all_its_deals(self):
        self.close(self.an, won=1, lost=0)
        self.close(self.chi, won=1, lost=8)
        self.assertEqual(self.rate(self.sales).actual, 20)
        self.assertEqual(self.rate(self.north).actual, 100)
        self.assertEqual(self.rate(self.south).actual, 11.111111)  # 1 of 9
        self.assertEqual(self.rate(self.chi).actual, 11.111111)

    def test_only_losses_are_a_rate_of_zero_and_no_deals_are_no_data(self):
        lost = self.close(self.chi, won=0, lost=2)
        line = self.rate(self.chi)
        self.assertEqual((line.result, line.actual), ("ok", 0))
        self.assertEqual(self.opened(line), lost)  # they are archived
        self.assertEqual(self.rate(self.an).result, "no_data")
