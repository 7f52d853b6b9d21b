from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from ..models.guard import trusted

OFFICER = "kpi_calibration_officer"


@tagged("post_install", "-at_install")
class TestCalibrationTour(HttpCase):
    """A KPI officer calibrates a department of two in the browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        officer = new_test_user(
            cls.env, OFFICER, groups="kpi_management.group_kpi_officer", password=OFFICER, lang="en_US"
        )
        cls.department = cls.env["hr.department"].create({"name": "Far East"})
        scale = cls.env["kpi.grade.scale"].create(
            {
                "name": "Three grades",
                "grade_ids": [
                    Command.create({"name": name, "min_score": score})
                    for name, score in (("Best", 110), ("Good", 95), ("Fair", 0))
                ],
            }
        )
        cls.best, cls.good, cls.fair = scale.grade_ids
        cls.cycle = cls._make_cycle(officer, scale)

    @classmethod
    def _make_cycle(cls, officer, scale):
        period = cls.env["kpi.period"]._ensure(cls.env.company, "month", cls.env["kpi.period"]._now().date())
        for name in ("Trần Bình", "Lê Chi"):
            cls.env["hr.employee"].create(
                {
                    "name": name,
                    "department_id": cls.department.id,
                    "date_version": "2020-01-01",
                    "contract_date_start": "2020-01-01",
                }
            )
        template = cls.env["kpi.review.template"].create({"name": "Far East", "department_ids": cls.department.ids})
        cycle = (
            cls.env["kpi.review.cycle"]
            .with_user(officer)
            .create(
                {
                    "name": "Toured",
                    "period_id": period.id,
                    "department_ids": cls.department.ids,
                    "template_ids": template.ids,
                    "scale_id": scale.id,
                    "kpi_weight": 100,
                    "manager_weight": 0,
                    "guideline_ids": [Command.create({"grade_id": cls.best.id, "max_percent": 10})],
                }
            )
        )
        cycle.action_launch()
        cycle.action_calibrate()
        for review, score in zip(cycle.review_ids.sorted(lambda each: each.employee_id.id), ("115", "90"), strict=True):
            trusted(review)._write_result({"kpi": score})
        return cycle

    def test_calibration(self):
        url = f"/odoo/action-kpi_management.action_kpi_review_cycle/{self.cycle.id}"
        self.start_tour(url, "kpi_management_calibration", login=OFFICER)
        self.env.invalidate_all()
        binh, chi = self.cycle.review_ids.sorted(lambda each: each.employee_id.id)
        self.assertEqual((binh.grade_id, binh.current_grade_id), (self.best, self.fair))
        self.assertEqual((chi.grade_id, chi.current_grade_id), (self.fair, self.best))
        self.assertEqual(binh.move_ids.mapped("reason"), ["Lost two large customers"])
        self.assertEqual(chi.move_ids.mapped("reason"), ["Built the whole South"])
