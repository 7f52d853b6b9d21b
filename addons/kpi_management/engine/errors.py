"""Errors of the engine: a code, its parameters, and an English sentence.

The engine knows nothing of languages. Whoever shows an error to a person translates it by its ``code`` with
its ``params``; ``str(error)`` is the English of it, for logs and tests.
"""

MESSAGES = {
    # figures
    "not_a_number": "“%(value)s” is not a number.",
    "out_of_range": "The result is too large to be a figure.",
    "measure_failed": "%(message)s",
    # formulas
    "formula_empty": "The formula is empty.",
    "formula_too_long": "The formula has %(length)s characters; at most %(limit)s are allowed.",
    "formula_too_deep": "The formula is nested too deeply at column %(column)s.",
    "formula_too_many_parts": "The formula has more than %(limit)s parts.",
    "formula_character": "“%(text)s” cannot be used in a formula (column %(column)s).",
    "formula_keyword": "The word “%(text)s” cannot be used in a formula (column %(column)s).",
    "formula_number": "“%(text)s” is not a number a formula can use (column %(column)s).",
    "formula_name_too_long": "The code “%(text)s” is longer than %(limit)s characters (column %(column)s).",
    "formula_parenthesis": "The parenthesis at column %(column)s has no partner.",
    "formula_syntax": "The formula cannot be read at column %(column)s.",
    "formula_not_allowed": "This cannot be used in a formula (column %(column)s).",
    "formula_function": "“%(text)s” is not a function a formula can use (column %(column)s).",
    "formula_reserved": "“%(text)s” is a function and needs its arguments in parentheses (column %(column)s).",
    "formula_arguments": "“%(text)s” has the wrong number of arguments (column %(column)s).",
    "formula_bare_code": "“%(text)s” takes one code and nothing else (column %(column)s).",
    "formula_digits": "The digits to round to are a whole number from %(lowest)s to %(highest)s (column %(column)s).",
    # library
    "unknown_code": "No measure and no KPI has the code “%(code)s”.",
    "cycle": "These KPIs use each other in a circle: %(chain)s.",
    # targets
    "direction_unknown": "“%(direction)s” is not a direction of a target.",
    "target_missing": "The target is missing.",
    "baseline_missing": "A target of zero or less needs a baseline.",
    "baseline_not_below": "The baseline (%(baseline)s) must lie below the target (%(target)s): higher is better.",
    "baseline_not_above": "The baseline (%(baseline)s) must lie above the target (%(target)s): lower is better.",
    "threshold_not_short": "The threshold (%(threshold)s) must lie short of the target (%(target)s).",
    "stretch_not_beyond": "The stretch (%(stretch)s) must lie beyond the target (%(target)s).",
    "band_missing": "A band needs its lower and its upper edge.",
    "band_order": "The lower edge of the band (%(low)s) must not lie above its upper edge (%(high)s).",
    "band_tolerance_negative": "The tolerance of the band must not be negative.",
    "cap_too_low": "The cap must be 100 or more.",
    "floor_range": "The floor must lie between 0 and 100.",
    "threshold_attainment_range": "The attainment at the threshold must lie between 0 and 100.",
    "span_term_missing": "A baseline, threshold or stretch is given for a part of the period only: give it before and "
    "after the change, or neither.",
    # curves, scores, pace
    "curve_empty": "A curve needs at least one point.",
    "curve_order": "The points of a curve must be strictly increasing.",
    "curve_mode": "“%(mode)s” is not a mode of a curve.",
    "weight_negative": "A weight must not be negative.",
    "weight_missing": "The weight is missing.",
    "no_data_policy": "“%(policy)s” is not a way to count missing data.",
    # splitting
    "split_digits": "%(total)s cannot be split exactly with so few digits.",
    "split_share_negative": "A share must not be negative.",
    "split_nothing": "There is nothing to split by: no part has a share.",
    # windows
    "window_kind": "“%(kind)s” is not a kind of period.",
    "window_order": "A period must not end before it starts.",
    "time_zone_unknown": "“%(name)s” is not a time zone.",
    # explanations
    "explanation_version": "An explanation of version %(version)s cannot be replayed.",
}


class EngineError(ValueError):
    """Something the engine refuses.

    :param code: key of the sentence in :attr:`messages`; stays the same over versions
    :param params: what the sentence names, by name; plain values (texts, numbers, lists)

    >>> str(EngineError("unknown_code", code="leads"))
    'No measure and no KPI has the code “leads”.'
    """

    #: code → English sentence with ``%(name)s`` places
    messages = MESSAGES

    def __init__(self, code: str, /, **params):
        # args is (code,) only: with __dict__ that is what pickle and copy rebuild an exception from
        super().__init__(code)
        self.code: str = code
        self.params: dict = params

    def __str__(self):
        return self.messages[self.code] % self.params


class TargetError(EngineError):
    """A target that cannot be scored against, e.g. a target of zero without a baseline."""


class EvaluationError(EngineError):
    """A figure that cannot be computed, e.g. a measure that failed or a result out of range."""


class FormulaError(EngineError):
    """A formula that is refused.

    :param position: 0-based column of the mistake in the formula as written
    :param text: the mistaken piece of the formula, as far as it can be told
    """

    def __init__(self, code: str, /, position: int = 0, text: str = "", **params):
        super().__init__(code, position=position, column=position + 1, text=text, **params)
        self.position = position
        self.text = text


class CycleError(EngineError):
    """KPIs that use each other in a circle.

    :param codes: the codes on the circle, each once, in the order of use
    """

    def __init__(self, codes=()):
        codes = list(codes)
        chain = " → ".join([*codes, *codes[:1]])
        super().__init__("cycle", codes=codes, chain=chain)
        self.codes = codes

    def __reduce__(self):
        return (CycleError, (self.codes,))
