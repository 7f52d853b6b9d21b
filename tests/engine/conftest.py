"""Makes the engines importable without Odoo.

An add-on's own ``__init__`` imports its models and with them Odoo. So the packages around the engines are put
in place bare, and the engines are imported as ``kpi_addons.<add-on>.engine``, relative imports included.
"""

import os
import sys
import types
from pathlib import Path

from hypothesis import settings

ADDONS = Path(__file__).parents[2] / "addons"


def _bare_package(name: str, path: Path) -> None:
    package = types.ModuleType(name)
    package.__path__ = [str(path)]
    sys.modules[name] = package


_bare_package("kpi_addons", ADDONS)
for _addon in ("kpi_management", "kpi_hr_bonus"):
    _bare_package(f"kpi_addons.{_addon}", ADDONS / _addon)

# No deadline: a busy machine is not a mistake. No files: every run starts from the same nothing. In CI the
# examples are the same each time, elsewhere new ones are looked for.
settings.register_profile("engine", deadline=None, database=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("engine")
