from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .change_case import ChangeCase
from .rpc_case import RpcCase


@tagged("post_install", "-at_install")
class TestKpiTargetChangeAccess(ChangeCase):
    """Who may ask, approve, acknowledge and see."""

    def test_who_may_ask(self):
        for user in (self.binh_user, self.an_user, self.hang_user, self.officer):
            with self.subTest(user.login):
                self.assertEqual(self.ask(user, self.revenue_line, new_target=120).state, "requested")
        for user in (self.chi_user, self.stranger):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.ask(user, self.revenue_line, new_target=120)

    def test_nobody_approves_his_own_request_nor_his_own_targets(self):
        self.officer.employee_ids.parent_id = self.hang
        own = self.make_card(self.lan, [("T_REVENUE", 100, 100)])
        for asks, approves, line in (
            (self.binh_user, self.binh_user, self.revenue_line),
            (self.an_user, self.an_user, self.revenue_line),
            (self.officer, self.officer, self.revenue_line),
            (self.an_user, self.binh_user, self.revenue_line),
            (self.hang_user, self.officer, own.line_ids),
            (self.officer, self.officer, own.line_ids),
        ):
            change = self.ask(asks, line, new_target=120)
            with self.subTest(asks=asks.login, approves=approves.login), self.assertRaises(AccessError):
                change.with_user(approves).action_approve()
            with self.subTest(asks=asks.login, refuses=approves.login), self.assertRaises(AccessError):
                change.with_user(approves).action_refuse()
            with self.subTest("as superuser", approves=approves.login), self.assertRaises(AccessError):
                change.with_user(approves).sudo().action_approve()
            change.action_take_back()
        self.assertEqual((self.revenue_line.target, own.line_ids.target), (100, 100))

    def test_who_may_approve(self):
        for asks, approves in (
            (self.binh_user, self.an_user),
            (self.binh_user, self.hang_user),
            (self.binh_user, self.officer),
            (self.an_user, self.hang_user),
            (self.officer, self.an_user),
            (self.officer, self.admin),
        ):
            change = self.ask(asks, self.revenue_line, new_target=self.revenue_line.target + 1)
            with self.subTest(asks=asks.login, approves=approves.login):
                self.assertTrue(change.with_user(approves).can_approve)
                self.assertFalse(change.with_user(asks).can_approve)
                change.with_user(approves).action_approve()
                self.assertEqual(change.approved_by, approves)

    def test_others_neither_see_nor_approve(self):
        change = self.ask(self.binh_user, self.revenue_line, new_target=120)
        for user in (self.chi_user, self.stranger):
            with self.subTest(user.login):
                self.assertFalse(self.env["kpi.target.change"].with_user(user).search([("id", "=", change.id)]))
                with self.assertRaises(AccessError):
                    change.with_user(user).read(["new_target"])
                with self.assertRaises(AccessError):
                    change.with_user(user).action_approve()

    def test_only_the_holder_acknowledges(self):
        change = self.change(self.revenue_line, new_target=120)
        for user in (self.an_user, self.officer, self.admin):
            with self.subTest(user.login), self.assertRaises(AccessError):
                change.with_user(user).action_acknowledge()
        self.assertEqual(change.state, "approved")

    def test_a_department_s_targets_are_its_manager_s_to_acknowledge_and_not_to_approve(self):
        card = self.make_card(self.sales, [("T_REVENUE", 100, 100)])
        change = self.ask(self.officer, card.line_ids, new_target=120)
        with self.assertRaises(AccessError):
            change.with_user(self.hang_user).action_approve()
        change.with_user(self.admin).action_approve()
        change.with_user(self.hang_user).action_acknowledge()
        self.assertEqual((change.state, card.line_ids.target), ("acknowledged", 120))

    def test_what_the_actions_write_nobody_else_writes(self):
        change = self.draft(self.an_user, self.revenue_line, new_target=120)
        for name, env in (("requester", change), ("officer", change.with_user(self.officer)), ("sudo", change.sudo())):
            for vals in (
                {"state": "approved"},
                {"requested_by": self.binh_user.id},
                {"approved_by": self.officer.id},
                {"approved_on": "2026-03-01 00:00:00"},
                {"acknowledged_on": "2026-03-01 00:00:00"},
                {"old_target": 1},
                {"line_id": self.complaints_line.id},
                {"period_id": self.month.id},
            ):
                with self.subTest(by=name, **vals), self.assertRaises(AccessError):
                    env.write(vals)
        by_default = change.with_context(default_state="approved", default_approved_by=self.officer.id)
        copy = by_default.copy()
        self.assertEqual(
            (copy.state, copy.approved_by.id, copy.old_target, copy.new_target), ("draft", False, 100, 120)
        )

    def test_an_approved_change_stays_as_it_is(self):
        change = self.change(self.revenue_line, new_target=120)
        for name, env in (("requester", change), ("officer", change.with_user(self.officer)), ("sudo", change.sudo())):
            for attempt, act in {
                "target": lambda env=env: env.write({"new_target": 1}),
                "day": lambda env=env: env.write({"date_effective": "2026-03-01"}),
                "note": lambda env=env: env.write({"note": "x"}),
                "delete": lambda env=env: env.unlink(),
                "from the card": lambda env=env: env.scorecard_id.write({"change_ids": [(2, env.id)]}),
                "from the line": lambda env=env: env.line_id.write({"change_ids": [(1, env.id, {"new_target": 1})]}),
            }.items():
                with self.subTest(attempt, by=name), self.assertRaises(UserError):
                    act()
            with self.subTest("import", by=name):
                # Odoo's importer reports what was refused instead of raising it.
                self.assertFalse(env.load([".id", "new_target"], [[str(env.id), "1"]])["ids"])
        change.action_take_back()
        self.assertEqual((change.state, change.new_target, self.revenue_line.target), ("approved", 120, 120))

    def test_agreed_targets_change_by_no_other_way(self):
        for user in (self.an_user, self.officer, self.admin):
            for name in ("target", "weight", "threshold", "baseline", "stretch", "cap"):
                with self.subTest(user.login, term=name), self.assertRaises(UserError):
                    self.revenue_line.with_user(user).write({name: 1})


@tagged("post_install", "-at_install")
class TestKpiTargetChangeOverHttp(RpcCase, ChangeCase):
    def test_an_employee_asks_and_the_manager_approves(self):
        vals = {
            "line_id": self.revenue_line.id,
            "date_effective": "2026-03-15",
            "reason_id": self.reason.id,
            "note": "A customer left",
            "new_target": 90,
        }
        ids = self.call_as(self.binh_user, "kpi.target.change", "create", [vals])
        change = self.env["kpi.target.change"].browse(ids)
        self.call("kpi.target.change", "action_request", change.ids)
        self.check_refused(
            {
                "own request": lambda: self.call("kpi.target.change", "action_approve", change.ids),
                "state": lambda: self.call("kpi.target.change", "write", change.ids, {"state": "approved"}),
                "a mark": lambda: self.call(
                    "kpi.target.change", "write", change.ids, {"state": "approved"}, context={"kpi_trusted": True}
                ),
                "approved at once": lambda: self.call(
                    "kpi.target.change", "create", [{**vals, "approved_by": self.officer.id, "state": "approved"}]
                ),
            }
        )
        self.call_as(self.an_user, "kpi.target.change", "action_approve", change.ids)
        change.invalidate_recordset()
        self.revenue_line.invalidate_recordset()
        self.assertEqual((change.state, self.revenue_line.target), ("approved", 90))
