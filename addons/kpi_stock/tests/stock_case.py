from odoo.fields import Command

from odoo.addons.kpi_management.tests.measure_case import MeasureCase


class StockCase(MeasureCase):
    """Transfers of a warehouse of each company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.vendors = cls.env.ref("stock.stock_location_suppliers")

    def warehouse(self, company):
        return self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)


class DeliveryCase(StockCase):
    """Deliveries of one chair."""

    measure_code = "deliveries_done"
    plain_sql = """
        SELECT COUNT(*) FROM stock_picking p JOIN stock_picking_type t ON t.id = p.picking_type_id
         WHERE p.state = 'done' AND t.code = 'outgoing' AND p.company_id = %(company)s
           AND p.date_done >= %(start)s AND p.date_done < %(end)s
           AND (%(people)s IS NULL OR p.user_id = ANY(%(people)s))
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chair = cls.env["product.product"].create({"name": "Ghế", "type": "consu"})

    def make_transfer(self, person, company=None, deadline=False, destination=None, **vals):
        """A confirmed transfer out of the warehouse.

        :param deadline: when it was promised, naive UTC
        """
        company = company or person.company_id
        warehouse = self.warehouse(company)
        places = {
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": (destination or self.customers).id,
        }
        move = {"product_id": self.chair.id, "product_uom_qty": 1, "date_deadline": deadline, **places}
        picking = (
            self.env["stock.picking"]
            .with_company(company)
            .create(
                {
                    "picking_type_id": warehouse.out_type_id.id,
                    "user_id": person.user_id.id,
                    "move_ids": [Command.create(move)],
                    **places,
                    **vals,
                }
            )
        )
        picking.action_confirm()
        return picking

    def deliver(self, person, moment, **options):
        """A transfer done at a moment in naive UTC; options as in ``make_transfer``."""
        picking = self.make_transfer(person, **options)
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking._action_done()
        self.assertEqual(picking.state, "done")
        picking.date_done = moment
        return picking

    def row(self, picking):
        self.env.flush_all()
        return self.env["kpi.delivery"].search([("picking_id", "=", picking.id)])

    def make_counted(self, person, moment, amount=1, company=None):
        return self.row(self.deliver(person, moment, company=company, deadline=moment))

    def exclude(self, record):
        """Odoo cancels no transfer that is done: one that is cancelled before keeps its date and never counts."""
        record.picking_id.state = "cancel"
