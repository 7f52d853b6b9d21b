"""A scorecard from its figures to its score, and each line computed again from its explanation alone."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kpi_addons.kpi_management.engine import (
    Card,
    EngineError,
    Library,
    Line,
    MeasureFailure,
    MeasureInfo,
    Target,
    evaluate,
    parse,
    replay,
    window_of,
)

MARCH = window_of("month", date(2025, 3, 1))
FEBRUARY = MARCH.previous()

LIBRARY = Library(
    {
        "sales_revenue": MeasureInfo("sales_revenue", additive=True, empty_is_zero=True),
        "won": MeasureInfo("won", additive=True, empty_is_zero=True),
        "closed": MeasureInfo("closed", additive=True, empty_is_zero=True),
        "rating": MeasureInfo("rating", additive=False, empty_is_zero=False),
    },
    {
        "REVENUE": parse("sales_revenue"),
        "CONVERSION": parse("100 * won / closed"),
        "GROWTH": parse("REVENUE - previous(REVENUE)"),
        "RATING": parse("rating"),
        "LOOP": parse("POOL"),
        "POOL": parse("LOOP"),
        "TYPO": parse("REVENUE / wun"),
    },
)
FIGURES = {
    ("sales_revenue", MARCH): 8_000_000_000.0,
    ("sales_revenue", FEBRUARY): 9_000_000_000.0,
    ("won", MARCH): 3,
    ("closed", MARCH): 7,
}
REVENUE = Line("revenue", "REVENUE", Target("higher", target=10_000_000_000), 60)
CONVERSION = Line("conversion", "CONVERSION", Target("higher", target=50), 40)


def card(*lines):
    return Card("card", MARCH, lines)


def one(line, figures=FIGURES, elapsed=1):
    return evaluate(card(line), LIBRARY, figures, elapsed).lines[0]


def test_card():
    """3 of 7 is 42.857143 %, which is 85.71 % of 50; 0.6 × 80 + 0.4 × 85.71 = 82.284."""
    result = evaluate(card(REVENUE, CONVERSION), LIBRARY, FIGURES, elapsed=1)
    revenue, conversion = result.lines

    assert result.key == "card"
    assert (revenue.key, revenue.result, revenue.actual, revenue.attainment) == ("revenue", "ok", 8_000_000_000, 80)
    assert (conversion.actual, conversion.attainment) == (Decimal("42.857143"), Decimal("85.71"))
    assert result.score == Decimal("82.28")


def test_pace_of_a_flow_is_projected_and_that_of_a_ratio_is_not():
    result = evaluate(card(REVENUE, CONVERSION), LIBRARY, FIGURES, elapsed=Decimal("0.5"))
    revenue, conversion = result.lines

    assert (revenue.forecast, revenue.status) == (16_000_000_000, "on_track")
    assert (conversion.forecast, conversion.status) == (Decimal("42.857143"), "at_risk")
    assert revenue.attainment == 80


def test_cost_that_is_on_pace_to_overrun_is_not_on_track():
    line = Line("cost", "REVENUE", Target("lower", target=10_000_000_000), 1)
    result = one(line, elapsed=0.5)

    assert result.attainment == 120
    assert (result.forecast, result.status) == (16_000_000_000, "behind")


def test_nothing_has_a_status_before_the_period_starts():
    assert one(REVENUE, elapsed=0).status == "none"


@pytest.mark.parametrize("policy, expected", [("exclude", "80.00"), ("zero", "48.00"), ("full", "88.00")])
def test_line_without_data(policy, expected):
    line = Line("rating", "RATING", Target("higher", target=5), 40, policy)
    result = evaluate(card(REVENUE, line), LIBRARY, FIGURES, elapsed=1)

    rating = result.lines[1]
    assert (rating.result, rating.actual, rating.attainment, rating.forecast) == ("no_data", None, None, None)
    assert rating.status == "none"
    assert result.score == Decimal(expected)


@pytest.mark.parametrize(
    "line, code",
    [
        (Line("x", "LOOP", Target("higher", target=1), 40), "cycle"),
        (Line("x", "TYPO", Target("higher", target=1), 40), "unknown_code"),
        (Line("x", "GONE", Target("higher", target=1), 40), "unknown_code"),
        (Line("x", "CONVERSION", Target("higher"), 40), "target_missing"),
        (Line("x", "CONVERSION", Target("lower", target=0), 40), "baseline_missing"),
        (Line("x", "CONVERSION", Target("higher", target=1), -40), "weight_negative"),
        (Line("x", "CONVERSION", Target("higher", target=1), None), "weight_missing"),
        (Line("x", "CONVERSION", Target("higher", target=1), float("nan")), "not_a_number"),
        (Line("x", "CONVERSION", Target("higher", target=1), 40, "whatever"), "no_data_policy"),
    ],
)
def test_broken_line_is_an_error_and_the_others_are_computed(line, code):
    result = evaluate(card(line, REVENUE), LIBRARY, FIGURES, elapsed=1)
    broken, revenue = result.lines

    assert (broken.key, broken.result, broken.error.code) == ("x", "error", code)
    assert (broken.attainment, broken.forecast, broken.status) == (None, None, "none")
    assert broken.explanation["error"]["code"] == code
    assert json.loads(json.dumps(broken.explanation)) == broken.explanation
    assert revenue.attainment == 80
    assert result.score == 80


def test_measure_that_failed():
    figures = {**FIGURES, ("won", MARCH): MeasureFailure("The field is gone."), ("rating", MARCH): float("inf")}
    rating = Line("rating", "RATING", Target("higher", target=5), 5)
    result = evaluate(card(CONVERSION, REVENUE, rating), LIBRARY, figures, elapsed=1)

    assert [line.result for line in result.lines] == ["error", "ok", "error"]
    assert str(result.lines[0].error) == "The field is gone."
    assert result.lines[2].error.code == "not_a_number"
    assert result.score == 80


def test_first_moment_of_a_period_has_no_forecast_rather_than_an_absurd_one():
    result = one(REVENUE, elapsed=1e-300)

    assert (result.result, result.attainment, result.forecast, result.status) == ("ok", 80, None, "none")


def test_actual_is_shown_although_the_target_is_unusable():
    assert one(Line("x", "REVENUE", Target("higher"), 1)).actual == 8_000_000_000


def test_card_of_errors_only_has_no_score():
    line = Line("x", "LOOP", Target("higher", target=1), 100)

    assert evaluate(card(line), LIBRARY, FIGURES, elapsed=1).score is None
    assert evaluate(card(), LIBRARY, FIGURES, elapsed=1).score is None


def test_attainment_is_computed_from_the_actual_that_is_shown():
    """2/3 of a hundredth is shown as 0.006667 and is 66.67 %, of a target of 0.01."""
    library = Library(LIBRARY.measures, {"KPI": parse("won / closed / 100")})
    line = Line("x", "KPI", Target("higher", target=0.01), 1)
    result = evaluate(card(line), library, {("won", MARCH): 2, ("closed", MARCH): 3}, elapsed=1)

    assert result.lines[0].actual == Decimal("0.006667")
    assert result.lines[0].attainment == Decimal("66.67")


def test_explanation():
    explanation = one(Line("g", "GROWTH", Target("higher", target=0, baseline=-2e9), 25), elapsed=0.5).explanation

    month = {"kind": "month", "start": "2025-03-01", "end": "2025-03-31"}
    assert explanation["formula"] == "REVENUE - previous(REVENUE)"
    assert explanation["subformulas"] == {"REVENUE": "sales_revenue"}
    assert explanation["window"] == month
    assert explanation["figures"] == [
        {"code": "sales_revenue", "kind": "month", "start": "2025-02-01", "end": "2025-02-28", "value": "9000000000"},
        {"code": "sales_revenue", **month, "value": "8000000000"},
    ]
    assert explanation["actual"] == "-1000000000"
    assert explanation["attainment"] == "50"
    assert (explanation["weight"], explanation["elapsed"], explanation["result"]) == ("25", "0.5", "ok")
    assert explanation["scoring"]["direction"] == "higher"
    assert (explanation["scoring"]["target"], explanation["scoring"]["baseline"]) == ("0", "-2000000000")
    assert explanation["scoring"]["points"] == [["-2000000000", "0"], ["0", "100"], ["400000000", "120"]]
    assert explanation["error"] is None


def test_missing_figures_are_explained_as_what_they_counted_as():
    explanation = one(REVENUE, figures={}).explanation

    assert [figure["value"] for figure in explanation["figures"]] == ["0"]
    assert [figure["value"] for figure in one(Line("r", "RATING", Target("higher", 5), 1)).explanation["figures"]] == [
        None
    ]


@pytest.mark.parametrize(
    "line",
    [
        REVENUE,
        CONVERSION,
        Line("g", "GROWTH", Target("higher", target=0, baseline=-2e9), 25),
        Line("r", "RATING", Target("higher", target=5), 10),
        Line("b", "CONVERSION", Target("band", band_low=45, band_high=50, band_tolerance=7.5), 10),
        Line("m", "won", Target("binary", target=3), 10),
    ],
)
def test_replay(line):
    result = one(line)

    assert replay(json.loads(json.dumps(result.explanation))) == (result.actual, result.attainment)


@pytest.mark.parametrize(
    "line",
    [
        Line("x", "LOOP", Target("higher", target=1), 1),
        Line("x", "TYPO", Target("higher", target=1), 1),
        Line("x", "GONE", Target("higher", target=1), 1),
        Line("x", "CONVERSION", Target("higher", target=1), 1),
        Line("x", "REVENUE", Target("higher"), 1),
        Line("x", "REVENUE", Target("higher", target=1), -1),
    ],
)
def test_replay_of_an_error_is_the_error(line):
    result = one(line, {**FIGURES, ("won", MARCH): MeasureFailure("The field is gone.")})

    with pytest.raises(EngineError) as again:
        replay(json.loads(json.dumps(result.explanation)))
    assert (again.value.code, str(again.value)) == (result.error.code, str(result.error))


def test_explanation_of_another_version_is_not_guessed_at():
    with pytest.raises(EngineError, match="version 2"):
        replay({**one(REVENUE).explanation, "version": 2})


# Six decimals, as figures have: over 1e-300 any ratio leaves the engine's range, and says so.
floats = st.floats(-1e12, 1e12).map(lambda number: round(number, 6))
figures = st.none() | floats | st.decimals(-1_000_000, 1_000_000, places=4) | st.integers(0, 10**12)


@given(figures, figures, figures, st.floats(0, 1), st.sampled_from(["REVENUE", "CONVERSION", "GROWTH"]))
def test_every_line_is_replayed_to_the_digit(first, second, third, elapsed, kpi):
    given_figures = {
        ("sales_revenue", MARCH): first,
        ("sales_revenue", FEBRUARY): second,
        ("won", MARCH): third,
        ("closed", MARCH): first,
    }
    line = Line("x", kpi, Target("higher", target=37, baseline=-11, stretch=40), 10)
    result = one(line, given_figures, elapsed)

    assert result.result in ("ok", "no_data")
    assert replay(json.loads(json.dumps(result.explanation))) == (result.actual, result.attainment)
