"""The engines stand on their own: no Odoo, nothing but the standard library, and true examples in the docstrings."""

import ast
import doctest
import importlib
import sys
from pathlib import Path

import pytest

ADDONS = Path(__file__).parents[2] / "addons"
ENGINES = ("kpi_management", "kpi_hr_bonus")
FILES = [path for addon in ENGINES for path in sorted((ADDONS / addon / "engine").rglob("*.py"))]
IDS = [str(path.relative_to(ADDONS)) for path in FILES]


def imported(path):
    """(relative level, module) of each import in a file, wherever in the file it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""


def offences(path):
    """What a file of an engine imports and must not."""
    for level, module in imported(path):
        if level == 0 and module.split(".")[0] not in sys.stdlib_module_names:
            yield module
        elif level == 2 or level > 3 or (level == 3 and not module.startswith("kpi_management.engine")):
            yield "." * level + module


def test_both_engines_are_looked_at():
    assert len([path for path in FILES if path.name == "__init__.py"]) == len(ENGINES)


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_engine_imports_the_standard_library_and_itself_only(path):
    assert list(offences(path)) == []


@pytest.mark.parametrize(
    "line", ["import odoo", "from odoo import fields", "import dateutil", "from ..models import kpi"]
)
def test_a_forbidden_import_would_be_found(tmp_path, line):
    path = tmp_path / "engine.py"
    path.write_text(f"def compute():\n    {line}\n", encoding="utf-8")

    assert len(list(offences(path))) == 1


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_files_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < 300


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_examples_in_docstrings(path):
    parts = path.relative_to(ADDONS).with_suffix("").parts
    module = importlib.import_module(".".join(("kpi_addons", *parts)).removesuffix(".__init__"))

    assert doctest.testmod(module).failed == 0


def test_there_are_examples():
    assert sum(">>>" in path.read_text(encoding="utf-8") for path in FILES) >= 8
