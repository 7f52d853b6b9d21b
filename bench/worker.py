#!/usr/bin/env python3
"""One contender in a process of its own: runs a round for every line it reads, and answers with one line of JSON.

A round includes reading and writing, starts with an empty cache and is rolled back, so that every round writes every
row. The first one warms up, reports the figures it came to and the memory it took above Odoo's own.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contenders import CONTENDERS
from database import environment

STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
PHASES = ("_plan", "_query", "_evaluate", "_write")


def main() -> None:
    """Answer rounds until the input ends."""
    arguments = _arguments()
    with environment() as env:
        company = env["res.company"].search([("name", "=", arguments.company)])
        env = env(context={**env.context, "allowed_company_ids": company.ids})
        contender = CONTENDERS[arguments.contender](
            env, company.with_env(env), range(arguments.first, arguments.last + 1)
        )
        _answer(_first_round(env, contender, arguments.figures))
        for _line in sys.stdin:
            seconds, phases = _round(env, contender)
            _answer({"seconds": seconds, "phases": phases})
            _roll_back(env)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contender", choices=CONTENDERS)
    parser.add_argument("--company", required=True)
    parser.add_argument("--first", type=int, required=True, help="first month")
    parser.add_argument("--last", type=int, required=True, help="last month")
    parser.add_argument("--figures", action="store_true", help="report the figures of the first round")
    return parser.parse_args()


def _first_round(env, contender, wanted: bool) -> dict:
    RESET.write_text("5")  # proc(5): the peak is counted from here
    before = _mebibytes("VmHWM")
    _round(env, contender)
    mebibytes = _mebibytes("VmHWM") - before
    figures = contender.figures() if wanted else {}
    _roll_back(env)
    return {"mib": mebibytes, "figures": figures}


def _round(env, contender) -> tuple[float, dict[str, float]]:
    env.invalidate_all()
    with _phases(env) as phases:
        start = time.perf_counter()
        contender.run()
        env.flush_all()
        seconds = time.perf_counter() - start
    env.invalidate_all()
    return seconds, phases


def _roll_back(env) -> None:
    env.cr.rollback()
    env.invalidate_all(flush=False)


@contextmanager
def _phases(env) -> Iterator[dict[str, float]]:
    """Seconds of each phase of the computation, for the table of where the time goes."""
    spent: dict[str, float] = defaultdict(float)
    computation = type(env["kpi.computation"])
    for name in PHASES:
        setattr(computation, name, _timed(getattr(computation, name), name, spent))
    try:
        yield spent
    finally:
        for name in PHASES:
            delattr(computation, name)


def _timed(method, name: str, spent: dict[str, float]):
    def timed(*arguments):
        start = time.perf_counter()
        try:
            return method(*arguments)
        finally:
            spent[name.strip("_")] += time.perf_counter() - start

    return timed


def _mebibytes(name: str) -> float:
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def _answer(content: dict) -> None:
    print(json.dumps(content), flush=True)


if __name__ == "__main__":
    main()
