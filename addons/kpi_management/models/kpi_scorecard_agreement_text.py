from odoo import api, fields, models
from odoo.tools import format_date

from .kpi_scorecard_agreement import NO_AGREEMENT, SIDES


class KpiScorecard(models.Model):
    """Where the agreement stands, and on what, in words."""

    _inherit = "kpi.scorecard"

    agreement_text = fields.Char(string="Agreement", compute="_compute_agreement_text", compute_sudo=True)
    terms_text = fields.Text(
        string="Targets", compute="_compute_terms_text", help="Who agrees from the board sees to what."
    )

    @api.depends("state", *NO_AGREEMENT, "waiting_for", "holder_user_id", "manager_user_id", "line_ids.has_counter")
    @api.depends_context("lang", "tz", "uid")
    def _compute_agreement_text(self):
        for card in self:
            card.agreement_text = card._agreement_text()

    @api.depends("line_ids.target", "line_ids.weight", "line_ids.has_counter", "line_ids.counter_target")
    @api.depends_context("lang")
    def _compute_terms_text(self):
        for card in self:
            card.terms_text = "\n".join(line._terms_text() for line in card.line_ids)

    def _agreement_text(self):
        """Where the agreement stands, in a sentence."""
        if self.state == "draft" or not (self.holder_agreed_by_id or self.manager_agreed_by_id):
            return False
        if self.state == "proposed":
            return self._waiting_text()
        if len(self._agreed_sides()) < len(SIDES):
            return False
        signatures = [
            self.env._(
                "%(name)s on %(date)s",
                name=self[f"{side}_agreed_by_id"].name,
                date=format_date(self.env, fields.Datetime.context_timestamp(self, self[f"{side}_agreed_date"]).date()),
            )
            for side in SIDES
        ]
        return self.env._(
            "Agreed by the holder (%(holder)s) and the manager (%(manager)s).",
            **dict(zip(SIDES, signatures, strict=True)),
        )

    def _waiting_text(self):
        """Whose turn it is, seen by the user."""
        if self.waiting_for == "manager":
            if self.has_counter:
                return self.env._("The holder wants other figures: waits for the manager.")
            if not self._asked_for_manager():
                return self.env._("Waits for a KPI officer to agree: no manager with a login is known.")
            return self.env._("Waits for the manager to agree.")
        if self.holder_user_id == self.env.user:
            return self.env._("Waits for you to agree, or to answer with other figures.")
        return self.env._("Waits for %s to agree.", self.holder_user_id.name or self.subject_name)


class KpiScorecardLine(models.Model):
    _inherit = "kpi.scorecard.line"

    def _terms_text(self):
        """What is on the table for this KPI, e.g. "Revenue: 1,000 ₫ (60 %)"; a band by its edges."""
        self.ensure_one()
        words = self.env["kpi.scorecard.explanation"]
        figure = self.counter_target if self.has_counter else self.target
        figures = (self.band_low, self.band_high) if self.direction == "band" else (figure,)
        return self.env._(
            "%(kpi)s: %(target)s (%(weight)s %%)",
            kpi=self.display_name,
            target=" – ".join(words._format(self, repr(value)) for value in figures),
            weight=words._number(repr(self.weight)),
        )
