"""Whatever is typed into a formula either is one or is refused in order; nothing else ever happens."""

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from kpi_addons.kpi_management.engine import (
    EvaluationError,
    Formula,
    FormulaError,
    Library,
    MeasureInfo,
    parse,
    window_of,
)

WORDS = "a b c sales previous year_to_date min max abs round if else and or not in is lambda None True"
SIGNS = "+ - * / ** // % ( ) , . < > <= >= == != = := [ ] { } : ; @ ~ ^ & | ! ? # \\ ' \" `"
NUMBERS = "0 1 2.5 .5 1. 1e9 1e400 0x1f 0b1 1j 1_0 007 99999999999999999999 0.00000000000000000001"
STRANGE = "__import__ ().__class__ f'{a}' é − ﬁ １ \u2028 \ufeff"
SNIPPETS = "round(a,2) min(a,b) previous(a) (a) a*a*a (1if(a)else(b))"
NASTY = [
    *(piece for pieces in (WORDS, SIGNS, NUMBERS, STRANGE, SNIPPETS) for piece in pieces.split(" ")),
    " ",
    "\n",
    "\t",
    "\x00",
    "\x0c",
    "\ud800",
]
nasty_text = st.lists(st.sampled_from(NASTY), max_size=25).flatmap(
    lambda tokens: st.sampled_from(["", " "]).map(lambda glue: glue.join(tokens))
)
any_text = st.text(max_size=520) | nasty_text | st.text(alphabet="ab01.+-*/(), <>=ifels", max_size=60)

figure = st.none() | st.decimals(allow_nan=False, allow_infinity=False) | st.integers() | st.floats(-1e308, 1e308)


@settings(max_examples=10_000)
@given(any_text, figure, figure)
@example("(" * 500, 1, 1)
@example("-" * 500, 1, 1)
@example("a" + "*a" * 59, Decimal("1E+25"), 1)
@example("a" + "/a" * 59, Decimal("1E-25"), 1)
@example("round(a, 9)", Decimal("9" * 30), 1)
@example("9" * 500, 1, 1)
def test_any_text_gives_a_number_no_data_or_a_proper_error(text, one, other):
    try:
        formula = parse(text)
    except FormulaError as error:
        assert 0 <= error.position <= len(text)
        assert str(error)
        return
    assert_computes(formula, lambda reference: one if reference.code < "b" else other)


def expressions():
    """Formulas that are right, nested a few levels."""
    leaves = st.sampled_from(["a", "b", "previous(a)", "year_to_date(b)", "0", "1", "2.50", "100"])

    def nested(inner):
        return st.one_of(
            st.tuples(inner, st.sampled_from("+-*/"), inner).map("({0[0]} {0[1]} {0[2]})".format),
            st.tuples(inner, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), inner).map(
                "({0[0]} {0[1]} {0[2]})".format
            ),
            st.tuples(inner, inner, inner).map("({0[0]} if {0[1]} else {0[2]})".format),
            st.tuples(st.sampled_from(["min", "max"]), inner, inner).map("{0[0]}({0[1]}, {0[2]})".format),
            st.tuples(st.sampled_from(["abs", "round", "-", "+"]), inner).map("{0[0]}({0[1]})".format),
            st.tuples(inner, st.integers(-9, 9)).map("round({0[0]}, {0[1]})".format),
        )

    return st.recursive(leaves, nested, max_leaves=12).filter(lambda text: len(text) <= 500)


@settings(max_examples=2_000)
@given(expressions(), figure, figure)
def test_every_right_formula_is_read_and_computes(text, one, other):
    assert_computes(parse(text), lambda reference: one if reference.code == "a" else other)


def plain_expressions():
    """Formulas of two flows and whole numbers, of which many are additive and many are not."""
    leaves = st.sampled_from(["a", "a", "b", "b", "2", "7"])

    def nested(inner):
        two = st.tuples(inner, st.sampled_from("++--*/"), inner).map("({0[0]} {0[1]} {0[2]})".format)
        return two | st.tuples(st.sampled_from(["abs", "-"]), inner).map("{0[0]}({0[1]})".format)

    return st.recursive(leaves, nested, max_leaves=6)


numbers = st.decimals(-1000, 1000, places=2)
MARCH = window_of("month", date(2025, 3, 1))
FLOWS = {code: MeasureInfo(code, additive=True, empty_is_zero=True) for code in "ab"}


@settings(max_examples=1_000, suppress_health_check=[HealthCheck.filter_too_much])
@given(plain_expressions(), numbers, numbers, st.integers(2, 9))
def test_what_is_called_additive_grows_in_proportion(text, one, other, factor):
    """The pace of an additive KPI may be projected: k times the figures is k times the value."""
    library = Library(FLOWS, {"KPI": parse(text)})
    assume(library.is_additive("KPI"))
    once = library.value("KPI", MARCH, {("a", MARCH): one, ("b", MARCH): other})
    more = library.value("KPI", MARCH, {("a", MARCH): one * factor, ("b", MARCH): other * factor})

    if once is None:
        assert more is None
    else:
        # a seventh of something is rounded in its 50th digit
        assert abs(more - once * factor) < Decimal("1E-20")


def assert_computes(formula, lookup):
    assert isinstance(formula, Formula)
    try:
        value = formula.evaluate(lookup)
    except EvaluationError as error:
        assert error.code == "out_of_range"
    else:
        assert value is None or (isinstance(value, Decimal) and value.is_finite())
