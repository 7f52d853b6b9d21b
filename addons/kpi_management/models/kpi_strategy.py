from odoo import api, fields, models


class KpiStrategy(models.Model):
    _name = "kpi.strategy"
    _description = "Strategy"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"

    name = fields.Char(required=True, translate=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    vision = fields.Text(translate=True, help="What the company wants to be one day.")
    mission = fields.Text(translate=True, help="What it is there for, and for whom.")
    values = fields.Text(translate=True, help="What it holds to on the way.")
    date_start = fields.Date(required=True, string="From", tracking=True)
    date_end = fields.Date(required=True, string="To", tracking=True)
    state = fields.Selection(
        [("draft", "Draft"), ("active", "Active"), ("archived", "Archived")],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
        help="Everybody in the company reads an active strategy and those before it; a draft KPI officers alone.",
    )
    resource_ids = fields.One2many("kpi.strategy.resource", "strategy_id", string="Resources", copy=True)
    resource_warning = fields.Char(compute="_compute_resource_warning")
    objective_ids = fields.One2many("kpi.objective", "strategy_id", string="Objectives")
    objective_count = fields.Integer(compute="_compute_objective_count")
    progress = fields.Float(
        compute="_compute_progress", digits=(16, 2), help="Weighted progress of the objectives at its top."
    )

    _dates_ordered = models.Constraint(
        "CHECK(date_start <= date_end)", "A strategy must not end before it begins: check its dates."
    )
    # Ranges of one number each stand for the company: that needs no extension of the database.
    _one_active = models.Constraint(
        "EXCLUDE USING gist (int4range(company_id, company_id, '[]') WITH &&,"
        " daterange(date_start, date_end, '[]') WITH &&) WHERE (state = 'active')",
        "A company has one active strategy at a time: archive the other one, or change the dates.",
    )

    @api.depends("resource_ids.assessment", "resource_ids.kind")
    def _compute_resource_warning(self):
        for strategy in self:
            missing = strategy.resource_ids.filtered(lambda resource: resource.assessment == "missing")
            strategy.resource_warning = missing and self.env._("Missing: %s", ", ".join(missing.mapped("name")))

    def _compute_objective_count(self):
        Objective = self.env["kpi.objective"]
        counts = dict(Objective._read_group([("strategy_id", "in", self.ids)], ["strategy_id"], ["__count"]))
        for strategy in self:
            strategy.objective_count = counts.get(strategy, 0)

    @api.depends("objective_ids.progress", "objective_ids.weight", "objective_ids.state", "objective_ids.parent_id")
    def _compute_progress(self):
        for strategy in self:
            top = strategy.objective_ids.filtered(
                lambda objective: not objective.parent_id and objective.state != "cancelled"
            )
            total = sum(top.mapped("weight"))
            strategy.progress = sum(each.weight * each.progress for each in top) / total if total else 0.0

    @api.constrains("date_start", "date_end", "company_id")
    def _check_objectives(self):
        self.objective_ids._check_dates_in_strategy()
        self.objective_ids._check_company(["strategy_id"])

    def action_activate(self):
        """Make drafts the strategy that everybody reads and objectives serve."""
        self.filtered(lambda strategy: strategy.state != "active").write({"state": "active"})

    def action_archive_strategy(self):
        """Put strategies away: they stay readable, with their objectives."""
        self.filtered(lambda strategy: strategy.state == "active").write({"state": "archived"})

    def action_draft(self):
        """Take strategies back to draft, where officers alone see them."""
        self.write({"state": "draft"})

    def action_open_objectives(self):
        """Open the tree of the strategy's objectives."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_objective")
        context = {
            "default_strategy_id": self.id,
            "default_date_start": self.date_start,
            "default_date_end": self.date_end,
        }
        return {**action, "domain": [("strategy_id", "=", self.id)], "context": context}

    def action_open_map(self):
        """Open the map of the strategy's company."""
        self.ensure_one()
        return self.env["ir.actions.client"]._for_xml_id("kpi_management.action_kpi_strategy_map")
