from odoo import models

from odoo.addons.kpi_hr_bonus.models.kpi_bonus_what_if import Figure


class KpiScorecard(models.Model):
    _inherit = "kpi.scorecard"

    def _kpi_pays(self, **results):
        """What the plans in force pay for this scorecard, were these its results.

        :param results: {name: engine ``CardResult``}
        :return: {name: amount in the company's currency}; False where the user sees no pay, or no plan pays
        """
        self.ensure_one()
        plans = self._what_if_plans(False)
        if not plans:
            return False
        # sudo: as `what_if` of `kpi_hr_bonus` does it for the same people: plans are given only to those who would be
        # shown the statement, and nothing but its amount is handed out.
        card, tool = self.sudo(), self.env["kpi.bonus.what.if"].sudo()
        terms, payings = tool._terms(card), tool._payings(card, plans.sudo())
        pays = {}
        for name, result in results.items():
            scenario = {line.key: Figure(line.actual, line.attainment, line.result) for line in result.lines}
            amounts = [tool._amount(paying, card, scenario, terms, standing=True) for paying in payings]
            pays[name] = [amount for amount in amounts if amount is not None]
        return {name: float(sum(amounts)) for name, amounts in pays.items()} if all(pays.values()) else False
