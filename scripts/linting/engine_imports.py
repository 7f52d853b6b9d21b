"""Hook: the engine is plain Python. It imports the standard library and engines, never Odoo, never a model."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path


def main(names: list[str]) -> int:
    """Check the engine files named and return 1 when one imports what it may not."""
    failed = False
    for name in names:
        for line, module in foreign_imports(Path(name)):
            print(f"{name}:{line}: engine/ may not import {module}: the standard library and engines only")
            failed = True
    return int(failed)


def foreign_imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of each import that leaves the engine and the standard library."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if not allowed(alias.name):
                    yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and not allowed_from(path, node):
            yield node.lineno, "." * node.level + (node.module or "")


def allowed_from(path: Path, node: ast.ImportFrom) -> bool:
    """Whether `from x import y` stays in the standard library, this engine or the engine of another add-on."""
    if not node.level:
        return allowed(node.module)
    package = path.parts[: -node.level] + tuple((node.module or "").split("."))
    return "engine" in package[2:3]  # addons / add-on / engine


def allowed(module: str) -> bool:
    """Whether a module named in full may be imported: the standard library's may."""
    return module.split(".")[0] in sys.stdlib_module_names


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
