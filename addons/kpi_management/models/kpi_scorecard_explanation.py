from decimal import Decimal

from odoo import api, models
from odoo.tools import format_date
from odoo.tools.misc import formatLang


class KpiScorecardExplanation(models.AbstractModel):
    """Shows a line's stored explanation in the viewer's language: figures, formula, scoring, step by step."""

    _name = "kpi.scorecard.explanation"
    _description = "KPI Explanation"

    @api.model
    def _render(self, line):
        """The explanation of a scorecard line as HTML."""
        return self.env["ir.qweb"]._render("kpi_management.line_explanation", self._prepare_values(line))

    @api.model
    def _prepare_values(self, line):
        explanation = line.explanation
        # sudo: names of measures and KPIs only; figures and formulas are in the explanation itself.
        measures = self.env["kpi.measure"].sudo().with_context(active_test=False).search([])
        names = {measure.code: measure.name for measure in measures}
        scoring = explanation["scoring"]
        spans = explanation.get("spans", [])
        return {
            "line": line,
            "explanation": explanation,
            "formulas": [(explanation["kpi"], explanation["formula"]), *explanation["subformulas"].items()],
            "figures": [self._prepare_figure(entry, names) for entry in explanation["figures"]],
            "points": [
                (self._format(line, value), self._number(attainment)) for value, attainment in scoring["points"]
            ],
            "actual": self._format(line, explanation["actual"]),
            "target": self._format(line, scoring["target"]),
            "forecast": self._format(line, explanation["forecast"]),
            "attainment": self._number(explanation["attainment"]),
            "weight": self._number(explanation["weight"]),
            "elapsed": self._number(Decimal(explanation["elapsed"]) * 100),
            "spans": [self._prepare_span(line, span) for span in spans],
            "span_total": self._prepare_terms(line, explanation) | {"days": sum(span["days"] for span in spans)},
        }

    def _prepare_span(self, line, span):
        """A stretch of days with the terms that held."""
        days = {name: format_date(self.env, span[name]) for name in ("start", "end")}
        return {**days, "days": span["days"], **self._prepare_terms(line, span)}

    def _prepare_terms(self, line, entry):
        scoring = entry["scoring"]
        names = ("band_low", "band_high") if scoring["direction"] == "band" else ("target",)
        target = " – ".join(self._format(line, scoring[name]) for name in names if scoring[name] is not None)
        return {"target": target, "weight": self._number(entry["weight"])}

    def _prepare_figure(self, entry, names):
        return {
            "code": entry["code"],
            "name": names.get(entry["code"], entry["code"]),
            "start": format_date(self.env, entry["start"]),
            "end": format_date(self.env, entry["end"]),
            "value": self._number(entry["value"]),
            "failure": entry.get("failure"),
        }

    def _number(self, text):
        """A decimal as people of the language write it, without needless zeros; None stays None."""
        if text is None:
            return None
        value = Decimal(text).normalize()
        digits = min(max(-value.as_tuple().exponent, 0), 6)
        return formatLang(self.env, float(value), digits=digits)

    def _format(self, line, text):
        """A value in the unit of the line's KPI."""
        if text is None:
            return None
        if line.unit == "currency":
            return formatLang(self.env, float(text), currency_obj=line.currency_id)
        return self._number(text) + self._unit_suffix(line.unit)

    def _unit_suffix(self, unit):
        return {"percent": " %", "hours": " " + self.env._("hours"), "days": " " + self.env._("days")}.get(unit, "")
