from odoo.tests import tagged

from odoo.addons.kpi_management.tests.company_contract import CompanyContract

from .traffic_case import TrafficCase


@tagged("post_install", "-at_install")
class TestPageViews(CompanyContract, TrafficCase):
    def test_a_visit_whose_website_is_not_known_counts_for_the_website_of_the_page(self):
        visitor = self.make_visitor()
        visitor.website_id = False
        page = self.env["website.page"].create(
            {
                "name": "Giới thiệu",
                "type": "qweb",
                "arch": "<div>Giới thiệu</div>",
                "key": "kpi_website.test_page",
                "url": "/gioi-thieu",
                "website_id": self.websites[self.company].id,
            }
        )
        self.visit(visitor, self.utc("2026-03-10 09:00:00")).page_id = page
        self.visit(visitor, self.utc("2026-03-10 10:00:00"))
        self.assertEqual(self.figure(self.company), 1)


@tagged("post_install", "-at_install")
class TestVisitors(CompanyContract, TrafficCase):
    measure_code = "visitors"
    plain_sql = TrafficCase.plain_sql.replace("COUNT(*)", "COUNT(DISTINCT t.visitor_id)")

    def test_a_visitor_who_comes_back_counts_once_in_a_period_and_again_in_the_next(self):
        visitor = self.make_visitor()
        for local in ("2026-02-27 09:00:00", "2026-03-02 09:00:00", "2026-03-20 09:00:00", "2026-04-01 09:00:00"):
            self.visit(visitor, self.utc(local))
        self.count(self.an, "2026-03-05 09:00:00")
        self.assertEqual(self.figure(self.company), 2)
        self.assertEqual(len(self.opened(self.computed_line(self.company))), 3)


@tagged("post_install", "-at_install")
class TestTraffic(TrafficCase):
    """Traffic and visitors of the library."""

    def test_three_views_of_two_visitors(self):
        regular = self.make_visitor()
        for url in ("/", "/shop"):
            self.visit(regular, self.utc("2026-03-02 09:00:00"), url)
        self.count(self.an, "2026-03-05 09:00:00")
        card = self.make_card(self.company, [("MKT_WEB_TRAFFIC", 50, 4), ("MKT_WEB_VISITORS", 50, 4)])
        card.action_compute()
        self.assertEqual(self.line(card, "MKT_WEB_TRAFFIC").actual, 3)
        self.assertEqual(self.line(card, "MKT_WEB_VISITORS").actual, 2)
