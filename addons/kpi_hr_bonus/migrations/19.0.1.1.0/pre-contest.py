"""Contests become records: the dialog that had their name goes, and its rows with it."""

from odoo.tools.sql import column_exists


def migrate(cr, version):
    if column_exists(cr, "kpi_bonus_contest", "mode"):
        cr.execute("DROP TABLE kpi_bonus_contest CASCADE")
