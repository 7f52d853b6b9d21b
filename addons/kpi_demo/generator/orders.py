"""Sales orders: confirmed ones that carry the year's revenue, and quotations that are still out."""

from datetime import timedelta

from odoo import Command

from .pipeline import build_won
from .sales_plan import MILLION, SKILLS, Sale, seller_department, selling_days
from .seed import chance, split

# Who forgot to enter an order: (months ago, day) it was taken on, and its amount.
LATE_ORDER = ("tuan", 3, 14, 86 * MILLION)


def build_orders(world, plan):
    """Create and confirm the orders of the plan, each linked to its opportunity if it has one.

    :param plan: `SalesPlan`
    """
    opportunities = iter(build_won(world, [sale for sale in plan.sales if sale.opportunity]))
    values = [
        _order_values(world, sale, next(opportunities) if sale.opportunity else None, number)
        for number, sale in enumerate(plan.sales)
    ]
    orders = world.orders = world.env["sale.order"].create(values)
    world.in_batches(orders, lambda part: part.action_confirm())
    moments = [world.clock.utc(sale.day, sale.hour, sale.minute) for sale in plan.sales]
    for order, moment in zip(orders, moments, strict=True):
        # Confirming stamps the present; the order was confirmed on its own day.
        order.date_order = moment
    world.backdate(orders, create_date=[moment - timedelta(hours=3) for moment in moments])


def add_late_order(world):
    """Enter an order that was taken on paper months ago.

    :return: its day
    """
    seller, ago, number, amount = LATE_ORDER
    day = world.clock.current.shift(-ago).day(number)
    sale = Sale(seller, day, 10, 0, amount, opportunity=False)
    order = world.env["sale.order"].create(_order_values(world, sale, None, len(world.orders)))
    order.action_confirm()
    order.date_order = world.clock.utc(day, 10)
    return day


def build_quotations(world):
    """Offers that customers have not answered yet and some they turned down; none of them is revenue."""
    rng = chance("quotations")
    values, created = [], []
    for key in SKILLS:
        if not selling_days(world.clock, key, world.clock.current):
            continue
        for _number in range(2):
            amount = rng.randint(300, 2500) * MILLION // 10
            values.append({**_base_values(world, key, rng.choice(world.customers), rng, amount), "state": "sent"})
            created.append(world.clock.utc(world.clock.today - timedelta(days=rng.randint(1, 20)), rng.randint(8, 17)))
    quotations = world.env["sale.order"].create(values)
    quotations[::4]._action_cancel()
    for quotation, moment in zip(quotations, created, strict=True):
        quotation.date_order = moment
    world.backdate(quotations, create_date=created)


def _order_values(world, sale, opportunity, number):
    rng = chance("order", sale.seller, sale.day, number)
    partner = opportunity.partner_id if opportunity else rng.choice(world.known_customers(sale.day))
    values = _base_values(world, sale.seller, partner, rng, sale.amount)
    if sale.dollars:
        values.update(_dollar_values(world, sale, rng))
    values["date_order"] = world.clock.utc(sale.day, sale.hour, sale.minute)
    # What the customer is promised: two to five weeks from the order on.
    values["commitment_date"] = world.clock.future(sale.day + timedelta(days=rng.randint(14, 35)))
    values["opportunity_id"] = opportunity.id if opportunity else False
    return values


def _base_values(world, key, partner, rng, amount):
    return {
        "partner_id": partner.id,
        "user_id": world.users[key].id,
        "team_id": world.teams[seller_department(key)].id,
        "company_id": world.company.id,
        "order_line": [Command.create(line) for line in _line_values(world, rng, amount)],
    }


def _line_values(world, rng, amount):
    """One to three products, and delivery that brings the sum to the amount exactly."""
    products = rng.sample(world.products, rng.randint(1, 3))
    # One part in ten is left for delivery and installation, the rest is spent on whole pieces.
    shares = split(amount * 9 // 10, [rng.uniform(0.5, 1.5) for _product in products])
    lines, rest = [], amount
    for product, share in zip(products, shares, strict=True):
        price = int(product.list_price)
        if quantity := share // price:
            lines.append(_line(product, quantity, price))
            rest -= quantity * price
    return [*lines, _line(world.service, 1, rest)]


def _dollar_values(world, sale, rng):
    """The same goods at a price in US dollars, by the rate of the day."""
    rate = world.env["res.currency"]._get_conversion_rate(
        world.company.currency_id, world.dollar_pricelist.currency_id, world.company, sale.day
    )
    product = rng.choice(world.products)
    price = round(product.list_price * rate, 2)
    quantity = max(int(sale.amount // product.list_price), 1)
    lines = [
        _line(product, quantity, price),
        _line(world.service, 1, max(round(sale.amount * rate - quantity * price, 2), 0)),
    ]
    return {
        "partner_id": world.dollar_customer.id,
        "pricelist_id": world.dollar_pricelist.id,
        "order_line": [Command.create(line) for line in lines],
    }


def _line(product, quantity, price):
    return {"product_id": product.id, "product_uom_qty": quantity, "price_unit": price, "tax_ids": [Command.clear()]}
