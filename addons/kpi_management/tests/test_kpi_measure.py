from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import KpiCase


@tagged("post_install", "-at_install")
class TestKpiMeasureDeclaration(KpiCase):
    """A declaration that could not be counted is refused when it is saved."""

    def declare(self, **vals):
        """A measure of the days on which people began, unless something else is said."""
        return self.env["kpi.measure"].create(
            {
                "code": "t_begun",
                "name": "Begun",
                "model_id": self.env["ir.model"]._get_id("kpi.employment"),
                "date_field": "date_from",
                "employee_path": "employee_id",
                "department_path": "department_id",
                **vals,
            }
        )

    def test_a_complete_declaration_is_accepted(self):
        self.assertTrue(self.declare())

    def test_paths_over_stored_relations_are_accepted(self):
        measure = self.declare(
            employee_path="employee_id.user_id",
            department_path="version_id.department_id",
            company_path="department_id.company_id, company_id",
            domain="[('employee_id.active', '=', True)]",
        )
        self.assertEqual(measure._paths("company_path"), ["department_id.company_id", "company_id"])

    def test_a_path_that_does_not_fit_is_refused(self):
        for vals in (
            {"date_field": "date_nowhere"},  # no such field
            {"date_field": "employee_id"},  # not a date
            {"date_field": "employee_id.name"},
            {"date_field": "display_name"},  # not stored
            {"date_field": "version_id.is_current"},
            {"employee_path": "employee_id.nothing"},
            {"employee_path": "employee_id.user_id.name"},
            {"employee_path": "nowhere.user_id"},
            {"employee_path": "employee_id.version_ids"},  # one2many: no column
            {"until_field": "job_id"},
            {"cutoff_field": "job_id"},
            {"aggregate": "sum", "value_field": "date_to"},  # dates do not add up
            {"aggregate": "sum", "value_field": "employee_id"},
            {"aggregate": "count_distinct", "value_field": "nowhere"},
            {"rate_field": "employee_id"},
            {"company_path": "company_id, nowhere"},
        ):
            with self.subTest(vals), self.refused(ValidationError, "is not a stored field of Employment"):
                self.declare(**vals)

    def test_a_path_that_leads_to_the_wrong_model_is_refused(self):
        for vals, leads_to in (
            ({"employee_path": "department_id"}, "Department"),
            ({"department_path": "employee_id"}, "Employee"),
            ({"company_path": "department_id"}, "Department"),
            ({"currency_path": "company_id"}, "Companies"),
        ):
            with self.subTest(vals), self.refused(ValidationError, f"leads to {leads_to}"):
                self.declare(**vals)

    def test_a_filter_that_cannot_be_used_is_refused(self):
        for domain in (
            "[('employee_id', '=',",
            "employee_id = 1",
            "[('nowhere', '=', 1)]",
            "[('employee_id', 'is like', 1)]",
            "[('date_from', '<', context_today())]",  # a filter is data, never a program
            "__import__('os').getcwd()",
            "5",
        ):
            with self.subTest(domain), self.refused(ValidationError, "The filter of Begun cannot be used"):
                self.declare(domain=domain)

    def test_what_is_counted_and_when_must_be_said(self):
        for vals, reason in (
            ({"model_id": False}, "Begun needs the field “Records"),
            ({"date_field": False}, "Begun needs the field “Date"),
            ({"aggregate": "sum"}, "Begun needs the field “Value"),
            ({"rate_field": "version_id.wage", "currency_path": "company_id.currency_id"}, "not both"),
        ):
            with self.subTest(vals), self.refused(ValidationError, reason):
                self.declare(**vals)

    def test_a_code_is_written_in_small_letters(self):
        # min, if and previous mean something in a formula
        for code in ("T_BEGUN", "2nd", "t-begun", "t begun", "_t", "bắt_đầu", "min", "if", "previous", "t" * 65):
            with self.subTest(code), self.refused(ValidationError, f"The code {code} of a measure"):
                self.declare(code=code)

    def test_a_code_is_borne_once(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.declare(code="headcount")

    def test_a_measure_that_a_formula_uses_keeps_its_code_and_stays(self):
        measure = self.env["kpi.measure"].search([("code", "=", "t_revenue")])
        with self.refused(UserError, "T_REVENUE"):
            measure.unlink()
        with self.refused(UserError, "T_REVENUE"):
            measure.code = "t_income"
        unused = self.declare()
        unused.code = "t_started"
        unused.unlink()
        self.assertFalse(unused.exists())

    def test_entered_figures_are_not_counted(self):
        for aggregate in ("count", "count_distinct"):
            with self.subTest(aggregate), self.refused(ValidationError, "entered figures are added up"):
                self.make_measure("t_typed", aggregate=aggregate)
        with Form(self.env["kpi.measure"]) as form:
            form.name = "Typed"
            form.code = "t_typed"
            form.source = "input"
        self.assertEqual(form.record.aggregate, "sum")

    def test_administrators_alone_declare_measures(self):
        vals = {"code": "t_typed", "name": "Typed", "source": "input", "aggregate": "sum"}
        for user in (self.officer, self.an_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["kpi.measure"].with_user(user).create(vals)
        measure = self.env["kpi.measure"].with_user(self.admin).create(vals)
        measure.aggregate = "max"
        measure.unlink()

    def test_the_measures_that_are_shipped_are_complete(self):
        measures = self.env["kpi.measure"].search([])
        self.assertLessEqual({"headcount", "departures", "social_engagements"}, set(measures.mapped("code")))
        measures._check_declaration()
