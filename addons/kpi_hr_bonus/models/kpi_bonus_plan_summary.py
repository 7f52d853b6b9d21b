"""What a plan pays, in a sentence: shown on the form while its terms are typed."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from odoo.addons.kpi_management.engine import EngineError, to_decimal


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    basis_summary = fields.Text(compute="_compute_basis_summary", string="In words")

    @api.depends_context("lang")
    @api.depends(
        "basis",
        "amount",
        "wage_percent",
        "currency_id",
        "definition_id",
        "curve_ids",
        "prorate",
        "tier_mode",
        "tier_ids.value_from",
        "tier_ids.rate",
        "pool_key",
        "pool_from",
        "pool_percent",
        "pool_definition_id",
    )
    def _compute_basis_summary(self):
        for plan in self:
            sentences = [*getattr(plan, f"_summarize_{plan.basis or 'fixed'}")(), plan._summarize_days()]
            plan.basis_summary = " ".join(sentence for sentence in sentences if sentence)

    def _summarize_fixed(self):
        return [self.env._("A payout of 100 %% is worth %s to each person.", self._money_text(self.amount))]

    def _summarize_wage(self):
        percent = self._number_text(self.wage_percent)
        return [
            self.env._("A payout of 100 %% is worth %s %% of the wage on the last day the person is covered.", percent)
        ]

    def _summarize_rate(self):
        tiers = self.tier_ids.sorted("value_from")
        kpi = self.definition_id.name
        if not kpi or not tiers:
            return [self.env._("Choose the KPI and add a tier to see what is paid.")]
        parts = ", ".join(self._tier_text(tier) for tier in tiers)
        if self.tier_mode == "marginal":
            pays = self.env._(
                "Pays on %(kpi)s of each person %(tiers)s; each rate on the part inside its tier.", kpi=kpi, tiers=parts
            )
        else:
            pays = self.env._(
                "Pays on %(kpi)s of each person %(tiers)s; the rate of the tier reached on the whole value.",
                kpi=kpi,
                tiers=parts,
            )
        return [pays, self._summarize_start(tiers[0]), self._summarize_example(tiers), self._summarize_curve()]

    def _summarize_start(self, tier):
        if tier.value_from <= 0:
            return ""
        return self.env._("Nothing below %s.", self._value_text(tier.value_from))

    def _summarize_example(self, tiers):
        """Half as much again as the last tier begins at, so that every tier is in the example."""
        last = to_decimal(tiers[-1].value_from)
        if not last:
            return ""
        value = last * Decimal("1.5")
        try:
            money = self._engine_rate(value).money
        except EngineError:
            # Half-typed tiers: saving them says what is wrong.
            return ""
        return self.env._(
            "Example: %(value)s pays %(money)s.", value=self._value_text(value), money=self._money_text(money)
        )

    def _summarize_curve(self):
        if self.curve_ids:
            return self.env._("The payout curve on the attainment of the KPI applies on top.")
        return self.env._("It is paid in full, whatever the attainment.")

    def _summarize_pool(self):
        if self.pool_from == "amount":
            pool = self._money_text(self.amount)
        else:
            pool = self.env._(
                "%(percent)s %% of %(kpi)s of the company",
                percent=self._number_text(self.pool_percent),
                kpi=self.pool_definition_id.name or "…",
            )
        if self.pool_key == "wage":
            key = self.env._("in proportion to wage × payout × gates × days covered")
        else:
            key = self.env._("in proportion to payout × gates × days covered")
        return [
            self.env._("Splits %(pool)s over everybody covered, %(key)s.", pool=pool, key=key),
            self.env._("What a cap cuts off stays in the pool and is not given to the others."),
        ]

    def _summarize_days(self):
        if self.prorate and self.basis == "rate":
            return self.env._(
                "By days as well: somebody who is covered for half of the period gets half, even if all was sold then."
            )
        return ""

    def _tier_text(self, tier):
        start = self._value_text(tier.value_from)
        if self.rate_per == "percent":
            return self.env._("%(rate)s %% from %(start)s", rate=self._number_text(tier.rate), start=start)
        return self.env._(
            "%(rate)s %(currency)s for each from %(start)s",
            rate=self._number_text(tier.rate),
            currency=self.currency_id.symbol or "",
            start=start,
        )

    def _value_text(self, value):
        if self.definition_id.unit == "currency":
            return self._money_text(value)
        suffix = self.env["kpi.scorecard.explanation"]._unit_suffix(self.definition_id.unit)
        return self._number_text(value) + suffix

    def _money_text(self, value):
        return formatLang(self.env, float(value), currency_obj=self.currency_id)

    def _number_text(self, value):
        return self.env["kpi.scorecard.explanation"]._number(str(to_decimal(value)))
