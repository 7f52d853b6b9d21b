from odoo.tests import freeze_time, tagged

from .common import KpiCase


@tagged("post_install", "-at_install")
class TestKpiActual(KpiCase):
    """From figures to the actual of a line."""

    def actual(self, card, code="T_REVENUE"):
        """(result, actual) of a line after computing."""
        card.action_compute()
        line = self.line(card, code)
        return line.result, line.actual

    def make_rate(self):
        self.make_measure("t_won")
        self.make_measure("t_closed")
        self.make_kpi("T_RATE", "100 * t_won / t_closed", unit="percent")

    def test_an_entered_figure_is_the_actual(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        self.enter("t_revenue", self.binh, 800)
        self.enter("t_revenue", self.chi, 5)
        self.enter("t_revenue", self.company, 7000)
        self.enter("t_revenue", self.binh, 60, self.make_period("2026-02-01"))
        self.assertEqual(self.actual(card), ("ok", 800.0))

    def test_every_level_has_figures_of_its_own(self):
        for subject, value in ((self.company, 7000), (self.sales, 3000), (self.north, 1000), (self.binh, 800)):
            self.enter("t_revenue", subject, value)
            with self.subTest(subject.name):
                card = self.make_card(subject, [("T_REVENUE", 100, 1000)])
                self.assertEqual(self.actual(card), ("ok", value))

    def test_a_figure_nobody_entered_is_no_data_and_not_zero(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        self.assertEqual(self.actual(card), ("no_data", 0.0))
        self.assertTrue(card.computed_at, "no data is a result: the scorecard was computed")
        self.enter("t_revenue", self.binh, 0)
        self.assertEqual(self.actual(card), ("ok", 0.0))

    def test_the_months_add_up_to_the_quarter(self):
        for day, value in (("2026-01-31", 10), ("2026-02-01", 20), ("2026-03-31", 30), ("2026-04-01", 400)):
            self.enter("t_revenue", self.binh, value, self.make_period(day))
        card = self.make_card(self.binh, [("T_REVENUE", 100, 100)], self.make_period("2026-03-15", "quarter"))
        self.assertEqual(self.actual(card), ("ok", 60.0))  # 10 + 20 + 30

    def test_a_figure_for_the_quarter_stands_in_place_of_its_months(self):
        quarter = self.make_period("2026-03-15", "quarter")
        self.enter("t_revenue", self.binh, 10, self.make_period("2026-01-01"))
        self.enter("t_revenue", self.binh, 30, self.month)
        self.enter("t_revenue", self.binh, 100, quarter)
        card = self.make_card(self.binh, [("T_REVENUE", 100, 100)], quarter)
        self.assertEqual(self.actual(card), ("ok", 100.0))
        month_card = self.make_card(self.binh, [("T_REVENUE", 100, 100)])
        self.assertEqual(self.actual(month_card), ("ok", 30.0), "a quarter's figure says nothing of a month")

    def test_a_balance_is_the_last_figure_known(self):
        for day, value in (("2026-01-31", 5), ("2026-03-31", 8), ("2026-04-01", 9)):
            self.enter("t_stock", self.binh, value, self.make_period(day))
        for day, period_type, expected in (
            ("2026-02-15", "month", 5.0),  # still January's
            ("2026-03-15", "month", 8.0),
            ("2026-03-15", "quarter", 8.0),  # not 5 + 8
        ):
            with self.subTest(day=day, period_type=period_type):
                card = self.make_card(self.binh, [("T_STOCK", 100, 10)], self.make_period(day, period_type))
                self.assertEqual(self.actual(card, "T_STOCK"), ("ok", expected))

    def test_figures_may_be_averaged_or_the_best_one_counts(self):
        for aggregate in ("avg", "min", "max"):
            code = f"t_{aggregate}"
            self.make_measure(code, aggregate=aggregate)
            self.make_kpi(code.upper())
            for day, value in (("2026-01-01", 10), ("2026-02-01", 17), ("2026-03-01", 33)):
                self.enter(code, self.binh, value, self.make_period(day))
        lines = [("T_AVG", 50, 10), ("T_MIN", 25, 10), ("T_MAX", 25, 10)]
        card = self.make_card(self.binh, lines, self.make_period("2026-03-15", "quarter"))
        # the average is (10 + 17 + 33) / 3 = 20
        self.assertEqual([self.actual(card, code)[1] for code in ("T_AVG", "T_MIN", "T_MAX")], [20.0, 10.0, 33.0])

    def test_a_ratio_is_counted_by_its_parts(self):
        self.make_rate()
        for day, won, closed in (("2026-01-01", 1, 10), ("2026-02-01", 4, 5)):
            self.enter("t_won", self.binh, won, self.make_period(day))
            self.enter("t_closed", self.binh, closed, self.make_period(day))
        card = self.make_card(self.binh, [("T_RATE", 100, 50)], self.make_period("2026-03-15", "quarter"))
        # 100 × (1 + 4) / (10 + 5) = 33.333333; the mean of 10 % and 80 % would be 45 %
        self.assertEqual(self.actual(card, "T_RATE"), ("ok", 33.333333))

    def test_a_ratio_over_nothing_is_no_data(self):
        self.make_rate()
        self.enter("t_won", self.binh, 0)
        self.enter("t_closed", self.binh, 0)
        card = self.make_card(self.binh, [("T_RATE", 100, 50)])
        self.assertEqual(self.actual(card, "T_RATE"), ("no_data", 0.0))

    def test_a_kpi_may_look_back_and_use_other_kpis(self):
        self.make_kpi("T_GROWTH", "100 * (T_REVENUE - previous(T_REVENUE)) / previous(T_REVENUE)")
        self.make_kpi("T_SO_FAR", "year_to_date(T_REVENUE)")
        for day, value in (("2026-01-01", 10), ("2026-02-01", 50), ("2026-03-01", 60)):
            self.enter("t_revenue", self.binh, value, self.make_period(day))
        lines = [("T_GROWTH", 50, 10), ("T_SO_FAR", 50, 100)]
        march = self.make_card(self.binh, lines)
        january = self.make_card(self.binh, lines, self.make_period("2026-01-01"))
        self.assertEqual(self.actual(march, "T_GROWTH"), ("ok", 20.0))  # 100 × (60 − 50) / 50
        self.assertEqual(self.actual(march, "T_SO_FAR"), ("ok", 120.0))  # 10 + 50 + 60
        self.assertEqual(self.actual(january, "T_GROWTH"), ("no_data", 0.0), "nothing was entered for December")
        self.assertEqual(self.actual(january, "T_SO_FAR"), ("ok", 10.0))

    def test_turnover_is_departures_over_the_mean_headcount(self):
        workshop = self.make_department("Workshop")
        people = [self.make_employee(f"Worker {number}", workshop) for number in range(4)]
        for number in range(2):
            self.make_employee(f"New worker {number}", workshop, start="2026-03-10")
        people[0].departure_date = "2026-03-20"
        card = self.make_card(workshop, [("HR_TURNOVER", 100, 20)])
        # 4 people at the end of February; 4 − 1 + 2 = 5 at the end of March: 100 × 1 / ((4 + 5) / 2) = 22.222222
        self.assertEqual(self.actual(card, "HR_TURNOVER"), ("ok", 22.222222))
        # lower is better, 0 at 2 × 20 = 40: 100 × (40 − 22.222222) / (40 − 20) = 88.89
        self.assertEqual(card.score, 88.89)

    def test_the_company_s_turnover_counts_everybody_once(self):
        before = len(self.env["hr.employee"].search([("company_id", "=", self.company.id)]))
        self.assertEqual(before, 5, "Hằng, An, Bình, Chi, Lan")
        self.chi.departure_date = "2026-03-31"
        card = self.make_card(self.company, [("HR_TURNOVER", 100, 20)])
        # Chi works on the 31st still: (5 + 5) / 2 = 5 people, 1 departure: 20 %
        self.assertEqual(self.actual(card, "HR_TURNOVER"), ("ok", 20.0))
        self.assertEqual(card.score, 100.0)


@tagged("post_install", "-at_install")
class TestKpiScore(KpiCase):
    """From actuals to attainments, score, grade, forecast and status."""

    def test_the_score_is_the_weighted_mean_of_the_attainments(self):
        card = self.make_card(self.binh, [("T_REVENUE", 60, 1000), ("T_STOCK", 40, 10)])
        self.enter("t_revenue", self.binh, 800)
        self.enter("t_stock", self.binh, 11)
        card.action_compute()
        self.assertEqual(self.line(card, "T_REVENUE").attainment, 80.0)
        self.assertEqual(self.line(card, "T_STOCK").attainment, 110.0)
        # 0.6 × 80 + 0.4 × 110 = 92
        self.assertRecordValues(card, [{"score": 92.0, "has_score": True}])
        self.assertEqual(card.grade_id, self.env.ref("kpi_management.grade_fair"))

    def test_a_grade_begins_at_its_score(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        figure = self.enter("t_revenue", self.binh, 0)
        for value, grade in ((949.9, "fair"), (950, "good"), (1100, "outstanding"), (599.9, "poor"), (0, "poor")):
            with self.subTest(value):
                figure.value = value
                card.action_compute()
                self.assertEqual(card.grade_id, self.env.ref(f"kpi_management.grade_{grade}"))

    def test_a_company_s_own_scale_goes_first(self):
        scale = self.env["kpi.grade.scale"].create(
            {
                "name": "Pass or fail",
                "company_id": self.company.id,
                "grade_ids": [(0, 0, {"name": "Pass", "min_score": 50})],
            }
        )
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        figure = self.enter("t_revenue", self.binh, 500)
        card.action_compute()
        self.assertEqual(card.grade_id, scale.grade_ids)
        figure.value = 499
        card.action_compute()
        self.assertFalse(card.grade_id, "there is no grade below the lowest band")

    def test_attainments_are_rounded_half_up_to_what_is_shown(self):
        card = self.make_card(self.binh, [("T_STOCK", 100, 100)])
        self.enter("t_stock", self.binh, 80.005)
        card.action_compute()
        self.assertEqual((card.line_ids.attainment, card.score), (80.01, 80.01))

    def test_a_kpi_without_data_counts_as_its_setting_says(self):
        card = self.make_card(self.binh, [("T_REVENUE", 60, 1000), ("T_COMPLAINTS", 40, 5)])
        self.enter("t_revenue", self.binh, 800)
        for policy, score in (
            ("exclude", 80.0),  # 60 × 80 / 60
            ("zero", 48.0),  # (60 × 80 + 40 × 0) / 100
            ("full", 88.0),  # (60 × 80 + 40 × 100) / 100
        ):
            with self.subTest(policy):
                self.complaints.no_data_policy = policy
                card.action_compute()
                self.assertEqual((card.score, card.has_score), (score, True))
                self.assertEqual(self.line(card, "T_COMPLAINTS").result, "no_data")

    def test_without_any_data_there_is_no_score(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        figure = self.enter("t_revenue", self.binh, 800)
        card.action_compute()
        self.assertTrue(card.has_score)
        figure.unlink()
        card.action_compute()
        self.assertRecordValues(card, [{"score": 0, "has_score": False, "grade_id": False}])
        self.assertEqual(card.line_ids.status, "none")

    # March 2026 has 22 working days; when the 16th ends in Vietnam (17:00 UTC), 11 of them have gone.
    @freeze_time("2026-03-16 17:00:00")
    def test_half_way_through_the_month_the_forecast_is_twice_the_actual(self):
        card = self.make_card(self.binh, [("T_REVENUE", 50, 1000), ("T_STOCK", 50, 10)])
        revenue, stock = self.line(card, "T_REVENUE"), self.line(card, "T_STOCK")
        figure = self.enter("t_revenue", self.binh, 0)
        self.enter("t_stock", self.binh, 9)
        for actual, forecast, status in (
            (500, 1000, "on_track"),
            (499, 998, "at_risk"),
            (400, 800, "at_risk"),
            (399, 798, "behind"),
        ):
            with self.subTest(actual):
                figure.value = actual
                card.action_compute()
                self.assertEqual((revenue.forecast, revenue.status), (forecast, status))
        self.assertEqual((stock.forecast, stock.status), (9.0, "at_risk"), "a balance stays as it is")

    @freeze_time("2026-03-16 17:00:00")
    def test_the_company_says_from_where_a_kpi_is_at_risk(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        self.enter("t_revenue", self.binh, 350)
        card.action_compute()
        self.assertEqual(card.line_ids.status, "behind")  # 700 of 1000
        self.company.kpi_at_risk = 70
        card.action_compute()
        self.assertEqual(card.line_ids.status, "at_risk")

    @freeze_time("2026-02-27 02:00:00")
    def test_before_the_period_begins_there_is_no_status(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        self.enter("t_revenue", self.binh, 350)
        card.action_compute()
        self.assertRecordValues(card.line_ids, [{"status": "none", "actual": 350.0, "forecast": 350.0}])
