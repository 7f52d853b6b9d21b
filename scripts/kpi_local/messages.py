"""What is said on the terminal: steps with their time, and one sentence when something is wrong."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stop(Exception):
    """Ends the run with one sentence that says what is wrong and the way out."""


def say(text: str) -> None:
    """Print one line at once, also when the output is a pipe."""
    print(text, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce a step that takes a while and print the time it took."""
    say(f"· {title} …")
    start = time.monotonic()
    yield
    say(f"  {title}: {duration(time.monotonic() - start)}")


def duration(seconds: float) -> str:
    """Seconds as a person says them: `8 s`, `3 min 05 s`."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60:02d} s"


def complain(text: str) -> None:
    """Print an error after everything that was printed before it."""
    sys.stdout.flush()
    print(text, file=sys.stderr, flush=True)


def in_ci() -> bool:
    """Whether a build server runs this (nobody reads along, nobody answers)."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}
