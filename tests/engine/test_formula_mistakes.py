"""Where exactly a mistake in a formula is."""

import pytest
from kpi_addons.kpi_management.engine import FormulaError, parse


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
        ("a" + "+a" * 60, "formula_too_deep"),
        ("abs(" * 30 + "a" + ")" * 30, "formula_too_deep"),
        ("a<" * 205 + "a", "formula_too_many_parts"),
        ("min(" + ",".join("a" * 200) + ")", "formula_too_many_parts"),
        ("a" * 65, "formula_name_too_long"),
    ],
)
def test_formula_that_is_too_much(text, code):
    with pytest.raises(FormulaError) as refused:
        parse(text)
    assert refused.value.code == code
    assert str(refused.value)
