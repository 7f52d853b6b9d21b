from odoo.tests import freeze_time

from .common import KpiCase


@freeze_time("2026-03-20 02:00:00")
class MyPageCase(KpiCase):
    """Friday 20 March 2026, 9 o'clock in Vietnam: Bình has sold 300 of 400 (75 %, weight 60) and had six complaints,
    for a target of four (weight 40). In February he had sold 100 of 400, with four complaints."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.february = cls.make_period("2026-02-01")
        cls.april = cls.make_period("2026-04-01")
        cls.february_card = cls.make_binh_card(cls.february, 100, 4)
        cls.card = cls.make_binh_card(cls.month, 300, 6)
        (cls.february_card | cls.card).action_compute()

    @classmethod
    def make_binh_card(cls, period, sold, complaints):
        cls.enter("t_revenue", cls.binh, sold, period)
        cls.enter("t_complaints", cls.binh, complaints, period)
        return cls.make_card(cls.binh, [("T_REVENUE", 60, 400), ("T_COMPLAINTS", 40, 4)], period)

    def load(self, user=None, period=None):
        page = self.env["kpi.my.page"].with_user(user or self.binh_user)
        return page.load(period and period.id)

    def todo(self, user=None):
        """{kind: rows}"""
        rows = {}
        for row in self.load(user)["todo"]:
            rows.setdefault(row["key"], []).append(row)
        return rows

    def team(self, user):
        """{kind: how many wait}"""
        return {row["key"]: row["count"] for row in self.load(user)["team"]}

    def lines(self, page):
        """{code: line}"""
        codes = {line.id: line.definition_id.code for line in self.env["kpi.scorecard.line"].search([])}
        return {codes[line["id"]]: line for line in page["lines"]}
