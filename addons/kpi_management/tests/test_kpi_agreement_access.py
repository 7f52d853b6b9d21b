from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PASSWORD, KpiCase
from .rpc_case import RpcCase

SIGNED = {
    "proposed_by_id": 1,
    "proposed_date": "2026-03-01 00:00:00",
    "holder_agreed_by_id": 1,
    "holder_agreed_date": "2026-03-01 00:00:00",
    "manager_agreed_by_id": 1,
    "manager_agreed_date": "2026-03-01 00:00:00",
}


@tagged("post_install", "-at_install")
class TestKpiAgreementShortcuts(KpiCase):
    """Nothing is binding without the names and dates of both sides, by whichever door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.make_card(cls.binh, [("T_REVENUE", 100, 1000)], agreed=False)

    def test_names_and_dates_are_not_written_by_hand(self):
        for user in (self.an_user, self.officer, self.admin):
            card = self.card.with_user(user).with_context(kpi_trusted=True)
            for name, value in SIGNED.items():
                with self.subTest(name, user=user.login), self.assertRaises(AccessError):
                    card.write({name: value})
        for name, value in {"counter_target": 1, "counter_note": "easy", "has_counter": True}.items():
            with self.subTest(name), self.assertRaises(AccessError):
                self.card.line_ids.with_user(self.officer).write({name: value})

    def test_nor_given_on_create_copy_or_by_default(self):
        Card = self.env["kpi.scorecard"].with_user(self.officer)
        vals = {**self._subject_vals(self.chi), "period_id": self.month.id}
        for name, value in SIGNED.items():
            with self.subTest(name), self.assertRaises(AccessError):
                Card.create({**vals, name: value})
        defaults = {f"default_{name}": value for name, value in SIGNED.items()}
        self.env["ir.default"].set("kpi.scorecard", "holder_agreed_by_id", self.chi_user.id)
        card = Card.with_context(**defaults).create(vals)
        self.assertFalse(any(card[name] for name in SIGNED))
        self.card.with_user(self.officer).action_agree()
        copy = self.card.with_user(self.officer).copy({"period_id": self.make_period("2026-04-01").id})
        self.assertFalse(any(copy[name] for name in SIGNED))
        self.assertEqual(copy.state, "draft")

    def test_nor_imported(self):
        Card = self.env["kpi.scorecard"].with_user(self.officer).with_context(import_file=True)
        result = Card.load([".id", "holder_agreed_by_id/.id"], [[str(self.card.id), str(self.binh_user.id)]])
        self.assertFalse(result["ids"])
        result = Card.load([".id", "state"], [[str(self.card.id), "proposed"]])
        self.assertFalse(result["ids"])

    def test_states_do_not_skip_the_agreement(self):
        for state in ("proposed", "agreed", "running"):
            with self.subTest(state), self.assertRaises(AccessError):
                self.card.with_user(self.officer).write({"state": state})
        self.card.with_user(self.an_user).action_propose()
        self.card.with_user(self.an_user).action_start()
        self.card.with_user(self.an_user).action_review()
        self.assertEqual(self.card.state, "proposed")

    def test_who_has_no_say(self):
        for user in (self.binh_user, self.chi_user, self.stranger):
            for action in ("action_propose", "action_agree"):
                with self.subTest(action, user=user.login), self.assertRaises(UserError):
                    getattr(self.card.with_user(user), action)()
        self.card.with_user(self.an_user).action_propose()
        for user in (self.chi_user, self.stranger):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.card.with_user(user).action_agree()
        with self.assertRaises(AccessError):
            self.card.with_user(self.binh_user).action_draft()
        self.assertEqual(self.card.state, "proposed")

    def test_who_reads_a_scorecard_without_being_a_side_does_not_agree(self):
        port = self.make_department("Port", parent_id=self.north.id)
        card = self.make_card(port, [("T_REVENUE", 100, 1000)], agreed=False)
        card.with_user(self.officer).action_propose()
        # Hằng leads Sales, two levels above: she reads the card, but leads neither Port nor the department above it
        with self.refused(AccessError, "Only the holder, a manager or a KPI officer"):
            card.with_user(self.hang_user).action_agree()

    def test_what_the_buttons_offer(self):
        def offered(user):
            card = self.card.with_user(user)
            return card.can_propose, card.can_agree, card.can_counter

        self.assertEqual(offered(self.an_user), (True, False, False))
        self.assertEqual(offered(self.officer), (True, True, False))
        self.assertEqual(offered(self.binh_user), (False, False, True))
        self.card.with_user(self.an_user).action_propose()
        self.assertEqual(offered(self.an_user), (False, False, False))
        self.assertEqual(offered(self.officer), (False, True, True))
        self.assertEqual(offered(self.binh_user), (False, True, True))


@tagged("post_install", "-at_install")
class TestKpiAgreementOverHttp(RpcCase):
    refusals = ("odoo.exceptions.AccessError", "odoo.exceptions.UserError")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.make_card(cls.binh, [("T_REVENUE", 100, 1000)], agreed=False)

    def test_both_sides_over_the_web_client(self):
        self.authenticate(self.binh_user.login, PASSWORD)
        for method, args in (
            ("action_agree", []),
            ("action_propose", []),
            ("_agree_for", [["holder", "manager"]]),
            ("_signed", ["holder"]),
            ("write", [{"state": "agreed"}]),
        ):
            with self.subTest(method), self.turned_away():
                self.call("kpi.scorecard", method, [self.card.id], *args)
        self.call_as(self.an_user, "kpi.scorecard", "action_propose", [self.card.id])
        new = self.call_as(self.binh_user, "kpi.scorecard.counter", "create", [{"scorecard_id": self.card.id}])
        rows = self.call("kpi.scorecard.counter.line", "search", [("counter_id", "in", new)])
        self.call("kpi.scorecard.counter.line", "write", rows, {"figure": 900})
        self.call("kpi.scorecard.counter", "action_confirm", new)
        self.assertRecordValues(self.card.line_ids, [{"target": 1000, "counter_target": 900}])
        self.call_as(self.an_user, "kpi.scorecard", "action_agree", [self.card.id])
        self.assertRecordValues(
            self.card,
            [{"state": "agreed", "holder_agreed_by_id": self.binh_user.id, "manager_agreed_by_id": self.an_user.id}],
        )
        self.assertEqual(self.card.line_ids.target, 900)
