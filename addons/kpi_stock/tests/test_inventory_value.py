from odoo.tests import tagged

from odoo.addons.kpi_management.tests.company_contract import CompanyContract

from .inventory_case import InventoryCase


@tagged("post_install", "-at_install")
class TestInventoryValue(CompanyContract, InventoryCase):
    """Rice at a standard price of 1."""

    balance = True

    def setUp(self):
        super().setUp()
        self.rice = self.make_product("standard", 1)
        self.first_prices = self.price_rows(self.rice)

    def make_counted(self, person, moment, amount=1, company=None):
        return self.entries(self.move(self.rice, amount, moment, company))

    def opened(self, line):
        """The first price of a product is an entry too, of 0, as nothing was on hand."""
        return super().opened(line) - self.entries(self.first_prices)

    def exclude(self, record):
        """Odoo cancels no move that is done."""
        record.move_id.state = "cancel"

    def test_what_left_is_no_longer_on_hand(self):
        self.count(self.an, "2026-02-10 09:00:00", 9)
        self.move(self.rice, -4, self.utc("2026-03-10 09:00:00"))
        self.move(self.rice, -3, self.utc("2026-04-01 09:00:00"))
        self.assertEqual(self.figure(self.company), 5)

    def test_moves_within_the_warehouse_and_goods_of_others_have_no_value(self):
        self.count(self.an, "2026-03-10 09:00:00", 9)
        stock = self.warehouse(self.company).lot_stock_id
        shelf = self.env["stock.location"].create({"name": "Kệ", "location_id": stock.id})
        inside = {"location_id": stock.id, "location_dest_id": shelf.id}
        self.move(self.rice, 4, self.utc("2026-03-11 09:00:00"), **inside)
        owner = self.env["res.partner"].create({"name": "Chủ hàng"})
        self.move(self.rice, 5, self.utc("2026-03-11 09:00:00"), owner=owner)
        self.assertEqual(self.figure(self.company), 9)

    def test_a_dozen_counts_in_the_unit_of_the_product(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.move(self.rice, 2, self.utc("2026-03-10 09:00:00"), product_uom=dozen.id)
        self.assertEqual(self.figure(self.company), 24)

    def test_inventory_value_of_the_library(self):
        self.count(self.an, "2026-03-10 09:00:00", 600)
        card = self.make_card(self.company, [("STK_INVENTORY", 100, 500)])
        card.action_compute()
        self.assertEqual(card.line_ids.actual, 600)
        self.assertEqual(card.line_ids.attainment, 80)  # (1,000 − 600) / (1,000 − 500): lower is better

    def test_a_row_opens_the_move_or_the_product(self):
        entry = self.count(self.an, "2026-03-10 09:00:00", 5)
        self.assertEqual(entry.action_open_origin()["res_model"], "stock.move")
        price = self.entries(self.first_prices)[:1]
        self.assertEqual(price.action_open_origin()["res_id"], self.rice.id)

    def test_stock_managers_see_the_entries_of_their_company_and_others_none(self):
        entry = self.count(self.an, "2026-03-10 09:00:00", 5)
        elsewhere = self.entries(self.move(self.rice, 7, self.utc("2026-03-10 09:00:00"), self.other_company))
        manager = self.make_user("keeper", "stock.group_stock_manager")
        self.assertEqual(entry.with_user(manager).search([("id", "in", (entry | elsewhere).ids)]), entry)
        self.assertFalse(entry.with_user(self.an.user_id).has_access("read"))
