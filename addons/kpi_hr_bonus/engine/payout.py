"""Payout: from a score to an amount of money, in the order a person would compute it on paper.

payout % by the curve → × gates → × basis → × proration → rounded to the currency → cap
→ + adjustments and what was carried in → not below 0, the rest carried out

The basis of a rate is what its tiers make of the measured value. Of a pool, payout × gates × basis × proration is the
person's share in it, and the part of the pool that falls to the share takes the place of the rounded amount.
"""

from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from ...kpi_management.engine import Curve, number_text, round_half_up, to_decimal
from ...kpi_management.engine.rounding import HUNDRED, ONE, PERCENT_DIGITS, ZERO, arithmetic, required
from .errors import PayoutError
from .explanation import VERSION, curve_dict, curve_from, gate_dict
from .pool import Pool, pool_dict, pool_from
from .tiers import Rate, rate_dict, rate_from

#: digits of the share of days covered
PRORATION_DIGITS = 4


@dataclass(frozen=True)
class Gate:
    """A KPI that must reach a minimum, or the payout is multiplied by a factor.

    :param attainment: percent; None (no data) has not reached the minimum
    :param minimum: attainment to be reached, in percent
    :param factor: 0 (nothing is paid) to 1
    :raises PayoutError: ``gate_minimum_missing``, ``gate_factor_range``
    """

    attainment: Decimal | None
    minimum: Decimal
    factor: Decimal

    def __post_init__(self):
        for name in ("attainment", "minimum", "factor"):
            object.__setattr__(self, name, to_decimal(getattr(self, name)))
        if self.minimum is None:
            raise PayoutError("gate_minimum_missing")
        if self.factor is None or not ZERO <= self.factor <= ONE:
            raise PayoutError("gate_factor_range", factor=str(self.factor))

    @property
    def passed(self) -> bool:
        """Whether the minimum has been reached."""
        return self.attainment is not None and self.attainment >= self.minimum

    @property
    def applied(self) -> Decimal:
        """What the payout is multiplied by."""
        return ONE if self.passed else self.factor


@dataclass(frozen=True, kw_only=True)
class PayoutInput:
    """What one person's bonus for one period is computed from. Money is in the company's currency.

    :param score: score or KPI attainment, in percent; None = no data, which pays nothing where a score is needed
    :param basis: money at a payout of 100 %; of a pool: what the share is in proportion to (1, or the wage); of a
        rate: not given, it follows from the rate
    :param curve: score → payout, both in percent (:func:`payout_curve`); None = proportional: the payout is the score.
        A rate without a curve is paid in full.
    :param gates: each one not passed multiplies the payout by its factor
    :param days_covered: calendar days of the period in the plan's population; unpaid leave may take half of one
    :param days_total: calendar days of the period
    :param prorate: whether the days count at all
    :param cap: the most the period may pay before adjustments; None = no cap
    :param adjustments: sum of the manual adjustments and true-ups, of either sign
    :param carried_in: 0 or negative: what earlier periods left to be set off
    :param rounding: the currency's smallest unit, e.g. 1 for VND, 0.01 for EUR
    :param rate: the measured value and the tiers that pay for it
    :param pool: the pool that the person has a share in (:func:`pool.split_pool`)
    :raises PayoutError: when a figure cannot be right
    """

    score: Decimal | None
    basis: Decimal | None = None
    days_covered: Decimal
    days_total: int
    rounding: Decimal
    curve: Curve | None = None
    gates: tuple[Gate, ...] = ()
    prorate: bool = True
    cap: Decimal | None = None
    adjustments: Decimal = ZERO
    carried_in: Decimal = ZERO
    rate: Rate | None = None
    pool: Pool | None = None

    def __post_init__(self):
        if self.rate is not None:
            if self.basis not in (None, self.rate.money):
                raise PayoutError("basis_of_rate")
            object.__setattr__(self, "basis", self.rate.money)
        for name in ("score", "basis", "rounding", "cap", "days_covered"):
            object.__setattr__(self, name, to_decimal(getattr(self, name)))
        for name in ("adjustments", "carried_in"):
            object.__setattr__(self, name, required(getattr(self, name)))
        object.__setattr__(self, "gates", tuple(self.gates))
        self._check()

    def _check(self) -> None:
        if self.basis is None:
            raise PayoutError("basis_missing")
        if self.basis < ZERO:
            raise PayoutError("basis_negative", basis=number_text(self.basis))
        if self.rounding is None or self.rounding <= ZERO:
            raise PayoutError("rounding_not_positive")
        if self.cap is not None and self.cap < ZERO:
            raise PayoutError("cap_negative", cap=number_text(self.cap))
        if self.carried_in > ZERO:
            raise PayoutError("carried_in_positive", carried_in=number_text(self.carried_in))
        if self.prorate and not (0 <= self.days_covered <= self.days_total and self.days_total > 0):
            raise PayoutError("days_range", covered=number_text(self.days_covered), total=self.days_total)


@dataclass(frozen=True)
class Payout:
    """A bonus with each step of its arithmetic. Money is an exact multiple of the currency's rounding.

    :param payout_percent: by the curve, percent, 2 decimals
    :param gate_factor: product of the factors of the gates not passed, 0 to 1
    :param proration: share of days covered, 0 to 1, 4 decimals
    :param computed: money before the cap
    :param capped: money after the cap
    :param amount: money to be paid, never negative
    :param carried_out: 0 or negative: what is left to be set off against the next bonus
    :param explanation: JSON-able; :func:`replay` recomputes from it
    """

    payout_percent: Decimal
    gate_factor: Decimal
    proration: Decimal
    computed: Decimal
    capped: Decimal
    amount: Decimal
    carried_out: Decimal
    explanation: dict = field(default_factory=dict)


def payout_curve(points, mode: str = "interpolated") -> Curve | None:
    """The curve of a bonus plan: nothing below its first point, flat beyond its last.

    :param points: (score, payout) pairs in percent, in any order; none = proportional
    :param mode: ``interpolated`` or ``step``
    :return: None = proportional
    :raises PayoutError: ``payout_negative``
    :raises EngineError: ``curve_order`` when a score is there twice, ``curve_mode``, ``not_a_number``

    >>> curve = payout_curve([(80, 50), (100, 100), (120, 150)])
    >>> [int(curve.at(score)) for score in (79, 80, 90, 100, 130)]
    [0, 50, 75, 100, 150]
    """
    pairs = sorted((required(score), required(percent)) for score, percent in points)
    if not pairs:
        return None
    for _score, percent in pairs:
        if percent < ZERO:
            raise PayoutError("payout_negative", payout=number_text(percent))
    return Curve(tuple(pairs), mode=mode, below=ZERO)


def share(inp: PayoutInput) -> Decimal:
    """Payout × gates × basis × proration, not rounded: what a pool is split in proportion to.

    :raises EvaluationError: ``out_of_range``
    """
    return _factors(inp)[-1]


def payout(inp: PayoutInput) -> Payout:
    """The bonus of one person for one period.

    Rounding happens where the order above says: the percentage to 2 decimals, the share of days to 4, the money
    to the currency. The cap is taken down to the currency's unit, so that it is never exceeded; adjustments and
    what was carried in are money already and are only freed of float dust.

    :raises EvaluationError: ``out_of_range``

    >>> bonus = PayoutInput(score=80, basis=5_000_000, days_covered=31, days_total=31, rounding=1)
    >>> payout(bonus).amount
    Decimal('4000000')
    """
    percent, gate_factor, proration, exact = _factors(inp)
    with arithmetic():
        computed = to_currency(exact, inp.rounding) if inp.pool is None else inp.pool.part(exact, inp.rounding)
        capped = computed
        if inp.cap is not None:
            capped = min(computed, to_currency(inp.cap, inp.rounding, ROUND_DOWN))
        balance = capped + to_currency(inp.adjustments, inp.rounding) + to_currency(inp.carried_in, inp.rounding)
    steps = {
        "payout_percent": percent,
        "gate_factor": gate_factor,
        "proration": proration,
        "computed": computed,
        "capped": capped,
        "amount": max(balance, ZERO),
        "carried_out": min(balance, ZERO),
    }
    return Payout(**steps, explanation=_explanation(inp, steps, exact))


def replay(explanation: dict) -> Payout:
    """Compute a bonus again from its explanation alone: same inputs, same rule, same output.

    :raises PayoutError: ``explanation_version``
    """
    return payout(input_from(explanation))


def input_from(explanation: dict) -> PayoutInput:
    """What a bonus was computed from, as its explanation tells it.

    :raises PayoutError: ``explanation_version``
    """
    if explanation["version"] != VERSION:
        raise PayoutError("explanation_version", version=explanation["version"])
    gates = tuple(Gate(gate["attainment"], gate["minimum"], gate["factor"]) for gate in explanation["gates"])
    names = ("score", "basis", "days_covered", "days_total", "rounding", "prorate", "cap", "adjustments", "carried_in")
    inputs = {name: explanation[name] for name in names}
    # Explanations written before there were rates and pools have neither.
    rate, pool = rate_from(explanation.get("rate")), pool_from(explanation.get("pool"))
    if rate is not None:
        del inputs["basis"]
    return PayoutInput(curve=curve_from(explanation["curve"]), gates=gates, rate=rate, pool=pool, **inputs)


def _factors(inp: PayoutInput) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Payout in percent, product of the gates, share of days, and what they make of the basis, not rounded."""
    percent = _payout_percent(inp)
    with arithmetic():
        gate_factor = ONE
        for gate in inp.gates:
            gate_factor *= gate.applied
        proration = _proration(inp)
        return percent, gate_factor, proration, percent * gate_factor * inp.basis * proration / HUNDRED


def _payout_percent(inp: PayoutInput) -> Decimal:
    if inp.rate is not None and inp.curve is None:
        return HUNDRED
    if inp.score is None:
        return ZERO
    percent = inp.score if inp.curve is None else inp.curve.at(inp.score)
    return round_half_up(max(percent, ZERO), PERCENT_DIGITS)


def _proration(inp: PayoutInput) -> Decimal:
    if not inp.prorate:
        return ONE
    return round_half_up(inp.days_covered / Decimal(inp.days_total), PRORATION_DIGITS)


def to_currency(amount: Decimal, rounding: Decimal, mode: str = ROUND_HALF_UP) -> Decimal:
    """The amount as a multiple of the currency's rounding, halves away from zero.

    :raises EvaluationError: ``out_of_range``
    """
    with arithmetic():
        units = (amount / rounding).quantize(ONE, rounding=mode)
        return units * rounding + ZERO


def _reason(inp: PayoutInput) -> str | None:
    """Why nothing can be paid, None when there is no such reason."""
    if inp.rate is not None and inp.rate.value is None:
        return "no_value"
    if inp.score is None and (inp.rate is None or inp.curve is not None):
        return "no_score"
    if inp.pool is not None and not inp.pool.amount:
        return "pool_empty"
    if inp.pool is not None and not inp.pool.shares:
        return "pool_without_shares"
    return None


def _explanation(inp: PayoutInput, steps: dict[str, Decimal], exact: Decimal) -> dict:
    numbers = ("score", "basis", "rounding", "cap", "adjustments", "carried_in")
    days = inp.days_covered
    return {
        "version": VERSION,
        **{name: number_text(getattr(inp, name)) for name in numbers},
        "rate": rate_dict(inp.rate),
        "pool": pool_dict(inp.pool, exact),
        "curve": curve_dict(inp.curve),
        "gates": [gate_dict(gate) for gate in inp.gates],
        "days_covered": int(days) if days == int(days) else number_text(days),
        "days_total": inp.days_total,
        "prorate": inp.prorate,
        **{name: number_text(value) for name, value in steps.items()},
        "reason": _reason(inp),
    }
