"""Where things lie in a checkout."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
REQUIREMENTS = ROOT / "requirements.txt"

LOCAL = ROOT / ".local"
LOGS = LOCAL / "logs"
TMP = LOCAL / "tmp"
ODOO_TREE = LOCAL / "odoo"
ODOO_HOME_FILE = LOCAL / "odoo-home"
VENV = LOCAL / "venv"
VENV_PYTHON = VENV / "bin" / "python"
ODOO_LAUNCHER = VENV / "bin" / "odoo-local"
DATA = LOCAL / "data"
ODOO_CONF = LOCAL / "odoo.conf"

# Tells this checkout from others on the same machine.
CHECKOUT_ID = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]


def filestore(database: str) -> Path:
    """The folder of a database's attachments."""
    return DATA / "filestore" / database


def writable_by_me() -> bool:
    """Whether this user may write what earlier runs left in .local/ (or may create it)."""
    target = LOCAL if LOCAL.exists() else ROOT
    return os.access(target, os.W_OK | os.X_OK)
