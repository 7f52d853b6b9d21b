"""A PostgreSQL cluster of this checkout's own, on a Unix socket that only its owner may use.

It listens on no network port, so it cannot meet another checkout's or the machine's own server.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from .messages import Stop, say, step
from .paths import CHECKOUT_ID, LOCAL, ROOT
from .process import checked, log_file, run_logged, stop_if_disk_full, tail

OLDEST = 13
# Only part of the socket's file name: nothing listens on it.
PORT = 5432
SUPERUSER = "postgres"
# Odoo refuses to connect as `postgres`.
ROLE = "kpi"
SERVER_USER = "postgres"
SOCKET_NAME_MAX = 107
PROGRAMS = ("initdb", "pg_ctl", "postgres", "psql", "pg_dump", "pg_restore")
# Says that the cluster is complete and which version made it. Not in the cluster's own folder, which may lie outside
# .local/: whoever removes .local/ by hand gets a new cluster, not databases whose attachments are gone.
COMPLETE = LOCAL / "postgres-complete"
SETTINGS = """
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
# A crash of the machine may lose the last half second, and never damages a database.
synchronous_commit = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
checkpoint_timeout = 30min
jit = off
timezone = 'UTC'
log_min_messages = warning
lc_messages = 'C'
"""


@cache
def find_binaries() -> Path | None:
    """The folder of the newest PostgreSQL server programs of this machine, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if all((folder / program).exists() for program in PROGRAMS) and _version(folder) >= OLDEST:
            return folder
    return None


def binaries() -> Path:
    """The folder of PostgreSQL's programs; stops with a sentence when there is none."""
    found = find_binaries()
    if found is None:
        raise Stop(f"PostgreSQL {OLDEST} or newer is not on this machine: `apt-get install postgresql`.")
    return found


@cache
def _version(folder: Path) -> int:
    try:
        command = [str(folder / "postgres"), "--version"]
        text = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    match = re.search(r"\s(\d+)", text)
    return int(match[1]) if match else 0


@cache
def cluster_folder() -> Path:
    """Where the cluster lies: below .local/, or below /var/lib where its server could not get at that."""
    inside = LOCAL / "postgres"
    if not _is_root() or _reachable(inside, SERVER_USER):
        return inside
    return Path("/var/lib/kpi-local") / CHECKOUT_ID


def socket_folder() -> Path:
    """Where the socket lies: in the cluster's folder, or under a short name where that path is too long."""
    inside = cluster_folder() / "socket"
    if len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= SOCKET_NAME_MAX - 5:  # its lock file's name is 5 longer
        return inside
    return Path(tempfile.gettempdir()) / f"kpi-local-{os.getuid()}-{CHECKOUT_ID}"


def _is_root() -> bool:
    return os.geteuid() == 0


def _reachable(folder: Path, user: str) -> bool:
    """Whether every folder above lets the user pass."""
    account = _account(user)
    groups = set(os.getgrouplist(user, account.pw_gid))
    for parent in folder.parents:
        if not parent.exists():
            continue
        found = parent.stat()
        if found.st_uid == account.pw_uid:
            allowed = found.st_mode & stat.S_IXUSR
        elif found.st_gid in groups:
            allowed = found.st_mode & stat.S_IXGRP
        else:
            allowed = found.st_mode & stat.S_IXOTH
        if not allowed:
            return False
    return True


def _account(user: str) -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(user)
    except KeyError:
        raise Stop(
            f"PostgreSQL does not run as root and this machine has no user `{user}` to run it: "
            f"`useradd --system {user}`, or run the same command as an ordinary user."
        ) from None


def _server_user() -> dict:
    """Options for `subprocess` that run a server program as an ordinary user."""
    if not _is_root():
        return {}
    account = _account(SERVER_USER)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _private_folder(folder: Path) -> None:
    """Make a folder that belongs to the server's user and nobody else enters."""
    folder.mkdir(parents=True, exist_ok=True)
    found = folder.lstat()
    if stat.S_ISLNK(found.st_mode) or found.st_uid not in {os.geteuid(), _server_uid()}:
        raise Stop(f"{folder} belongs to somebody else: have it removed and run the same command again.")
    folder.chmod(0o700)
    if _is_root():
        os.chown(folder, _server_uid(), _account(SERVER_USER).pw_gid)


def _server_uid() -> int:
    return _account(SERVER_USER).pw_uid if _is_root() else os.geteuid()


def ensure() -> None:
    """Make the cluster when it is missing or half-made, and start it when it is down."""
    binaries()
    if is_running():
        return
    if _is_complete():
        _check_version()
        _start()
    else:
        with step("Making the database cluster"):
            _create()


def _is_complete() -> bool:
    return COMPLETE.exists() and (cluster_folder() / "data").exists()


def _create() -> None:
    folder = cluster_folder()
    if folder.parent != LOCAL:
        say(f"  PostgreSQL's user cannot enter {ROOT}, so the database lies in {folder} (`make clean` removes it).")
        folder.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    discard()
    _private_folder(folder)
    # initdb insists on an empty folder.
    command = [binaries() / "initdb", "-D", folder / "data", "-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8"]
    options = ["-A", "trust", "--no-instructions", "--no-sync"]
    checked([*command, *options], "postgres-setup", "The database cluster could not be made", **_run_options())
    _start()
    statement = f"CREATE ROLE {ROLE} LOGIN CREATEDB"
    checked(_psql(SUPERUSER, "postgres", statement), "postgres-setup", "Odoo's database user could not be made")
    COMPLETE.write_text(f"{_version(binaries())}\n")


def _run_options() -> dict:
    return {"cwd": cluster_folder(), "env": {**os.environ, "LC_ALL": "C.UTF-8"}, **_server_user()}


def _check_version() -> None:
    made_by = int(COMPLETE.read_text())
    if made_by != _version(binaries()):
        raise Stop(
            f"The local databases were made by PostgreSQL {made_by} and this machine now has {_version(binaries())}: "
            "`make clean` removes them, or install the older one again."
        )


def _start() -> None:
    socket = socket_folder()
    data = cluster_folder() / "data"
    stop()  # one that runs without answering has lost its socket, to a cleaner of temporary files
    # Notes left by a crash: the process number in them may be another program's by now, which would forbid the start.
    for note in (data / "postmaster.pid", socket / f".s.PGSQL.{PORT}.lock"):
        note.unlink(missing_ok=True)
    _private_folder(socket)
    (data / "postgresql.auto.conf").write_text(SETTINGS.format(port=PORT, socket=socket).lstrip())
    server_log = cluster_folder() / "server.log"
    command = [binaries() / "pg_ctl", "-D", data, "-l", server_log, "-w", "-t", "60", "start"]
    if run_logged(command, "postgres-start", **_run_options()) != 0:
        raise Stop(_why_no_start(server_log))


def _why_no_start(server_log: Path) -> str:
    text = tail(log_file("postgres-start")) + "\n" + tail(server_log, 10)
    stop_if_disk_full(text)
    return f"{text}\nThe local PostgreSQL does not start: the reason is above; `make clean` begins anew (and drops its data)."


def is_running() -> bool:
    """Whether the cluster answers."""
    if not _is_complete():
        return False
    command = [binaries() / "pg_isready", "-q", "-h", socket_folder(), "-p", str(PORT)]
    return subprocess.run(command, check=False).returncode == 0


def stop() -> bool:
    """Stop the cluster; says whether it was running."""
    if not _is_alive():
        return False
    command = [binaries() / "pg_ctl", "-D", cluster_folder() / "data", "-m", "fast", "-w", "stop"]
    return run_logged(command, "postgres-stop", **_run_options()) == 0


def _is_alive() -> bool:
    """Whether the process that the cluster's note names is really its server."""
    data = cluster_folder() / "data"
    try:
        process = (data / "postmaster.pid").read_text().split()[0]
        return str(data) in Path(f"/proc/{process}/cmdline").read_text()
    except (OSError, IndexError):
        return False


def discard() -> None:
    """Remove the cluster with all its databases."""
    stop()
    COMPLETE.unlink(missing_ok=True)
    for folder in {cluster_folder(), socket_folder()}:
        if folder.exists():
            shutil.rmtree(folder)
    with suppress(OSError):  # another checkout's cluster may lie beside it
        if cluster_folder().parent != LOCAL:
            cluster_folder().parent.rmdir()


def client_environment() -> dict[str, str]:
    """What lets psql, createdb and pg_dump find the cluster."""
    return {"PGHOST": str(socket_folder()), "PGPORT": str(PORT), "PGUSER": ROLE}


def _psql(role: str, database: str, statement: str) -> list[str]:
    options = ["-h", str(socket_folder()), "-p", str(PORT), "-U", role, "-d", database]
    return [str(binaries() / "psql"), *options, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statement]


def query(statement: str, database: str = "postgres") -> list[str]:
    """Run SQL as Odoo's role and return the lines of its answer."""
    answer = subprocess.run(_psql(ROLE, database, statement), capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        stop_if_disk_full(answer.stderr)
        raise Stop(f"{answer.stderr.strip()}\nThe local PostgreSQL refused a command: the reason is above.")
    return answer.stdout.splitlines()


def quick_copy() -> str:
    """What makes CREATE DATABASE copy files instead of logging every page, from the version on that has the choice."""
    return " STRATEGY file_copy" if _version(binaries()) >= 15 else ""
