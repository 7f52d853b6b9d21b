from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewEnd(ReviewCase):
    """Calibration, talks, signatures, closing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle.write({"use_peer": False, "kpi_weight": 0, "manager_weight": 100, "peer_weight": 0})
        cls.cycle.action_launch()
        grades = cls.cycle.scale_id.grade_ids
        cls.best, cls.good, cls.fair, cls.weak, cls.poor = (
            grades.filtered(lambda grade, start=start: grade.min_score == start) for start in (110, 95, 80, 60, 0)
        )

    def rate(self, employee, manager, care, drive):
        self.answer(self.asked(employee, "manager", manager), care, drive)

    def test_grades_computed_proposed_and_calibrated_are_kept_apart(self):
        self.rate(self.binh, self.an_user, 4, 4)
        self.cycle.action_calibrate()
        review = self.review(self.binh)
        self.assertEqual((review.score, review.grade_id), (80, self.fair))
        self.review(self.binh, user=self.an_user).action_propose_grade(self.good.id, "Saved the north")
        self.assertEqual((review.proposed_grade_id, review.current_grade_id), (self.good, self.good))
        self.review(self.binh, user=self.officer).action_move_grade(self.weak.id, "Compared with the south")
        self.review(self.binh, user=self.officer).action_move_grade(self.best.id, "Undone")
        self.assertRecordValues(
            review,
            [
                {
                    "grade_id": self.fair.id,
                    "proposed_grade_id": self.good.id,
                    "calibrated_grade_id": self.best.id,
                    "current_grade_id": self.best.id,
                    "final_grade_id": False,
                }
            ],
        )
        self.assertEqual(
            [(move.kind, move.from_grade_id, move.to_grade_id, move.user_id) for move in review.move_ids.sorted("id")],
            [
                ("proposal", self.fair, self.good, self.an_user),
                ("calibration", self.good, self.weak, self.officer),
                ("calibration", self.weak, self.best, self.officer),
            ],
        )
        self.cycle.action_talk()
        self.assertEqual(review.final_grade_id, self.best)

    def test_moves_are_checked(self):
        mine = self.review(self.binh, user=self.an_user)
        as_officer = self.review(self.binh, user=self.officer)
        with self.refused(UserError, "while the cycle is in calibration"):
            as_officer.action_move_grade(self.good.id, "Early")
        self.cycle.action_calibrate()
        other = self.env["kpi.grade.scale"].create({"name": "Other", "grade_ids": [(0, 0, {"name": "X"})]}).grade_ids
        with self.refused(UserError, "Say why"):
            mine.action_propose_grade(self.good.id, "  ")
        with self.refused(UserError, "Choose a grade of"):
            mine.action_propose_grade(other.id, "Better")
        with self.refused(AccessError, "Only a KPI officer"):
            mine.action_move_grade(self.good.id, "Mine")
        with self.refused(AccessError, "Only the manager"):
            as_officer.action_propose_grade(self.good.id, "Mine")
        with self.assertRaises(AccessError):
            self.review(self.lan, user=self.officer).action_move_grade(self.best.id, "I am good")
        with self.assertRaises(AccessError):
            self.review(self.binh, user=self.binh_user).action_propose_grade(self.best.id, "I am good")

    def test_moves_are_kept_and_not_seen_by_the_person(self):
        self.review(self.binh, user=self.an_user).action_propose_grade(self.weak.id, "Below the others")
        Move = self.env["kpi.review.move"]
        move = self.review(self.binh).move_ids
        for user in (self.an_user, self.officer, self.admin):
            with self.subTest(user.login):
                self.assertEqual(Move.with_user(user).search([("review_id.employee_id", "=", self.binh.id)]), move)
                with self.assertRaises(AccessError):
                    move.with_user(user).write({"reason": "Other"})
                with self.assertRaises(AccessError):
                    move.with_user(user).unlink()
        mine = self.review(self.binh, user=self.binh_user)
        self.assertEqual(mine.read(["proposed_grade_id", "proposed_reason", "move_ids"])[0]["proposed_reason"], False)
        self.assertFalse(mine.current_grade_id)
        self.assertFalse(mine.search([("id", "=", mine.id), ("move_ids.to_grade_id", "=", self.weak.id)]))

    def test_the_board_counts_beside_the_guideline(self):
        self.cycle.guideline_ids = [
            (0, 0, {"grade_id": self.fair.id, "min_percent": 0, "max_percent": 20}),
            (0, 0, {"grade_id": self.good.id, "min_percent": 10, "max_percent": 50}),
        ]
        self.rate(self.binh, self.an_user, 4, 4)
        self.rate(self.dung, self.an_user, 5, 5)
        self.rate(self.giang, self.an_user, 4, 5)
        self.cycle.action_calibrate()
        board = self.env["kpi.review.cycle"].with_user(self.officer).calibration_board(self.cycle.id, self.north.id)
        self.assertEqual(board["can_move"], True)
        # An (no score), Bình 80, Dũng 100, Giang (2 × 80 + 100) / 3 = 86.67
        self.assertEqual(
            [(card["employee"], card["score"], card["column"]) for card in board["cards"]],
            [
                ("Dũng", 100, self.good.id),
                ("Giang", 86.67, self.fair.id),
                ("Bình", 80, self.fair.id),
                ("An", None, False),
            ],
        )
        columns = {column["id"]: (column["count"], column["percent"], column["fits"]) for column in board["columns"]}
        self.assertEqual(
            columns,
            {
                self.best.id: (0, 0, None),
                self.good.id: (1, 25, "within"),
                self.fair.id: (2, 50, "above"),
                self.weak.id: (0, 0, None),
                self.poor.id: (0, 0, None),
                False: (1, 25, None),
            },
        )
        mine = self.env["kpi.review.cycle"].with_user(self.an_user).calibration_board(self.cycle.id)
        self.assertEqual({card["employee"] for card in mine["cards"]}, {"Bình", "Dũng", "Giang"})
        self.assertFalse(mine["can_move"])

    def talk(self):
        self.cycle.action_calibrate()
        self.cycle.action_talk()
        self.review(self.binh, user=self.an_user).summary = "<p>More visits</p>"

    def test_each_signs_for_oneself(self):
        self.talk()
        review = self.review(self.binh)
        for user in (self.officer, self.hang_user, self.env.ref("base.user_root")):
            with self.subTest(user.login), self.refused(AccessError, "Each signs for himself"):
                review.with_user(user).action_sign()
        self.review(self.binh, user=self.binh_user).action_sign("I see it differently")
        with self.refused(UserError, "signed already"):
            self.review(self.binh, user=self.binh_user).action_sign()
        self.assertEqual(review.state, "talk")
        self.review(self.binh, user=self.an_user).action_sign("ignored")
        self.assertRecordValues(
            review,
            [
                {
                    "state": "signed",
                    "employee_signed_by": self.binh_user.id,
                    "manager_signed_by": self.an_user.id,
                    "employee_remark": "I see it differently",
                }
            ],
        )

    def test_changing_the_summary_takes_the_signatures_off(self):
        self.talk()
        review = self.review(self.binh)
        self.review(self.binh, user=self.binh_user).action_sign("Fine")
        self.review(self.binh, user=self.an_user).action_sign()
        self.review(self.binh, user=self.an_user).summary = "<p>Fewer visits</p>"
        self.assertRecordValues(
            review,
            [{"state": "talk", "employee_signed_on": False, "manager_signed_by": False, "employee_remark": False}],
        )

    def test_nothing_to_sign_without_a_summary(self):
        self.cycle.action_calibrate()
        with self.refused(UserError, "signed after the talk"):
            self.review(self.binh, user=self.binh_user).action_sign()
        self.cycle.action_talk()
        with self.refused(UserError, "Write what was agreed"):
            self.review(self.binh, user=self.binh_user).action_sign()

    def test_a_closed_cycle_does_not_change_by_any_door(self):
        self.rate(self.binh, self.an_user, 4, 4)
        self.answer(self.asked(self.binh, "self", self.binh_user), 4, 4)
        self.talk()
        self.cycle.action_close()
        review, as_manager = self.review(self.binh), self.review(self.binh, user=self.an_user)
        as_officer, cycle = self.review(self.binh, user=self.officer), self.cycle.with_user(self.admin)
        self.assertEqual((review.state, self.cycle.state), ("closed", "closed"))
        doors = {
            "summary": lambda: as_manager.write({"summary": "Other"}),
            "manager": lambda: as_officer.write({"manager_id": self.hang.id}),
            "grade": lambda: as_officer.action_move_grade(self.best.id, "Late"),
            "proposal": lambda: as_manager.action_propose_grade(self.best.id, "Late"),
            "score": lambda: as_officer.write({"score": 120}),
            "sudo score": lambda: review.write({"score": 120}),
            "state": lambda: as_officer.write({"state": "open"}),
            "sign": lambda: as_manager.action_sign(),
            "unlink": lambda: as_officer.unlink(),
            "sudo unlink": lambda: review.unlink(),
            "answers": lambda: review.answer_ids.unlink(),
            "answer": lambda: review.answer_ids[0].write({"rating": "1"}),
            "ask": lambda: as_manager.action_ask("peer", self.chi.ids),
            "cycle name": lambda: cycle.write({"name": "Other"}),
            "cycle dates": lambda: cycle.write({"talk_date": "2026-05-01"}),
            "cycle unlink": lambda: cycle.unlink(),
            "launch": lambda: cycle.action_launch(),
            "guideline": lambda: cycle.write({"guideline_ids": [(0, 0, {"grade_id": self.best.id})]}),
            "person": lambda: self.binh.unlink(),
        }
        for door, change in doors.items():
            with self.subTest(door), self.assertRaises(Exception) as refusal, self.env.cr.savepoint():
                change()
                self.env.flush_all()
            self.assertIn(
                type(refusal.exception).__name__,
                ("AccessError", "UserError", "ValidationError", "ForeignKeyViolation", "RestrictViolation"),
                door,
            )
            self.env.invalidate_all(flush=False)
        self.assertEqual((review.score, review.summary), (80, "<p>More visits</p>"))

    def test_an_officer_goes_back_with_a_reason(self):
        self.talk()
        self.review(self.binh, user=self.binh_user).action_sign()
        self.cycle.action_close()
        with self.refused(UserError, "Say why"):
            self.cycle.action_reopen(" ")
        with self.assertRaises(AccessError):
            self.cycle.with_user(self.an_user).action_reopen("Mine")
        self.cycle.action_reopen("A signature is missing")
        review = self.review(self.binh)
        self.assertEqual((self.cycle.state, review.state, review.employee_signed_by), ("talks", "talk", self.binh_user))
        self.cycle.action_reopen("A grade was wrong")
        self.assertEqual((self.cycle.state, review.state), ("calibration", "calibration"))
        self.assertFalse(review.final_grade_id or review.employee_signed_on)
        with self.refused(UserError, "not far enough"):
            self.cycle.action_reopen("Once more")

    def test_managers_do_not_move_a_cycle_on(self):
        team = self.make_cycle(self.an_user, leader_id=self.an.id)
        team.action_launch()
        for action in ("action_calibrate", "action_talk", "action_close"):
            with self.subTest(action), self.refused(AccessError, "Only a KPI officer"):
                getattr(team, action)()
        with self.refused(UserError, "in the phase Assessments, not in Talks"):
            team.with_user(self.officer).action_close()
