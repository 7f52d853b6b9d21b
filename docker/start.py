"""What a container does: `start.py` installs on the first start and serves; `start.py demo` does it with the demo."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import kpi_steps

ADDONS = Path("/opt/kpi/addons")
# The image's own entry point waits for the database and passes Odoo its address and password.
ODOO = ("/entrypoint.sh", "odoo")
# Read by `odoo shell` once, before a new database gets its name. Odoo's address inside the container may differ from the one a browser
# uses, and the PDF printer needs the former. The password comes in the environment, where no process list shows it.
FIRST_START = """
import os
env["ir.config_parameter"].set_param("report.url", "http://localhost:8069")
if os.environ.get("ADMIN_PASSWORD"):
    env.ref("base.user_admin").password = os.environ["ADMIN_PASSWORD"]
env.cr.commit()
"""


class Container:
    """The site of the steps: Odoo through the image's entry point, PostgreSQL in the container beside it."""

    filestore = Path("/var/lib/odoo/filestore")

    def odoo(self, arguments: Sequence[str], stdin: str = "") -> None:
        """Run Odoo's command line to its end.

        :raises subprocess.CalledProcessError: when it fails
        """
        subprocess.run([*ODOO, *arguments], input=stdin, text=True, check=True)

    def sql(self, database: str, statement: str) -> str:
        """Run one statement and return its rows.

        :raises subprocess.CalledProcessError: when the server refuses it
        """
        command = ["psql", "--no-psqlrc", "--tuples-only", "--no-align", "--quiet", "--set=ON_ERROR_STOP=1"]
        command += [f"--dbname={database}", f"--command={statement}"]
        done = subprocess.run(command, env={**os.environ, **address()}, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.strip()


def main(arguments: Sequence[str]) -> None:
    """Bring the database to where it should be, then become Odoo."""
    site = Container()
    if list(arguments) == ["demo"]:
        database = kpi_steps.DEMO_DATABASE
        prepare_demo(site, database)
    else:
        database = os.environ.get("KPI_DATABASE") or "kpi"
        prepare(site, database)
    os.execv(ODOO[0], [*ODOO, "-d", database])


def prepare(site: Container, database: str) -> None:
    """The company's database: made on the first start, updated when the add-ons of the image are newer."""
    versions = kpi_steps.modules_in(ADDONS)
    if not kpi_steps.exists(site, database):
        chosen = os.environ.get("KPI_MODULES") or ",".join(versions)
        say(f"Database {database}: installing {chosen}. This takes some minutes, once.")
        kpi_steps.build(site, database, [name.strip() for name in chosen.split(",")], FIRST_START)
    elif changed := kpi_steps.outdated(site, database, versions):
        say(f"Database {database}: updating {', '.join(changed)}.")
        kpi_steps.update(site, database, changed)


def prepare_demo(site: Container, database: str) -> None:
    """The demo company's database, and its tables on the terminal."""
    if not kpi_steps.demo_is_complete(site, database):
        say(f"Database {database}: making the demo company. This takes some minutes, once.")
        kpi_steps.build_demo(site, database, FIRST_START)
    kpi_steps.print_report(site, database)


def address() -> dict[str, str]:
    """The server as psql reads it, from the names and defaults that the image's entry point has for it."""
    password_file = os.environ.get("PASSWORD_FILE")
    password = Path(password_file).read_text().strip() if password_file else os.environ.get("PASSWORD", "odoo")
    return {
        "PGHOST": os.environ.get("HOST", "db"),
        "PGPORT": os.environ.get("PORT", "5432"),
        "PGUSER": os.environ.get("USER", "odoo"),
        "PGPASSWORD": password,
        "PGOPTIONS": "--client-min-messages=warning",
    }


def say(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except subprocess.CalledProcessError as error:
        sys.exit(f"Stopped: `{' '.join(error.cmd[:3])} …` failed (exit code {error.returncode}); its reason is above.")
    except (ValueError, kpi_steps.Incomplete) as error:
        sys.exit(str(error))
