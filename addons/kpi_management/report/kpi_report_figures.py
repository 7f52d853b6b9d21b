from collections import Counter
from types import SimpleNamespace

from odoo import api, models
from odoo.tools import SQL

from ..engine import number_text, round_half_up, to_decimal
from ..models.cockpit_tree import STATUSES, standing

# What of a line a report needs; the explanations of thousands of lines would fill the memory.
LINE_FIELDS = (
    "scorecard_id",
    "sequence",
    "definition_id",
    "company_id",
    "weight",
    "target",
    "band_low",
    "band_high",
    "actual",
    "attainment",
    "forecast",
    "status",
    "result",
    "error_message",
    "parameter_value_ids",
)
# Shapes that differ, so that no status is told by its colour alone.
MARKS = {"on_track": "▲", "at_risk": "●", "behind": "▼", "no_data": "○", "error": "✕", "none": ""}


class KpiReportFigures(models.AbstractModel):
    """The figures of scorecards as plain values: read once under the rights of whoever reads the report, they feed the
    document and the workbook alike."""

    _name = "kpi.report.figures"
    _description = "KPI Report Figures"

    @api.model
    def _cards(self, cards, trend=()):
        """The values of scorecards and their KPIs; the number of queries does not depend on how many there are.

        :param cards: ``kpi.scorecard``, in the environment of the reader
        :param trend: those of them whose KPIs come with their last periods
        :return: a dict per scorecard, in the given order. ``score``, ``actual``, ``attainment`` and ``forecast`` are
            None where nothing was measured; percents are 0–100
        :rtype: list[dict]
        """
        cards.fetch(["subject_type", "state", "score", "has_score", "grade_id", "period_id", "company_id"])
        lines = self._lines(cards)
        targets = lines._changed_aims()
        trends = lines.filtered(lambda line: line.scorecard_id in trend)._trend_points()
        by_card, names = {}, self._status_names()
        for line in lines:
            values = self._line_values(line, targets.get(line.id, line.target), names)
            values["trend"] = trends.get(line.id, [])
            by_card.setdefault(line.scorecard_id.id, []).append(values)
        departments, labels = self._departments(cards), self._labels(cards, "subject_type", "state")
        return [
            self._card_values(card, by_card.get(card.id, []), departments.get(card.id, ""), labels) for card in cards
        ]

    @api.model
    def _lines(self, cards):
        lines = self.env["kpi.scorecard.line"].search_fetch(
            [("scorecard_id", "in", cards.ids)], LINE_FIELDS, order="scorecard_id, sequence, id"
        )
        # Their names and units need these: read for all at once.
        lines.definition_id.fetch(["name", "unit", "direction"])
        lines.parameter_value_ids.fetch(["value_name"])
        return lines

    @api.model
    def _departments(self, cards):
        """{scorecard id: the name of the department the person was in at the end of the period}"""
        # sudo: a plain manager may not read hr.employee; only the department's name is shown, as in the staff list.
        people = cards.sudo().filtered(lambda card: card.subject_type == "employee")
        found = {}
        for period, group in people.grouped("period_id").items():
            query = SQL(
                "SELECT employee_id, department_id FROM (%s) home WHERE employee_id IN %s",
                self.env["kpi.cockpit"]._homes(period),
                group.employee_id._ids,
            )
            homes = dict(self.env.execute_query(query))
            found.update({card.id: homes.get(card.employee_id.id) for card in group})
        departments = self.env["hr.department"].sudo().browse(set(filter(None, found.values())))
        names = {department.id: department.name for department in departments}
        return {card: names.get(department, "") for card, department in found.items()}

    def _card_values(self, card, lines, department, labels):
        return {
            "id": card.id,
            "name": card.subject_name,
            "kind": card.subject_type,
            "kind_name": labels["subject_type"][card.subject_type],
            "subject_id": card._subject().id,
            "department": department,
            "company": card.company_id.name,
            "period": card.period_id.name,
            "state": card.state,
            "state_name": labels["state"][card.state],
            "score": card.score if card.has_score else None,
            "grade": card.grade_id.name or "",
            "lines": lines,
            "counts": self._counts(lines),
        }

    def _line_values(self, line, target, names):
        measured = line.result == "ok"
        kpi = line.definition_id
        band = kpi.direction == "band"
        status = self._status(line)
        return {
            "id": line.id,
            "kpi": line.display_name,
            "unit": kpi.unit,
            "currency": line.company_id.currency_id,
            "weight": line.weight,
            "target": None if band else target,
            "band": (line.band_low, line.band_high) if band else None,
            "actual": line.actual if measured else None,
            "attainment": line.attainment if measured else None,
            "forecast": line.forecast if measured else None,
            "status": status,
            "status_name": names[status],
            "mark": MARKS[status],
            "error": line.error_message or "",
            "lost": line._points_lost(),
        }

    @api.model
    def _status(self, line):
        """One word for how a line stands: its status, or why it has none."""
        return standing(line.result, line.status)

    @api.model
    def _status_names(self):
        """{status, or why there is none: in words}; nothing for a KPI without one."""
        labels = self._labels(self.env["kpi.scorecard.line"], "status", "result")
        return {**labels["status"], **labels["result"], "none": ""}

    @api.model
    def _counts(self, lines):
        """{status: how many of these KPIs}"""
        counts = Counter(line["status"] for line in lines)
        return {status: counts[status] for status in MARKS}

    @api.model
    def _urgency(self, line):
        """A key that sorts what needs attention first."""
        return STATUSES.index(line["status"]), -line["lost"], line["kpi"]

    @api.model
    def _labels(self, model, *names):
        """{selection field: {value: in words}}"""
        return {name: dict(model._fields[name]._description_selection(self.env)) for name in names}

    # ---------------------------------------------------------------- as text

    @api.model
    def _shown(self, line, name):
        """A figure of a line's values in the unit of its KPI, rounded as the screens do; a dash where there is none.

        :param str name: of the figure; ``target`` shows a band by its edges
        """
        if name == "target" and line["band"]:
            return " – ".join(self._figure(line, value) for value in line["band"])
        return "–" if line[name] is None else self._figure(line, line[name])

    @api.model
    def _percent(self, value):
        """A percentage as people of the language write it; a dash where there is none."""
        if value is None:
            return "–"
        text = number_text(round_half_up(to_decimal(value), 2))
        return self.env["kpi.scorecard.explanation"]._number(text) + " %"

    def _figure(self, line, value):
        unit = SimpleNamespace(unit=line["unit"], currency_id=line["currency"])
        text = number_text(round_half_up(to_decimal(value), 2))
        return self.env["kpi.scorecard.explanation"]._format(unit, text)
