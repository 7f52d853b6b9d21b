"""What the machine itself must have: system packages and room on the disk."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from . import postgres
from .messages import Stop, say, step
from .odoo_source import OFFLINE
from .paths import LOCAL, ODOO_TREE, ROOT
from .process import log_file, run_logged, stop_if_disk_full, tail

GIB = 1024**3
ROOM_FIRST = 4 * GIB
ROOM_LATER = 1 * GIB
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Optional packages that this machine's release does not have, so that it is not asked again each time.
NOT_OFFERED = LOCAL / "packages-not-offered"
CLUSTER_CHOICE = Path("/etc/postgresql-common/createcluster.d/kpi-local.conf")
# Without them everything works but one thing, which is said.
OPTIONAL = {"wkhtmltopdf": "reports cannot be printed as PDF"}


def check_room() -> None:
    """Stop before the long work when the disk cannot hold it."""
    needed = ROOM_LATER if ODOO_TREE.exists() else ROOM_FIRST
    free = shutil.disk_usage(ROOT).free
    if free < needed:
        raise Stop(
            f"The disk has {free / GIB:.1f} GB free and this needs {needed / GIB:.0f} GB: "
            "make room and run the same command again."
        )


def missing_packages(browser: bool) -> list[str]:
    """Debian's names of what the machine lacks.

    :param browser: whether a browser is needed too (for tests and pictures)
    """
    missing = []
    if postgres.find_binaries() is None:
        missing.append("postgresql")
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if shutil.which("wkhtmltopdf") is None and "wkhtmltopdf" not in _not_offered():
        missing.append("wkhtmltopdf")
    if not FONT.exists():
        missing.append("fonts-dejavu-core")  # pages and PDFs need letters for Vietnamese
    if browser and not any(shutil.which(name) for name in BROWSERS):
        missing.append("chromium")
    return missing


def ensure_packages(browser: bool = False) -> None:
    """Install the system packages that are missing, with root's rights or sudo."""
    missing = missing_packages(browser)
    if not missing:
        return
    if shutil.which("apt-get") is None:
        _need([name for name in missing if name not in OPTIONAL], "This machine has no apt-get")
        return
    prefix = _rights(missing)
    if prefix is None:
        return
    with step(f"Installing the system packages {' '.join(missing)}"):
        _apt([*prefix, "apt-get", "update"], missing, must=False)
        missing = [name for name in missing if name not in OPTIONAL or _offered(name)]
        with _no_default_cluster(prefix):
            _apt([*prefix, *_INSTALL, *missing], missing)
    postgres.find_binaries.cache_clear()
    lacking = [name for name in OPTIONAL if shutil.which(name) is None]
    for name in lacking:
        say(f"  {name} is not offered for this machine: {OPTIONAL[name]}.")
    NOT_OFFERED.write_text("\n".join(lacking))


def _not_offered() -> list[str]:
    return NOT_OFFERED.read_text().split() if NOT_OFFERED.exists() else []


_INSTALL = (
    "env",
    "DEBIAN_FRONTEND=noninteractive",
    "apt-get",
    "install",
    "--yes",
    "--no-install-recommends",
    "-o",
    "Dpkg::Options::=--force-confold",
    "-o",
    "DPkg::Lock::Timeout=120",
)


def _need(packages: Sequence[str], why: str) -> None:
    if packages:
        names = " ".join(packages)
        raise Stop(
            f"{why}, and these packages are missing: `sudo apt-get install {names}`, then the same command again."
        )


def _rights(missing: Sequence[str]) -> list[str] | None:
    """What to put before a command to run it as root; None when only optional packages are missing and it cannot be."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and (_sudo_is_free(sudo) or sys.stdin.isatty()):
        return [sudo]
    _need([name for name in missing if name not in OPTIONAL], "There is no right to install system packages")
    for name in missing:
        say(f"{name} is missing, so {OPTIONAL[name]}: `sudo apt-get install {name}`.")
    return None


def _sudo_is_free(sudo: str) -> bool:
    return subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0


def _offered(package: str) -> bool:
    answer = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True, check=False)
    return "Candidate: " in answer.stdout and "Candidate: (none)" not in answer.stdout


@contextmanager
def _no_default_cluster(prefix: Sequence[str]) -> Iterator[None]:
    """Keep Debian's package from making and starting a database server of its own beside the local one.

    Its scripts read this folder; the file is there only while the package is being installed.
    """
    script = f"mkdir -p {CLUSTER_CHOICE.parent} && echo 'create_main_cluster = false' > {CLUSTER_CHOICE}"
    subprocess.run([*prefix, "sh", "-c", script], check=False)
    try:
        yield
    finally:
        subprocess.run([*prefix, "rm", "-f", str(CLUSTER_CHOICE)], check=False)


def _apt(command: Sequence[str], packages: Sequence[str], must: bool = True) -> None:
    """Run apt to its end: dpkg that is stopped half-way would leave the machine to be repaired by hand."""
    code = run_logged(command, "system-packages", env={**os.environ, "LC_ALL": "C"}, patient=True)
    if code == 0 or not must:
        return
    text = tail(log_file("system-packages"))
    names = " ".join(packages)
    stop_if_disk_full(text)
    if OFFLINE.search(text):
        raise Stop(
            f"No network: the system packages {names} cannot be installed; connect and run the same command again."
        )
    raise Stop(f"{text}\nThe system packages could not be installed: try `sudo apt-get install {names}`.")
