"""Hook: translations compile, keep their placeholders, and Vietnamese is complete."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

PLACEHOLDER = re.compile(r"%\(\w+\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]|%[sdifgr]|\$\{[^}]+\}")
COMPLETE = {"vi"}


def main(names: list[str]) -> int:
    """Check the .po and .pot files named and return 1 when one has a fault."""
    failed = False
    for name in names:
        for line, fault in faults(Path(name)):
            print(f"{name}:{line}: {fault}")
            failed = True
    return int(failed)


def faults(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of each fault of a file."""
    try:
        catalogue = polib.pofile(str(path), check_for_duplicates=True)
        catalogue.to_binary()
    except (OSError, ValueError, UnicodeDecodeError) as error:
        yield 1, f"does not compile: {error}"
        return
    if path.suffix == ".pot":
        absent = sorted(language for language in COMPLETE if not path.with_name(f"{language}.po").is_file())
        yield from ((1, f"{language}.po is missing beside it") for language in absent)
        return
    for entry in catalogue:
        if not entry.obsolete:
            yield from entry_faults(entry, path.stem in COMPLETE)
    yield from ((1, f"no entry for {text!r} of the template") for text in missing(path, catalogue))


def entry_faults(entry: polib.POEntry, complete: bool) -> Iterator[tuple[int, str]]:
    """The faults of one translated text.

    :param complete: whether this language must leave nothing untranslated
    """
    if entry.fuzzy:
        yield entry.linenum, f"{entry.msgid!r} is only guessed (fuzzy)"
    elif not entry.msgstr:
        if complete:
            yield entry.linenum, f"{entry.msgid!r} is not translated"
    elif sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(PLACEHOLDER.findall(entry.msgstr)):
        yield entry.linenum, f"the placeholders of {entry.msgid!r} and its translation differ"


def missing(path: Path, catalogue: polib.POFile) -> list[str]:
    """Texts of the template beside a file of a complete language that the file lacks."""
    template = next(path.parent.glob("*.pot"), None)
    if template is None or path.stem not in COMPLETE:
        return []
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}
    return [entry.msgid for entry in polib.pofile(str(template)) if (entry.msgctxt, entry.msgid) not in known]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
