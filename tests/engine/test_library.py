"""The library: KPIs from measures and from each other."""

from datetime import date
from decimal import Decimal

import pytest
from kpi_addons.kpi_management.engine import (
    CycleError,
    EngineError,
    EvaluationError,
    Library,
    MeasureFailure,
    MeasureInfo,
    parse,
    window_of,
)

MARCH = window_of("month", date(2025, 3, 1))
FEBRUARY = MARCH.previous()
YEAR = MARCH.year_to_date()

MEASURES = {
    "revenue": MeasureInfo("revenue", additive=True, empty_is_zero=True),
    "cost": MeasureInfo("cost", additive=True, empty_is_zero=True),
    "headcount": MeasureInfo("headcount", additive=False, empty_is_zero=True),
    "rating": MeasureInfo("rating", additive=False, empty_is_zero=False),
}


def library(**formulas):
    return Library(MEASURES, {code: parse(text) for code, text in formulas.items()})


def test_value_through_other_kpis():
    kpis = library(MARGIN="revenue - cost", RATE="100 * MARGIN / revenue")

    assert kpis.value("RATE", MARCH, {("revenue", MARCH): 200, ("cost", MARCH): 150}) == 25


def test_value_of_previous_and_year_to_date():
    kpis = library(
        GROWTH="100 * (revenue - previous(revenue)) / previous(revenue)",
        SHARE="revenue / year_to_date(REV)",
        REV="revenue",
    )
    figures = {("revenue", MARCH): 120, ("revenue", FEBRUARY): 100, ("revenue", YEAR): 480}

    assert kpis.value("GROWTH", MARCH, figures) == 20
    assert kpis.value("SHARE", MARCH, figures) == Decimal("0.25")


def test_previous_of_a_kpi_goes_back_with_all_it_uses():
    kpis = library(GROWTH="revenue - previous(revenue)", SPEED="GROWTH - previous(GROWTH)")
    january = FEBRUARY.previous()
    figures = {("revenue", january): 100, ("revenue", FEBRUARY): 110, ("revenue", MARCH): 150}

    assert kpis.needs("SPEED", MARCH) == {("revenue", MARCH), ("revenue", FEBRUARY), ("revenue", january)}
    assert kpis.value("SPEED", MARCH, figures) == 30


def test_needs():
    kpis = library(RATE="revenue / headcount", INDEX="RATE / previous(RATE) + year_to_date(cost)")

    assert kpis.needs("INDEX", MARCH) == {
        ("revenue", MARCH),
        ("headcount", MARCH),
        ("revenue", FEBRUARY),
        ("headcount", FEBRUARY),
        ("cost", YEAR),
    }


def test_missing_figure_is_zero_for_a_sum_and_no_data_for_an_average():
    kpis = library(SUM="revenue", MEAN="rating", BOTH="revenue + rating")

    assert kpis.value("SUM", MARCH, {}) == 0
    assert kpis.value("MEAN", MARCH, {}) is None
    assert kpis.value("BOTH", MARCH, {}) is None


def test_figure_given_as_no_data_is_no_data():
    assert library(SUM="revenue").value("SUM", MARCH, {("revenue", MARCH): None}) is None


def test_ratio_over_nothing_is_no_data():
    assert library(RATE="revenue / headcount").value("RATE", MARCH, {("revenue", MARCH): 5}) is None


def test_measure_that_failed_is_an_error_of_the_kpis_that_need_it_only():
    kpis = library(BROKEN="revenue + 1", USER="BROKEN * 2", FINE="cost", CAUTIOUS="cost if cost else BROKEN")
    figures = {("revenue", MARCH): MeasureFailure("No such field: amount"), ("cost", MARCH): 7}

    for code in ("BROKEN", "USER"):
        with pytest.raises(EvaluationError, match="No such field: amount"):
            kpis.value(code, MARCH, figures)
    assert kpis.value("FINE", MARCH, figures) == 7
    assert kpis.value("CAUTIOUS", MARCH, figures) == 7


def test_actual_is_rounded_half_up_to_six_decimals():
    kpis = library(RATE="revenue / cost")

    assert kpis.actual("RATE", MARCH, {("revenue", MARCH): 2, ("cost", MARCH): 3}) == Decimal("0.666667")
    assert kpis.value("RATE", MARCH, {("revenue", MARCH): 2, ("cost", MARCH): 3}) != Decimal("0.666667")


def test_order_is_topological():
    kpis = library(A="B + C", B="D", C="D + previous(B)", D="revenue", E="1")

    assert kpis.order() == ["D", "B", "C", "A", "E"]
    kpis.check()


def test_unknown_code():
    kpis = library(A="B + 1", B="revenu", FINE="cost")

    for use in (kpis.check, kpis.order, lambda: kpis.needs("A", MARCH), lambda: kpis.value("A", MARCH, {})):
        with pytest.raises(EngineError, match="revenu") as refused:
            use()
        assert refused.value.code == "unknown_code"
        assert refused.value.params == {"code": "revenu"}
    assert kpis.value("FINE", MARCH, {}) == 0
    with pytest.raises(EngineError, match="GONE"):
        kpis.value("GONE", MARCH, {})


@pytest.mark.parametrize(
    "formulas, circle",
    [
        ({"A": "A + 1"}, {"A"}),
        ({"A": "B", "B": "A"}, {"A", "B"}),
        ({"A": "revenue + B", "B": "C", "C": "D + B", "D": "cost"}, {"B", "C"}),
        ({"A": "previous(A) + revenue"}, {"A"}),
        ({"A": "1 if revenue else B", "B": "year_to_date(A)"}, {"A", "B"}),
    ],
)
def test_circle_is_refused(formulas, circle):
    kpis = library(**formulas)

    for use in (
        kpis.check,
        lambda: kpis.needs("A", MARCH),
        lambda: kpis.value("A", MARCH, {}),
        lambda: kpis.is_additive("A"),
    ):
        with pytest.raises(CycleError) as refused:
            use()
        assert sorted(refused.value.codes) == sorted(circle)
        assert refused.value.code == "cycle"


def test_circle_names_its_kpis_in_order_of_use():
    with pytest.raises(CycleError, match="A → B → C → A"):
        library(A="B", B="C", C="A").check()


def test_circle_elsewhere_does_not_matter_to_a_kpi():
    assert library(A="B", B="A", FINE="revenue").value("FINE", MARCH, {("revenue", MARCH): 3}) == 3


def test_kpi_may_bear_the_code_of_its_measure():
    kpis = library(revenue="revenue / 1000", USER="revenue + 1")
    figures = {("revenue", MARCH): 5000}

    assert kpis.value("revenue", MARCH, figures) == 5
    assert kpis.value("USER", MARCH, figures) == 5001
    assert kpis.order() == ["USER", "revenue"]


def test_measure_can_be_asked_for_itself():
    kpis = library()

    assert kpis.value("revenue", MARCH, {("revenue", MARCH): 5}) == 5
    assert kpis.needs("revenue", MARCH) == {("revenue", MARCH)}
    assert kpis.is_additive("revenue") and not kpis.is_additive("headcount")


def test_diamonds_stay_linear():
    """60 levels of which each uses the one below twice: 2⁶⁰ ways down, 61 KPIs."""
    formulas = {f"K{level}": f"K{level - 1} / 2 + K{level - 1} / 2" for level in range(1, 61)}
    kpis = library(K0="revenue", **formulas)

    assert kpis.value("K60", MARCH, {("revenue", MARCH): 9}) == 9
    assert kpis.needs("K60", MARCH) == {("revenue", MARCH)}


def test_long_chains_do_not_exhaust_the_stack():
    kpis = library(K0="revenue", **{f"K{level}": f"K{level - 1} + 1" for level in range(1, 3000)})

    assert kpis.value("K2999", MARCH, {}) == 2999
    assert len(kpis.order()) == 3000
    assert not kpis.is_additive("K2999")


@pytest.mark.parametrize(
    "text",
    [
        "revenue",
        "-revenue",
        "revenue - cost",
        "revenue / 1000",
        "2 * (revenue + cost) * 3 / 4",
        "1.1 * revenue - cost / (2 + 3)",
        "round(revenue / 1000, 1)",
        "abs(revenue - cost)",
        "PROFIT * 2",
    ],
)
def test_additive(text):
    assert library(KPI=text, PROFIT="revenue - cost").is_additive("KPI")


@pytest.mark.parametrize(
    "text",
    [
        "headcount",
        "rating",
        "5",
        "revenue + 1",
        "revenue + headcount",
        "revenue / cost",
        "100 / revenue",
        "revenue * cost",
        "min(revenue, cost)",
        "max(revenue, 0)",
        "revenue if cost else 0",
        "revenue > cost",
        "previous(revenue)",
        "year_to_date(revenue)",
        "revenue - previous(revenue)",
        "RATIO * 2",
        "round(RATIO)",
    ],
)
def test_not_additive(text):
    assert not library(KPI=text, RATIO="revenue / cost").is_additive("KPI")


def test_used_by():
    kpis = library(A="B + revenue", B="C + D", C="D", D="cost", E="A", LOOP="A + previous(LOOP) + gone")

    assert kpis.used_by("A") == ["B", "C", "D"]
    assert kpis.used_by("D") == []
    assert kpis.used_by("LOOP") == ["A", "B", "C", "D"]
    assert kpis.used_by("gone") == []
