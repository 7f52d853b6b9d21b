from odoo.tests import tagged

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusCurvePreview(BonusCase):
    """What the form shows while a payout curve is typed."""

    def preview(self, points, mode="interpolated", **terms):
        return self.env["kpi.bonus.plan"].with_user(self.officer).preview_curve(points, mode, terms)

    def texts(self, *args, **terms):
        return [finding["text"] for finding in self.preview(*args, **terms)["findings"]]

    def test_in_words(self):
        preview = self.preview([[80, 50], [100, 100], [110, 100], [120, 90]])
        self.assertEqual(preview["outline"], [[0, 0], [80, 0], [80, 50], [100, 100], [110, 100], [120, 90], [130, 90]])
        self.assertEqual(
            [(finding["kind"], finding["warning"]) for finding in preview["findings"]],
            [("flat", False), ("cliff", True), ("flat", False), ("falling", True), ("top", False)],
        )
        self.assertEqual(
            [finding["text"] for finding in preview["findings"]],
            [
                "Below 80 % nothing is paid, whatever is done.",
                "Cliff at 80 %: the payout jumps by 50 points, from 0 % to 50 %. Just short of it, a small "
                "difference costs much.",
                "From 100 % to 110 % the payout stays at 100 %: doing more pays nothing more.",
                "From 110 % to 120 % the payout falls from 100 % to 90 %: who does more gets less.",
                "From 120 % on the payout stays at 90 %.",
            ],
        )

    def test_in_vietnamese_numbers(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.officer.lang = "vi_VN"
        [text] = [
            finding["text"]
            for finding in self.env["kpi.bonus.plan"]
            .with_user(self.officer)
            .with_context(lang="vi_VN")
            .preview_curve([[0, 0], [82.5, 60]], "interpolated")["findings"]
        ]
        self.assertIn("82,5", text)

    def test_the_cap_of_the_plan(self):
        # 6,000,000 of 5,000,000 is a payout of 120 %
        fixed = {"basis": "fixed", "amount": 5_000_000, "cap_amount": 6_000_000}
        self.assertEqual(self.preview([], **fixed)["cap"], 120)
        self.assertEqual(
            self.texts([], **fixed), ["From about 120 % on the cap per person holds: more pays nothing more."]
        )
        wage = {"basis": "wage", "wage_percent": 10, "cap_wage_percent": 11, "amount": 5, "cap_amount": 5}
        self.assertEqual(self.preview([], **wage)["cap"], 110)
        for terms in ({"basis": "pool", "amount": 5, "cap_amount": 5}, {"basis": "fixed", "amount": 0}, {}):
            self.assertFalse(self.preview([], **terms)["cap"])

    def test_what_cannot_be_used_is_said(self):
        for points in ([[80, 1], [80, 2]], [[80, -1]], [["many", 1]], [[80]]):
            with self.subTest(points):
                self.assertEqual(
                    self.preview(points), {"message": "Give every point a score of its own and a payout of 0 or more."}
                )
        self.assertIn("message", self.preview([[80, 1]], "wavy"))

    def test_nothing_is_stored(self):
        self.preview([[80, 50], [100, 100]])
        with self.assertQueryCount(0):
            self.preview([[80, 50], [100, 100]])
        self.assertFalse(self.env["kpi.bonus.curve.point"].search([("plan_id.company_id", "=", self.company.id)]))
