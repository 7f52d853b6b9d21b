from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, freeze_time, tagged

from .common import PASSWORD
from .review_case import ReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewAttack(ReviewCase):
    """Side doors: dialogs, what the system alone writes, rows that are no turn of anybody's any more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle.action_launch()

    def test_no_dialog_tells_of_a_review_one_may_not_read(self):
        self.review(self.binh, user=self.an_user).action_propose_grade(self.cycle.scale_id.grade_ids[0].id, "Good")
        hidden, grade = self.review(self.binh), self.cycle.scale_id.grade_ids[0]
        dialogs = {
            "kpi.review.grade": {"grade_id": grade.id, "reason": "Curious"},
            "kpi.review.sign": {},
            "kpi.review.ask": {"side": "peer"},
        }
        for user in (self.chi_user, self.dung_user, self.stranger):
            for model, vals in dialogs.items():
                self.env.flush_all()
                self.env.invalidate_all()
                with self.subTest((user.login, model)), self.assertRaises(AccessError):
                    self.env[model].with_user(user).create({"review_id": hidden.id, **vals})
        own = self.env["kpi.review.grade"].with_user(self.chi_user)
        dialog = own.create({"review_id": self.review(self.chi).id, "grade_id": grade.id, "reason": "Mine"})
        with self.assertRaises(AccessError):
            dialog.review_id = hidden
        unsaved = own.new({"review_id": hidden.id})
        hidden.sudo().read(["grade_id"])
        self.assertFalse(unsaved.current_grade_id)

    def test_what_the_system_writes_on_a_cycle_is_written_by_it_alone(self):
        for user in (self.an_user, self.officer):
            Cycle = self.env["kpi.review.cycle"].with_user(user)
            vals = {"period_id": self.month.id, "company_id": self.company.id, "leader_id": self.an.id}
            cycle = Cycle.create({**vals, "state": "draft"})
            for name, value in (
                ("queued", True),
                ("failure", "None of it"),
                ("state", "running"),
                ("leader_user_id", user.id),
                ("date_end", "2030-01-01"),
            ):
                with self.subTest((user.login, name)):
                    with self.refused(AccessError, "by its buttons"):
                        cycle.write({name: value})
                    with self.refused(AccessError, "by its buttons"):
                        Cycle.create({**vals, name: value})

    def test_what_was_not_given_is_not_taken_back(self):
        self.ask_peers()
        rows = [self.asked(self.binh, "peer", user) for user in (self.dung_user, self.giang_user, self.chi_user)]
        rows[0].action_decline()
        self.answer(rows[1], 4, 4)
        rows[0].action_take_back()
        self.assertEqual(rows[0].state, "declined")
        self.finish()
        for row, state in zip(rows, ("declined", "done", "asked"), strict=True):
            for act in (row.action_submit, row.action_decline):
                with self.refused(UserError, "phase of the review is over"):
                    act()
            if state != "done":
                row.action_take_back()
            self.assertEqual(row.state, state)
        with self.refused(UserError, "phase of the review is over"):
            rows[1].action_take_back()

    def test_the_former_manager_takes_nothing_back(self):
        row = self.asked(self.binh, "manager", self.an_user)
        self.answer(row, 4, 4)
        self.review(self.binh, user=self.officer).manager_id = self.hang
        with self.refused(UserError, "Somebody else leads this review by now"):
            row.action_take_back()
        self.assertEqual((row.state, self.asked(self.binh, "manager")), ("done", row.sudo()))

    def test_one_person_with_two_records_is_one_answer(self):
        self.ask_peers()
        for user in (self.dung_user, self.giang_user):
            self.answer(self.asked(self.binh, "peer", user), 1, 1, "Weak")
        self.asked(self.binh, "peer", self.chi_user).action_decline()
        again = self.make_employee("Dũng again", self.south)
        self.dung.user_id = False
        again.user_id = self.dung_user
        self.env.flush_all()
        self.review(self.binh, user=self.an_user).action_ask("peer", again.ids)
        second = self.asked(self.binh, "peer", self.dung_user).filtered(lambda row: row.sudo().rater_id == again)
        self.answer(second, 1, 1, "Still weak")
        self.assertFalse(self.review(self.binh).answer_ids)
        self.cycle.action_calibrate()
        self.assertFalse(self.review(self.binh).answer_ids)

    def test_nobody_signs_what_he_has_not_read(self):
        self.cycle.action_calibrate()
        self.cycle.action_talk()
        mine, led = self.review(self.binh, user=self.binh_user), self.review(self.binh, user=self.an_user)
        led.summary = "<p>A raise in May</p>"
        dialog = self.env["kpi.review.sign"].with_user(self.binh_user).browse(mine.action_ask_sign()["res_id"])
        self.assertIn("A raise in May", Form(dialog).summary)
        led.summary = "<p>A raise, perhaps</p>"
        with self.refused(UserError, "Read it again, then sign"):
            dialog.action_confirm()
        self.assertFalse(mine.employee_signed_on)
        self.env["kpi.review.sign"].with_user(self.binh_user).browse(mine.action_ask_sign()["res_id"]).action_confirm()
        self.assertEqual(mine.employee_signed_by, self.binh_user)

    def test_nobody_asks_himself_by_mail(self):
        cycle = self.make_cycle(use_external=True)
        cycle.action_launch()
        self.an_user.email = "an@example.com"
        self.chi.work_email = "chi.work@example.com"
        review = self.review(self.binh, cycle, self.an_user)
        for address in ("An <An@Example.com>", "chi.work@example.com"):
            with self.subTest(address), self.refused(UserError, "belongs to somebody who works here"):
                review.action_ask("external", emails=["guest@example.com", address])
        self.assertEqual(review.action_ask("external", emails=["guest@example.com"]), 1)

    def test_what_a_note_says_is_not_its_name(self):
        note = self.env["kpi.review.note"].with_user(self.an_user)
        note = note.create({"review_id": self.review(self.binh).id, "text": "Tired"})
        self.assertEqual(note.display_name, "Bình · March")

    def test_rows_do_not_say_who_moved_last(self):
        self.ask_peers()
        with freeze_time("2026-04-02 05:00:00"):
            self.answer(self.asked(self.binh, "peer", self.dung_user), 4, 4)
            self.env.flush_all()
        with freeze_time("2026-04-03 05:00:00"):
            self.answer(self.asked(self.binh, "peer", self.giang_user), 4, 4)
            self.env.flush_all()
        self.env.invalidate_all()
        rows = self.asked(self.binh, "peer").filtered(lambda row: row.state != "done") | self.asked(
            self.binh, "peer", self.dung_user
        )
        self.assertEqual({str(day) for day in rows.sudo().mapped("write_date")}, {"2026-04-03 05:00:00"})


@tagged("post_install", "-at_install")
class TestKpiReviewLinkAttack(ReviewCase, HttpCase):
    """Links that were not mailed to anybody."""

    freeze_time = None

    def test_no_link_but_the_mailed_one_opens_the_page(self):
        with freeze_time("2026-04-02 02:00:00"):
            self.cycle.write({"use_external": True})
            self.cycle.action_launch()
            review = self.review(self.binh, user=self.an_user)
            review.action_ask("external", emails=["guest@example.com"])
        row = self.asked(self.binh, "external")
        inside = self.asked(self.binh, "self")
        good = f"/kpi/feedback/{row.id}/{row.access_token}"
        self.assertEqual(self.url_open(good).status_code, 200)
        wrong = [f"/kpi/feedback/{row.id}/{token}" for token in ("x", "é", "False", row.access_token[:-1])]
        wrong += [f"/kpi/feedback/{row_id}/{row.access_token}" for row_id in (inside.id, row.id + 1, 0, 10**20)]
        wrong += [f"/kpi/feedback/{inside.id}/{token}" for token in ("False", "None", "0")]
        for link in wrong:
            with self.subTest(link):
                self.assertEqual(self.url_open(link).status_code, 404)
        self.authenticate(self.officer.login, PASSWORD)
        self.assertEqual(self.url_open(wrong[0]).status_code, 404)
