from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PASSWORD
from .rpc_case import RpcCase
from .trial_case import TrialCase


@tagged("post_install", "-at_install")
class TestTrialAccess(RpcCase, TrialCase):
    """Who may try what, from outside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.saved = cls.declare()
        cls.kpi_begun = cls.make_kpi("T_BEGUN", "t_begun")
        cls.other_admin = cls.make_user("yen", "kpi_management.group_kpi_admin", company=cls.other_company)

    def attempts(self):
        window = self.asked()["window"]
        part = {"part": {"code": "t_begun", "window": window}}
        return {
            "a new measure": ("kpi.measure", "try_values", [], self.declared(), self.asked()),
            "a saved measure": ("kpi.measure", "try_values", self.saved.ids, {}, self.asked()),
            "its records": ("kpi.measure", "try_records", self.saved.ids, {}, {**self.asked(), **part}),
            "a new KPI": ("kpi.definition", "try_values", [], {"formula": "t_begun"}, self.asked()),
            "a KPI's records": ("kpi.definition", "try_records", self.kpi_begun.ids, {}, {**self.asked(), **part}),
            "a formula": ("kpi.definition", "check_formula", "t_begun +"),
        }

    def check(self, user, allowed):
        self.authenticate(user.login, PASSWORD)
        for attempt, call in self.attempts().items():
            with self.subTest(user.login, attempt=attempt):
                if attempt in allowed:
                    self.assertTrue(self.call(*call))
                    continue
                with self.turned_away():
                    self.call(*call)

    def test_employees_and_managers_try_nothing(self):
        self.check(self.binh_user, ())
        self.check(self.an_user, ())
        self.check(self.stranger, ())

    def test_officers_try_kpis_and_no_measures(self):
        self.check(self.officer, ("a new KPI", "a KPI's records", "a formula"))

    def test_administrators_try_everything(self):
        self.check(self.admin, self.attempts())

    def test_an_answer_travels_to_the_client(self):
        self.authenticate(self.admin.login, PASSWORD)
        for kind, subject, count in (("company", None, 6), ("department", self.north, 4), ("employee", self.binh, 3)):
            request = self.asked(kind, subject)
            trial = self.call("kpi.measure", "try_values", [], self.declared(), request)
            self.assertEqual(trial["outcome"]["value"], count)
            request["part"] = trial["outcome"]["parts"][0]
            opened = self.call("kpi.measure", "try_records", [], self.declared(), request)
            self.assertEqual(self.call(opened["model"], "search_count", opened["domain"]), count)

    def test_another_companys_administrator_sees_none_of_it(self):
        measures = self.env["kpi.measure"].with_user(self.other_admin)
        trial = measures.try_values(self.declared(), self.asked())
        self.assertEqual((trial["company"], trial["outcome"]["value"]), ("Sao Hôm", 1))
        names = [
            row["name"]
            for kind in ("employee", "department")
            for row in measures.try_values(self.declared(), self.asked(kind))["outcome"]["rows"]
        ]
        self.assertIn("Dũng", names)
        self.assertFalse({"Bình", "North"}.intersection(names))
        for kind, subject in (("employee", self.binh), ("department", self.north)):
            with self.subTest(kind), self.refused(AccessError, "another company than Sao Hôm"):
                measures.try_values(self.declared(), self.asked(kind, subject))
        ours = {"allowed_company_ids": self.company.ids}
        with self.turned_away():
            self.call_as(self.other_admin, "kpi.measure", "try_values", [], self.declared(), self.asked(), context=ours)

    def test_a_measure_counts_past_rights_but_its_records_are_not_shown(self):
        """Stretches of employment are read by HR alone: the five who began in January 2025 are counted."""
        values = self.declared(
            model_id=self.env["ir.model"]._get_id("kpi.employment"), date_field="date_from", employee_path="employee_id"
        )
        request = self.asked(window={"kind": "month", "start": "2025-01-01", "end": "2025-01-31"})
        outcome = self.measures().try_values(values, request)["outcome"]
        self.assertEqual(outcome["value"], 5)
        request["part"] = outcome["parts"][0]
        with self.refused(UserError, "You have no access to the records behind this figure"):
            self.measures().try_records(values, request)
        self.admin.group_ids = [Command.link(self.env.ref("hr.group_hr_user").id)]
        opened = self.measures().try_records(values, request)
        found = self.env["kpi.employment"].with_user(self.admin).search(opened["domain"])
        self.assertEqual(found.employee_id, self.hang | self.an | self.binh | self.chi | self.lan)

    def test_the_company_is_the_one_worked_in(self):
        self.admin.company_ids = [Command.link(self.other_company.id)]
        measures = self.measures().with_context(allowed_company_ids=[self.other_company.id, self.company.id])
        self.assertEqual(measures.try_values(self.declared(), self.asked())["outcome"]["value"], 1)
        self.assertEqual(
            measures.with_context(allowed_company_ids=self.company.ids).try_values(self.declared(), self.asked())[
                "outcome"
            ]["value"],
            6,
        )
