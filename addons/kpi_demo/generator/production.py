"""The workshop: bills of materials, manufacturing orders that follow what is sold, and what had to be scrapped."""

from collections import defaultdict
from datetime import timedelta

from odoo import Command

from .seed import chance

FOREMAN = "thang"

# key: English name, Vietnamese name, unit, cost of one unit in VND
MATERIALS = {
    "oak": ("Oak board", "Ván gỗ sồi", "uom.product_uom_square_meter", 410_000),
    "walnut": ("Walnut board", "Ván gỗ óc chó", "uom.product_uom_square_meter", 690_000),
    "plywood": ("Plywood", "Ván ép", "uom.product_uom_square_meter", 165_000),
    "steel": ("Steel frame", "Khung thép", "uom.product_uom_kgm", 42_000),
    "foam": ("Foam", "Mút", "uom.product_uom_square_meter", 120_000),
    "fabric": ("Upholstery fabric", "Vải bọc", "uom.product_uom_meter", 185_000),
    "fittings": ("Set of fittings", "Bộ phụ kiện", "uom.product_uom_unit", 150_000),
    "varnish": ("Varnish", "Sơn PU", "uom.product_uom_litre", 135_000),
}
# What one piece of each product takes, in the order of `customers.PRODUCTS`.
RECIPES = (
    {"oak": 14, "plywood": 6, "fittings": 4, "varnish": 3},
    {"plywood": 4, "steel": 12, "fittings": 1},
    {"oak": 16, "steel": 20, "fittings": 4, "varnish": 4},
    {"steel": 14, "foam": 2, "fabric": 3, "fittings": 2},
    {"plywood": 9, "fittings": 3, "varnish": 1},
    {"oak": 7, "plywood": 10, "fittings": 5, "varnish": 3},
    {"walnut": 12, "plywood": 6, "fittings": 4, "varnish": 3},
    {"oak": 6, "foam": 16, "fabric": 34, "fittings": 5},
    {"oak": 14, "foam": 4, "fabric": 5, "varnish": 2},
    {"oak": 26, "plywood": 14, "fittings": 9, "varnish": 6},
    {"oak": 5, "plywood": 4, "fittings": 2, "varnish": 1},
    {"walnut": 4, "plywood": 4, "fittings": 2, "varnish": 1},
)
# Of a hundred manufacturing orders so many bring a piece or two that is not good enough.
WITH_DEFECTS = 45


def build_materials(world):
    """Create the materials and the bill of materials of every product."""
    products = world.env["product.template"].create(
        [
            {
                "name": english,
                "type": "consu",
                "is_storable": True,
                "sale_ok": False,
                "uom_id": world.env.ref(unit).id,
                "categ_id": world.categories["material"].id,
                "standard_price": cost,
                "taxes_id": [Command.clear()],
                "supplier_taxes_id": [Command.clear()],
            }
            for english, _vietnamese, unit, cost in MATERIALS.values()
        ]
    )
    for key, product in zip(MATERIALS, products, strict=True):
        world.translate(product, "name", MATERIALS[key][1])
        world.materials[key] = product.product_variant_id
    _build_recipes(world)
    # Odoo notes cost prices as they are given, which was now; they were those of the whole year.
    prices = world.env["product.value"].search([("company_id", "=", world.company.id)])
    before = world.clock.utc(world.clock.months[0].shift(-1).start)
    world.backdate(prices, date=[before] * len(prices))


def _build_recipes(world):
    world.env["mrp.bom"].create(
        [
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_qty": 1,
                "company_id": world.company.id,
                "bom_line_ids": [
                    Command.create({"product_id": world.materials[key].id, "product_qty": quantity})
                    for key, quantity in recipe.items()
                ],
            }
            for product, recipe in zip(world.products, RECIPES, strict=True)
        ]
    )


def build_production(world):
    """Make in each month about what was sold in it, and finish the orders on their own days."""
    plans = [plan for plan in _plans(world) if plan["done"] <= world.clock.now]
    orders = world.on_behalf(FOREMAN)["mrp.production"].create([_order_values(world, plan) for plan in plans])
    orders.action_confirm()
    quiet = orders.with_context(skip_backorder=True, skip_consumption=True)
    world.in_batches(quiet, lambda part: part.button_mark_done())
    starts, ends = [plan["start"] for plan in plans], [plan["done"] for plan in plans]
    world.backdate(orders, create_date=starts, date_start=starts, date_finished=ends)
    backdate_moves(world, orders, ends, lambda order: order.move_raw_ids | order.move_finished_ids)
    _scrap(world, orders, ends)


def _plans(world):
    """The manufacturing orders of the year: product, quantity, start and end."""
    for month in world.clock.months:
        days = world.clock.working_days(month.start, month.end)
        for product, sold in _sold(world, month).items():
            rng = chance("production", product.default_code or product.name, month.key)
            done = world.clock.future(rng.choice(days[2:]), rng.randint(9, 17))
            hours = rng.triangular(14, 70, 26)
            yield {
                "product": product,
                "quantity": max(round(sold * rng.uniform(0.96, 1.05)), 1),
                "start": done - timedelta(minutes=round(hours * 60)),
                "done": done,
            }


def _sold(world, month):
    """Pieces sold in a month by product, in the order of the products."""
    pieces = defaultdict(int)
    for order, sale in zip(world.orders, world.sales_plan.sales, strict=True):
        if month.start <= sale.day <= month.end:
            for line in order.order_line:
                pieces[line.product_id] += int(line.product_uom_qty)
    return {product: pieces[product] for product in world.products if pieces[product]}


def _order_values(world, plan):
    return {
        "product_id": plan["product"].id,
        "product_qty": plan["quantity"],
        "date_start": plan["start"],
        "user_id": world.users[FOREMAN].id,
        "company_id": world.company.id,
    }


def backdate_moves(world, records, moments, moves_of):
    """Give stock moves and their lines the moment at which they were really made.

    :param moments: naive UTC, one per record
    :param moves_of: function from a record to its moves
    """
    dated = [(move, moment) for record, moment in zip(records, moments, strict=True) for move in moves_of(record)]
    moves = world.env["stock.move"].browse(move.id for move, _moment in dated)
    world.backdate(moves, date=[moment for _move, moment in dated])
    lines = [(line, moment) for move, moment in dated for line in move.move_line_ids]
    world.backdate(
        world.env["stock.move.line"].browse(line.id for line, _moment in lines),
        date=[moment for _line, moment in lines],
    )


def _scrap(world, orders, ends):
    """Pieces that were not good enough, thrown away some hours after the order was finished."""
    values, moments = [], []
    for number, (order, end) in enumerate(zip(orders, ends, strict=True)):
        rng = chance("scrap", number)
        if rng.randint(1, 100) <= WITH_DEFECTS and order.product_qty > 5:
            values.append(
                {
                    "production_id": order.id,
                    "product_id": order.product_id.id,
                    "scrap_qty": rng.randint(1, max(int(order.product_qty) // 18, 1)),
                    "location_id": order.location_dest_id.id,
                    "company_id": world.company.id,
                }
            )
            moments.append(min(end + timedelta(hours=rng.randint(1, 5)), world.clock.now))
    scraps = world.on_behalf(FOREMAN)["stock.scrap"].create(values)
    scraps.do_scrap()
    world.backdate(scraps, date_done=moments, create_date=moments)
    backdate_moves(world, scraps, moments, lambda scrap: scrap.move_ids)
