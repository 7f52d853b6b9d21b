from odoo.tests import tagged

from odoo.addons.kpi_management.tests.rpc_case import Json2Case

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusRpc(BonusCase, Json2Case):
    """The whole way over JSON-2, as an outside client with the API keys of three people."""

    def test_compute_submit_approve(self):
        self.make_card(self.an, 80.0)
        plan = self.make_plan()
        status, result = self.json2(self.officer, "kpi.bonus.plan", "action_compute", plan.ids, period=self.march.id)
        self.assertEqual(status, 200, result)
        statement = plan.statement_ids
        self.assertEqual(statement.computed_by_id, self.officer)
        status, result = self.json2(self.officer, "kpi.bonus.statement", "action_submit", statement.ids)
        self.assertEqual(status, 200, result)
        status, result = self.json2(self.officer, "kpi.bonus.statement", "action_approve", statement.ids)
        self.assertEqual(status, 403, result)
        status, result = self.json2(
            self.an_user, "kpi.bonus.statement", "action_contest", statement.ids, reason="Too low"
        )
        self.assertEqual(status, 200, result)
        status, result = self.json2(
            self.officer, "kpi.bonus.statement", "action_answer", statement.ids, answer="It is right"
        )
        self.assertEqual(status, 200, result)
        status, result = self.json2(self.approver, "kpi.bonus.statement", "action_approve", statement.ids)
        self.assertEqual(status, 200, result)
        self.assertRecordValues(statement, [{"state": "approved", "approved_by_id": self.approver.id}])

    def test_figures_cannot_be_written_from_outside(self):
        self.make_card(self.an, 80.0)
        statement = self.compute(self.make_plan())[self.an]
        for context in ({}, {"kpi_trusted": True}):
            status, result = self.json2(
                self.officer,
                "kpi.bonus.statement",
                "write",
                statement.ids,
                vals={"amount": 9_000_000},
                context=context,
            )
            self.assertEqual(status, 403, result)
        status, _result = self.json2(self.an_user, "kpi.bonus.statement", "read", statement.ids, fields=["amount"])
        self.assertEqual(status, 403)
        self.assertEqual(statement.amount, 4_000_000)
