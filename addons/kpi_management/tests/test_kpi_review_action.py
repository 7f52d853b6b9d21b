import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestKpiReviewAction(ReviewCase):
    """Bình's review: what it leads to, and what the dossier, the export and anonymising do with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle.action_launch()
        cls.dossier = cls.env["kpi.dossier"].browse(cls.binh.id)

    def add(self, user, **vals):
        opened = self.review(self.binh, user=user).action_add_action()
        Action = self.env["kpi.action"].with_user(user).with_context(**opened["context"])
        return Action.create({"name": "Negotiation course", "deadline": "2026-06-30", **vals})

    def assess(self):
        """Everybody asked about Bình answers, each in words of his own."""
        self.ask_peers()
        self.answer(self.asked(self.binh, "self", self.binh_user), 4, 4)
        self.answer(self.asked(self.binh, "manager", self.an_user), 5, 4, "Grow")
        for user, words in ((self.dung_user, "D-words"), (self.giang_user, "G-words"), (self.chi_user, "C-words")):
            self.answer(self.asked(self.binh, "peer", user), 5, 3, words)

    def book(self, user):
        export = self.env["kpi.personal.export"]._prepare(self.dossier.with_user(user))
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(export.data)))
        return {sheet.title: str(list(sheet.iter_rows(values_only=True))) for sheet in book}

    def test_a_review_leads_to_actions(self):
        action = self.add(self.an_user)
        review = self.review(self.binh)
        self.assertRecordValues(
            action,
            [
                {
                    "review_id": review.id,
                    "employee_id": self.binh.id,
                    "responsible_id": self.binh.id,
                    "kind": "training",
                    "company_id": self.company.id,
                    "effect": "unknown",
                }
            ],
        )
        self.assertEqual(self.review(self.binh, user=self.binh_user).action_ids, action)
        with self.refused(UserError, "stays with what it is about"):
            action.review_id = self.review(self.chi)

    def test_who_may_add_one(self):
        for user in (self.binh_user, self.officer, self.hang_user):
            with self.subTest(user.login):
                self.assertEqual(self.add(user).state, "open")
        review = self.review(self.binh)
        vals = {"name": "x", "deadline": "2026-06-30", "review_id": review.id, "responsible_id": self.chi.id}
        for user in (self.chi_user, self.dung_user, self.stranger):
            with self.subTest(user.login), self.assertRaises(UserError):
                self.env["kpi.action"].with_user(user).create(vals)

    def test_whoever_leads_the_review_sees_its_actions(self):
        self.review(self.binh, user=self.officer).manager_id = self.chi
        action = self.add(self.chi_user)
        self.assertEqual(action.with_user(self.chi_user).read(["name"])[0]["name"], "Negotiation course")
        with self.assertRaises(AccessError):
            action.with_user(self.dung_user).read(["name"])

    def test_reviews_are_in_the_dossier(self):
        self.assertEqual(self.dossier.with_user(self.binh_user).review_ids, self.review(self.binh))
        self.assertEqual(self.dossier.with_user(self.an_user).review_ids, self.review(self.binh))

    def test_the_export_tells_nothing_before_it_is_shown(self):
        self.ask_peers()
        self.answer(self.asked(self.binh, "peer", self.dung_user), 5, 3, "D-words")
        self.answer(self.asked(self.binh, "manager", self.an_user), 5, 4, "Grow")
        for user in (self.binh_user, self.officer):
            text = str(self.book(user))
            for word in ("Dũng", "Giang", "Chi", "D-words", "Grow"):
                with self.subTest(user.login, word=word):
                    self.assertNotIn(word, text)

    def test_the_export_names_no_rater(self):
        self.assess()
        self.finish()
        book = self.book(self.binh_user)
        self.assertIn("D-words", book["Review Answer"])
        for user in (self.binh_user, self.officer):
            text = str(self.book(user))
            for name in ("Dũng", "Giang", "Chi", self.dung_user.name, self.giang_user.name):
                with self.subTest(user.login, name=name):
                    self.assertNotIn(name, text)

    def test_the_export_of_a_rater_names_nobody_he_rated(self):
        self.assess()
        dossier = self.env["kpi.dossier"].browse(self.dung.id).with_user(self.dung_user)
        export = self.env["kpi.personal.export"]._prepare(dossier)
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(export.data)))
        text = str([list(sheet.iter_rows(values_only=True)) for sheet in book])
        self.assertNotIn("Bình", text)
        self.assertNotIn("D-words", text)
        self.assertIn("Dũng", text)

    def test_an_officer_hands_over_nothing_the_person_may_not_see(self):
        self.assess()
        self.cycle.with_user(self.officer).action_calibrate()
        grade = self.cycle.scale_id.grade_ids[0]
        self.review(self.binh, user=self.officer).action_move_grade(grade.id, "Compared with Hoa")
        self.assertNotIn("Compared with Hoa", str(self.book(self.officer)))

    def test_anonymised_words_go_and_ratings_stay(self):
        self.assess()
        self.review(self.binh, user=self.an_user).note_ids.create(
            {"review_id": self.review(self.binh).id, "text": "Shy"}
        )
        self.finish()
        review = self.review(self.binh)
        score = review.score
        self.binh.action_archive()
        self.env["kpi.personal.data"].with_user(self.admin)._anonymize(self.binh)
        self.env.invalidate_all()
        answers = review.sudo().answer_ids
        self.assertEqual(len(answers.filtered("rating")), 10)  # five people, two competencies
        self.assertFalse(any(answers.mapped("text")) or any(answers.mapped("rater_name")))
        self.assertFalse(review.summary)
        self.assertFalse(review.sudo().note_ids)
        self.assertEqual((review.score, review.state), (score, "closed"))
        self.assertIn(f"Former employee {self.binh.id}", review.display_name)
        self.assertEqual(self.review(self.chi).employee_id.name, "Chi")
