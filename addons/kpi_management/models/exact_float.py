from odoo import fields

from ..engine import EngineError, round_half_up, to_decimal


class ExactFloat(fields.Float):
    """A number with a fixed count of decimals, rounded half up as it reads.

    Odoo's own rounding works on the binary number and misses large ones: of 120 billion with four decimals it makes
    120000000000.0001, which no sum of targets ever equals.
    """

    def convert_to_cache(self, value, record, validate=True):
        return self._rounded(value, record)

    def convert_to_column(self, value, record, values=None, validate=True):
        number, digits = self._rounded(value, record), self.get_digits(record.env)
        return f"{number:.{digits[1]}f}" if digits else number

    def _rounded(self, value, record):
        number, digits = float(value or 0.0), self.get_digits(record.env)
        if not digits:
            return number
        try:
            return float(round_half_up(to_decimal(number), digits[1]))
        except EngineError:
            # Too large for the engine, and for the column: let the column refuse it.
            return number
