"""Formulas: what they compute, and where exactly a mistake in one is."""

import copy
import pickle
from decimal import Decimal

import pytest
from kpi_addons.kpi_management.engine import (
    CycleError,
    EvaluationError,
    FormulaError,
    Reference,
    is_code,
    parse,
)

FIGURES = {"a": 6, "b": 4, "zero": 0, "won": 3, "closed": 8, "huge": Decimal("1E+20"), "nothing": None}


def value(text):
    return parse(text).evaluate(lambda reference: FIGURES[reference.code])


@pytest.mark.parametrize(
    "text, expected",
    [
        ("42", "42"),
        ("0.1 + 0.2", "0.3"),
        (".5 + 1.", "1.5"),
        ("a", "6"),
        ("-a", "-6"),
        ("+a - -b", "10"),
        ("a + b * 2", "14"),
        ("(a + b) * 2", "20"),
        ("a - b - 1", "1"),
        ("a / b", "1.5"),
        ("100 * won / closed", "37.5"),
        ("min(a, b)", "4"),
        ("max(a, b, 9)", "9"),
        ("abs(b - a)", "2"),
        ("round(a / b)", "2"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(won / closed, 2)", "0.38"),
        ("round(12500, -3)", "13000"),
        ("a > b", "1"),
        ("a < b", "0"),
        ("a >= 6", "1"),
        ("a <= 5.99", "0"),
        ("a == 6.0", "1"),
        ("a != 6", "0"),
        ("0 < b < a", "1"),
        ("0 < a < b", "0"),
        ("10 * (a > b) + (b > a)", "10"),
        ("a if a > b else b", "6"),
        ("a if b > a else b", "4"),
        ("1 if zero else 2 if a else 3", "2"),
        ("won / closed if closed else 0", "0.375"),
        ("  a\n  + b\t", "10"),
    ],
)
def test_value(text, expected):
    assert value(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    [
        "nothing",
        "nothing + 1",
        "1 - nothing",
        "0 * nothing",
        "-nothing",
        "min(a, nothing)",
        "max(nothing, a)",
        "abs(nothing)",
        "round(nothing, 2)",
        "nothing > 0",
        "0 < a < nothing",
        "1 if nothing else 2",
        "nothing if a else 2",
        "a / zero",
        "zero / zero",
        "100 * won / (closed - 8)",
        "a / zero if a else 0",
    ],
)
def test_nothing_is_not_zero(text):
    assert value(text) is None


def test_side_of_a_conditional_that_is_not_chosen_does_not_matter():
    assert value("a if b else nothing") == 6
    assert value("a if b else a / zero") == 6


def test_figure_that_is_not_needed_is_not_asked_for():
    def lookup(reference):
        if reference.code == "broken":
            raise EvaluationError("measure_failed", message="boom")
        return Decimal(1)

    assert parse("a if a else broken").evaluate(lookup) == 1
    with pytest.raises(EvaluationError, match="boom"):
        parse("a if a > 1 else broken").evaluate(lookup)


def test_figures_may_be_floats_and_are_taken_as_they_read():
    assert parse("x + y").evaluate(lambda reference: {"x": 0.1, "y": 0.2}[reference.code]) == Decimal("0.3")


def test_references():
    formula = parse("previous(a) + a / year_to_date(b) + a")

    assert formula.references == {
        Reference("a", "previous"),
        Reference("a", "current"),
        Reference("b", "year_to_date"),
    }
    assert formula.text == "previous(a) + a / year_to_date(b) + a"


def test_scopes_are_looked_up_as_such():
    figures = {Reference("a"): 120, Reference("a", "previous"): 100}

    assert parse("100 * (a - previous(a)) / previous(a)").evaluate(figures.get) == 20


@pytest.mark.parametrize("text", ["huge * huge", "huge * 10000000000", "-huge * huge", "huge / 0.00000000001"])
def test_result_out_of_range(text):
    with pytest.raises(EvaluationError) as refused:
        value(text)
    assert refused.value.code == "out_of_range"


def test_figure_out_of_range():
    with pytest.raises(EvaluationError):
        parse("a").evaluate(lambda reference: Decimal("1E+300"))


@pytest.mark.parametrize(
    "text, code, position, piece",
    [
        ("", "formula_empty", 0, ""),
        ("  \n ", "formula_empty", 0, ""),
        ("a + $b", "formula_character", 4, "$"),
        ("a ** 2", "formula_character", 2, "**"),
        ("a // 2", "formula_character", 2, "//"),
        ("a % 2", "formula_character", 2, "%"),
        ("a ^ 2", "formula_character", 2, "^"),
        ("a | b", "formula_character", 2, "|"),
        ("a & b", "formula_character", 2, "&"),
        ("~a", "formula_character", 0, "~"),
        ("a = 1", "formula_character", 2, "="),
        ("(a := 1)", "formula_character", 3, ":"),
        ("a.b", "formula_character", 1, "."),
        ("a .real", "formula_character", 2, "."),
        ("a[0]", "formula_character", 1, "["),
        ("{a}", "formula_character", 0, "{"),
        ("'a'", "formula_character", 0, "'"),
        ('"a"', "formula_character", 0, '"'),
        ("f'a'", "formula_character", 1, "'"),
        ("a # b", "formula_character", 2, "#"),
        ("a \\\n+ b", "formula_character", 2, "\\"),
        ("a; b", "formula_character", 1, ";"),
        ("a @ b", "formula_character", 2, "@"),
        ("round(a, digits=2)", "formula_character", 15, "="),
        ("_a", "formula_character", 0, "_"),
        ("__import__(a)", "formula_character", 0, "_"),
        ("doanh_thu + tiền", "formula_character", 14, "ề"),
        ("a − b", "formula_character", 2, "−"),
        ("a\u00a0+ b", "formula_character", 1, "\u00a0"),
        ("a\0", "formula_character", 1, "\0"),
        ("１", "formula_character", 0, "１"),
        ("1j", "formula_number", 0, "1j"),
        ("a + 1e5", "formula_number", 4, "1e5"),
        ("0x10", "formula_number", 0, "0x10"),
        ("1_000", "formula_number", 0, "1_000"),
        ("1.2.3", "formula_number", 0, "1.2.3"),
        ("2if a else 1", "formula_number", 0, "2if"),
        ("5.real", "formula_number", 0, "5.real"),
        ("1 + 123456789012345678901", "formula_number", 4, "123456789012345678901"),
        ("a and b", "formula_keyword", 2, "and"),
        ("not a", "formula_keyword", 0, "not"),
        ("a + True", "formula_keyword", 4, "True"),
        ("None", "formula_keyword", 0, "None"),
        ("lambda: a", "formula_keyword", 0, "lambda"),
        ("min(a for a in b)", "formula_keyword", 6, "for"),
        ("a in b", "formula_keyword", 2, "in"),
        ("a is b", "formula_keyword", 2, "is"),
        ("await a", "formula_keyword", 0, "await"),
        ("(a + b", "formula_parenthesis", 0, "("),
        ("(a + (b)", "formula_parenthesis", 0, "("),
        ("a + b)", "formula_parenthesis", 5, ")"),
        ("a) + (b", "formula_parenthesis", 1, ")"),
        ("a b", "formula_syntax", 2, ""),
        ("a +", "formula_syntax", 3, ""),
        ("a + * b", "formula_syntax", 4, ""),
        ("a if b else  ", "formula_syntax", 11, ""),
        ("007", "formula_syntax", 0, ""),
        ("  a + * b", "formula_syntax", 6, ""),
        ("a, b", "formula_not_allowed", 0, "a, b"),
        ("a + ()", "formula_not_allowed", 4, "()"),
        ("min(*a)", "formula_not_allowed", 4, "*a"),
        ("min(a, (b, 1))", "formula_not_allowed", 7, "(b, 1)"),
        ("2 + (a)(b)(1)", "formula_not_allowed", 4, "(a)(b)"),
        ("1(2)", "formula_not_allowed", 0, "1"),
        ("1 + sum(a, b)", "formula_function", 4, "sum"),
        ("eval(a)", "formula_function", 0, "eval"),
        ("a + min", "formula_reserved", 4, "min"),
        ("previous + 1", "formula_reserved", 0, "previous"),
        ("1 + min(a)", "formula_arguments", 4, "min"),
        ("max()", "formula_arguments", 0, "max"),
        ("abs(a, b)", "formula_arguments", 0, "abs"),
        ("round()", "formula_arguments", 0, "round"),
        ("round(a, 1, 2)", "formula_arguments", 0, "round"),
        ("previous()", "formula_arguments", 0, "previous"),
        ("previous(a, b)", "formula_arguments", 0, "previous"),
        ("previous(a + b)", "formula_bare_code", 9, "previous"),
        ("previous(1)", "formula_bare_code", 9, "previous"),
        ("previous(previous(a))", "formula_bare_code", 9, "previous"),
        ("year_to_date(min)", "formula_bare_code", 13, "year_to_date"),
        ("round(a, b)", "formula_digits", 9, "b"),
        ("round(a, 1.5)", "formula_digits", 9, "1.5"),
        ("round(a, 10)", "formula_digits", 9, "10"),
        ("round(a, 1 + 1)", "formula_digits", 9, "1 + 1"),
    ],
)
def test_mistake_and_its_place(text, code, position, piece):
    with pytest.raises(FormulaError) as refused:
        parse(text)
    error = refused.value
    assert (error.code, error.position) == (code, position)
    if piece:
        assert error.text == piece
    if code != "formula_empty":
        assert str(position + 1) in str(error)


@pytest.mark.parametrize("text", [None, 5, b"a"])
def test_what_is_no_text_is_no_formula(text):
    with pytest.raises(FormulaError):
        parse(text)


@pytest.mark.parametrize(
    "text, code",
    [
        ("1" + " " * 500, "formula_too_long"),
        ("(" * 26 + "a" + ")" * 26, "formula_too_deep"),
        ("(" * 250 + ")" * 250, "formula_too_deep"),
        ("-" * 499 + "a", "formula_too_deep"),
        ("a" + "+a" * 100, "formula_too_deep"),
        ("abs(" * 30 + "a" + ")" * 30, "formula_too_deep"),
        ("a<" * 205 + "a", "formula_too_many_parts"),
        ("min(" + ",".join("a" * 240) + ")", "formula_too_many_parts"),
        ("a" * 65, "formula_name_too_long"),
    ],
)
def test_formula_that_is_too_much(text, code):
    with pytest.raises(FormulaError) as refused:
        parse(text)
    assert refused.value.code == code
    assert str(refused.value)


def test_what_is_just_not_too_much():
    assert value("a" + "+a" * 50) == 51 * 6
    assert value("(" * 25 + "a" + ")" * 25) == 6
    assert parse("x" * 64).references == {Reference("x" * 64)}


def test_nothing_of_a_formula_is_executed(monkeypatch):
    def trap(*args, **kwargs):
        raise AssertionError("executed")

    monkeypatch.setattr("builtins.eval", trap)
    monkeypatch.setattr("builtins.exec", trap)

    assert value("a + b") == 10


def test_formulas_with_the_same_text_are_equal():
    assert parse("a + b") == parse("a + b")
    assert len({parse("a + b"), parse("a + b"), parse("b + a")}) == 2


def test_formula_and_error_survive_copying():
    formula = pickle.loads(pickle.dumps(parse("a + b")))
    assert formula.evaluate(lambda reference: Decimal(1)) == 2

    with pytest.raises(FormulaError) as refused:
        parse("a ** 2")
    for error in (copy.copy(refused.value), pickle.loads(pickle.dumps(refused.value))):
        assert (error.code, error.position, error.params) == ("formula_character", 2, refused.value.params)
        assert str(error) == str(refused.value)


def test_circle_survives_copying():
    circle = pickle.loads(pickle.dumps(CycleError(["A", "B"])))

    assert (circle.codes, str(circle)) == (["A", "B"], "These KPIs use each other in a circle: A → B → A.")


@pytest.mark.parametrize("code", ["a", "SAL_REVENUE", "leads_2nd"])
def test_code(code):
    assert is_code(code)
    assert parse(code).references == {Reference(code)}


@pytest.mark.parametrize("code", ["", "2nd", "_a", "a b", "a-b", "min", "previous", "if", "True", "đơn", "a" * 65])
def test_no_code(code):
    assert not is_code(code)
