"""The benchmark's throw-away database: Odoo with the modules that are measured, and nothing of demo data."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from kpi_local import postgres
from kpi_local.paths import ODOO_CONF
from kpi_local.site import LocalSite, drop_database

DATABASE = "kpi_bench"
MODULES = "kpi_sale,kpi_crm,gamification"
INSTALL = ("--skip-auto-install", "--stop-after-init", "--no-http", "--log-level=warn")


@contextmanager
def scratch_database() -> Iterator[None]:
    """Odoo on a new database, which is dropped at the end."""
    drop_database(DATABASE)
    try:
        LocalSite("bench-install").odoo(["-d", DATABASE, "-i", MODULES, *INSTALL])
        yield
    finally:
        drop_database(DATABASE)


@contextmanager
def environment() -> Iterator:
    """An Odoo environment on the database, as the system."""
    import odoo.tools
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.sql_db import close_all

    odoo.tools.config.parse_config(["-c", str(ODOO_CONF), "-d", DATABASE, "--log-level=warn"], setup_logging=True)
    # In the people's time zone, so that a goal, which knows no other, means the same month.
    context = {"tracking_disable": True, "no_reset_password": True, "tz": "Asia/Ho_Chi_Minh"}
    try:
        with Registry(DATABASE).cursor() as cursor:
            yield api.Environment(cursor, SUPERUSER_ID, context)
    finally:
        close_all()


def clean() -> None:
    """Take away what rolled-back rounds left behind, so that every round meets the same tables."""
    for table in ("kpi_scorecard_line", "kpi_scorecard", "kpi_period", "gamification_goal"):
        postgres.query(f"VACUUM ANALYZE {table}", DATABASE)
