from decimal import Decimal

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..engine import EngineError, portion, raised, whole
from .guard import trusted
from .kpi_scorecard_batch import CHUNK
from .kpi_scorecard_template_line import TERM_FIELDS
from .kpi_target_mixin import DIGITS, SCORING_FIELDS, engine_target

# What counts something, and so shrinks with the days.
SIZES = ("target", "baseline", "threshold", "stretch", "band_low", "band_high", "band_tolerance")
# What moves together when a target is raised.
RAISED = ("target", "threshold", "stretch")
# A run makes thousands of scorecards: no message, follower or tracking for each of them.
QUIET = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_create_nolog": True}


class KpiScorecardBatch(models.Model):
    """Makes the scorecards of a plan, in chunks."""

    _inherit = "kpi.scorecard.batch"

    def _make(self, todo, commit=False):
        """Make scorecards in draft.

        :param todo: list of Todo
        :param bool commit: commit after each chunk (cron only), leaving out who got a scorecard meanwhile
        :return: whether all were made; False when the cron's time is over
        """
        terms = {}
        for start in range(0, len(todo), CHUNK):
            self.period_id._hold_open()
            taken = self._taken() if commit else ()
            chunk = [each for each in todo[start : start + CHUNK] if (each.kind, each.subject_id) not in taken]
            self._prepare_terms(chunk, terms)
            # trusted: where a scorecard comes from is written here alone; the user was checked in _check_may_make.
            cards = trusted(self.env["kpi.scorecard"].with_context(**QUIET))
            cards.create([self._prepare_card(each, terms) for each in chunk])
            if commit and not self.env["ir.cron"]._commit_progress(CHUNK):
                return False
        return True

    @api.model
    def _cron_make(self):
        """Work off what is queued; what breaks off goes on where it stopped, as those who have a scorecard are left."""
        batches = trusted(self).search([("state", "=", "queued")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=sum(batches.mapped("total")))
        for batch in batches:
            try:
                batch.period_id._check_open()
                finished = batch._make(batch._plan().todo, commit=True)
            except (UserError, IntegrityError) as error:
                self.env.cr.rollback()
                batch.write({"state": "draft", "failure": batch._failure_text(error)})
                finished = True
            else:
                batch.state = "done" if finished else "queued"
            self.env["ir.cron"]._commit_progress(0)
            if not finished:
                return

    @api.model
    def _failure_text(self, error):
        if isinstance(error, UserError):
            return str(error)
        return self.env._("Somebody else made a scorecard for one of these people at the same moment. Run it again.")

    def _prepare_card(self, todo, terms):
        field = self.env["kpi.scorecard"]._subject_fields()[todo.kind]
        return {
            "subject_type": todo.kind,
            "company_id": self.company_id.id,
            field: todo.subject_id,
            "period_id": self.period_id.id,
            "batch_id": self.id,
            "template_id": terms[todo.source_id, "template"],
            "employed_days": todo.days,
            "line_ids": [Command.create(vals) for vals in terms[todo.source_id, todo.days]],
        }

    def _prepare_terms(self, chunk, terms):
        """Work out the lines of a chunk, each source and number of days once.

        :param dict terms: filled with {(source id, days): values of lines, (source id, "template"): template id}
        """
        wanted = {(todo.source_id, todo.days) for todo in chunk} - terms.keys()
        Model = self.env["kpi.scorecard.template" if self.source == "template" else "kpi.scorecard"]
        sources = Model.sudo().browse(sorted({source_id for source_id, _days in wanted}))  # sudo: see _make
        by_id, additive = {source.id: source for source in sources}, self._additive(sources.line_ids.definition_id)
        for source_id, days in wanted:
            source = by_id[source_id]
            terms[source_id, "template"] = source.id if self.source == "template" else source.template_id.id
            terms[source_id, days] = [self._prepare_line(line, days, additive) for line in source.line_ids]

    def _prepare_line(self, line, days, additive):
        """Values of a scorecard line made of one of a template or of the period before.

        :param days: employed in the period; 0: all of it
        :param additive: KPIs as of ``_additive``
        """
        grows = line.definition_id in additive
        values = {name: line[name] for name in TERM_FIELDS}
        if self.source == "previous":
            if grows:
                values.update(self._whole_terms(line, line.scorecard_id.employed_days))
            values.update(self._raised_terms(line, values))
        if days and grows:
            digits, all_days = self._digits(line), self._period_days(self.period_id)
            values.update({name: float(portion(_exact(values[name]), days, all_days, digits)) for name in SIZES})
        return {
            **values,
            "sequence": line.sequence,
            "definition_id": line.definition_id.id,
            "objective_id": self._objective(line).id,
            "parameter_value_ids": line.parameter_value_ids._copied(),
        }

    def _objective(self, line):
        """The line's objective, if it is still pursued in the period."""
        period = self.period_id
        return line.objective_id.filtered(
            lambda objective: (
                objective.state not in ("done", "cancelled")
                and objective.date_start <= period.date_end
                and objective.date_end >= period.date_start
            )
        )

    @api.model
    def _whole_terms(self, line, days):
        """The terms for a whole period of a line that grows with time and is for some days; none to change for 0."""
        if not days:
            return {}
        digits, all_days = self._digits(line), self._period_days(line.period_id)
        return {name: float(whole(_exact(line[name]), days, all_days, digits)) for name in SIZES}

    def _raised_terms(self, line, values):
        """The terms of a harder target; none where that cannot be scored, as with a target beyond its baseline."""
        direction = line.definition_id.direction
        if not self.raise_percent or direction == "band":
            return {}
        up = direction == "higher" or (direction == "binary" and values["target"] >= values["baseline"])
        percent, digits = _exact(self.raise_percent), self._digits(line)
        harder = {name: float(raised(_exact(values[name]), percent, up, digits)) for name in RAISED}
        terms = {**values, **harder}
        try:
            engine_target(direction, terms["target"], tuple(terms[name] for name in SCORING_FIELDS)).check()
        except EngineError:
            return {}
        return harder

    @api.model
    def _digits(self, line):
        """Digits that a figure of the line is rounded to: those of its money, else as many as are kept."""
        return line.currency_id.decimal_places if line.unit == "currency" else DIGITS[1]

    @api.model
    def _additive(self, definitions):
        """Those of the KPIs whose figure grows day by day, so that a part of the period brings a part of it."""
        library = self.env["kpi.computation"]._library()

        def is_additive(definition):
            try:
                return library.is_additive(definition.code)
            except EngineError:
                return False

        return definitions.filtered(is_additive)

    @api.model
    def _cron_joiners(self):
        """Nightly, where the company wants it: scorecards from templates for those who joined after a period began."""
        today = fields.Date.context_today(self)
        periods = self.env["kpi.period"].search(
            [
                ("company_id.kpi_joiner_scorecards", "=", True),
                ("state", "=", "open"),
                ("date_start", "<", today),
                ("date_end", ">=", today),
            ]
        )
        for period in periods:
            vals = {"period_id": period.id, "joiners_only": True, "automatic": True}
            todo = self.new(vals)._plan().todo
            if todo:
                trusted(self).create({**vals, "total": len(todo), "state": "queued"})
        self._cron_make()


def _exact(number):
    return Decimal(repr(number or 0.0))
