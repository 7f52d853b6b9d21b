from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

ADMIN = "kpi_tour_admin"


@tagged("post_install", "-at_install")
class TestOwnKpiTour(HttpCase):
    """A KPI of one's own, without code, by a KPI administrator who may read employees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        cls.company = cls.env["res.company"].create({"name": "Sao Mai"})
        new_test_user(
            cls.env,
            ADMIN,
            groups="kpi_management.group_kpi_admin,hr.group_hr_user",
            password=ADMIN,
            lang="en_US",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        for department, people in (("North", ("An", "Bình")), ("South", ("Chi",))):
            vals = {"company_id": cls.company.id}
            vals["department_id"] = cls.env["hr.department"].create({"name": department, **vals}).id
            cls.env["hr.employee"].create([{"name": person, **vals} for person in people])

    def test_own_measure_and_kpi(self):
        self.start_tour("/odoo/kpi-measures", "kpi_management_own_measure", login=ADMIN)
        measure = self.env["kpi.measure"].search([("code", "=", "departments_at_work")])
        self.assertRecordValues(
            measure,
            [
                {
                    "model_name": "hr.employee",
                    "aggregate": "count_distinct",
                    "value_field": "department_id",
                    "date_field": "create_date",
                    "company_path": "company_id",
                    "employee_path": "employee_id",
                }
            ],
        )
        self.start_tour("/odoo/kpi-library", "kpi_management_own_kpi", login=ADMIN)
        kpi = self.env["kpi.definition"].search([("code", "=", "TEN_TIMES")])
        self.assertRecordValues(kpi, [{"formula": "10 * departments_at_work", "measure_ids": measure.ids}])
