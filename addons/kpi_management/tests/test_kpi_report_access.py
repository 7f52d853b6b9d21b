import io

import openpyxl

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import PASSWORD
from .report_case import ReportCase
from .rpc_case import RpcCase


@tagged("post_install", "-at_install")
class TestKpiReportAccess(RpcCase, ReportCase):
    """Reports and schedules from outside, as employee, manager, officer and stranger."""

    @classmethod
    def setUpClass(cls):
        with freeze_time("2026-04-02 02:00:00"):
            super().setUpClass()
            cls.schedule = (
                cls.env["kpi.report.schedule"]
                .with_user(cls.officer)
                .create(
                    {
                        "name": "March",
                        "company_id": cls.company.id,
                        "period_choice": "last",
                        "content": "company",
                        "recipient_ids": [Command.set(cls.officer.ids)],
                    }
                )
            )
            cls.officer.email = "lan@example.com"
            cls.schedule.action_send_test()
            cls.sent = cls.env["kpi.report.run"].search([("schedule_id", "=", cls.schedule.id)])

    def book(self, user, **vals):
        """The subjects in a department's workbook, as it is downloaded by a user."""
        self.authenticate(user.login, PASSWORD)
        vals = {"company_id": user.company_id.id, "period_id": self.month.id, "report_format": "xlsx", **vals}
        (request_id,) = self.call("kpi.report.request", "create", [vals])
        action = self.call("kpi.report.request", "action_make", [request_id])
        answer = self.url_open(action["url"])
        self.assertEqual(answer.status_code, 200)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
        return request_id, [row[0].value for row in sheet.iter_rows(min_row=2)]

    def test_each_downloads_what_he_may_see(self):
        department = {"kind": "department", "department_id": self.sales.id}
        for user, subjects in (
            (self.officer, ["Sales", "Chi", "Bình"]),
            (self.hang_user, ["Sales", "Chi", "Bình"]),
            (self.an_user, ["Bình"]),
            (self.binh_user, ["Bình"]),
        ):
            with self.subTest(user.login):
                self.assertEqual(self.book(user, **department)[1], subjects)

    def test_the_file_of_another_is_not_to_be_had(self):
        request_id, _subjects = self.book(self.officer, kind="company")
        self.authenticate(self.binh_user.login, PASSWORD)
        self.check_refused({"read": lambda: self.call("kpi.report.request", "read", [request_id], ["data"])})
        with mute_logger("odoo.http"):
            answer = self.url_open(f"/web/content/kpi.report.request/{request_id}/data?download=true")
        self.assertNotEqual(answer.status_code, 200)

    def test_a_scorecard_of_another_is_not_printed(self):
        self.authenticate(self.binh_user.login, PASSWORD)
        self.check_refused({"workbook": lambda: self.call("kpi.scorecard", "action_download_xlsx", [self.chis.id])})
        with mute_logger("odoo.http"):
            answer = self.url_open(f"/report/html/kpi_management.report_scorecard/{self.chis.id}")
        self.assertEqual(answer.status_code, 403)
        self.assertNotIn("55 %", answer.text)
        self.assertEqual(self.url_open(f"/report/html/kpi_management.report_scorecard/{self.card.id}").status_code, 200)

    def test_schedules_are_the_officers(self):
        self.assertEqual(self.sent.delivery_ids.state, "sent")
        for user in (self.binh_user, self.hang_user):
            self.authenticate(user.login, PASSWORD)
            self.check_refused(
                {
                    "read": lambda: self.call("kpi.report.schedule", "search_read", [], ["name"]),
                    "make": lambda: self.call("kpi.report.schedule", "create", [{"name": "Mine"}]),
                    "send": lambda: self.call("kpi.report.schedule", "action_send_now", [self.schedule.id]),
                    "test": lambda: self.call("kpi.report.schedule", "action_send_test", [self.schedule.id]),
                    "log": lambda: self.call("kpi.report.run", "search_read", [], ["kind"]),
                    "recipients": lambda: self.call("kpi.report.delivery", "search_read", [], ["state"]),
                }
            )

    def test_an_officer_manages_and_forges_nothing(self):
        run, delivery = self.sent, self.sent.delivery_ids
        self.authenticate(self.officer.login, PASSWORD)
        self.assertEqual(self.call("kpi.report.schedule", "search_count", [["id", "=", self.schedule.id]]), 1)
        self.call("kpi.report.schedule", "write", [self.schedule.id], {"name": "March, all"})
        self.check_refused(
            {
                "make a run": lambda: self.call(
                    "kpi.report.run", "create", [{"schedule_id": self.schedule.id, "period_id": self.month.id}]
                ),
                "take it back": lambda: self.call("kpi.report.delivery", "unlink", [delivery.id]),
                "send it again": lambda: self.call("kpi.report.run", "write", [run.id], {"state": "waiting"}),
            }
        )

    def test_the_log_is_kept_from_administrators_too(self):
        self.authenticate(self.admin.login, PASSWORD)
        self.check_refused(
            {"take it back": lambda: self.call("kpi.report.delivery", "unlink", self.sent.delivery_ids.ids)}
        )

    def test_another_company_sees_none(self):
        stranger = self.make_user("boss", "kpi_management.group_kpi_officer", company=self.other_company)
        self.authenticate(stranger.login, PASSWORD)
        for model in ("kpi.report.schedule", "kpi.report.run", "kpi.report.delivery"):
            self.assertEqual(self.call(model, "search_count", []), 0)
        self.check_refused(
            {
                "read": lambda: self.call("kpi.report.schedule", "read", [self.schedule.id], ["name"]),
                "send": lambda: self.call("kpi.report.schedule", "action_send_now", [self.schedule.id]),
                "period": lambda: self.call(
                    "kpi.report.request",
                    "action_make",
                    self.call(
                        "kpi.report.request",
                        "create",
                        [{"kind": "company", "company_id": self.company.id, "period_id": self.month.id}],
                    ),
                ),
            }
        )

    def test_what_it_is_about_belongs_to_the_company(self):
        requests = self.env["kpi.report.request"].with_user(self.officer)
        archive = self.make_department("Archive", company_id=self.other_company.id)
        other = {"company_id": self.other_company.id, "kind": "company"}
        for vals in (
            {**other, "period_id": self.month.id},
            {"kind": "department", "department_id": archive.id, "period_id": self.month.id},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                requests.create(vals)
        with self.assertRaises(UserError):
            self.schedule.with_user(self.officer).responsible_id = self.stranger

    def test_the_menu_is_for_those_who_lead(self):
        menu = self.env.ref("kpi_management.menu_report_request")
        for user, seen in ((self.officer, True), (self.hang_user, True), (self.an_user, True), (self.binh_user, False)):
            with self.subTest(user.login):
                self.assertEqual(menu.id in self.env["ir.ui.menu"].with_user(user).load_menus(False), seen)

    def test_the_highest_department_is_offered(self):
        # An leads North, which lies below Sales, and a department of its own that was made later.
        export = self.make_department("Export", manager_id=self.an.id)
        self.north.manager_id = self.an
        values = self.env["kpi.report.request"].with_user(self.an_user).default_get(["department_id"])
        self.assertEqual(values["department_id"], export.id)

    def test_what_the_wizard_offers(self):
        for user, kind, department in (
            (self.officer, "company", self.env["hr.department"]),
            (self.hang_user, "department", self.sales),
            (self.an_user, "team", self.env["hr.department"]),
        ):
            with self.subTest(user.login):
                values = (
                    self.env["kpi.report.request"]
                    .with_user(user)
                    .default_get(["kind", "department_id", "period_id", "report_format"])
                )
                self.assertEqual(values["kind"], kind)
                self.assertEqual(values.get("department_id") or False, department.id)
                self.assertEqual((values["period_id"], values["report_format"]), (self.month.id, "pdf"))
