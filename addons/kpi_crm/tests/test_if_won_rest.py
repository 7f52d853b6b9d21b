from odoo.tests import freeze_time, tagged

from .pipeline_case import PipelineCase

# Where a deal that is won, or a scorecard that is computed, leaves something.
TABLES = (
    "crm_lead",
    "crm_lead_scoring_frequency",
    "mail_message",
    "mail_tracking_value",
    "mail_mail",
    "mail_activity",
    "mail_followers",
    "mail_notification",
    "bus_bus",
    "ir_cron_trigger",
    "kpi_scorecard",
    "kpi_scorecard_line",
    "kpi_period",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 02:00:00")
class TestIfWonRest(PipelineCase):
    """Asking what winning would do leaves nothing behind, and takes a number of queries that does not grow."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # As in everyday use: what is written is noted in the chatter and followed.
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        cls.lead = cls.make_deal(cls)

    def make_deal(self):
        lead = PipelineCase.make_lead(self, self.binh, 150)
        lead.message_subscribe(self.an_user.partner_id.ids)
        return lead

    def rows(self):
        """The versions of all rows of the tables, as PostgreSQL numbers them."""
        self.env.flush_all()
        versions = {}
        for table in TABLES:
            self.env.cr.execute(f"SELECT count(*), sum(hashtext(ctid::text || xmin::text)) FROM {table}")
            versions[table] = self.env.cr.fetchone()
        return versions

    def ask(self, user=None):
        return self.lead.with_user(user or self.binh_user).with_company(self.company).kpi_if_won()

    def test_no_row_is_made_changed_or_deleted(self):
        self.env.cr.precommit.run()
        before = self.rows()
        self.assertTrue(self.ask())
        self.env.cr.precommit.run()
        self.assertEqual(self.rows(), before)

    def test_kpis_of_orders_alone_do_not_touch_the_deal(self):
        self.env["kpi.measure"].search([("code", "=", "t_revenue")]).won_deal = "amount"
        self.make_card(self.hang, [("T_REVENUE", 100, 1_000)], period=self.april)
        lead = PipelineCase.make_lead(self, self.hang, 200)
        self.assertFalse(self.locked(lead))
        told = lead.with_user(self.hang_user).with_company(self.company).kpi_if_won()
        self.assertEqual(told["cards"][0]["lines"][0]["actual"], {"now": 0, "then": 200})
        self.assertFalse(self.locked(lead))

    def locked(self, lead):
        """Whether somebody has tried to change this version of the row, as PostgreSQL notes it."""
        self.env.flush_all()
        self.env.cr.execute("SELECT xmax <> 0 FROM crm_lead WHERE id = %s", [lead.id])
        return self.env.cr.fetchone()[0]

    def test_nothing_waits_to_be_done_on_commit(self):
        self.env.cr.flush()
        callbacks = self.env.cr.precommit, self.env.cr.postcommit
        before = [len(each._funcs) for each in callbacks]
        self.assertTrue(self.ask())
        self.assertEqual([len(each._funcs) for each in callbacks], before)

    def test_what_is_read_afterwards_is_the_deal_as_it_is(self):
        stage = self.lead.stage_id
        self.assertTrue(self.ask())
        seen = self.lead.with_user(self.binh_user)
        self.assertEqual((seen.won_status, seen.stage_id, seen.probability), ("pending", stage, 50))
        self.assertFalse(seen.date_closed)

    def test_what_was_not_written_yet_is_not_lost(self):
        self.lead.with_user(self.binh_user).expected_revenue = 250
        told = self.ask()
        self.assertEqual(told["cards"][0]["lines"][0]["actual"], {"now": 0, "then": 250})
        self.env.invalidate_all()
        self.assertEqual(self.lead.expected_revenue, 250)

    def test_a_measure_that_breaks_leaves_the_deal_alone(self):
        def broken(*_args):
            raise ZeroDivisionError

        self.patch(type(self.env["kpi.measure.query"]), "_grouped_sql", broken)
        with self.assertRaises(ZeroDivisionError):
            self.ask()
        self.env.invalidate_all()
        self.assertEqual(self.lead.won_status, "pending")

    def test_as_many_queries_among_many_deals_as_among_few(self):
        counts = []
        for _step in range(2):
            self.ask()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.ask()
            counts.append(self.env.cr.sql_log_count - before)
            for number in range(20):
                self.make_lead(self.binh, number).action_set_won()
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 60)
