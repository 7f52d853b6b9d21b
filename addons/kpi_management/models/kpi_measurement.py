from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .exact_float import ExactFloat


class KpiMeasurement(models.Model):
    _name = "kpi.measurement"
    _description = "Measured Value"
    _inherit = ["mail.thread", "kpi.subject.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    measure_id = fields.Many2one(
        "kpi.measure", required=True, index=True, ondelete="restrict", domain="[('source', '=', 'input')]"
    )
    period_id = fields.Many2one("kpi.period", required=True, index=True, ondelete="restrict", check_company=True)
    date = fields.Date(related="period_id.date_end", store=True, index=True, string="Period end")
    value = ExactFloat(required=True, digits=(20, 4), aggregator=None, tracking=True)
    source = fields.Selection(
        [("typed", "Typed"), ("import", "Imported file"), ("api", "API")],
        required=True,
        default="typed",
        readonly=True,
        tracking=True,
        help="How the figure as it stands came in.",
    )
    note = fields.Char(tracking=True, help="Where the figure comes from, or what is special about it.")
    attachment_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Attachments",
        domain=[("res_model", "=", "kpi.measurement")],
        context={"default_res_model": "kpi.measurement"},
        help="What the figure was taken from: a report, a certificate, a picture.",
    )

    _unique_figure = models.UniqueIndex(
        "(measure_id, period_id, subject_type, company_id, COALESCE(department_id, 0), COALESCE(employee_id, 0))",
        "This figure was entered already for this period and subject: change that record instead.",
    )

    @api.depends("measure_id", "period_id", "subject_type", "department_id", "employee_id", "company_id")
    def _compute_display_name(self):
        for record in self:
            parts = (record.measure_id.name, record._subject().display_name, record.period_id.name)
            record.display_name = " · ".join(part for part in parts if part)

    @api.constrains("measure_id")
    def _check_measure(self):
        for record in self:
            if record.measure_id.source != "input":
                raise ValidationError(
                    self.env._(
                        "%s is counted from Odoo's own records; figures cannot be entered for it.",
                        record.measure_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_period_open()
        self.period_id._hold_open()

    @api.model
    def _figures(self, measure, company, window, kind, subjects):
        """The entered figures of a measure, for all subjects of one kind: see ``kpi.measure.query._figures``.

        A flow adds up the figures of the periods inside the window; where figures were entered for periods of several
        types, those of the widest type count, so that a quarter's figure is not added to its months'. A balance is the
        last figure up to the window's end.
        """
        counted = self._counted(measure, company, window, kind, subjects)
        return {subject_id: self._accumulate(measure, figures) for subject_id, figures in counted.items()}

    @api.model
    def _counted(self, measure, company, window, kind, subjects):
        """{subject id: the entered figures that count for it in the window}"""
        field = self.env["kpi.scorecard"]._subject_fields()[kind]
        domain = Domain(
            [
                ("measure_id", "=", measure._origin.id),
                ("company_id", "=", company.id),
                ("subject_type", "=", kind),
                (field, "in", subjects.ids),
                ("date", "<=", window.end),
            ]
        )
        if measure.accumulation == "flow":
            domain &= Domain("period_id.date_start", ">=", window.start)
        # sudo: measured for the system; the company is in the domain.
        rows = self.sudo().search_fetch(domain, [field, "period_id", "date", "value"], order="date, id")
        pick = self._last if measure.accumulation == "balance" else self._widest
        return {subject.id: pick(figures) for subject, figures in rows.grouped(field).items()}

    @api.model
    def _last(self, figures):
        return figures[-1]

    @api.model
    def _widest(self, figures):
        """The figures for periods of the widest type there is."""
        days = {figure: (figure.date - figure.period_id.date_start).days for figure in figures}
        by_type = figures.grouped(lambda figure: figure.period_id.period_type)
        return max(by_type.values(), key=lambda group: max(days[figure] for figure in group))

    @api.model
    def _accumulate(self, measure, figures):
        values = [Decimal(repr(figure.value)) for figure in figures]
        if measure.accumulation == "balance":
            return values[0]
        return {"sum": sum, "min": min, "max": max, "avg": lambda v: sum(v) / len(v)}[measure.aggregate](values)

    @api.model
    def _open_figures(self, line, measures, needs):
        """A window on the entered figures counted for a scorecard line.

        :param needs: (measure code, window, choices) of the line
        """
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_measurement")
        line_sudo = line.sudo()
        company, subject = line_sudo.company_id, line_sudo.scorecard_id._subject()
        ids = {
            figure.id
            for measure in measures
            for code, window, _choices in needs
            if code == measure.code
            for figures in self._counted(measure, company, window, line_sudo.subject_type, subject).values()
            for figure in figures
        }
        return {**action, "domain": [("id", "in", sorted(ids))], "context": {}}

    def _check_period_open(self):
        for record in self:
            if record.period_id.state == "closed":
                raise UserError(
                    self.env._(
                        "%(period)s is closed: the figure for %(measure)s can no longer change.",
                        period=record.period_id.name,
                        measure=record.measure_id.name,
                    )
                )
