"""Hook: text files end as they should (`--fix` repairs), and no source file has outgrown one idea."""

from __future__ import annotations

import re
import sys
from pathlib import Path

TRAILING_BLANKS = re.compile(rb"[ \t]+$", re.MULTILINE)
CONFLICT = re.compile(rb"^(<{7}|>{7}) ", re.MULTILINE)
SOURCES = {".js", ".py"}
MAX_LINES = 300  # files under 300 lines: past that, one holds two ideas


def main(arguments: list[str]) -> int:
    """Check (or repair) the files named and return 1 when something is left to do."""
    fix = "--fix" in arguments
    failed = False
    for name in arguments:
        if name == "--fix":
            continue
        path = Path(name)
        content = path.read_bytes()
        if b"\0" in content:
            continue
        clean = cleaned(content)
        if fix and clean != content:
            path.write_bytes(clean)
            content = clean
        for complaint in complaints(path, content, clean):
            print(f"{name}: {complaint}")
            failed = True
    return int(failed)


def cleaned(content: bytes) -> bytes:
    """The same text with Unix line ends, no blanks at line ends and exactly one newline at its end."""
    text = TRAILING_BLANKS.sub(b"", content.replace(b"\r\n", b"\n"))
    return text.rstrip(b"\n") + b"\n" if text.strip() else b""


def complaints(path: Path, content: bytes, clean: bytes) -> list[str]:
    """What is wrong with a file, in words."""
    found = []
    if content != clean:
        found.append("blanks at a line's end, foreign line ends or a missing last newline: scripts/lint --fix")
    if CONFLICT.search(content):
        found.append("a merge conflict is left in it")
    lines = content.count(b"\n")
    if path.suffix in SOURCES and "tests" not in path.parts and lines > MAX_LINES:
        found.append(f"{lines} lines, more than {MAX_LINES}: it holds two ideas, give each its file")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
