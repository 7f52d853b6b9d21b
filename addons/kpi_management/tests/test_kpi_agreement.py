from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import KpiCase
from .crowd import make_crowd

ACTIVITY = "kpi_management.mail_activity_type_agree"


class AgreementCase(KpiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lines = [("T_REVENUE", 60, 1000), ("T_COMPLAINTS", 40, 5)]
        cls.card = cls.make_card(cls.binh, lines, agreed=False)

    def counter(self, user, card=None, **figures):
        """Answer with other figures as a user: {KPI code: figure or (figure, reason)}."""
        card = (card or self.card).with_user(user)
        wizard = self.env["kpi.scorecard.counter"].with_user(user).create({"scorecard_id": card.id})
        for code, answer in figures.items():
            figure, note = answer if isinstance(answer, tuple) else (answer, False)
            row = wizard.line_ids.filtered(lambda row, code=code: row.line_id.definition_id.code == code)
            row.write({"figure": figure, "note": note})
        wizard.action_confirm()

    def asked(self, card=None):
        """Whom an activity asks to agree."""
        return (card or self.card).activity_search([ACTIVITY]).user_id

    def check_sides(self, state, holder, manager, card=None):
        self.assertRecordValues(
            card or self.card,
            [
                {
                    "state": state,
                    "holder_agreed_by_id": holder.id if holder else False,
                    "manager_agreed_by_id": manager.id if manager else False,
                }
            ],
        )


@tagged("post_install", "-at_install")
class TestKpiAgreement(AgreementCase):
    def test_the_manager_proposes_and_the_holder_agrees(self):
        self.card.with_user(self.an_user).action_propose()
        self.check_sides("proposed", None, self.an_user)
        self.assertEqual((self.card.proposed_by_id, self.card.waiting_for), (self.an_user, "holder"))
        self.assertEqual(self.asked(), self.binh_user)
        self.card.with_user(self.binh_user).action_agree()
        self.check_sides("agreed", self.binh_user, self.an_user)
        self.assertTrue(self.card.holder_agreed_date and self.card.manager_agreed_date and self.card.proposed_date)
        self.assertFalse(self.card.waiting_for)
        self.assertFalse(self.asked(), "nobody is asked any more")

    def test_a_manager_who_agrees_to_a_draft_proposes_it(self):
        self.card.with_user(self.an_user).action_agree()
        self.check_sides("proposed", None, self.an_user)
        self.card.with_user(self.an_user).action_agree()
        self.check_sides("proposed", None, self.an_user)
        self.card.with_user(self.hang_user).action_agree()
        self.check_sides("proposed", None, self.an_user)

    def test_an_officer_who_is_neither_side_agrees_for_both(self):
        self.card.with_user(self.officer).action_agree()
        self.check_sides("agreed", self.officer, self.officer)
        name = self.officer.name
        self.assertEqual(
            self.card.agreement_text,
            f"Agreed by the holder ({name} on 04/02/2026) and the manager ({name} on 04/02/2026).",
        )

    def test_an_officer_proposes_and_the_holder_agrees(self):
        self.card.with_user(self.officer).action_propose()
        self.assertEqual(self.asked(), self.binh_user)
        self.card.with_user(self.binh_user).action_agree()
        self.check_sides("agreed", self.binh_user, self.officer)

    def test_an_officer_is_one_side_where_he_is_one_of_the_two(self):
        self.binh.parent_id = self.lan
        self.card.with_user(self.officer).action_agree()
        self.check_sides("proposed", None, self.officer)
        own = self.make_card(self.lan, [("T_REVENUE", 100, 1000)], agreed=False)
        own.with_user(self.officer).action_agree()
        self.check_sides("proposed", self.officer, None, own)
        self.assertIn("no manager with a login is known", own.agreement_text)
        own.with_user(self.officer).action_agree()
        self.check_sides("proposed", self.officer, None, own)
        own.with_user(self.admin).action_agree()
        self.check_sides("agreed", self.officer, self.admin, own)

    def test_a_holder_without_a_login_is_spoken_for_by_an_officer(self):
        self.binh.user_id = False
        self.card.with_user(self.an_user).action_propose()
        self.assertFalse(self.asked())
        self.assertEqual(self.card.agreement_text, "Waits for Bình to agree.")
        self.card.with_user(self.officer).action_agree()
        self.check_sides("agreed", self.officer, self.an_user)

    def test_whoever_leads_a_department_answers_for_its_scorecard(self):
        card = self.make_card(self.sales, [("T_REVENUE", 100, 1000)], agreed=False)
        self.assertEqual(card.holder_user_id, self.hang_user)
        card.with_user(self.officer).action_propose()
        self.assertEqual(self.asked(card), self.hang_user)
        card.with_user(self.hang_user).action_agree()
        self.check_sides("agreed", self.hang_user, self.officer, card)

    def test_whoever_leads_the_department_above_is_the_other_side(self):
        self.sales.manager_id, self.north.manager_id = self.hang, self.an
        card = self.make_card(self.north, [("T_REVENUE", 100, 1000)], agreed=False)
        card.with_user(self.officer).action_propose()
        self.counter(self.an_user, card, T_REVENUE=900)
        self.counter(self.hang_user, card, T_REVENUE=950)
        self.check_sides("proposed", None, self.hang_user, card)
        card.with_user(self.an_user).action_agree()
        self.check_sides("agreed", self.an_user, self.hang_user, card)
        self.assertEqual(card.line_ids.target, 950)

    def test_the_company_s_scorecard_is_an_officer_s_to_agree(self):
        card = self.make_card(self.company, [("T_REVENUE", 100, 1000)], agreed=False)
        card.with_user(self.officer).action_agree()
        self.check_sides("agreed", self.officer, self.officer, card)

    def test_what_is_proposed_is_not_changed_by_hand(self):
        self.card.with_user(self.an_user).action_propose()
        card = self.card.with_user(self.an_user)
        for attempt, change in {
            "target": lambda: card.line_ids[0].write({"target": 900}),
            "weight": lambda: card.line_ids[0].write({"weight": 50}),
            "one KPI less": lambda: card.line_ids[0].unlink(),
            "another person": lambda: card.write({"employee_id": self.chi.id}),
            "delete": lambda: card.unlink(),
        }.items():
            with self.subTest(attempt), self.refused(UserError, "is up for agreement. Take it back to draft"):
                change()
        card.action_draft()
        self.check_sides("draft", None, None)
        self.assertFalse(self.card.proposed_by_id)
        self.assertFalse(self.asked())
        card.line_ids[0].target = 900

    def test_who_agrees_from_the_board_reads_to_what(self):
        self.line(self.card, "T_COMPLAINTS").write({"weight": 30})
        uptime = {"definition_id": self.make_kpi("T_UPTIME", direction="band").id, "weight": 10}
        self.card.line_ids = [(0, 0, {**uptime, "band_low": 90, "band_high": 95.5, "band_tolerance": 5})]
        self.card.with_user(self.an_user).action_propose()
        card = self.card.with_user(self.binh_user)
        self.assertEqual(card.agreement_text, "Waits for you to agree, or to answer with other figures.")
        self.assertEqual(self.card.with_user(self.an_user).agreement_text, f"Waits for {self.binh_user.name} to agree.")
        self.assertEqual(
            card.terms_text,
            "T_REVENUE: 1,000\N{NO-BREAK SPACE}₫ (60 %)\nT_COMPLAINTS: 5 (30 %)\nT_UPTIME: 90 – 95.5 (10 %)",
        )

    def test_back_in_draft_both_sides_agree_anew(self):
        self.card.with_user(self.an_user).action_propose()
        self.card.with_user(self.binh_user).action_agree()
        self.card.with_user(self.an_user).action_draft()
        self.check_sides("draft", None, None)
        self.card.with_user(self.an_user).action_agree()
        self.assertEqual(self.card.state, "proposed")

    def test_weights_of_99_99_are_neither_proposed_nor_agreed(self):
        self.line(self.card, "T_COMPLAINTS").weight = 39.99
        for action in ("action_propose", "action_agree"):
            with self.subTest(action), self.refused(UserError, r"add up to 99.99 instead of 100"):
                getattr(self.card.with_user(self.an_user), action)()
        with self.refused(UserError, r"add up to 99.99 instead of 100"):
            self.card.with_user(self.officer).action_agree()

    def test_a_period_does_not_close_over_a_proposal(self):
        self.card.with_user(self.an_user).action_propose()
        with self.refused(UserError, "Scorecards not agreed yet: 1"):
            self.month.with_user(self.officer).action_close()

    def test_a_proposal_is_computed_like_any_other(self):
        self.card.with_user(self.an_user).action_propose()
        self.enter("t_revenue", self.binh, 800)
        self.enter("t_complaints", self.binh, 5)
        self.card.with_user(self.binh_user).action_compute()
        # 0.6 × 80 + 0.4 × 100
        self.assertEqual((self.card.score, self.card.state), (88.0, "proposed"))


@tagged("post_install", "-at_install")
class TestKpiCounter(AgreementCase):
    def test_the_manager_takes_the_holder_s_figure(self):
        self.card.with_user(self.an_user).action_propose()
        self.counter(self.binh_user, T_REVENUE=(900, "two weeks of leave"))
        line = self.line(self.card, "T_REVENUE")
        self.assertRecordValues(line, [{"target": 1000, "counter_target": 900, "has_counter": True}])
        self.check_sides("proposed", self.binh_user, None)
        self.assertEqual(self.asked(), self.an_user)
        self.assertIn(
            "T_REVENUE 1,000&nbsp;₫ → 900&nbsp;₫ (two weeks of leave)",
            self.card.message_ids[0].body,
        )
        self.card.with_user(self.an_user).action_agree()
        self.check_sides("agreed", self.binh_user, self.an_user)
        self.assertRecordValues(line, [{"target": 900, "has_counter": False}])

    def test_the_manager_answers_with_a_third_figure(self):
        self.card.with_user(self.an_user).action_propose()
        self.counter(self.binh_user, T_REVENUE=900)
        self.counter(self.an_user, T_REVENUE=950)
        self.assertRecordValues(
            self.line(self.card, "T_REVENUE"), [{"target": 950, "has_counter": False, "counter_target": 0}]
        )
        self.check_sides("proposed", None, self.an_user)
        self.assertEqual(self.asked(), self.binh_user)
        self.card.with_user(self.binh_user).action_agree()
        self.check_sides("agreed", self.binh_user, self.an_user)

    def test_an_answer_with_the_holder_s_own_figures_settles_it(self):
        self.card.with_user(self.an_user).action_propose()
        self.counter(self.binh_user, T_REVENUE=900, T_COMPLAINTS=6)
        self.counter(self.an_user)
        self.check_sides("agreed", self.binh_user, self.an_user)
        self.assertEqual(self.card.line_ids.mapped("target"), [900, 6])

    def test_the_holder_proposes_targets_of_his_own_for_a_draft(self):
        self.counter(self.binh_user, T_REVENUE=1100)
        self.check_sides("proposed", self.binh_user, None)
        self.assertEqual(self.card.proposed_by_id, self.binh_user)
        self.assertEqual(self.asked(), self.an_user)
        self.card.with_user(self.an_user).action_agree()
        self.check_sides("agreed", self.binh_user, self.an_user)
        self.assertEqual(self.line(self.card, "T_REVENUE").target, 1100)

    def test_an_officer_who_is_neither_side_may_accept_for_the_manager(self):
        self.card.with_user(self.an_user).action_propose()
        self.counter(self.binh_user, T_REVENUE=900)
        self.card.with_user(self.officer).action_agree()
        self.check_sides("agreed", self.binh_user, self.officer)
        self.assertEqual(self.line(self.card, "T_REVENUE").target, 900)

    def test_nobody_answers_out_of_turn(self):
        self.card.with_user(self.an_user).action_propose()
        with self.refused(AccessError, "the other side's turn"):
            self.counter(self.an_user, T_REVENUE=2000)
        self.counter(self.binh_user, T_REVENUE=900)
        with self.refused(AccessError, "the other side's turn"):
            self.counter(self.binh_user, T_REVENUE=800)
        with self.assertRaises(AccessError):
            self.counter(self.chi_user, T_REVENUE=1)
        self.card.with_user(self.binh_user).action_agree()
        self.check_sides("proposed", self.binh_user, None)
        self.card.with_user(self.an_user).action_agree()
        with self.refused(AccessError, "the other side's turn"):
            self.counter(self.binh_user, T_REVENUE=800)

    def test_the_same_figures_are_no_answer(self):
        self.card.with_user(self.an_user).action_propose()
        with self.refused(UserError, "Type another figure or a reason"):
            self.counter(self.binh_user)

    def test_a_figure_that_cannot_be_scored_is_refused(self):
        self.card.with_user(self.an_user).action_propose()
        with self.refused(ValidationError, "T_REVENUE: A target of zero or less needs a baseline"):
            self.counter(self.binh_user, T_REVENUE=0)

    def test_lines_of_another_scorecard_are_refused(self):
        other = self.make_card(self.chi, [("T_REVENUE", 100, 1000)], agreed=False)
        self.card.with_user(self.an_user).action_propose()
        wizard = self.env["kpi.scorecard.counter"].with_user(self.binh_user).create({"scorecard_id": self.card.id})
        wizard.sudo().line_ids[0].line_id = other.line_ids
        with self.assertRaises(UserError):
            wizard.action_confirm()
        self.assertFalse(other.line_ids.has_counter)


@tagged("post_install", "-at_install")
class TestKpiAgreementCrowd(AgreementCase):
    def test_a_manager_proposes_a_thousand_with_as_many_queries_as_ten(self):
        people = make_crowd(self.binh, 1010)
        cards = self.env["kpi.scorecard"].create(
            [
                {
                    **self._subject_vals(person),
                    "period_id": self.month.id,
                    "line_ids": [(0, 0, self._line_vals("T_REVENUE", 100, 1000))],
                }
                for person in people
            ]
        )
        self.env.flush_all()
        cards = cards.with_context(tracking_disable=False)
        few, many = cards[:10].with_user(self.an_user), cards[10:].with_user(self.an_user)
        counts = []
        for group in (few, many):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            group.action_propose()
            self.env.flush_all()
            self.env.cr.precommit.run()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(set(cards.mapped("state")), {"proposed"})
        self.assertEqual(len(cards.activity_search([ACTIVITY])), 1010)
        # Odoo inserts a hundred rows at a time: 1,000 activities, their messages and followers.
        self.assertLess(counts[1] - counts[0], 120, counts)
