"""The terms of a line by day, from its approved changes: plain functions over plain values."""

from ..engine import Span
from .kpi_target_mixin import SCORING_FIELDS, engine_target

# What may change after agreement: on the line, and in a change as old_… and new_….
CHANGING = ("target", "weight", "baseline", "threshold", "stretch", "band_low", "band_high")


def timeline(current, changes):
    """The terms of a line and from when they hold: [(first day or None for the beginning, {term: value}), …].

    :param dict current: the line's terms as they stand: those of the last change
    :param changes: ``kpi.target.change`` of the line that count, in the order in which they do
    """
    if not changes:
        return [(None, current)]
    # Before the first change there was what that one found.
    terms = {**current, **{name: changes[0][f"old_{name}"] for name in CHANGING}}
    steps = [(None, terms)]
    for change in changes:
        terms = {**terms, **change._delta()}
        steps.append((change.date_effective, terms))
    return steps


def in_force(steps, day):
    """The terms on a day.

    :param steps: as of ``timeline``
    """
    return [terms for start, terms in steps if start is None or start <= day][-1]


def spans(direction, steps, window):
    """The engine's spans of a line; none for a line that never changed.

    :param str direction: of the KPI
    :param steps: as of ``timeline``, with all of ``SCORING_FIELDS``
    """
    if len(steps) == 1:
        return ()
    return tuple(
        Span(
            start or window.start,
            engine_target(direction, terms["target"] or 0.0, tuple(terms[name] for name in SCORING_FIELDS)),
            terms["weight"],
        )
        for start, terms in steps
    )
