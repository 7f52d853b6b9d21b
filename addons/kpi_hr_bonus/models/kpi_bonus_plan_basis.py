"""What a plan pays by: the terms of a rate and of a pool, checked, and in a sentence."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.kpi_management.engine import EngineError, to_decimal

from ..engine import Rate


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    tier_mode = fields.Selection(
        [
            ("marginal", "Each tier's rate on the part inside it"),
            ("whole", "The rate of the tier reached on everything"),
        ],
        string="Tiers",
        required=True,
        default="marginal",
        tracking=True,
    )
    tier_ids = fields.One2many("kpi.bonus.tier", "plan_id", copy=True)
    rate_per = fields.Selection(
        [("percent", "Percent of the value"), ("unit", "Amount per unit")],
        compute="_compute_rate_per",
        store=True,
        precompute=True,
        help="Of a KPI measured in money a rate is a percentage; of pieces, hours or days it is an amount for each.",
    )
    pool_key = fields.Selection(
        [("equal", "The same for everybody"), ("wage", "By wage")],
        string="Share",
        required=True,
        default="equal",
        tracking=True,
        help="Each share is multiplied by the payout, the gates and the days covered.",
    )
    pool_from = fields.Selection(
        [("amount", "Fixed amount"), ("kpi", "Percentage of a KPI of the company")],
        string="Pool",
        required=True,
        default="amount",
        tracking=True,
    )
    pool_definition_id = fields.Many2one(
        "kpi.definition",
        string="KPI of the company",
        ondelete="restrict",
        tracking=True,
        domain="[('unit', '=', 'currency')]",
        help="Its actual on the company's scorecard of the period, e.g. profit. Without one the pool is empty.",
    )
    pool_percent = fields.Float(string="Share of the KPI (%)", digits=(16, 4), tracking=True)

    _rate_on_kpi = models.Constraint(
        "CHECK(basis != 'rate' OR (apply_on = 'kpi' AND definition_id IS NOT NULL))",
        "A rate is paid on the measured value of one KPI: choose it.",
    )
    _pool_filled = models.Constraint(
        "CHECK(pool_percent >= 0 AND (basis != 'pool' OR pool_from != 'kpi' OR pool_definition_id IS NOT NULL))",
        "Choose the KPI that fills the pool, and a percentage of 0 or more.",
    )

    @api.depends("definition_id")
    def _compute_rate_per(self):
        # By the KPI's unit on the day it is chosen, not by unit: terms must not change behind a published plan.
        for plan in self:
            plan.rate_per = "percent" if plan.definition_id.unit in ("currency", False) else "unit"

    @api.onchange("basis")
    def _onchange_basis(self):
        if self.basis == "rate":
            self.apply_on = "kpi"
        # What a person has sold is measured for the days there already; days would count twice.
        self.prorate = self.basis != "rate"

    @api.constrains("basis", "definition_id", "pool_from", "pool_definition_id", "currency_id", "company_id")
    def _check_measured_unit(self):
        for plan in self:
            plan._check_rate_unit()
            if plan.basis == "pool" and plan.pool_from == "kpi":
                if plan.pool_definition_id.unit != "currency":
                    raise ValidationError(
                        self.env._(
                            "%s is not measured in money and cannot fill a pool: choose another KPI.",
                            plan.pool_definition_id.name,
                        )
                    )
                plan._check_measured_currency(plan.pool_definition_id)

    @api.constrains("basis", "tier_ids", "tier_mode")
    def _check_tiers(self):
        for plan in self.filtered("tier_ids"):
            try:
                plan._engine_rate(None)
            except EngineError as error:
                raise ValidationError(
                    self.env._(
                        "The tiers of %s cannot be used: each needs a value of its own and a rate of 0 or more.",
                        plan.name,
                    )
                ) from error

    def _check_rate_unit(self):
        """Refuse a rate on what it cannot be of.

        :raises ValidationError: naming the KPI
        """
        self.ensure_one()
        if self.basis != "rate":
            return
        kpi = self.definition_id
        if kpi.unit == "percent":
            raise ValidationError(
                self.env._(
                    "%s is measured in percent. A rate needs money or something that is counted: "
                    "choose another KPI, or pay a fixed amount by its attainment.",
                    kpi.name,
                )
            )
        if (kpi.unit == "currency") != (self.rate_per == "percent"):
            raise ValidationError(
                self.env._(
                    "%(kpi)s changed its unit since %(plan)s was made: choose the KPI again and look at the tiers.",
                    kpi=kpi.name,
                    plan=self.name,
                )
            )
        if self.rate_per == "percent":
            self._check_measured_currency(kpi)

    def _check_measured_currency(self, kpi):
        if self.currency_id != self.company_id.currency_id:
            raise ValidationError(
                self.env._(
                    "%(kpi)s is measured in %(currency)s: pay it in that currency.",
                    kpi=kpi.name,
                    currency=self.company_id.currency_id.name,
                )
            )

    def _check_worth(self):
        """Refuse a plan that can pay nothing.

        :raises UserError: saying what is missing
        """
        self.ensure_one()
        if self.curve_ids and not any(point.payout for point in self.curve_ids):
            raise UserError(self.env._("Give a point of the payout curve of %s a payout above 0.", self.name))
        if self.basis == "rate":
            if not any(tier.rate for tier in self.tier_ids):
                raise UserError(self.env._("Add a tier with a rate above 0 to %s.", self.name))
        elif self.basis == "pool" and self.pool_from == "kpi":
            if not self.pool_percent:
                raise UserError(self.env._("Say how many percent of the KPI fill the pool of %s.", self.name))
        elif not (self.wage_percent if self.basis == "wage" else self.amount):
            raise UserError(self.env._("Say what a payout of 100 %% is worth in %s.", self.name))

    def _engine_rate(self, value):
        """The tiers of this plan on a measured value.

        :param value: Decimal in the KPI's unit, None = no data
        :return: engine Rate
        :raises EngineError: when the tiers cannot be used
        """
        self.ensure_one()
        tiers = tuple((to_decimal(tier.value_from), to_decimal(tier.rate)) for tier in self.tier_ids)
        return Rate(value, tiers, self.tier_mode, self.rate_per)
