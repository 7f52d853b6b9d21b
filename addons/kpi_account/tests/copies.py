"""Copies of entries in SQL.

Odoo takes a quarter of a second for an invoice and its payment, and the contract of a measure asks for dozens: they are
copies of one that Odoo made.
"""

from odoo.addons.kpi_management.tests.crowd import multiply

from .account_case import AccountCase


class CopyCase(AccountCase):
    """A measure whose counted records come from entries alike in everything but day, amount and person."""

    # The model of the counted records, which know their entry as ``move_id``.
    row_model = ""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.original = cls.make_original(cls.env["hr.employee"], "2025-06-30", 1, cls.company)
        cls.env.flush_all()

    # ---------------------------------------------------------------- hooks

    @classmethod
    def make_original(cls, person, day, amount, company):
        """The entry in Odoo's own way."""
        raise NotImplementedError

    def copy_original(self, person, day, amount):
        """The same as a copy."""
        return copy_entry(self.original, amount, **on(day), **self.by(person))

    def row(self, move):
        self.env.flush_all()
        return self.env[self.row_model].search([("move_id", "=", move.id)])

    # ---------------------------------------------------------------- what they make

    def make_counted(self, person, moment, amount=1, company=None):
        company = company or person.company_id
        if company == self.company:
            move = self.copy_original(person, self.day(moment), amount)
        else:
            move = self.make_original(person, self.day(moment), amount, company)
        return self.row(move)

    def by(self, person):
        """Columns that say who entered and, of a customer document, who sold."""
        user = str(person.user_id.id or self.env.uid)
        return {"create_uid": user, **({"invoice_user_id": user} if self.original.is_sale_document() else {})}


def on(day):
    """Columns that say when."""
    return {"date": f"'{day}'"}


def copy_entry(entry, times=1, copied=None, **values):
    """A copy of a posted entry with its items, whose amounts are so many times those of the original.

    :param dict copied: takes the copied items: {id of the original: id of the copy}
    :param values: SQL expressions of columns of the entry, and of its items where they have them
    """
    name = "t.name || '/' || gen_random_uuid()"
    copy = multiply(entry, 1, **{**_amounts(entry, times), "name": name, **values})
    for item in entry.line_ids:
        of_item = {column: value for column, value in values.items() if column in item._fields}
        own = {"move_id": str(copy.id), "full_reconcile_id": "NULL", "matching_number": "NULL"}
        item_copy = multiply(item, 1, **{**_amounts(item, times), **own, **of_item})
        if copied is not None:
            copied[item.id] = item_copy.id
    return copy


def copy_reconciled(entry, day, times=1, other=None, **values):
    """A copy of an entry and of the one it is reconciled with, as reconciled on that day.

    :param values: SQL expressions of columns of the entry
    :param dict other: the same of the other one; by default it is of that day
    """
    partial = entry.line_ids.matched_debit_ids | entry.line_ids.matched_credit_ids
    counterpart = (partial.debit_move_id | partial.credit_move_id).move_id - entry
    copied = {}
    copy = copy_entry(entry, times, copied, **values)
    copy_entry(counterpart, times, copied, **(on(day) if other is None else other))
    sides = {side: str(copied[partial[side].id]) for side in ("debit_move_id", "credit_move_id")}
    multiply(partial, 1, **{**_amounts(partial, times), **sides, "max_date": f"'{day}'", "full_reconcile_id": "NULL"})
    return copy


def _amounts(record, times):
    columns = [name for name, field in record._fields.items() if field.type == "monetary" and field.column_type]
    stored = [name for name in (*columns, "price_unit") if name in record._fields and record._fields[name].store]
    return {name: f't."{name}" * {times}' for name in stored}
