"""What was built from what: a step is done again only when its inputs changed."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .messages import Stop, say
from .paths import LOCAL, TMP

STAMP = ".built-from"


def digest(parts: Iterable[str | bytes]) -> str:
    """A short fingerprint of texts, in their order."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part.encode() if isinstance(part, str) else part)
        found.update(b"\0")
    return found.hexdigest()[:16]


def is_built(folder: Path, key: str) -> bool:
    """Whether the folder was completely built from what `key` stands for."""
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text().strip() == key


def mark_built(folder: Path, key: str) -> None:
    """Say that the folder is complete; written last, so a run that was cut off leaves no mark."""
    (folder / STAMP).write_text(key + "\n")


@contextmanager
def new_folder(target: Path, key: str) -> Iterator[Path]:
    """Build a folder under another name and put it in place, stamped, only when it is complete."""
    TMP.mkdir(parents=True, exist_ok=True)
    building = TMP / f"{target.name}.new"
    remove(building)
    building.mkdir()
    yield building
    mark_built(building, key)
    remove(target)
    building.rename(target)


def remove(folder: Path) -> None:
    """Delete a folder in one visible step: a half-deleted one is never found under its name."""
    if not folder.exists():
        return
    TMP.mkdir(parents=True, exist_ok=True)
    doomed = TMP / f"{folder.name}.old.{os.getpid()}"
    folder.rename(doomed)
    shutil.rmtree(doomed)


def sweep() -> None:
    """Clear what runs that were cut off left behind."""
    if TMP.exists():
        shutil.rmtree(TMP)


@contextmanager
def lock(name: str, doing: str, wait: bool) -> Iterator[None]:
    """Let one run at a time do something in this checkout.

    :param doing: what is done, for the sentence to whoever comes second
    :param wait: wait for the other run (and say so), or stop
    """
    LOCAL.mkdir(parents=True, exist_ok=True)
    with (LOCAL / f"{name}.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            other = f"Another run (process {file.read().strip() or 'unknown'}) {doing} in this folder"
            if not wait:
                raise Stop(f"{other}: wait for its end, or stop it, and type the command again.") from None
            say(f"{other}: waiting for its end.")
            fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield
