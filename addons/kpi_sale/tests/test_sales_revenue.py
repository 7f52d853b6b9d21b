from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_sales_team.tests.team_contract import TeamContract

from .sale_case import SaleCase


@tagged("post_install", "-at_install")
class TestSalesRevenue(TeamContract, SaleCase):
    def test_a_quotation_is_not_revenue(self):
        quotation = self.make_quotation(self.an, 5)
        quotation.date_order = self.utc("2026-03-10 09:00:00")
        sent = self.make_quotation(self.an, 6)
        sent.write({"date_order": self.utc("2026-03-10 09:00:00"), "state": "sent"})
        self.assertEqual(self.figure(self.company), 0)

    def test_a_locked_order_is_still_revenue(self):
        self.count(self.an, "2026-03-10 09:00:00", 5).action_lock()
        self.assertEqual(self.figure(self.an), 5)

    def test_orders_in_dollars_count_at_the_rate_of_their_own_day(self):
        self.set_dollar_rates()
        self.make_dollar_order("2026-03-05 09:00:00", 100)
        self.make_dollar_order("2026-03-20 09:00:00", 100)
        self.count(self.an, "2026-03-20 10:00:00", 500_000)
        # 100 × 25,000 + 100 × 20,000 + 500,000
        for subject in (self.company, self.sales, self.an):
            self.assertAlmostEqual(self.figure(subject), 5_000_000, 4)
        self.assertAlmostEqual(self.plain_total(), 5_000_000, 4)

    def test_a_measure_without_a_stored_rate_converts_at_the_rate_of_the_records_day(self):
        self.set_dollar_rates()
        # 19 March 18:00 UTC is 20 March in the company: the new rate holds.
        self.make_dollar_order("2026-03-20 01:00:00", 100)
        self.make_dollar_order("2026-03-19 23:00:00", 100)
        self.count(self.an, "2026-03-20 10:00:00", 500_000)
        self.measure = self.measure.copy({"code": "t_revenue_by_currency", "rate_field": False})
        self.measure.currency_path = "currency_id"
        for subject in (self.company, self.sales, self.an):
            self.assertAlmostEqual(self.figure(subject), 5_000_000, 4)

    def test_growth_is_over_the_revenue_of_the_period_before(self):
        self.make_order(self.an, "2026-02-28 23:59:59", 200)
        self.make_order(self.an, "2026-03-01 00:00:00", 150)
        self.make_order(self.chi, "2026-03-31 23:59:59", 100)
        self.assertEqual(self.actuals(self.company, "SAL_REVENUE_GROWTH"), {"SAL_REVENUE_GROWTH": 25})
        self.assertEqual(self.actuals(self.an, "SAL_REVENUE_GROWTH"), {"SAL_REVENUE_GROWTH": -25})
        # Chi sold nothing in February: there is nothing to grow from.
        self.assertEqual(self.actuals(self.chi, "SAL_REVENUE_GROWTH"), {"SAL_REVENUE_GROWTH": None})

    def test_a_chosen_team_counts_its_own_orders_alone(self):
        for team, amount in ((self.hanoi, 5), (self.hue, 7), (None, 11)):
            self.team = team
            self.count(self.an, "2026-03-10 09:00:00", amount)
        parameter = self.env.ref("kpi_sales_team.parameter_sales_team")
        lines = [
            (
                "SAL_REVENUE",
                50,
                100,
                {
                    "parameter_value_ids": [
                        Command.create({"parameter_id": parameter.id, "value_ref": f"crm.team,{team.id}"})
                    ]
                },
            )
            for team in (self.hanoi, self.hue)
        ]
        card = self.make_card(self.an, lines)
        card.action_compute()
        self.assertEqual(card.line_ids.mapped("actual"), [5, 7])
        self.assertEqual(self.figure(self.an), 23)
        self.assertEqual(self.opened(card.line_ids[1]).team_id, self.hue)


@tagged("post_install", "-at_install")
class TestSalesOrders(TeamContract, SaleCase):
    measure_code = "sales_orders"
    sums = False
    plain_sql = SaleCase.plain_sql.replace("SUM(amount_untaxed / currency_rate)", "COUNT(*)")

    def test_the_average_order_is_that_of_all_orders_not_of_the_peoples_averages(self):
        for person, amount in ((self.an, 100), (self.an, 200), (self.an, 300), (self.chi, 1000)):
            self.count(person, "2026-03-10 09:00:00", amount)
        self.assertEqual(self.actuals(self.an, "SAL_AOV"), {"SAL_AOV": 200})
        self.assertEqual(self.actuals(self.sales, "SAL_AOV"), {"SAL_AOV": 400})  # 1600 over 4
        self.assertEqual(self.actuals(self.lan, "SAL_AOV"), {"SAL_AOV": None})
