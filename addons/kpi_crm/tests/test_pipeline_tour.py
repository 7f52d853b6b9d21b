from odoo.fields import Command, Date
from odoo.tests import tagged

from odoo.addons.kpi_management.tests.rpc_case import RpcCase

from .pipeline_case import make_deal, make_won_kpi


@tagged("post_install", "-at_install")
class TestPipelineTour(RpcCase):
    """The strip in the browser: Bình sells for An, who leads Hà Nội; Chi sells in Huế for Hằng.

    Bình's target is 500; his deals are a hotel of 200 and a school of 150, at 50 % each.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = cls.env.ref("sales_team.group_sale_salesman")
        everything = cls.env.ref("sales_team.group_sale_salesman_all_leads")
        cls.binh_user.write({"group_ids": [Command.link(own.id)]})
        (cls.an_user | cls.hang_user | cls.officer).write({"group_ids": [Command.link(everything.id)]})
        # A strange currency would make the figures long.
        cls.company.currency_id = cls.env.ref("base.EUR")
        cls.env["crm.team"].search([]).active = False
        for name, members in (("Hà Nội", cls.an_user | cls.binh_user), ("Huế", cls.chi_user)):
            cls.env["crm.team"].create(
                {"name": name, "company_id": cls.company.id, "member_ids": [Command.set(members.ids)]}
            )
        cls.won = make_won_kpi(cls)
        cls.period = cls.make_period(Date.context_today(cls.company))
        for person, target in ((cls.an, 900.0), (cls.binh, 500.0), (cls.chi, 800.0)):
            cls.make_card(person, [("T_WON", 100, target)], period=cls.period)
        more = {"team_id": cls.binh_user.crm_team_ids.id, "date_deadline": cls.period.date_end}
        cls.hotel = make_deal(cls, cls.binh, 200, name="Khách sạn", **more)
        cls.school = make_deal(cls, cls.binh, 150, name="Trường học", **more)

    def tour(self, name, user):
        self.start_tour("/odoo/crm", name, login=user.login)
        self.env.invalidate_all()

    def strip(self, user, domain=()):
        """What the server answers the user who looks at the pipeline."""
        return self.call_as(user, "kpi.pipeline.strip", "load", list(domain))

    def settings(self, user):
        return user.res_users_settings_id.kpi_strip

    def test_a_salesperson_wins_a_deal(self):
        self.tour("kpi_crm_salesperson", self.binh_user)
        self.assertEqual(self.hotel.won_status, "won")
        self.assertEqual(self.line(self.card(self.binh), "T_WON").attainment, 40)

    def test_folded_with_one_click_and_remembered(self):
        self.tour("kpi_crm_fold", self.binh_user)
        self.assertEqual(self.settings(self.binh_user), "folded")
        self.tour("kpi_crm_unfold", self.binh_user)
        self.assertEqual(self.settings(self.binh_user), "open")

    def test_a_sales_manager_looks_at_the_team(self):
        self.school.action_set_won()
        self.tour("kpi_crm_manager", self.hang_user)
        self.assertEqual(self.line(self.card(self.binh), "T_WON").attainment, 30)
        strip = self.strip(self.hang_user)
        self.assertEqual({row["name"] for row in strip["people"]}, {"An", "Bình", "Chi"})
        self.assertFalse(strip["stale"])
        # The school's 150 is won, of 900, 500 and 800; the hotel's 200 at 50 % is 4.9 % of the 2,050 that are missing.
        together = strip["together"]
        self.assertEqual(together["kpis"], {str(self.won.id): {"target": 2_200, "actual": 150}})
        self.assertEqual((together["count"], together["weighted"], together["gap"]), (1, 100, 2_050))
        self.assertEqual((together["coverage"], together["missing"]), (4, 1_950))
        (chi,) = self.strip(self.hang_user, [("team_id", "ilike", "Huế")])["people"]
        self.assertEqual((chi["name"], chi["kpis"][0]["target"], chi["kpis"][0]["actual"]), ("Chi", 800, 0))

    def test_whoever_has_no_targets_has_no_strip(self):
        giang = self.make_user("giang", "sales_team.group_sale_salesman")
        self.make_employee("Giang", self.office, user=giang)
        self.tour("kpi_crm_without", giang)
        # Deals are open to her; it is targets that she lacks.
        self.assertTrue(self.env["crm.lead"].with_user(giang).has_access("read"))
        self.assertIs(self.strip(giang), False)
        self.assertIs(self.strip(giang, [("user_id", "=", giang.id)]), False)

    def test_an_order_that_is_confirmed_is_there_on_coming_back(self):
        if "sale.order" not in self.env:
            self.skipTest("needs the Sales app")
        self.make_kpi("T_ORDERS", formula="sales_revenue", unit="currency", department_kind="sales")
        card = self.card(self.binh)
        card.action_draft()
        card.line_ids.definition_id = self.kpi("T_ORDERS")
        card.action_agree()
        card.action_compute()
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Khách sạn Sông Hàn"}).id,
                "company_id": self.company.id,
                "user_id": self.binh_user.id,
                "order_line": [
                    Command.create({"name": "Bàn ghế", "product_uom_qty": 1, "price_unit": 250, **self._product()})
                ],
            }
        )
        self.tour("kpi_crm_order", self.binh_user)
        self.assertEqual((order.state, order.amount_untaxed), ("sale", 250))
        # 250 of 500.
        self.assertRecordValues(card.line_ids, [{"actual": 250, "target": 500, "attainment": 50}])
        (kpi,) = self.strip(self.binh_user)["people"][0]["kpis"]
        self.assertEqual((kpi["actual"], kpi["attainment"], kpi["gap"]), (250, 50, 250))

    def _product(self):
        product = self.env["product.product"].create({"name": "Bàn ghế", "type": "service", "taxes_id": False})
        return {"product_id": product.id, "tax_ids": [Command.clear()]}

    def card(self, person):
        return self.env["kpi.scorecard"].search([("employee_id", "=", person.id), ("period_id", "=", self.period.id)])
