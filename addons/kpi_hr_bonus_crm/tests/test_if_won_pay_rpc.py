from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_crm.tests.deal_rpc_case import DealRpcCase


@tagged("post_install", "-at_install")
class TestIfWonPayOverHttp(DealRpcCase):
    """Pay is told by the web client's calls to those alone who would see the statement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payer = cls.make_user("thu", "kpi_hr_bonus.group_bonus_officer")
        # Chi and Thu, too, may see everybody's deals.
        (cls.chi_user | cls.payer).write({"group_ids": [Command.link(cls.all_deals.id)]})
        cls.env["kpi.bonus.plan"].create(
            {
                "name": "Thưởng bán hàng",
                "company_id": cls.company.id,
                "date_start": "2025-01-01",
                "amount": 2_000_000,
                "department_ids": [Command.set(cls.sales.ids)],
                "state": "published",
            }
        )

    def ask(self, user):
        return self.call_as(user, "crm.lead", "kpi_if_won", self.deal.id)

    def test_who_is_told_the_pay(self):
        for user in (self.binh_user, self.an_user, self.payer):
            with self.subTest(user=user.login):
                # 30 % and 50 % of 2,000,000.
                self.assertEqual(self.ask(user)["pay"], {"now": 600_000, "then": 1_000_000})

    def test_who_sees_the_scorecard_and_no_pay(self):
        told = self.ask(self.officer)
        self.assertEqual(told["cards"][0]["lines"][0]["attainment"], {"now": 30, "then": 50})
        self.assertFalse(told["cards"][0]["pay"])
        self.assertNotIn("pay", told)

    def test_who_is_told_nothing(self):
        self.assertFalse(self.ask(self.chi_user))
        with self.turned_away():
            self.ask(self.stranger)

    def test_the_tool_behind_it_is_no_door(self):
        card = self.env["kpi.scorecard"].search([("user_id", "=", self.binh_user.id)])
        with self.turned_away():
            self.call_as(self.chi_user, "kpi.scorecard", "_kpi_pays", card.id)
