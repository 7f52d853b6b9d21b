from odoo import models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def kpi_if_won(self, revenue=None):
        """Override of `kpi_crm`: and what it does to the bonus (``pay``: {"now", "then"}, in the company's currency).

        There is no ``pay`` where no plan pays the person, or where the user may not see what it pays.
        """
        told = super().kpi_if_won(revenue)
        if pays := [card["pay"] for card in told["cards"] if card["pay"]] if told else []:
            told["pay"] = {when: sum(pay[when] for pay in pays) for when in ("now", "then")}
        return told

    def _kpi_changes(self, card, now, then):
        """Override of `kpi_crm`: and what the plans of the period pay (``pay``)."""
        changes = super()._kpi_changes(card, now, then)
        # Not with the rights of the system, by which the figures were measured: who asks has to be shown the pay.
        viewed = card.sudo(self.env.su)
        return {**changes, "pay": bool(changes["lines"]) and viewed._kpi_pays(now=now, then=then)}
