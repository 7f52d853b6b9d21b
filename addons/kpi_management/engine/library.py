"""The library of measures and KPIs: which figures a KPI needs, in which order KPIs are computed, and their values."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .errors import CycleError, EngineError, EvaluationError
from .formula import Formula
from .nodes import ADDITIVE, CURRENT, OTHER, PREVIOUS, Reference
from .rounding import FIGURE_DIGITS, ZERO, round_half_up, to_decimal
from .windows import Window

#: a measure's figure in a window
Figures = Mapping[tuple[str, Window], "Decimal | int | float | MeasureFailure | None"]


@dataclass(frozen=True)
class MeasureInfo:
    """What the engine has to know of a measure.

    :param additive: it grows day by day within a period (a sum or count over a flow)
    :param parameters: keys of what can be chosen for it on a KPI; the caller's own
    :param empty_is_zero: over no records it is 0 (sum, count), not *no data* (average, minimum, typed figure)
    """

    code: str
    additive: bool
    empty_is_zero: bool
    parameters: tuple[Hashable, ...] = ()


@dataclass(frozen=True)
class MeasureFailure:
    """In place of a figure: the measure could not be asked; ``message`` says why, for a person."""

    message: str


@dataclass(frozen=True)
class _Plan:
    """How to compute one KPI in one window.

    :param steps: (KPI, window), each after those it uses, the wanted one last
    :param leaves: (measure, window) whose figures it takes
    """

    steps: tuple[tuple[str, Window], ...]
    leaves: frozenset[tuple[str, Window]]


class Library:
    """Measures, and KPIs computed from measures and from each other.

    A code in a formula is a measure's if a measure has it, else a KPI's: a KPI may bear its measure's code.
    A code that is asked for from outside is a KPI's first.

    :param measures: by code
    :param formulas: by the KPI's code
    """

    def __init__(self, measures: Mapping[str, MeasureInfo], formulas: Mapping[str, Formula]):
        self.measures = dict(measures)
        self.formulas = dict(formulas)
        # what follows from measures and formulas alone, kept because every card asks for the same
        self._plans: dict[tuple[str, Window], _Plan] = {}
        self._growth: dict[str, str] = {}
        self._texts: dict[str, tuple[str | None, dict[str, str]]] = {}

    def check(self) -> None:
        """Refuse a library that cannot be computed.

        :raises EngineError: ``unknown_code``
        :raises CycleError: when KPIs use each other in a circle
        """
        self.order()

    def order(self) -> list[str]:
        """All KPIs, each after those it uses, otherwise in alphabetical order.

        :raises EngineError: ``unknown_code``
        :raises CycleError: when KPIs use each other in a circle
        """
        return _topological(sorted(self.formulas), self._uses)

    def used_by(self, code: str) -> list[str]:
        """The KPIs a KPI uses, directly and through others, in alphabetical order; not itself.

        Unknown codes and circles are passed over: this is for explaining, not for computing.
        """
        found: set[str] = set()
        waiting = [code] if code in self.formulas else []
        while waiting:
            used = {used for used in self._uses(waiting.pop()) if used in self.formulas} - found
            found |= used
            waiting += used
        return sorted(found - {code})

    def texts(self, code: str) -> tuple[str | None, dict[str, str]]:
        """A KPI's formula as it is written (None: there is no such KPI), and those of the KPIs it uses, by code."""
        if code not in self._texts:
            formula = self.formulas.get(code)
            used = {other: self.formulas[other].text for other in self.used_by(code)}
            self._texts[code] = (formula.text if formula else None, used)
        return self._texts[code]

    def needs(self, code: str, window: Window) -> frozenset[tuple[str, Window]]:
        """The figures a KPI takes in a window, as (measure code, window), through all KPIs it uses.

        :raises EngineError: ``unknown_code``
        :raises CycleError: when the KPI uses itself through others
        """
        return self._plan(code, window).leaves

    def value(self, code: str, window: Window, figures: Figures) -> Decimal | None:
        """The unrounded value of a KPI in a window.

        :param figures: by (measure code, window); a missing one is 0 where the measure is ``empty_is_zero``, else
            no data; a :class:`MeasureFailure` where the measure could not be asked
        :return: None = no data
        :raises EvaluationError: ``measure_failed``, ``out_of_range``
        :raises EngineError: ``unknown_code``
        :raises CycleError: when the KPI uses itself through others
        """
        if code not in self.formulas and code in self.measures:
            return self.figure(code, window, figures)
        plan = self._plan(code, window)
        # An error is kept as a value until somebody needs the KPI it belongs to: a conditional may not.
        results: dict[tuple[str, Window], Decimal | EngineError | None] = {}
        for step_code, step_window in plan.steps:
            try:
                value = self._compute(step_code, step_window, figures, results)
            except EngineError as error:
                value = error
            results[step_code, step_window] = value
        return _unless_error(results[code, window])

    def actual(self, code: str, window: Window, figures: Figures) -> Decimal | None:
        """The value of a KPI, rounded half up to 6 decimals: what is shown is what is computed with.

        Takes, returns and raises what :meth:`value` does.
        """
        value = self.value(code, window, figures)
        return None if value is None else round_half_up(value, FIGURE_DIGITS)

    def figure(self, code: str, window: Window, figures: Figures) -> Decimal | None:
        """The figure of a measure in a window, None = no data.

        :raises EvaluationError: ``measure_failed``
        """
        key = (code, window)
        if key not in figures:
            return ZERO if self.measures[code].empty_is_zero else None
        figure = figures[key]
        if isinstance(figure, MeasureFailure):
            raise EvaluationError("measure_failed", measure=code, message=figure.message)
        return to_decimal(figure)

    def is_additive(self, code: str) -> bool:
        """Whether a KPI or measure grows with time within a period, so that a third of the period at the same pace
        brings a third of the whole: flows, their sums and differences, and them times or over a constant.

        Rounding and ``abs`` leave it so. Ratios, ``min``, ``max``, conditionals, ``previous`` and ``year_to_date``
        are not additive.

        :raises EngineError: ``unknown_code``
        :raises CycleError: when the KPI uses itself through others
        """
        if code not in self.formulas and code in self.measures:
            return self.measures[code].additive
        if code not in self._growth:
            for step in _topological([code], self._uses):
                self._growth[step] = self.formulas[step].root.growth(self._growth_of)
        return self._growth[code] == ADDITIVE

    def _growth_of(self, reference: Reference) -> str:
        measure = self.measures.get(reference.code)
        if measure is None:
            return self._growth[reference.code]
        return ADDITIVE if measure.additive else OTHER

    def _compute(self, code: str, window: Window, figures: Figures, results: Mapping) -> Decimal | None:
        def lookup(reference: Reference) -> Decimal | None:
            key = (reference.code, _scoped(window, reference.scope))
            if reference.code in self.measures:
                return self.figure(*key, figures)
            return _unless_error(results[key])

        return self.formulas[code].evaluate(lookup)

    def _plan(self, code: str, window: Window) -> _Plan:
        if (code, window) not in self._plans:
            self._plans[code, window] = self._make_plan(code, window)
        return self._plans[code, window]

    def _make_plan(self, code: str, window: Window) -> _Plan:
        if code not in self.formulas and code in self.measures:
            return _Plan((), frozenset({(code, window)}))
        # Before windows come in: a KPI that uses itself in the period before would go back without end.
        _topological([code], self._uses)
        leaves: set[tuple[str, Window]] = set()

        def uses(key: tuple[str, Window]) -> list[tuple[str, Window]]:
            references = self.formulas[key[0]].references
            keys = {(reference.code, _scoped(key[1], reference.scope)) for reference in references}
            leaves.update(used for used in keys if used[0] in self.measures)
            return sorted(used for used in keys if used[0] not in self.measures)

        steps = _topological([(code, window)], uses)
        return _Plan(tuple(steps), frozenset(leaves))

    def _uses(self, code: str) -> list[str]:
        """The KPIs a KPI's formula names."""
        if code not in self.formulas:
            raise EngineError("unknown_code", code=code)
        return sorted({reference.code for reference in self.formulas[code].references} - self.measures.keys())


def _scoped(window: Window, scope: str) -> Window:
    if scope == CURRENT:
        return window
    return window.previous() if scope == PREVIOUS else window.year_to_date()


def _unless_error(value):
    if isinstance(value, EngineError):
        raise value
    return value


def _topological(starts: list, uses) -> list:
    """Everything reachable from the starts, each after what it uses; without recursion, as chains may be long.

    :raises CycleError: with the keys on the circle
    """
    done: dict = {}
    for start in starts:
        # each entry: a key being worked on, and what it uses that has not been looked at yet
        path = [] if start in done else [(start, iter(uses(start)))]
        on_path = {start}
        while path:
            key, pending = path[-1]
            used = next((used for used in pending if used not in done), None)
            if used is None:
                done[key] = True
                on_path.discard(key)
                path.pop()
            elif used in on_path:
                keys = [entry[0] for entry in path]
                raise CycleError(keys[keys.index(used) :])
            else:
                on_path.add(used)
                path.append((used, iter(uses(used))))
    return list(done)
