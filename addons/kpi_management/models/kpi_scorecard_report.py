from odoo import models


class KpiScorecard(models.Model):
    """Scorecards on paper and as a workbook."""

    _inherit = "kpi.scorecard"

    def action_download_xlsx(self):
        """Download these scorecards and their KPIs as a workbook, as far as the user may see them."""
        return self.env["kpi.report.request"]._prepare_scorecards(self).action_download()

    def _report_filename(self):
        """What the document of these scorecards is called, without its ending."""
        name = self.display_name if len(self) == 1 else self.env._("Scorecards")
        return name.replace("/", "-")
