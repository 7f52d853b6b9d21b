#!/usr/bin/env python3
"""`make bench`: how long a month's scorecards take, beside hand-written SQL and Odoo's own goals, and how that grows;
and how long the strip beside the CRM pipeline takes, beside the pipeline itself.

Everything happens in one run, in turn, several rounds of each; medians count. What is compared must come to the same
figures, or the run stops; how long it takes is nobody's failure.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from data import MONTH, Size, make_company, make_goals, make_kpis, make_scorecards
from database import clean, environment, scratch_database
from kpi_local.messages import Stop, step
from pipeline import measure_strip
from report import Measured, write

HERE = Path(__file__).resolve().parent


class Scenario(NamedTuple):
    """A contender, and the company and months it is measured on."""

    contender: str
    company: str
    first: int = MONTH
    last: int = MONTH


SCENARIOS = {
    "ours": Scenario("ours", "Large"),
    "floor": Scenario("floor", "Large"),
    "gamification": Scenario("gamification", "Large"),
    "people_1": Scenario("ours", "Small"),
    "people_10": Scenario("ours", "Small times ten"),
    "months_12": Scenario("ours", "Large", 1, 12),
}
# These come to the same figures for the same people.
SAME = ("floor", "ours", "gamification")


def main() -> None:
    """Prepare, measure, report."""
    arguments = _arguments()
    sizes = _sizes(arguments.scale)
    with scratch_database():
        with step("Making companies with a year of business"), environment() as env:
            _prepare(env, sizes)
        with step(f"Measuring {arguments.rounds} rounds after one to warm up"):
            measured = _measure(arguments.rounds)
        with step("Measuring the strip beside the pipeline"), environment() as env:
            kpis = env["kpi.definition"].search([("code", "like", "BENCH_%")])
            strips = measure_strip(env, kpis, arguments.rounds)
        write(measured, strips, sizes, arguments)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size, for a quick look")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--output", type=Path, default=HERE, help="folder for RESULTS.md and results.json")
    return parser.parse_args()


def _sizes(scale: float) -> dict[str, Size]:
    full = {
        "Large": Size(1_000, 1_000_000, 200_000),
        "Small": Size(1_000, 100_000, 20_000),
        "Small times ten": Size(10_000, 1_000_000, 200_000),
    }
    return {name: Size(*(max(20, int(number * scale)) for number in size)) for name, size in full.items()}


def _prepare(env, sizes: dict[str, Size]) -> None:
    definitions = make_kpis(env)
    for name, size in sizes.items():
        with step(f"{name}: {size.people:,} people, {size.orders:,} orders, {size.deals:,} deals"):
            company = make_company(env, name, size)
            make_scorecards(env, company, definitions, range(1, 13) if name == "Large" else range(MONTH, MONTH + 1))
    make_goals(env, env["res.company"].search([("name", "=", "Large")]))
    env.cr.execute("ANALYZE")
    env.cr.commit()


def _measure(rounds: int) -> dict[str, Measured]:
    measured, expected = {}, {}
    with _workers() as workers:
        for name, worker in workers.items():
            first = _read(worker)
            measured[name] = Measured([], [], first["mib"])
            if name in SAME:
                expected = expected or first["figures"]
                _check_same(name, first["figures"], expected)
        for _number in range(rounds):
            for name, worker in workers.items():
                clean()
                worker.stdin.write("\n")
                worker.stdin.flush()
                answer = _read(worker)
                measured[name].seconds.append(answer["seconds"])
                measured[name].phases.append(answer["phases"])
    return measured


@contextmanager
def _workers() -> Iterator[dict[str, subprocess.Popen]]:
    """A waiting process for each scenario."""
    workers = {}
    try:
        for name, scenario in SCENARIOS.items():
            command = [sys.executable, str(HERE / "worker.py"), scenario.contender, "--company", scenario.company]
            command += ["--first", str(scenario.first), "--last", str(scenario.last)]
            command += ["--figures"] if name in SAME else []
            pipe = subprocess.PIPE
            workers[name] = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        yield workers
    finally:
        for worker in workers.values():
            worker.stdin.close()
            worker.wait()


def _read(worker: subprocess.Popen) -> dict:
    line = worker.stdout.readline()
    if not line:
        raise Stop("A contender broke off: its error is above.")
    return json.loads(line)


def _check_same(name: str, figures: dict[str, float], expected: dict[str, float]) -> None:
    different = [key for key in expected if abs(figures.get(key, 0) - expected[key]) > 0.005]
    if different or not any(expected.values()):
        raise Stop(f"{name} comes to another figure than {SAME[0]} for {len(different)} of {len(expected)}.")


if __name__ == "__main__":
    try:
        main()
    except Stop as problem:
        raise SystemExit(str(problem)) from None
