from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .guard import derived_fields

LEVELS = [
    ("strategic", "Strategic (1–3 years)"),
    ("short_term", "Short-term"),
    ("department", "Department"),
    ("individual", "Individual"),
]


class KpiObjective(models.Model):
    _name = "kpi.objective"
    _description = "Objective"
    _inherit = ["mail.thread", "mail.activity.mixin", "kpi.access.mixin"]
    _parent_store = True
    _order = "date_start desc, sequence, id"
    _check_company_auto = True
    # Whoever may read it may talk about it.
    _mail_post_access = "read"

    name = fields.Char(required=True, translate=True, tracking=True)
    description = fields.Html(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    level = fields.Selection(LEVELS, required=True, default="strategic", tracking=True, group_expand=True)
    perspective_id = fields.Many2one("kpi.perspective", index="btree_not_null", ondelete="restrict")
    parent_id = fields.Many2one(
        "kpi.objective", string="Serves", index="btree_not_null", ondelete="restrict", check_company=True
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("kpi.objective", "parent_id", string="Objectives below")
    child_count = fields.Integer(compute="_compute_child_count")
    weight = fields.Float(default=1.0, digits=(16, 2), aggregator=None, help="Its share in the objective above.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    owner_id = fields.Many2one(
        "hr.employee", index="btree_not_null", check_company=True, ondelete="restrict", tracking=True
    )
    department_id = fields.Many2one(
        "hr.department", index="btree_not_null", check_company=True, ondelete="restrict", tracking=True
    )
    date_start = fields.Date(required=True, string="From", default=fields.Date.context_today, tracking=True)
    date_end = fields.Date(required=True, string="To", tracking=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "Proposed"),
            ("agreed", "Agreed"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        tracking=True,
    )
    line_ids = fields.One2many("kpi.scorecard.line", "objective_id", string="Scorecard lines")
    line_count = fields.Integer(compute="_compute_line_count")
    progress = fields.Float(
        compute="_compute_progress",
        store=True,
        recursive=True,
        digits=(16, 2),
        aggregator="avg",
        help="Weighted attainment of its KPIs in their latest computed period; without KPIs, that of the objectives "
        "below.",
    )

    _dates_ordered = models.Constraint(
        "CHECK(date_start <= date_end)", "An objective must not end before it begins: check its dates."
    )
    _weight_positive = models.Constraint("CHECK(weight >= 0)", "The weight of an objective must not be negative.")

    @api.depends(
        "line_ids.attainment",
        "line_ids.result",
        "line_ids.weight",
        "line_ids.date_end",
        "child_ids.progress",
        "child_ids.weight",
        "child_ids.state",
    )
    def _compute_progress(self):
        for objective in self:
            lines = objective._measured_lines()
            objective.progress = (
                _weighted_mean((line.weight, line.attainment) for line in lines)
                if lines
                else objective._children_progress()
            )

    def _measured_lines(self):
        """The lines with an attainment in the latest period that has one."""
        lines = self.line_ids.filtered(lambda line: line.result == "ok")
        latest = max(lines.mapped("date_end"), default=None)
        return lines.filtered(lambda line: line.date_end == latest)

    def _children_progress(self):
        children = self.child_ids.filtered(lambda child: child.state != "cancelled")
        return _weighted_mean((child.weight, child.progress) for child in children)

    def _compute_child_count(self):
        counts = dict(self._read_group([("parent_id", "in", self.ids)], ["parent_id"], ["__count"]))
        for objective in self:
            objective.child_count = counts.get(objective, 0)

    def _compute_line_count(self):
        Line = self.env["kpi.scorecard.line"]
        counts = dict(Line._read_group([("objective_id", "in", self.ids)], ["objective_id"], ["__count"]))
        for objective in self:
            objective.line_count = counts.get(objective, 0)

    @api.constrains("parent_id")
    def _check_hierarchy(self):
        if self._has_cycle():
            raise ValidationError(self.env._("An objective cannot serve itself."))

    @api.constrains("parent_id", "level")
    def _check_level(self):
        rank = {key: number for number, (key, _label) in enumerate(LEVELS)}
        for objective in (self | self.child_ids).filtered("parent_id"):
            if rank[objective.level] < rank[objective.parent_id.level]:
                raise ValidationError(
                    self.env._(
                        "%(name)s stands on a higher level than %(parent)s, which it should serve.",
                        name=objective.name,
                        parent=objective.parent_id.name,
                    )
                )

    @api.constrains("parent_id", "date_start", "date_end")
    def _check_dates_in_parent(self):
        for objective in (self | self.child_ids).filtered("parent_id"):
            parent = objective.parent_id
            if objective.date_start < parent.date_start or objective.date_end > parent.date_end:
                raise ValidationError(
                    self.env._(
                        "The dates of %(name)s must lie within those of %(parent)s (%(start)s to %(end)s).",
                        name=objective.name,
                        parent=parent.name,
                        start=parent.date_start,
                        end=parent.date_end,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_derived_fields({key for vals in vals_list for key in vals})
        return super().create(vals_list)

    def write(self, vals):
        self._check_derived_fields(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        if agreed := self.filtered(lambda objective: objective.state in ("agreed", "done")):
            raise UserError(self.env._("%s is agreed: cancel it instead of deleting it.", agreed[0].name))

    def action_propose(self):
        """Put draft objectives up for agreement."""
        self._move("draft", "proposed")

    def action_agree(self):
        """Make proposed objectives binding."""
        self._move("proposed", "agreed")

    def action_done(self):
        """Mark agreed objectives as reached or over."""
        self._move("agreed", "done")

    def action_cancel(self):
        """Drop objectives that are not done."""
        self.filtered(lambda objective: objective.state != "done").write({"state": "cancelled"})

    def action_draft(self):
        """Take proposed or cancelled objectives back to draft."""
        self.filtered(lambda objective: objective.state in ("proposed", "cancelled")).write({"state": "draft"})

    def action_open_lines(self):
        """Open the scorecard lines that measure this objective."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_scorecard_line")
        return {**action, "domain": [("objective_id", "=", self.id)], "context": {}}

    def action_open_children(self):
        """Open the objectives below this one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_objective")
        return {**action, "domain": [("parent_id", "=", self.id)], "context": {"default_parent_id": self.id}}

    def _check_derived_fields(self, names):
        if forbidden := derived_fields(self).intersection(names):
            raise AccessError(self.env._("%s is computed; nobody writes it by hand.", ", ".join(sorted(forbidden))))

    def _move(self, source, target):
        self.filtered(lambda objective: objective.state == source).write({"state": target})


def _weighted_mean(pairs):
    pairs = list(pairs)
    total = sum(weight for weight, _value in pairs)
    return sum(weight * value for weight, value in pairs) / total if total else 0.0
