from odoo.fields import Command
from odoo.tests import tagged

from .deal_rpc_case import DealRpcCase


@tagged("post_install", "-at_install")
class TestPipelineStripOverHttp(DealRpcCase):
    """Who is told what by the web client's calls: Bình sells for An; Lan is KPI officer, Eve is in another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sellers = cls.an_user | cls.binh_user | cls.chi_user
        cls.env["crm.team"].create(
            {"name": "Hà Nội", "company_id": cls.company.id, "member_ids": [Command.set(sellers.ids)]}
        )
        for person in (cls.an, cls.chi):
            cls.make_seller_card(person)
        cls.period.scorecard_ids.action_compute()

    def strip(self, user, domain=(), method="load"):
        return self.call_as(user, "kpi.pipeline.strip", method, list(domain))

    def names(self, strip):
        return {row["name"] for row in strip["people"]} if strip else set()

    def test_everybody_sees_as_far_as_the_scorecards_go(self):
        for method in ("load", "refresh"):
            with self.subTest(method=method):
                self.assertEqual(self.names(self.strip(self.binh_user, method=method)), {"Bình"})
                self.assertEqual(self.names(self.strip(self.an_user, method=method)), {"An", "Bình"})
                self.assertEqual(self.names(self.strip(self.officer, method=method)), {"An", "Bình", "Chi"})
                self.assertFalse(self.strip(self.stranger, method=method))

    def test_no_filter_opens_what_is_closed(self):
        for domain in (
            [("user_id", "=", self.an_user.id)],
            ["|", ("user_id", "=", self.an_user.id), ("user_id.employee_ids.name", "=", "An")],
            ["!", ("user_id", "=", self.binh_user.id)],
        ):
            with self.subTest(domain=domain):
                self.assertFalse(self.strip(self.binh_user, domain))

    def test_the_pipeline_counts_the_deals_that_one_may_see(self):
        (binh,) = self.strip(self.an_user, [("user_id", "=", self.binh_user.id)])["people"]
        self.assertEqual(binh["pipeline"]["weighted"], 100)
        # The officer may see the scorecards; taken out of sales, no deals, and so no strip.
        self.officer.write({"group_ids": [Command.unlink(self.all_deals.id)]})
        self.assertFalse(self.strip(self.officer))
        self.assertFalse(self.strip(self.officer, method="refresh"))

    def test_what_winning_does_is_told_to_those_who_see_deal_and_scorecard(self):
        for user in (self.binh_user, self.an_user, self.officer):
            with self.subTest(user=user.login):
                (card,) = self.call_as(user, "crm.lead", "kpi_if_won", self.deal.id)["cards"]
                # 300 of 1,000 typed, and 200 more.
                self.assertEqual(card["lines"][0]["attainment"], {"now": 30.0, "then": 50.0})

    def test_what_winning_does_is_told_to_nobody_else(self):
        # Chi sees her own deals alone; with all deals open to her, still not the scorecard.
        for user in (self.stranger, self.chi_user):
            with self.subTest(user=user.login), self.turned_away():
                self.call_as(user, "crm.lead", "kpi_if_won", self.deal.id)
        self.chi_user.write({"group_ids": [Command.link(self.all_deals.id)]})
        self.assertFalse(self.call_as(self.chi_user, "crm.lead", "kpi_if_won", self.deal.id))

    def test_the_tools_behind_it_are_no_doors(self):
        for model, method in (
            ("kpi.pipeline.strip", "_rows"),
            ("kpi.pipeline.strip", "_changed_at"),
            ("crm.lead", "_kpi_if_won"),
            ("crm.lead", "_kpi_won"),
        ):
            with self.subTest(method=method), self.turned_away():
                self.call_as(self.binh_user, model, method)
