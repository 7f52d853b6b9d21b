from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models

from ..engine import EngineError, Library, MeasureFailure, MeasureInfo, parse
from .engine_messages import TEXTS
from .guard import trusted

BATCH = 500


class Kpi(NamedTuple):
    """What the computation has to know of a ``kpi.definition``."""

    code: str
    direction: str
    no_data: str
    choices: tuple[tuple[int, int], ...]


class KpiComputation(models.AbstractModel):
    """Plan, query, evaluate, write: computes any number of scorecards with one query per measure, window and kind.

    Scorecard lines are read and written in sets, past the cache: ten thousand records one by one would take longer
    than all the measuring.
    """

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
    def _kpis(self, definition_ids):
        """{definition id: Kpi}"""
        # sudo: plain users may compute their scorecards; nothing of the library is handed out.
        definitions = self.env["kpi.definition"].sudo().browse(definition_ids)
        return {
            definition.id: Kpi(
                definition.code,
                definition.direction,
                definition.no_data_policy,
                definition.parameter_value_ids._as_choices(),
            )
            for definition in definitions
        }

    @api.model
    def _plan(self, cards, library):
        """What to measure, each need once however many lines share it.

        :return: {(measure code, window, subject kind, choices): subject ids}; choices as of ``_measure_choices``
        """
        rows, own = self._line_rows(cards, "scorecard_id", "definition_id"), self._own_choices(cards)
        kpis = self._kpis({definition_id for _id, _card_id, definition_id in rows})
        windows = {period.id: period._window() for period in cards.period_id}
        places = {card.id: (card.period_id.id, card.subject_type, card._subject().id) for card in cards}
        wanted = defaultdict(set)
        for line_id, card_id, definition_id in rows:
            period_id, kind, subject_id = places[card_id]
            wanted[definition_id, own.get(line_id, ()), period_id, kind].add(subject_id)
        plan = defaultdict(set)
        for (definition_id, chosen, period_id, kind), subject_ids in wanted.items():
            kpi = kpis[definition_id]
            for code, window, choices in self._needs(library, kpi, windows[period_id], chosen):
                plan[code, window, kind, choices] |= subject_ids
        return plan

    @api.model
    def _line_rows(self, cards, *names):
        """The lines of scorecards as rows: (id, …)."""
        lines = self.env["kpi.scorecard.line"].sudo()  # sudo: as in _run, whoever asks gets the same figures
        query = lines._search([("scorecard_id", "in", cards.ids)])
        columns = [lines._field_to_sql(lines._table, name, query) for name in ("id", *names)]
        return self.env.execute_query(query.select(*columns))

    @api.model
    def _own_choices(self, cards):
        """{line id: what is chosen on the line itself}, for the lines that have choices."""
        values = self.env["kpi.parameter.value"].sudo().search([("line_id.scorecard_id", "in", cards.ids)])
        return {line.id: chosen._as_choices() for line, chosen in values.grouped("line_id").items()}

    @api.model
    def _needs(self, library, kpi, window, chosen=()):
        """The figures a KPI needs: (measure code, window, choices).

        :param Kpi kpi: with its own choices, which those of a line override
        :param chosen: choices of a line, as of ``kpi.parameter.value._as_choices``
        """
        try:
            needs = library.needs(kpi.code, window)
        except EngineError:
            return []  # the evaluation meets the same error and says so on the line
        chosen = dict((*kpi.choices, *chosen))
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
            comodel = self.env["kpi.scorecard"]._fields[subject_fields[kind]].comodel_name
            values = self._measure(by_code[code], company, window, kind, self.env[comodel].browse(sorted(ids)), choices)
            if isinstance(values, MeasureFailure):
                values = dict.fromkeys(ids, values)
            for subject_id in ids & values.keys():
                figures[kind, subject_id, choices][code, window] = values[subject_id]
        return figures

    @api.model
    def _measure(self, measure, company, window, kind, subjects, choices=()):
        """Dispatch on the measure's source; see ``kpi.measure.query._figures`` for parameters and return value."""
        if measure.source == "input":
            return self.env["kpi.measurement"]._figures(measure, company, window, kind, subjects)
        return self.env["kpi.measure.query"]._figures(measure, company, window, kind, subjects, choices)

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
