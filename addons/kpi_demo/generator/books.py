"""What the books of the year have in common: accounts, who keeps them, and when an entry was made and posted."""

from odoo import Command

# Who does what in the accounting department.
INVOICES_BY, BILLS_BY, PAYMENTS_BY, ENTRIES_BY = "trang", "tai", "duyen", "hang"


def account(world, code):
    """The account with a code of the Vietnamese chart.

    :param str code: such as ``632``; Odoo fills up codes of three digits with a zero
    :raises ValueError: when the chart has no such account
    """
    accounts = world.env["account.account"].with_company(world.company)
    domain = [("code", "in", (code, f"{code}0")), ("company_ids", "in", world.company.ids)]
    found = accounts.search(domain, limit=1)
    if not found:
        raise ValueError(f"The Vietnamese chart of accounts has no account {code}.")
    return found


def journal(world, kind):
    """The first journal of a type: sale, purchase, bank or general."""
    domain = [("type", "=", kind), ("company_id", "=", world.company.id)]
    return world.env["account.journal"].search(domain, order="sequence, id", limit=1)


def set_up_bank(world):
    """Payments go straight through the bank account: nobody has to match statements in the demo."""
    bank = journal(world, "bank")
    lines = bank.inbound_payment_method_line_ids | bank.outbound_payment_method_line_ids
    lines.payment_account_id = bank.default_account_id


def log_posting(world, moves, created, posted):
    """Tell when entries were made and when they were posted.

    Odoo keeps the moment of posting in the log of the entry alone, which a change in the transaction that made the
    entry does not reach.

    :param moves: posted `account.move` records
    :param list created: naive UTC, one per entry
    :param list posted: naive UTC, one per entry
    """
    field = world.env["ir.model.fields"]._get("account.move", "state")
    labels = dict(moves._fields["state"]._description_selection(world.env))
    change = {"field_id": field.id, "old_value_char": labels["draft"], "new_value_char": labels["posted"]}
    authors = {user.id: user.partner_id for user in moves.create_uid}
    world.env["mail.message"].create(
        [
            {
                "model": moves._name,
                "res_id": move.id,
                "message_type": "notification",
                "subtype_id": world.env.ref("mail.mt_note").id,
                "author_id": authors[move.create_uid.id].id,
                "email_from": authors[move.create_uid.id].email_formatted,
                "date": moment,
                "tracking_value_ids": [Command.create(change)],
            }
            for move, moment in zip(moves, posted, strict=True)
        ]
    )
    world.backdate(moves, create_date=created)


def settle(world, pairs):
    """Reconcile documents with what pays them.

    :param pairs: (document, payment entry) records of `account.move`
    """
    plan = [
        (document | payment).line_ids.filtered(
            lambda line: line.account_type in ("asset_receivable", "liability_payable") and not line.reconciled
        )
        for document, payment in pairs
    ]
    world.env["account.move.line"]._reconcile_plan(plan)


def pay(world, rows, direction, hour):
    """Enter and post one payment for each row and reconcile it with its document.

    :param rows: (invoice or bill, day, amount in its currency), by day
    :param str direction: inbound or outbound
    :param int hour: local hour at which payments are entered
    """
    payments = world.on_behalf(PAYMENTS_BY)["account.payment"].create(
        [_payment_values(world, direction, *row) for row in rows]
    )
    world.in_batches(payments, lambda part: part.action_post())
    moments = [world.clock.utc(day, hour) for _document, day, _amount in rows]
    world.backdate(payments, create_date=moments)
    world.backdate(payments.move_id, create_date=moments)
    settle(world, [(row[0], payment.move_id) for row, payment in zip(rows, payments, strict=True)])


def _payment_values(world, direction, document, day, amount):
    return {
        "payment_type": direction,
        "partner_type": "customer" if direction == "inbound" else "supplier",
        "partner_id": document.commercial_partner_id.id,
        "amount": amount,
        "currency_id": document.currency_id.id,
        "date": day,
        "journal_id": journal(world, "bank").id,
        "memo": document.ref if direction == "outbound" else document.name,
    }
