from odoo import fields, models

#: what became of a person → the run's field that counts them
COUNTS = {
    "created": "created_count",
    "changed": "changed_count",
    "unchanged": "unchanged_count",
    "kept": "kept_count",
    "withdrawn": "withdrawn_count",
    "missing": "missing_count",
    "unclosed": "unclosed_count",
    "no_review": "no_review_count",
}


class KpiBonusRun(models.Model):
    """What came of a run: counted, in money, and against the time before."""

    _inherit = "kpi.bonus.run"

    currency_id = fields.Many2one(related="company_id.currency_id")
    done_count = fields.Integer(compute="_compute_results", string="Computed")
    progress = fields.Integer(compute="_compute_results", help="Percent of the people who are computed.")
    created_count = fields.Integer(compute="_compute_results", string="New")
    changed_count = fields.Integer(compute="_compute_results", string="Changed")
    unchanged_count = fields.Integer(compute="_compute_results", string="Unchanged")
    kept_count = fields.Integer(compute="_compute_results", string="Left alone")
    withdrawn_count = fields.Integer(compute="_compute_results", string="Withdrawn")
    missing_count = fields.Integer(compute="_compute_results", string="No scorecard")
    unclosed_count = fields.Integer(compute="_compute_results", string="Review not closed")
    no_review_count = fields.Integer(compute="_compute_results", string="No review")
    amount_total = fields.Monetary(compute="_compute_results", string="Total")
    amount_change = fields.Monetary(
        compute="_compute_results", string="Change", help="Against what these statements were before this run."
    )
    previous_id = fields.Many2one(
        "kpi.bonus.run", compute="_compute_previous", string="Period before", help="Its last run of these plans."
    )
    previous_total = fields.Monetary(compute="_compute_previous", string="Total then")
    previous_change = fields.Monetary(compute="_compute_previous", string="Change since then")

    def _compute_results(self):
        groups = self.env["kpi.bonus.run.line"]._read_group(
            [("run_id", "in", self.ids)],
            ["run_id", "kind", "currency_id"],
            ["__count", "amount:sum", "amount_before:sum"],
        )
        for run in self:
            mine = [group[1:] for group in groups if group[0] == run]
            for kind, name in COUNTS.items():
                run[name] = sum(count for each, _currency, count, _now, _then in mine if each == kind)
            run.done_count = sum(count for _kind, _currency, count, _now, _then in mine)
            run.progress = 100 * run.done_count // run.total if run.total else 0
            run.amount_total = sum(run._in_company(currency, now) for _kind, currency, _n, now, _then in mine)
            before = sum(run._in_company(currency, then) for _kind, currency, _n, _now, then in mine)
            run.amount_change = run.amount_total - before

    def _compute_previous(self):
        for run in self:
            previous = run._previous()
            run.previous_id, run.previous_total = previous, previous.amount_total
            run.previous_change = run.amount_total - previous.amount_total if previous else 0

    def _previous(self):
        """The last finished run of any of these plans for an earlier period."""
        plans = self.plan_ids
        for plan in self.plan_ids:
            plans |= plan._plan_chain()
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("period_id.period_type", "=", self.period_id.period_type),
                ("period_id.date_end", "<", self.period_id.date_start),
                ("plan_ids", "in", plans.ids),
                ("state", "=", "done"),
            ],
            order="id desc",
            limit=1,
        )

    def _in_company(self, currency, amount):
        """Money of a plan in the currency of the company, at the end of the period."""
        if not currency or currency == self.currency_id:
            return amount
        return currency._convert(amount, self.currency_id, self.company_id, self.period_id.date_end)

    def action_open_results(self):
        """Open the people of a run with what became of them; one kind of them by the context's ``kind``."""
        self.ensure_one()
        kind = self.env.context.get("kind")
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_hr_bonus.action_kpi_bonus_run_line")
        domain = [("run_id", "=", self.id), *([("kind", "=", kind)] if kind in COUNTS else [])]
        return {**action, "domain": domain, "context": {}}

    def action_open_statements(self):
        """Open the statements of a run."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_hr_bonus.action_kpi_bonus_statement")
        ids = self.line_ids.statement_id.ids
        return {**action, "domain": [("id", "in", ids)], "context": {"search_default_live": 1}}

    def _notification(self):
        """What came of a run, as a message on the screen."""
        self.ensure_one()
        parts = [
            (self.created_count, self.env._("%s new", self.created_count)),
            (self.changed_count, self.env._("%s recomputed", self.changed_count)),
            (self.unchanged_count, self.env._("%s unchanged", self.unchanged_count)),
            (self.kept_count, self.env._("%s already submitted and left alone", self.kept_count)),
            (self.withdrawn_count, self.env._("%s withdrawn: no longer covered", self.withdrawn_count)),
        ]
        waiting = [
            (self.missing_count, self.env._("%s people without an agreed scorecard for it", self.missing_count)),
            (self.unclosed_count, self.env._("%s people whose review is not closed yet", self.unclosed_count)),
            (self.no_review_count, self.env._("%s people without a review of the period", self.no_review_count)),
        ]
        told = [text for count, text in parts + waiting if count]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Bonus statements of %s", self.period_id.name),
                "message": ", ".join(told) if told else self.env._("Nobody is covered."),
                "type": "warning" if any(count for count, _text in waiting) or not told else "success",
                "sticky": False,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class KpiBonusRunLine(models.Model):
    """What a run did for one person in one plan."""

    _name = "kpi.bonus.run.line"
    _description = "Bonus Run Result"
    _order = "run_id desc, id"

    run_id = fields.Many2one("kpi.bonus.run", required=True, index=True, ondelete="cascade")
    plan_id = fields.Many2one("kpi.bonus.plan", required=True, ondelete="restrict")
    employee_id = fields.Many2one("hr.employee", required=True, ondelete="cascade")
    statement_id = fields.Many2one("kpi.bonus.statement", index="btree_not_null", ondelete="set null")
    kind = fields.Selection(
        [
            ("created", "New"),
            ("changed", "Changed"),
            ("unchanged", "Unchanged"),
            ("kept", "Left alone"),
            ("withdrawn", "Withdrawn"),
            ("missing", "No agreed scorecard"),
            ("unclosed", "Review not closed yet"),
            ("no_review", "No review of the period"),
        ],
        required=True,
        string="Result",
    )
    amount_before = fields.Monetary(string="Before")
    amount = fields.Monetary(string="Amount now")
    currency_id = fields.Many2one(related="plan_id.currency_id", store=True, precompute=True)
    company_id = fields.Many2one(related="run_id.company_id", store=True, precompute=True, index=True)
    state = fields.Selection(related="statement_id.state", string="Status today")

    _once = models.UniqueIndex("(run_id, plan_id, employee_id)", "Nobody is computed twice in one run.")

    def action_open(self):
        """Open the statement; where there is none, the person's scorecards or reviews of the period."""
        self.ensure_one()
        if self.statement_id:
            return {
                "type": "ir.actions.act_window",
                "res_model": "kpi.bonus.statement",
                "res_id": self.statement_id.id,
                "view_mode": "form",
            }
        source = "action_kpi_review" if self.kind in ("unclosed", "no_review") else "action_kpi_scorecard"
        action = self.env["ir.actions.act_window"]._for_xml_id(f"kpi_management.{source}")
        return {
            **action,
            "domain": [("employee_id", "=", self.employee_id.id), ("period_id", "=", self.run_id.period_id.id)],
            "context": {},
        }


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"

    def _concerned_ids(self, period):
        """Employees a computation does something about: covered by the plan, or with a statement of it."""
        return {*self._coverage(period), *self._existing_statements(period).employee_id.ids}

    def action_ask_period(self):
        """Ask for the period, then compute its statements."""
        self.ensure_one()
        period = self.env["kpi.period"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("period_type", "=", self.period_type),
                ("date_end", "<", fields.Date.context_today(self)),
            ],
            order="date_end desc",
            limit=1,
        )
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_hr_bonus.action_kpi_bonus_run_new")
        context = {"default_period_id": period.id, "default_plan_ids": self.ids}
        return {**action, "context": {**context, "default_company_id": self.company_id.id}}
