from decimal import Decimal

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.kpi_management.engine import replay
from odoo.addons.kpi_management.models.kpi_period_late import KpiPeriod

from .common import KpiCase
from .crowd import make_crowd


@tagged("post_install", "-at_install")
class TestKpiLateData(KpiCase):
    """T_EVENTS counts the partners of a salesperson (by the day a record was made), as orders would be counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["kpi.measure"].create(
            {
                "code": "t_events",
                "name": "Partners",
                "model_id": cls.env["ir.model"]._get("res.partner").id,
                "domain": "[('is_company', '=', True)]",
                "aggregate": "count",
                "date_field": "create_date",
                "employee_path": "user_id",
                "company_path": "company_id",
            }
        )
        cls.events = cls.make_kpi("T_EVENTS")
        cls.period = cls.month.with_user(cls.officer)
        cls.make_partners(6)
        cls.card = cls.make_card(cls.binh, [("T_EVENTS", 60, 8), ("T_REVENUE", 40, 100)])
        cls.enter("t_revenue", cls.binh, 50)
        cls.period.action_close()
        cls.events_line = cls.line(cls.card, "T_EVENTS")

    @classmethod
    def make_partners(cls, count, day="2026-03-10"):
        partners = cls.env["res.partner"].create(
            [
                {"name": "Shop", "is_company": True, "user_id": cls.binh_user.id, "company_id": cls.company.id}
                for _number in range(count)
            ]
        )
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE res_partner SET create_date = %s WHERE id IN %s", [day, partners._ids])
        cls.env.invalidate_all()
        return partners

    def figures(self):
        """All that was closed."""
        self.env.invalidate_all()
        line = self.events_line
        return (
            line.actual,
            line.attainment,
            line.explanation,
            line.computed_at,
            self.card.score,
            self.card.grade_id,
            self.card.computed_at,
        )

    def test_nothing_came_late(self):
        before = self.figures()
        self.period.action_check_late_data()
        self.assertEqual(self.figures(), before)
        self.assertFalse(self.card.has_late_data)
        self.assertEqual((self.events_line.late_difference, self.period.late_count), (0, 0))

    def test_late_records_show_as_a_difference_and_nothing_else_changes(self):
        before = self.figures()
        self.assertEqual((before[0], before[4]), (6, 65))  # 6 of 8 are 75 %: 0.6 × 75 + 0.4 × 50
        self.make_partners(1)
        self.make_partners(5, "2026-04-01")
        with freeze_time("2026-04-20 02:00:00"):
            self.period.action_check_late_data()
        self.assertEqual(self.figures(), before)
        line = self.events_line
        self.assertEqual((line.late_actual, line.late_difference, line.late_attainment), (7, 1, 87.5))
        self.assertEqual(str(line.late_at), "2026-04-20 02:00:00")
        # 0.6 × 87.5 + 0.4 × 50
        self.assertEqual((self.card.has_late_data, self.card.late_score), (True, 72.5))
        self.assertEqual(self.period.late_count, 1)
        action = self.period.action_open_late_data()
        self.assertEqual(self.env["kpi.scorecard.line"].search(action["domain"]), line)

    def test_what_was_deleted_later_is_a_negative_difference(self):
        self.env["res.partner"].search([("user_id", "=", self.binh_user.id), ("is_company", "=", True)])[:2].unlink()
        self.period.action_check_late_data()
        self.assertEqual((self.events_line.late_actual, self.events_line.late_difference), (4, -2))

    def test_when_it_is_settled_the_difference_goes(self):
        late = self.make_partners(1)
        self.period.action_check_late_data()
        late.unlink()
        self.period.action_check_late_data()
        self.assertFalse(self.card.has_late_data or self.events_line.has_late_data)
        self.assertEqual(self.events_line.late_difference, 0)

    def test_the_rule_is_the_one_it_was_closed_with(self):
        self.events.with_user(self.admin).write({"formula": "10 * t_events", "cap": 110})
        self.period.action_check_late_data()
        self.assertFalse(self.events_line.has_late_data)
        self.make_partners(1)
        self.period.action_check_late_data()
        self.assertEqual((self.events_line.late_actual, self.events_line.late_attainment), (7, 87.5))
        self.assertEqual(replay(self.events_line.explanation), (Decimal(6), Decimal(75)))

    def test_a_measure_that_counts_otherwise_since_is_named(self):
        measure = self.env["kpi.measure"].search([("code", "=", "t_events")]).with_user(self.admin)
        with freeze_time("2026-04-05 02:00:00"):
            measure.write({"domain": measure.domain, "description": "Shops", "aggregate": "count"})
        self.make_partners(1)
        self.period.action_check_late_data()
        self.assertFalse(self.events_line.late_note, "it counts what it counted before")
        with freeze_time("2026-04-06 02:00:00"):
            measure.domain = "[('is_company', '=', True), ('name', '=', 'Nobody')]"
        self.period.action_check_late_data()
        self.assertEqual(self.events_line.late_difference, -6)
        note = (
            "The measure “Partners” was changed on 04/06/2026, after the closing: "
            "the difference may come from that and not from late records."
        )
        self.assertEqual(self.events_line.with_user(self.binh_user).late_note, note)
        self.assertEqual(self.card.with_user(self.binh_user).late_note, note)
        self.assertFalse(self.line(self.card, "T_REVENUE").late_note)

    def test_a_measure_changed_before_the_closing_is_not_named(self):
        measure = self.env["kpi.measure"].search([("code", "=", "t_events")])
        with freeze_time("2026-03-20 02:00:00"):
            measure.domain = "[('is_company', '!=', False)]"
        self.make_partners(1)
        self.period.action_check_late_data()
        self.assertTrue(self.events_line.has_late_data)
        self.assertFalse(self.events_line.late_note)

    def test_by_night_the_last_closed_periods_are_watched(self):
        april = self.make_period("2026-04-01")
        self.company.kpi_late_periods = 1
        self.make_partners(1)
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_late_data").method_direct_trigger()
        self.assertTrue(self.events_line.has_late_data)
        self.make_partners(1)
        with freeze_time("2026-05-02 02:00:00"):
            april.with_user(self.officer).action_close()
            with self.enter_registry_test_mode():
                self.env.ref("kpi_management.cron_late_data").method_direct_trigger()
        self.assertEqual(self.events_line.late_difference, 1, "April is the last one now")
        self.company.kpi_late_periods = 2
        with freeze_time("2026-05-02 02:00:00"), self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_late_data").method_direct_trigger()
        self.assertEqual(self.events_line.late_difference, 2)

    def test_reopening_forgets_it_and_computes_anew(self):
        self.make_partners(1)
        self.period.action_check_late_data()
        self.period.action_reopen("Late records")
        self.assertFalse(self.card.has_late_data or self.events_line.late_at)
        self.period.action_close()
        self.assertEqual((self.events_line.actual, self.events_line.has_late_data), (7, False))

    def test_the_hook_hears_of_what_changed_and_only_then(self):
        heard = []
        self.patch(KpiPeriod, "_late_data_changed", lambda _model, lines: heard.append(set(lines)))
        self.period.action_check_late_data()
        heard.clear()
        self.make_partners(1)
        self.period.action_check_late_data()
        self.period.action_check_late_data()
        self.assertEqual(heard, [{self.events_line.sudo()}])

    def test_officers_look_for_it_and_nobody_writes_it(self):
        with self.assertRaises(AccessError):
            self.month.with_user(self.an_user).action_check_late_data()
        april = self.make_card(self.binh, [("T_REVENUE", 100, 100)], self.make_period("2026-04-01"), agreed=False)
        for name in ("has_late_data", "late_actual", "late_difference", "late_attainment", "late_at"):
            with self.subTest(name), self.assertRaises(AccessError):
                april.line_ids.with_user(self.officer).write({name: 1})
        by_default = self.env["kpi.scorecard"].with_context(default_late_score=99, default_has_late_data=True)
        card = by_default.create({**self._subject_vals(self.chi), "period_id": april.period_id.id})
        self.assertEqual((card.late_score, card.has_late_data), (0, False))

    def test_a_thousand_people_cost_as_many_queries_as_ten(self):
        april = self.make_period("2026-04-01")
        people = make_crowd(self.binh, 1000)
        cards = self.env["kpi.scorecard"].create(
            [
                {
                    **self._subject_vals(person),
                    "period_id": april.id,
                    "line_ids": [Command.create(self._line_vals("T_EVENTS", 100, 8))],
                }
                for person in people
            ]
        )
        cards.action_agree()
        with freeze_time("2026-05-02 02:00:00"):
            april.with_user(self.officer).action_close()
        self.env.flush_all()
        for count in (10, 1000):
            self.env.invalidate_all()
            with self.subTest(count), self.assertQueryCount(30):
                self.env["kpi.computation"]._check_late(cards[:count])
        self.assertFalse(any(cards.mapped("has_late_data")))
