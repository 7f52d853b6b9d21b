import json
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.kpi_management.engine import EngineError, replay

from .common import KpiCase


@tagged("post_install", "-at_install")
class TestKpiErrors(KpiCase):
    """One broken KPI says why; the others are computed."""

    def setUp(self):
        super().setUp()
        self.broken = self.env["kpi.measure"].create(
            {
                "code": "t_broken",
                "name": "Broken",
                "model_id": self.env["ir.model"]._get_id("kpi.employment"),
                "date_field": "date_from",
                "employee_path": "employee_id",
            }
        )
        self.make_kpi("T_BROKEN", "t_broken")
        self.card = self.make_card(self.binh, [("T_REVENUE", 60, 1000), ("T_BROKEN", 40, 10)])
        self.enter("t_revenue", self.binh, 800)

    def check_error(self, reason):
        self.card.action_compute()
        line = self.line(self.card, "T_BROKEN")
        self.assertEqual((line.result, line.actual, line.attainment), ("error", 0.0, 0.0))
        self.assertIn(reason, line.error_message)
        self.assertIn(reason, line.explanation_html)
        with self.assertRaises(EngineError):
            replay(line.explanation)
        self.assertRecordValues(self.line(self.card, "T_REVENUE"), [{"result": "ok", "attainment": 80.0}])
        self.assertEqual(self.card.score, 80.0, "the broken line is left out")

    def break_measure(self, **vals):
        """Break the declaration behind Odoo's back, as an update of another app may."""
        for column, value in vals.items():
            self.env.cr.execute(f'UPDATE kpi_measure SET "{column}" = %s WHERE id = %s', (value, self.broken.id))
        self.broken.invalidate_recordset()

    def test_a_measure_without_a_way_to_the_subject(self):
        self.broken.employee_path = False
        self.check_error("Broken cannot be counted by Employee")

    def test_a_filter_on_a_field_that_is_gone(self):
        self.break_measure(domain="[('gone', '=', 1)]")
        self.check_error("Broken")

    def test_a_filter_that_cannot_be_read(self):
        self.break_measure(domain="[('active', '=', ")
        self.check_error("Broken")

    def test_a_path_that_leads_nowhere(self):
        for name in ("employee_path", "date_field", "company_path"):
            with self.subTest(name):
                kept = self.broken[name]
                self.break_measure(**{name: "gone"})
                self.check_error("Broken")
                self.break_measure(**{name: kept})

    def test_a_value_postgresql_cannot_add_up(self):
        self.break_measure(aggregate="sum", value_field="date_to")
        self.check_error("Broken")

    def test_a_code_that_is_gone(self):
        self.env.cr.execute("UPDATE kpi_definition SET formula = 't_gone' WHERE code = 'T_BROKEN'")
        self.env["kpi.definition"].invalidate_model()
        self.check_error("No measure and no KPI has the code “t_gone”.")
        with self.refused(UserError, "t_gone"):
            self.line(self.card, "T_BROKEN").action_open_records()

    def test_a_mended_kpi_is_computed_again(self):
        self.broken.employee_path = False
        self.check_error("Broken")
        self.broken.employee_path = "employee_id"
        self.card.action_compute()
        line = self.line(self.card, "T_BROKEN")
        self.assertRecordValues(line, [{"result": "ok", "error_message": False}])


@tagged("post_install", "-at_install")
class TestKpiTrace(KpiCase):
    """Every figure can be opened and replayed, and computing again changes nothing that did not change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_kpi("T_GROWTH", "round(100 * (T_REVENUE / previous(T_REVENUE) - 1), 1)", unit="percent")
        cls.enter("t_revenue", cls.binh, 777, cls.make_period("2026-02-01"))
        cls.revenue_figure = cls.enter("t_revenue", cls.binh, 833.335)
        cls.enter("t_complaints", cls.binh, 3)
        cls.card = cls.make_card(
            cls.binh,
            [
                ("T_REVENUE", 40, 1000, {"threshold": 600, "stretch": 1300, "cap": 150}),
                ("T_COMPLAINTS", 30, 2),
                ("T_GROWTH", 20, 8),
                ("T_STOCK", 10, 5),
            ],
        )

    def test_an_explanation_replays_to_the_stored_actual_and_attainment(self):
        self.card.action_compute()
        self.card.invalidate_recordset()
        actuals = {line.definition_id.code: line.actual for line in self.card.line_ids}
        # 100 × (833.335 / 777 − 1) = 7.2503… → 7.3
        self.assertEqual(actuals, {"T_REVENUE": 833.335, "T_COMPLAINTS": 3.0, "T_GROWTH": 7.3, "T_STOCK": 0.0})
        for line in self.card.line_ids.filtered(lambda line: line.result == "ok"):
            with self.subTest(line.definition_id.code):
                stored = Decimal(repr(line.actual)), Decimal(repr(line.attainment))
                self.assertEqual(replay(line.explanation), stored)
        self.assertEqual(replay(self.line(self.card, "T_STOCK").explanation), (None, None))

    def test_an_explanation_is_read_by_people(self):
        self.card.action_compute()
        growth = self.line(self.card, "T_GROWTH")
        html = growth.with_user(self.binh_user).explanation_html
        for part in ("833.335", "777", "7.3", "03/01/2026", "02/28/2026", "previous(T_REVENUE)"):
            self.assertIn(part, html)
        action = growth.with_user(self.binh_user).action_open_explanation()
        self.assertEqual((action["res_model"], action["res_id"]), ("kpi.scorecard.line", growth.id))

    def test_computing_twice_writes_nothing(self):
        with freeze_time("2026-04-02 03:00:00"):
            self.card.action_compute()
        self.assertEqual({str(line.computed_at) for line in self.card.line_ids}, {"2026-04-02 03:00:00"})
        written = []
        for model in ("kpi.scorecard", "kpi.scorecard.line"):
            self.patch(self.env.registry[model], "write", lambda record, vals: written.append((record, vals)))
        with freeze_time("2026-04-02 05:00:00"):
            self.card.action_compute()
        self.assertEqual(written, [])

    def test_a_late_figure_writes_only_the_lines_it_changes(self):
        with freeze_time("2026-04-02 03:00:00"):
            self.card.action_compute()
        self.revenue_figure.value = 900
        with freeze_time("2026-04-02 05:00:00"):
            self.card.action_compute()
        computed_at = {line.definition_id.code: str(line.computed_at) for line in self.card.line_ids}
        self.assertEqual(
            computed_at,
            {
                "T_REVENUE": "2026-04-02 05:00:00",
                "T_GROWTH": "2026-04-02 05:00:00",  # uses revenue
                "T_COMPLAINTS": "2026-04-02 03:00:00",
                "T_STOCK": "2026-04-02 03:00:00",
            },
        )

    def test_the_figures_behind_an_actual_open(self):
        self.card.action_compute()
        line = self.line(self.card, "T_REVENUE")
        action = line.with_user(self.officer).action_open_records()
        self.assertEqual(action["res_model"], "kpi.measurement")
        found = self.env["kpi.measurement"].with_user(self.officer).search(action["domain"])
        self.assertEqual(found, self.revenue_figure)
        own = self.env["kpi.measurement"].with_user(self.binh_user).search(action["domain"])
        self.assertEqual(own, self.revenue_figure, "the person sees the figures entered about him")

    def test_the_records_behind_an_actual_open_under_the_viewer_s_rights(self):
        self.chi.departure_date = "2026-03-12"
        card = self.make_card(self.sales, [("HR_TURNOVER", 100, 20)])
        card.action_compute()
        line = card.line_ids
        with self.refused(UserError, "no access to the records behind this figure"):
            line.with_user(self.hang_user).action_open_records()
        hr_officer = self.make_user("hr", "hr.group_hr_user", "kpi_management.group_kpi_officer")
        action = line.with_user(hr_officer).action_open_records()
        employment = self.env[action["res_model"]].with_user(hr_officer).with_context(**action["context"])
        people = employment.search(action["domain"]).employee_id
        # the headcount at the end of February and of March, and the departure
        self.assertEqual(people, self.hang | self.an | self.binh | self.chi)

    def test_another_s_line_opens_nothing(self):
        with self.assertRaises(AccessError):
            self.line(self.card, "T_REVENUE").with_user(self.chi_user).action_open_records()


@tagged("post_install", "-at_install")
class TestOpenedFigures(KpiCase):
    """The entered figures that open are those counted, and no others."""

    def opened(self, code, period, period_type="month"):
        """The values that open behind a KPI of Bình's, as the client asks for them."""
        card = self.make_card(self.binh, [(code, 100, 100)], self.make_period(period, period_type), agreed=False)
        action = json.loads(json.dumps(self.line(card, code).with_user(self.officer).action_open_records()))
        found = self.env["kpi.measurement"].with_user(self.officer).search(action["domain"], order="date, id")
        return found.mapped("value")

    def test_of_a_balance_the_last_one(self):
        for day, value in (("2026-01-31", 5), ("2026-03-31", 8), ("2026-04-01", 9)):
            self.enter("t_stock", self.binh, value, self.make_period(day))
        self.assertEqual(self.opened("T_STOCK", "2026-02-15"), [5.0])
        self.assertEqual(self.opened("T_STOCK", "2026-03-15"), [8.0])
        self.assertEqual(self.opened("T_STOCK", "2026-03-15", "quarter"), [8.0])

    def test_of_a_quarter_its_own_before_its_months(self):
        self.enter("t_revenue", self.binh, 30)
        self.enter("t_revenue", self.binh, 40, self.make_period("2026-02-15"))
        self.assertEqual(self.opened("T_REVENUE", "2026-02-15"), [40.0])
        self.assertEqual(self.opened("T_REVENUE", "2026-03-15", "quarter"), [40.0, 30.0])

        self.enter("t_revenue", self.binh, 100, self.make_period("2026-03-15", "quarter"))
        self.env["kpi.scorecard"].search([("period_id.period_type", "=", "quarter")]).unlink()
        self.assertEqual(self.opened("T_REVENUE", "2026-03-15", "quarter"), [100.0])

    def test_of_growth_both_periods(self):
        self.make_kpi("T_GROWTH", "100 * (t_revenue - previous(t_revenue)) / previous(t_revenue)")
        self.enter("t_revenue", self.binh, 30)
        self.enter("t_revenue", self.binh, 40, self.make_period("2026-02-15"))
        self.enter("t_revenue", self.binh, 50, self.make_period("2026-01-15"))
        self.assertEqual(self.opened("T_GROWTH", "2026-03-15"), [40.0, 30.0])
