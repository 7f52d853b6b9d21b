from datetime import timedelta

from odoo.fields import Command

from odoo.addons.kpi_management.tests.measure_case import MeasureCase


class ProductionCase(MeasureCase):
    """Tables made of planks, by default within the second they were begun."""

    measure_code = "quantity_produced"
    sums = True
    plain_sql = """
        SELECT SUM(m.quantity) FROM mrp_production p
          JOIN stock_move m ON m.production_id = p.id AND m.product_id = p.product_id
         WHERE p.state = 'done' AND m.state = 'done' AND p.company_id = %(company)s
           AND p.date_finished >= %(start)s AND p.date_finished < %(end)s
           AND (%(people)s IS NULL OR p.user_id = ANY(%(people)s))
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.table, cls.plank, cls.sawdust = cls.env["product.product"].create(
            [{"name": name, "type": "consu"} for name in ("Bàn", "Ván", "Mùn cưa")]
        )

    def make_order(self, person, quantity, planks=1, hours=0, until=None, company=None, **vals):
        """A confirmed order of tables.

        :param until: when it will be finished, naive UTC
        :param hours: how long that takes
        """
        company = company or person.company_id
        until = until or self.utc("2026-03-10 09:00:00")
        order = (
            self.env["mrp.production"]
            .with_company(company)
            .create(
                {
                    "product_id": self.table.id,
                    "product_qty": quantity,
                    "company_id": company.id,
                    "user_id": person.user_id.id,
                    "date_start": until - timedelta(hours=hours),
                    "move_raw_ids": [Command.create({"product_id": self.plank.id, "product_uom_qty": planks})],
                    **vals,
                }
            )
        )
        order.action_confirm()
        return order

    def finish(self, order, moment, quantity=None):
        """Produce all of the order, or this quantity and no more, as if it were finished at that moment."""
        order.qty_producing = quantity or order.product_qty
        order._set_qty_producing()
        order.move_raw_ids.picked = True
        order.with_context(skip_backorder=True, skip_consumption=True).button_mark_done()
        self.assertEqual(order.state, "done")
        order.date_finished = moment
        return order

    def make_done(self, person, moment, quantity=1, **options):
        """An order of tables that was finished at a moment in naive UTC; options as in ``make_order``."""
        return self.finish(self.make_order(person, quantity, until=moment, **options), moment)

    def row(self, order):
        self.env.flush_all()
        return self.env["kpi.production"].search([("production_id", "=", order.id)])

    def make_counted(self, person, moment, amount=1, company=None):
        return self.row(self.make_done(person, moment, amount, company=company))

    def exclude(self, record):
        """Odoo cancels no order that is done: one that is cancelled before never counts."""
        record.production_id.state = "cancel"
