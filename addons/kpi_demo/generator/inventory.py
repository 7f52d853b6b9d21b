"""The warehouse: what was there at first, materials that came in, and deliveries on time and late."""

from collections import defaultdict
from datetime import timedelta

from odoo import Command

from .production import FOREMAN, backdate_moves
from .seed import chance

# Of a hundred deliveries so many leave by the day that was promised.
ON_TIME = 91
# Stock before the year began: finished pieces of each product, and material for so many months.
FIRST_PIECES, FIRST_MONTHS = 70, 1.2


def set_up_warehouse(world):
    """Nothing is reserved beforehand: the year's transfers are told as they were done."""
    kinds = world.env["stock.picking.type"].search([("company_id", "=", world.company.id)])
    kinds.reservation_method = "manual"


def build_receipts(world):
    """Fill the warehouse and let come in each month what the workshop used in it."""
    used = _used(world)
    months = world.clock.full_months
    first = world.clock.utc(world.clock.months[0].start - timedelta(days=1), 8)
    stock = dict.fromkeys(world.products, FIRST_PIECES)
    for material in world.materials.values():
        stock[material] = round(sum(used[material].values()) / len(months) * FIRST_MONTHS)
    warehouse = world.env["stock.warehouse"].search([("company_id", "=", world.company.id)], limit=1)
    moves = [(first, stock)]
    for month in months:
        rng = chance("receipt", month.key)
        bought = {material: round(used[material][month.key] * rng.uniform(0.97, 1.06)) for material in used}
        moves.append((world.clock.utc(month.day(rng.randint(2, 6)), 8), bought))
    pickings = world.on_behalf(FOREMAN)["stock.picking"].create(
        [_receipt_values(world, warehouse, quantities) for _moment, quantities in moves]
    )
    pickings.action_confirm()
    _finish(world, pickings, [moment for moment, _quantities in moves])


def build_deliveries(world):
    """Deliver the orders: most by the promised day, some later, the last ones not yet."""
    rows = []
    for number, picking in enumerate(world.orders.picking_ids.sorted("id")):
        rng = chance("delivery", number)
        late = rng.randint(1, 8) if rng.randint(1, 100) > ON_TIME else -rng.randint(0, 6)
        moment = world.clock.future(picking.date_deadline.date() + timedelta(days=late), rng.randint(8, 15))
        moment = max(moment, picking.sale_id.date_order + timedelta(hours=20))
        if moment <= world.clock.now:
            rows.append((picking, moment))
    pickings = world.on_behalf(FOREMAN)["stock.picking"].browse(picking.id for picking, _moment in rows)
    world.orders.picking_ids.user_id = world.users[FOREMAN]
    _finish(world, pickings, [moment for _picking, moment in rows])


def _used(world):
    """Material that the workshop used: {product: {month key: quantity}}."""
    used = {material: defaultdict(float) for material in world.materials.values()}
    for order in world.env["mrp.production"].search([("state", "=", "done")]):
        key = order.date_finished.strftime("%Y-%m")
        for move in order.move_raw_ids:
            used[move.product_id][key] += move.quantity
    return used


def _receipt_values(world, warehouse, quantities):
    kind = warehouse.in_type_id
    places = {
        "location_id": world.env.ref("stock.stock_location_suppliers").id,
        "location_dest_id": kind.default_location_dest_id.id,
    }
    return {
        **places,
        "picking_type_id": kind.id,
        "company_id": world.company.id,
        "user_id": world.users[FOREMAN].id,
        "move_ids": [
            Command.create(
                {
                    **places,
                    "product_id": product.id,
                    "product_uom": product.uom_id.id,
                    "product_uom_qty": quantity,
                    "company_id": world.company.id,
                }
            )
            for product, quantity in quantities.items()
            if quantity
        ],
    }


def _finish(world, pickings, moments):
    """Do transfers as they were planned, at moments of our own (naive UTC, one per transfer)."""
    world.in_batches(pickings, _do)
    world.backdate(pickings, date_done=moments)
    backdate_moves(world, pickings, moments, lambda picking: picking.move_ids)


def _do(pickings):
    """All lines at once: setting the quantity of one move after the other takes twice as long."""
    lines = [
        {**move._prepare_move_line_vals(quantity=move.product_uom_qty), "picked": True} for move in pickings.move_ids
    ]
    pickings.env["stock.move.line"].create(lines)
    pickings._action_done()
