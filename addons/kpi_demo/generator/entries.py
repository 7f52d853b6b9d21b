"""Journal entries of each month: wages and their payment, depreciation, the cost of the goods that were invoiced."""

from datetime import timedelta

from odoo import Command

from . import staff
from .books import ENTRIES_BY, account, journal, log_posting, settle
from .sales_plan import MILLION, months_ago
from .seed import chance

# Where the wages of a department go: selling, making, or running the company.
WAGE_ACCOUNTS = {"sales": "6411", "sales_hn": "6411", "sales_hcm": "6411", "marketing": "6411", "production": "1541"}
RUNNING_ACCOUNT, WAGES_OWED = "6421", "3341"
# Account: depreciation of a month, in million VND
DEPRECIATION = {"6274": 95, "6424": 48}
# Months (back from the current one) whose wages were entered wrongly, reversed, and entered again.
MISTAKES = (9, 6, 4, 2)


def build_entries(world):
    """Enter and post the entries of every full month."""
    months = world.clock.full_months
    wages = _post(world, [_wage_values(world, month) for month in months], months)
    paid = world.on_behalf(ENTRIES_BY)["account.move"].create([_transfer_values(world, entry) for entry in wages])
    paid.action_post()
    log_posting(world, paid, *_moments(world, paid))
    settle(world, list(zip(wages, paid, strict=True)))
    _post(world, [_depreciation_values(world, month) for month in months], months)
    _post(world, [_cost_values(world, month) for month in months], months)
    _correct_mistakes(world)


def _post(world, values, months):
    journal_id = journal(world, "general").id
    entries = world.on_behalf(ENTRIES_BY)["account.move"].create(
        [
            {"move_type": "entry", "journal_id": journal_id, "date": month.end, **vals}
            for vals, month in zip(values, months, strict=True)
        ]
    )
    entries.action_post()
    log_posting(world, entries, *_moments(world, entries))
    return entries


def _moments(world, entries):
    created = [world.clock.utc(entry.date, 9) for entry in entries]
    return created, [min(moment + timedelta(hours=6), world.clock.now) for moment in created]


def _wage_values(world, month):
    """The wages of everybody employed at the month's end, by where they go."""
    amounts = {}
    for person in staff.PEOPLE:
        left = months_ago(world.clock, *staff.LEAVERS[person.key][0]) if person.key in staff.LEAVERS else None
        if months_ago(world.clock, *person.since) <= month.end and not (left and left < month.end):
            code = WAGE_ACCOUNTS.get(person.department, RUNNING_ACCOUNT)
            amounts[code] = amounts.get(code, 0) + round(person.wage * MILLION)
    return _entry(world, f"Lương tháng {month.start:%m/%Y}", amounts, WAGES_OWED)


def _transfer_values(world, entry):
    """The bank transfer of the wages on the fifth of the next month, or today if that is still to come."""
    day = min(entry.date + timedelta(days=5), world.clock.today)
    bank = journal(world, "bank")
    values = _entry(world, f"Chi {entry.ref.lower()}", {WAGES_OWED: sum(entry.line_ids.mapped("debit"))}, "112")
    return {**values, "journal_id": bank.id, "date": day}


def _depreciation_values(world, month):
    amounts = {code: million * MILLION for code, million in DEPRECIATION.items()}
    return _entry(world, f"Khấu hao tháng {month.start:%m/%Y}", amounts, "2141")


def _cost_values(world, month):
    """What the goods invoiced in the month cost to make; credit notes bring some of them back."""
    rows = world.env["account.move.line"]._read_group(
        [
            ("move_id.move_type", "in", ("out_invoice", "out_refund")),
            ("parent_state", "=", "posted"),
            ("date", ">=", month.start),
            ("date", "<=", month.end),
            ("product_id.is_storable", "=", True),
        ],
        ["product_id", "move_id.move_type"],
        ["quantity:sum"],
    )
    cost = sum(
        product.standard_price * quantity * (-1 if kind == "out_refund" else 1) for product, kind, quantity in rows
    )
    return _entry(world, f"Giá vốn hàng bán tháng {month.start:%m/%Y}", {"632": round(cost)}, "155")


def _entry(world, text, amounts, credit):
    """Values of an entry that debits accounts with amounts and credits one with their sum."""
    lines = [{"account_id": account(world, code).id, "debit": amount} for code, amount in amounts.items()]
    lines.append({"account_id": account(world, credit).id, "credit": sum(amounts.values())})
    return {"ref": text, "line_ids": [Command.create({"name": text, **line}) for line in lines]}


def _correct_mistakes(world):
    """A provision that was entered in a wrong month and taken back on the next day."""
    months = [world.clock.current.shift(-ago) for ago in MISTAKES]
    wrong = _post(
        world,
        [
            _entry(
                world,
                "Trích trước chi phí bảo hành",
                {"6418": chance("mistake", month.key).randint(8, 20) * MILLION},
                "3351",
            )
            for month in months
        ],
        months,
    )
    days = [entry.date for entry in wrong]
    reversals = wrong._reverse_moves([{"date": day, "ref": "Đảo bút toán ghi nhầm kỳ"} for day in days], cancel=True)
    log_posting(world, reversals, *_moments(world, reversals))
