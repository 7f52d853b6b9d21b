"""A pool: how much there is, and how it is split over everybody who has a share in it."""

from dataclasses import replace
from decimal import Decimal

from odoo import models

from odoo.addons.kpi_management.engine import number_text, to_decimal

from ..engine import Pool, share, split_pool, to_currency

NOTHING = Decimal(0)


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    def _pool_amount(self, facts):
        """The whole pool of the period.

        :return: Decimal, money of the plan's currency; 0 when the KPI that fills it has no data or is negative
        """
        if self.pool_from == "amount":
            return to_decimal(self.amount)
        value = self._pool_value(facts)
        if value is None or value <= 0:
            return NOTHING
        return to_currency(value * to_decimal(self.pool_percent) / 100, to_decimal(self.currency_id.rounding))

    def _pool_value(self, facts):
        return self._measured_value(facts.company_lines.get(self.pool_definition_id))

    def _pool_settled(self, facts):
        """What statements that are no longer drafts have of the pool: it stays theirs.

        What a cap cut off counts as theirs too: it stays in the pool and is not given to the others.
        """
        return facts.settled

    def _split_pool(self, inputs, facts):
        """Give everybody the part of the pool that falls to their share, by largest remainder.

        The parts add up to what the settled statements left, ties going to the lower employee id.

        :param inputs: {employee id: engine PayoutInput}
        :return: the same with the pool in each; those who are settled already have none
        """
        settled = {key for key, statement in facts.existing.items() if statement.state != "draft"}
        open_ids = sorted(inputs.keys() - settled)
        rest = max(self._pool_amount(facts) - self._pool_settled(facts), NOTHING)
        shares = [share(inputs[employee_id]) for employee_id in open_ids]
        pools = split_pool(rest, shares, to_decimal(self.currency_id.rounding))
        parts = dict(zip(open_ids, pools, strict=True))
        none = Pool(NOTHING, NOTHING)
        return {key: replace(value, pool=parts.get(key, none)) for key, value in inputs.items()}

    def _prepare_pool_explanation(self, facts):
        """What the pool was before it was split; None for a plan of another basis."""
        if self.basis != "pool":
            return None
        by_kpi = self.pool_from == "kpi"
        return {
            "key": self.pool_key,
            "amount": number_text(self._pool_amount(facts)),
            "settled": number_text(self._pool_settled(facts)),
            "definition_id": self.pool_definition_id.id if by_kpi else False,
            "code": self.pool_definition_id.code if by_kpi else None,
            "value": number_text(self._pool_value(facts)) if by_kpi else None,
            "percent": number_text(to_decimal(self.pool_percent)) if by_kpi else None,
        }
