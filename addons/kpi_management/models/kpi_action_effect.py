from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import NO_ACCESS
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ..engine import window_of
from .guard import trusted

EFFECTS = [("unknown", "Not known yet"), ("better", "Better"), ("same", "Same"), ("worse", "Worse")]
FIGURES = ("actual", "attainment")
DAY = timedelta(days=1)


class KpiAction(models.Model):
    """Whether the KPI moved: as it stood when the action was made, and in the period after the deadline."""

    _inherit = "kpi.action"

    # Read through the fields below alone: whoever is asked to help need not see a colleague's figures.
    before = fields.Json(readonly=True, copy=False, groups=NO_ACCESS)
    has_before = fields.Boolean(compute="_compute_effect")
    actual_before = fields.Float(compute="_compute_effect", digits=0, help="When the action was made.")
    attainment_before = fields.Float(
        string="Attainment before (%)", compute="_compute_effect", digits=(16, 2), help="When the action was made."
    )
    line_after_id = fields.Many2one(
        "kpi.scorecard.line",
        string="Measured after",
        compute="_compute_effect",
        help="The same KPI of the same subject in the first period that begins after the deadline.",
    )
    has_after = fields.Boolean(compute="_compute_effect")
    actual_after = fields.Float(compute="_compute_effect", digits=0)
    attainment_after = fields.Float(string="Attainment after (%)", compute="_compute_effect", digits=(16, 2))
    effect = fields.Selection(
        EFFECTS,
        compute="_compute_effect",
        search="_search_effect",
        help="Attainment before and after; known once the action is done and the period after its deadline measured.",
    )
    effect_text = fields.Char(string="Look back", compute="_compute_effect_text")
    unit = fields.Selection(related="line_id.unit")
    currency_id = fields.Many2one(related="company_id.currency_id")

    @api.depends("line_id", "deadline", "state", "before")
    @api.depends_context("uid")
    def _compute_effect(self):
        # The figures are shown to those who may see them on the scorecard.
        readable = self.line_id._filtered_access("read")
        after = self._lines_after()
        for action in self:
            shown = action.line_id in readable
            # sudo: see ``before``; whether this user may see it was just asked.
            before = action.sudo().before if shown else None
            line = after.get(action, action.line_id.browse()) if shown else action.line_id.browse()
            action.has_before, action.has_after = bool(before), bool(line)
            action.line_after_id = line
            for name in FIGURES:
                action[f"{name}_before"] = before[name] if before else 0
                action[f"{name}_after"] = line[name]
            action.effect = action._judge(before, line)

    def _judge(self, before, line):
        if self.state != "done" or not before or not line:
            return "unknown"
        moved = round(line.attainment - before["attainment"], 2)
        return "better" if moved > 0 else "worse" if moved < 0 else "same"

    @api.depends("effect")
    @api.depends_context("uid", "lang")
    def _compute_effect_text(self):
        for action in self:
            action.effect_text = action._effect_in_words() if action.line_id else False

    def _effect_in_words(self):
        """What the look back says, or what it waits for."""
        if self.state == "cancelled":
            return self.env._("Given up: there is no look back.")
        if not self.has_before:
            return self.env._("The KPI had no figure when the action was made: there is nothing to compare with.")
        if not self.has_after:
            # sudo: of the line only the period is asked.
            start = self.deadline and format_date(self.env, self.sudo()._place_after()[1])
            return start and self.env._("Known once the period from %s is measured.", start)
        # sudo: of a line that was just shown.
        values = {
            "period": self.line_after_id.sudo().period_id.name,
            "points": formatLang(self.env, abs(self.attainment_after - self.attainment_before), digits=2),
        }
        if self.state == "open":
            return self.env._("%(period)s is measured. Say whether the action is done.", **values)
        if self.effect == "better":
            return self.env._("In %(period)s the attainment was %(points)s points higher than before.", **values)
        if self.effect == "worse":
            return self.env._("In %(period)s the attainment was %(points)s points lower than before.", **values)
        return self.env._("In %(period)s the attainment was the same as before.", **values)

    def _search_effect(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Only what is done has an effect, and only of one's own actions.
        done = self.search([("state", "=", "done"), ("line_id", "!=", False)])
        found = done.filtered(lambda action: action.effect in value)
        if "unknown" in value:
            return ["|", ("id", "not in", done.ids), ("id", "in", found.ids)]
        return [("id", "in", found.ids)]

    def _lines_after(self):
        """{action: the measured line of its KPI in the period after its deadline}, looked up for all at once, under
        the viewer's own rights."""
        # sudo: which KPI and subject to look for stands on the action's own line.
        wanted = {action: action._place_after() for action in self.sudo() if action.line_id and action.deadline}
        if not wanted:
            return {}
        definitions, starts = ({place[i] for place in wanted.values()} for i in (0, 1))
        lines = self.env["kpi.scorecard.line"].search(
            [("definition_id", "in", list(definitions)), ("date_start", "in", list(starts)), ("result", "=", "ok")]
        )
        there = {(line.definition_id.id, line.date_start, *line._track()): line for line in lines.sudo()}
        return {
            action.with_env(self.env): there[place].with_env(self.env)
            for action, place in wanted.items()
            if place in there
        }

    def _place_after(self):
        """Where the KPI is measured after the deadline: the KPI, the first day of that period, the subject."""
        line = self.line_id
        window = window_of(line.period_type, max(self.deadline, line.date_start))
        return (line.definition_id.id, window.end + DAY, *line._track())

    def _keep_before(self):
        """Keep how the KPIs stand now."""
        # sudo: nobody writes it by hand.
        for action in self.filtered(lambda action: action.line_id.result == "ok"):
            trusted(action).before = {name: action.line_id[name] for name in FIGURES}


class KpiScorecardLine(models.Model):
    _inherit = "kpi.scorecard.line"

    def _track(self):
        """What makes lines of several periods of a KPI comparable: the type of period, the subject and the choices."""
        card = self.scorecard_id
        return (self.period_type, card.subject_type, card.company_id, card._subject(), *sorted(self._choices().items()))
