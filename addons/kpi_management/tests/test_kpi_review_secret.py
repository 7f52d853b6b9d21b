from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiReviewSecret(ReviewCase):
    """Nobody finds out which colleague said what, nor who answered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle.action_launch()
        cls.watchers = cls.binh_user | cls.an_user | cls.hang_user | cls.officer | cls.admin | cls.stranger
        cls.env.ref("base.group_allow_export").user_ids |= cls.watchers | cls.giang_user

    def all_answer(self):
        self.ask_peers()
        for number, user in enumerate((self.dung_user, self.giang_user, self.chi_user), 3):
            self.answer(self.asked(self.binh, "peer", user), number, number, f"Words of {user.login}")

    def test_rows_are_read_by_the_rater_alone(self):
        self.ask_peers()
        rows = self.asked(self.binh, "peer")
        self.assertEqual(len(rows), 3)
        mine = self.asked(self.binh, "peer", self.dung_user)
        self.answer(mine, 2, 2, "Between us", submit=False)
        for user in self.watchers | self.giang_user:
            others = rows.filtered(lambda row, user=user: row.user_id != user)
            theirs = others.with_user(user).sudo(False)
            with self.subTest(user.login):
                self.assertFalse(theirs.search([("id", "in", others.ids)]))
                self.assertFalse(
                    theirs.search([("rater_id", "in", (self.dung | self.giang).ids), ("side", "=", "peer")])
                    - (rows - others)
                )
                self.assertFalse(theirs._read_group([("id", "in", others.ids)], ["rater_id"], ["__count"]))
                for field in ("state", "rater_id", "write_date", "draft_ids"):
                    with self.assertRaises(AccessError):
                        theirs.read([field])
                with self.assertRaises(AccessError):
                    theirs.export_data(["rater_id", "state"])
                drafts = mine.draft_ids.with_user(user).sudo(False)
                self.assertFalse(drafts.search([("feedback_id", "=", mine.id)]))
                with self.assertRaises(AccessError):
                    drafts.read(["text"])
                with self.assertRaises(AccessError):
                    drafts.write({"text": "Changed"})

    def test_activities_tell_nobody(self):
        self.ask_peers()
        rows = self.asked(self.binh, "peer")
        Activity = self.env["mail.activity"]
        activities = Activity.search([("res_model", "=", "kpi.review.feedback"), ("res_id", "in", rows.ids)])
        self.assertEqual(activities.user_id, self.dung_user | self.giang_user | self.chi_user)
        self.assertEqual(activities.create_uid, self.env.ref("base.user_root"))
        for user in self.watchers:
            with self.subTest(user.login):
                self.assertFalse(Activity.with_user(user).search([("id", "in", activities.ids)]))
                with self.assertRaises(AccessError):
                    activities.with_user(user).read(["user_id"])
        mine = Activity.with_user(self.dung_user).search([("id", "in", activities.ids)])
        self.assertEqual(len(mine), 1)
        self.answer(self.asked(self.binh, "peer", self.dung_user), 4, 4)
        self.assertFalse(Activity.with_context(active_test=False).search([("id", "=", mine.id)]))

    def test_an_activity_done_by_hand_leaves_no_message(self):
        self.ask_peers()
        row = self.asked(self.binh, "peer", self.dung_user)
        messages = self.env["mail.message"].search([])
        row.activity_ids.action_feedback(feedback="Later")
        self.assertEqual(self.env["mail.message"].search([]), messages)
        self.assertFalse(row.activity_ids)
        self.answer(row, 4, 4)

    def test_who_gets_the_raters_employee_record_gets_no_answers(self):
        self.ask_peers()
        row = self.asked(self.binh, "peer", self.dung_user)
        self.answer(row, 4, 4, "Between us", submit=False)
        self.lan.user_id = False
        self.dung.user_id = self.officer
        self.env.flush_all()
        self.assertEqual(row.sudo().user_id, self.dung_user)
        self.assertFalse(row.draft_ids.with_user(self.officer).sudo(False).search([("feedback_id", "=", row.id)]))

    def test_answers_lead_nowhere(self):
        self.all_answer()
        answers = self.review(self.binh).answer_ids
        root = self.env.ref("base.user_root")
        self.assertEqual(sorted(filter(None, answers.mapped("rating"))), ["3", "3", "4", "4", "5", "5"])
        self.assertEqual(len(answers.filtered("text")), 3)
        self.assertFalse(answers.filtered(lambda answer: answer.rating and answer.text))
        self.assertEqual((answers.create_uid, answers.write_uid), (root, root))
        self.assertEqual(len(set(answers.mapped("create_date")) | set(answers.mapped("write_date"))), 1)
        self.assertFalse(any(answers.mapped("rater_name")))
        links = {
            name
            for name, field in answers._fields.items()
            if field.relational
            and field.comodel_name in ("res.users", "hr.employee", "kpi.review.feedback", "res.partner")
        }
        self.assertEqual(links, {"create_uid", "write_uid"})
        self.assertFalse(self.env["kpi.review.draft"].search([("feedback_id.side", "=", "peer")]))

    def test_the_order_of_answers_is_by_chance(self):
        orders = set()
        for _attempt in range(12):
            cycle = self.make_cycle()
            cycle.action_launch()
            self.ask_peers(cycle)
            for number, user in enumerate((self.dung_user, self.giang_user, self.chi_user), 3):
                self.answer(self.asked(self.binh, "peer", user, cycle), number, number)
            answers = self.review(self.binh, cycle).answer_ids.sorted("id")
            orders.add(tuple(answers.mapped("rating")))
        # six ratings in 90 orders: twelve times the same has a chance of 1 to 90 ** 11
        self.assertGreater(len(orders), 1)

    def test_the_review_does_not_move_when_a_colleague_answers(self):
        self.ask_peers()
        review = self.review(self.binh)
        self.env.flush_all()
        self.env.cr.execute("UPDATE kpi_review SET write_date = '2026-01-01', write_uid = %s", [self.officer.id])
        self.env.invalidate_all(flush=False)
        messages = review.message_ids
        self.answer(self.asked(self.binh, "peer", self.dung_user), 4, 4)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((str(review.write_date), review.write_uid), ("2026-01-01 00:00:00", self.officer))
        self.assertEqual((review.has_score, review.parts), (False, False))
        self.answer(self.asked(self.binh, "peer", self.giang_user), 4, 4)
        self.answer(self.asked(self.binh, "peer", self.chi_user), 4, 4)
        self.env.flush_all()
        self.assertEqual(review.write_uid, self.env.ref("base.user_root"))
        self.assertEqual(review.message_ids, messages)
        self.assertFalse(
            self.env["mail.message"].search([("model", "in", ("kpi.review.feedback", "kpi.review.answer"))])
        )

    def test_nothing_is_shown_below_the_least_number(self):
        self.ask_peers()
        review = self.review(self.binh)
        for user in (self.dung_user, self.giang_user):
            self.answer(self.asked(self.binh, "peer", user), 1, 1, "Bad")
        self.asked(self.binh, "peer", self.chi_user).action_decline()
        self.assertFalse(review.answer_ids or review.has_score)
        with freeze_time("2026-05-01"):
            self.cycle.feedback_date = "2026-04-20"
            self.cycle._reveal_due()
        self.assertFalse(review.answer_ids or review.has_score)

    def test_who_comes_late_changes_nothing(self):
        self.all_answer()
        review = self.review(self.binh, user=self.an_user)
        with self.refused(UserError, "shown already"):
            review.action_ask("peer", self.lan.ids)
        with self.refused(UserError, "phase of the review is over"):
            self.asked(self.binh, "peer", self.dung_user).action_take_back()
        self.assertEqual(self.review(self.binh).peer_score, 80)

    def test_searching_by_way_of_the_review_finds_nobody(self):
        self.ask_peers()
        for user in (self.an_user, self.officer):
            Review = self.env["kpi.review"].with_user(user)
            self.assertNotIn(
                "kpi.review.feedback", {field.comodel_name for field in Review._fields.values() if field.relational}
            )
            self.assertNotIn(
                "kpi.review.draft", {field.comodel_name for field in Review._fields.values() if field.relational}
            )

    def test_counts_without_names(self):
        self.ask_peers()
        leading = self.review(self.binh, user=self.an_user), self.review(self.binh, user=self.officer)
        # Below the least number not even how many: whoever asks one after the other would see who answers.
        self.env["res.users"].search([]).email = "somebody@example.com"
        for user in (None, self.dung_user, self.giang_user):
            if user:
                self.answer(self.asked(self.binh, "peer", user), 4, 4)
            self.env.invalidate_all()
            # Seven owe their own parts; whether one of the colleagues owes something is not said.
            message = "7 people were reminded, and whoever of the others has not answered."
            self.assertEqual(self.cycle.action_remind()["params"]["message"], message)
            for review in leading:
                self.assertIn("Colleagues <3/3", review.progress)
                self.assertNotIn("2 of", review.asked_html)
            rows = self.cycle._progress_rows(self.cycle._progress()[self.cycle.id])
            self.assertEqual(
                [(row["done"], row["owed"], row["few"]) for row in rows if row["name"] == "Colleagues"], [(0, 3, 3)]
            )
        leading[0].action_ask("peer", self.lan.ids)
        self.answer(self.asked(self.binh, "peer", self.chi_user), 4, 4)
        self.env.invalidate_all()
        self.assertIn("Colleagues 3/4", leading[0].progress)
        self.assertEqual(self.review(self.binh, user=self.binh_user).progress, "Self 0/1 · Manager 0/1")
        self.assertIn("Colleagues", self.cycle.progress_html)
        self.assertNotIn("Colleagues", self.cycle.with_user(self.binh_user).progress_html)

    def test_who_asked_is_no_author_of_what_was_mailed(self):
        self.dung_user.email = "dung@example.com"
        self.ask_peers()
        before = self.env["mail.message"].search([])
        self.cycle.action_remind()
        messages = self.env["mail.message"].search([]) - before
        self.assertTrue(messages)
        self.assertNotIn(self.officer, messages.create_uid)
        self.assertNotIn(self.officer.partner_id, messages.author_id)
        mine = messages.filtered(lambda message: message.mail_ids.recipient_ids == self.officer.partner_id)
        self.assertFalse(self.env["mail.message"].with_user(self.officer).search([("id", "in", (messages - mine).ids)]))

    def test_the_team_about_its_manager(self):
        cycle = self.make_cycle(use_upward=True, use_peer=False, peer_weight=0, upward_weight=20)
        cycle.action_launch()
        for user in (self.binh_user, self.dung_user, self.giang_user):
            self.assertFalse(
                self.asked(self.an, "upward", cycle=cycle).with_user(self.an_user).sudo(False)._filtered_access("read")
            )
            self.answer(self.asked(self.an, "upward", user, cycle), 3, 4)
        review = self.review(self.an, cycle, self.an_user)
        # (2 × 60 + 80) / 3
        self.assertEqual(review.upward_score, 66.67)
        self.assertFalse(any(review.answer_ids.mapped("rater_name")))

    def test_names_where_they_were_not_promised_to_be_secret(self):
        cycle = self.make_cycle(anonymous=False, min_raters=1)
        cycle.action_launch()
        self.review(self.binh, cycle, self.an_user).action_ask("peer", self.dung.ids)
        row = self.asked(self.binh, "peer", cycle=cycle)
        for user, sees in (
            (self.an_user, 1),
            (self.officer, 1),
            (self.hang_user, 1),
            (self.binh_user, 0),
            (self.giang_user, 0),
        ):
            with self.subTest(user.login):
                self.assertEqual(row.with_user(user).sudo(False).search_count([("id", "=", row.id)]), sees)
        self.answer(self.asked(self.binh, "peer", self.dung_user, cycle), 4, 4, "Good")
        self.assertEqual(set(self.review(self.binh, cycle, self.binh_user).answer_ids.mapped("rater_name")), {"Dũng"})
