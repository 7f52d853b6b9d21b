from odoo import api, fields, models
from odoo.exceptions import AccessError

from .guard import is_trusted, trusted
from .kpi_target_mixin import DIGITS

NO_COUNTER = {"counter_target": 0, "counter_note": False, "has_counter": False}


class KpiScorecardLine(models.Model):
    """What the holder answers to a proposed target."""

    _inherit = "kpi.scorecard.line"

    counter_target = fields.Float(string="Holder's figure", digits=DIGITS, readonly=True, copy=False, aggregator=None)
    counter_note = fields.Char(string="Holder's reason", readonly=True, copy=False)
    has_counter = fields.Boolean(readonly=True, copy=False, help="The holder wants another figure here.")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_counter_untouched({name for vals in vals_list for name in vals})
        return super().create([{**vals, **NO_COUNTER} for vals in vals_list])

    def write(self, vals):
        self._check_counter_untouched(vals)
        return super().write(vals)

    def _take_counters(self):
        """The holder's figures become the targets."""
        for line in self.filtered("has_counter"):
            trusted(line).write({"target": line.counter_target, **NO_COUNTER})

    def _drop_counters(self):
        trusted(self.filtered("has_counter")).write(NO_COUNTER)

    def _check_figure(self, figure):
        """Refuse a target that could not be scored.

        :raises ValidationError: with the reason in the user's language
        """
        with self._refuse_unscorable(self.definition_id):
            self._prepare_target(self.definition_id.direction, figure).check()

    def _check_counter_untouched(self, names):
        if not is_trusted(self.env) and NO_COUNTER.keys() & set(names):
            raise AccessError(self.env._("Answer with other figures by the button of the scorecard."))
