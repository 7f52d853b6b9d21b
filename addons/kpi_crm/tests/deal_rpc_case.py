from odoo.fields import Command, Date

from odoo.addons.kpi_management.tests.rpc_case import RpcCase

from .pipeline_case import make_deal


class DealRpcCase(RpcCase):
    """Bình has sold for 300 of 1,000 this month, typed figures, and deals with a hotel about 200 at 50 %.

    An, Lan and Eve may see everybody's deals, Bình and Chi their own.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.all_deals = cls.env.ref("sales_team.group_sale_salesman_all_leads")
        own_deals = cls.env.ref("sales_team.group_sale_salesman")
        (cls.an_user | cls.officer | cls.stranger).write({"group_ids": [Command.link(cls.all_deals.id)]})
        (cls.binh_user | cls.chi_user).write({"group_ids": [Command.link(own_deals.id)]})
        cls.period = cls.make_period(Date.context_today(cls.company))
        cls.make_seller_card(cls.binh)
        cls.env["kpi.measure"].search([("code", "=", "t_revenue")]).won_deal = "amount"
        cls.deal = make_deal(cls, cls.binh, 200, name="Nội thất khách sạn", date_deadline=cls.period.date_end)

    @classmethod
    def make_seller_card(cls, person):
        cls.enter("t_revenue", person, 300, period=cls.period)
        return cls.make_card(person, [("T_REVENUE", 100, 1_000.0)], period=cls.period)
