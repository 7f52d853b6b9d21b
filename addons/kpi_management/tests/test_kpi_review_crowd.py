from odoo.tests import freeze_time, tagged

from .crowd import make_crowd
from .review_case import ReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewCrowd(ReviewCase):
    """A thousand people cost little more queries than ten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle.write({"use_peer": False, "kpi_weight": 50, "manager_weight": 50, "peer_weight": 0})
        cls.few, cls.many = cls.make_department("Few"), cls.make_department("Many")
        make_crowd(cls.binh, 10, departments=cls.few)
        make_crowd(cls.chi, 1000, departments=cls.many)
        cls.cycles = [cls.make_cycle_of(department) for department in (cls.few, cls.many)]

    @classmethod
    def make_cycle_of(cls, department):
        return cls.cycle.copy({"department_ids": [(6, 0, department.ids)]})

    def count(self, act):
        """[queries for 10 people, queries for 1,000]"""
        counts = []
        for cycle in self.cycles:
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            act(cycle)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        return counts

    def test_launch_reveal_and_scores(self):
        launched = self.count(lambda cycle: cycle.action_launch())
        self.assertEqual([len(cycle.sudo().review_ids) for cycle in self.cycles], [10, 1000])
        # Odoo inserts a hundred rows at a time: 1,000 reviews, 2,000 rows and as many activities.
        self.assertLess(launched[1] - launched[0], 120, launched)
        late = self.count(lambda cycle: self.assertEqual(cycle.late_count, 0))
        self.assertLess(late[1] - late[0], 5, late)
        for cycle in self.cycles:
            self._answer_all(cycle)
        shown = self.count(lambda cycle: cycle.with_user(self.officer).action_calibrate())
        for cycle in self.cycles:
            reviews = cycle.sudo().review_ids
            self.assertEqual(set(reviews.mapped("score")), {80})
            self.assertEqual(len(reviews.answer_ids), 4 * len(reviews))
        # 4,000 answers, 1,000 reviews written, 2,000 drafts and 2,000 activities deleted
        self.assertLess(shown[1] - shown[0], 200, shown)
        final = self.count(lambda cycle: cycle.with_user(self.officer).action_talk())
        self.assertLess(final[1] - final[0], 40, final)
        board = self.count(
            lambda cycle: self.env["kpi.review.cycle"].with_user(self.officer).calibration_board(cycle.id)
        )
        self.assertLess(board[1] - board[0], 15, board)

    def _answer_all(self, cycle):
        """Everybody answers 4 to everything, in three statements."""
        self.env.flush_all()
        self.env.cr.execute(
            "INSERT INTO kpi_review_draft (feedback_id, template_line_id, user_id, rating)"
            " SELECT f.id, l.id, f.user_id, '4' FROM kpi_review_feedback f, kpi_review_template_line l"
            " WHERE f.cycle_id = %s AND l.template_id = %s AND l.kind = 'competency'",
            [cycle.id, self.template.id],
        )
        self.env.cr.execute("UPDATE kpi_review_feedback SET state = 'done' WHERE cycle_id = %s", [cycle.id])
        self.env.invalidate_all(flush=False)
