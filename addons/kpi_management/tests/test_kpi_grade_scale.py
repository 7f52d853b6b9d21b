from odoo.fields import Command
from odoo.tests import tagged

from .common import KpiCase


@tagged("post_install", "-at_install")
class TestGradeScale(KpiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = cls.env.ref("kpi_management.grade_scale_default")
        cls.own = cls.make_scale("Ours", cls.company, 0, 70)

    @classmethod
    def make_scale(cls, name, company, *scores, **vals):
        grades = [Command.create({"name": f"From {score}", "min_score": score}) for score in scores]
        return cls.env["kpi.grade.scale"].create({"name": name, "company_id": company.id, "grade_ids": grades, **vals})

    def seen(self, scale, user=None):
        scale = scale.with_user(user or self.officer)
        scale.invalidate_recordset()
        return scale.used_company_ids, scale.warning

    def test_a_company_s_own_scale_comes_before_the_shared_one(self):
        self.assertEqual(self.seen(self.own), (self.company, False))
        # nothing to warn of: the shared one is for companies that have none
        self.assertFalse(self.seen(self.shared)[0])
        self.assertEqual(self.seen(self.shared, self.stranger)[0], self.other_company)
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        self.enter("t_revenue", self.binh, 800)
        card.action_compute()
        self.assertEqual(card.grade_id.name, "From 70")

    def test_the_second_scale_of_a_company_is_said_not_to_count(self):
        second = self.make_scale("Second", self.company, 0, sequence=20)
        used, warning = self.seen(second)
        self.assertFalse(used)
        self.assertIn("counts nowhere", warning)
        self.own.action_archive()
        self.assertEqual(self.seen(second), (self.company, False))

    def test_a_gap_below_the_lowest_grade_is_said(self):
        self.own.grade_ids.filtered(lambda grade: not grade.min_score).min_score = 40.5
        self.assertIn("below 40.5 %", self.seen(self.own)[1])
        self.own.grade_ids.unlink()
        self.assertIn("no grades yet", self.seen(self.own)[1])
