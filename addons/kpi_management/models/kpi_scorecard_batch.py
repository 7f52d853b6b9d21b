from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .guard import is_trusted, trusted

CHUNK = 500
# More scorecards than this are made in the background: a request is cut off after a while.
AT_ONCE = 2000
# Written where scorecards are made, and nowhere else.
RUN_FIELDS = {"state", "total", "failure", "automatic", "scorecard_ids"}


class KpiScorecardBatch(models.Model):
    """One run that makes the scorecards of a period: for whom, from what, and what came of it.

    Whoever has a scorecard already is left alone, so a run may be repeated; what it made can be taken back as long as
    nobody proposed it.
    """

    _name = "kpi.scorecard.batch"
    _description = "Scorecard Run"
    _inherit = ["hr.mixin"]
    _order = "id desc"
    _check_company_auto = True

    period_id = fields.Many2one(
        "kpi.period",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('state', '!=', 'closed')]",
        default=lambda self: self._default_period(),
    )
    company_id = fields.Many2one(related="period_id.company_id", store=True, index=True)
    source = fields.Selection(
        [("template", "Templates"), ("previous", "Scorecards of the period before")],
        string="Make from",
        required=True,
        default="template",
    )
    template_ids = fields.Many2many(
        "kpi.scorecard.template",
        "kpi_scorecard_batch_template_rel",
        string="Only these templates",
        check_company=True,
        help="Empty: all that are in use for this type of period.",
    )
    department_ids = fields.Many2many(
        "hr.department",
        "kpi_scorecard_batch_department_rel",
        string="Departments",
        check_company=True,
        help="With those below them. Empty: all.",
    )
    job_ids = fields.Many2many(
        "hr.job", "kpi_scorecard_batch_job_rel", string="Job Positions", check_company=True, help="Empty: all."
    )
    employee_ids = fields.Many2many(
        "hr.employee", "kpi_scorecard_batch_employee_rel", string="People", check_company=True, help="Empty: all."
    )
    joiners_only = fields.Boolean(
        string="Joiners only", help="Only people who joined after the first day of the period."
    )
    raise_percent = fields.Float(
        string="Raise targets by (%)",
        digits=(16, 2),
        help="The target rises by this much where higher is better, and falls where lower is better. Bands stay.",
    )
    prorate = fields.Boolean(
        string="Pro rata",
        default=True,
        help="Whoever is employed for a part of the period, by the dates of the contract, gets that part of each target "
        "that adds up over time.",
    )
    state = fields.Selection(
        [("draft", "Preparing"), ("queued", "Under way"), ("done", "Done")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    automatic = fields.Boolean(readonly=True, copy=False, help="Made by the nightly run for joiners.")
    total = fields.Integer(string="To make", readonly=True, copy=False)
    failure = fields.Text(readonly=True, copy=False)
    scorecard_ids = fields.One2many("kpi.scorecard", "batch_id", string="Scorecards")
    made_count = fields.Integer(compute="_compute_made_count", string="Scorecards made")
    draft_count = fields.Integer(compute="_compute_made_count")

    plan_count = fields.Integer(compute="_compute_plan", string="To be made")
    prorated_count = fields.Integer(compute="_compute_plan", string="Of these pro rata")
    existing_count = fields.Integer(compute="_compute_plan", string="There already")
    missing_count = fields.Integer(compute="_compute_plan", string="People left out")
    missing_employee_ids = fields.Many2many("hr.employee.public", compute="_compute_plan", string="Left out")
    plan_html = fields.Html(compute="_compute_plan", string="By template")
    lacks_template = fields.Boolean(compute="_compute_plan")
    archived_kpis = fields.Char(compute="_compute_plan", string="Archived KPIs")

    _raise_range = models.Constraint(
        "CHECK(raise_percent > -100 AND raise_percent <= 1000)",
        "Targets are raised by more than -100 and up to 1,000 percent.",
    )

    @api.model
    def _default_period(self):
        """The shortest open period that runs now, else the next one: where scorecards are wanted first."""
        return self.env["kpi.period"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("state", "=", "open"),
                ("date_end", ">=", fields.Date.context_today(self)),
            ],
            order="date_end, date_start desc",
            limit=1,
        )

    @api.depends("period_id", "source")
    def _compute_display_name(self):
        sources = dict(self._fields["source"]._description_selection(self.env))
        for batch in self:
            batch.display_name = f"{batch.period_id.name or ''} · {sources.get(batch.source, '')}"

    def _compute_made_count(self):
        groups = self.env["kpi.scorecard"]._read_group(
            [("batch_id", "in", self.ids)], ["batch_id", "state"], ["__count"]
        )
        for batch in self:
            mine = {state: count for made_by, state, count in groups if made_by == batch}
            batch.made_count = sum(mine.values())
            batch.draft_count = mine.get("draft", 0)

    @api.depends(
        "period_id",
        "source",
        "template_ids",
        "department_ids",
        "job_ids",
        "employee_ids",
        "joiners_only",
        "prorate",
        "state",
    )
    def _compute_plan(self):
        """What the run would do if it was started now."""
        for batch in self:
            plan = batch._plan() if batch.period_id and batch.state == "draft" else None
            batch.plan_count = len(plan.todo) if plan else 0
            batch.prorated_count = sum(bool(todo.days) for todo in plan.todo) if plan else 0
            batch.existing_count = plan.existing if plan else 0
            batch.missing_count = len(plan.missing) if plan else 0
            batch.missing_employee_ids = self.env["hr.employee.public"].browse(plan.missing if plan else ())
            batch.plan_html = batch._plan_html(plan) if plan and plan.todo else False
            batch.archived_kpis = plan and batch._archived_kpis(plan)
            batch.lacks_template = bool(plan) and batch.source == "template" and not batch._templates()

    @api.constrains("period_id")
    def _check_period_open(self):
        self.period_id._check_open()

    @api.model_create_multi
    def create(self, vals_list):
        self._check_by_run({name for vals in vals_list for name in vals})
        return super().create([{"state": "draft", **vals} for vals in vals_list])

    def write(self, vals):
        self._check_by_run(vals)
        result = super().write(vals)
        if "period_id" in vals:
            # Where it went has to be within the user's reach.
            self.check_access("write")
        return result

    @api.autovacuum
    def _gc_abandoned(self):
        """Runs that were prepared and never started."""
        before = fields.Datetime.now() - timedelta(days=1)
        self.search([("state", "=", "draft"), ("create_date", "<", before), ("scorecard_ids", "=", False)]).unlink()

    def action_confirm(self):
        """Make the scorecards; many of them in the background, as long as that takes.

        :raises UserError: when there is nothing to make, or somebody else is at it
        """
        self.ensure_one()
        self._check_may_make()
        self._lock_period()
        plan = self._plan()
        if not plan.todo:
            raise UserError(self.env._("There is no scorecard to make: everybody has one, or nothing fits them."))
        # trusted: the user was checked above; how far a run is nobody writes by hand.
        run = trusted(self)
        run.write({"total": len(plan.todo), "failure": False, "state": "queued"})
        if len(plan.todo) > AT_ONCE:
            self.env.ref("kpi_management.cron_scorecard_batch")._trigger()
        else:
            self._make(plan.todo)
            run.state = "done"
        return self.action_open()

    def action_propose(self):
        """Put the drafts of these runs up for agreement, all in one go.

        :raises UserError: naming the first scorecard and what is to be mended
        """
        self.scorecard_ids.action_propose()

    def action_undo(self):
        """Delete the scorecards of these runs that are still in draft."""
        self.check_access("write")
        self.scorecard_ids.filtered(lambda card: card.state == "draft").unlink()

    def action_again(self):
        """Go over the run once more: for those who came since, and where it broke off."""
        self.ensure_one()
        self._check_may_make()
        trusted(self).write({"state": "draft", "failure": False})  # see action_confirm
        return self.action_open(target="new")

    def action_open(self, target="current"):
        """Open the run."""
        self.ensure_one()
        view = "view_kpi_scorecard_batch_wizard" if target == "new" else "view_kpi_scorecard_batch_form"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Create Scorecards"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(self.env.ref(f"kpi_management.{view}").id, "form")],
            "target": target,
        }

    def action_open_scorecards(self):
        """Open the scorecards that the run made."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_scorecard")
        return {**action, "domain": [("batch_id", "=", self.id)], "context": {}}

    def _check_by_run(self, names):
        if not is_trusted(self.env) and RUN_FIELDS & set(names):
            raise AccessError(self.env._("How far a run is, is written by its buttons alone."))

    def _check_may_make(self):
        """The check for those for whom scorecards are then written with the module's own mark."""
        self.check_access("write")
        self.env["kpi.scorecard"].check_access("create")
        self.period_id.check_access("write")
        self.period_id._check_open()

    def _lock_period(self):
        """Two runs for one period would make the same scorecards: the second has to wait."""
        queued = self.search_count([("period_id", "=", self.period_id.id), ("state", "=", "queued")], limit=1)
        if queued or not self.period_id.try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._("Somebody else is working on %s. Try again in a moment.", self.period_id.name))
