from odoo.addons.kpi_management.tests.common import KpiCase


class ToldCase(KpiCase):
    """Whose screens are told that a salesperson's figures changed."""

    def told_by(self, act):
        """The users whose screens are told to look again while something is done.

        ``kinds_told`` are the kinds of all messages that users got meanwhile.
        """
        users = self.env["res.users"]
        told = []
        self.patch(type(users), "_bus_send", lambda users, kind, *args, **kw: told.append((users.ids, kind)))
        act()
        self.kinds_told = {kind for _ids, kind in told}
        return users.browse({user_id for ids, kind in told if kind == "kpi_sales_changed" for user_id in ids})
