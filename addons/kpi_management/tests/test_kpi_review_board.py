from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..models.guard import trusted
from .review_case import ReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewBoard(ReviewCase):
    """The calibration board: which cycle it shows, to whom, and what happens when two move the same person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle.write({"use_peer": False, "peer_weight": 0, "kpi_weight": 100, "manager_weight": 0})
        cls.cycle.action_launch()
        cls.best, cls.good, cls.fair, *_rest = cls.cycle.scale_id.grade_ids
        # 100 is Good by the scale
        trusted(cls.review(cls.binh))._write_result({"kpi": "100"})

    def calibrate(self):
        self.cycle.with_user(self.officer).action_calibrate()
        trusted(self.review(self.binh))._write_result({"kpi": "100"})
        self.env.invalidate_all()

    def board(self, user, *args):
        return self.env["kpi.review.cycle"].with_user(user).calibration_board(*args)

    def card(self, board, employee):
        return next(card for card in board["cards"] if card["employee_id"] == employee.id)

    def test_the_cycle_in_calibration_comes_first(self):
        later = self.make_cycle(
            name="April",
            period_id=self.make_period("2026-04-01").id,
            use_peer=False,
            peer_weight=0,
            kpi_weight=70,
        )
        later.action_launch()
        board = self.board(self.officer)
        self.assertEqual(board["cycle"]["name"], "April")
        self.assertEqual([cycle["name"] for cycle in board["cycles"]], ["April", "March"])
        self.calibrate()
        board = self.board(self.officer)
        self.assertEqual((board["cycle"]["name"], board["can_move"]), ("March", True))
        # asked for, another one is shown
        self.assertEqual(self.board(self.officer, later.id)["cycle"]["name"], "April")
        action = later.with_user(self.officer).action_open_board()
        self.assertEqual((action["tag"], action["params"]), ("kpi_calibration_board", {"cycle_id": later.id}))

    def test_who_leads_nobody_has_no_board(self):
        board = self.board(self.binh_user)
        self.assertEqual((board["cycle"], board["cards"], board["cycles"], board["leads"]), (False, [], [], False))

    def test_ones_own_review_is_left_out_and_said_so(self):
        board = self.board(self.officer)
        self.assertTrue(board["has_own"])
        self.assertNotIn("Lan", {card["employee"] for card in board["cards"]})
        self.assertFalse(self.board(self.admin)["has_own"])

    def test_the_second_of_two_reads_what_the_first_did(self):
        self.calibrate()
        first, second = (self.review(self.binh, user=user) for user in (self.officer, self.admin))
        seen = self.card(self.board(self.admin), self.binh)["column"]
        self.assertEqual(seen, self.good.id)
        first.action_move_grade(self.best.id, "Saved the north", seen)
        with self.refused(UserError, "Bình the grade A.* in the meantime"):
            second.action_move_grade(self.fair.id, "Too slow", seen)
        self.assertEqual(self.card(self.board(self.admin), self.binh)["column"], self.best.id)
        second.action_move_grade(self.good.id, "Undone: Saved the north", self.best.id)
        self.assertEqual(
            [(move.user_id, move.from_grade_id, move.to_grade_id) for move in self.review(self.binh).move_ids],
            [(self.admin, self.best, self.good), (self.officer, self.good, self.best)],
        )

    def test_whoever_had_no_score_is_moved_from_none(self):
        self.calibrate()
        review = self.review(self.chi, user=self.officer)
        self.assertFalse(self.card(self.board(self.officer), self.chi)["column"])
        with self.refused(UserError, "in the meantime"):
            review.action_move_grade(self.fair.id, "Joined in March", self.good.id)
        review.action_move_grade(self.fair.id, "Joined in March", False)
        card = self.card(self.board(self.officer), self.chi)
        self.assertEqual((card["column"], card["computed"], card["score"]), (self.fair.id, False, None))

    def test_the_result_stays_to_be_seen(self):
        self.calibrate()
        self.review(self.binh, user=self.officer).action_move_grade(self.best.id, "Saved the north")
        self.cycle.with_user(self.officer).action_talk()
        self.cycle.with_user(self.officer).action_close()
        for user in (self.officer, self.an_user):
            with self.subTest(user.login):
                board = self.board(user)
                self.assertEqual((board["cycle"]["state"], board["can_move"]), ("closed", False))
                card = self.card(board, self.binh)
                self.assertEqual((card["column"], card["computed"]), (self.best.id, self.good.id))
