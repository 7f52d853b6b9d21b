from odoo.tests import HttpCase, tagged

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestKpiReviewTour(ReviewCase, HttpCase):
    """Self-assessment and manager's assessment in the browser."""

    # The browser has its own clock.
    freeze_time = None

    def test_both_write_apart_and_are_seen_together(self):
        self.cycle.write({"use_peer": False, "peer_weight": 0, "kpi_weight": 70})
        self.cycle.action_launch()
        users = self.binh_user | self.an_user
        users.write({"lang": "en_US"})
        for user in users:
            user.password = user.login
        mine = "/odoo/action-kpi_management.action_kpi_review_mine"
        team = "/odoo/action-kpi_management.action_kpi_review"
        self.start_tour(mine, "kpi_management_review_self", login=self.binh_user.login)
        review = self.review(self.binh)
        self.assertEqual((review.state, len(review.answer_ids)), ("open", 0))
        self.start_tour(team, "kpi_management_review_manager", login=self.an_user.login)
        self.env.invalidate_all()
        self.assertEqual(review.state, "assessed")
        ratings = {(answer.side, answer.competency_id.name): answer.rating for answer in review.answer_ids}
        self.assertEqual(
            {key: rating for key, rating in ratings.items() if rating},
            {
                ("self", "Care"): "4",
                ("self", "Drive"): "3",
                ("manager", "Care"): "5",
                ("manager", "Drive"): "3",
            },
        )
        # Care counts twice: (2 × 100 + 60) / 3
        self.assertEqual(review.manager_score, 86.67)
        self.start_tour(mine, "kpi_management_review_both", login=self.binh_user.login)
