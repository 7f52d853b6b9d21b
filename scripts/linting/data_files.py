"""Hook: YAML, JSON and TOML files parse."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

READERS = {".json": json.loads, ".toml": tomllib.loads, ".yaml": yaml.safe_load, ".yml": yaml.safe_load}


def main(names: list[str]) -> int:
    """Parse the files named and return 1 when one does not parse."""
    failed = False
    for name in names:
        path = Path(name)
        try:
            READERS[path.suffix](path.read_text(encoding="utf-8"))
        except (ValueError, yaml.YAMLError) as error:
            print(f"{name}: {error}")
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
