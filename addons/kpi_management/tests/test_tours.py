from odoo.tests import HttpCase, new_test_user, tagged

from ..models.guard import trusted

OFFICER = "kpi_tour_officer"


@tagged("post_install", "-at_install")
class TestTours(HttpCase):
    """What a KPI officer does in the browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        new_test_user(cls.env, OFFICER, groups="kpi_management.group_kpi_officer", password=OFFICER, lang="en_US")
        cls.employee = cls.env["hr.employee"].create({"name": "Trần Bình"})
        cls._make_kpi("OBJECTIVES_BEGUN", "Objectives begun")
        cls._make_kpi("OBJECTIVES_DONE", "Objectives done", "[('state', '=', 'done')]")
        for state in ("agreed", "done", "done", "done"):
            # trusted: the state comes with the agreement, which is not what is toured here
            trusted(cls.env["kpi.objective"]).create(
                {
                    "name": "Call the customers of March",
                    "level": "individual",
                    "owner_id": cls.employee.id,
                    "date_start": "2025-03-10",
                    "date_end": "2025-03-31",
                    "state": state,
                }
            )

    @classmethod
    def _make_kpi(cls, code, name, domain="[]"):
        cls.env["kpi.measure"].create(
            {
                "code": code.lower(),
                "name": name,
                "model_id": cls.env["ir.model"]._get_id("kpi.objective"),
                "domain": domain,
                "date_field": "date_start",
                "employee_path": "owner_id",
            }
        )
        cls.env["kpi.definition"].create({"code": code, "name": name, "formula": code.lower()})

    def test_scorecard(self):
        self.start_tour("/odoo/kpi-periods", "kpi_management_scorecard", login=OFFICER)
        card = self.env["kpi.scorecard"].search([("employee_id", "=", self.employee.id)])
        self.assertRecordValues(card, [{"score": 88.0, "state": "agreed"}])
        self.assertRecordValues(card.period_id, [{"name": "03/2025", "period_type": "month"}])
