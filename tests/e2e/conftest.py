"""A really running Odoo with the project's add-ons, seen from outside.

The database is a copy of the one that `make test` prepares, so what these tests write is seen by no other.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "scripts")]

from json2 import Json2Client  # noqa: E402
from kpi_local import templates  # noqa: E402
from kpi_local.messages import Stop  # noqa: E402
from kpi_local.server import Server  # noqa: E402
from kpi_local.site import copy_database, drop_database, run_in_shell  # noqa: E402

DATABASE = f"{templates.TEST_DATABASE}_e2e"
MAKE_KEY = """
from datetime import timedelta
from odoo import fields
user = env["res.users"].search([("login", "=", {login!r})])
assert len(user) == 1, "no user has this login"
end = fields.Datetime.now() + timedelta(days=1)
key = env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "end-to-end tests", end)
env.cr.commit()
print("key:" + key)
"""


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The name of a copy of the test database."""
    if not templates.test_database_exists():
        pytest.fail("There is no test database: `make test ARGS=tests/e2e` makes it and runs these tests.")
    copy_database(templates.TEST_DATABASE, DATABASE)
    yield DATABASE
    drop_database(DATABASE)


@pytest.fixture(scope="session")
def base_url(database: str) -> Iterator[str]:
    """The address of an Odoo that serves the database."""
    try:
        with Server(database, log="test-e2e-server") as server:
            yield server.address
    except Stop as problem:
        pytest.fail(str(problem))


@pytest.fixture(scope="session")
def api_key(database: str) -> Callable[[str], str]:
    """Makes an API key for the user with a login."""
    made: dict[str, str] = {}

    def make(login: str) -> str:
        if login not in made:
            printed = run_in_shell(database, MAKE_KEY.format(login=login), log="test-e2e-key")
            made[login] = printed.split("key:", 1)[1].strip()
        return made[login]

    return make


@pytest.fixture(scope="session")
def client_of(base_url: str, api_key: Callable[[str], str]) -> Callable[[str], Json2Client]:
    """Makes an API client that acts as the user with a login."""
    return lambda login: Json2Client(base_url, api_key(login))


@pytest.fixture(scope="session")
def admin(client_of: Callable[[str], Json2Client]) -> Json2Client:
    """An API client of the administrator."""
    return client_of("admin")


@pytest.fixture
def nobody(base_url: str) -> Json2Client:
    """An API client without a key."""
    return Json2Client(base_url)
