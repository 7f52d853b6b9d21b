from odoo import api, models


class ReportStatement(models.AbstractModel):
    """The printed statement, each in the language of the person it pays."""

    _name = "report.kpi_hr_bonus.report_statement"
    _description = "Printed Bonus Statement"

    @api.model
    def _get_report_values(self, docids, data=None):
        statements = self.env["kpi.bonus.statement"].browse(docids)
        statements.check_access("read")
        # sudo: names of plan, period and people for whoever may read the statement itself.
        pages = [statement._prepare_page() for statement in statements.sudo()]
        return {"doc_ids": docids, "doc_model": statements._name, "docs": statements.sudo(), "pages": pages}


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"

    def _print_lang(self):
        """The language of the person paid, or else of the company."""
        self.ensure_one()
        return self.user_id.lang or self.company_id.partner_id.lang or self.env.lang or "en_US"

    def _prepare_page(self):
        """What the printed page shows."""
        statement = self.with_context(lang=self._print_lang())
        renderer = statement.env["kpi.bonus.explanation"]
        return {
            "doc": statement,
            "lang": self._print_lang(),
            "money": lambda amount: renderer._money(statement, amount),
            "state": dict(statement._fields["state"]._description_selection(statement.env))[statement.state],
            "arithmetic": renderer._render(statement, on_paper=True) if statement.explanation else "",
            "corrections": statement.line_ids.true_up_id,
        }
