"""Marks writes that come from the suite's own code.

Computed figures, and anything in a closed period, may be written by that code alone. The mark is a Python object in
the context: a context that comes over RPC is JSON and cannot carry it, and ``sudo()`` alone does not pass either.
"""

from odoo import SUPERUSER_ID, fields
from odoo.tools import SQL

_MARK = object()
# No message, follower or tracking of what is made in bulk, or must not say who made it.
QUIET = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_create_nolog": True}


def trusted(records):
    """Return the records (sudo, without mail tracking noise) with the mark; only for the suite's own code."""
    return records.sudo().with_context(kpi_trusted=_MARK)


def as_system(records):
    """Return the records with the mark as OdooBot, quietly: neither author fields nor messages name the user."""
    return trusted(records.with_user(SUPERUSER_ID)).with_context(**QUIET, mail_notrack=True)


def is_trusted(env):
    """Whether the environment carries the mark."""
    return env.context.get("kpi_trusted") is _MARK


def hold(records):
    """Let nobody agree to records while what belongs to them changes: the one who comes second fails and tries again.

    The row is written, not just locked: PostgreSQL lets the other go on with what he read before a mere lock.
    """
    if records:
        query = SQL(
            "UPDATE %s SET write_date = %s WHERE id IN %s",
            SQL.identifier(records._table),
            fields.Datetime.now(),
            records._ids,
        )
        records.env.cr.execute(query)


def derived_fields(model):
    """Names of the stored fields that follow from others, e.g. whom a scorecard line is about."""
    return {name for name, field in model._fields.items() if field.store and field.compute and field.readonly}
