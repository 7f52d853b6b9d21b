from odoo.addons.kpi_management.models.guard import trusted

from .common import BonusCase


class BonusReviewCase(BonusCase):
    """A review cycle of the company for March 2026, and a plan that pays 5,000,000 dong at 100 % by its result.

    Grades begin at 0, 60, 80 (fair), 95 (good) and 110 (best). Vân keeps the reviews.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kpi_officer = cls.make_user("van", "kpi_management.group_kpi_officer")
        scale = cls.env["kpi.grade.scale"].create(
            {
                "name": "Grades",
                "company_id": cls.company.id,
                "grade_ids": [
                    (0, 0, {"name": name, "min_score": start})
                    for name, start in (("Poor", 0), ("Weak", 60), ("Fair", 80), ("Good", 95), ("Best", 110))
                ],
            }
        )
        cls.fair, cls.good, cls.best = (
            scale.grade_ids.filtered(lambda grade, start=start: grade.min_score == start) for start in (80, 95, 110)
        )
        cls.template = cls.env["kpi.review.template"].create(
            {"name": "Everybody", "company_id": cls.company.id, "line_ids": [(0, 0, {"kind": "text", "question": "?"})]}
        )
        cls.cycle = cls.env["kpi.review.cycle"].create(
            {"name": "March", "company_id": cls.company.id, "period_id": cls.march.id, "scale_id": scale.id}
        )
        cls.plan = cls.make_plan(score_source="review")

    @classmethod
    def make_review(cls, employee, score, final=None, cycle=None):
        """A review as calibration would leave it, with a computed grade and perhaps another final one."""
        cycle = cycle or cls.cycle
        grades = cycle.scale_id.grade_ids.sorted("min_score", reverse=True)
        grade = grades.filtered(lambda each: score is not None and each.min_score <= score)[:1]
        trusted(cycle).state = "calibration"
        return trusted(cls.env["kpi.review"]).create(
            {
                "cycle_id": cycle.id,
                "employee_id": employee.id,
                "manager_id": employee.parent_id.id,
                "template_id": cls.template.id,
                "state": "calibration",
                "score": score or 0,
                "has_score": score is not None,
                "grade_id": grade.id,
                "final_grade_id": (final or grade).id,
            }
        )

    @classmethod
    def review(cls, employee, cycle=None):
        reviews = (cycle or cls.cycle).review_ids
        return reviews.filtered(lambda review: review.employee_id == employee)

    @classmethod
    def close(cls, cycle=None):
        """Close the cycle as the KPI officer does, when its talks are over."""
        cycle = cycle or cls.cycle
        trusted(cycle.review_ids).write({"state": "signed"})
        trusted(cycle).state = "talks"
        cycle.with_user(cls.kpi_officer).action_close()
