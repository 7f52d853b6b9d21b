"""Exact numbers: everything inside the engine is a decimal, nothing is a float."""

from decimal import (
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    getcontext,
    setcontext,
)
from functools import cache

from .errors import EngineError, EvaluationError

#: Digits of attainment, score and payout, in percent: what is shown is what is computed with.
PERCENT_DIGITS = 2
#: Digits of an actual.
FIGURE_DIGITS = 6

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)

# 50 significant digits hold any figure up to the largest exponent with more digits behind the point than are
# ever rounded to, so that a division followed by a rounding half up is the correctly rounded one.
_CONTEXT = Context(
    prec=50,
    rounding=ROUND_HALF_EVEN,
    Emin=-99,
    Emax=29,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[DivisionByZero, InvalidOperation, Overflow],
)


class arithmetic:
    """Compute in the engine's own decimal context, whatever the caller's thread has set.

    A class, not a generator: it is entered some twenty times for every KPI that is scored.

    :raises EvaluationError: ``out_of_range`` when a result has more than 30 digits before the point
    """

    __slots__ = ("_outer",)

    def __enter__(self):
        self._outer = getcontext()
        if self._outer is not _CONTEXT:
            # One object for all threads: nobody reads its flags, and nothing else of it ever changes.
            setcontext(_CONTEXT)

    def __exit__(self, kind, error, _traceback):
        if self._outer is not _CONTEXT:
            setcontext(self._outer)
        if kind is not None and issubclass(kind, InvalidOperation | Overflow):
            raise EvaluationError("out_of_range") from error


def to_decimal(value) -> Decimal | None:
    """The exact decimal of a number as a person reads it; None (no data) stays None.

    A float is taken by its shortest text, so 80.005 is 80.005 and not 80.00499999999999545….

    :param value: int, float, Decimal, text of a decimal, or None
    :raises EngineError: ``not_a_number`` for anything else, infinities and NaN

    >>> to_decimal(80.005)
    Decimal('80.005')
    """
    if value is None or (type(value) is Decimal and value.is_finite()):
        return value
    try:
        number = Decimal(repr(float(value)) if isinstance(value, float) else value)
    except (InvalidOperation, TypeError, ValueError):
        raise EngineError("not_a_number", value=str(value)) from None
    if not number.is_finite():
        raise EngineError("not_a_number", value=str(value))
    return number


def required(value) -> Decimal:
    """The exact decimal of a number that has to be there; see :func:`to_decimal`.

    :raises EngineError: ``not_a_number``, for None too
    """
    number = to_decimal(value)
    if number is None:
        raise EngineError("not_a_number", value="None")
    return number


def round_half_up(value: Decimal, digits: int) -> Decimal:
    """Round to a number of digits behind the point, halves away from zero as on paper.

    :param digits: digits behind the point; negative for tens, hundreds, thousands
    :raises EvaluationError: ``out_of_range``

    >>> round_half_up(Decimal("80.005"), 2), round_half_up(Decimal("-0.5"), 0), round_half_up(Decimal(12500), -3)
    (Decimal('80.01'), Decimal('-1'), Decimal('13000'))
    """
    with arithmetic():
        rounded = value.quantize(_unit(digits), rounding=ROUND_HALF_UP)
        # adding zero turns 13E+3 into 13000 and -0 into 0
        return rounded + ZERO


def round_percent(value: Decimal) -> Decimal:
    """Round an attainment or a score half up to 2 decimals of a percent.

    Terms that changed within a period are means kept to 50 digits. What those lost must not decide a tie, so the
    figure is brought to 30 decimals before.

    :raises EvaluationError: ``out_of_range``

    >>> round_percent(Decimal("55.64499999999999999999999999999999999999999999999"))
    Decimal('55.65')
    """
    with arithmetic():
        return round_half_up(value.quantize(_unit(30)), PERCENT_DIGITS)


@cache
def _unit(digits: int) -> Decimal:
    return ONE.scaleb(-digits)


def number_text(value: Decimal | None) -> str | None:
    """The shortest plain text of a decimal, without exponent and idle zeros; None stays None.

    >>> number_text(Decimal("12E+3")), number_text(Decimal("80.500000"))
    ('12000', '80.5')
    """
    if value is None:
        return None
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
