"""What `make` and `scripts/odoo` call: one command each, and one sentence when something is in the way."""

from __future__ import annotations

import errno
import signal
import subprocess
from collections.abc import Callable, Sequence

import kpi_steps

from . import bench, clean, demo, odoo_cli, pictures, setup, testing
from .messages import Stop, complain

INTERRUPTED = 130
TERMINATED = 143


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code."""
    name = arguments[0] if arguments else ""
    if name not in COMMANDS:
        complain(f"Usage: kpi.py {'|'.join(COMMANDS)}")
        return 2
    for received in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(received) != signal.SIG_IGN:  # nohup wants the run to outlive the terminal
            signal.signal(received, _terminate)
    try:
        return COMMANDS[name](arguments[1:])
    except (Stop, kpi_steps.Incomplete) as problem:
        complain(str(problem))
        return 1
    except KeyboardInterrupt:
        complain(f"\nStopped. {_again(name)} goes on from here.")
        return INTERRUPTED
    except subprocess.CalledProcessError as error:
        complain(f"`{' '.join(map(str, error.cmd))}` failed (exit code {error.returncode}): {error.stderr or ''}")
        return 1
    except OSError as error:
        complain(_system_error(error))
        return 1


def _terminate(_number: int, _frame: object) -> None:
    """End like after Ctrl-C, so that what was started is stopped."""
    raise SystemExit(TERMINATED)


def _again(name: str) -> str:
    return "`scripts/odoo`" if name == "odoo" else f"`make {name}`"


def _system_error(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full: make room and run the same command again."
    if isinstance(error, PermissionError):
        return (
            f"{error.filename} may not be touched by this user, probably because an earlier run was another user's: "
            "run the command as that user, or let that user run `make clean`."
        )
    return f"The machine refused something, {error}: mend that and run the same command again."


def _demo(_arguments: Sequence[str]) -> int:
    return demo.run()


def _odoo(arguments: Sequence[str]) -> int:
    setup.ensure()
    odoo_cli.replace_process(arguments)
    return 0


def _stop(_arguments: Sequence[str]) -> int:
    clean.stop()
    return 0


def _clean(_arguments: Sequence[str]) -> int:
    clean.clean()
    return 0


def _setup(_arguments: Sequence[str]) -> int:
    setup.ensure(browser="--browser" in _arguments)
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "setup": _setup,
    "demo": _demo,
    "test": testing.run,
    "bench": bench.run,
    "screenshots": pictures.run,
    "odoo": _odoo,
    "stop": _stop,
    "clean": _clean,
}
