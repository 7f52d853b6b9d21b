"""Invoices of the orders, credit notes, and what customers paid: early, on time, late or not yet."""

from datetime import timedelta

from odoo import Command

from .books import INVOICES_BY, log_posting, pay, set_up_bank, settle
from .seed import chance

# Of a hundred invoices: paid in two parts, not paid at all, corrected by a credit note.
IN_PARTS, UNPAID, CORRECTED = 8, 3, 2


def build_invoices(world):
    """Invoice every order some days after it was confirmed, and let the customers pay."""
    set_up_bank(world)
    orders = [(order, sale, _invoice_day(world, number, sale)) for number, (order, sale) in enumerate(_sold(world))]
    orders = sorted((row for row in orders if row[2] <= world.clock.today), key=lambda row: (row[2], row[0].id))
    env = world.on_behalf(INVOICES_BY)
    invoices = env["account.move"].create([_invoice_values(order, day) for order, _sale, day in orders])
    world.in_batches(invoices, lambda part: part.action_post())
    _log(world, invoices, [world.clock.utc(sale.day, sale.hour, sale.minute) for _order, sale, _day in orders])
    world.invoices = invoices
    _correct(world, invoices)
    _collect(world, invoices)


def _sold(world):
    return zip(world.orders, world.sales_plan.sales, strict=True)


def _invoice_day(world, number, sale):
    return sale.day + timedelta(days=chance("invoice day", number).choice((0, 0, 1, 1, 2, 3, 6)))


def _invoice_values(order, day):
    """What Odoo prepares for the order, on a day of ours."""
    return {
        **order._prepare_invoice(),
        "invoice_date": day,
        "invoice_line_ids": [Command.create(line._prepare_invoice_line()) for line in order.order_line],
    }


def _log(world, invoices, ordered):
    """Made within two days before it was posted, and not before there was an order."""
    created, posted = [], []
    for number, (invoice, earliest) in enumerate(zip(invoices, ordered, strict=True)):
        rng = chance("invoice log", number)
        posted.append(max(world.clock.utc(invoice.invoice_date, rng.randint(14, 17), rng.randint(0, 59)), earliest))
        created.append(max(posted[-1] - timedelta(hours=rng.randint(1, 50)), earliest))
    log_posting(world, invoices, created, posted)


def _correct(world, invoices):
    """Credit notes: a piece came back damaged, two weeks after it was invoiced."""
    rng = chance("credit notes")
    wrong = invoices.browse(
        invoice.id
        for invoice in invoices
        if rng.randint(1, 100) <= CORRECTED and len(invoice.invoice_line_ids) > 1 and _days_old(world, invoice) > 14
    )
    days = [invoice.invoice_date + timedelta(days=14) for invoice in wrong]
    notes = wrong._reverse_moves(
        [{"invoice_date": day, "date": day, "ref": "Hàng trả lại do lỗi vận chuyển"} for day in days]
    )
    for note in notes:
        note.invoice_line_ids[1:].unlink()
        note.invoice_line_ids.quantity = 1
    notes.action_post()
    posted = [world.clock.utc(day, 15) for day in days]
    log_posting(world, notes, [moment - timedelta(hours=20) for moment in posted], posted)
    settle(world, list(zip(wrong, notes, strict=True)))


def _days_old(world, invoice):
    return (world.clock.today - invoice.invoice_date).days


def _collect(world, invoices):
    """Payments by the day on which they came in, each for one invoice."""
    rows = []
    for number, invoice in enumerate(invoices):
        rng = chance("paid", number)
        if rng.randint(1, 100) <= UNPAID or not invoice.amount_residual:
            continue
        day = invoice.invoice_date + timedelta(days=round(rng.triangular(3, 65, 27)))
        amount = invoice.amount_residual
        first = invoice.currency_id.round(amount / 2) if rng.randint(1, 100) <= IN_PARTS else amount
        rows += [(invoice, day, first), (invoice, day + timedelta(days=30), amount - first)]
    rows = sorted((row for row in rows if row[1] <= world.clock.today and row[2]), key=lambda row: (row[1], row[0].id))
    pay(world, rows, "inbound", 10)
