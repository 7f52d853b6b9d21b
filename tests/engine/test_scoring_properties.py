"""What holds for every target and every actual."""

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st
from kpi_addons.kpi_management.engine import Part, Target, attainment, score, scoring_points


def values(lowest=-1_000_000, highest=1_000_000):
    return st.decimals(lowest, highest, places=3)


percents = st.decimals(0, 100, places=3)
steps = st.decimals("0.001", 1_000_000, places=3)


@st.composite
def line_targets(draw):
    """Usable targets of direction higher and lower, with and without baseline, threshold, stretch."""
    direction = draw(st.sampled_from(["higher", "lower"]))
    sign = 1 if direction == "higher" else -1
    goal = draw(values())
    inputs = {"cap": draw(st.decimals(100, 300, places=3)), "floor": draw(percents)}
    if draw(st.booleans()) or goal <= 0:
        inputs["baseline"] = goal - sign * draw(steps)
    if draw(st.booleans()):
        inputs |= {"threshold": goal - sign * draw(steps), "threshold_attainment": draw(percents)}
    if draw(st.booleans()):
        inputs["stretch"] = goal + sign * draw(steps)
    return Target(direction, target=goal, **inputs)


@st.composite
def band_targets(draw):
    low = draw(values())
    tolerance = draw(st.none() | st.just(Decimal(0)) | steps)
    high = low + draw(st.just(Decimal(0)) | steps)
    return Target("band", band_low=low, band_high=high, band_tolerance=tolerance, floor=draw(percents))


@st.composite
def binary_targets(draw):
    return Target("binary", target=draw(values()), baseline=draw(st.none() | values()), floor=draw(percents))


any_target = line_targets() | band_targets() | binary_targets()


@given(line_targets(), values(), values())
def test_attainment_never_turns_back(target, one, other):
    low, high = attainment(min(one, other), target), attainment(max(one, other), target)

    assert low <= high if target.direction == "higher" else low >= high


@given(line_targets() | binary_targets())
def test_on_target_is_a_hundred(target):
    assert attainment(target.target, target) == 100


@given(band_targets(), st.decimals(0, 1, places=3))
def test_inside_the_band_is_a_hundred(target, share):
    inside = target.band_low + (target.band_high - target.band_low) * share

    assert attainment(inside, target) == 100


@given(any_target, values(-10_000_000, 10_000_000))
def test_attainment_stays_between_floor_and_cap(target, actual):
    reached = attainment(actual, target)

    assert target.floor <= reached <= target.cap
    assert reached == reached.quantize(Decimal("0.01"))


@given(any_target, values())
def test_a_figure_counts_the_same_however_it_is_written(target, actual):
    """Floats, texts and decimals of the same figure give the same attainment."""
    assert attainment(float(actual), target) == attainment(str(actual), target) == attainment(actual, target)


@given(line_targets(), values())
def test_lower_is_higher_in_a_mirror(target, actual):
    def mirrored(value):
        return None if value is None else -value

    mirror = Target(
        "lower" if target.direction == "higher" else "higher",
        target=-target.target,
        # the default baselines of the two directions differ, so one is given
        baseline=mirrored(target.baseline),
        threshold=mirrored(target.threshold),
        threshold_attainment=target.threshold_attainment,
        stretch=mirrored(target.stretch),
        cap=target.cap,
        floor=target.floor,
    )
    assume(target.baseline is not None)

    assert attainment(-actual, mirror) == attainment(actual, target)


@given(line_targets())
def test_attainment_at_each_point_is_the_point(target):
    for x, y in scoring_points(target):
        # a point that was derived may be a rounded quotient, so near it is meant
        assert abs(attainment(x, target) - min(target.cap, max(target.floor, y))) <= Decimal("0.01")


weights = st.decimals(0, 100, places=2)
parts = st.builds(
    Part,
    weights,
    st.none() | st.decimals(0, 150, places=2),
    st.sampled_from(["exclude", "zero", "full"]),
)


@given(st.lists(parts, max_size=8))
def test_score_lies_within_what_counts(lines):
    counted = [part.counted for part in lines if part.counted is not None and part.weight]
    result = score(lines)

    if not counted:
        assert result is None
    else:
        assert min(counted) <= result <= max(counted)


@given(st.lists(parts, max_size=6), st.integers(1, 1000))
def test_score_depends_on_the_ratio_of_weights_only(lines, factor):
    scaled = [Part(part.weight * factor, part.attainment, part.no_data) for part in lines]

    assert score(scaled) == score(lines)
