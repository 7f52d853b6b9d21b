"""What a scorecard would score and pay if its figures were others: the engine's own arithmetic, nothing stored."""

from collections import namedtuple
from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.kpi_management.engine import (
    EngineError,
    Part,
    attainment,
    by_days,
    number_text,
    round_half_up,
    score,
    to_decimal,
)
from odoo.addons.kpi_management.models.kpi_target_change_terms import spans
from odoo.addons.kpi_management.models.kpi_target_mixin import SCORING_FIELDS, engine_target

from ..engine import actual_for, best_actual, payout, target_actual

#: What a line is scored by in the whole period; `error` (EngineError) where it cannot be.
Terms = namedtuple("Terms", "target weight no_data error")
#: A line as it stands or would stand: Decimals or None, `result` as on the line.
Figure = namedtuple("Figure", "actual attainment result")
#: What is known for a plan, and {employee id: PayoutInput} of the others in its pool.
World = namedtuple("World", "facts others")
#: A plan that pays the person, in the World as it stands and where today's pace takes it.
Paying = namedtuple("Paying", "plan standing at_pace")

NO_DATA = Figure(None, None, "no_data")


class KpiBonusWhatIf(models.AbstractModel):
    """Scenarios of one person's scorecard: {line id: Figure}. Records are given with sudo; who asks is checked before."""

    _name = "kpi.bonus.what.if"
    _description = "Bonus What-If"

    @api.model
    def _terms(self, cards):
        """{line id: Terms} of a period's scorecards, changes of targets within it counted by their days."""
        window = cards.period_id._window() if cards else None
        return {line.id: self._line_terms(line, steps, window) for line, steps in cards.line_ids._timelines().items()}

    def _line_terms(self, line, steps, window):
        kpi, terms = line.definition_id, steps[-1][1]
        target = engine_target(kpi.direction, terms["target"] or 0.0, tuple(terms[name] for name in SCORING_FIELDS))
        weight, error = to_decimal(line.weight), None
        try:
            if parts := spans(kpi.direction, steps, window):
                target, weight = by_days(parts, window)
            target.check()
        except EngineError as trouble:
            error = trouble
        return Terms(target, weight, kpi.no_data_policy, error)

    @api.model
    def _scenarios(self, card, terms):
        """The shortcuts: as it stands, at today's pace, on target, and at the most each KPI can earn."""
        makers = {"now": self._now, "pace": self._pace, "target": self._on_target, "best": self._at_best}
        return {
            name: {line.id: make(line, terms[line.id]) for line in card.line_ids.sorted()}
            for name, make in makers.items()
        }

    def _now(self, line, terms):
        """The line as it was computed last."""
        if line.result != "ok":
            return Figure(None, None, line.result or "no_data")
        exact = (line.explanation or {}).get("actual")
        actual = to_decimal(exact) if exact else round_half_up(to_decimal(line.actual), 6)
        return Figure(actual, to_decimal(line.attainment), "ok")

    def _pace(self, line, terms):
        """The forecast; where there is none yet, the line as it stands."""
        forecast = to_decimal((line.explanation or {}).get("forecast"))
        if forecast is None or line.result != "ok":
            return self._now(line, terms)
        return self._figure(forecast, terms)

    def _on_target(self, line, terms):
        return Figure(None, None, "error") if terms.error else self._figure(target_actual(terms.target), terms)

    def _at_best(self, line, terms):
        return Figure(None, None, "error") if terms.error else self._figure(best_actual(terms.target), terms)

    def _figure(self, actual, terms):
        """A line with this actual, scored.

        :raises EngineError: when the actual leaves all bounds
        """
        if terms.error:
            return Figure(actual, None, "error")
        return Figure(actual, attainment(actual, terms.target), "ok")

    @api.model
    def _wished(self, scenario, wishes, terms):
        """A scenario with some lines as somebody wishes them.

        :param dict wishes: {line id: {"actual": value} or {"attainment": percent}}
        :raises UserError: when a wish is no number, or none of this scorecard
        """
        wished = dict(scenario)
        for key, wish in (wishes or {}).items():
            line_id = int(key) if str(key).isdigit() else 0
            if line_id not in scenario or not isinstance(wish, dict):
                raise UserError(self.env._("This KPI is no longer on the scorecard: open it again."))
            if terms[line_id].error:
                continue
            try:
                wished[line_id] = self._wished_figure(wish, terms[line_id])
            except EngineError as error:
                raise UserError(self.env["kpi.computation"]._error_text(error)) from error
        return wished

    def _wished_figure(self, wish, terms):
        if _given(wish.get("attainment")):
            return self._figure(actual_for(wish["attainment"], terms.target), terms)
        if not _given(wish.get("actual")):
            return NO_DATA
        return self._figure(to_decimal(wish["actual"]), terms)

    @api.model
    def _one_more(self, scenario, line_id, terms):
        """The scenario with one point more of attainment on a line; None where there is none to be had."""
        figure, rule = scenario[line_id], terms[line_id]
        if figure.result != "ok" or figure.attainment >= rule.target._bounds[1]:
            return None
        more = self._figure(actual_for(figure.attainment + 1, rule.target), rule)
        return {**scenario, line_id: more}

    @api.model
    def _score(self, scenario, terms):
        """Score of a scenario in percent, None when nothing counts."""
        return score(
            Part(terms[line_id].weight, figure.attainment, terms[line_id].no_data)
            for line_id, figure in scenario.items()
            if figure.result != "error"
        )

    # ----------------------------------------------------------------- money

    @api.model
    def _payings(self, card, plans):
        """Those of the plans that cover the person in the period, with all that is needed to compute."""
        payings = [self._paying(card, plan) for plan in plans]
        return [paying for paying in payings if card.employee_id.id in paying.standing.facts.coverage]

    def _paying(self, card, plan):
        employee_id = card.employee_id.id
        facts = plan._gather_facts(card.period_id, [employee_id])
        # The person is computed anew, whatever statement there is.
        existing = {key: statement for key, statement in facts.existing.items() if key != employee_id}
        facts = facts._replace(existing=existing)
        if plan.score_source == "review":
            # No figure of the scorecard says what the review will be.
            return Paying(plan, World(facts, {}), World(facts, {}))
        at_pace = self._facts_at_pace(plan, facts, card)
        return Paying(plan, *(World(each, self._others(plan, card, each)) for each in (facts, at_pace)))

    def _others(self, plan, card, facts):
        """{employee id: PayoutInput} of those who share a pool with the person."""
        if plan.basis != "pool":
            return {}
        return {
            key: plan._prepare_payout_input(card.period_id, key, facts, Decimal(0))
            for key in facts.coverage
            if key != card.employee_id.id and plan._counted_attainment(facts, key) is not None
        }

    def _facts_at_pace(self, plan, facts, card):
        """The facts with the company, and the others in a pool, where their pace takes them.

        A share of a pool is measured against what the others will have, not against what they have now.
        """
        others = card.browse()
        if plan.basis == "pool":
            others = others.union(*facts.cards.values()) - card
        company = card.line_ids.browse().union(*facts.company_lines.values())
        terms = self._terms(others | company.scorecard_id)
        pace = {line.id: self._pace(line, terms[line.id]) for line in others.line_ids}
        imagined = [self._imagined_card(other, pace, terms) for other in others]
        return self._with_imagined(facts, imagined)._replace(
            company_lines={
                kpi: lines.browse().union(
                    *(self._imagined_line(line, self._pace(line, terms[line.id])) for line in lines)
                )
                for kpi, lines in facts.company_lines.items()
            }
        )

    @api.model
    def _pay(self, paying, card, scenario, terms, standing=False):
        """What a plan would pay in a scenario, without adjustments.

        :param bool standing: the company and the others are taken as they stand, not where their pace takes them
        :return: (Facts, engine PayoutInput); no input when the plan's KPI is not on the scorecard, or the review decides
        """
        plan, employee_id = paying.plan, card.employee_id.id
        world = paying.standing if standing else paying.at_pace
        if plan.score_source == "review":
            return world.facts, None
        facts = self._imagined_facts(world.facts, card, scenario, terms)
        if plan._counted_attainment(facts, employee_id) is None:
            return facts, None
        inputs = plan._prepare_payout_input(card.period_id, employee_id, facts, Decimal(0))
        if plan.basis == "pool":
            inputs = plan._split_pool({**world.others, employee_id: inputs}, facts)[employee_id]
        return facts, inputs

    @api.model
    def _amount(self, paying, card, scenario, terms, standing=False):
        """What a plan would pay in a scenario: Decimal, None when it pays nothing at all for this scorecard."""
        _facts, inputs = self._pay(paying, card, scenario, terms, standing)
        return None if inputs is None else payout(inputs).amount

    def _imagined_facts(self, facts, card, scenario, terms):
        """The facts with the scorecard as the scenario has it: records in memory, never written.

        To be used before the next scenario is: what stands for the same record shares its values in memory.
        """
        return self._with_imagined(facts, [self._imagined_card(card, scenario, terms)])

    def _with_imagined(self, facts, imagined):
        """The facts with these scorecards, pairs of ``_imagined_card``, in the place of those that are there."""
        return facts._replace(
            cards={**facts.cards, **{card.employee_id.id: card for card, _lines in imagined}},
            lines={**facts.lines, **{card.id: lines for card, lines in imagined}},
        )

    def _imagined_card(self, card, scenario, terms):
        """(a scorecard as the scenario has it, in memory; {kpi.definition: its lines})."""
        own = card.line_ids.sorted()
        total = self._score({line.id: scenario[line.id] for line in own}, terms)
        imagined = card.new({"score": float(total or 0), "has_score": total is not None}, origin=card)
        lines = {}
        for line in own:
            known = lines.get(line.definition_id, line.browse())
            lines[line.definition_id] = known | self._imagined_line(line, scenario[line.id])
        return imagined, lines

    def _imagined_line(self, line, figure):
        told = {**(line.explanation or {}), "actual": number_text(figure.actual)}
        return line.new(
            {
                "actual": float(figure.actual or 0),
                "attainment": float(figure.attainment or 0),
                "result": figure.result,
                "explanation": told,
            },
            origin=line,
        )


def _given(wish):
    """Whether something is wished for: 0 is."""
    return wish is not None and wish is not False and wish != ""
