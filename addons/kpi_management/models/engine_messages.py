"""The sentences of the engine's errors, where Odoo's translations find them.

The engine knows nothing of languages; a test holds this table and the engine's own equal.
"""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

TEXTS = {
    "not_a_number": _lt("“%(value)s” is not a number."),
    "out_of_range": _lt("The result is too large to be a figure."),
    "formula_empty": _lt("The formula is empty."),
    "formula_too_long": _lt("The formula has %(length)s characters; at most %(limit)s are allowed."),
    "formula_too_deep": _lt("The formula is nested too deeply at column %(column)s."),
    "formula_too_many_parts": _lt("The formula has more than %(limit)s parts."),
    "formula_character": _lt("“%(text)s” cannot be used in a formula (column %(column)s)."),
    "formula_keyword": _lt("The word “%(text)s” cannot be used in a formula (column %(column)s)."),
    "formula_number": _lt("“%(text)s” is not a number a formula can use (column %(column)s)."),
    "formula_name_too_long": _lt("The code “%(text)s” is longer than %(limit)s characters (column %(column)s)."),
    "formula_parenthesis": _lt("The parenthesis at column %(column)s has no partner."),
    "formula_syntax": _lt("The formula cannot be read at column %(column)s."),
    "formula_not_allowed": _lt("This cannot be used in a formula (column %(column)s)."),
    "formula_function": _lt("“%(text)s” is not a function a formula can use (column %(column)s)."),
    "formula_reserved": _lt("“%(text)s” is a function and needs its arguments in parentheses (column %(column)s)."),
    "formula_arguments": _lt("“%(text)s” has the wrong number of arguments (column %(column)s)."),
    "formula_bare_code": _lt("“%(text)s” takes one code and nothing else (column %(column)s)."),
    "formula_digits": _lt(
        "The digits to round to are a whole number from %(lowest)s to %(highest)s (column %(column)s)."
    ),
    "unknown_code": _lt("No measure and no KPI has the code “%(code)s”."),
    "cycle": _lt("These KPIs use each other in a circle: %(chain)s."),
    "direction_unknown": _lt("“%(direction)s” is not a direction of a target."),
    "target_missing": _lt("The target is missing."),
    "baseline_missing": _lt("A target of zero or less needs a baseline."),
    "baseline_not_below": _lt("The baseline (%(baseline)s) must lie below the target (%(target)s): higher is better."),
    "baseline_not_above": _lt("The baseline (%(baseline)s) must lie above the target (%(target)s): lower is better."),
    "threshold_not_short": _lt("The threshold (%(threshold)s) must lie short of the target (%(target)s)."),
    "stretch_not_beyond": _lt("The stretch (%(stretch)s) must lie beyond the target (%(target)s)."),
    "band_missing": _lt("A band needs its lower and its upper edge."),
    "band_order": _lt("The lower edge of the band (%(low)s) must not lie above its upper edge (%(high)s)."),
    "band_tolerance_negative": _lt("The tolerance of the band must not be negative."),
    "cap_too_low": _lt("The cap must be 100 or more."),
    "floor_range": _lt("The floor must lie between 0 and 100."),
    "threshold_attainment_range": _lt("The attainment at the threshold must lie between 0 and 100."),
    "span_term_missing": _lt(
        "A baseline, threshold or stretch is given for a part of the period only: give it before and "
        "after the change, or neither."
    ),
    "curve_empty": _lt("A curve needs at least one point."),
    "curve_order": _lt("The points of a curve must be strictly increasing."),
    "curve_mode": _lt("“%(mode)s” is not a mode of a curve."),
    "weight_negative": _lt("A weight must not be negative."),
    "weight_missing": _lt("The weight is missing."),
    "no_data_policy": _lt("“%(policy)s” is not a way to count missing data."),
    "split_digits": _lt("%(total)s cannot be split exactly with so few digits."),
    "split_share_negative": _lt("A share must not be negative."),
    "split_nothing": _lt("There is nothing to split by: no part has a share."),
    "window_kind": _lt("“%(kind)s” is not a kind of period."),
    "window_order": _lt("A period must not end before it starts."),
    "time_zone_unknown": _lt("“%(name)s” is not a time zone."),
    "explanation_version": _lt("An explanation of version %(version)s cannot be replayed."),
}
