from odoo import api, fields, models
from odoo.exceptions import UserError


class KpiReportRequest(models.TransientModel):
    """The report of a department, a company or one's team in a period: as a document or as a workbook."""

    _name = "kpi.report.request"
    _description = "Department Report"
    _inherit = ["kpi.download.mixin"]
    _check_company_auto = True

    kind = fields.Selection(
        [("company", "Whole company"), ("department", "Department"), ("team", "My team")],
        string="About",
        required=True,
        default=lambda self: self._default_kind(),
    )
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    department_id = fields.Many2one(
        "hr.department",
        default=lambda self: self._default_department(),
        check_company=True,
        domain="[('company_id', 'in', (False, company_id))]",
    )
    period_id = fields.Many2one(
        "kpi.period",
        required=True,
        default=lambda self: self._default_period(),
        check_company=True,
        domain="[('company_id', '=', company_id)]",
    )
    report_format = fields.Selection(
        [("pdf", "PDF"), ("xlsx", "Excel (XLSX)")], string="Format", required=True, default="pdf"
    )

    @api.model
    def _default_kind(self):
        if self.env.user.has_group("kpi_management.group_kpi_officer"):
            return "company"
        return "department" if self.env.user.kpi_department_ids else "team"

    @api.model
    def _default_department(self):
        """The highest department the user leads in this company."""
        # sudo: only where each of the user's own departments stands.
        ours = (self.env["res.company"], self.env.company)
        units = self.env.user.kpi_department_ids.filtered(lambda unit: unit.sudo().company_id in ours)
        return units.sorted(lambda unit: (unit.sudo().parent_path.count("/"), unit.id))[:1]

    @api.model
    def _default_period(self):
        """The latest period that has begun and that the user has something to read of."""
        begun = [("company_id", "=", self.env.company.id), ("date_start", "<=", fields.Date.context_today(self))]
        return self.env["kpi.scorecard"].search(begun, order="date_start desc, id", limit=1).period_id

    @api.onchange("company_id")
    def _onchange_company_id(self):
        """What is chosen belongs to the company."""
        if self.period_id.company_id != self.company_id:
            self.period_id = False
        if self.department_id.company_id not in (self.env["res.company"], self.company_id):
            self.department_id = False

    def action_make(self):
        """Download the report."""
        self.ensure_one()
        subject = self._subject()
        self.filename = title = self._filename(subject)
        if self.report_format == "pdf":
            action = self.env.ref("kpi_management.action_report_department").report_action(self, config=False)
            return {**action, "close_on_report_download": True}
        self.write(self._prepare_download(self._workbook(subject), title))
        return self.action_download()

    @api.model
    def _prepare_scorecards(self, cards):
        """A workbook of scorecards, ready to be downloaded.

        :param cards: ``kpi.scorecard``, in the environment of whoever asks
        """
        cards.check_access("read")
        vals = self._prepare_download(self._workbook_of(cards), cards._report_filename())
        return self.create({**vals, "period_id": cards[:1].period_id.id})

    @api.model
    def _workbook_of(self, cards):
        """The workbook of these scorecards as bytes."""
        return self.env["kpi.report.xlsx"]._workbook(self.env["kpi.report.figures"]._cards(cards))

    def _workbook(self, subject):
        report = self.env["kpi.report.department"]._prepare(subject, self.period_id)
        own = [report["own"]] if report["own"] else []
        return self.env["kpi.report.xlsx"]._workbook([*own, *report["units"], *report["people"]])

    def _document(self):
        """The report as a PDF, for whoever it is made by: bytes."""
        content, _type = self.env["ir.actions.report"]._render_qweb_pdf(
            "kpi_management.action_report_department", self.ids
        )
        return content

    def _filename(self, subject):
        title = self.env["kpi.report.department"]._title(subject)
        return f"{title} {self.period_id.name}".replace("/", "-")

    def _subject(self):
        """What the report is about: a company, a department, or the user as the one who leads the team.

        :raises UserError: when nothing was chosen, or the user is nobody's employee
        """
        self.ensure_one()
        if self.kind == "company":
            return self.company_id
        if self.kind == "department":
            if not self.department_id:
                raise UserError(self.env._("Choose the department."))
            return self.department_id
        # sudo: only who it is is asked.
        employee = self.env.user.with_company(self.company_id).sudo().employee_id
        if not employee:
            raise UserError(self.env._("Your login is not linked to an employee here. Ask HR to link them."))
        return employee
