from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.kpi_management.models.guard import trusted

from ..models import kpi_bonus_run
from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusRun(BonusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan()
        cls.Run = cls.env["kpi.bonus.run"].with_user(cls.officer)

    def run_for(self, plans=None, period=None):
        run = self.Run.create({"period_id": (period or self.march).id, "plan_ids": plans and [(6, 0, plans.ids)]})
        run.action_confirm()
        return run

    def test_counts_cost_and_what_changed(self):
        for employee, score in ((self.an, 80.0), (self.binh, 60.0)):
            self.make_card(employee, score)
        first = self.run_for()
        self.assertRecordValues(
            first,
            [
                {
                    "state": "done",
                    "total": 3,
                    "done_count": 3,
                    "progress": 100,
                    "created_count": 2,
                    "missing_count": 1,
                    # 80 % and 60 % of 5,000,000
                    "amount_total": 7_000_000,
                    "amount_change": 7_000_000,
                    "user_id": self.officer.id,
                    "plan_ids": self.plan.ids,
                }
            ],
        )
        missing = first.line_ids.filtered(lambda line: line.kind == "missing")
        self.assertEqual(missing.employee_id, self.hang)
        # binh's is submitted, an's score rises to 90, hang gets a scorecard
        statements = self.plan.statement_ids.grouped("employee_id")
        statements[self.binh].with_user(self.officer).action_submit()
        trusted(statements[self.an].scorecard_id).score = 90.0
        self.make_card(self.hang, 100.0)
        second = self.run_for()
        self.assertRecordValues(
            second,
            [
                {
                    "created_count": 1,
                    "changed_count": 1,
                    "unchanged_count": 0,
                    "kept_count": 1,
                    "missing_count": 0,
                    # 5,000,000 + 4,500,000 + 3,000,000, and 5,500,000 more than before
                    "amount_total": 12_500_000,
                    "amount_change": 5_500_000,
                }
            ],
        )
        action = second.with_context(kind="kept").action_open_results()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]).employee_id, self.binh)
        # the first run says what it said
        self.assertEqual(first.amount_total, 7_000_000)

    def test_against_the_period_before(self):
        self.make_card(self.an, 80.0)
        february = self.make_period("2026-02-15")
        self.make_card(self.an, 50.0, february)
        before, now = self.run_for(period=february), self.run_for()
        # 4,000,000 after 2,500,000
        self.assertRecordValues(
            now, [{"previous_id": before.id, "previous_total": 2_500_000, "previous_change": 1_500_000}]
        )

    def test_nobody_covered_any_more_is_withdrawn(self):
        self.make_card(self.an, 80.0)
        self.run_for()
        trusted(self.plan).department_ids = self.production
        run = self.run_for()
        self.assertEqual((run.withdrawn_count, run.amount_change), (1, -4_000_000))
        self.assertEqual(self.plan.statement_ids.state, "cancelled")

    def test_in_the_background_step_by_step_and_as_the_one_who_started(self):
        self.patch(kpi_bonus_run, "AT_ONCE", 1)
        self.patch(kpi_bonus_run, "CHUNK", 1)
        for employee in (self.hang, self.an, self.binh):
            self.make_card(employee, 80.0)
        run = self.run_for()
        self.assertRecordValues(run, [{"state": "queued", "total": 3, "done_count": 0, "progress": 0}])
        with self.enter_registry_test_mode():
            self.env.ref("kpi_hr_bonus.cron_bonus_run").method_direct_trigger()
        self.assertRecordValues(run, [{"state": "done", "done_count": 3, "created_count": 3, "progress": 100}])
        self.assertEqual(self.plan.statement_ids.computed_by_id, self.officer)

    def test_stopped_it_keeps_whole_statements_and_goes_on_without_doubles(self):
        self.patch(kpi_bonus_run, "AT_ONCE", 1)
        self.patch(kpi_bonus_run, "CHUNK", 1)
        for employee in (self.hang, self.an, self.binh):
            self.make_card(employee, 80.0)
        run = self.run_for()
        steps = []
        Plan = self.env.registry["kpi.bonus.plan"]
        original = Plan._compute_statements

        def compute(plan, period, employee_ids=None):
            if steps:
                trusted(run).state = "stopped"  # somebody presses the button
                run.flush_recordset()
            steps.append(employee_ids)
            return original(plan, period, employee_ids)

        self.patch(Plan, "_compute_statements", compute)
        with self.enter_registry_test_mode():
            self.env.ref("kpi_hr_bonus.cron_bonus_run").method_direct_trigger()
        self.assertRecordValues(run, [{"state": "stopped", "done_count": 2}])
        self.assertEqual(len(self.plan.statement_ids), 2)
        self.patch(Plan, "_compute_statements", original)
        self.patch(kpi_bonus_run, "AT_ONCE", 1000)
        second = self.make_user("second", "kpi_hr_bonus.group_bonus_officer")
        run.with_user(second).action_confirm()
        self.assertRecordValues(run, [{"state": "done", "done_count": 3, "created_count": 3, "user_id": second.id}])
        self.assertEqual(len(self.plan.statement_ids), 3)
        self.assertEqual(self.plan.statement_ids.computed_by_id, self.officer | second)

    def test_a_plan_that_cannot_be_computed_stops_the_run_with_its_reason(self):
        self.patch(kpi_bonus_run, "AT_ONCE", 0)
        self.make_card(self.an, 80.0)
        run = self.run_for()
        trusted(self.plan).state = "archived"
        with self.enter_registry_test_mode():
            self.env.ref("kpi_hr_bonus.cron_bonus_run").method_direct_trigger()
        self.assertEqual(run.state, "stopped")
        self.assertIn("not published", run.failure)

    def test_a_pool_is_one_step(self):
        self.patch(kpi_bonus_run, "CHUNK", 1)
        pool = self.make_plan(name="Pool", basis="pool", amount=1_000_000)
        for employee in (self.hang, self.an, self.binh):
            self.make_card(employee, 100.0)
        self.run_for(pool)
        # a third each, the unit left over to the lowest id
        self.assertEqual(sorted(pool.statement_ids.mapped("amount")), [333_333, 333_333, 333_334])

    def test_only_officers_and_in_their_own_name(self):
        for user in (self.approver, self.an_user):
            with self.assertRaises(AccessError):
                self.Run.with_user(user).create({"period_id": self.march.id})
        for vals in ({"user_id": self.approver.id}, {"state": "queued"}, {"total": 0}):
            with self.assertRaises(AccessError):
                self.Run.create({"period_id": self.march.id, **vals})
        self.make_card(self.an, 80.0)
        run = self.run_for()
        with self.assertRaises(AccessError):
            run.write({"user_id": self.approver.id})
        with self.assertRaises(UserError):
            run.period_id = self.make_period("2026-02-15")
        with self.assertRaises(UserError):
            run.unlink()
        with self.assertRaises(AccessError):
            run.line_ids.write({"amount": 0})
        self.assertEqual(run.with_user(self.approver).amount_total, 4_000_000)
        with self.assertRaises(AccessError):
            run.with_user(self.approver).action_again()
        with self.assertRaises(AccessError):
            self.Run.with_user(self.an_user).search([])

    def test_without_a_plan_it_says_so(self):
        with self.assertRaisesRegex(UserError, "No published bonus plan covers"):
            self.Run.create({"period_id": self.make_period("2026-03-15", "quarter").id}).action_confirm()

    def test_the_dialog_of_a_plan(self):
        self.make_period("2026-03-15")
        action = self.plan.with_user(self.officer).action_ask_period()
        self.make_card(self.an, 80.0)
        form = Form(self.Run.with_context(**action["context"]), view="kpi_hr_bonus.view_kpi_bonus_run_new")
        form.period_id = self.march
        run = form.save()
        self.assertEqual(run.plan_ids, self.plan)
        self.assertEqual(self.env[run.action_confirm()["res_model"]].browse(run.id).created_count, 1)
