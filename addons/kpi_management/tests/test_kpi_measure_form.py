from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import KpiCase


@tagged("post_install", "-at_install")
class TestKpiMeasureForm(KpiCase):
    """A measure declared in its form, by a KPI administrator who is nothing else."""

    def form(self, **vals):
        form = Form(self.env["kpi.measure"].with_user(self.admin))
        form.name, form.code = "Objectives begun", "t_begun"
        for name, value in vals.items():
            form[name] = value
        return form

    def model(self, name):
        return self.env["ir.model"]._get(name)

    def test_usual_paths_are_proposed(self):
        form = self.form(model_id=self.model("kpi.objective"))
        # an objective has no date of its own name: the day it was written down is proposed
        self.assertEqual((form.company_path, form.date_field), ("company_id", "create_date"))
        self.assertEqual((form.employee_path, form.department_path), (False, "department_id"))
        form.model_id = self.model("kpi.measurement")
        self.assertEqual((form.date_field, form.employee_path), ("date", "employee_id"))
        form.model_id = self.model("mail.activity")
        self.assertEqual((form.employee_path, form.company_path), ("user_id", False))

    def test_what_fits_no_longer_goes(self):
        form = self.form(model_id=self.model("kpi.objective"), aggregate="sum", value_field="weight")
        form.date_field, form.domain = "date_start", "[('state', '=', 'done')]"
        form.model_id = self.model("kpi.scorecard.line")
        # lines have a weight and a first day, too
        self.assertEqual((form.value_field, form.date_field), ("weight", "date_start"))
        form.model_id = self.model("hr.department")
        self.assertEqual((form.value_field, form.date_field, form.domain), (False, "create_date", "[]"))

    def test_a_filter_that_fits_stays(self):
        form = self.form(model_id=self.model("kpi.objective"))
        form.domain = "[('company_id', '!=', False)]"
        form.model_id = self.model("kpi.scorecard")
        self.assertEqual(form.domain, "[('company_id', '!=', False)]")
        form.model_id = self.model("res.lang")
        self.assertEqual(form.domain, "[]")

    def test_a_name_can_be_counted_and_not_added_up(self):
        form = self.form(model_id=self.model("kpi.objective"), aggregate="count_distinct")
        self.assertIn("many2one", form.path_rules["value_field"]["types"])
        form.value_field = "owner_id"
        form.aggregate = "sum"
        self.assertFalse(form.value_field)
        self.assertNotIn("many2one", form.path_rules["value_field"]["types"])

    def test_it_is_saved_as_declared(self):
        form = self.form(model_id=self.model("kpi.objective"))
        form.date_field, form.employee_path = "date_start", "owner_id"
        measure = form.save()
        self.assertRecordValues(
            measure,
            [{"date_field": "date_start", "employee_path": "owner_id", "company_path": "company_id"}],
        )

    def test_the_way_to_the_company_must_be_given(self):
        vals = {"name": "Mails", "code": "t_mails", "model_id": self.model("mail.mail").id, "date_field": "date"}
        with self.refused(ValidationError, "Mails needs the field “Company”"):
            self.env["kpi.measure"].create({**vals, "company_path": False})
