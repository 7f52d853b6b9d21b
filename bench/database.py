"""The benchmark's throw-away database: Odoo with the modules that are measured, and nothing of demo data."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from kpi_local.messages import step
from kpi_local.paths import ODOO_CONF
from kpi_local.site import LocalSite, drop_database

DATABASE = "kpi_bench"
MODULES = "kpi_sale,kpi_crm,gamification"
INSTALL = ("--skip-auto-install", "--stop-after-init", "--no-http", "--log-level=warn")


@contextmanager
def scratch_environment() -> Iterator:
    """An Odoo environment on a new database, which is dropped at the end."""
    drop_database(DATABASE)
    try:
        with step("Installing Odoo in a scratch database"):
            LocalSite("bench-install").odoo(["-d", DATABASE, "-i", MODULES, *INSTALL])
        yield from _environment()
    finally:
        drop_database(DATABASE)


def _environment() -> Iterator:
    import odoo.tools
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.sql_db import close_all

    odoo.tools.config.parse_config(["-c", str(ODOO_CONF), "-d", DATABASE, "--log-level=warn"], setup_logging=True)
    context = {"tracking_disable": True, "no_reset_password": True, "tz": "Asia/Ho_Chi_Minh"}
    try:
        with Registry(DATABASE).cursor() as cursor:
            yield api.Environment(cursor, SUPERUSER_ID, context)
    finally:
        close_all()
