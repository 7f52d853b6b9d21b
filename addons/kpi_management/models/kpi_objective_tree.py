from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from .kpi_objective import LEVELS


class KpiObjective(models.Model):
    """The tree: what an objective serves, how far those below have come, and what fits where."""

    _inherit = "kpi.objective"

    progress = fields.Float(
        compute="_compute_progress",
        store=True,
        recursive=True,
        digits=(16, 2),
        aggregator="avg",
        help="Weighted attainment of its KPIs in their latest computed period; without them the mean of its key "
        "results; without those the objectives below, by weight. An OKR goes by its key results.",
    )

    @api.depends(
        "style",
        "line_ids.attainment",
        "line_ids.result",
        "line_ids.weight",
        "line_ids.date_end",
        "key_result_ids.grade",
        "key_result_ids.result",
        "child_ids.progress",
        "child_ids.weight",
        "child_ids.state",
    )
    def _compute_progress(self):
        for objective in self:
            lines = objective.style == "kpi" and objective._measured_lines()
            if lines:
                objective.progress = _weighted_mean((line.weight, line.attainment) for line in lines)
            elif grade := objective.key_result_ids._mean_grade():
                objective.progress = float(grade * 100)
            elif grade is not None:
                objective.progress = 0.0
            else:
                objective.progress = objective._children_progress()

    def _measured_lines(self):
        """The lines with an attainment in the latest period that has one."""
        lines = self.line_ids.filtered(lambda line: line.result == "ok")
        latest = max(lines.mapped("date_end"), default=None)
        return lines.filtered(lambda line: line.date_end == latest)

    def _children_progress(self):
        children = self.child_ids.filtered(lambda child: child.state != "cancelled")
        return _weighted_mean((child.weight, child.progress) for child in children)

    @api.depends("parent_path", "parent_id")
    @api.depends_context("uid")
    def _compute_parent_trail(self):
        above = {objective: objective._ancestors() for objective in self}
        everything = self.browse({ancestor.id for ancestors in above.values() for ancestor in ancestors})
        readable = everything._filtered_access("read")
        for objective, ancestors in above.items():
            links = [
                Markup('<a href="/odoo/kpi-objectives/%s">%s</a>') % (ancestor.id, ancestor.name)
                if ancestor in readable
                # sudo: only the name, which the objective's own form shows as well
                else escape(ancestor.sudo().name)
                for ancestor in ancestors
            ]
            objective.parent_trail = Markup(" › ").join(links) if links else False

    def _ancestors(self):
        """The objectives above this one, the highest first."""
        self.ensure_one()
        path = (self.parent_id.sudo().parent_path or "").split("/")  # sudo: the draft above may be out of sight
        return self.browse([int(ancestor) for ancestor in path if ancestor])

    @api.constrains("parent_id")
    def _check_hierarchy(self):
        if self._has_cycle():
            raise ValidationError(self.env._("An objective cannot serve itself."))

    @api.constrains("parent_id", "level")
    def _check_level(self):
        rank = {key: number for number, (key, _label) in enumerate(LEVELS)}
        for objective in self._with_below().filtered("parent_id"):
            if rank[objective.level] < rank[objective.parent_id.level]:
                raise ValidationError(
                    self.env._(
                        "%(name)s stands on a higher level than %(parent)s, which it should serve.",
                        name=objective.name,
                        parent=objective.parent_id.name,
                    )
                )

    @api.constrains("company_id")
    def _check_company_below(self):
        """What serves an objective is of its company."""
        self._with_below()._check_company(["parent_id"])

    @api.constrains("parent_id", "date_start", "date_end")
    def _check_dates_in_parent(self):
        for objective in self._with_below().filtered("parent_id"):
            objective._check_dates_within(objective.parent_id)

    @api.constrains("strategy_id", "date_start", "date_end")
    def _check_dates_in_strategy(self):
        for objective in self.sudo().filtered("strategy_id"):  # sudo: a strategy in draft has dates, too
            objective._check_dates_within(objective.strategy_id)

    def _with_below(self):
        """These and the objectives right below (sudo: what is out of the user's sight has to fit all the same)."""
        return self.sudo() | self.sudo().with_context(active_test=False).child_ids

    def _check_dates_within(self, above):
        """Whether the dates lie within those of the objective or the strategy above."""
        if self.date_start < above.date_start or self.date_end > above.date_end:
            raise ValidationError(
                self.env._(
                    "The dates of %(name)s must lie within those of %(parent)s (%(start)s to %(end)s).",
                    name=self.name,
                    parent=above.name,
                    start=format_date(self.env, above.date_start),
                    end=format_date(self.env, above.date_end),
                )
            )

    @api.constrains("parent_id", "strategy_id")
    def _check_strategy_of_parent(self):
        """A branch of the tree belongs to one strategy."""
        for objective in self._with_below().filtered("parent_id.strategy_id"):
            if objective.strategy_id != objective.parent_id.strategy_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s belongs to the strategy of %(parent)s, which it serves.",
                        name=objective.name,
                        parent=objective.parent_id.name,
                    )
                )


def _weighted_mean(pairs):
    pairs = list(pairs)
    total = sum(weight for weight, _value in pairs)
    return sum(weight * value for weight, value in pairs) / total if total else 0.0
