"""Who is below whom in the cockpit: scorecards placed in the tree of departments. Plain Python, no records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

# What a line's state is counted as; from what needs attention most to what needs none.
STATUSES = ("error", "behind", "at_risk", "no_data", "none", "on_track")
Subject = tuple[str, int]


@dataclass(frozen=True)
class Fact:
    """A scorecard that the viewer may read.

    :param home: id of the department that a person works in; None for other subjects, and without a department
    :param score: percent; None as long as nothing is measured
    :param counts: lines by status, see ``STATUSES``
    """

    card_id: int
    subject: Subject
    home: int | None = None
    score: float | None = None
    grade_id: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_person(self) -> bool:
        return self.subject[0] == "employee"

    @property
    def attention(self) -> tuple:
        return attention(self.counts, self.score)


@dataclass(frozen=True)
class Row:
    """A subject one step below another: its own scorecard where it has one, and the people in it."""

    subject: Subject
    card: Fact | None
    people: tuple[Fact, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Lines of the people by status; of the subject's own scorecard where there are no people."""
        return counted(self.people or filter(None, [self.card]))

    @property
    def score(self) -> float | None:
        """Its own score, else the mean of its people's (percent, unrounded)."""
        if self.card:
            return self.card.score
        scores = [fact.score for fact in self.people if fact.score is not None]
        return sum(scores) / len(scores) if scores else None

    @property
    def attention(self) -> tuple:
        """Whichever needs more of it: its own scorecard, or the people in it."""
        own = [self.card.attention] if self.card else []
        return min([attention(self.counts, self.score), *own])


def standing(result: str | None, status: str | None) -> str:
    """One of ``STATUSES``, of a line; where nothing is measured, the pace says nothing."""
    if result in ("error", "no_data"):
        return result
    return status if result == "ok" and status else "none"


def counted(facts: Iterable[Fact]) -> dict[str, int]:
    """Lines of all these scorecards by status."""
    total = Counter(dict.fromkeys(STATUSES, 0))
    for fact in facts:
        total.update(fact.counts)
    return dict(total)


def attention(counts: Mapping[str, int], score: float | None) -> tuple:
    """A key to sort by: first the largest share of lines that went wrong, then those at risk, then the lowest score.

    Who has nothing measured needs less attention than who is at risk, and more than who is on track; why there is nothing
    to judge by makes no difference.
    """
    lines = sum(counts.values()) or 1
    wrong = (counts.get("error", 0) + counts.get("behind", 0)) / lines
    unknown = (counts.get("no_data", 0) + counts.get("none", 0)) / lines
    return -wrong, -counts.get("at_risk", 0) / lines, -unknown, score if score is not None else 0


class Tree:
    """The scorecards of a period, in the tree of departments.

    :param facts: scorecards of one company and period
    :param parents: {department id: id of the department above it, or None}
    :param members: {(kind, id): ids of its employees} of subjects outside the tree of departments
    """

    def __init__(
        self,
        facts: Iterable[Fact],
        parents: Mapping[int, int | None],
        members: Mapping[Subject, set[int]] | None = None,
    ):
        self.parents = parents
        self.members = members or {}
        self.cards = {fact.subject: fact for fact in facts}
        self.people: dict[int | None, list[Fact]] = {}
        self.below: dict[int | None, list[Fact]] = {}
        for fact in self.cards.values():
            if fact.is_person:
                self.people.setdefault(fact.home, []).append(fact)
                for department in self.above(fact.home):
                    self.below.setdefault(department, []).append(fact)

    def above(self, department: int | None) -> Iterator[int]:
        """A department and those above it, from the nearest on."""
        while department is not None:
            yield department
            department = self.parents.get(department)

    def people_of(self, subject: Subject) -> tuple[Fact, ...]:
        """The people below a subject, on any level; a person is alone."""
        kind, key = subject
        if kind == "company":
            return tuple(fact for fact in self.cards.values() if fact.is_person)
        if kind == "department":
            return tuple(self.below.get(key, ()))
        if kind == "employee":
            return tuple(fact for fact in (self.cards.get(subject),) if fact)
        mine = self.members.get(subject, set())
        return tuple(fact for key in sorted(mine) if (fact := self.cards.get(("employee", key))))

    def cards_of(self, subject: Subject) -> list[int]:
        """Ids of the scorecards of a subject, of the people below it and of the departments in it."""
        kind, key = subject
        if kind == "company":
            return [fact.card_id for fact in self.cards.values()]
        facts = [*self.people_of(subject), *(fact for fact in (self.cards.get(subject),) if fact)]
        if kind == "department":
            facts += [
                fact for (kind, other), fact in self.cards.items() if kind == "department" and key in self.above(other)
            ]
        return list({fact.card_id for fact in facts})

    def knows(self, subject: Subject) -> bool:
        """Whether there is anything to see about a subject."""
        return subject in self.cards or bool(self.people_of(subject))

    def path(self, subject: Subject, company: Subject) -> list[Subject]:
        """From the company down to the subject."""
        kind, key = subject
        if kind == "company":
            return [company]
        card = self.cards.get(subject)
        home = self.parents.get(key) if kind == "department" else card.home if card else None
        departments = [("department", department) for department in self.above(home)]
        return [company, *reversed(departments), subject]

    def rows(self, subject: Subject) -> list[Row]:
        """What is one step below a subject, what needs attention first: departments and the like, then people."""
        kind, key = subject
        if kind == "employee":
            return []
        if kind not in ("company", "department"):
            return self._sorted(Row(fact.subject, fact, (fact,)) for fact in self.people_of(subject))
        here = key if kind == "department" else None
        groups = [*self._departments(here)]
        if kind == "company":
            groups += [other for other in self.cards if other[0] not in ("company", "department", "employee")]
        people = (Row(fact.subject, fact, (fact,)) for fact in self.people.get(here, ()))
        return [
            *self._sorted(Row(group, self.cards.get(group), self.people_of(group)) for group in groups),
            *self._sorted(people),
        ]

    def widest(self, company: Subject) -> Subject:
        """The lowest subject that holds everything there is to see."""
        subject = company
        while subject not in self.cards:
            rows = self.rows(subject)
            if len(rows) != 1:
                break
            subject = rows[0].subject
        return subject

    def _departments(self, parent: int | None) -> list[Subject]:
        """The departments right below another one, or on top, that have a scorecard or people with one; those with
        neither, but with a department below them that has, are there as a step on the way."""
        with_cards = {key for kind, key in self.cards if kind == "department"}
        on_the_way = {above for key in with_cards for above in self.above(key)}
        return [("department", key) for key in self.below.keys() | on_the_way if self.parents.get(key) == parent]

    def _sorted(self, rows: Iterable[Row]) -> list[Row]:
        return sorted(rows, key=lambda row: (*row.attention, row.subject[1]))
