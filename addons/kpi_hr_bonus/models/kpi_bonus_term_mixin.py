from odoo import api, models

from odoo.addons.kpi_management.models.guard import is_trusted


class KpiBonusTermMixin(models.AbstractModel):
    """A row of a plan's terms: it changes while the plan is a draft, and never after."""

    _name = "kpi.bonus.term.mixin"
    _description = "Terms of a Bonus Plan"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_plan_open()
        return rows

    def write(self, vals):
        self._check_plan_open()
        result = super().write(vals)
        # It may have been moved to a plan that is published.
        self._check_plan_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_plan_open()

    def _check_plan_open(self):
        if not is_trusted(self.env):
            # sudo: only the state of the plan is looked at.
            self.sudo().plan_id._check_terms_open()

    def _term_text(self):
        """This row in words, to be compared and read.

        :return: str
        """
        raise NotImplementedError
