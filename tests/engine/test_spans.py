"""Terms that change within a window count for their days, worked out by hand."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kpi_addons.kpi_management.engine import (
    Card,
    Library,
    Line,
    MeasureInfo,
    Span,
    Target,
    TargetError,
    Window,
    attainment,
    by_days,
    evaluate,
    parse,
    replay,
    stays,
    window_of,
)

MARCH = window_of("month", date(2026, 3, 1))
LIBRARY = Library(
    {
        "revenue": MeasureInfo("revenue", additive=True, empty_is_zero=True),
        "faults": MeasureInfo("faults", additive=True, empty_is_zero=True),
    },
    {"REVENUE": parse("revenue"), "FAULTS": parse("faults")},
)


def march(day):
    return date(2026, 3, day)


def higher(target, **terms):
    return Target("higher", target=target, **terms)


def spans(*parts):
    """Spans of (first day of March, target, weight)."""
    return tuple(Span(march(day), higher(target), weight) for day, target, weight in parts)


def test_the_new_target_counts_from_its_first_day():
    target, weight = by_days(spans((1, 100, 40), (15, 120, 40)), MARCH)

    # (14 days × 100 + 17 days × 120) ÷ 31 = 3440 ÷ 31 = 110.967741935483870967…
    assert (target.target * 31).quantize(Decimal("1e-20")) == 3440
    assert str(target.target).startswith("110.967741935483870967741935483870967741935")
    assert weight == 40


def test_the_weight_counts_for_its_days_too():
    # (40 × 14 + 57 × 17) ÷ 31 = (560 + 969) ÷ 31 = 1529 ÷ 31 = 49.32258…; an even case: (40 × 10 + 9 × 21) ÷ 31 = 19
    assert by_days(spans((1, 100, 40), (15, 100, 57)), MARCH)[1].quantize(Decimal("0.00001")) == Decimal("49.32258")
    assert by_days(spans((1, 100, 40), (11, 100, 9)), MARCH)[1] == 19


def test_several_changes_each_count_for_their_days():
    # (10 × 100 + 10 × 131 + 11 × 110) ÷ 31 = (1000 + 1310 + 1210) ÷ 31 = 3520 ÷ 31
    target, _weight = by_days(spans((1, 100, 10), (11, 131, 10), (21, 110, 10)), MARCH)
    assert target.target.quantize(Decimal("0.000001")) == Decimal("113.548387")


@pytest.mark.parametrize(
    ("parts", "days"),
    [
        (((1, 100, 1), (15, 120, 1)), [(1, 14, 100), (15, 31, 120)]),
        (((1, 100, 1), (1, 120, 1)), [(1, 31, 120)]),  # from the first day: the whole month
        (((1, 100, 1), (31, 120, 1)), [(1, 30, 100), (31, 31, 120)]),
        (((1, 100, 1), (15, 120, 1), (15, 130, 1)), [(1, 14, 100), (15, 31, 130)]),  # a change of a change
        (((20, 90, 1), (10, 80, 1)), [(1, 19, 80), (20, 31, 90)]),  # in whatever order, and back to the first day
    ],
)
def test_which_days_belong_to_which_terms(parts, days):
    found = [(stay.start.day, stay.end.day, int(stay.span.target.target)) for stay in stays(spans(*parts), MARCH)]

    assert found == days
    assert sum(stay.days for stay in stays(spans(*parts), MARCH)) == 31


def test_a_change_after_the_window_does_not_count():
    later = (*spans((1, 100, 1)), Span(date(2026, 4, 1), higher(500), 1))

    assert by_days(later, MARCH)[0].target == 100


def test_scoring_terms_go_by_days_as_well():
    before = higher(100, threshold=62, stretch=131, baseline=0)
    after = higher(100, threshold=93, stretch=162, baseline=31)
    target, _weight = by_days([Span(march(1), before, 1), Span(march(11), after, 1)], MARCH)

    # 62 → 93: (62 × 10 + 93 × 21) ÷ 31 = 2 × 10 + 3 × 21 = 83; the stretch (1310 + 3402) ÷ 31 = 152; the baseline 21
    assert (target.threshold, target.stretch, target.baseline) == (83, 152, 21)
    assert (target.cap, target.floor) == (120, 0)


def test_a_band_moves_by_days():
    before = Target("band", band_low=31, band_high=62, band_tolerance=5)
    after = Target("band", band_low=62, band_high=93, band_tolerance=5)
    target, _weight = by_days([Span(march(1), before, 1), Span(march(31), after, 1)], MARCH)

    # 31 × 30 ÷ 31 + 62 ÷ 31 = 32, and 62 × 30 ÷ 31 + 93 ÷ 31 = 63
    assert (target.band_low, target.band_high, target.band_tolerance) == (32, 63, 5)


def test_a_term_is_given_all_along_or_not_at_all():
    parts = [Span(march(1), higher(100), 1), Span(march(11), higher(100, threshold=80), 1)]
    with pytest.raises(TargetError) as refusal:
        by_days(parts, MARCH)

    assert refusal.value.code == "span_term_missing"
    line = Line("x", "REVENUE", higher(100, threshold=80), 100, spans=tuple(parts))
    result = evaluate(Card("card", MARCH, (line,)), LIBRARY, {}, 1)
    assert (result.score, result.lines[0].result, result.lines[0].error.code) == (None, "error", "span_term_missing")


def test_the_score_counts_each_target_for_its_days():
    parts = spans((1, 100, 40), (15, 120, 57))
    revenue = Line("revenue", "REVENUE", higher(120), 57, spans=parts)
    faults = Line("faults", "FAULTS", Target("lower", target=10), 43)
    figures = {("revenue", MARCH): 86, ("faults", MARCH): 10}
    result = evaluate(Card("card", MARCH, (revenue, faults)), LIBRARY, figures, 1)

    # 86 ÷ (3440 ÷ 31) = 2666 ÷ 3440 = 77.5 % exactly; 10 faults of 10 are 100 %
    assert [line.attainment for line in result.lines] == [Decimal("77.50"), Decimal("100.00")]
    # weights 1529 ÷ 31 and 43: (1529 × 77.5 + 1333 × 100) ÷ (1529 + 1333) = 251797.5 ÷ 2862 = 87.979…
    assert result.score == Decimal("87.98")


def test_the_explanation_names_each_stretch_and_replays():
    parts = spans((1, 100, 40), (15, 120, 57))
    line = Line("revenue", "REVENUE", higher(120), 57, spans=parts)
    result = evaluate(Card("card", MARCH, (line,)), LIBRARY, {("revenue", MARCH): 86}, 1).lines[0]
    explanation = json.loads(json.dumps(result.explanation))

    told = [(e["start"], e["end"], e["days"], e["scoring"]["target"], e["weight"]) for e in explanation["spans"]]
    assert told == [("2026-03-01", "2026-03-14", 14, "100", "40"), ("2026-03-15", "2026-03-31", 17, "120", "57")]
    assert explanation["scoring"]["target"].startswith("110.96774193548387096774193548387")
    assert replay(explanation) == (Decimal(86), Decimal("77.50"))
    explanation["spans"][1]["scoring"]["target"] = "100"
    assert replay(explanation) == (Decimal(86), Decimal("86.00")), "the stretches are what it is worked out from"


def test_without_a_change_nothing_is_different():
    plain = Line("revenue", "REVENUE", higher(100), 40)
    result = evaluate(Card("card", MARCH, (plain,)), LIBRARY, {("revenue", MARCH): 86}, 1).lines[0]

    assert "spans" not in result.explanation
    assert (result.explanation["scoring"]["target"], result.explanation["weight"]) == ("100", "40")


amounts = st.decimals(1, 10**12, places=4)


@given(st.lists(st.tuples(st.integers(0, 30), amounts, amounts), min_size=1, max_size=6), amounts)
def test_the_parts_add_up_to_the_whole(parts, actual):
    window = Window("custom", march(1), march(31))
    given_spans = [Span(march(1) + timedelta(days), higher(target), weight) for days, target, weight in parts]
    target, weight = by_days(given_spans, window)
    found = stays(given_spans, window)

    assert sum(stay.days for stay in found) == 31
    assert abs(target.target * 31 - sum(stay.span.target.target * stay.days for stay in found)) < Decimal("1e-20")
    assert min(s.span.target.target for s in found) <= target.target <= max(s.span.target.target for s in found)
    line = Line("x", "REVENUE", higher(1), weight, spans=tuple(given_spans))
    result = evaluate(Card("card", window, (line,)), LIBRARY, {("revenue", window): actual}, 1).lines[0]
    assert result.attainment == attainment(result.actual, target)
    assert replay(json.loads(json.dumps(result.explanation))) == (result.actual, result.attainment)


def test_a_mean_over_days_does_not_decide_a_tie():
    """1470 for 12 days, 800 for 19: (17640 + 15200) ÷ 31; 589.478 × 31 ÷ 32840 = 55.645 % exactly, half up 55.65."""
    spans = [Span(date(2025, 3, 1), Target("higher", 1470), 1), Span(date(2025, 3, 13), Target("higher", 800), 1)]
    target, _weight = by_days(spans, Window("month", date(2025, 3, 1), date(2025, 3, 31)))

    assert attainment(Decimal("589.478"), target) == Decimal("55.65")
