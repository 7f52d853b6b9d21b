"""`scripts/lint [--fix] [PATH ...]`: what is said on the command line, and the run over git's files."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence

from kpi_local.messages import Stop, complain
from kpi_local.paths import ROOT

from . import toolbox

FIX_STAGE = "manual"  # the stage under which .pre-commit-config.yaml keeps the hooks that rewrite files


def main(arguments: Sequence[str]) -> int:
    """Run the checks and return the exit code: 0 when all passed."""
    options = parse(arguments)
    try:
        files = files_of_git(options.paths)
        toolbox.prepare()
        if options.fix:
            run_hooks(files, stage=FIX_STAGE)
        return run_hooks(files)
    except Stop as stop:
        complain(str(stop))
        return 1
    except OSError as error:
        complain(f"The machine refused something, {error}: mend that and run `make lint` again.")
        return 1
    except KeyboardInterrupt:
        complain("\nStopped. `make lint` goes on from here.")
        return 130


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="scripts/lint", description="All static checks of the project.")
    parser.add_argument("--fix", action="store_true", help="format and repair what a tool can, then check")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders (everything when left out)")
    return parser.parse_args(arguments)


def files_of_git(paths: Sequence[str]) -> list[str]:
    """The files that git tracks, or would track, relative to the top of the checkout.

    :raises Stop: outside a git checkout, or when nothing is found
    """
    wanted = [os.path.relpath(path, ROOT) for path in paths]
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *wanted]
    try:
        found = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except FileNotFoundError:
        raise Stop("`make lint` asks git for the files to check: install git and run it again.") from None
    except subprocess.CalledProcessError as error:
        raise Stop(
            f"`make lint` asks git for the files to check, and git says: {error.stderr.decode().strip()}"
        ) from None
    files = sorted({name for name in found.split("\0") if name and (ROOT / name).is_file()})
    if not files:
        raise Stop(f"There is no file to check in {' '.join(paths) or 'this checkout'}.")
    return files


def run_hooks(files: Sequence[str], stage: str = "pre-commit") -> int:
    """Run the hooks of one stage in .pre-commit-config.yaml over these files."""
    command = [toolbox.PYTHON, "-m", "pre_commit", "run", "--hook-stage", stage, "--files", *files]
    sys.stdout.flush()
    return subprocess.run(command, cwd=ROOT, env=toolbox.environment()).returncode
