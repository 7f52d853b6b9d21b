from collections import defaultdict
from datetime import datetime, time

import pytz

from odoo import api, fields, models

from ..engine import Card, EngineError, Library, Line, MeasureFailure, MeasureInfo, evaluate, parse
from .engine_messages import TEXTS
from .guard import trusted

BATCH = 200


class KpiComputation(models.AbstractModel):
    """Plan, query, evaluate, write: computes any number of scorecards with one query per measure, window and kind."""

    _name = "kpi.computation"
    _description = "KPI Computation"

    @api.model
    def _run(self, scorecards, commit=False):
        """Compute scorecards; those of closed periods are left alone.

        :param scorecards: ``kpi.scorecard`` of any periods and companies
        :param bool commit: commit after each batch of whole scorecards (cron only)
        """
        # sudo: actuals are measured and written by the system, so that whoever may press the button gets the same
        # figures and nobody writes an actual that pays them.
        scorecards = scorecards.sudo().filtered(lambda card: "closed" not in (card.state, card.period_id.state))
        library = self._library()
        for company, cards in scorecards.grouped("company_id").items():
            figures = self._query(company, self._plan(cards, library))
            elapsed = self._elapsed_shares(company, cards.period_id)
            for start in range(0, len(cards), BATCH):
                batch = cards[start : start + BATCH]
                self._write(batch, self._evaluate(batch, library, figures, elapsed))
                if commit:
                    self.env["ir.cron"]._commit_progress(len(batch))
        trusted(scorecards.period_id).write({"computed_at": fields.Datetime.now()})

    @api.model
    def _cron_compute(self):
        """Nightly: every scorecard of the periods that have begun and are not closed."""
        periods = (
            self.env["kpi.period"].search([("state", "!=", "closed")]).filtered(lambda period: period._has_begun())
        )
        self.env["ir.cron"]._commit_progress(remaining=len(periods.scorecard_ids))  # none is closed in an open period
        for period in periods:
            self._run(period.scorecard_ids, commit=True)

    # ---------------------------------------------------------------- plan

    @api.model
    def _library(self):
        """All measures and KPIs, as the engine knows them."""
        # sudo: the library is the same for everybody; only codes and formulas are read.
        measures = self.env["kpi.measure"].sudo().with_context(active_test=False).search([])
        definitions = self.env["kpi.definition"].sudo().with_context(active_test=False).search([])
        infos = {
            measure.code: MeasureInfo(
                code=measure.code,
                additive=measure._is_additive(),
                empty_is_zero=measure._empty_is_zero(),
                parameters=tuple(sorted(measure.parameter_ids.parameter_id.ids)),
            )
            for measure in measures
        }
        return Library(infos, {definition.code: parse(definition.formula) for definition in definitions})

    @api.model
    def _plan(self, cards, library):
        """What to measure, each need once however many lines share it.

        :return: {(measure code, window, subject kind, choices): subject ids}; choices as of ``_measure_choices``
        """
        plan = defaultdict(set)
        for card in cards:
            window = card.period_id._window()
            for line in card.line_ids:
                for code, needed, choices in self._needs(library, line, window):
                    plan[code, needed, card.subject_type, choices].add(card._subject().id)
        return plan

    def _needs(self, library, line, window):
        """The figures a line needs: (measure code, window, choices)."""
        try:
            needs = library.needs(line.definition_id.code, window)
        except EngineError:
            return []  # the evaluation meets the same error and says so on the line
        chosen = line._choices()
        return [(code, needed, _measure_choices(library.measures[code].parameters, chosen)) for code, needed in needs]

    # ---------------------------------------------------------------- query

    @api.model
    def _query(self, company, plan):
        """Measure the plan.

        :return: {(subject kind, subject id, choices): {(measure code, window): Decimal | None | MeasureFailure}}
        """
        codes = {code for code, _window, _kind, _choices in plan}
        # sudo: plain users may not read measures.
        measures = self.env["kpi.measure"].sudo().with_context(active_test=False).search([("code", "in", list(codes))])
        by_code = {measure.code: measure for measure in measures}
        subject_fields = self.env["kpi.scorecard"]._subject_fields()
        figures = defaultdict(dict)
        for (code, window, kind, choices), ids in plan.items():
            subjects = self.env[self.env["kpi.scorecard"]._fields[subject_fields[kind]].comodel_name].browse(
                sorted(ids)
            )
            values = self._measure(by_code[code], company, window, kind, subjects, choices)
            failed = isinstance(values, MeasureFailure)
            for subject_id in ids:
                if failed:
                    figures[kind, subject_id, choices][code, window] = values
                elif subject_id in values:
                    figures[kind, subject_id, choices][code, window] = values[subject_id]
        return figures

    @api.model
    def _measure(self, measure, company, window, kind, subjects, choices=()):
        """Dispatch on the measure's source; see ``kpi.measure.query._figures`` for parameters and return value."""
        if measure.source == "input":
            return self.env["kpi.measurement"]._figures(measure, company, window, kind, subjects)
        return self.env["kpi.measure.query"]._figures(measure, company, window, kind, subjects, choices)

    @api.model
    def _elapsed_shares(self, company, periods):
        """{period: share gone by, 0 to 1}, in working hours of the company's calendar (calendar days without one)."""
        tz = pytz.timezone(self.env["kpi.measure.query"]._tz(company))
        now = pytz.utc.localize(fields.Datetime.now())
        return {period: self._elapsed_share(company, period, tz, now) for period in periods}

    def _elapsed_share(self, company, period, tz, now):
        start = tz.localize(datetime.combine(period.date_start, time.min))
        end = tz.localize(datetime.combine(fields.Date.add(period.date_end, days=1), time.min))
        if now <= start or now >= end:
            return 0.0 if now <= start else 1.0
        calendar = company.resource_calendar_id
        total = calendar and calendar.get_work_duration_data(start, end)["hours"]
        if not total:
            return (now - start) / (end - start)
        return calendar.get_work_duration_data(start, now)["hours"] / total

    # ---------------------------------------------------------------- evaluate

    @api.model
    def _evaluate(self, cards, library, figures, elapsed):
        """{scorecard: engine CardResult}"""
        return {
            card: evaluate(
                self._engine_card(card, library, figures),
                library,
                figures[card.subject_type, card._subject().id, ()],
                elapsed[card.period_id],
                at_risk=card.company_id.kpi_at_risk,
            )
            for card in cards
        }

    def _engine_card(self, card, library, figures):
        lines = tuple(
            Line(
                key=line.id,
                kpi=line.definition_id.code,
                target=line._engine_target(),
                weight=line.weight,
                no_data=line.definition_id.no_data_policy,
                figures=self._line_figures(line, library, figures),
            )
            for line in card.line_ids
        )
        return Card(key=card.id, window=card.period_id._window(), lines=lines)

    def _line_figures(self, line, library, figures):
        """The figures of a line on which something is chosen; None: those of its card."""
        if not line._choices():
            return None
        card = line.scorecard_id
        own = {}
        for code, window, choices in self._needs(library, line, card.period_id._window()):
            measured = figures[card.subject_type, card._subject().id, choices]
            if (code, window) in measured:
                own[code, window] = measured[code, window]
        return own

    # ---------------------------------------------------------------- write

    @api.model
    def _write(self, cards, results):
        """Store what changed."""
        now = fields.Datetime.now()
        scales = {company: self.env["kpi.grade.scale"]._for_company(company) for company in cards.company_id}
        # Nothing computed is tracked in the chatter: it would only cost.
        cards = trusted(cards).with_context(tracking_disable=True)
        lines = {line.id: line for line in cards.line_ids}
        for card, result in results.items():
            for line_result in result.lines:
                self._write_changed(lines[line_result.key], self._prepare_line_vals(line_result), now)
            grade = scales[card.company_id]._grade_for(result.score)
            vals = {
                "score": float(result.score or 0),
                "has_score": result.score is not None,
                "grade_id": grade.id,
            }
            self._write_changed(card.with_env(cards.env), vals, now)

    def _write_changed(self, record, vals, now):
        changed = {
            name: value
            for name, value in vals.items()
            if value != record._fields[name].convert_to_write(record[name], record)
        }
        if changed:
            record.write({**changed, "computed_at": now})

    def _prepare_line_vals(self, result):
        return {
            "actual": float(result.actual or 0),
            "attainment": float(result.attainment or 0),
            "forecast": float(result.forecast or 0),
            "status": result.status,
            "result": result.result,
            "error_message": self._error_text(result.error) if result.error else False,
            "explanation": result.explanation,
        }

    @api.model
    def _error_text(self, error: EngineError):
        """An engine error in the user's language."""
        text = TEXTS.get(error.code)
        if not text:
            return str(error)
        sentence = self.env._(text)
        return sentence % error.params


def _measure_choices(parameter_ids, chosen):
    """What is chosen for a measure, as a key: ((parameter id, record id), …); parameters it does not take are left out.

    :param parameter_ids: ids of the parameters the measure takes
    :param dict chosen: {parameter id: record id} of a line
    """
    return tuple((parameter_id, chosen[parameter_id]) for parameter_id in parameter_ids if parameter_id in chosen)
