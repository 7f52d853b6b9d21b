"""`make bench`: runs bench/run.py on the local set-up."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from . import odoo_cli, setup
from .messages import Stop
from .paths import ROOT, VENV_PYTHON
from .process import end

SCRIPT = ROOT / "bench" / "run.py"


def run(arguments: Sequence[str]) -> int:
    """Run the benchmark with Odoo's environment and return its exit code."""
    if not SCRIPT.exists():
        raise Stop("bench/run.py is missing, so there is no benchmark to run: get a complete copy of the project.")
    setup.ensure()
    process = subprocess.Popen([str(VENV_PYTHON), str(SCRIPT), *arguments], cwd=ROOT, env=odoo_cli.environment())
    try:
        return process.wait()
    finally:
        end(process)
