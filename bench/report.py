"""RESULTS.md for people and results.json for tools."""

from __future__ import annotations

import json
import os
import platform
from argparse import Namespace
from statistics import median
from typing import NamedTuple

from data import Size
from database import DATABASE
from figures import FIGURES
from kpi_local import postgres
from pipeline import PEOPLE, Requests


class Measured(NamedTuple):
    """What was measured of a scenario.

    :param seconds: of each round
    :param phases: {phase: seconds} of each round
    :param mib: peak memory above Odoo's own, in MiB
    """

    seconds: list[float]
    phases: list[dict[str, float]]
    mib: float

    @property
    def median(self) -> float:
        """Median of the rounds, in seconds."""
        return median(self.seconds)


NAMES = {
    "ours": "this project, one month",
    "floor": "hand-written SQL, one month",
    "gamification": "Odoo's goals, batch mode, one month",
    "people_1": "this project, one month, a tenth of the orders",
    "people_10": "the same with ten times the people and orders",
    "months_12": "this project, twelve months",
}
PHASES = {
    "plan": "which figures are needed: reading scorecards and lines",
    "query": "measuring: a grouped query per figure",
    "evaluate": "formula, attainment, forecast, status, score, explanation of each line",
    "write": "writing what changed, explanations included",
}


def write(
    measured: dict[str, Measured], strips: dict[int, Requests], sizes: dict[str, Size], arguments: Namespace
) -> None:
    """Write both files and print the table."""
    results = {**_results(measured, sizes), "strip": _strip_results(strips)}
    text = _text(measured, sizes, results, arguments) + _strip_text(results["strip"])
    (arguments.output / "results.json").write_text(json.dumps(results, indent=2) + "\n")
    (arguments.output / "RESULTS.md").write_text(text)
    print(text)


def _results(measured: dict[str, Measured], sizes: dict[str, Size]) -> dict:
    ours, people = measured["ours"], sizes["Small times ten"].people / sizes["Small"].people
    return {
        "ours_s": round(ours.median, 3),
        "sql_floor_s": round(measured["floor"].median, 3),
        "gamification_s": round(measured["gamification"].median, 3),
        "growth_people": round(measured["people_10"].median / measured["people_1"].median / people, 3),
        "growth_months": round(measured["months_12"].median / ours.median / 12, 3),
        "ours_mib": round(ours.mib, 1),
        "mib": {name: round(scenario.mib, 1) for name, scenario in measured.items()},
        "seconds": {name: [round(value, 3) for value in scenario.seconds] for name, scenario in measured.items()},
        "python": platform.python_version(),
        "postgres": postgres.query("SHOW server_version", DATABASE)[0].split()[0],
        "cores": os.cpu_count(),
    }


def _strip_results(strips: dict[int, Requests]) -> dict:
    """{deals: medians in seconds, and their ratio}"""
    return {
        str(deals): {
            "pipeline_s": round(median(requests.pipeline), 4),
            "strip_s": round(median(requests.strip), 4),
            "ratio": round(requests.ratio, 3),
        }
        for deals, requests in strips.items()
    }


def _strip_text(strips: dict) -> str:
    rows = [
        f"| {int(deals):,} | {1000 * row['pipeline_s']:.0f} | {1000 * row['strip_s']:.0f} | {row['ratio']:.2f} |"
        for deals, row in strips.items()
    ]
    return f"""
## The strip beside the pipeline

The CRM pipeline of {PEOPLE} people, all of them shown; milliseconds on the server. Aim: at most half of the pipeline's own.

| open deals | the pipeline's requests | the strip's request | ratio |
| ---: | ---: | ---: | ---: |
{chr(10).join(rows)}
"""


def _text(measured: dict[str, Measured], sizes: dict[str, Size], results: dict, arguments: Namespace) -> str:
    large = sizes["Large"]
    base = measured["ours"].median
    rows = [
        f"| {NAMES[name]} | {scenario.median:.2f} | {scenario.median / base:.2f} | {scenario.mib:.0f} |"
        for name, scenario in measured.items()
    ]
    return f"""# Results of the benchmark

Written by `make bench`; what is measured and how is in [README.md](README.md). {large.people:,} people ×
{len(FIGURES)} KPIs, {large.orders:,} orders and {large.deals:,} opportunities in a year; medians of {arguments.rounds}
rounds; Python {results["python"]}, PostgreSQL {results["postgres"]}, {results["cores"]} cores.

| | seconds | this project, one month = 1 | peak MiB above Odoo's own |
| --- | ---: | ---: | ---: |
{chr(10).join(rows)}

| aim | is |
| --- | ---: |
| at most 3 times as long as hand-written SQL | {base / results["sql_floor_s"]:.1f} times |
| at least 10 times as fast as Odoo's goals | {results["gamification_s"] / base:.1f} times |
| ten times the people take ten times as long | {10 * results["growth_people"]:.1f} times |
| twelve months take twelve times as long | {12 * results["growth_months"]:.1f} times |
| less than 500 MiB above Odoo's own | {results["ours_mib"]:.0f} MiB |

Hand-written SQL is {results["gamification_s"] / results["sql_floor_s"]:.1f} times as fast as Odoo's goals, without forecast, score or explanation: most of a round
is PostgreSQL reading a month of a million orders, once for each figure, and that part is the same for all three.

## Where the time goes

{_phase_table(measured["ours"])}
"""


def _phase_table(ours: Measured) -> str:
    rows = []
    for name, title in PHASES.items():
        seconds = median(phases.get(name, 0) for phases in ours.phases)
        rows.append(f"| {title} | {seconds:.2f} | {100 * seconds / ours.median:.0f} % |")
    return "\n".join(["| | seconds | share |", "| --- | ---: | ---: |", *rows])
