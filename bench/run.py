#!/usr/bin/env python3
"""`make bench`: how long a month's scorecards take, beside hand-written SQL and Odoo's own goals.

Several rounds in one run, every one from the same state, in turn; medians and their ratios are printed. What is
compared must come to the same figures, or the run stops; how long it takes is nobody's failure.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median

from contenders import floor, gamification, gamification_one_by_one, goal_figures, line_figures, ours
from data import FIGURES, make_business, make_company, make_goals, make_people, make_scorecards
from database import scratch_environment
from kpi_local.messages import Stop, step


def main() -> None:
    """Prepare, measure, print."""
    arguments = _arguments()
    with scratch_environment() as env:
        with step(f"Making {arguments.people:,} people, {arguments.orders:,} orders and {arguments.leads:,} deals"):
            cards, goals = _prepare(env, arguments)
        contenders = {
            "hand-written SQL": (floor, cards, line_figures),
            "this project": (ours, cards, line_figures),
            "gamification, batch mode": (gamification, goals, goal_figures),
            "gamification, as it comes": (gamification_one_by_one, goals, goal_figures),
        }
        with step(f"Measuring {arguments.rounds} rounds after one to warm up"):
            times = _rounds(env, contenders, arguments.rounds)
    _print_table(times, len(FIGURES) * arguments.people)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--orders", type=int, default=200_000)
    parser.add_argument("--leads", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _prepare(env, arguments: argparse.Namespace):
    company = make_company(env)
    people = make_people(env, arguments.people)
    make_business(env, people.user_id, arguments.orders, arguments.leads)
    cards = make_scorecards(env, company, people)
    goals = make_goals(env, people.user_id)
    env.cr.commit()
    return cards, goals


def _rounds(env, contenders: dict[str, tuple], rounds: int) -> dict[str, list[float]]:
    """Seconds of every contender in every round; the figures of the first round must agree."""
    expected = None
    for name, contender in contenders.items():
        _seconds, figures = _one_round(env, *contender)
        expected = expected or figures
        _check_same(name, figures, expected)
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _number in range(rounds):
        for name, contender in contenders.items():
            times[name].append(_one_round(env, *contender)[0])
    return times


def _one_round(env, run: Callable, records, read: Callable) -> tuple[float, dict]:
    """Run once, writing included, then take it back, so that every round writes every row."""
    env.invalidate_all()
    start = time.perf_counter()
    run(records)
    env.flush_all()
    seconds = time.perf_counter() - start
    env.invalidate_all()
    figures = read(records)
    env.cr.rollback()
    env.invalidate_all(flush=False)
    return seconds, figures


def _check_same(name: str, figures: dict, expected: dict) -> None:
    different = [key for key in expected if abs(figures.get(key, 0) - expected[key]) > 0.005]
    if different or not any(expected.values()):
        raise Stop(f"{name} comes to another figure than hand-written SQL for {len(different)} of {len(expected)}.")


def _print_table(times: dict[str, list[float]], goals: int) -> None:
    medians = {name: median(values) for name, values in times.items()}
    base = medians["this project"]
    print(f"\n{goals:,} figures, medians\n")
    print(f"{'':28}{'seconds':>10}{'this project = 1':>20}")
    for name, seconds in medians.items():
        print(f"{name:28}{seconds:>10.2f}{seconds / base:>20.2f}")


if __name__ == "__main__":
    try:
        main()
    except Stop as problem:
        raise SystemExit(str(problem)) from None
