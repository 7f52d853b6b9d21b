from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .pipeline_case import PipelineCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 02:00:00")
class TestIfWon(PipelineCase):
    """What winning a deal does to the salesperson's KPIs."""

    def if_won(self, lead, user, **more):
        return lead.with_user(user).with_company(self.company).kpi_if_won(**more)

    def test_the_deal_counts_as_its_kpis_count_it(self):
        self.make_lead(self.binh, 200).action_set_won()
        lead = self.make_lead(self.binh, 150)
        self.enter("t_complaints", self.binh, 5, period=self.april)
        told = self.if_won(lead, self.binh_user)
        self.assertTrue(told["is_mine"])
        (card,) = told["cards"]
        (line,) = card["lines"]
        self.assertEqual(line["actual"], {"now": 200, "then": 350})
        self.assertEqual(line["attainment"], {"now": 40, "then": 70})
        # 60 % of 40 or 70, and 40 % of 100.
        self.assertEqual(card["score"], {"now": 64, "then": 82})

    def test_nothing_is_won_by_asking(self):
        lead = self.make_lead(self.binh, 150)
        stage = lead.stage_id
        self.if_won(lead, self.binh_user)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((lead.won_status, lead.stage_id, lead.probability), ("pending", stage, 50))
        self.assertFalse(lead.date_closed)
        self.assertFalse(self.line(self.cards[self.binh], "T_WON").actual)

    def test_the_revenue_being_typed_counts(self):
        lead = self.make_lead(self.binh, 150)
        told = self.if_won(lead, self.binh_user, revenue=500)
        self.assertEqual(told["cards"][0]["lines"][0]["attainment"], {"now": 0, "then": 100})

    def test_kpis_of_orders_count_what_the_deal_is_expected_to_bring(self):
        self.env["kpi.measure"].search([("code", "=", "t_revenue")]).won_deal = "amount"
        self.make_card(self.hang, [("T_REVENUE", 100, 1_000)], period=self.april)
        self.enter("t_revenue", self.hang, 300, period=self.april)
        told = self.if_won(self.make_lead(self.hang, 200), self.hang_user)
        self.assertEqual(told["cards"][0]["lines"][0]["actual"], {"now": 300, "then": 500})

    def test_what_is_ordered_already_is_not_expected_again(self):
        if "order_ids" not in self.env["crm.lead"]:
            self.skipTest("needs Odoo's link between CRM and Sales")
        measures = {code: self.env["kpi.measure"].search([("code", "=", code)]) for code in ("t_revenue", "t_stock")}
        measures["t_revenue"].won_deal, measures["t_stock"].won_deal = "amount", "one"
        self.make_card(self.hang, [("T_REVENUE", 50, 1_000), ("T_STOCK", 50, 10)], period=self.april)
        for code, value in (("t_revenue", 300), ("t_stock", 2)):
            self.enter(code, self.hang, value, period=self.april)
        lead = self.make_lead(self.hang, 200)
        product = self.env["product.product"].create({"name": "Bàn ghế", "type": "service", "taxes_id": False})
        line = {"product_id": product.id, "product_uom_qty": 1, "price_unit": 150, "tax_ids": [Command.clear()]}
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Khách sạn Sông Hàn"}).id,
                "company_id": self.company.id,
                "user_id": self.hang_user.id,
                "opportunity_id": lead.id,
                "order_line": [Command.create(line)],
            }
        )
        # A quotation is no order yet: 200 more, and one.
        self.assertEqual(self.actuals(lead), {"T_REVENUE": (300, 500), "T_STOCK": (2, 3)})
        order.action_confirm()
        # 150 of the 200 are ordered, and so counted: 50 more.
        self.assertEqual(self.actuals(lead), {"T_REVENUE": (300, 350)})

    def actuals(self, lead):
        (card,) = self.if_won(lead, self.hang_user)["cards"]
        return {line["name"]: (line["actual"]["now"], line["actual"]["then"]) for line in card["lines"]}

    def test_what_is_no_amount_says_nothing(self):
        lead = self.make_lead(self.binh, 150)
        for revenue in ("abc", float("nan"), float("inf"), 1e30, [1], {}, {"a": 1}):
            with self.subTest(revenue):
                self.assertFalse(self.if_won(lead, self.binh_user, revenue=revenue))
        self.assertFalse(self.if_won(lead, self.binh_user, revenue=False), "nothing more is won")

    def test_it_is_told_to_those_alone_who_see_the_scorecard(self):
        lead = self.make_lead(self.binh, 150)
        self.assertTrue(self.if_won(lead, self.an_user))
        self.assertFalse(self.if_won(lead, self.chi_user))
        with self.assertRaises(AccessError):
            lead.with_user(self.stranger).kpi_if_won()

    def test_a_deal_that_is_closed_says_nothing(self):
        lead = self.make_lead(self.binh, 150)
        lead.action_set_won()
        self.assertFalse(self.if_won(lead, self.binh_user))
