from odoo import api, models
from odoo.exceptions import UserError

from .guard import is_trusted


class KpiDefinition(models.Model):
    """Closed figures are shown in the unit, and by the direction, of their KPI: neither may change under them."""

    _inherit = "kpi.definition"

    def write(self, vals):
        self._check_shown_alike(vals)
        return super().write(vals)

    def _check_shown_alike(self, vals):
        changed = self.filtered(
            lambda kpi: any(name in vals and kpi[name] != vals[name] for name in ("unit", "direction"))
        )
        if not changed or is_trusted(self.env):
            return
        # sudo: only whether there is a closed scorecard is asked, of any company.
        closed = self.env["kpi.scorecard.line"].sudo()
        if line := closed.search(
            [("definition_id", "in", changed.ids), ("scorecard_id.state", "=", "closed")], limit=1
        ):
            raise UserError(
                self.env._(
                    "%s is on closed scorecards, so its unit and direction stay. Make a copy of the KPI and change that.",
                    line.definition_id.name,
                )
            )


class ResCompany(models.Model):
    """Closed figures are in the company's currency."""

    _inherit = "res.company"

    def write(self, vals):
        changed = self.filtered(lambda company: "currency_id" in vals and company.currency_id.id != vals["currency_id"])
        # sudo: only whether there is a closed scorecard is asked.
        cards = self.env["kpi.scorecard"].sudo()
        if changed and (card := cards.search([("company_id", "in", changed.ids), ("state", "=", "closed")], limit=1)):
            raise UserError(
                self.env._(
                    "%(company)s has closed scorecards with amounts in %(currency)s, so its currency stays.",
                    company=card.company_id.name,
                    currency=card.company_id.currency_id.name,
                )
            )
        return super().write(vals)


class IrAttachment(models.Model):
    """What a closed figure was taken from is kept: more may be added in the chatter, nothing is changed or taken away."""

    _inherit = "ir.attachment"

    def write(self, vals):
        kept = self._of_closed_figures()
        before = kept._proof()
        result = super().write(vals)
        # Compared, not forbidden by field: moving all files to other storage writes them as they are.
        if kept and before != kept._proof():
            kept._refuse_closed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_closed_figures(self):
        if kept := self._of_closed_figures():
            kept._refuse_closed()

    def _of_closed_figures(self):
        # sudo: whoever may change an attachment need not see the figure; nothing but its period's state is read.
        own = self.sudo().filtered(lambda attachment: attachment.res_model == "kpi.measurement" and attachment.res_id)
        figures = self.env["kpi.measurement"].sudo().browse(own.mapped("res_id")).exists()
        closed = figures.filtered(lambda figure: figure.period_id.state == "closed")
        return own.filtered(lambda attachment: attachment.res_id in closed.ids)

    def _proof(self):
        """What makes these attachments what they are."""
        names = ("name", "type", "url", "checksum", "res_model", "res_field", "res_id")
        return [tuple(attachment[name] for name in names) for attachment in self]

    def _refuse_closed(self):
        figure = self.env["kpi.measurement"].sudo().browse(self[0].res_id)
        raise UserError(
            self.env._(
                "%(file)s belongs to a figure of %(period)s, which is closed: it is kept as it is.",
                file=self[0].name,
                period=figure.period_id.name,
            )
        )
