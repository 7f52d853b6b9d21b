from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import KpiCase
from .crowd import make_crowd


@tagged("post_install", "-at_install")
class TestKpiPeriodChecklist(KpiCase):
    """What is open before a period is closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.period = cls.month.with_user(cls.officer)
        cls.binh_card = cls.make_card(cls.binh, [("T_REVENUE", 60, 100), ("T_COMPLAINTS", 40, 10)])
        cls.chi_card = cls.make_card(cls.chi, [("T_REVENUE", 100, 100)])

    def items(self):
        self.period.invalidate_recordset()
        return {item["code"]: item for item in self.period.checklist}

    def opened(self, code):
        action = self.period.action_open_check(code)
        return self.env[action["res_model"]].with_user(self.officer).search(action["domain"])

    def complete(self):
        self.enter("t_revenue", self.binh, 80)
        self.enter("t_complaints", self.binh, 5)
        self.enter("t_revenue", self.chi, 100)
        self.period.action_compute()

    def test_figures_not_typed_are_counted_and_listed(self):
        self.enter("t_revenue", self.binh, 80)
        item = self.items()["figures"]
        self.assertEqual((item["count"], item["blocking"], item["text"]), (2, False, "Figures not typed"))
        action = self.period.action_open_check("figures")
        entry = self.env[action["res_model"]].with_user(self.officer).with_context(**action["context"]).create({})
        missing = {(line.measure_id.code, line.subject_id) for line in entry.line_ids}
        self.assertEqual(missing, {("t_complaints", self.binh.id), ("t_revenue", self.chi.id)})

    def test_scorecards_not_agreed_block(self):
        draft = self.make_card(self.an, [("T_REVENUE", 70, 100)], agreed=False)
        items = self.items()
        self.assertEqual((items["not_agreed"]["count"], items["not_agreed"]["blocking"]), (1, True))
        self.assertEqual(self.opened("not_agreed"), draft)
        self.assertEqual((items["weights"]["count"], self.opened("weights")), (1, draft))

    def test_what_was_never_computed_has_no_data_or_is_in_error(self):
        self.assertEqual(self.opened("not_computed"), self.binh_card | self.chi_card)
        self.revenue.with_user(self.admin).formula = "t_revenue / (t_revenue - 80)"
        self.complete()
        self.assertNotIn("not_computed", self.items())
        self.assertEqual(self.opened("no_data"), self.line(self.binh_card, "T_REVENUE"), "80 / 0")
        self.env.flush_all()
        self.env.cr.execute("UPDATE kpi_scorecard_line SET result = 'error' WHERE id = %s", [self.chi_card.line_ids.id])
        self.env.invalidate_all()
        self.assertEqual(self.opened("error"), self.chi_card.line_ids)

    def test_target_changes_to_be_decided_lapse_with_the_closing(self):
        self.complete()
        change = (
            self.env["kpi.target.change"]
            .with_user(self.hang_user)
            .create(
                {
                    "line_id": self.chi_card.line_ids.id,
                    "date_effective": "2026-03-15",
                    "reason_id": self.env.ref("kpi_management.change_reason_market").id,
                    "note": "A customer left",
                    "new_target": 120,
                }
            )
        )
        change.action_request()
        self.assertEqual((set(self.items()), self.opened("changes")), ({"changes"}, change))
        self.period.action_close()
        self.assertEqual((change.state, self.chi_card.score), ("refused", 100))

    @freeze_time("2026-03-31 16:59:59")
    def test_a_period_that_goes_on_is_not_closed(self):
        item = self.items()["not_ended"]
        self.assertEqual((item["blocking"], item["text"]), (True, "The period ends on 03/31/2026."))
        with self.refused(UserError, "cannot be closed before"):
            self.period.action_close()

    def test_a_clean_period_closes_in_one_step(self):
        self.complete()
        self.assertFalse(self.period.checklist)
        self.assertIs(self.period.action_ask_close(), True)
        self.assertEqual(self.period.state, "closed")
        self.assertFalse(self.period.checklist)

    def test_what_is_open_is_shown_first_and_may_stay_open(self):
        action = self.period.action_ask_close()
        self.assertEqual((self.period.state, action["res_model"]), ("open", "kpi.period.close"))
        dialog = self.env["kpi.period.close"].with_user(self.officer).with_context(**action["context"]).create({})
        self.assertEqual({item["code"] for item in dialog.checklist}, {"figures", "not_computed"})
        self.assertFalse(dialog.is_blocked)
        dialog.action_confirm()
        self.assertEqual(self.period.state, "closed")

    def test_what_blocks_is_not_closed_from_the_dialog_either(self):
        self.make_card(self.an, [("T_REVENUE", 70, 100)], agreed=False)
        dialog = self.env["kpi.period.close"].with_user(self.officer).create({"period_id": self.month.id})
        self.assertTrue(dialog.is_blocked)
        with self.refused(UserError, "not agreed yet"):
            dialog.action_confirm()
        self.assertEqual(self.period.state, "open")

    def test_what_is_settled_meanwhile_is_said(self):
        self.complete()
        with self.refused(UserError, "settled already"):
            self.period.action_open_check("figures")

    def test_employees_have_no_checklist_and_do_not_close(self):
        for user in (self.binh_user, self.an_user):
            with self.subTest(user.login):
                self.assertFalse(self.month.with_user(user).checklist)
                with self.assertRaises(AccessError):
                    self.month.with_user(user).action_ask_close()
                with self.assertRaises(AccessError):
                    self.env["kpi.period.close"].with_user(user).create({"period_id": self.month.id})

    def test_a_thousand_scorecards_cost_as_many_queries_as_ten(self):
        people = make_crowd(self.chi, 1000)
        # What is the same for all of an officer's periods is cached.
        self.assertTrue(self.period.with_user(self.officer).checklist)
        for count, period in ((10, self.make_period("2026-01-01")), (1000, self.make_period("2026-02-01"))):
            self.env["kpi.scorecard"].create(
                [
                    {
                        **self._subject_vals(person),
                        "period_id": period.id,
                        "line_ids": [Command.create(self._line_vals("T_REVENUE", 100, 100))],
                    }
                    for person in people[:count]
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(count), self.assertQueryCount(27):
                items = {item["code"]: item["count"] for item in period.with_user(self.officer).checklist}
            self.assertEqual(items, {"not_agreed": count, "figures": count, "not_computed": count})
