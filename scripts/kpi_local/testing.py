"""`make test`: every test there is, in parts, with one line at the end that counts them all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import kpi_steps

from . import odoo_cli, setup, stamps, templates
from .messages import Stop, complain, duration, say
from .paths import ADDONS, LOCAL, LOGS, ODOO_CONF, ROOT, VENV_PYTHON
from .process import end

PASSED, SKIPPED, FAILED = range(3)
TESTS = ROOT / "tests"
# Folders of tests that run inside Odoo.
INSIDE_ODOO = (ADDONS, TESTS / "chain", TESTS / "translations")
# A run that collected no test: pytest's exit code.
NOTHING_COLLECTED = 5
# Odoo's plug-in wants a database; what needs none runs without it.
WITHOUT_ODOO = ("-p", "no:odoo")
# Each process works on a copy of the test database, and a class of tests stays in one process.
SIDE_BY_SIDE = ("-n", str(max(1, min(4, os.cpu_count() or 1))), "--dist", "loadscope")
WITH_ODOO = (
    f"--odoo-config={ODOO_CONF}",
    f"--odoo-database={templates.TEST_DATABASE}",
    "--odoo-http",
    "--odoo-extra=max-cron-threads=0",
)
# A warning of a library that Odoo uses, of no use to who reads the results.
NOT_OURS = ("-W", "ignore:'crypt' is deprecated:DeprecationWarning")
# What hangs fails, and says where, instead of taking the whole run with it: a query after five minutes, anything else
# after fifteen. The slowest test takes about one.
HANGS = ("--timeout=900", "--timeout-method=thread")
# Tests fill tables and roll back, thousands of times in one session. A plan that PostgreSQL keeps from when a table was
# empty, of a foreign key's check say, would read all that is left of them, for every row.
POSTGRES = "-c statement_timeout=5min -c plan_cache_mode=force_custom_plan"
COMMON = (
    f"--rootdir={ROOT}",
    "-p",
    "no:cacheprovider",
    "-q",
    "-rfE",
    "--durations=8",
    "--durations-min=5",
    *HANGS,
    *NOT_OURS,
)


@dataclass
class Part:
    """A run of pytest and what came of it."""

    name: str
    paths: Sequence[Path]
    options: Sequence[str]
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failure: str = field(default="")

    @property
    def files(self) -> list[Path]:
        """The test files it should run."""
        return [file for path in self.paths for file in _test_files(path)]


def _test_files(path: Path) -> Iterable[Path]:
    return (file for file in sorted(path.rglob("test_*.py")) if path != ADDONS or "tests" in file.parts)


def run(arguments: Sequence[str]) -> int:
    """Run all tests, or those that `arguments` (as for pytest) name."""
    with stamps.lock("test", "is running the tests", wait=False):
        return _run_some(arguments) if arguments else _run_all()


def _run_all() -> int:
    odoo = setup.ensure(browser=True)
    parts = [Part("engine", [TESTS / "engine"], WITHOUT_ODOO)]
    _run_part(parts[0])
    modules = Part("modules", INSIDE_ODOO, (*WITH_ODOO, *SIDE_BY_SIDE))
    outside = Part("e2e", [TESTS / "e2e"], WITHOUT_ODOO)
    parts += [modules, outside]
    try:
        templates.fresh_test_database(odoo)
    except (Stop, kpi_steps.Incomplete) as problem:
        complain(str(problem))
        modules.failure = outside.failure = "there is no database with the add-ons to run them in"
    else:
        # First the black box, which works on a copy, as the other tests may leave traces.
        _run_part(outside)
        _run_part(modules)
    return _sum_up(parts)


def _run_some(arguments: Sequence[str]) -> int:
    """The developer's loop: only what is named, in the databases that are there."""
    odoo = setup.ensure(browser=True)
    named = [word for word in arguments if (ROOT / word.split("::")[0]).exists() and not word.startswith("-")]
    options = [word for word in arguments if word not in named]
    status = 0
    named = named or [str(path.relative_to(ROOT)) for path in INSIDE_ODOO]
    for kind in sorted({_kind(path) for path in named}):
        if kind != "engine":
            templates.current_test_database(odoo)
        plugin = WITH_ODOO if kind == "odoo" else WITHOUT_ODOO
        chosen = [path for path in named if _kind(path) == kind]
        status = _pytest([*plugin, *options, *chosen], "some") or status
    return status


def _kind(path: str) -> str:
    """How a test is run: `engine` without Odoo, `e2e` against a server, `odoo` inside it."""
    parts = Path(path).parts
    return parts[1] if len(parts) > 1 and parts[0] == "tests" and parts[1] in {"engine", "e2e"} else "odoo"


def _run_part(part: Part) -> None:
    if not part.files:
        say(f"\n=== {part.name}: there are no tests of this kind")
        return
    say(f"\n=== {part.name}")
    start = time.monotonic()
    report = LOGS / f"test-{part.name}.xml"
    report.unlink(missing_ok=True)
    paths = [str(path.relative_to(ROOT)) for path in part.paths if list(_test_files(path))]
    code = _pytest([*part.options, f"--junit-xml={report}", *paths], part.name)
    _count(part, report)
    if code == NOTHING_COLLECTED:
        part.failure = f"no test was found in {len(part.files)} files"
    elif code != 0 and not part.failed:
        part.failure = f"pytest ended with code {code}"
    say(f"=== {part.name}: {duration(time.monotonic() - start)}")


def _pytest(arguments: Sequence[str], name: str) -> int:
    LOGS.mkdir(parents=True, exist_ok=True)
    hypothesis = str(LOCAL / "hypothesis")
    env = odoo_cli.environment(HYPOTHESIS_STORAGE_DIRECTORY=hypothesis, KPI_LOCAL_RUN=name, PGOPTIONS=POSTGRES)
    # The plug-in would take it for a wish to use Odoo; it gets the file by its option.
    del env["ODOO_RC"]
    sys.stdout.flush()
    process = subprocess.Popen([str(VENV_PYTHON), "-m", "pytest", *COMMON, *arguments], cwd=ROOT, env=env)
    try:
        return process.wait()
    finally:
        end(process)


def _count(part: Part, report: Path) -> None:
    """Count tests as pytest's closing line does: the subtests of one test are one with it."""
    if not report.exists():
        return
    worst: dict[tuple[str, str], int] = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = (case.get("classname", ""), case.get("name", ""))
        found = {child.tag for child in case}
        worst[name] = max(
            worst.get(name, PASSED), FAILED if found & {"failure", "error"} else SKIPPED * ("skipped" in found)
        )
    verdicts = list(worst.values())
    part.passed, part.skipped, part.failed = (verdicts.count(verdict) for verdict in (PASSED, SKIPPED, FAILED))


def _sum_up(parts: Sequence[Part]) -> int:
    say("")
    broken = [part for part in parts if part.failure]
    for part in parts:
        verdict = part.failure or f"{part.passed} passed, {part.failed} failed, {part.skipped} skipped"
        say(f"{part.name}: {verdict}")
    passed = sum(part.passed for part in parts)
    failed = sum(part.failed for part in parts) + len(broken)
    skipped = sum(part.skipped for part in parts)
    say(f"\n{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0
