from .common import KpiCase


class SalesMonthCase(KpiCase):
    """March 2026 in Sales, worked out by hand.

    Bình: 300 of 1,000 in revenue (30 %, weight 60) and 7 of 8 in stock (87.5 %, weight 40): 18 + 35 = 53.
    Chi: 550 of 1,000 in revenue (55 %). Sales: 1,000 of 2,000 in revenue (50 %).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enter("t_revenue", cls.binh, 300)
        cls.enter("t_stock", cls.binh, 7)
        cls.enter("t_revenue", cls.chi, 550)
        cls.enter("t_revenue", cls.sales, 1000)
        cls.card = cls.make_card(cls.binh, [("T_REVENUE", 60, 1000), ("T_STOCK", 40, 8)])
        cls.chis = cls.make_card(cls.chi, [("T_REVENUE", 100, 1000)])
        cls.whole = cls.make_card(cls.sales, [("T_REVENUE", 100, 2000)])
        (cls.card | cls.chis | cls.whole).action_compute()


class ReportCase(SalesMonthCase):
    """Reports on that month."""

    def prepare(self, subject, user=None):
        """The department report as somebody sees it."""
        Report = self.env["kpi.report.department"].with_user(user or self.officer)
        return Report._prepare(subject, self.month.with_user(user or self.officer))


class ReportMailCase(ReportCase):
    """Reports by mail on that month, to people who all have an address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.officer, cls.hang_user, cls.an_user, cls.binh_user, cls.chi_user):
            user.email = f"{user.login}@example.com"

    def make(self, **vals):
        """A schedule of the officer's, of March."""
        return (
            self.env["kpi.report.schedule"]
            .with_user(self.officer)
            .create({"name": "March", "company_id": self.company.id, "period_choice": "last", **vals})
        )

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_report_send").method_direct_trigger()

    def mails(self, schedule):
        """{user: mail} of what went out."""
        runs = self.env["kpi.report.run"].search([("schedule_id", "=", schedule.id)])
        mails = self.env["mail.mail"].search(
            [("model", "=", "kpi.report.delivery"), ("res_id", "in", runs.delivery_ids.ids)]
        )
        users = {delivery.id: delivery.user_id for delivery in runs.delivery_ids}
        return {users[mail.res_id]: mail for mail in mails}

    def results(self, schedule):
        deliveries = self.env["kpi.report.delivery"].search([("run_id.schedule_id", "=", schedule.id)])
        return {delivery.user_id: delivery.state for delivery in deliveries}
