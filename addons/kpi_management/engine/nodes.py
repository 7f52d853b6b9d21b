"""What a formula is made of: a small tree that evaluates itself and knows whether it grows with time.

None is no data, and no data in is no data out: an unknown part makes the whole unknown. The tree is built by
:mod:`syntax` and by nothing else, and is shallow enough to be walked by recursion.
"""

# What value() and growth() are is said once, in Node.
# ruff: noqa: D102

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .rounding import ONE, ZERO, to_decimal

CURRENT, PREVIOUS, YEAR_TO_DATE = "current", "previous", "year_to_date"

#: growth of a figure within a period: it adds up day by day, it does not depend on time at all, or neither
ADDITIVE, CONSTANT, OTHER = "additive", "constant", "other"


@dataclass(frozen=True)
class Reference:
    """A code a formula uses.

    :param code: of a measure or of another KPI
    :param scope: the window it is wanted for: ``current``, ``previous`` or ``year_to_date``
    """

    code: str
    scope: str = CURRENT


Lookup = Callable[[Reference], Decimal | None]
Growth = Callable[[Reference], str]


class Node:
    """A part of a formula."""

    def value(self, lookup: Lookup) -> Decimal | None:
        """The part's value, None = no data. To be called within :func:`rounding.arithmetic`."""
        raise NotImplementedError

    def growth(self, growth_of: Growth) -> str:
        """``additive``, ``constant`` or ``other``, given the same of each code in the current window."""
        return OTHER


@dataclass(frozen=True)
class Number(Node):
    """A number as it is written."""

    number: Decimal

    def value(self, lookup):
        return self.number

    def growth(self, growth_of):
        return CONSTANT


@dataclass(frozen=True)
class Name(Node):
    """A code: the figure it stands for."""

    reference: Reference

    def value(self, lookup):
        figure = to_decimal(lookup(self.reference))
        # the plus brings the figure into the range of the context, or raises
        return None if figure is None else +figure

    def growth(self, growth_of):
        return growth_of(self.reference) if self.reference.scope == CURRENT else OTHER


@dataclass(frozen=True)
class Unary(Node):
    """``+x`` or ``-x``."""

    sign: str
    operand: Node

    def value(self, lookup):
        value = self.operand.value(lookup)
        if value is None:
            return None
        return -value if self.sign == "-" else value

    def growth(self, growth_of):
        return self.operand.growth(growth_of)


@dataclass(frozen=True)
class Binary(Node):
    """``+ - * /`` of two parts."""

    sign: str
    left: Node
    right: Node

    def value(self, lookup):
        left, right = self.left.value(lookup), self.right.value(lookup)
        if left is None or right is None:
            return None
        if self.sign == "+":
            return left + right
        if self.sign == "-":
            return left - right
        if self.sign == "*":
            return left * right
        # a ratio over nothing is no data
        return left / right if right else None

    def growth(self, growth_of):
        left, right = self.left.growth(growth_of), self.right.growth(growth_of)
        if OTHER in (left, right):
            return OTHER
        if self.sign in "+-":
            return left if left == right else OTHER
        if right == CONSTANT:
            return left
        return right if self.sign == "*" and left == CONSTANT else OTHER


_COMPARE = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "==": Decimal.__eq__,
    "!=": Decimal.__ne__,
}


@dataclass(frozen=True)
class Comparison(Node):
    """A comparison or a chain of them (0 < a < b): 1 when all hold, else 0."""

    signs: tuple[str, ...]
    operands: tuple[Node, ...]

    def value(self, lookup):
        values = [operand.value(lookup) for operand in self.operands]
        if None in values:
            return None
        pairs = zip(self.signs, values, values[1:], strict=False)
        return ONE if all(_COMPARE[sign](left, right) for sign, left, right in pairs) else ZERO


@dataclass(frozen=True)
class Conditional(Node):
    """``then if condition else otherwise``; only the chosen side is computed. Any number but 0 is true."""

    condition: Node
    then: Node
    otherwise: Node

    def value(self, lookup):
        condition = self.condition.value(lookup)
        if condition is None:
            return None
        return (self.then if condition else self.otherwise).value(lookup)


_FUNCTIONS = {"min": min, "max": max, "abs": abs}


@dataclass(frozen=True)
class Call(Node):
    """``min``, ``max`` or ``abs`` of values."""

    function: str
    arguments: tuple[Node, ...]

    def value(self, lookup):
        values = [argument.value(lookup) for argument in self.arguments]
        return None if None in values else _FUNCTIONS[self.function](*values)

    def growth(self, growth_of):
        # of a single figure the size grows as the figure does; of the larger of two nobody knows
        return self.arguments[0].growth(growth_of) if self.function == "abs" else OTHER


@dataclass(frozen=True)
class Round(Node):
    """``round(x)`` or ``round(x, digits)``: half up, as on paper."""

    argument: Node
    digits: int = 0

    def value(self, lookup):
        value = self.argument.value(lookup)
        if value is None:
            return None
        return value.quantize(ONE.scaleb(-self.digits), rounding=ROUND_HALF_UP) + ZERO

    def growth(self, growth_of):
        return self.argument.growth(growth_of)
