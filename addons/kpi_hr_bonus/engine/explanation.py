"""Parts of a bonus's explanation as JSON keeps them: numbers as exact texts."""

from ...kpi_management.engine import Curve, number_text

VERSION = 1


def gate_dict(gate) -> dict:
    """A :class:`payout.Gate` and whether it was passed."""
    return {
        "attainment": number_text(gate.attainment),
        "minimum": number_text(gate.minimum),
        "factor": number_text(gate.factor),
        "passed": gate.passed,
    }


def curve_dict(curve: Curve | None) -> dict | None:
    """A curve, None = proportional."""
    if curve is None:
        return None
    points = [[number_text(x), number_text(y)] for x, y in curve.points]
    return {"mode": curve.mode, "points": points, "below": number_text(curve.below)}


def curve_from(entry: dict | None) -> Curve | None:
    """The curve :func:`curve_dict` wrote down."""
    return None if entry is None else Curve(tuple(map(tuple, entry["points"])), entry["mode"], entry["below"])
