from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..models.kpi_figure_text import is_misgrouped, read_number


class KpiFigureEntry(models.TransientModel):
    """What the scorecards of a period still wait for: typed in one go."""

    _name = "kpi.figure.entry"
    _description = "Figures to Enter"

    period_id = fields.Many2one("kpi.period", required=True, domain="[('state', '!=', 'closed')]")
    line_ids = fields.One2many(
        "kpi.figure.entry.line", "entry_id", compute="_compute_line_ids", store=True, readonly=False
    )

    @api.depends("period_id")
    def _compute_line_ids(self):
        for entry in self:
            commands = [Command.create(vals) for vals in entry._prepare_missing()] if entry.period_id else []
            entry.line_ids = [Command.clear(), *commands]

    def action_confirm(self):
        """Enter the lines that have a value; the others wait.

        :raises UserError: with all that is wrong; nothing is entered then
        """
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: (line.value or "").strip())
        if not lines:
            raise UserError(self.env._("Type a figure first."))
        self.env["kpi.measurement"].create([line._prepare_figure() for line in lines])
        return {"type": "ir.actions.act_window_close"}

    def _prepare_missing(self):
        """The entered figures that the period's scorecards need and that are not there, by measure and subject."""
        computation = self.env["kpi.computation"]
        period = self.period_id._origin or self.period_id
        window = period._window()
        plan = computation._plan(period.scorecard_ids, computation._library())
        measures = self.env["kpi.measure"].search([("source", "=", "input")]).grouped("code")
        needed = {
            (measures[code], kind, subject_id)
            for (code, at, kind, _choices), ids in plan.items()
            for subject_id in ids
            if code in measures and at == window
        }
        missing = sorted(needed - self._entered(period), key=lambda need: (need[0].name, need[1:]))
        return [
            {"measure_id": measure.id, "subject_type": kind, "subject_id": subject_id}
            for measure, kind, subject_id in missing
        ]

    @api.model
    def _entered(self, period):
        """{(measure, kind, subject id)} of the figures of the period and its parts"""
        figures = self.env["kpi.measurement"].search(
            [
                ("company_id", "=", period.company_id.id),
                ("period_id.date_start", ">=", period.date_start),
                ("date", "<=", period.date_end),
            ]
        )
        return {(figure.measure_id, figure.subject_type, figure._subject().id) for figure in figures}


class KpiFigureEntryLine(models.TransientModel):
    _name = "kpi.figure.entry.line"
    _description = "Figure to Enter"

    entry_id = fields.Many2one("kpi.figure.entry", required=True, ondelete="cascade")
    measure_id = fields.Many2one("kpi.measure", required=True)
    subject_type = fields.Char(required=True)
    subject_id = fields.Integer(string="Record", required=True)
    subject_name = fields.Char(string="Subject", compute="_compute_subject_name", compute_sudo=True)
    value = fields.Char(string="Figure", help="Empty: not known yet.")
    note = fields.Char(help="Where the figure comes from, or what is special about it.")

    @api.depends("subject_type", "subject_id")
    def _compute_subject_name(self):
        figures = self.env["kpi.measurement"]
        for line in self:
            model = figures._fields[figures._subject_fields()[line.subject_type]].comodel_name
            line.subject_name = self.env[model].browse(line.subject_id).display_name

    def _prepare_figure(self):
        return {
            "measure_id": self.measure_id.id,
            "period_id": self.entry_id.period_id.id,
            "company_id": self.entry_id.period_id.company_id.id,
            "subject_type": self.subject_type,
            self.env["kpi.measurement"]._subject_fields()[self.subject_type]: self.subject_id,
            "value": self._typed_number(),
            "note": self.note,
            "source": "typed",
        }

    def _typed_number(self):
        """The figure as the user's language writes numbers.

        :raises ValidationError: when it is no number there
        """
        language = self.env["res.lang"]._get_data(code=self.env.user.lang or "en_US")
        text, thousand, decimal = self.value.strip(), language.thousands_sep or "", language.decimal_point
        try:
            if is_misgrouped(text, thousand, decimal):
                raise ValueError(text)
            return read_number(text.replace(thousand, "").replace(decimal, "."))
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "%(measure)s, %(subject)s: “%(text)s” is not a number: write it like %(example)s.",
                    measure=self.measure_id.name,
                    subject=self.subject_name,
                    text=text,
                    example=f"1234{decimal}5",
                )
            ) from error
