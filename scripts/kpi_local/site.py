"""The local set-up as the site of the shared steps, and what local databases need beyond them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence

import kpi_steps

from . import odoo_cli, postgres
from .messages import Stop
from .paths import DATA, ROOT, filestore
from .process import log_file, run_logged, stop_if_disk_full, tail
from .stamps import remove

LOGGED_ERROR = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (ERROR|CRITICAL) ", re.MULTILINE)
# How much of the log is shown from the first error on: room for a traceback.
ERROR_LENGTH = 6000


class LocalSite:
    """Runs the steps of kpi_steps here. `log` names the file in .local/logs that Odoo's output goes to."""

    filestore = DATA / "filestore"

    def __init__(self, log: str) -> None:
        self.log = log

    def odoo(self, arguments: Sequence[str], stdin: str = "") -> None:
        """Run Odoo's command line to its end; an error in its log counts as a failure."""
        code = run_logged(odoo_cli.command(*arguments), self.log, env=odoo_cli.environment(), stdin=stdin)
        text = log_file(self.log).read_text(errors="replace")
        found = LOGGED_ERROR.search(text)
        if code == 0 and not found:
            return
        stop_if_disk_full(text)
        reason = text[found.start() :][:ERROR_LENGTH] if found else tail(log_file(self.log))
        raise Stop(f"{reason}\nOdoo failed: the reason is above (the whole log: {log_file(self.log)}).")

    def sql(self, database: str, statement: str) -> str:
        """Run one statement as Odoo's role and return its rows."""
        return "\n".join(postgres.query(statement, database))


class TerminalSite(LocalSite):
    """The same with Odoo's standard output on the terminal, for what is printed to be read."""

    def odoo(self, arguments: Sequence[str], stdin: str = "") -> None:
        """Run Odoo's command line to its end."""
        errors = log_file(self.log)
        sys.stdout.flush()
        with errors.open("w") as output:
            command, env = odoo_cli.command(*arguments), odoo_cli.environment()
            done = subprocess.run(command, env=env, input=stdin, text=True, stderr=output, cwd=ROOT, check=False)
        if done.returncode != 0:
            raise Stop(f"{tail(errors)}\nOdoo failed: the reason is above (the whole log: {errors})")


def run_in_shell(database: str, script: str, log: str) -> str:
    """Run Python in Odoo's shell and return what it printed."""
    command = odoo_cli.command("shell", "-d", database, "--no-http", "--log-level=warn")
    with log_file(log).open("w") as errors:
        done = subprocess.run(
            command,
            env=odoo_cli.environment(),
            input=script,
            text=True,
            stdout=subprocess.PIPE,
            stderr=errors,
            check=False,
        )
    if done.returncode != 0:
        raise Stop(f"{tail(log_file(log))}\nOdoo's shell failed: the reason is above.")
    return done.stdout


def databases(prefix: str) -> list[str]:
    """The names of the databases that begin so."""
    return postgres.query(f"SELECT datname FROM pg_database WHERE starts_with(datname, '{prefix}') ORDER BY 1")


def copy_database(source: str, target: str) -> None:
    """Make `target` anew as a copy of `source`, attachments included."""
    drop_database(target)
    if filestore(source).exists():
        # Attachments are never changed in place, so the copy can share them.
        shutil.copytree(filestore(source), filestore(target), copy_function=_link)
    postgres.query(f'CREATE DATABASE "{target}" TEMPLATE "{source}"{postgres.quick_copy()}')


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def drop_database(database: str) -> None:
    """Remove a database of ours, even while something is connected to it."""
    postgres.query(f'DROP DATABASE IF EXISTS "{kpi_steps.checked(database)}" WITH (FORCE)')
    remove(filestore(database))


def remember(database: str, state: dict) -> None:
    """Write down in a database's comment what it was made from: it goes when the database goes."""
    text = json.dumps(state).replace("'", "''")
    postgres.query(f"COMMENT ON DATABASE \"{database}\" IS '{text}'")


def recall(database: str) -> dict:
    """What `remember` wrote, or nothing."""
    statement = f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{database}'"
    text = "".join(postgres.query(statement))
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
