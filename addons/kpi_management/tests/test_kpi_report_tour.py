import io

from openpyxl import load_workbook

from odoo.tests import HttpCase, tagged

from .report_case import ReportMailCase


@tagged("post_install", "-at_install")
class TestKpiReportTour(ReportMailCase, HttpCase):
    """Reports in the browser: each gets what he may see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.officer | cls.hang_user | cls.binh_user
        users.write({"lang": "en_US"})
        for user in users:
            user.password = user.login

    def tour(self, url, name, user):
        """What is to be downloaded stays on the server: a page that a download begins to leave ends the tour."""
        Request = self.env.registry["kpi.report.request"]
        self.download_of = Request.action_download
        self.patch(Request, "action_download", lambda request: {"type": "ir.actions.act_window_close"})
        self.start_tour(url, f"kpi_management_report_{name}", login=user.login)
        self.env.invalidate_all()

    def downloaded(self, user):
        """(name of the file, [subject, score] of each scorecard in it) of what somebody asked for, by its address."""
        request = self.env["kpi.report.request"].search([("create_uid", "=", user.id), ("filename", "!=", False)])
        self.authenticate(user.login, user.login)
        content = self.url_open(self.download_of(request)["url"]).content
        heading, *cards = load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
        columns = heading.index("Subject"), heading.index("Score")
        return request.filename, [[card[column] for column in columns] for card in cards]

    def test_manager(self):
        self.tour("/odoo/kpi-cockpit", "manager", self.hang_user)
        name, cards = self.downloaded(self.hang_user)
        self.assertEqual(name, "Sales 03-2026.xlsx")
        # Chi's only KPI is behind, and one of Bình's two: who needs more attention comes first.
        self.assertEqual(cards, [["Sales", 0.5], ["Chi", 0.55], ["Bình", 0.53]])

    def test_officer(self):
        self.tour("/odoo/action-kpi_management.action_kpi_report_schedule", "officer", self.officer)
        schedule = self.env["kpi.report.schedule"].search([("name", "=", "The company on Fridays")])
        self.assertEqual((schedule.content, schedule.report_format), ("company", "xlsx"))
        self.assertEqual(self.results(schedule), {self.officer: "sent"})

    def test_employee(self):
        self.tour("/odoo/action-kpi_management.action_kpi_scorecard", "employee", self.binh_user)
        _name, cards = self.downloaded(self.binh_user)
        self.assertEqual(cards, [["Bình", 0.53]])
