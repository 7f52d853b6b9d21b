from collections import defaultdict

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ..engine import round_half_up, to_decimal
from ..engine.rounding import PERCENT_DIGITS


class KpiDossier(models.Model):
    """A person's years at a glance: reviews, scores, objectives, actions and kudos, the latest year first."""

    _inherit = "kpi.dossier"

    years_html = fields.Html(string="Over the years", compute="_compute_years_html", sanitize=False)
    manager_name = fields.Char(compute="_compute_manager_name", compute_sudo=True)

    def _compute_manager_name(self):
        for dossier in self:
            dossier.manager_name = dossier.employee_id.parent_id.name

    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_years_html(self):
        for dossier in self:
            years = dossier._years()
            dossier.years_html = bool(years) and self.env["ir.qweb"]._render(
                "kpi_management.dossier_years", {"years": years}
            )

    def _years(self):
        """[{"year": int, "reviews": records, "scores": [(type of period, mean in words, count)], "objectives" and
        "actions": (done, all), "kudos": count}], the latest year first; what there is none of is left out, and only
        what the viewer may see counts."""
        by_year = defaultdict(dict)
        for name, records in self._dated().items():
            for year, of_year in records.grouped(lambda record, name=name: self._day_of(name, record).year).items():
                by_year[year][name] = self._summed(name, of_year)
        return [{"year": year, **by_year[year]} for year in sorted(by_year, reverse=True)]

    def _dated(self):
        """{column of the table: records that count}"""
        return {
            "reviews": self.review_ids.filtered("final_grade_id"),
            "scores": self.scorecard_ids.filtered("has_score"),
            "objectives": self.objective_ids.filtered(lambda objective: objective.date_end),
            "actions": self.action_ids.filtered(lambda action: action.state != "cancelled"),
            "kudos": self.kudos_ids,
        }

    def _day_of(self, name, record):
        """The day that puts a record into a year."""
        if name == "reviews":
            # sudo: the period of a review that is shown.
            return record.sudo().period_id.date_end
        return record[{"scores": "date_end", "objectives": "date_end", "actions": "deadline", "kudos": "date"}[name]]

    def _summed(self, name, records):
        if name == "reviews":
            return records
        if name == "kudos":
            return len(records)
        if name != "scores":
            return len(records.filtered(lambda record: record.state == "done")), len(records)
        labels = dict(records._fields["period_type"]._description_selection(self.env))
        # Of equal stretches of time: months with months, quarters with quarters.
        return [(labels[kind], self._mean(cards), len(cards)) for kind, cards in records.grouped("period_type").items()]

    def _mean(self, cards):
        total = sum(to_decimal(card.score) for card in cards)
        mean = round_half_up(total / len(cards), PERCENT_DIGITS)
        return formatLang(self.env, float(mean), digits=PERCENT_DIGITS)
