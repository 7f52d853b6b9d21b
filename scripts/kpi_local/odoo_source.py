"""Odoo 19's code: the one that ODOO_HOME names, or Debian's package unpacked into .local/odoo.

The package is not installed. apt fetches it with lists and caches of its own, from the archive that this
machine's apt uses already, and checks it against the archive's signed index.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .messages import Stop, say, step
from .paths import ODOO_HOME_FILE, ODOO_TREE
from .process import checked, log_file, run_logged, stop_if_disk_full, tail
from .stamps import digest, is_built, new_folder

SERIES = "19.0"
ODOO_PACKAGE = "odoo-19"
TESTED_PACKAGE = "19.0.0+dfsg-1"
# Odoo's package links its web assets into these instead of carrying them.
ASSETS_UNSTABLE = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-montserrat",
    "fonts-roboto-unhinted",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-glyphicons-halflings",
)
# The one in unstable is version 7, which lacks the files that Odoo links to: every icon would be missing.
ASSETS_STABLE = ("fonts-font-awesome",)
UNSTABLE = "sid"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
PACKAGE_VERSION = "package-version"
# The package leaves this file out, and the web client then logs an error that fails every browser test.
LEFT_OUT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
# A second copy of the add-ons, without their data, that Odoo would look into last.
INCOMPLETE_COPY = "usr/lib/python3/dist-packages/addons"
RECIPE = digest([ODOO_PACKAGE, *ASSETS_UNSTABLE, *ASSETS_STABLE, UNSTABLE, LEFT_OUT, INCOMPLETE_COPY])

_INSTEAD = ", or none to have it downloaded (`ODOO_HOME= make demo`)"
OFFLINE = re.compile(
    r"resolv|Temporary failure|[Nn]etwork is unreachable|[Cc]ould ?n.t connect|Could not connect|"
    r"Unable to connect|timed out|Connection refused|No route to host",
)


@dataclass(frozen=True)
class OdooSource:
    """Where Odoo's code is: `python_path` holds the package `odoo`, `identity` tells one state of it from others."""

    python_path: Path
    identity: str

    @property
    def addons(self) -> Path | None:
        """The folder of Odoo's add-ons in a source checkout; the package holds them inside `odoo`, where they are found."""
        folder = self.python_path / "addons"
        return folder if (folder / "web" / "__manifest__.py").is_file() else None


def locate() -> OdooSource | None:
    """The Odoo to use, or None when it has to be downloaded first."""
    home = _home()
    if home:
        return _given(home)
    if is_built(ODOO_TREE, RECIPE):
        return _unpacked(ODOO_TREE)
    return None


def ensure() -> OdooSource:
    """The Odoo to use, downloaded and unpacked when it is not there."""
    found = locate()
    if found is None:
        with step("Getting Odoo 19"), new_folder(ODOO_TREE, RECIPE) as folder:
            _download(folder)
        found = _unpacked(ODOO_TREE)
    return found


def remember_home() -> None:
    """Keep the choice that ODOO_HOME made, so that later commands need not be told again; an empty one ends it."""
    if "ODOO_HOME" not in os.environ:
        return
    home = _home()
    if home is None:
        ODOO_HOME_FILE.unlink(missing_ok=True)
    else:
        ODOO_HOME_FILE.write_text(f"{home}\n")


def _home() -> Path | None:
    named = os.environ.get("ODOO_HOME")
    if named is None and ODOO_HOME_FILE.exists():
        named = ODOO_HOME_FILE.read_text().strip()
    return Path(named).expanduser().absolute() if named else None


def _given(home: Path) -> OdooSource:
    layouts = (home, home / "usr/lib/python3/dist-packages", home / "lib/python3/dist-packages", home.parent)
    for place in layouts:
        release = place / "odoo" / "release.py"
        if release.is_file():
            version = _series(release)
            if version != SERIES:
                raise Stop(f"ODOO_HOME={home} holds Odoo {version}: name the folder of an Odoo {SERIES}{_INSTEAD}.")
            return OdooSource(place, f"{version} {place} {_commit(place)}")
    raise Stop(f"ODOO_HOME={home} holds no Odoo (no odoo/release.py): name the folder of an Odoo {SERIES}{_INSTEAD}.")


def _series(release: Path) -> str:
    match = re.search(r"^version_info\s*=\s*\(\s*'?([^',]+)'?\s*,\s*(\d+)", release.read_text(), re.MULTILINE)
    return f"{match[1]}.{match[2]}" if match else "of an unknown version"


def _commit(place: Path) -> str:
    command = ["git", "-C", str(place), "rev-parse", "HEAD"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return found.stdout.strip()


def _unpacked(tree: Path) -> OdooSource:
    version = (tree / PACKAGE_VERSION).read_text().strip()
    return OdooSource(tree / "usr/lib/python3/dist-packages", f"{version} {RECIPE}")


def _download(folder: Path) -> None:
    archive, stable = _archive()
    debs = folder / "debs"
    debs.mkdir()
    options = _private_apt(folder / "apt", archive, stable)
    update = ["apt-get", *options, "update"]
    if run_logged(update, "odoo-download", env=_plain_language()) != 0:
        raise Stop(_why_no_download())
    wanted = [f"{name}/{UNSTABLE}" for name in (ODOO_PACKAGE, *ASSETS_UNSTABLE)]
    wanted += [f"{name}/{stable}" for name in ASSETS_STABLE]
    if run_logged(["apt-get", *options, "download", *wanted], "odoo-download", env=_plain_language(), cwd=debs) != 0:
        raise Stop(_why_no_download())
    _unpack(debs, folder)
    for leftover in ("debs", "apt", INCOMPLETE_COPY):
        checked(["rm", "-rf", folder / leftover], "odoo-unpack", "The downloaded packages could not be deleted")


def _unpack(debs: Path, folder: Path) -> None:
    for deb in sorted(debs.glob("*.deb")):
        checked(["dpkg-deb", "-x", deb, folder], "odoo-unpack", f"{deb.name} could not be unpacked")
    version = _package_version(next(debs.glob(f"{ODOO_PACKAGE}_*.deb")))
    if version != TESTED_PACKAGE:
        say(f"  Odoo's package is {version}; this project was tested with {TESTED_PACKAGE}.")
    (folder / PACKAGE_VERSION).write_text(version + "\n")
    missing = folder / "usr/lib/python3/dist-packages" / LEFT_OUT
    if not missing.exists():
        missing.parent.mkdir(parents=True, exist_ok=True)
        missing.touch()


def _package_version(deb: Path) -> str:
    command = ["dpkg-deb", "-f", str(deb), "Version"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _archive() -> tuple[str, str]:
    """Address of the Debian archive that this machine's apt uses, and the machine's own suite."""
    suite = _own_suite()
    form = "$(REPO_URI) $(RELEASE)"
    command = ["apt-get", "indextargets", "--format", form, "Identifier: Packages"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        found = None
    for line in found.stdout.splitlines() if found else []:
        address, _, release = line.strip().rpartition(" ")
        if release.rstrip("/") == suite and address.startswith(("http://", "https://", "mirror", "file:", "copy:")):
            return address, suite
    raise Stop(
        "This machine's apt names no Debian archive to get Odoo 19 from: run this on Debian 12 or newer, "
        "or name the folder of an Odoo 19 that you have, `ODOO_HOME=/path make demo`."
    )


def _own_suite() -> str:
    try:
        text = Path("/etc/os-release").read_text()
    except OSError:
        return ""
    values = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    return values.get("VERSION_CODENAME", "").strip('"')


def _private_apt(folder: Path, archive: str, stable: str) -> list[str]:
    """Options that keep apt away from the machine's own lists, caches and locks."""
    for part in ("lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    signed = f" [signed-by={KEYRING}]" if KEYRING.exists() else ""
    sources = folder / "sources.list"
    sources.write_text("".join(f"deb{signed} {archive} {suite} main\n" for suite in (UNSTABLE, stable)))
    settings = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::lists": folder / "lists",
        "Dir::Cache": folder / "cache",
        "Dir::Etc::preferencesparts": "/dev/null",
        "Dir::Etc::preferences": "/dev/null",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "Acquire::http::Timeout": "30",
        "APT::Update::Error-Mode": "any",
        # A company's mirror may lag behind. The signature is checked all the same, and another version is said.
        "Acquire::Check-Valid-Until": "false",
        # The sandbox user of apt may not be able to read a folder below a home.
        "APT::Sandbox::User": "root",
    }
    return [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]


def _plain_language() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}


def _why_no_download() -> str:
    text = tail(log_file("odoo-download"))
    stop_if_disk_full(text)
    if OFFLINE.search(text):
        return (
            "No network: Odoo 19 cannot be downloaded; connect and run the same command again, or use ODOO_HOME=/path."
        )
    return f"{text}\nOdoo 19 cannot be downloaded: the reason is above; ODOO_HOME=/path uses one that you have."
