from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PASSWORD
from .rpc_case import RpcCase
from .test_kpi_action import ActionCase


@tagged("post_install", "-at_install")
class TestKpiActionAccess(ActionCase):
    """Who may see, make and change an action, and see the figures on it."""

    def test_who_may_make_one(self):
        for user in (self.binh_user, self.an_user, self.hang_user, self.officer):
            with self.subTest(user.login):
                self.assertEqual(self.act(user, self.revenue_line).state, "open")
                self.assertEqual(self.act(user, employee_id=self.binh.id).user_id, self.binh_user)
        for user in (self.chi_user, self.stranger):
            for about in ({"line": self.revenue_line}, {"employee_id": self.binh.id}):
                with self.subTest(user.login, **about), self.assertRaises(UserError):
                    self.act(user, responsible_id=self.chi.id, **about)

    def test_who_sees_it(self):
        action = self.act(self.an_user, self.revenue_line)
        for user, seen in (
            (self.binh_user, True),
            (self.an_user, True),
            (self.hang_user, True),
            (self.officer, True),
            (self.chi_user, False),
            (self.stranger, False),
        ):
            with self.subTest(user.login):
                found = self.env["kpi.action"].with_user(user).search([("id", "=", action.id)])
                self.assertEqual(bool(found), seen)
                if not seen:
                    with self.assertRaises(AccessError):
                        action.with_user(user).read(["name"])
                    with self.assertRaises(AccessError):
                        action.with_user(user).write({"outcome": "x"})

    def test_a_colleague_who_helps_sees_the_action_and_not_the_figures(self):
        action = self.act(self.an_user, self.revenue_line, responsible_id=self.chi.id)
        self.measure_month("2026-05-01", 75, 14)
        helper = action.with_user(self.chi_user)
        names = ["name", "has_before", "attainment_before", "actual_before", "has_after", "attainment_after"]
        self.assertEqual([helper.read(names)[0][name] for name in names], ["Call back", False, 0, 0, False, 0])
        with self.assertRaises(AccessError):
            helper.read(["before"])
        with self.assertRaises(AccessError):
            self.revenue_line.with_user(self.chi_user).read(["attainment"])
        helper.action_done()
        self.assertEqual((helper.effect, action.effect), ("unknown", "better"))

    def test_who_deletes_it(self):
        action = self.act(self.an_user, self.revenue_line)
        for user in (self.binh_user, self.hang_user, self.chi_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                action.with_user(user).unlink()
        action.with_user(self.an_user).unlink()
        self.act(self.binh_user, self.revenue_line).with_user(self.officer).unlink()

    def test_states_change_by_the_buttons(self):
        action = self.act(self.an_user, self.revenue_line)
        for name, env in (("maker", action), ("officer", action.with_user(self.officer)), ("sudo", action.sudo())):
            for vals in ({"state": "done"}, {"done_on": "2026-01-01"}, {"before": {"attainment": 1, "actual": 1}}):
                with self.subTest(by=name, **vals), self.assertRaises(AccessError):
                    env.write(vals)
        for vals in ({"state": "done"}, {"done_on": "2026-01-01"}, {"before": {"attainment": 1}}):
            with self.subTest(at_once=vals), self.assertRaises(AccessError):
                self.act(self.an_user, self.revenue_line, **vals)
        by_default = self.env["kpi.action"].with_user(self.an_user)
        by_default = by_default.with_context(default_state="done", default_done_on="2026-01-01")
        vals = {"name": "x", "deadline": "2026-04-20", "line_id": self.revenue_line.id}
        made = by_default.create({**vals, "responsible_id": self.binh.id})
        self.assertRecordValues(made, [{"state": "open", "done_on": False}])


@tagged("post_install", "-at_install")
class TestKpiActionOverHttp(RpcCase, ActionCase):
    def refuse(self, method, *args):
        with self.turned_away():
            self.call("kpi.action", method, *args)

    def test_by_rpc_as_employee_manager_and_stranger(self):
        vals = {"name": "Call back", "deadline": "2026-04-20", "line_id": self.revenue_line.id}
        vals["responsible_id"] = self.binh.id
        self.authenticate(self.an_user.login, PASSWORD)
        ids = self.call("kpi.action", "create", [vals])
        self.authenticate(self.binh_user.login, PASSWORD)
        spec = {
            "name": {},
            "line_id": {"fields": {"display_name": {}}},
            "responsible_id": {"fields": {"display_name": {}}},
        }
        read = self.call("kpi.action", "web_read", ids, {**spec, "attainment_before": {}})[0]
        self.assertEqual((read["line_id"]["display_name"], read["attainment_before"]), ("T_REVENUE", 60))
        self.refuse("write", ids, {"state": "done"})
        self.refuse("unlink", ids)
        self.call("kpi.action", "action_done", ids)
        for user in (self.chi_user, self.stranger):
            self.authenticate(user.login, PASSWORD)
            with self.subTest(user.login):
                self.refuse("read", ids, ["name"])
                self.refuse("action_reopen", ids)
                self.assertEqual(self.call("kpi.action", "search_count", [["id", "in", ids]]), 0)
                self.assertFalse(self.call("kpi.action", "formatted_read_group", [["id", "in", ids]], ["state"], []))
        self.assertEqual(self.env["kpi.action"].browse(ids).state, "done")
