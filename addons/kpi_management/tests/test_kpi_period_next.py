from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .common import KpiCase


@tagged("post_install", "-at_install")
class TestKpiPeriodNext(KpiCase):
    """From a closed period to the scorecards of the next one in two clicks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.make_card(cls.binh, [("T_REVENUE", 60, 1000), ("T_COMPLAINTS", 40, 5)])
        cls.period = cls.month.with_user(cls.officer)
        cls.period.action_close()

    def wizard(self, action):
        Batch = self.env[action["res_model"]].with_user(self.officer).with_context(**action["context"])
        return Form(Batch, view="kpi_management.view_kpi_scorecard_batch_wizard")

    def test_the_next_month_is_offered_with_the_scorecards_of_this_one(self):
        april = self.make_period("2026-04-01")
        action = self.period.action_next_scorecards()
        form = self.wizard(action)
        self.assertEqual((form.period_id, form.source, form.plan_count), (april, "previous", 1))
        form.save().action_confirm()
        self.assertEqual(april.scorecard_ids.line_ids.mapped("target"), [1000, 5])

    def test_a_period_that_is_missing_is_made_with_those_it_belongs_to(self):
        self.assertFalse(
            self.env["kpi.period"].search([("company_id", "=", self.company.id), ("name", "=", "Q2 2026")])
        )
        following = self.wizard(self.period.action_next_scorecards()).period_id
        self.assertEqual(
            (following.name, following.period_type, following.company_id, following.parent_id.name),
            ("04/2026", "month", self.company, "Q2 2026"),
        )

    def test_a_week_is_followed_by_a_week(self):
        week = self.make_period("2026-03-30", "week").with_user(self.officer)
        self.assertEqual(str(self.wizard(week.action_next_scorecards()).period_id.date_start), "2026-04-06")

    def test_a_closed_next_period_is_refused(self):
        april = self.make_period("2026-04-01")
        with freeze_time("2026-05-02 02:00:00"):
            april.with_user(self.officer).action_close()
        with self.refused(UserError, "04/2026 is closed"):
            self.period.action_next_scorecards()

    def test_the_calendar_has_a_first_and_a_last_year(self):
        for day in ("1969-12-01", "3000-01-01", "0206-03-01"):
            with self.subTest(day), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                self.make_period(day)

    def test_officers_alone(self):
        with self.assertRaises(AccessError):
            self.month.with_user(self.an_user).action_next_scorecards()

    def test_the_button_waits_for_the_end_of_the_period(self):
        arch = etree.fromstring(self.env["kpi.period"].with_user(self.officer).get_view(view_type="form")["arch"])
        [button] = arch.xpath("//button[@name='action_next_scorecards']")
        self.assertEqual(button.get("invisible"), "state == 'open' or not scorecard_count")


@tagged("post_install", "-at_install")
@freeze_time("2026-04-01 02:00:00")
class TestKpiFirstDays(KpiCase):
    """On the first of April nothing of April is there yet: the lists show what ended just now."""

    def shown(self, xmlid):
        """The lines that a menu shows at first, by the search view's own filters."""
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        view = self.env["kpi.scorecard.line"].get_view(
            action["search_view_id"] and action["search_view_id"][0], "search"
        )
        filters = etree.fromstring(view["arch"])
        Line = self.env["kpi.scorecard.line"].with_user(self.officer)
        lines = Line.search([])
        names = [name.removeprefix("search_default_") for name in safe_eval(action["context"])]
        for name in names:
            [node] = filters.xpath(f"//filter[@name='{name}']")
            lines &= Line.search(safe_eval(node.get("domain")))
        return {line.period_id.name for line in lines}

    def test_the_month_that_ended_and_what_is_prepared_are_shown(self):
        for day in ("2026-01-01", "2026-02-01", "2026-03-01", "2026-05-01"):
            period = self.make_period(day)
            card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)], period)
            if day < "2026-04-01":
                self.enter("t_revenue", self.binh, 800, period)
                card.action_compute()
        self.assertEqual(self.shown("kpi_management.action_kpi_target_sheet"), {"03/2026", "05/2026"})
        self.assertEqual(self.shown("kpi_management.action_kpi_scorecard_line"), {"03/2026"})
