"""The database that tests start from: the modules of Odoo and OCA that our add-ons need, installed once."""

from __future__ import annotations

import kpi_steps

from . import postgres
from .addons import content_keys, outside_dependencies, tested_modules
from .messages import step
from .odoo_source import OdooSource
from .paths import REQUIREMENTS
from .site import LocalSite, copy_database, databases, drop_database, recall, remember
from .stamps import digest

PREFIX = "kpi_template_"
TEST_DATABASE = "kpi_test"
RECIPE = "2"
# Tests fill tables and roll back. An autovacuum meanwhile sees nothing but dead rows and notes that a table is empty, and
# PostgreSQL then joins a thousand people row by row with themselves: minutes instead of milliseconds. Left alone, it
# guesses from how large a table is.
STEADY_PLANS = """
DO $$ DECLARE name regclass; BEGIN
    FOR name IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = false)', name);
        EXECUTE format('ANALYZE %s', name);
    END LOOP;
END $$
"""


def template(odoo: OdooSource) -> str:
    """The name of the template for what is here now, made when it is missing; those of other states are dropped."""
    needed = outside_dependencies()
    name = PREFIX + digest([RECIPE, odoo.identity, REQUIREMENTS.read_bytes(), *needed])
    for other in databases(PREFIX):
        if other != name:
            drop_database(other)
    if name not in databases(PREFIX):
        with step("Making the template database for tests (some minutes, once)"):
            kpi_steps.build(LocalSite("template-install"), name, needed)
    return name


def fresh_test_database(odoo: OdooSource) -> None:
    """Make the test database anew: a copy of the template with our add-ons installed."""
    source = template(odoo)
    with step("Installing the add-ons in the test database"):
        copy_database(source, TEST_DATABASE)
        _install(source, tested_modules(), [])


def current_test_database(odoo: OdooSource) -> None:
    """Bring the test database to the code that is here, doing as little as possible."""
    source = template(odoo)
    state = recall(TEST_DATABASE)
    known, keys = state.get("modules", {}), _keys()
    if state.get("template") != source or set(known) - set(keys):
        fresh_test_database(odoo)
        return
    missing = [name for name in keys if name not in known]
    changed = [name for name in keys if name in known and known[name] != keys[name]]
    if missing or changed:
        with step(f"Updating {', '.join(missing + changed)} in the test database"):
            _install(source, missing, changed)


def _install(source: str, missing: list[str], changed: list[str]) -> None:
    # Without its notes a database that is half-way through an update is made anew by the next run.
    remember(TEST_DATABASE, {})
    keys = _keys()
    options = [*_option("-i", missing), *_option("-u", changed)]
    arguments = ["-d", TEST_DATABASE, *options, "--stop-after-init", "--no-http", "--log-level=warn"]
    LocalSite("test-install").odoo(arguments)
    # The processes of a run have a database each but one folder of files between them, and after each class of tests
    # Odoo clears it of those that its own database does not know: what tests attach goes into the database.
    postgres.query(
        "INSERT INTO ir_config_parameter (key, value) VALUES ('ir_attachment.location', 'db')"
        " ON CONFLICT (key) DO UPDATE SET value = 'db'",
        TEST_DATABASE,
    )
    postgres.query(STEADY_PLANS, TEST_DATABASE)
    remember(TEST_DATABASE, {"template": source, "modules": keys})


def _option(flag: str, modules: list[str]) -> list[str]:
    return [flag, ",".join(modules)] if modules else []


def _keys() -> dict[str, str]:
    wanted = set(tested_modules())
    return {name: key for name, key in content_keys().items() if name in wanted}


def test_database_exists() -> bool:
    """Whether there is a test database with our add-ons in it."""
    return bool(
        postgres.query(f"SELECT 1 FROM pg_database WHERE datname = '{TEST_DATABASE}'") and recall(TEST_DATABASE)
    )
