from .stock_case import StockCase


class InventoryCase(StockCase):
    """Bags of rice in and out of the warehouses."""

    measure_code = "inventory_value"
    sums = True
    plain_sql = """
        SELECT SUM(CASE WHEN is_in THEN value ELSE -value END) FROM stock_move
         WHERE state = 'done' AND (is_in OR is_out) AND company_id = %(company)s AND date < %(end)s
    """

    def make_product(self, cost_method, price, **vals):
        """A product with this cost price in both companies."""
        category = self.env["product.category"].create({"name": cost_method})
        product = self.env["product.product"].create(
            {"name": "Gạo", "type": "consu", "is_storable": True, "categ_id": category.id, **vals}
        )
        for company in (self.other_company, self.company):
            category.with_company(company).property_cost_method = cost_method
            product.with_company(company).standard_price = price
        self.price_rows(product).date = self.utc("2026-01-01 08:00:00")
        return product

    def price_rows(self, product):
        return self.env["product.value"].search([("product_id", "=", product.id)])

    def change_price(self, product, price, local):
        known = self.price_rows(product)
        product.with_company(self.company).standard_price = price
        (self.price_rows(product) - known).date = self.utc(local)

    def move(self, product, quantity, moment, company=None, worth=None, owner=None, **vals):
        """Receive a quantity, or deliver it when it is negative, at a moment in naive UTC.

        :param worth: value of what is received, when it is not the cost price
        :param owner: the ``res.partner`` whose goods these are and remain
        """
        company = company or self.company
        inside, outside = self.warehouse(company).lot_stock_id, self.vendors if quantity > 0 else self.customers
        move = (
            self.env["stock.move"]
            .with_company(company)
            .create(
                {
                    "product_id": product.id,
                    "product_uom_qty": abs(quantity),
                    "company_id": company.id,
                    "location_id": (outside if quantity > 0 else inside).id,
                    "location_dest_id": (inside if quantity > 0 else outside).id,
                    **vals,
                }
            )
        )
        move._action_confirm()
        move.write({"quantity": abs(quantity), "picked": True})
        move.move_line_ids.owner_id = owner
        move._action_done()
        move.date = moment
        if worth is not None:
            self.revalue(move, worth)
        return move

    def revalue(self, move, worth):
        """As a bill does: what came in was worth something else."""
        move.value_manual = worth
        self.env["product.value"].search([("move_id", "=", move.id)]).date = move.date

    def entries(self, origin):
        self.env.flush_all()
        name = "move_id" if origin._name == "stock.move" else "price_id"
        return self.env["kpi.inventory.entry"].search([(name, "in", origin.ids)])
