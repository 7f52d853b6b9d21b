"""An Odoo server of ours, for as long as a block of code lasts."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request

from . import odoo_cli
from .messages import Stop
from .paths import ROOT
from .process import end, log_file, tail

PATIENCE = 180


class Server:
    """Serves one database while it is entered, and is stopped by its process number afterwards.

    :param port: the port to serve on; a free one when left out
    :param crons: run scheduled actions too
    """

    def __init__(self, database: str, log: str, port: int | None = None, crons: bool = False) -> None:
        self.database = database
        self.log = log_file(log)
        self.port = port or free_port()
        self.more = [] if crons else ["--max-cron-threads=0"]
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> Server:
        self.log.unlink(missing_ok=True)
        only = f"--db-filter=^{self.database}$"
        arguments = ["-d", self.database, only, f"--http-port={self.port}", f"--logfile={self.log}", *self.more]
        # In a session of its own, so that Ctrl-C reaches it through us alone: Odoo takes a second signal for impatience.
        self.process = subprocess.Popen(
            odoo_cli.command(*arguments),
            env=odoo_cli.environment(),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self._wait_until_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process:
            end(self.process)

    def wait(self) -> int:
        """Wait until the server ends by itself and return its exit code."""
        return self.process.wait()

    def _wait_until_ready(self) -> None:
        """Wait for the log-in page: opening it builds the styles, which would make the first visitor wait."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise Stop(f"{tail(self.log)}\nOdoo stopped while it started: the reason is above.")
            try:
                with urllib.request.urlopen(f"{self.address}/web/login", timeout=PATIENCE):
                    return
            except urllib.error.HTTPError as error:
                raise Stop(f"{tail(self.log)}\nOdoo answers {error.code} to its log-in page: see above.") from error
            except OSError:
                time.sleep(0.3)
        raise Stop(f"{tail(self.log)}\nOdoo does not answer after {PATIENCE} seconds: the reason is above.")


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
