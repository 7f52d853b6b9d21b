"""The steps from an empty database server to KPIs that run, the same on a developer's machine and in a container.

Standard library only and nothing from beside this file: docker/ copies it into the image as it is. Where the steps run
(how Odoo is started, how the server is asked, where attachments lie) is the `Site` the caller gives.
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

DEMO_MODULE = "kpi_demo"
DEMO_DATABASE = "kpi_demo"
# The first one is that of the users; the other is there to be chosen.
LANGUAGES = "en_US,vi_VN"
# The demo module sets this parameter as the last thing it does: a demo without it was cut off.
DEMO_COMPLETE = "kpi_demo.complete"
# Read by `odoo shell`: scorecards, statements, pay slip lines and logins as tables.
PRINT_REPORT = "from odoo.addons.kpi_demo.tools.report import print_report\nprint_report(env)\n"


class Incomplete(Exception):
    """A step ended without an error and yet without what it is for."""


class Site(Protocol):
    """Where the steps run."""

    filestore: Path  # the folder that holds one folder of attachments per database

    def odoo(self, arguments: Sequence[str], stdin: str = "") -> None:
        """Run Odoo's command line to its end; raise when it fails."""

    def sql(self, database: str, statement: str) -> str:
        """Run one statement as the role Odoo uses and return what it gives: a row a line, `|` between columns."""


def modules_in(addons: Path, leave_out: Iterable[str] = (DEMO_MODULE,)) -> dict[str, str]:
    """The installable add-ons of a folder with their versions, by name."""
    found = {}
    for file in sorted(addons.glob("*/__manifest__.py")):
        manifest = ast.literal_eval(file.read_text(encoding="utf-8"))
        if manifest.get("installable", True) and file.parent.name not in leave_out:
            found[file.parent.name] = manifest.get("version", "")
    return found


def exists(site: Site, database: str) -> bool:
    """Whether the server has a database of this name."""
    return site.sql("postgres", f"SELECT 1 FROM pg_database WHERE datname = '{checked(database)}'") == "1"


def demo_is_complete(site: Site, database: str = DEMO_DATABASE) -> bool:
    """Whether the demo company is there and was filled to its end."""
    if not exists(site, database):
        return False
    if site.sql(database, "SELECT to_regclass('ir_config_parameter') IS NOT NULL") != "t":
        return False
    return site.sql(database, f"SELECT count(*) FROM ir_config_parameter WHERE key = '{DEMO_COMPLETE}'") == "1"


def build(site: Site, database: str, modules: Sequence[str], finish: str = "") -> None:
    """Make a database with these modules, in English and Vietnamese.

    It grows under another name and gets its own only when it is complete: a run that is cut off leaves nothing that
    looks finished, and the next one starts it anew. What had the name before is dropped.

    :param finish: code for `odoo shell` that completes the database before it gets its name
    :raises Incomplete: when a module is not installed at the end (Odoo only warns of a name it does not know)
    """
    growing = f"{checked(database)}_new"
    drop(site, growing)
    install = ["-d", growing, "-i", ",".join(modules), f"--load-language={LANGUAGES}", "--stop-after-init", "--no-http"]
    site.odoo(install)
    if missing := sorted(set(modules) - set(installed(site, growing))):
        raise Incomplete(f"Not installed in database {database}: {', '.join(missing)}; Odoo's log says why.")
    if finish:
        site.odoo(["shell", "-d", growing, "--no-http", "--log-level=warn"], stdin=finish)
    drop(site, database)
    if (site.filestore / growing).exists():
        (site.filestore / growing).rename(site.filestore / database)
    site.sql("postgres", f'ALTER DATABASE "{growing}" RENAME TO "{database}"')


def build_demo(site: Site, database: str = DEMO_DATABASE, finish: str = "") -> None:
    """Make the database of the demo company: installing the module generates, computes, approves and pays.

    :param finish: as for `build`
    :raises Incomplete: when the demo module did not come to its end
    """
    build(site, database, [DEMO_MODULE], finish)
    if not demo_is_complete(site, database):
        raise Incomplete(f"The demo company in database {database} was not filled to its end; Odoo's log says why.")


def print_report(site: Site, database: str = DEMO_DATABASE) -> None:
    """Print the demo company's scorecards, bonus statements and pay slip lines."""
    site.odoo(["shell", "-d", database, "--no-http", "--log-level=warn"], stdin=PRINT_REPORT)


def outdated(site: Site, database: str, versions: dict[str, str]) -> list[str]:
    """The modules whose version in the database is not the one on disk.

    :param versions: version on disk by module, as `modules_in` gives them
    """
    there = installed(site, database)
    return [name for name, version in versions.items() if name in there and there[name] != version]


def installed(site: Site, database: str) -> dict[str, str]:
    """The installed modules of a database with the version they were installed or last updated at."""
    rows = site.sql(checked(database), "SELECT name, latest_version FROM ir_module_module WHERE state = 'installed'")
    return dict(row.split("|", 1) for row in rows.splitlines())


def update(site: Site, database: str, modules: Sequence[str]) -> None:
    """Bring modules of a database to what is on disk; its data stays."""
    site.odoo(["-d", checked(database), "-u", ",".join(modules), "--stop-after-init", "--no-http"])


def drop(site: Site, database: str) -> None:
    """Remove a database and its attachments; nothing happens when there is none."""
    site.sql("postgres", f'DROP DATABASE IF EXISTS "{checked(database)}"')
    shutil.rmtree(site.filestore / database, ignore_errors=True)


def checked(database: str) -> str:
    """The name itself.

    :raises ValueError: when it is none that goes into SQL and a file path as it is
    """
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]{0,58}", database):
        raise ValueError(f"{database!r} cannot name a database: use letters, digits, _ and -")
    return database
