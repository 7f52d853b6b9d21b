from decimal import Decimal

from odoo import api, models
from odoo.tools.misc import formatLang


class KpiBonusExplanation(models.AbstractModel):
    """Shows a statement's stored arithmetic in the viewer's language, from the KPIs to the amount."""

    _name = "kpi.bonus.explanation"
    _description = "Bonus Arithmetic"

    @api.model
    def _render(self, statement, on_paper=False):
        """The arithmetic of a statement as HTML.

        :param bool on_paper: without the buttons that open what is behind a figure
        """
        # What is only imagined has nothing behind it, either.
        values = {**self._prepare_values(statement), "on_paper": on_paper or not isinstance(statement.id, int)}
        return self.env["ir.qweb"]._render("kpi_hr_bonus.statement_arithmetic", values)

    @api.model
    def _prepare_values(self, statement):
        explanation = statement.explanation
        # sudo: names of KPIs and people only; the figures are in the explanation, which the viewer may read.
        statement_sudo = statement.sudo()
        ids = [entry["definition_id"] for entry in (*explanation["card"], *explanation["gates"])]
        definitions = self.env["kpi.definition"].sudo().browse(ids).exists()
        names = {definition.id: definition.name for definition in definitions}
        payout = explanation["payout"]
        return {
            "statement": statement_sudo,
            "by_kpi": explanation["apply_on"] == "kpi",
            "kpis": [
                self._prepare_kpi(entry, names, statement_sudo.currency_id, explanation)
                for entry in explanation["card"]
            ],
            "gates": [self._prepare_gate(entry, names) for entry in explanation["gates"]],
            "adjustments": [
                {"reason": line.name, "author": line.author_id.name, "amount": self._money(statement_sudo, line.amount)}
                for line in statement_sudo.line_ids.filtered(lambda line: line.kind == "adjustment")
            ],
            "true_ups": [
                {"reason": line.true_up_id.display_name, "amount": self._money(statement_sudo, line.amount)}
                for line in statement_sudo.line_ids.filtered(lambda line: line.kind == "true_up")
            ],
            "explanation": explanation,
            "payout": payout,
            **self._prepare_basis(statement_sudo, names),
            "curve": self._prepare_curve(payout["curve"]),
            "capped": Decimal(payout["capped"]) < Decimal(payout["computed"]),
            "number": self._number,
            "money": lambda value: self._money(statement_sudo, value),
        }

    def _prepare_kpi(self, entry, names, currency, explanation):
        def value(name):
            return self._value(entry[name], entry["unit"], currency)

        return {
            "line_id": entry["line_id"],
            "name": names.get(entry["definition_id"], entry["code"]),
            "actual": value("actual"),
            "target": value("target"),
            "attainment": self._number(entry["attainment"]),
            "weight": self._number(entry["weight"]),
            "result": entry["result"],
            "counts": explanation["apply_on"] == "score" or entry["definition_id"] == explanation["definition_id"],
        }

    def _prepare_gate(self, entry, names):
        attainment = entry["attainment"]
        return {
            "name": names.get(entry["definition_id"], entry["code"]),
            "attainment": self._number(attainment),
            "minimum": self._number(entry["minimum"]),
            "factor": self._number(entry["factor"]),
            "passed": attainment is not None and Decimal(attainment) >= Decimal(entry["minimum"]),
        }

    def _prepare_curve(self, curve):
        """The points of the payout curve as text: "80 → 50 %, 100 → 100 %"; empty when proportional."""
        points = curve["points"] if curve else []
        return ", ".join(f"{self._number(score)} → {self._number(percent)} %" for score, percent in points)

    def _number(self, text):
        return self.env["kpi.scorecard.explanation"]._number(text)

    def _value(self, text, unit, currency):
        if text is None:
            return None
        if unit == "currency":
            return formatLang(self.env, float(text), currency_obj=currency)
        return self._number(text) + self.env["kpi.scorecard.explanation"]._unit_suffix(unit)

    def _money(self, statement, value):
        if value is None:
            return None
        return formatLang(self.env, float(value), currency_obj=statement.currency_id)
