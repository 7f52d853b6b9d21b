from odoo import api, fields, models
from odoo.tools import format_date

from ..engine import needed


class KpiMeasure(models.Model):
    """When a measure began to count otherwise: its closed figures then differ although no record came late."""

    _inherit = "kpi.measure"

    rule_changed_on = fields.Datetime(readonly=True, copy=False, string="Counts otherwise since")

    def write(self, vals):
        before = {measure: measure._rule() for measure in self}
        result = super().write(vals)
        if changed := self.filtered(lambda measure: measure._rule() != before[measure]):
            super(KpiMeasure, changed).write({"rule_changed_on": fields.Datetime.now()})
        return result

    def _rule(self):
        """All that decides which figure comes out of the same records."""
        names = ("source", "model_id", "domain", "aggregate", "accumulation", *self._path_fields())
        taken = [(taken.parameter_id, taken.path, taken.required) for taken in self.parameter_ids]
        return [self[name] for name in names], taken

    def _changed_note(self, closed_at):
        """That the measure changed after a period was closed; nothing when it did not.

        :param datetime closed_at: UTC
        """
        if not closed_at or self.rule_changed_on <= closed_at:
            return None
        return self.env._(
            "The measure “%(measure)s” was changed on %(date)s, after the closing: "
            "the difference may come from that and not from late records.",
            measure=self.name,
            date=format_date(self.env, fields.Datetime.context_timestamp(self, self.rule_changed_on).date()),
        )


class KpiScorecardLine(models.Model):
    _inherit = "kpi.scorecard.line"

    late_note = fields.Text(compute="_compute_late_note", compute_sudo=True, string="Changed since")

    @api.depends("has_late_data", "explanation", "period_id.computed_at")
    @api.depends_context("lang", "tz")
    def _compute_late_note(self):
        """Measures that count otherwise than when the line was closed, in words."""
        late = self.filtered("has_late_data")
        measures = self.env["kpi.measure"].with_context(active_test=False)
        changed = (measures.search([("rule_changed_on", "!=", False)]) if late else measures).grouped("code")
        for line in self:
            codes = sorted({code for code, _window in needed(line.explanation)}) if line in late else ()
            notes = [changed[code]._changed_note(line.period_id.computed_at) for code in codes if code in changed]
            line.late_note = "\n".join(filter(None, notes)) or False


class KpiScorecard(models.Model):
    _inherit = "kpi.scorecard"

    late_note = fields.Text(compute="_compute_late_note", compute_sudo=True)

    @api.depends("line_ids.late_note")
    @api.depends_context("lang", "tz")
    def _compute_late_note(self):
        for card in self:
            notes = dict.fromkeys(line.late_note for line in card.line_ids if line.late_note)
            card.late_note = "\n".join(notes) or False
