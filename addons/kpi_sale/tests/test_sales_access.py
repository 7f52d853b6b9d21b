from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .sale_case import SaleCase


@tagged("post_install", "-at_install")
class TestSalesAccess(SaleCase):
    """A figure counts for the system; the records behind it open under the rights of whoever clicks."""

    def test_a_salesperson_opens_of_the_companys_orders_only_the_own(self):
        own = self.count(self.an, "2026-03-10 09:00:00", 5)
        self.count(self.chi, "2026-03-10 09:00:00", 7)
        self.an.user_id.group_ids += self.env.ref("sales_team.group_sale_salesman")
        self.an.user_id.group_ids += self.env.ref("kpi_management.group_kpi_officer")
        line = self.computed_line(self.company)
        self.assertEqual(line.actual, 12)
        self.assertEqual(self.opened(line.with_user(self.an.user_id)), own)

    def test_who_may_not_read_orders_is_told_so(self):
        self.count(self.an, "2026-03-10 09:00:00", 5)
        line = self.computed_line(self.an)
        with self.assertRaisesRegex(UserError, "no access"):
            line.with_user(self.an.user_id).action_open_records()

    def test_the_owner_of_a_scorecard_computes_the_same_figure_without_rights_on_orders(self):
        line = self.computed_line(self.an)
        self.count(self.an, "2026-03-10 09:00:00", 5)
        line.scorecard_id.with_user(self.an.user_id).action_compute()
        self.assertEqual(line.actual, 5)

    def test_rows_of_the_views_are_seen_as_their_orders_are(self):
        """Own ones by a salesperson, the company's by who sees all orders, none by others."""
        by_an = self.count(self.an, "2026-03-10 09:00:00", 5)
        by_chi = self.make_order(self.chi, "2026-03-11 09:00:00", 7, partner_id=self.make_customer("Khách khác").id)
        theirs = self.make_order(self.dung, "2026-03-10 09:00:00", 9)
        self.an.user_id.group_ids += self.env.ref("sales_team.group_sale_salesman")
        self.chi.user_id.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.dung.user_id.group_ids += self.env.ref("sales_team.group_sale_manager")
        for name in ("kpi.sale.line", "kpi.new.customer"):
            rows = self.env[name]
            self.assertEqual(rows.with_user(self.an.user_id).search([]).order_id, by_an, name)
            self.assertEqual(rows.with_user(self.chi.user_id).search([]).order_id, by_an | by_chi, name)
            self.assertEqual(rows.with_user(self.dung.user_id).search([]).order_id, theirs, name)
            for user in (self.lan.user_id, self.binh.user_id, self.stranger):
                with self.assertRaises(AccessError):
                    rows.with_user(user).search([])
            with self.assertRaises(AccessError):
                rows.with_user(self.dung.user_id).search([]).write({"user_id": self.dung.user_id.id})
