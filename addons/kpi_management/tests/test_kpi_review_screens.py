from odoo.tests import Form, freeze_time, tagged

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewScreens(ReviewCase):
    """The forms, as the people who use them."""

    def test_an_officer_makes_a_cycle(self):
        with Form(self.env["kpi.review.cycle"].with_user(self.officer).with_company(self.company)) as form:
            form.period_id = self.month
            form.use_upward = True
            form.upward_weight = 10
            form.manager_weight = 30
            with form.guideline_ids.new() as line:
                line.grade_id = form.scale_id.grade_ids[0]
                line.max_percent = 10
        cycle = form.record
        self.assertRecordValues(
            cycle, [{"name": "Review 03/2026", "weight_total": 100, "leader_id": False, "anonymous": True}]
        )

    def test_a_manager_makes_one_for_the_team_and_asks(self):
        with Form(self.env["kpi.review.cycle"].with_user(self.an_user)) as form:
            form.period_id = self.month
            form.use_peer = True
        cycle = form.record
        self.assertEqual((cycle.leader_id, cycle.can_edit), (self.an, True))
        cycle.action_launch()
        review = self.review(self.binh, cycle, self.an_user)
        self.assertTrue(review.can_ask)
        action = review.action_ask_people()
        with Form(self.env[action["res_model"]].with_user(self.an_user).with_context(**action["context"])) as ask:
            self.assertEqual(ask.side, "peer")
            ask.employee_ids.add(self.chi)
            ask.employee_ids.add(self.dung)
        self.assertEqual(ask.record.action_confirm()["params"]["message"], "2 people were asked.")
        self.assertEqual(self.asked(self.binh, "peer", cycle=cycle).user_id, self.chi_user | self.dung_user)

    def test_a_colleague_answers_on_the_form(self):
        self.cycle.action_launch()
        self.ask_peers()
        row = self.asked(self.binh, "peer", self.chi_user)
        action = row.action_fill()
        with Form(row, view="kpi_management.view_kpi_review_feedback_form") as form:
            with form.draft_ids.edit(0) as draft:
                draft.rating = "4"
                draft.text = "Calls back"
            with form.draft_ids.edit(1) as draft:
                draft.rating = "0"
        self.assertEqual(action["res_id"], row.id)
        self.assertEqual(row.draft_ids[0].levels[4]["behaviour"], "Calls back first")
        row.action_submit()
        self.assertEqual((row.state, row.is_open), ("done", True))
        # what the list of what is to be answered reads of a review that the rater may not read
        spec = {"employee_id": {"fields": {"display_name": {}}}, "cycle_id": {"fields": {"display_name": {}}}}
        read = row.web_read({**spec, "side": {}, "due_date": {}, "is_open": {}})[0]
        self.assertEqual(read["employee_id"]["display_name"], "Bình")

    def test_each_opens_the_own_part_from_the_review(self):
        self.cycle.action_launch()
        for user, side in ((self.binh_user, "self"), (self.an_user, "manager")):
            review = self.review(self.binh, user=user)
            self.assertTrue(review.owes_mine)
            row = self.asked(self.binh, side, user)
            self.assertEqual(review.action_fill_mine()["res_id"], row.id)
            self.answer(row, 4, 4)
            review.invalidate_recordset()
            self.assertFalse(review.owes_mine)
        self.assertFalse(self.review(self.binh, user=self.hang_user).owes_mine)

    def test_the_result_is_shown_with_its_arithmetic(self):
        self.cycle.action_launch()
        self.answer(self.asked(self.binh, "manager", self.an_user), 4, 4)
        self.answer(self.asked(self.binh, "self", self.binh_user), 5, 5)
        html = self.review(self.binh, user=self.binh_user).result_html
        # the manager's 30 is all there is of what counts
        for text in ("80.00", "30.00", "100.00", "missing", "Colleagues"):
            self.assertIn(text, html)
        self.assertEqual(self.review(self.binh).missing, "KPIs, Colleagues")

    def test_the_manager_writes_summary_and_notes(self):
        self.cycle.action_launch()
        with Form(self.review(self.binh, user=self.an_user)) as form:
            form.summary = "<p>More visits</p>"
            with form.note_ids.new() as note:
                note.text = "Ask about the car"
        self.assertEqual(form.record.note_ids.author_id, self.an_user)
        # another request
        self.env.invalidate_all()
        self.assertFalse(self.review(self.binh, user=self.binh_user).note_ids)

    def test_an_objective_for_what_comes_next(self):
        self.cycle.action_launch()
        review = self.review(self.binh, user=self.an_user)
        action = review.action_new_objective()
        with Form(self.env["kpi.objective"].with_user(self.an_user).with_context(**action["context"])) as form:
            form.name = "Ten new customers"
        self.assertRecordValues(
            form.record,
            [
                {
                    "owner_id": self.binh.id,
                    "level": "individual",
                    "review_id": review.id,
                    "date_start": form.record.date_start.replace(month=4, day=1),
                    "date_end": form.record.date_end.replace(month=4, day=30),
                }
            ],
        )
        self.assertEqual(review.objective_ids, form.record)

    def test_signing_and_grading_in_their_dialogs(self):
        self.cycle.action_launch()
        grade = self.cycle.scale_id.grade_ids[0]
        review = self.review(self.binh, user=self.an_user)
        context = review.action_ask_grade()["context"]
        with Form(self.env["kpi.review.grade"].with_user(self.an_user).with_context(**context)) as form:
            form.grade_id = grade
            form.reason = "Saved the north"
        form.record.action_confirm()
        self.assertEqual((review.proposed_grade_id, review.proposed_reason), (grade, "Saved the north"))
        self.cycle.action_calibrate()
        self.cycle.action_talk()
        review.summary = "<p>More visits</p>"
        mine = self.review(self.binh, user=self.binh_user)
        wizard = self.env["kpi.review.sign"].with_user(self.binh_user).browse(mine.action_ask_sign()["res_id"])
        with Form(wizard) as form:
            form.remark = "Agreed"
        form.record.action_confirm()
        self.assertEqual((mine.employee_signed_by, mine.employee_remark), (self.binh_user, "Agreed"))
