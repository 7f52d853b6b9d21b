from odoo import api, models

# What a won deal counts for, how much and when.
COUNTED = {"stage_id", "probability", "active", "expected_revenue", "user_id", "date_closed"}


class CrmLead(models.Model):
    """Whoever follows a salesperson's figures sees at once what changes among the deals that are won."""

    _inherit = "crm.lead"

    # The strip beside the pipeline asks what changed since the scorecards were measured: the newest rows alone.
    _kpi_changes = models.Index("(write_date)")

    @api.model_create_multi
    def create(self, vals_list):
        """Override: deals that come in won, by an import for example."""
        leads = super().create(vals_list)
        leads.filtered(_counted).user_id._kpi_tell_sales()
        return leads

    def write(self, vals):
        """Override: a deal that is won, or no longer is, or that counts for another, or for more."""
        if not COUNTED & vals.keys():
            return super().write(vals)
        before = {lead: _counted(lead) for lead in self}
        result = super().write(vals)
        changed = self.filtered(lambda lead: before[lead] != _counted(lead))
        sellers = self.env["res.users"].union(*(before[lead][0] for lead in changed if before[lead]))
        (sellers | changed.filtered(_counted).user_id)._kpi_tell_sales()
        return result

    def unlink(self):
        """Override: won deals that are deleted."""
        sellers = self.filtered(_counted).user_id
        result = super().unlink()
        sellers._kpi_tell_sales()
        return result


def _counted(lead):
    """What a won deal adds to whose figures; nothing of any other."""
    if lead.won_status != "won":
        return ()
    return lead.user_id, lead.expected_revenue, lead.date_closed
