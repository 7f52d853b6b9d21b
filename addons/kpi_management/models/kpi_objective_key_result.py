from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..engine import key_result_grade, objective_grade, reach
from .guard import derived_fields, is_trusted

# What is measured or typed by ``check_in`` → what a new key result begins with.
MEASURED = {
    "current": 0,
    "result": False,
    "current_date": False,
    "error_message": False,
    "before": 0,
    "has_before": False,
}
# What decides what is measured.
MEASURING = {"definition_id", "objective_id"}


class KpiObjectiveKeyResult(models.Model):
    _name = "kpi.objective.key.result"
    _description = "Key Result"
    _order = "objective_id, sequence, id"
    _check_company_auto = True

    objective_id = fields.Many2one("kpi.objective", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="objective_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="objective_id.state")
    sequence = fields.Integer(default=10)
    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        translate=True,
        string="Key result",
    )
    definition_id = fields.Many2one(
        "kpi.definition",
        string="KPI",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('direction', 'in', ('higher', 'lower'))]",
        help="Measures the key result from the objective's first day. Without one the figure is typed.",
    )
    unit = fields.Selection(
        selection=lambda self: self.env["kpi.definition"]._fields["unit"]._description_selection(self.env),
        compute="_compute_unit",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    baseline = fields.Float(
        string="From",
        digits=(20, 4),
        aggregator=None,
        help="Where it begins; worth 0. Less is better: above the target.",
    )
    target = fields.Float(digits=(20, 4), aggregator=None, help="Where it shall be at the end; worth 1.")
    stretch = fields.Float(digits=(20, 4), aggregator=None, help="Beyond the target, if all goes well. 0: none.")
    commitment = fields.Selection(
        [("committed", "Committed"), ("aspirational", "Aspirational")],
        required=True,
        default="committed",
        help="Committed: 1.0 is expected. Aspirational: 0.7 is good.",
    )
    # digits=0: numeric, as the engine rounded it.
    current = fields.Float(string="Now", digits=0, readonly=True, copy=False, aggregator=None)
    result = fields.Selection(
        [("ok", "Measured"), ("no_data", "No data"), ("error", "Error")], readonly=True, copy=False
    )
    error_message = fields.Char(readonly=True, copy=False)
    current_date = fields.Date(string="As of", readonly=True, copy=False)
    grade = fields.Float(
        compute="_compute_grade", store=True, digits=(16, 2), aggregator=None, help="Share of the way done, 0.0 to 1.0."
    )
    stretch_reached = fields.Boolean(compute="_compute_grade", store=True)
    before = fields.Float(
        string="Reached before",
        digits=0,
        readonly=True,
        copy=False,
        aggregator=None,
        help="The same KPI of the same subject in as many days right before the objective begins.",
    )
    has_before = fields.Boolean(readonly=True, copy=False)
    reach = fields.Float(
        string="Against before (%)", compute="_compute_reach", digits=(16, 2), help="How much better than before."
    )
    reach_warning = fields.Char(compute="_compute_reach")
    reach_reason = fields.Char(
        string="Why it is achievable", help="Asked for when the target lies far from what was reached before."
    )
    counter_target = fields.Float(compute="_compute_counter_target", digits=(20, 4), string="On offer")
    has_counter = fields.Boolean(compute="_compute_counter_target")

    @api.depends("definition_id")
    def _compute_name(self):
        for result in self:
            result.name = result.name or result.definition_id.name

    @api.depends("definition_id")
    def _compute_unit(self):
        for result in self:
            result.unit = result.definition_id.unit or result.unit or "number"

    @api.depends("current", "result", "baseline", "target", "stretch")
    def _compute_grade(self):
        for result in self:
            actual = result.current if result.result == "ok" else None
            result.grade = float(key_result_grade(actual, result.baseline, result.target) or 0)
            falls = result.target < result.baseline
            result.stretch_reached = bool(
                result.stretch
                and actual is not None
                and (actual <= result.stretch if falls else actual >= result.stretch)
            )

    @api.depends(
        "before",
        "has_before",
        "target",
        "definition_id.direction",
        "company_id.kpi_reach_low",
        "company_id.kpi_reach_high",
    )
    def _compute_reach(self):
        for result in self:
            before = result.before if result.has_before else None
            percent = reach(before, result.target, result.definition_id.direction == "lower")
            company = result.company_id
            result.reach = float(percent or 0)
            outside = percent is not None and not company.kpi_reach_low <= percent <= company.kpi_reach_high
            result.reach_warning = outside and self.env._(
                "%(name)s: the target is %(percent)s %% against what was reached before.",
                name=result.name,
                percent=f"{percent:+.0f}",
            )

    @api.depends("target", "objective_id.counter_ids.state", "objective_id.counter_ids.target")
    def _compute_counter_target(self):
        offers = self.objective_id._open_counters()
        for result in self:
            offer = offers.filtered(lambda counter, result=result: counter.key_result_id == result._origin)[:1]
            result.has_counter = bool(offer)
            result.counter_target = offer.target if offer else result.target

    @api.constrains("definition_id", "baseline", "target", "stretch")
    def _check_numbers(self):
        for result in self:
            result._check_target(result.target)

    def _check_target(self, target):
        """Whether a target lies on the right side of the baseline, and the stretch beyond it.

        :raises ValidationError: saying what to change
        """
        direction, way = self.definition_id.direction, target - self.baseline
        if direction in ("band", "binary"):
            raise ValidationError(
                self.env._("%s cannot be a key result: more or less of it must be better.", self.name)
            )
        if (direction == "lower" and way > 0) or (direction == "higher" and way < 0):
            raise ValidationError(
                self.env._("%s: give the figure it begins with; the target has to be better than that.", self.name)
            )
        if self.stretch and way and (self.stretch - target) * way <= 0:
            raise ValidationError(self.env._("%s: the stretch lies beyond the target.", self.name))

    @api.model_create_multi
    def create(self, vals_list):
        if is_trusted(self.env):
            return super().create(vals_list)
        self._check_measured_fields({key for vals in vals_list for key in vals})
        results = super().create([{**vals, **MEASURED} for vals in vals_list])
        results.objective_id._check_terms_open()
        results._measure_before()
        return results

    def write(self, vals):
        if is_trusted(self.env):
            return super().write(vals)
        self._check_measured_fields(vals)
        self.objective_id._check_terms_open()
        result = super().write(vals)
        if "objective_id" in vals:
            # Where it went has to be in draft, and within the user's reach.
            self.objective_id._check_terms_open()
            self.check_access("write")
        if MEASURING & vals.keys():
            self._measure_before()
        return result

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """A translation is written past ``write``: what was agreed is locked here, too."""
        if not is_trusted(self.env):
            self.objective_id._check_terms_open()
        return super()._update_field_translations(field_name, translations, digest, source_lang)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self.objective_id._check_terms_open()

    def _mean_grade(self):
        """The grade of an objective with these key results, a decimal; None while none is measured."""
        return objective_grade(
            key_result_grade(result.current if result.result == "ok" else None, result.baseline, result.target)
            for result in self
        )

    def _has_target(self):
        self.ensure_one()
        return self.target != self.baseline

    def _check_measured_fields(self, names):
        if forbidden := (MEASURED.keys() | derived_fields(self)).intersection(names):
            raise AccessError(self.env._("%s is computed; nobody writes it by hand.", ", ".join(sorted(forbidden))))
