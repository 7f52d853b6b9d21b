from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .stock_case import DeliveryCase

SECOND = timedelta(seconds=1)


@tagged("post_install", "-at_install")
class TestDeliveriesDone(CreditContract, DeliveryCase):
    def test_transfers_that_are_not_done_and_those_that_are_no_deliveries_do_not_count(self):
        moment = self.utc("2026-03-10 09:00:00")
        self.make_transfer(self.an)
        self.deliver(self.an, moment, destination=self.vendors)
        inside = self.warehouse(self.company)
        self.deliver(self.an, moment, destination=inside.lot_stock_id, picking_type_id=inside.int_type_id.id)
        self.assertEqual(self.figure(self.company), 0)

    def test_a_row_opens_its_transfer(self):
        row = self.count(self.an, "2026-03-10 09:00:00")
        action = row.action_open_picking()
        self.assertEqual((action["res_model"], action["res_id"]), ("stock.picking", row.picking_id.id))

    def test_stock_users_see_the_deliveries_of_their_company_and_others_none(self):
        row = self.count(self.an, "2026-03-10 09:00:00")
        elsewhere = self.count(self.dung, "2026-03-10 09:00:00")
        keeper = self.make_user("keeper", "stock.group_stock_user")
        self.assertEqual(row.with_user(keeper).search([("id", "in", (row | elsewhere).ids)]), row)
        self.assertFalse(row.with_user(self.an.user_id).has_access("read"))


@tagged("post_install", "-at_install")
class TestDeliveriesOnTime(CreditContract, DeliveryCase):
    measure_code = "deliveries_on_time"
    plain_sql = DeliveryCase.plain_sql + " AND COALESCE(EXTRACT(EPOCH FROM p.date_done - p.date_deadline), 0) <= 0"

    def test_a_second_after_the_deadline_is_late(self):
        moment = self.utc("2026-03-10 09:00:00")
        self.deliver(self.an, moment + SECOND, deadline=moment)
        self.assertEqual(self.figure(self.an), 0)

    def test_without_a_deadline_the_scheduled_date_decides(self):
        moment = self.utc("2026-03-10 09:00:00")
        early = self.deliver(self.an, moment)
        late = self.deliver(self.an, moment)
        self.env.cr.execute(  # Odoo lets nobody plan again what is done
            "UPDATE stock_picking SET scheduled_date = %s WHERE id = %s; UPDATE stock_picking SET scheduled_date = %s"
            " WHERE id = %s",
            (moment, early.id, moment - SECOND, late.id),
        )
        self.env.invalidate_all()
        self.assertFalse(early.date_deadline)
        self.assertEqual(self.opened(self.computed_line(self.an)), self.row(early))

    def test_on_time_delivery_rate_of_the_library(self):
        due = self.utc("2026-03-10 09:00:00")
        for days in (-3, -1, 0, 1):
            self.deliver(self.an, due + timedelta(days=days), deadline=due)
        self.deliver(self.chi, due, deadline=due - SECOND)
        card = self.make_card(self.sales, [("STK_ON_TIME", 100, 90)])
        card.action_compute()
        self.assertEqual(card.line_ids.actual, 60)  # 3 of 4 and 0 of 1 are 3 of 5
        self.assertEqual(card.line_ids.attainment, 66.67)
        self.assertEqual(len(self.opened(card.line_ids)), 5)
