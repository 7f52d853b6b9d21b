from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.kpi_management.models.guard import is_trusted, trusted

from .survey_survey import REVIEW

# Written by the questionnaire alone; where a line stands in a template without reviews may be changed everywhere.
KEY = ("survey_question_id", "survey_row_id", "survey_comment")


class KpiReviewTemplate(models.Model):
    """Templates that take their questions from a survey."""

    _inherit = "kpi.review.template"

    survey_id = fields.Many2one(
        "survey.survey",
        string="Questionnaire",
        domain=[("survey_type", "=", REVIEW)],
        index="btree_not_null",
        ondelete="restrict",
        help="A survey that asks instead of the questions below. They then follow it.",
    )

    @api.constrains("survey_id")
    def _check_survey(self):
        for template in self.filtered("survey_id"):
            if template.survey_id.survey_type != REVIEW:
                raise UserError(
                    self.env._("Choose a survey of the type “Review”: “%s” is none.", template.survey_id.title)
                )
            template.survey_id._kpi_check_askable()

    @api.onchange("survey_id")
    def _onchange_survey_id(self):
        if self.survey_id and self.line_ids.filtered(lambda line: not line.survey_question_id):
            return {
                "warning": {
                    "type": "notification",
                    "title": self.env._("The questions change"),
                    "message": self.env._(
                        "When you save, the questions of “%s” replace those below.", self.survey_id.title
                    ),
                }
            }
        return None

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create([self._without_lines(vals) for vals in vals_list])
        templates._sync_survey_lines()
        return templates

    def write(self, vals):
        if "survey_id" not in vals:
            return super().write(vals)
        changed = self.filtered(lambda template: template.survey_id.id != vals["survey_id"])
        changed._check_unused()
        result = super().write(self._without_lines(vals))
        changed._sync_survey_lines()
        # What came from a questionnaire that was taken away can be worked on by hand: trusted, see KEY.
        left = changed.filtered(lambda template: not template.survey_id).line_ids
        trusted(left).write(dict.fromkeys(KEY, False))
        return result

    def copy_data(self, default=None):
        """Override: the lines of a questionnaire are made anew."""
        return [self._without_lines(vals) for vals in super().copy_data(default)]

    @api.model
    def _without_lines(self, vals):
        """The values without lines written by hand where a questionnaire brings them."""
        return {name: value for name, value in vals.items() if name != "line_ids" or not vals.get("survey_id")}

    def _sync_survey_lines(self):
        """Make, change and delete lines until they say what the questionnaire asks."""
        for template in self.filtered("survey_id"):
            wanted = {tuple(vals[name] for name in KEY): vals for vals in template.survey_id.question_ids._kpi_lines()}
            # trusted: lines of a questionnaire are written here alone.
            lines = trusted(template).line_ids
            kept = lines.filtered(lambda line: line._survey_key() in wanted)  # noqa: B023 -- used at once
            (lines - kept).unlink()
            for line in kept:
                line._write_changed(wanted.pop(line._survey_key()))
            lines.create([{**vals, "template_id": template.id} for vals in wanted.values()])


class KpiReviewTemplateLine(models.Model):
    """A question that comes from a survey."""

    _inherit = "kpi.review.template.line"

    survey_question_id = fields.Many2one(
        "survey.question", readonly=True, index="btree_not_null", ondelete="cascade", string="Question of the survey"
    )
    survey_row_id = fields.Many2one(
        "survey.question.answer", readonly=True, index="btree_not_null", ondelete="cascade", string="Row of the matrix"
    )
    survey_comment = fields.Boolean(readonly=True, string="Comment on the matrix")

    @api.depends("survey_question_id.title", "survey_row_id.value", "survey_comment")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Override: a question of a survey is asked in the words of the survey, in each of its languages."""
        result = super()._compute_display_name()
        # sudo: whoever may read the line may read what is asked.
        for line in self.sudo().filtered("survey_question_id"):
            line.display_name = line.survey_row_id.value or line.survey_question_id.title
            if line.survey_comment:
                line.display_name = self.env._("%s (comment)", line.survey_question_id.title)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_by_hand()
        return lines

    def write(self, vals):
        if vals.keys() - {"sequence"}:
            self._check_by_hand()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_survey(self):
        self._check_by_hand()

    def _check_by_hand(self):
        if not is_trusted(self.env) and (template := self.template_id.filtered("survey_id")[:1]):
            raise UserError(
                self.env._(
                    "The questions of “%(template)s” come from the questionnaire “%(survey)s”: change them there.",
                    template=template.name,
                    # sudo: who may write templates need not read surveys.
                    survey=template.sudo().survey_id.title,
                )
            )

    def _survey_key(self):
        self.ensure_one()
        return (self.survey_question_id.id, self.survey_row_id.id, self.survey_comment)

    def _write_changed(self, vals):
        """Write only what is different, so that a used template is not touched for nothing."""
        current = self._convert_to_write({name: self[name] for name in vals})
        if changed := {name: value for name, value in vals.items() if current[name] != value}:
            self.write(changed)
