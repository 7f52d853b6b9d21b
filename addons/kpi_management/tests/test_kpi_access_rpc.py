from odoo.tests import tagged

from .common import PASSWORD
from .rpc_case import Json2Case, RpcCase


@tagged("post_install", "-at_install")
class TestKpiAccessOverHttp(RpcCase, Json2Case):
    """The same refusals from outside: by the web client's calls and by JSON-2 with an API key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card_binh = cls.make_card(cls.binh, [("T_REVENUE", 100, 1000)], agreed=False)
        cls.card_an = cls.make_card(cls.an, [("T_REVENUE", 100, 1000)], agreed=False)
        cls.figure = cls.enter("t_revenue", cls.binh, 800)

    def test_an_employee_over_the_web_client(self):
        self.authenticate(self.binh_user.login, PASSWORD)
        card, line, other = self.card_binh.id, self.card_binh.line_ids.id, self.card_an.id
        self.assertEqual(self.call("kpi.scorecard", "search_read", [], ["score"]), [{"id": card, "score": 0.0}])
        self.check_refused(
            {
                "own target": lambda: self.call("kpi.scorecard.line", "write", [line], {"target": 1}),
                "own actual": lambda: self.call("kpi.scorecard.line", "write", [line], {"actual": 5000}),
                "own score": lambda: self.call("kpi.scorecard", "write", [card], {"score": 120}),
                "own figure": lambda: self.call("kpi.measurement", "write", [self.figure.id], {"value": 5000}),
                "another's card": lambda: self.call("kpi.scorecard", "read", [other], ["score"]),
                "another's line": lambda: self.call(
                    "kpi.scorecard.line", "web_save", [self.card_an.line_ids.id], {"target": 1}, specification={}
                ),
                "computing another's card": lambda: self.call("kpi.scorecard", "action_compute", [other]),
            }
        )
        self.call("kpi.scorecard", "action_compute", [card])
        self.assertEqual(self.call("kpi.scorecard", "read", [card], ["score"]), [{"id": card, "score": 80.0}])

    def test_a_manager_over_the_web_client(self):
        self.authenticate(self.an_user.login, PASSWORD)
        own, team = self.card_an, self.card_binh
        self.check_refused(
            {
                "own score": lambda: self.call("kpi.scorecard", "write", [own.id], {"score": 120}),
                "own target": lambda: self.call("kpi.scorecard.line", "write", [own.line_ids.id], {"target": 1}),
                "the team's card for oneself": lambda: self.call(
                    "kpi.scorecard", "write", [team.id], {"employee_id": self.an.id, "period_id": self.april().id}
                ),
                "the team's actual": lambda: self.call(
                    "kpi.scorecard.line", "write", [team.line_ids.id], {"actual": 1}
                ),
                "a card of one's own": lambda: self.call(
                    "kpi.scorecard", "create", [{**self._subject_vals(self.an), "period_id": self.april().id}]
                ),
            }
        )
        self.call("kpi.scorecard.line", "write", [team.line_ids.id], {"target": 900})
        self.assertEqual(team.line_ids.target, 900)

    def april(self):
        return self.make_period("2026-04-01")

    def test_a_stranger_over_the_web_client_sees_nothing(self):
        self.authenticate(self.stranger.login, PASSWORD)
        for model in ("kpi.scorecard", "kpi.scorecard.line", "kpi.measurement", "kpi.period", "kpi.objective"):
            with self.subTest(model):
                ours = [("company_id", "=", self.company.id)]
                self.assertEqual(self.call(model, "search_count", ours), 0)
        self.check_refused(
            {
                "a card by its id": lambda: self.call("kpi.scorecard", "read", [self.card_binh.id], ["score"]),
                "a company that is not his": lambda: self.call(
                    "kpi.scorecard", "search_read", [], ["score"], context={"allowed_company_ids": self.company.ids}
                ),
                "a click on the figures": lambda: self.call(
                    "kpi.scorecard.line", "action_open_records", [self.card_binh.line_ids.id]
                ),
            }
        )

    def test_a_trick_with_the_context_does_not_pass(self):
        self.authenticate(self.officer.login, PASSWORD)
        card, line = self.card_binh.id, self.card_binh.line_ids.id
        for mark in (True, "trusted", {"_MARK": 1}):
            tricks = {"kpi_trusted": mark, "tracking_disable": True, "su": True}
            self.check_refused(
                {
                    "score": lambda tricks=tricks: self.call(
                        "kpi.scorecard", "write", [card], {"score": 120}, context=tricks
                    ),
                    "actual": lambda tricks=tricks: self.call(
                        "kpi.scorecard.line", "write", [line], {"actual": 5000}, context=tricks
                    ),
                    "state": lambda tricks=tricks: self.call(
                        "kpi.period", "write", [self.month.id], {"state": "closed"}, context=tricks
                    ),
                }
            )
        vals = {**self._subject_vals(self.chi), "period_id": self.month.id}
        context = {"default_score": 120, "default_has_score": True}
        new = self.call("kpi.scorecard", "create", [vals], context=context)
        self.assertRecordValues(self.env["kpi.scorecard"].browse(new), [{"score": 0, "has_score": False}])

    def test_what_is_private_is_not_called(self):
        self.authenticate(self.admin.login, PASSWORD)
        for model, method, args in (
            ("kpi.computation", "_run", [self.card_binh.ids]),
            ("kpi.scorecard", "_set_state", [self.card_binh.ids, "closed"]),
            ("kpi.period", "_ensure", [self.company.id, "month", "2026-03-01"]),
        ):
            with self.subTest(method), self.turned_away():
                self.call(model, method, *args)
        self.assertEqual(self.card_binh.state, "draft")

    def test_figures_come_in_by_json_2(self):
        vals = {**self._subject_vals(self.binh), "period_id": self.april().id, "source": "api", "value": 123.45}
        vals["measure_id"] = self.figure.measure_id.id
        status, ids = self.json2(self.officer, "kpi.measurement", "create", vals_list=[vals])
        self.assertEqual(status, 200)
        self.assertRecordValues(self.env["kpi.measurement"].browse(ids), [{"value": 123.45, "source": "api"}])

    def test_refusals_by_json_2(self):
        line, own = self.card_binh.line_ids.ids, self.card_an.line_ids.ids
        for user, model, ids, vals in (
            (self.binh_user, "kpi.scorecard.line", line, {"target": 1}),
            (self.binh_user, "kpi.scorecard.line", line, {"actual": 5000}),
            (self.binh_user, "kpi.scorecard", self.card_an.ids, {"note": "mine"}),
            (self.an_user, "kpi.scorecard.line", own, {"target": 1}),
            (self.an_user, "kpi.scorecard", self.card_an.ids, {"score": 120}),
            (self.officer, "kpi.scorecard", self.card_an.ids, {"score": 120}),
            (self.stranger, "kpi.scorecard", self.card_binh.ids, {"note": "mine"}),
        ):
            with self.subTest(user.login, model=model, **vals):
                status, answer = self.json2(user, model, "write", ids=ids, vals=vals, context={"kpi_trusted": True})
                self.assertEqual((status, answer["name"]), (403, "odoo.exceptions.AccessError"))
