from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.kpi_management.engine import EngineError
from odoo.addons.kpi_management.models.guard import is_trusted, trusted

CHUNK = 500
#: More people than this are computed in the background: a request is cut off after a while.
AT_ONCE = 1000
#: What people choose; everything else on a run is written by the run.
CHOSEN = {"period_id", "plan_ids"}


class KpiBonusRun(models.Model):
    """One computation of a period's statements: for which plans, by whom, and what came of it for each person.

    What was submitted is left alone, so a run may be repeated. Whoever has a line in a run is done in it: one that
    was stopped, or died, goes on with the others.
    """

    _name = "kpi.bonus.run"
    _description = "Bonus Run"
    _order = "id desc"
    _check_company_auto = True

    period_id = fields.Many2one("kpi.period", required=True, index=True, ondelete="restrict", check_company=True)
    period_type = fields.Selection(related="period_id.period_type")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    plan_ids = fields.Many2many(
        "kpi.bonus.plan",
        string="Plans",
        check_company=True,
        domain="[('company_id', '=', company_id), ('state', '=', 'published'), ('period_type', '=', period_type)]",
        help="Empty: all that are published and in force in the period.",
    )
    state = fields.Selection(
        [("draft", "Preparing"), ("queued", "Under way"), ("stopped", "Stopped"), ("done", "Done")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    user_id = fields.Many2one("res.users", string="By", readonly=True, copy=False, ondelete="restrict")
    date_started = fields.Datetime(string="Started", readonly=True, copy=False)
    date_done = fields.Datetime(string="Finished", readonly=True, copy=False)
    total = fields.Integer(string="People", readonly=True, copy=False)
    failure = fields.Text(readonly=True, copy=False)
    line_ids = fields.One2many("kpi.bonus.run.line", "run_id", string="Results")

    @api.depends("period_id.name", "date_started")
    def _compute_display_name(self):
        for run in self:
            started = run.date_started and fields.Datetime.context_timestamp(run, run.date_started)
            when = f" · {started:%Y-%m-%d %H:%M}" if started else ""
            run.display_name = f"{run.period_id.name or self.env._('New run')}{when}"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_chosen({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        self._check_chosen(vals)
        if not is_trusted(self.env) and any(run.state != "draft" for run in self):
            raise UserError(self.env._("What a run computed does not change. Make a new one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(run.state != "draft" for run in self):
            raise UserError(self.env._("Runs that have computed something are kept as history."))

    def _check_chosen(self, names):
        """Whoever starts a run answers for what it computes; nobody says it was somebody else.

        :raises AccessError: naming the fields
        """
        if not is_trusted(self.env) and (written := set(names) - CHOSEN - {"company_id"}):
            raise AccessError(
                self.env._("%s is written by the run itself; nobody types it.", ", ".join(sorted(written)))
            )

    @api.onchange("period_id")
    def _onchange_period_id(self):
        self.company_id = self.period_id.company_id or self.env.company
        self.plan_ids = self.plan_ids.filtered(lambda plan: plan._origin._covers_period(self.period_id))

    @api.autovacuum
    def _gc_abandoned(self):
        """Runs that were prepared and never started."""
        before = fields.Datetime.now() - timedelta(days=1)
        self.search([("state", "=", "draft"), ("create_date", "<", before)]).unlink()

    # ------------------------------------------------------------- actions

    def action_confirm(self):
        """Compute as ``action_resume`` does, and open the run."""
        self.action_resume()
        return self.action_open()

    def action_resume(self):
        """Compute, many people in the background as long as that takes; stopped runs go on.

        :raises AccessError: when the user is no bonus officer
        :raises UserError: when no plan covers the period
        """
        self.ensure_one()
        self._start()
        if self.total > AT_ONCE:
            self.env.ref("kpi_hr_bonus.cron_bonus_run")._trigger()
        else:
            self._work()
        return True

    def action_stop(self):
        """Stop runs that are under way; what they computed stays, and they can go on later."""
        self.env["kpi.bonus.plan"]._check_bonus_officer()
        self.check_access("write")
        trusted(self).filtered(lambda run: run.state == "queued").write({"state": "stopped"})
        return True

    def action_again(self):
        """Compute the same once more, as a new run."""
        self.ensure_one()
        return self._make(self.period_id, self.plan_ids).action_confirm()

    def action_open(self):
        """Open the run."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bonus Run"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------- running

    @api.model
    def _make(self, period, plans):
        return self.create(
            {"period_id": period.id, "company_id": period.company_id.id, "plan_ids": [(6, 0, plans.ids)]}
        )

    @api.model
    def _run(self, period, plans):
        """Compute plans for a period in this very call, however many people there are.

        :return: the run
        """
        run = self._make(period, plans)
        run._start()
        run._work()
        return run

    def _start(self):
        """Check, write down what will be done and by whom, and queue it."""
        self.env["kpi.bonus.plan"]._check_bonus_officer()
        self.check_access("write")
        if self.state not in ("draft", "stopped"):
            raise UserError(self.env._("This run is under way or done."))
        plans = self.plan_ids or self._plans_in_force()
        for plan in plans:
            plan._check_in_force(self.period_id)
        # trusted: what a run is doing is written here alone; the user was checked above.
        run = trusted(self)
        run.write({"plan_ids": [(6, 0, plans.ids)], "state": "queued", "failure": False, "user_id": self.env.uid})
        done = len(run.line_ids)
        run.write(
            {
                "total": done + sum(len(ids) for _plan, ids in run._todo()),
                "date_started": run.date_started or fields.Datetime.now(),
            }
        )

    def _plans_in_force(self):
        """The published plans that cover the period.

        :raises UserError: when there is none
        """
        domain = [
            ("state", "=", "published"),
            ("company_id", "=", self.company_id.id),
            ("period_type", "=", self.period_id.period_type),
        ]
        plans = self.env["kpi.bonus.plan"].search(domain, order="id")
        plans = plans.filtered(lambda plan: plan._covers_period(self.period_id))
        if not plans:
            raise UserError(self.env._("No published bonus plan covers %s. Publish one first.", self.period_id.name))
        return plans

    def _todo(self):
        """What is left: [(plan, employee ids)] in steps that are computed whole; a pool is one step."""
        done = {(line.plan_id, line.employee_id.id) for line in self.line_ids}
        steps = []
        for plan in self.plan_ids:
            concerned = plan.sudo()._concerned_ids(self.period_id)
            left = sorted(employee_id for employee_id in concerned if (plan, employee_id) not in done)
            size = len(left) if plan.basis == "pool" else CHUNK
            steps += [(plan, left[start : start + size]) for start in range(0, len(left), size or 1)]
        return steps

    def _work(self, commit=False):
        """Compute what is left, step by step.

        :param bool commit: commit after each step (cron only)
        :return: False when the time of the cron's slot is over before everything is computed
        """
        # As the one who started it: that person answers for the figures and must not approve them.
        run = trusted(self.with_user(self.user_id))
        for plan, employee_ids in run._todo():
            outcome = plan.with_user(self.user_id)._compute_statements(run.period_id, employee_ids)
            run._keep_results(plan, outcome, set(employee_ids))
            if commit:
                in_time = self.env["ir.cron"]._commit_progress(len(employee_ids))
                self.invalidate_recordset(["state"])
                if self.state != "queued" or not in_time:
                    return self.state != "queued"
        run.write({"state": "done", "date_done": fields.Datetime.now()})
        return True

    def _keep_results(self, plan, outcome, employee_ids):
        self.env["kpi.bonus.run.line"].create(
            [
                {
                    "run_id": self.id,
                    "plan_id": plan.id,
                    "employee_id": result.employee_id,
                    "kind": result.kind,
                    "statement_id": result.statement.id,
                    "amount_before": result.before,
                    "amount": result.amount,
                }
                for result in outcome.results
                if result.employee_id in employee_ids
            ]
        )

    @api.model
    def _cron_compute(self):
        """Work off what is queued, each run with the rights of the one who started it."""
        runs = self.search([("state", "=", "queued")], order="id")
        left = sum(len(ids) for run in runs for _plan, ids in run._todo())
        self.env["ir.cron"]._commit_progress(remaining=left)
        for run in runs:
            try:
                if not run._work(commit=True):
                    return
            except (UserError, EngineError) as error:
                self.env.cr.rollback()
                trusted(run).write({"state": "stopped", "failure": str(error)})
            self.env["ir.cron"]._commit_progress(0)
