from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .change_case import ChangeCase


@tagged("post_install", "-at_install")
class TestKpiTargetChange(ChangeCase):
    """From request to acknowledgement."""

    def test_a_change_goes_its_way(self):
        change = self.draft(self.an_user, self.revenue_line, new_target=120)
        self.assertEqual((change.state, change.requested_by), ("draft", self.an_user))
        self.assertEqual((change.old_target, change.old_weight, change.new_weight), (100, 60, 60))
        change.action_request()
        self.assertEqual((change.state, self.revenue_line.target), ("requested", 100))
        change.with_user(self.officer).action_approve()
        self.assertEqual((change.state, change.approved_by), ("approved", self.officer))
        self.assertEqual((self.revenue_line.target, self.revenue_line.weight), (120, 60))
        change.with_user(self.binh_user).action_acknowledge()
        self.assertEqual(change.state, "acknowledged")
        self.assertTrue(change.requested_on and change.approved_on and change.acknowledged_on)

    def test_the_holder_is_told_and_reminded_until_he_acknowledges(self):
        change = self.change(self.revenue_line, new_target=120)
        activity = self.card.activity_ids
        self.assertEqual((activity.user_id, activity.summary), (self.binh_user, "Take note of your changed targets"))
        message = self.card.message_ids[0]
        self.assertIn("T_REVENUE", message.body)
        self.assertIn("A customer left", message.body)
        self.assertIn(self.binh_user.partner_id, message.notified_partner_ids)
        self.assertFalse(self.card.with_user(self.an_user).has_news)
        self.assertTrue(self.card.with_user(self.binh_user).has_news)
        self.card.with_user(self.binh_user).action_acknowledge_changes()
        self.assertEqual(change.state, "acknowledged")
        self.assertFalse(self.card.activity_ids)

    def test_the_manager_is_asked_when_an_employee_requests(self):
        self.ask(self.binh_user, self.revenue_line, new_target=90)
        self.assertEqual(self.card.activity_ids.user_id, self.an_user)

    def test_the_next_manager_is_asked_when_the_manager_requests(self):
        change = self.ask(self.an_user, self.revenue_line, new_target=90)
        self.assertEqual(self.card.activity_ids.user_id, self.hang_user)
        other = self.ask(self.binh_user, self.complaints_line, new_target=12)
        self.assertEqual(self.card.activity_ids.user_id, self.hang_user | self.an_user, "each request has its own")
        other.with_user(self.an_user).action_refuse()
        self.assertEqual(self.card.activity_ids.user_id, self.hang_user)
        change.with_user(self.hang_user).action_approve()
        self.assertEqual((change.state, self.revenue_line.target), ("approved", 90))

    def test_a_refused_change_changes_nothing_and_says_why(self):
        change = self.ask(self.binh_user, self.revenue_line, new_target=10)
        change.with_user(self.an_user).action_refuse("The market did not change for others")
        self.assertEqual((change.state, self.revenue_line.target), ("refused", 100))
        self.assertIn("The market did not change for others", self.card.message_ids[0].body)
        self.assertFalse(self.card.activity_ids)
        change.with_user(self.an_user).action_approve()
        self.assertEqual((change.state, self.revenue_line.target), ("refused", 100))

    def test_a_request_is_taken_back_changed_and_asked_again(self):
        change = self.ask(self.binh_user, self.revenue_line, new_target=10)
        with self.refused(UserError, "take the request back first"):
            change.new_target = 80
        change.action_take_back()
        self.assertFalse(self.card.activity_ids)
        change.new_target = 80
        change.action_request()
        change.with_user(self.an_user).action_approve()
        self.assertEqual(self.revenue_line.target, 80)

    def test_what_must_be_right_in_a_request(self):
        may = self.make_card(self.binh, [("T_REVENUE", 100, 100)], self.make_period("2026-05-01"), agreed=False)
        for label, line, day, vals, reason in (
            ("before the period", self.revenue_line, "2026-02-28", {"new_target": 120}, "within 03/2026"),
            ("after the period", self.revenue_line, "2026-04-01", {"new_target": 120}, "within 03/2026"),
            ("backdated without a word", self.revenue_line, "2026-03-15", {"new_target": 120, "note": " "}, "gone by"),
            ("nothing new", self.revenue_line, "2026-03-16", {}, "nothing changes"),
            ("no use", self.revenue_line, "2026-03-16", {"new_target": 0}, "needs a baseline"),
            ("a term for half the month", self.revenue_line, "2026-03-16", {"new_threshold": 50}, "for a part of the"),
            ("weights", self.revenue_line, "2026-03-16", {"new_weight": 70}, "add up to 110 instead of 100"),
            ("a draft", may.line_ids, "2026-05-02", {"new_target": 120}, "do not change by request there"),
        ):
            with self.subTest(label), self.refused(UserError, reason):
                self.ask(self.an_user, line, day, **vals)

    def test_a_change_from_the_first_day_is_a_change_of_the_whole_period(self):
        self.change(self.revenue_line, "2026-03-01", new_target=120, new_threshold=60)
        self.assertEqual((self.revenue_line.effective_target, self.revenue_line.threshold), (120, 60))
        self.assertFalse(self.revenue_line.terms_by_day)

    def test_backdating_is_allowed_with_a_reason(self):
        self.assertEqual(self.change(self.revenue_line, "2026-03-02", new_target=120).state, "approved")

    @freeze_time("2026-04-02 02:00:00")
    def test_during_review_by_a_setting_only(self):
        change = self.ask(self.an_user, self.revenue_line, new_target=120)
        self.month.with_user(self.officer).action_review()
        with self.refused(UserError, "is in “Review”"):
            change.with_user(self.officer).action_approve()
        self.company.kpi_change_in_review = True
        change.with_user(self.officer).action_approve()
        self.assertEqual(self.revenue_line.target, 120)

    @freeze_time("2026-04-02 02:00:00")
    def test_a_closed_scorecard_takes_no_changes(self):
        waiting = self.ask(self.an_user, self.revenue_line, new_target=120)
        self.company.kpi_change_in_review = True
        self.month.with_user(self.officer).action_close()
        self.assertEqual(waiting.state, "refused")
        self.assertFalse(self.card.activity_ids)
        waiting.with_user(self.officer).action_approve()
        with self.refused(UserError, "closed and no longer changes"):
            self.ask(self.an_user, self.revenue_line, new_target=130)
        self.assertEqual(self.revenue_line.target, 100)

    def test_after_a_change_there_is_no_way_back_to_draft(self):
        change = self.ask(self.an_user, self.revenue_line, new_target=120)
        with self.refused(ValidationError, "Ask for another change instead"):
            self.card.with_user(self.an_user).action_draft()
        change.with_user(self.officer).action_approve()
        with self.refused(ValidationError, "Ask for another change instead"):
            self.card.with_user(self.an_user).action_draft()

    def test_a_reason_in_use_is_kept(self):
        self.draft(self.an_user, self.revenue_line, new_target=120)
        copy = self.reason.copy({"name": "Another"})
        copy.unlink()
        self.assertFalse(copy.exists())
        self.assertEqual(self.env["kpi.target.change"]._fields["reason_id"].ondelete, "restrict")


@tagged("post_install", "-at_install")
class TestKpiTargetChangeSet(ChangeCase):
    """Weights change together, so that they always make 100."""

    def request(self, user, day="2026-03-16"):
        form = Form(
            self.env["kpi.target.change.request"].with_user(user).with_context(default_scorecard_id=self.card.id)
        )
        form.date_effective = day
        form.reason_id = self.reason
        form.note = "A customer left"
        return form

    def test_a_set_is_approved_as_one(self):
        form = self.request(self.an_user)
        for position, weight in enumerate((45, 55)):
            with form.line_ids.edit(position) as line:
                line.new_weight = weight
        self.assertEqual(form.weight_total, 100)
        form.save().action_confirm()
        changes = self.card.change_ids
        self.assertEqual((len(changes), set(changes.mapped("state"))), (2, {"requested"}))
        changes[0].with_user(self.officer).action_approve()
        self.assertEqual(set(changes.mapped("state")), {"approved"})
        self.assertEqual((self.revenue_line.weight, self.complaints_line.weight), (45, 55))
        # 15 days before, 16 after: (60 × 15 + 45 × 16) ÷ 31 = 1620 ÷ 31; (40 × 15 + 55 × 16) ÷ 31 = 1480 ÷ 31
        self.assertAlmostEqual(self.revenue_line.effective_weight, 52.2580645, 6)
        self.assertAlmostEqual(self.complaints_line.effective_weight, 47.7419355, 6)

    def test_only_what_differs_is_asked_for(self):
        form = self.request(self.binh_user)
        with form.line_ids.edit(0) as line:
            line.new_target = 90
        form.save().action_confirm()
        change = self.card.change_ids
        self.assertEqual((change.line_id, change.new_target, change.new_weight), (self.revenue_line, 90, 60))
        self.assertFalse(change.set_id)

    def test_a_request_of_nothing_is_refused(self):
        wizard = self.request(self.binh_user).save()
        with self.refused(UserError, "Nothing changes"):
            wizard.action_confirm()

    def test_weights_that_do_not_make_100_are_refused_as_a_set(self):
        form = self.request(self.an_user)
        with form.line_ids.edit(0) as line:
            line.new_weight = 60.01
        wizard = form.save()
        with self.refused(UserError, "add up to 100.01 instead of 100"):
            wizard.action_confirm()
        self.assertFalse(self.card.change_ids)

    def test_two_sets_that_each_make_100_must_make_it_together(self):
        first = self.draft(self.an_user, self.revenue_line, "2026-03-20", new_weight=50)
        first |= self.draft(self.an_user, self.complaints_line, "2026-03-20", new_weight=50)
        first.action_request()
        second = self.draft(self.binh_user, self.revenue_line, "2026-03-18", new_weight=30)
        second |= self.draft(self.binh_user, self.complaints_line, "2026-03-18", new_weight=70)
        second.action_request()
        (first | second).with_user(self.officer).action_approve()
        self.assertEqual((self.revenue_line.weight, self.complaints_line.weight), (50, 50), "from 20 March")
        # 17 days of 60, 2 of 30, 12 of 50: 1680 ÷ 31
        self.assertAlmostEqual(self.revenue_line.effective_weight, 54.1935484, 6)

    def test_one_of_a_set_is_not_smuggled_in(self):
        request = self.ask(self.an_user, self.revenue_line, new_target=120)
        for vals in ({"set_id": request.id}, {"state": "requested"}, {"approved_by": self.officer.id}):
            with self.subTest(vals), self.assertRaises(AccessError):
                self.draft(self.binh_user, self.revenue_line, new_target=1, **vals)
        own = self.draft(self.binh_user, self.revenue_line, new_target=1)
        with self.assertRaises(AccessError):
            own.write({"set_id": request.id})

    def test_refusing_one_refuses_the_set(self):
        changes = self.draft(self.an_user, self.revenue_line, new_weight=50)
        changes |= self.draft(self.an_user, self.complaints_line, new_weight=50)
        changes.action_request()
        changes[1].with_user(self.officer).action_refuse()
        self.assertEqual(changes.mapped("state"), ["refused", "refused"])

    def test_a_meeting_is_planned_with_the_other_side(self):
        action = self.card.with_user(self.an_user).action_plan_meeting()
        form = Form(self.env[action["res_model"]].with_user(self.an_user).with_context(**action["context"]))
        form.save().action_schedule_activities()
        activity = self.card.activity_ids
        self.assertEqual(activity.activity_type_id, self.env.ref("mail.mail_activity_data_meeting"))
        self.assertEqual((activity.user_id, activity.summary), (self.binh_user, "Targets of Bình · 03/2026"))
