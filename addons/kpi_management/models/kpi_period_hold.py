from odoo import models
from odoo.exceptions import LockError, UserError
from odoo.tools import SQL


class KpiPeriod(models.Model):
    """Two sessions at once: nothing gets into a period that somebody is closing."""

    _inherit = "kpi.period"

    def action_close(self):
        """Extend: one at a time, and not while others enter something.

        :raises UserError: naming the periods that somebody else is working on
        """
        self._check_officer()
        self.filtered(lambda period: period.state != "closed")._lock_to_close()
        return super().action_close()

    def _hold_open(self):
        """Check that periods are open, and let nobody close them before this transaction is over.

        :raises UserError: naming the first that is closed
        """
        if not self:
            return
        self.flush_recordset(["state"])
        query = SQL("SELECT state FROM kpi_period WHERE id IN %s ORDER BY id FOR SHARE", self._ids)
        if ("closed",) in self.env.execute_query(query):
            # A background run goes on after others closed it: what it read before is out of date.
            self.invalidate_recordset(["state"])
        self._check_open()

    def _lock_to_close(self):
        """What somebody else is entering at this moment would be missing in the last computation.

        :raises UserError: naming the periods
        """
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            names = ", ".join(self.mapped("name"))
            raise UserError(self.env._("Somebody else is working on %s. Try again in a moment.", names)) from error
