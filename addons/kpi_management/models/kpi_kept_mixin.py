from odoo import api, models
from odoo.exceptions import AccessError

from .guard import is_trusted


class KpiKeptMixin(models.AbstractModel):
    """Records that the suite's own code alone makes, changes and deletes, whatever rights a user has."""

    _name = "kpi.kept.mixin"
    _description = "Written by the System"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_by_system()
        return super().create(vals_list)

    def write(self, vals):
        self._check_by_system()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_system(self):
        self._check_by_system()

    def _check_by_system(self):
        if not is_trusted(self.env):
            raise AccessError(self._kept_text())

    @api.model
    def _kept_text(self):
        """Why nobody writes them by hand, and what to do instead: a sentence for whoever tries.

        :return: str, translated
        """
        raise NotImplementedError
