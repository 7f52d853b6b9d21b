"""`make stop` and `make clean`."""

from __future__ import annotations

import shutil

from . import demo, postgres, stamps
from .messages import say
from .paths import LOCAL


def stop() -> None:
    """Stop the demo's server and the local database server."""
    if demo.stop_server():
        say("The demo's server is stopped.")
    say("The local database is stopped." if postgres.stop() else "The local database was not running.")


def clean() -> None:
    """Remove everything that was downloaded or made here, the demo's database with it."""
    if not LOCAL.exists():
        say("There is nothing to remove.")
        return
    with stamps.lock("setup", "is setting things up", wait=False):
        demo.stop_server()
        if postgres.find_binaries() is not None:
            postgres.discard()
        shutil.rmtree(LOCAL)
    say("Removed: .local/ with Odoo, its Python packages and the local databases. System packages stay.")
