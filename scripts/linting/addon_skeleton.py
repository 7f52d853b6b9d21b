"""Hook: each add-on has the skeleton of the others, and each of its data files is used."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

BUILD = '[build-system]\nrequires = ["whool"]\nbuild-backend = "whool.buildapi"\n'
LICENCE = "LGPL-3"
LOADED = ("data", "demo", "report", "security", "views", "wizard")  # folders whose files a manifest lists
LOADED_SUFFIXES = {".csv", ".xml"}


def main(names: list[str]) -> int:
    """Check the add-ons that the named files belong to and return 1 when one is not as it should be."""
    addons = sorted({Path(*Path(name).parts[:2]) for name in names if len(Path(name).parts) > 2})
    failed = False
    for addon in addons:
        for fault in faults(addon):
            print(f"{addon}: {fault}")
            failed = True
    return int(failed)


def faults(addon: Path) -> Iterator[str]:
    """What an add-on lacks, in words."""
    manifest_file = addon / "__manifest__.py"
    if not manifest_file.is_file():
        yield "has no __manifest__.py"
        return
    manifest = ast.literal_eval(manifest_file.read_text(encoding="utf-8"))
    build_file = addon / "pyproject.toml"
    if not build_file.is_file() or build_file.read_text(encoding="utf-8") != BUILD:
        yield f"pyproject.toml is not exactly\n{BUILD}"
    if manifest.get("license") != LICENCE:
        yield f"the licence in __manifest__.py is not {LICENCE}"
    if not str(manifest.get("version", "")).startswith("19.0."):
        yield "the version in __manifest__.py does not start with 19.0."
    if not (addon / "readme" / "DESCRIPTION.md").is_file():
        yield "has no readme/DESCRIPTION.md"
    listed = {*manifest.get("data", ()), *manifest.get("demo", ())}
    for name in sorted(loadable(addon) - listed):
        yield f"{name} is not in __manifest__.py: list it or delete it"


def loadable(addon: Path) -> set[str]:
    """The data files of an add-on, as a manifest names them."""
    return {
        path.relative_to(addon).as_posix()
        for folder in LOADED
        for path in (addon / folder).rglob("*")
        if path.suffix in LOADED_SUFFIXES
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
