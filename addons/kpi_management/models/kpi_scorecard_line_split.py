from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..engine import coverage, number_text, to_decimal
from .exact_float import ExactFloat
from .guard import trusted
from .kpi_computation_past import SUBJECT, TIME

AXES = [(TIME, "Over time"), (SUBJECT, "Below")]
# What the parts of a KPI that does not add up have in common with the whole.
SAME_TERMS = ("target", "band_low", "band_high")


class Cover(NamedTuple):
    """What the parts along one axis make of a target.

    :param percent: how much of it they have taken on; of one that does not add up, how many have the same target
    :param gap: what is missing in the KPI's unit, negative when it is too much; None where nothing adds up
    :param count: number of parts
    :param others: how many have another target, where nothing adds up
    """

    percent: Decimal
    gap: Decimal | None
    count: int
    others: int

    @property
    def fits(self):
        return not (self.gap or self.others)


class KpiScorecardLine(models.Model):
    """A target is made of parts: over time, or of what departments, teams and people below have taken on."""

    _inherit = "kpi.scorecard.line"

    parent_line_id = fields.Many2one(
        "kpi.scorecard.line",
        string="Part of",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        domain="[('definition_id', '=', definition_id), ('company_id', '=', company_id), ('id', '!=', id)]",
        help="The target of the same KPI, of a longer period or a subject above, that this one is a part of.",
    )
    child_line_ids = fields.One2many("kpi.scorecard.line", "parent_line_id", string="Parts")
    split_axis = fields.Selection(
        AXES, compute="_compute_split_axis", store=True, help="In which direction this is a part of the other target."
    )
    part_count = fields.Integer(compute="_compute_coverage", compute_sudo=True)
    coverage = fields.Float(
        string="Coverage (%)",
        compute="_compute_coverage",
        compute_sudo=True,
        digits=(16, 2),
        aggregator=None,
        help="How much of the target its parts have taken on; the lower figure of over time and below. Of a ratio or an "
        "average: how many of the parts have the same target.",
    )
    coverage_gap = ExactFloat(
        string="Not taken on",
        compute="_compute_coverage",
        compute_sudo=True,
        digits=(20, 4),
        aggregator=None,
        help="What is missing in the unit of the KPI; negative when the parts are more than the whole.",
    )
    coverage_time = fields.Float(compute="_compute_coverage", compute_sudo=True, digits=(16, 2), aggregator=None)
    coverage_subject = fields.Float(compute="_compute_coverage", compute_sudo=True, digits=(16, 2), aggregator=None)
    split_warning = fields.Char(compute="_compute_coverage", compute_sudo=True, string="What does not add up")
    split_differs = fields.Boolean(
        string="Does not add up",
        compute="_compute_coverage",
        search="_search_split_differs",
        compute_sudo=True,
    )

    can_split = fields.Boolean(compute="_compute_can_split")

    @api.depends(
        lambda self: (
            "parent_line_id",
            *self._axis_fields(),
            *(f"parent_line_id.{name}" for name in self._axis_fields()),
        )
    )
    def _compute_split_axis(self):
        for line in self:
            if not line.parent_line_id:
                line.split_axis = False
            else:
                line.split_axis = TIME if line._subject_key() == line.parent_line_id._subject_key() else SUBJECT

    @api.depends_context("uid")
    @api.depends("state", "subject_type")
    def _compute_can_split(self):
        officer = self.env.user.has_group("kpi_management.group_kpi_officer")
        leads = officer or self.env.user._kpi_writes_targets()
        for line in self:
            below = officer or line.subject_type in ("department", "employee")
            line.can_split = bool(line._origin and leads and below and line.state != "closed")

    @api.depends("definition_id", "scorecard_id")
    @api.depends_context("kpi_whole_name")
    def _compute_display_name(self):
        """Extend to tell lines of the same KPI apart where one is chosen."""
        result = super()._compute_display_name()
        if self.env.context.get("kpi_whole_name"):
            for line in self:
                line.display_name = f"{line.display_name} · {line.scorecard_id.display_name}"
        return result

    @api.depends_context("lang")
    @api.depends(
        "definition_id", *SAME_TERMS, "child_line_ids.split_axis", *(f"child_line_ids.{name}" for name in SAME_TERMS)
    )
    def _compute_coverage(self):
        covers = self._covers()
        for line in self:
            by_axis = covers.get(line, {})
            worst = min(by_axis.values(), key=lambda cover: (cover.fits, cover.percent), default=Cover(0, 0, 0, 0))
            line.part_count = sum(cover.count for cover in by_axis.values())
            line.coverage, line.coverage_gap = worst.percent, worst.gap or 0
            line.coverage_time = by_axis[TIME].percent if TIME in by_axis else 0
            line.coverage_subject = by_axis[SUBJECT].percent if SUBJECT in by_axis else 0
            line.split_differs = not worst.fits
            texts = (line._cover_text(axis, cover) for axis, cover in by_axis.items() if not cover.fits)
            line.split_warning = " ".join(texts) or False

    @api.model
    def _search_split_differs(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: whether a target adds up does not depend on who may see its parts; record rules apply to the result.
        parents = self.sudo().search([("child_line_ids", "!=", False)])
        return Domain("id", "in" if True in value else "not in", parents.filtered("split_differs").ids)

    @api.constrains("parent_line_id", "definition_id", "scorecard_id")
    def _check_parent_line(self):
        """A part is the same KPI with the same choices, of the same subject or one below, within the period.

        :raises ValidationError: naming the first that is none
        """
        self.parent_line_id.check_access("read")
        # sudo: the parts of a line may be lines that the user does not see; they have to fit all the same.
        lines = (self.sudo() | self.sudo().child_line_ids).filtered("parent_line_id")
        if lines and lines._has_cycle("parent_line_id"):
            raise ValidationError(self.env._("A target cannot be a part of itself."))
        for parent, parts in lines.grouped("parent_line_id").items():
            below = parent._filter_below(parts)
            for part in parts:
                if problem := part._parent_problem(parent, below):
                    names = {"part": part.scorecard_id.display_name, "whole": parent.scorecard_id.display_name}
                    raise ValidationError(problem % names)

    def action_open_parts(self):
        """Open the parts of this target; what was made by mistake can be deleted there."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_target_part")
        return {**action, "domain": [("parent_line_id", "=", self.id)], "context": {}}

    def action_split(self):
        """Open the split of this target over time and over those below."""
        self.ensure_one()
        self._check_may_split()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Split %s", self.display_name),
            "res_model": "kpi.target.split",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_id": self.id, **self._split_defaults()},
        }

    def action_undo_split(self):
        """Take back the split whose parts are listed, whichever of them are chosen."""
        split = self.env["kpi.target.split"].browse(self.env.context.get("kpi_split_id")).exists()
        if not split:
            raise UserError(self.env._("It is too long ago to undo this split: delete the parts instead."))
        return split.action_undo()

    def action_delete_parts(self):
        """Delete these lines, and the scorecards in draft that hold nothing else then."""
        # By id: read through lines that are gone, they would be fetched one by one.
        cards = self.env["kpi.scorecard"].browse(self.scorecard_id.ids)
        self.unlink()
        cards.filtered(lambda card: not card.line_ids and not card.note).unlink()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _check_may_split(self):
        """:raises AccessError: for those who write nobody's targets"""
        self.check_access("read")
        if not (self.env.su or self.env.user._kpi_writes_targets()):
            raise AccessError(self.env._("Targets are split by KPI officers and by managers for their teams."))
        if closed := self.filtered(lambda line: "closed" in (line.state, line.period_id.state)):
            raise UserError(self.env._("%s is closed and no longer changes.", closed[0].scorecard_id.display_name))

    @api.model
    def _axis_fields(self):
        return ("subject_type", *sorted(set(self.env["kpi.scorecard"]._subject_fields().values())))

    def _subject_key(self):
        """(kind, id) of the subject."""
        self.ensure_one()
        # sudo: a plain user may not read hr.employee; only the id is.
        return self.subject_type, self.sudo()[self._subject_field()].id

    def _node(self):
        """(window, kind, subject id): where the line belongs."""
        return self.period_id._window(), *self._subject_key()

    # ---------------------------------------------------------------- coverage

    def _covers(self):
        """{line: {axis: Cover}} of the lines that have parts, in one query."""
        groups = ["parent_line_id", "split_axis", *SAME_TERMS]
        rows = self.sudo()._read_group([("parent_line_id", "in", self._origin.ids)], groups, ["__count"])
        parts = defaultdict(lambda: defaultdict(list))
        for parent, axis, *terms, count in rows:
            parts[parent.id][axis].append((tuple(term or 0.0 for term in terms), count))
        adding = self.env["kpi.computation"]._adding_up(self.definition_id) if parts else {}
        return {
            line: {
                axis: line._cover(parts[line._origin.id][axis], axis in adding[line.definition_id])
                for axis, _label in AXES
                if axis in parts[line._origin.id]
            }
            for line in self
            if line._origin.id in parts
        }

    def _cover(self, parts, adds_up):
        """:param parts: [(terms, number of parts that have them)]"""
        count = sum(number for _terms, number in parts)
        if adds_up:
            targets = [to_decimal(terms[0]) * number for terms, number in parts]
            percent, gap = coverage(to_decimal(self.target), targets)
            return Cover(percent, gap, count, 0)
        same = sum(number for terms, number in parts if terms == tuple(self[name] for name in SAME_TERMS))
        return Cover(coverage(count, [same])[0], None, count, count - same)

    def _cover_text(self, axis, cover):
        """What does not add up, in words."""
        below = axis == SUBJECT
        if cover.gap is None:
            values = {"others": cover.others, "count": cover.count}
            if below:
                return self.env._("%(others)s of %(count)s below have another target.", **values)
            return self.env._("%(others)s of %(count)s parts over time have another target.", **values)
        amount = self.env["kpi.scorecard.explanation"]._format(self, number_text(abs(cover.gap)))
        if (cover.gap > 0) == (self.target >= 0):
            if below:
                return self.env._("%s of the target is taken on by nobody below.", amount)
            return self.env._("%s of the target is not spread over time.", amount)
        if below:
            return self.env._("Those below have taken on %s more than the target.", amount)
        return self.env._("The parts over time are %s more than the target.", amount)

    # ---------------------------------------------------------------- what may be a part

    def _parent_problem(self, parent, below):
        """Why this is no part of the parent, in words with places for both names; False when it is.

        :param below: the parts whose subjects are the parent's or below it
        """
        if self.definition_id != parent.definition_id or self._choices() != parent._choices():
            return self.env._("%(part)s: a part has the same KPI and choices as %(whole)s.")
        if self not in below:
            return self.env._("%(part)s is not below %(whole)s.")
        if self.date_start < parent.date_start or self.date_end > parent.date_end:
            return self.env._("The period of %(part)s does not lie within that of %(whole)s.")
        if self.period_id == parent.period_id and self._subject_key() == parent._subject_key():
            return self.env._("%(part)s has the same subject and period as %(whole)s.")
        return False

    # ---------------------------------------------------------------- writing many

    def _write_terms_each(self, vals_by_line):
        """Write each draft line its own terms, asking once for all of them whether the user may.

        :param dict vals_by_line: {line: values}
        """
        self.check_access("write")
        self._check_terms_open()
        for line, vals in vals_by_line.items():
            # The checks of ``write``, done above for all at once, would ask the database for each line.
            trusted(line).write(vals)
