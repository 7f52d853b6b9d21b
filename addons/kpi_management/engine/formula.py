"""Formulas: what a KPI computes from measures and other KPIs.

A formula holds numbers, codes, ``+ - * / ( )``, ``min max abs round``, comparisons (1 when they hold, else 0),
``a if condition else b``, ``previous(code)`` and ``year_to_date(code)``. Nothing of it is ever executed as
Python: the text is read against a whitelist into a tree of the engine's own.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from .nodes import Lookup, Node, Reference
from .rounding import arithmetic
from .syntax import read


@dataclass(frozen=True)
class Formula:
    """A formula that has been read and found good; made by :func:`parse`.

    :param text: as it was written
    :param references: the codes it uses, with the window each is wanted for
    """

    text: str
    references: frozenset[Reference] = field(compare=False)
    root: Node = field(compare=False, repr=False)

    def evaluate(self, lookup: Lookup) -> Decimal | None:
        """The formula's value, unrounded.

        No data (None) in any part that is needed is no data of the whole, and so is a division by zero.

        :param lookup: gives the figure of a reference, None = no data; what it raises goes through
        :raises EvaluationError: ``out_of_range``
        :raises EngineError: ``not_a_number`` when the lookup gives something else than a number or None
        """
        with arithmetic():
            return self.root.value(lookup)


def parse(text: str) -> Formula:
    """Read a formula.

    :raises FormulaError: with the position of the mistake

    >>> rate = parse("100 * won / closed")
    >>> sorted(reference.code for reference in rate.references)
    ['closed', 'won']
    >>> figures = {"won": Decimal(3), "closed": Decimal(8)}
    >>> rate.evaluate(lambda reference: figures[reference.code])
    Decimal('37.5')
    >>> parse("won ** 2")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    FormulaError: “**” cannot be used in a formula (column 5).
    """
    root, references = read(text)
    return Formula(text, references, root)
