from collections import defaultdict
from datetime import date, datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

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
        periods = self.env["kpi.period"].search(
            [("state", "!=", "closed"), ("date_start", "<=", fields.Date.context_today(self))]
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
            )
            for measure in measures
        }
        return Library(infos, {definition.code: parse(definition.formula) for definition in definitions})

    @api.model
    def _plan(self, cards, library):
        """{(measure code, window, subject kind): subject ids}, each need once however many lines share it."""
        plan = defaultdict(set)
        needs = {}
        for card in cards:
            window = card.period_id._window()
            for definition in card.line_ids.definition_id:
                key = (definition.code, window)
                if key not in needs:
                    needs[key] = self._needs(library, *key)
                for code, needed in needs[key]:
                    plan[code, needed, card.subject_type].add(card._subject().id)
        return plan

    def _needs(self, library, code, window):
        try:
            return library.needs(code, window)
        except EngineError:
            return set()  # the evaluation meets the same error and says so on the line

    # ---------------------------------------------------------------- query

    @api.model
    def _query(self, company, plan):
        """Measure the plan.

        :return: {(subject kind, subject id): {(measure code, window): Decimal | None | MeasureFailure}}
        """
        codes = {code for code, _window, _kind in plan}
        # sudo: plain users may not read measures.
        measures = self.env["kpi.measure"].sudo().with_context(active_test=False).search([("code", "in", list(codes))])
        by_code = {measure.code: measure for measure in measures}
        subject_fields = self.env["kpi.scorecard"]._subject_fields()
        figures = defaultdict(dict)
        for (code, window, kind), ids in plan.items():
            subjects = self.env[self.env["kpi.scorecard"]._fields[subject_fields[kind]].comodel_name].browse(sorted(ids))
            values = self._measure(by_code[code], company, window, kind, subjects)
            failed = isinstance(values, MeasureFailure)
            for subject_id in ids:
                if failed:
                    figures[kind, subject_id][code, window] = values
                elif subject_id in values:
                    figures[kind, subject_id][code, window] = values[subject_id]
        return figures

    @api.model
    def _measure(self, measure, company, window, kind, subjects):
        """Dispatch on the measure's source; see ``kpi.measure.query._figures`` for parameters and return value."""
        source = {"query": self.env["kpi.measure.query"], "input": self.env["kpi.measurement"]}[measure.source]
        return source._figures(measure, company, window, kind, subjects)

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
                self._engine_card(card),
                library,
                figures[card.subject_type, card._subject().id],
                elapsed[card.period_id],
                at_risk=card.company_id.kpi_at_risk,
            )
            for card in cards
        }

    def _engine_card(self, card):
        lines = tuple(
            Line(
                key=line.id,
                kpi=line.definition_id.code,
                target=line._engine_target(),
                weight=line.weight,
                no_data=line.definition_id.no_data_policy,
            )
            for line in card.line_ids
        )
        return Card(key=card.id, window=card.period_id._window(), lines=lines)

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

    # ---------------------------------------------------------------- open

    @api.model
    def _open_records(self, line, measure_code=None):
        """A window on the records counted for a line.

        :param measure_code: one measure of the line's formula; by default all that count the same records as the first
        """
        # sudo: measures and the counting itself are the system's; the window opens under the viewer's own rights.
        line_sudo = line.sudo()
        needs = self._library().needs(line_sudo.definition_id.code, line_sudo.period_id._window())
        codes = [measure_code] if measure_code else line_sudo._measure_codes()
        measures = self.env["kpi.measure"].sudo().with_context(active_test=False).search([("code", "in", codes)])
        measures = measures.sorted(lambda measure: codes.index(measure.code))
        queries = measures.filtered(lambda measure: measure.source == "query")
        if not queries:
            return self.env["kpi.measurement"]._open_figures(line, measures)
        model_name = queries[0].model_name
        if not self.env[model_name].has_access("read"):
            raise UserError(
                self.env._("You have no access to the records behind this figure (%s).", queries[0].model_id.name)
            )
        kind, subject = line_sudo.subject_type, line_sudo.scorecard_id._subject()
        domain = Domain.OR(
            self.env["kpi.measure.query"]._record_domain(measure, line_sudo.company_id, window, kind, subject)
            for measure in queries.filtered(lambda measure: measure.model_name == model_name)
            for code, window in sorted(needs, key=lambda need: need[1].start)
            if code == measure.code
        )
        return {
            "type": "ir.actions.act_window",
            "name": f"{line.definition_id.name} · {line_sudo.scorecard_id.display_name}",
            "res_model": model_name,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [_plain(term) for term in domain],
            # Lost opportunities, people who left: what was counted may be archived.
            "context": {"active_test": False, "create": False},
        }

    @api.model
    def _error_text(self, error: EngineError):
        """An engine error in the user's language."""
        text = TEXTS.get(error.code)
        return self.env._(text) % error.params if text else str(error)


def _plain(term):
    """A domain term as it can travel to the client: moments and days as text."""
    if isinstance(term, tuple) and isinstance(term[2], date):
        text = fields.Datetime.to_string if isinstance(term[2], datetime) else fields.Date.to_string
        return (term[0], term[1], text(term[2]))
    return term
