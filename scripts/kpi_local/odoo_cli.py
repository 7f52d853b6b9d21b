"""Odoo's command line on the local set-up: its configuration file and environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from . import postgres
from .addons import has_addons
from .odoo_source import OdooSource
from .paths import ADDONS, DATA, LOCAL, ODOO_CONF, ODOO_LAUNCHER, VENV_PYTHON

DEFAULT_PORT = 8069


def write_configuration(odoo: OdooSource) -> None:
    """Write .local/odoo.conf, if it says something else than what holds now."""
    # Odoo refuses a folder that holds no add-on.
    folders = [folder for folder in (odoo.addons, ADDONS) if folder and has_addons(folder)]
    values = {
        "addons_path": ",".join(map(str, folders)),
        "admin_passwd": _master_password(),
        "data_dir": DATA,
        "db_host": postgres.socket_folder(),
        "db_port": postgres.PORT,
        "db_user": postgres.ROLE,
        "db_template": "template0",
        "http_interface": "127.0.0.1",
        "http_port": DEFAULT_PORT,
        "list_db": True,
        "max_cron_threads": 1,
        # Computing a year of figures by the button takes longer than the two minutes of Odoo's default.
        "limit_time_cpu": 1200,
        "limit_time_real": 2400,
    }
    text = "[options]\n" + "".join(f"{name} = {value}\n" for name, value in values.items())
    if not ODOO_CONF.exists() or ODOO_CONF.read_text() != text:
        _write_private(ODOO_CONF, text)


def _master_password() -> str:
    """The password of Odoo's database manager: random, made once, readable by this user only."""
    file = LOCAL / "master-password"
    if not file.exists():
        _write_private(file, secrets.token_urlsafe(24))
    return file.read_text().strip()


def _write_private(file: Path, text: str) -> None:
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as output:
        output.write(text)
    new.replace(file)


def command(*arguments: str | os.PathLike[str]) -> list[str]:
    """Odoo's command line as a list for `subprocess`."""
    return [str(VENV_PYTHON), str(ODOO_LAUNCHER), *map(os.fspath, arguments)]


def environment(**more: str) -> dict[str, str]:
    """The environment Odoo and the PostgreSQL clients it calls run in."""
    path = os.pathsep.join([str(VENV_PYTHON.parent), str(postgres.binaries()), os.environ.get("PATH", "")])
    odoo = {"ODOO_RC": str(ODOO_CONF), "PATH": path, "PYTHONPYCACHEPREFIX": str(LOCAL / "pycache")}
    return {**os.environ, **postgres.client_environment(), **odoo, **more}


def replace_process(arguments: Sequence[str]) -> None:
    """Become Odoo: the caller's signals, terminal and exit code are then Odoo's own."""
    os.execve(VENV_PYTHON, command(*arguments), environment())
