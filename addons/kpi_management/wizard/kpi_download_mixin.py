import base64

from odoo import fields, models


class KpiDownloadMixin(models.AbstractModel):
    """A workbook that is made for whoever asks, and downloaded at once."""

    _name = "kpi.download.mixin"
    _description = "Workbook to Download"

    filename = fields.Char(readonly=True)
    data = fields.Binary(readonly=True, attachment=False)

    def action_download(self):
        """Download the workbook."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/data?filename_field=filename&download=true",
            "target": "self",
        }

    def _prepare_download(self, content, title):
        """Values of a record whose workbook can be downloaded.

        :param bytes content: of the workbook
        :param str title: its name, without an ending
        """
        return {"filename": f"{title}.xlsx", "data": base64.b64encode(content)}
