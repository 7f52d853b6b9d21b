"""The whole set-up, from a bare machine to a running database server and a configured Odoo."""

from __future__ import annotations

import os

from . import odoo_cli, odoo_source, postgres, python_env, stamps, system
from .messages import Stop
from .odoo_source import OdooSource
from .paths import LOCAL, ROOT, writable_by_me


def ensure(browser: bool = False) -> OdooSource:
    """Bring everything to where Odoo can run; what is there already is left as it is.

    :param browser: whether a browser is needed too
    """
    _check_owner()
    with stamps.lock("setup", "is setting things up", wait=True):
        stamps.sweep()
        if not _is_complete(browser):
            system.check_room()
            system.ensure_packages(browser)
        odoo = odoo_source.ensure()
        odoo_source.remember_home()
        python_env.ensure(odoo)
        postgres.ensure()
        odoo_cli.write_configuration(odoo)
    return odoo


def _is_complete(browser: bool) -> bool:
    return odoo_source.locate() is not None and not system.missing_packages(browser)


def _check_owner() -> None:
    if writable_by_me():
        return
    folder = LOCAL if LOCAL.exists() else ROOT
    raise Stop(
        f"{folder} cannot be written by this user (process user {os.geteuid()}): run the command as its owner, "
        f"or remove it and run the command again."
    )
