from odoo.tests import tagged

from .test_kpi_agreement import AgreementCase


@tagged("post_install", "-at_install")
class TestKpiAgreementBulk(AgreementCase):
    """Lan, KPI officer, agrees to many scorecards at once; Bình and Chi are her own people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.binh | cls.chi).parent_id = cls.lan
        cls.chi_card = cls.make_card(cls.chi, [("T_REVENUE", 100, 1000)], agreed=False)
        cls.an_card = cls.make_card(cls.an, [("T_REVENUE", 100, 1000)], agreed=False)

    def agree(self, cards, user=None):
        return cards.with_user(user or self.officer).action_agree()

    def test_those_left_are_named_with_the_reason(self):
        told = self.agree(self.card | self.chi_card | self.an_card)
        self.assertEqual(self.an_card.state, "agreed")
        self.assertEqual((self.card | self.chi_card).mapped("state"), ["proposed", "proposed"])
        self.assertEqual(told["params"]["type"], "warning")
        self.assertEqual(
            told["params"]["message"],
            "Scorecards agreed: 1. You agree for the manager's side; the holder has still to agree (2): Bình, Chi.",
        )

    def test_when_all_are_left_it_is_said_too_and_again(self):
        cards = self.card | self.chi_card
        for _time in range(2):
            told = self.agree(cards)
            self.assertIn("Scorecards agreed: 0. You agree for the manager's side", told["params"]["message"])

    def test_her_own_waits_for_the_manager(self):
        own = self.make_card(self.lan, [("T_REVENUE", 100, 1000)], agreed=False)
        self.assertIn(
            "You agree for the holder's side; the manager has still to agree (1): Lan.",
            self.agree(own | self.an_card)["params"]["message"],
        )

    def test_nothing_is_said_when_all_are_agreed(self):
        self.agree(self.card)
        self.assertFalse(self.agree(self.card, self.binh_user))
        self.assertFalse(self.agree(self.an_card))
        self.assertFalse(self.agree(self.an_card | self.card), "agreed before: nothing was asked")

    def test_more_than_five_are_counted_and_not_all_named(self):
        people = self.env["hr.employee"]
        for name in ("P1", "P2", "P3", "P4", "P5", "P6"):
            people |= self.make_employee(name, self.south, parent_id=self.lan.id)
        cards = self.env["kpi.scorecard"].union(
            *(self.make_card(person, [("T_REVENUE", 100, 1000)], agreed=False) for person in people)
        )
        self.assertIn("(6): P1, P2, P3, P4, P5….", self.agree(cards)["params"]["message"])

    def test_the_list_s_menu_hands_the_message_on(self):
        action = self.env.ref("kpi_management.action_server_agree_scorecard").with_user(self.officer)
        cards = self.card | self.an_card
        told = action.with_context(active_model=cards._name, active_ids=cards.ids, active_id=cards[0].id).run()
        self.assertIn("Bình", told["params"]["message"])


@tagged("post_install", "-at_install")
class TestKpiCounterHint(AgreementCase):
    """Whoever answers reads who is meant."""

    def hint(self, user):
        card = self.card.with_user(user)
        return self.env["kpi.scorecard.counter"].with_user(user).create({"scorecard_id": card.id}).hint

    def test_the_holder_reads_who_answers_him(self):
        self.card.with_user(self.an_user).action_propose()
        self.assertEqual(
            self.hint(self.binh_user),
            f"Type the figures you can agree to, and why. Then {self.an_user.name} agrees to them or answers.",
        )

    def test_an_officer_reads_for_whom_he_answers(self):
        self.card.with_user(self.an_user).action_propose()
        binh, an = self.binh_user.name, self.an_user.name
        self.assertEqual(
            self.hint(self.officer),
            f"You answer for {binh}: type the figures {binh} can agree to, and why. Then {an} agrees to them or answers.",
        )

    def test_without_a_known_manager_an_officer_answers(self):
        self.binh.parent_id = False
        self.assertEqual(
            self.hint(self.binh_user),
            "Type the figures you can agree to, and why. Then a KPI officer agrees to them or answers.",
        )

    def test_the_manager_reads_who_is_asked_again(self):
        self.card.with_user(self.an_user).action_propose()
        self.counter(self.binh_user, T_REVENUE=900)
        binh = self.binh_user.name
        self.assertEqual(
            self.hint(self.an_user),
            f"The figures here become the targets. Where they differ from those of {binh}, {binh} is asked again.",
        )
