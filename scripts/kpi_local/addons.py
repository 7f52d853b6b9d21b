"""What the project's add-ons say of themselves in their manifests."""

from __future__ import annotations

import ast
from pathlib import Path

from .messages import Stop
from .paths import ADDONS
from .stamps import digest

MANIFEST = "__manifest__.py"
DEMO = "kpi_demo"
IGNORED = {"__pycache__"}


def has_addons(folder: Path) -> bool:
    """Whether at least one add-on lies in the folder."""
    return any(folder.glob(f"*/{MANIFEST}"))


def manifests(folder: Path = ADDONS) -> dict[str, dict]:
    """The manifests of all installable add-ons in the folder, by name."""
    found = {}
    for file in sorted(folder.glob(f"*/{MANIFEST}")):
        try:
            content = ast.literal_eval(file.read_text())
        except (SyntaxError, ValueError) as error:
            raise Stop(f"{file} is not a dictionary that Odoo can read: {error}") from error
        if content.get("installable", True):
            found[file.parent.name] = content
    return found


def tested_modules() -> list[str]:
    """The add-ons that the tests install: all but the demo company."""
    return [name for name in manifests() if name != DEMO]


def outside_dependencies(without_demo: bool = True) -> list[str]:
    """The modules of Odoo and OCA that our add-ons name, what they need in turn left out."""
    ours = manifests()
    chosen = {name: content for name, content in ours.items() if not (without_demo and name == DEMO)}
    named = {module for content in chosen.values() for module in content.get("depends", [])}
    for content in chosen.values():
        auto = content.get("auto_install")
        named |= set(auto) if isinstance(auto, (list, tuple, set)) else set()
    return sorted(named - set(ours))


def content_key(module: Path) -> str:
    """A fingerprint of everything in an add-on."""
    files = (file for file in sorted(module.rglob("*")) if file.is_file() and not IGNORED & set(file.parts))
    return digest(part for file in files for part in (str(file.relative_to(module)), file.read_bytes()))


def content_keys() -> dict[str, str]:
    """The fingerprints of all add-ons, by name."""
    return {name: content_key(ADDONS / name) for name in manifests()}
