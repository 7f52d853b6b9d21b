from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.kpi_management.models.guard import trusted

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusPlan(BonusCase):
    def test_life(self):
        plan = self.make_plan(state="draft", amount=0).with_user(self.officer)
        with self.assertRaisesRegex(UserError, "worth"):
            plan.action_publish()
        plan.write({"amount": 5_000_000, "curve_ids": [(0, 0, {"score": 80, "payout": 0})]})
        with self.assertRaisesRegex(UserError, "payout above 0"):
            plan.action_publish()
        plan.curve_ids.payout = 50
        plan.action_publish()
        self.assertEqual(plan.state, "published")
        plan.action_archive()
        self.assertEqual(plan.state, "archived")
        plan.action_draft()
        self.assertEqual(plan.state, "draft")

    def test_form_fills_currency_and_the_plan_computes(self):
        self.make_card(self.an, 80.0)
        form = Form(self.env["kpi.bonus.plan"].with_user(self.officer).with_company(self.company))
        form.name = "Monthly"
        form.amount = 5_000_000
        form.date_start = "2026-01-01"
        plan = form.save()
        self.assertEqual(plan.currency_id, self.vnd)
        plan.action_publish()
        self.assertEqual(self.compute(plan)[self.an].amount, 4_000_000)

    def test_what_cannot_be_right_is_refused(self):
        for vals in (
            {"amount": -1},
            {"cap_amount": -1},
            {"date_end": "2025-12-31"},
            {"pay_month_offset": -1},
            {"apply_on": "kpi"},
            {"gate_ids": [(0, 0, {"definition_id": self.safety.id, "factor": 1.5})]},
            {"curve_ids": [(0, 0, {"score": 80, "payout": -1})]},
            {"curve_ids": [(0, 0, {"score": 80, "payout": 1}), (0, 0, {"score": 80, "payout": 2})]},
        ):
            with self.subTest(vals=vals), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                self.make_plan(**vals)
                self.env.flush_all()

    def test_used_plans_keep_their_currency_and_stay(self):
        self.make_card(self.an, 80.0)
        plan = self.make_plan()
        self.compute(plan)
        with self.assertRaises(ValidationError):
            trusted(plan).currency_id = self.env.ref("base.USD")
        with self.assertRaisesRegex(UserError, "Archive it"):
            plan.unlink()

    def test_duplicate_is_a_draft_with_curve_and_gates(self):
        plan = self.make_plan(
            curve_ids=[(0, 0, {"score": 80, "payout": 50})],
            gate_ids=[(0, 0, {"definition_id": self.safety.id, "minimum": 90})],
        )
        copy = plan.copy()
        self.assertRecordValues(copy, [{"state": "draft", "name": "Sales bonus (copy)"}])
        self.assertEqual(copy.curve_ids.mapped("payout"), [50])
        self.assertEqual(copy.gate_ids.definition_id, self.safety)
