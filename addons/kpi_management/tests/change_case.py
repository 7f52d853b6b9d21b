from odoo.tests import freeze_time

from .common import KpiCase


@freeze_time("2026-03-16 02:00:00")
class ChangeCase(KpiCase):
    """Monday 16 March 2026, 9 o'clock in Vietnam: Bình's targets of March are agreed, 100 of revenue (weight 60) and at
    most 10 complaints (weight 40)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.make_card(cls.binh, [("T_REVENUE", 60, 100), ("T_COMPLAINTS", 40, 10)])
        cls.revenue_line = cls.line(cls.card, "T_REVENUE")
        cls.complaints_line = cls.line(cls.card, "T_COMPLAINTS")
        cls.reason = cls.env.ref("kpi_management.change_reason_market")

    @classmethod
    def draft(cls, user, line, day="2026-03-16", **vals):
        """A draft change of a line by a user."""
        vals = {
            "line_id": line.id,
            "date_effective": day,
            "reason_id": cls.reason.id,
            "note": "A customer left",
            **vals,
        }
        return cls.env["kpi.target.change"].with_user(user).create(vals)

    @classmethod
    def ask(cls, user, line, day="2026-03-16", **vals):
        """A requested change of a line by a user."""
        change = cls.draft(user, line, day, **vals)
        change.action_request()
        return change

    @classmethod
    def change(cls, line, day="2026-03-16", **vals):
        """An approved change: An, the manager, asks for it and Lan, the officer, approves."""
        change = cls.ask(cls.an_user, line, day, **vals)
        change.with_user(cls.officer).action_approve()
        return change
