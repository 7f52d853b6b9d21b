from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .rpc_case import RpcCase

CASES = [
    # (terms, actual, attainment)
    ({"direction": "higher", "target": 50}, 40, 80),
    ({"direction": "higher", "target": 50}, 80, 120),
    ({"direction": "higher", "target": 50, "cap": 150}, 70, 140),
    ({"direction": "higher", "target": 50, "floor": 20}, 1, 20),
    # 10 above the baseline of the 40 to the target
    ({"direction": "higher", "target": 50, "baseline": 10}, 20, 25),
    # half way from the threshold (50 %) to the target (100 %)
    ({"direction": "higher", "target": 50, "threshold": 40, "threshold_attainment": 50}, 45, 75),
    ({"direction": "higher", "target": 50, "threshold": 40, "threshold_attainment": 50}, 39.99, 0),
    # a quarter of the way from the target to the stretch that earns 120
    ({"direction": "higher", "target": 50, "stretch": 90}, 60, 105),
    ({"direction": "lower", "target": 0, "baseline": 3}, 1, 66.67),
    # none at all is an actual too
    ({"direction": "lower", "target": 0, "baseline": 3}, 0, 100),
    ({"direction": "higher", "target": 50}, 0, 0),
    # lower without a baseline: twice the target earns nothing
    ({"direction": "lower", "target": 10}, 15, 50),
    ({"direction": "band", "band_low": 90, "band_high": 110, "band_tolerance": 10}, 85, 50),
    ({"direction": "band", "band_low": 90, "band_high": 110, "band_tolerance": 10}, 110, 100),
    ({"direction": "band", "band_low": 90, "band_high": 110}, 110.01, 0),
    ({"direction": "binary", "target": 5}, 5, 100),
    ({"direction": "binary", "target": 5}, 4.99, 0),
    # downwards, as the baseline lies above
    ({"direction": "binary", "target": 5, "baseline": 9}, 4, 100),
]


@tagged("post_install", "-at_install")
class TestScoringPreview(RpcCase):
    def preview(self, terms, *args, user=None):
        lines = self.env["kpi.scorecard.line"].with_user(user or self.binh_user)
        return lines.preview_score({"cap": 120, "floor": 0, **terms}, *args)

    def test_every_direction_scores_as_on_paper(self):
        for terms, actual, expected in CASES:
            with self.subTest(terms, actual=actual):
                self.assertEqual(self.preview(terms, actual)["attainment"], expected)

    def test_the_preview_says_what_the_computation_says(self):
        """Terms that are not saved, against the same ones saved and computed."""
        terms = {"baseline": 200, "stretch": 1500, "cap": 130, "floor": 10}
        previewed = self.preview({"direction": "higher", "target": 1000, **terms}, 1100, 40)
        self.enter("t_revenue", self.binh, 1100)
        card = self.make_card(self.binh, [("T_REVENUE", 40, 1000, terms), ("T_STOCK", 60, 5)])
        card.action_compute()
        line = self.line(card, "T_REVENUE")
        # a fifth of the way from 1,000 to 1,500, which earns 130
        self.assertEqual((previewed["attainment"], line.attainment), (106, 106))
        # 40 % of 106
        self.assertEqual(previewed["points"], 42.4)

    def test_without_an_actual_there_is_the_curve_alone(self):
        shown = self.preview({"direction": "higher", "target": 50})
        self.assertIs(shown["attainment"], False)
        self.assertIs(shown["points"], False)
        places = dict(map(tuple, shown["curve"]))
        self.assertEqual((places[0], places[50], places[60]), (0, 100, 120))
        self.assertEqual(sorted(places), list(places))

    def test_zero_is_an_actual(self):
        self.assertEqual(self.preview({"direction": "higher", "target": 50}, 0)["attainment"], 0)

    def test_the_curve_shows_the_jump_of_a_threshold(self):
        terms = {"direction": "higher", "target": 50, "threshold": 40, "threshold_attainment": 50}
        curve = self.preview(terms)["curve"]
        below = [y for x, y in curve if x < 40]
        self.assertEqual((max(below), dict(map(tuple, curve))[40]), (0, 50))

    def test_mistakes_are_said_as_on_saving(self):
        for terms in (
            {"direction": "higher", "target": 0},
            {"direction": "lower", "target": 10, "baseline": 5},
            {"direction": "higher", "target": 50, "threshold": 60},
            {"direction": "higher", "target": 50, "stretch": 40},
            {"direction": "higher", "target": 50, "cap": 90},
            {"direction": "band", "band_low": 9, "band_high": 3},
        ):
            with self.subTest(terms):
                message = self.preview(terms, 5)["message"]
                kpi = self.make_kpi("T_TRIED", "1", direction=terms["direction"])
                values = {name: value for name, value in terms.items() if name not in ("direction", "target")}
                with self.assertRaises(ValidationError) as refusal:
                    self.make_card(self.chi, [("T_TRIED", 100, terms.get("target", 0), values)])
                self.assertEqual(str(refusal.exception), f"T_TRIED: {message}")
                kpi.unlink()

    def test_what_is_no_number_is_said_so(self):
        for terms, actual in (
            ({"direction": "higher", "target": "many"}, 5),
            ({"direction": "higher", "target": 50}, "many"),
            ({"direction": "higher", "target": float("nan")}, 5),
            ({"direction": "sideways", "target": 5}, 5),
            ({"direction": "higher", "target": 5}, 1e300),
        ):
            with self.subTest(terms, actual=actual):
                self.assertTrue(self.preview(terms, actual)["message"])

    def test_from_outside(self):
        """Any employee, and nobody who is none."""
        args = [{"direction": "higher", "target": 50, "cap": 120}, 40, 25]
        for model in ("kpi.scorecard.line", "kpi.definition"):
            answer = self.call_as(self.binh_user, model, "preview_score", *args)
            self.assertEqual((answer["attainment"], answer["points"]), (80, 20))
        guest = new_test_user(self.env, login="kpi_guest", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.preview({"direction": "higher", "target": 50}, 5, user=guest)
