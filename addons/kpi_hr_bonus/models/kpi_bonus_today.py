"""The figures of scorecards as they are today, in the terms a statement was computed with."""

from odoo import api, models

from odoo.addons.kpi_management.engine import Part, number_text, round_half_up, score, to_decimal
from odoo.addons.kpi_management.models.kpi_period import AGREED

from ..engine import to_currency


class KpiBonusToday(models.AbstractModel):
    _name = "kpi.bonus.today"
    _description = "Bonus Figures of Today"

    @api.model
    def _figures(self, statements):
        """Read what these statements depend on, by constant queries.

        :param statements: ``kpi.bonus.statement`` (sudo)
        :return: Figures
        """
        cards = statements.scorecard_id
        company_cards = cards.search(
            [("period_id", "in", statements.period_id.ids), ("subject_type", "=", "company"), ("state", "in", AGREED)]
        )
        lines = self.env["kpi.scorecard.line"].sudo().search([("scorecard_id", "in", (cards | company_cards).ids)])
        return Figures(lines, company_cards)


class Figures:
    """Figures of closed scorecards are those that would be measured now, of others those that stand there."""

    def __init__(self, lines, company_cards):
        self._lines = {line.id: line for line in lines}
        self._company = {}
        for card in company_cards:
            self._company[card.period_id.id, card.company_id.id] = card.line_ids

    def steps(self, statement):
        """The arithmetic of a statement with today's figures in it, without adjustments and rests.

        :return: dict as the engine replays it
        """
        told = statement.explanation
        payout = {**told["payout"], "adjustments": "0", "carried_in": "0"}
        payout["score"] = number_text(self._score(statement))
        payout["gates"] = [
            {**gate, "attainment": number_text(self._gate(statement, entry, gate))}
            for entry, gate in zip(told["gates"], payout["gates"], strict=True)
        ]
        if payout.get("rate"):
            values = [self._actual(entry) for entry in self._paid_for(told)]
            known = [value for value in values if value is not None]
            payout["rate"] = {**payout["rate"], "value": number_text(sum(known, to_decimal(0))) if known else None}
        return payout

    def compared(self, statement):
        """Each KPI of the statement that differs today: its entry with the actual and attainment of today."""
        entries = []
        for entry in statement.explanation["card"]:
            actual, attained = number_text(self._actual(entry)), number_text(self._attainment(entry))
            if (actual, attained) != (entry["actual"], entry["attainment"]):
                entries.append({**entry, "actual_now": actual, "attainment_now": attained})
        return entries

    def pool_growth(self, statement):
        """How much more there is in the statement's pool today than when it was split; only a KPI's share grows."""
        told = statement.explanation["pool"]
        if not told["definition_id"]:
            return to_decimal(0)
        values = [
            value
            for line in self._company_lines(statement, told["definition_id"])
            if (value := _actual_today(line)) is not None
        ]
        today = max(sum(values, to_decimal(0)), to_decimal(0)) * to_decimal(told["percent"]) / 100
        return to_currency(today, to_decimal(statement.currency_id.rounding)) - to_decimal(told["amount"])

    def _score(self, statement):
        told = statement.explanation
        if told.get("review"):
            # A closed review is what both sides signed: late figures of a KPI do not change it.
            return to_decimal(told["payout"]["score"])
        if told["apply_on"] == "kpi":
            return self._mean(self._paid_for(told))
        card = statement.scorecard_id
        if card.state == "closed" and card.has_late_data:
            return to_decimal(card.late_score)
        return to_decimal(card.score) if card.has_score else None

    def _gate(self, statement, entry, gate):
        own = [line for line in statement.explanation["card"] if line["definition_id"] == entry["definition_id"]]
        if own:
            return self._mean(own)
        lines = self._company_lines(statement, entry["definition_id"])
        return self._mean([_entry(line) for line in lines]) if lines else to_decimal(gate["attainment"])

    def _company_lines(self, statement, definition_id):
        lines = self._company.get((statement.period_id.id, statement.company_id.id), ())
        return [line for line in lines if line.definition_id.id == definition_id]

    @staticmethod
    def _paid_for(told):
        return [entry for entry in told["card"] if entry["definition_id"] == told["definition_id"]]

    def _mean(self, entries):
        """Attainment of a KPI; on several lines their mean by weight, as the plan counts it."""
        known = [(to_decimal(entry["weight"]), self._attainment(entry)) for entry in entries]
        known = [(weight, attained) for weight, attained in known if attained is not None]
        if len(known) < 2:
            return known[0][1] if known else None
        even = not any(weight for weight, _attained in known)
        return score(Part(to_decimal(1) if even else weight, attained) for weight, attained in known)

    def _attainment(self, entry):
        line = self._lines.get(entry["line_id"])
        return to_decimal(entry["attainment"]) if line is None else _attainment_today(line)

    def _actual(self, entry):
        line = self._lines.get(entry["line_id"])
        return to_decimal(entry["actual"]) if line is None else _actual_today(line)


def _is_late(line):
    return line.state == "closed" and line.has_late_data


def _attainment_today(line):
    if _is_late(line):
        return to_decimal(line.late_attainment)
    return to_decimal(line.attainment) if line.result == "ok" else None


def _actual_today(line):
    if _is_late(line):
        return round_half_up(to_decimal(line.late_actual), 4)
    if line.result != "ok":
        return None
    return to_decimal((line.explanation or {}).get("actual")) or round_half_up(to_decimal(line.actual), 4)


def _entry(line):
    """A line of the company's scorecard, in the form of a statement's entry."""
    return {"line_id": line.id, "weight": number_text(to_decimal(line.weight)), "attainment": None}
