from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.kpi_management.models import kpi_scorecard_batch, kpi_scorecard_batch_make

from .crowd import make_crowd
from .test_kpi_template import TemplateCase


@tagged("post_install", "-at_install")
class TestKpiGenerateRun(TemplateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_template("Everybody", [("T_REVENUE", 60, 1000), ("T_STOCK", 40, 20)])

    def test_many_are_made_in_the_background_in_chunks(self):
        self.patch(kpi_scorecard_batch, "AT_ONCE", 3)
        self.patch(kpi_scorecard_batch_make, "CHUNK", 2)
        batch = self.make_batch()
        batch.action_confirm()
        self.assertEqual((batch.state, batch.total, batch.made_count), ("queued", 5, 0))
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_scorecard_batch").method_direct_trigger()
        self.assertEqual((batch.state, batch.made_count), ("done", 5))

    def test_what_broke_off_is_gone_on_with(self):
        self.patch(kpi_scorecard_batch, "AT_ONCE", 3)
        batch = self.make_batch()
        batch.action_confirm()
        batch.sudo()._make(batch._plan().todo[:2])
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_scorecard_batch").method_direct_trigger()
        self.assertEqual((batch.state, batch.made_count), ("done", 5))

    def test_a_period_closed_meanwhile_stops_the_run_with_the_reason(self):
        self.patch(kpi_scorecard_batch, "AT_ONCE", 3)
        batch = self.make_batch()
        batch.action_confirm()
        self.month.with_user(self.officer).action_close()
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_scorecard_batch").method_direct_trigger()
        self.assertEqual(batch.state, "draft")
        self.assertIn("is closed", batch.failure)
        self.assertFalse(batch.made_count)

    def test_archived_kpis_do_not_come_along_unseen(self):
        april = self.make_period("2026-04-01")
        self.make_batch().action_confirm()
        self.assertFalse(self.make_batch(april).archived_kpis)
        self.stock.action_archive()
        for source in ("template", "previous"):
            with self.subTest(source):
                self.assertEqual(self.make_batch(april, source=source).archived_kpis, "T_STOCK")
        self.assertFalse(self.make_batch().archived_kpis, "nothing is made")

    def test_how_far_a_run_is_nobody_writes_by_hand(self):
        batch = self.make_batch()
        for vals in ({"state": "queued"}, {"total": 5}, {"failure": "x"}, {"automatic": True}):
            with self.subTest(vals), self.refused(AccessError, "is written by its buttons alone"):
                batch.write(vals)
            with self.subTest(vals), self.refused(AccessError, "is written by its buttons alone"):
                self.make_batch(**vals)
        self.assertEqual(batch.with_context(default_state="done").create({"period_id": self.month.id}).state, "draft")
        with self.assertRaises(AccessError):
            batch.period_id = self.make_period("2026-03-01", company=self.other_company)

    def test_two_at_once_do_not_make_the_same(self):
        batch = self.make_batch()
        self.patch(type(self.month), "try_lock_for_update", lambda period, **_options: period.browse())
        with self.refused(UserError, "Somebody else is working on 03/2026"):
            batch.action_confirm()

    def test_the_drafts_of_a_run_are_proposed_in_one_go(self):
        batch = self.make_batch()
        batch.action_confirm()
        agreed = self.card_of(self.chi)
        agreed.with_user(self.officer).action_agree()
        batch.action_propose()
        # Lan the officer proposed: her own waits for a manager, Chi's was agreed before
        self.assertEqual(
            {card.employee_id: (card.state, card.waiting_for) for card in self.month.scorecard_ids},
            {
                **dict.fromkeys(self.hang | self.an | self.binh, ("proposed", "holder")),
                self.lan: ("proposed", "manager"),
                self.chi: ("agreed", False),
            },
        )

    def test_the_period_asked_for_first_is_the_shortest_that_runs(self):
        Batch = self.env["kpi.scorecard.batch"].with_user(self.officer)
        april = self.make_period("2026-04-01")
        self.make_period("2026-04-01", "year")
        self.assertEqual(Batch.new({}).period_id, april)
        april.with_user(self.officer).action_review()
        may = self.make_period("2026-05-01")
        self.assertEqual(Batch.new({}).period_id, may)

    def test_while_one_is_under_way_no_other_is_started(self):
        self.patch(kpi_scorecard_batch, "AT_ONCE", 3)
        self.make_batch().action_confirm()
        with self.refused(UserError, "Somebody else is working on 03/2026"):
            self.make_batch().action_confirm()

    def test_who_got_a_scorecard_meanwhile_is_left_out(self):
        self.patch(kpi_scorecard_batch, "AT_ONCE", 3)
        self.patch(kpi_scorecard_batch_make, "CHUNK", 2)
        batch = self.make_batch()
        batch.action_confirm()
        plan = batch._plan()
        self.patch(type(batch), "_plan", lambda batch: plan)
        mine = self.make_card(self.lan, [("T_COMPLAINTS", 100, 5)], agreed=False)
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_scorecard_batch").method_direct_trigger()
        self.assertEqual((batch.state, batch.made_count), ("done", 4))
        self.assertEqual(self.card_of(self.lan), mine)

    def test_a_thousand_cost_little_more_queries_than_ten(self):
        people = make_crowd(self.binh, 1010)
        counts = []
        for group in (people[:10], people[10:]):
            batch = self.make_batch(employee_ids=group.ids)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch.action_confirm()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(batch.made_count, len(group))
        # Odoo inserts a hundred rows at a time: 1,000 scorecards and 2,000 lines.
        self.assertLess(counts[1] - counts[0], 100, counts)

    def test_runs_that_were_never_started_are_forgotten(self):
        batch, done = self.make_batch(), self.make_batch()
        done.action_confirm()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE kpi_scorecard_batch SET create_date = '2026-03-01' WHERE id IN %s", [(batch | done)._ids]
        )
        self.env.invalidate_all()
        self.env["kpi.scorecard.batch"]._gc_abandoned()
        self.assertEqual((batch | done).exists(), done)
