"""`make demo`: the demo company's database, its tables on the terminal, and Odoo in the browser."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path

import kpi_steps

from . import odoo_cli, setup, stamps
from .addons import content_keys
from .messages import Stop, say, step
from .paths import LOCAL, ODOO_LAUNCHER, ROOT
from .server import Server
from .site import LocalSite, TerminalSite, drop_database, recall, remember

SERVER_PID = LOCAL / "demo-server.pid"


def run() -> int:
    """Make the demo if it is not there, print it, and serve it unless SERVE=0."""
    port = _port()
    serve = os.environ.get("SERVE", "1") != "0"
    if serve:
        _check_port(port)
    setup.ensure()
    ensure()
    kpi_steps.print_report(TerminalSite("demo-report"))
    return _serve(port) if serve else 0


def ensure() -> str:
    """Make the demo company's database when it is missing, and return its name."""
    with stamps.lock("demo", "is making the demo company", wait=False):
        _make()
    return kpi_steps.DEMO_DATABASE


def _port() -> int:
    text = os.environ.get("HTTP_PORT") or str(odoo_cli.DEFAULT_PORT)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop(f"HTTP_PORT={text} is no port: name a number, for example `HTTP_PORT=8070 make demo`.")
    return int(text)


def _check_port(port: int) -> None:
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if probe.connect_ex((address, port)) == 0:
                other = "the demo of this folder (`make stop` stops it)" if _running_server() else "another program"
                raise Stop(
                    f"Port {port} is taken by {other}: stop it, or choose another port, "
                    f"`HTTP_PORT={port + 1} make demo` (`SERVE=0 make demo` only prints)."
                )


def _make() -> None:
    site = LocalSite("demo-install")
    database = kpi_steps.DEMO_DATABASE
    if not (ROOT / "addons" / kpi_steps.DEMO_MODULE).is_dir():
        raise Stop(
            "addons/kpi_demo is missing, so there is no demo company to make: get a complete copy of the project."
        )
    if kpi_steps.demo_is_complete(site, database):
        _refresh(site, database)
        return
    if kpi_steps.exists(site, database):
        say("An earlier run left the demo company half-made: it is made anew.")
        drop_database(database)
    drop_database(f"{database}_new")
    with step("Making the demo company (some minutes, once)"):
        kpi_steps.build_demo(site, database)
        remember(database, {"modules": content_keys()})


def _refresh(site: LocalSite, database: str) -> None:
    """Bring the add-ons of the database to the code that is here; its data stays."""
    keys = content_keys()
    known = recall(database).get("modules")
    if known is None:  # made by hand: what it was made from is not known
        remember(database, {"modules": keys})
        return
    installed = set(site.sql(database, "SELECT name FROM ir_module_module WHERE state = 'installed'").splitlines())
    changed = [name for name, key in keys.items() if name in installed and known.get(name) != key]
    if changed:
        with step(f"Updating {', '.join(changed)} in the demo database (its data stays)"):
            kpi_steps.update(site, database, changed)
    if changed or known != keys:
        remember(database, {"modules": keys})


def _serve(port: int) -> int:
    """Run Odoo until somebody stops it."""
    try:
        say("· Starting Odoo …")
        with Server(kpi_steps.DEMO_DATABASE, "demo-server", port, crons=True) as server:
            SERVER_PID.write_text(str(server.process.pid))
            say(
                f"\nhttp://localhost:{port} is ready: log in as admin with the password admin, or as one of the people "
                "above. Ctrl-C stops it."
            )
            return server.wait()
    except KeyboardInterrupt:
        say("\nStopped. `make demo` starts it again with what you did in it; `make stop` stops the database too.")
        return 0
    finally:
        SERVER_PID.unlink(missing_ok=True)


def _running_server() -> int | None:
    """The process of the demo's server, if it runs."""
    try:
        process = int(SERVER_PID.read_text())
        words = Path(f"/proc/{process}/cmdline").read_text()
    except (OSError, ValueError):
        return None
    return process if str(ODOO_LAUNCHER) in words else None


def stop_server() -> bool:
    """Stop the demo's server when it runs in the background; says whether it did."""
    process = _running_server()
    if process is None:
        return False
    os.kill(process, signal.SIGTERM)
    for _ in range(100):
        if _running_server() is None:
            break
        time.sleep(0.1)
    return True
