"""The Python environment .local/venv with exactly what requirements.txt pins."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .messages import Stop, step
from .odoo_source import OFFLINE, OdooSource
from .paths import ODOO_LAUNCHER, REQUIREMENTS, VENV, VENV_PYTHON
from .process import log_file, run_logged, stop_if_disk_full, tail
from .stamps import digest, is_built, mark_built, remove

PTH = "kpi_local_odoo.pth"
LAUNCHER = "import odoo.cli\n\nodoo.cli.main()\n"
RECIPE = "1"


def key(odoo: OdooSource) -> str:
    """What the environment is made from."""
    return digest([RECIPE, REQUIREMENTS.read_bytes(), str(odoo.python_path), sys.version])


def ensure(odoo: OdooSource) -> None:
    """Make the environment when it is missing, half-made or made from something else."""
    wanted = key(odoo)
    if is_built(VENV, wanted) and VENV_PYTHON.exists():
        return
    with step("Installing the Python packages"):
        # Its scripts hold its path, so it is built in place; the mark written last tells a complete one.
        remove(VENV)
        _create()
        _install()
        _point_to(odoo)
        mark_built(VENV, wanted)


def _create() -> None:
    if run_logged([sys.executable, "-m", "venv", VENV], "python-packages") != 0:
        raise Stop(_why_not("The Python environment could not be made"))


def _install() -> None:
    # The file names every package with its exact version, so pip has nothing to work out by itself.
    command = [VENV_PYTHON, "-m", "pip", "install", "--no-input", "--no-deps", "--disable-pip-version-check"]
    if run_logged([*command, "-r", REQUIREMENTS], "python-packages") != 0:
        raise Stop(_why_not("The Python packages could not be installed"))


def _why_not(problem: str) -> str:
    text = tail(log_file("python-packages"))
    stop_if_disk_full(text)
    if OFFLINE.search(text):
        return "No network: the Python packages cannot be downloaded; connect and run the same command again."
    return f"{text}\n{problem}: the reason is above; then run the same command again."


def _point_to(odoo: OdooSource) -> None:
    site = Path(
        subprocess.run(
            [VENV_PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    )
    (site / PTH).write_text(f"{odoo.python_path}\n")
    ODOO_LAUNCHER.write_text(LAUNCHER)
