from odoo import api, fields, models
from odoo.tools import format_date

from ..engine import EngineError, by_days, number_text, round_half_up, stays
from .guard import trusted
from .kpi_target_change_terms import CHANGING, spans, timeline
from .kpi_target_mixin import SCORING_FIELDS


class KpiScorecardLine(models.Model):
    """What a line counts with when its terms changed within the period."""

    _inherit = "kpi.scorecard.line"

    change_ids = fields.One2many("kpi.target.change", "line_id", string="Changes")
    effective_target = fields.Float(
        string="Target for the period",
        digits=0,
        compute="_compute_effective",
        compute_sudo=True,
        help="The target of the whole period: each target counts for its days.",
    )
    effective_weight = fields.Float(
        string="Weight for the period", digits=0, compute="_compute_effective", compute_sudo=True
    )
    terms_by_day = fields.Char(
        string="Before and after", compute="_compute_effective", compute_sudo=True, help="The terms and their days."
    )

    @api.depends("weight", "target", *SCORING_FIELDS, "change_ids.state", "date_start", "date_end")
    @api.depends_context("lang")
    def _compute_effective(self):
        timelines = self._timelines()
        for line in self:
            line.effective_target, line.effective_weight, line.terms_by_day = line.target, line.weight, False
            parts = spans(line.direction, timelines[line], line.period_id._window()) if line._origin else ()
            if not parts:
                continue
            try:
                target, weight = by_days(parts, line.period_id._window())
            except EngineError:
                continue  # the computation meets the same error and says so on the line
            line.effective_target = target.target or 0
            line.effective_weight = weight
            line.terms_by_day = line._tell_terms(parts, target, weight)

    def _changed_aims(self):
        """{line id: the target that counts for the whole period}, of the lines of which somebody asked to change it.

        Few are: so that many lines are told without the days of each.
        """
        # sudo: whoever reads a line may know that its terms changed; the figure is on the line itself.
        Change = self.env["kpi.target.change"].sudo()
        groups = Change._read_group([("line_id", "in", self.ids)], ["line_id"])
        changed = self.browse([line.id for (line,) in groups])
        return {line.id: line.effective_target for line in changed}

    def _timelines(self, extra=()):
        """{line: its terms by day, as of ``timeline``}

        :param extra: changes that do not count yet, as if they did
        """
        Change = self.env["kpi.target.change"]
        counting = Change._counting([("line_id", "in", self.ids)])
        wanted = {}
        for change in extra:
            wanted.setdefault(change.line_id.id, []).append(change)
        names = dict.fromkeys((*CHANGING, *SCORING_FIELDS))
        return {
            line: timeline(
                {name: line[name] for name in names},
                # sorted() is stable: of changes from the same day the later one comes last
                sorted(
                    (*counting.get(line._origin.id, ()), *wanted.get(line._origin.id, ())),
                    key=lambda change: change.date_effective,
                ),
            )
            for line in self
        }

    def _check_steps(self, steps):
        """Whether the line can be scored with these terms by day.

        :raises ValidationError: with the reason in the user's language
        """
        self.ensure_one()
        window = self.period_id._window()
        parts = spans(self.direction, steps, window)
        with self._refuse_unscorable(self.definition_id):
            for part in parts:
                part.target.check()
            if parts:
                by_days(parts, window)[0].check()

    def _apply_changes(self):
        """The line's own terms are those of the last change."""
        for line, steps in self._timelines().items():
            terms = steps[-1][1]
            trusted(line).write({name: terms[name] for name in CHANGING if terms[name] != line[name]})

    def _tell_terms(self, parts, target, weight):
        """Each stretch and what it makes of the period: 100 until 14 Mar · 120 from 15 Mar → 110.97"""
        names = ("band_low", "band_high") if self.direction == "band" else ("target",)
        found = stays(parts, self.period_id._window())
        aims = self._tell_stays([(_picked(stay.span.target, names), stay) for stay in found], _picked(target, names))
        weights = self._tell_stays([((stay.span.weight,), stay) for stay in found], (weight,), unit=False)
        if weights:
            weights = f"{self._fields['weight']._description_string(self.env)}: {weights}"
        return " – ".join(filter(None, (aims, weights))) or False

    def _tell_stays(self, values, whole, unit=True):
        """One term over the days; nothing where it stayed the same.

        :param values: [(values of the term, engine Stay)]
        :param whole: what they make of the whole period
        """
        stretches = []  # [value, first day, last day], neighbours with the same value as one
        for value, stay in values:
            if stretches and stretches[-1][0] == value:
                stretches[-1][2] = stay.end
            else:
                stretches.append([value, stay.start, stay.end])
        if len(stretches) < 2:
            return ""
        told = [
            self.env._("%(value)s until %(day)s", value=self._tell_value(value, unit), day=self._tell_day(end))
            for value, _start, end in stretches[:-1]
        ]
        last, start, _end = stretches[-1]
        told.append(self.env._("%(value)s from %(day)s", value=self._tell_value(last, unit), day=self._tell_day(start)))
        return f"{' · '.join(told)} → {self._tell_value(whole, unit)}"

    def _tell_day(self, day):
        return format_date(self.env, day, date_format="d MMM")

    def _tell_value(self, values, unit):
        explanation = self.env["kpi.scorecard.explanation"]
        texts = [number_text(round_half_up(value, 2)) for value in values if value is not None]
        return "–".join(explanation._format(self, text) if unit else explanation._number(text) for text in texts)


def _picked(target, names):
    return tuple(getattr(target, name) for name in names)
