import base64

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import formatLang


class KpiBonusPaymentExport(models.TransientModel):
    """Writes approved bonuses into a file for a payroll that is elsewhere."""

    _name = "kpi.bonus.payment.export"
    _description = "Export Bonuses for Payroll"

    statement_ids = fields.Many2many("kpi.bonus.statement", string="Chosen statements", readonly=True)
    date_from = fields.Date(string="Pay date from", help="Empty: whatever waits, so that nothing is left behind.")
    date_to = fields.Date(
        string="Pay date to", default=lambda self: fields.Date.context_today(self) + relativedelta(day=31)
    )
    reference = fields.Char(
        string="Payment reference",
        help="Name of the payment, e.g. “Payroll March 2026”. The statements are reserved for it, so that no other "
        "payment takes them. Empty: the file is written and nothing else happens.",
    )
    file_format = fields.Selection(
        [("xlsx", "Excel (XLSX)"), ("csv", "CSV")], string="File format", required=True, default="xlsx"
    )
    summary = fields.Text(compute="_compute_summary")
    file = fields.Binary(readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)

    _dates_ordered = models.Constraint(
        "CHECK(date_from IS NULL OR date_to IS NULL OR date_from <= date_to)", "The first pay date lies after the last."
    )

    @api.depends("date_from", "date_to", "reference", "statement_ids")
    def _compute_summary(self):
        for wizard in self:
            wizard.summary = wizard._summary_text(wizard._statements())

    def action_export(self):
        """Write the file, reserve its statements when the payment has a name, and offer the file for download.

        :raises UserError: when nothing is to be paid
        """
        self.ensure_one()
        statements = self._statements()
        if not statements:
            raise UserError(self.env._("No approved bonus waits to be paid on these days."))
        if (self.reference or "").strip():
            statements.payment_reserve(self.reference)
        write = getattr(self.env["kpi.bonus.payment.file"], f"_write_{self.file_format}")
        self.write(
            {
                "file": base64.b64encode(write(statements._payment_rows())),
                "file_name": f"{self._file_stem()}.{self.file_format}",
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{self.file_name}?download=true",
            "target": "new",
            "close": True,
        }

    def _statements(self):
        """What the file would hold: of the chosen statements, or of those to be paid on these days, what is due."""
        self.ensure_one()
        Statement = self.env["kpi.bonus.statement"]
        days = (None, None) if self.statement_ids else (self.date_from, self.date_to)
        domain = Statement._payment_due_domain(None, *days, (self.reference or "").strip())
        if self.statement_ids:
            domain &= Domain("id", "in", self.statement_ids.ids)
        return Statement.search(domain, order="pay_date, employee_id, id")

    def _summary_text(self, statements):
        """How many bonuses and how much money, by currency; and what of the choice is left out."""
        if not statements:
            return self.env._("Nothing: no approved bonus waits to be paid.")
        totals = [
            formatLang(self.env, sum(part.mapped("amount")), currency_obj=currency)
            for currency, part in statements.grouped("currency_id").items()
        ]
        text = self.env._("%(count)s bonuses, %(totals)s", count=len(statements), totals=" + ".join(totals))
        if left := len(self.statement_ids) - len(statements) if self.statement_ids else 0:
            text += "\n" + self.env._("%s left out: not approved, reserved by another payment or paid.", left)
        return text

    def _file_stem(self):
        days = [day.isoformat() for day in (self.date_from, self.date_to) if day and not self.statement_ids]
        return "-".join([self.env._("bonuses"), *days])
