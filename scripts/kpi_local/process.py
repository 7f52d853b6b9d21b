"""Running other programs: output into a log, its end shown when they fail."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .messages import Stop, say
from .paths import LOGS, ROOT

TAIL_LINES = 40
TAIL_WIDTH = 400
DISK_FULL = ("No space left on device", "Disk quota exceeded")
# With less than this left a program may fail without having had room to say why.
NO_ROOM = 20 * 1024**2


def log_file(name: str) -> Path:
    """The log of a step: .local/logs/NAME.log."""
    LOGS.mkdir(parents=True, exist_ok=True)
    return LOGS / f"{name}.log"


def tail(path: Path, lines: int = TAIL_LINES) -> str:
    """The last lines of a log."""
    if not path.exists():
        return ""
    return "\n".join(line[:TAIL_WIDTH] for line in path.read_text(errors="replace").splitlines()[-lines:])


def stop_if_disk_full(text: str) -> None:
    """Stop with a sentence of its own when a failure, whose output `text` is, comes from a full disk."""
    if any(words in text for words in DISK_FULL) or shutil.disk_usage(ROOT).free < NO_ROOM:
        raise Stop("The disk is full: make room and run the same command again.")


def run_logged(
    command: Sequence[str | os.PathLike[str]],
    log: str,
    *,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
    patient: bool = False,
    **options,
) -> int:
    """Run a command with its output in .local/logs/LOG.log (started anew) and return its exit code.

    :param stdin: text to feed; nothing when left out
    :param patient: let the command reach its end when this run is interrupted, because half of it would do harm
    :param options: passed on to `subprocess.Popen` (cwd, user, group ...)
    """
    with log_file(log).open("w") as output:
        process = subprocess.Popen(
            [os.fspath(part) for part in command],
            stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=None if env is None else dict(env),
            text=True,
            **{"cwd": ROOT, **options},
        )
        try:
            process.communicate(stdin)
        except BaseException:
            if patient:
                say("  Stopping as soon as this step has ended …")
                process.wait()
            end(process)
            raise
    return process.returncode


def checked(command: Sequence[str | os.PathLike[str]], log: str, problem: str, **options) -> None:
    """Like `run_logged`, and stop with `problem` and the log's end when the command fails."""
    if run_logged(command, log, **options) == 0:
        return
    text = tail(log_file(log))
    stop_if_disk_full(text)
    raise Stop(f"{text}\n{problem} (the whole log: {log_file(log)})")


def end(process: subprocess.Popen, patience: float = 20) -> None:
    """Stop a program that this run started: politely, then by force."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
