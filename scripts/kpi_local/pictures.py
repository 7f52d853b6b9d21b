"""`make screenshots`: serves the demo on a free port and takes its pictures with scripts/screenshots.py."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from . import demo, odoo_cli, setup
from .messages import step
from .paths import ROOT, VENV_PYTHON
from .process import end
from .server import Server

SCRIPT = ROOT / "scripts" / "screenshots.py"


def run(arguments: Sequence[str]) -> int:
    """Take the pictures; `arguments` go to the script (see its --help)."""
    setup.ensure(browser=True)
    database = demo.ensure()
    with step("Taking pictures"), Server(database, "screenshots-server") as server:
        command = [str(VENV_PYTHON), str(SCRIPT), "--base", server.address, *arguments]
        process = subprocess.Popen(command, cwd=ROOT, env=odoo_cli.environment())
        try:
            return process.wait()
        finally:
            end(process)
