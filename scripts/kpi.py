"""Entry point of `make` and `scripts/odoo`: see kpi_local/ beside this file.

This file alone must be readable by any Python 3, so that an old one is told what is missing
instead of stopping at the first line it does not understand.
"""

import sys

if sys.version_info < (3, 10):
    sys.exit(
        "Python 3.10 or newer is needed and this is %d.%d: name another one, for example `PYTHON=python3.11 make demo`."
        % sys.version_info[:2]
    )

sys.dont_write_bytecode = True  # a run with sudo must not leave files that the owner of the clone cannot remove

from kpi_local.cli import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
