from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import KpiCase
from .crowd import make_crowd

# 17 March 2026, half past midnight in Vietnam: 11 of the month's 22 working days are over.
HALF_TIME = "2026-03-16 17:30:00"


@tagged("post_install", "-at_install")
class TestHistory(KpiCase):
    """Figures period after period; nothing is added up that does not add up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_kpi("T_RATIO", "100 * t_revenue / t_complaints", unit="percent")
        cls.february = cls.make_period("2026-02-01")
        for period, (binh, chi) in {cls.february: (100, 10), cls.month: (300, 30)}.items():
            for person, value in ((cls.binh, binh), (cls.chi, chi)):
                cls.enter("t_revenue", person, value, period)
                cls.enter("t_complaints", person, 4, period)
                cls.make_card(person, [("T_REVENUE", 50, 200), ("T_RATIO", 50, 100)], period)
        cls.enter("t_revenue", cls.sales, 900)
        cls.make_card(cls.sales, [("T_REVENUE", 100, 1000)])
        cls.cards = cls.env["kpi.scorecard"].search([("company_id", "=", cls.company.id)])
        cls.cards.action_compute()
        cls.ratio = cls.kpi("T_RATIO")

    def total(self, *domain):
        domain = [("company_id", "=", self.company.id), *domain]
        return self.env["kpi.scorecard.line"]._read_group(domain, [], ["actual:sum"])[0][0]

    def test_actuals_add_up_over_people_and_periods(self):
        people = ("subject_type", "=", "employee")
        revenue = ("definition_id", "=", self.revenue.id)
        self.assertEqual(self.total(revenue, people), 440)
        self.assertEqual(self.total(revenue, ("employee_id", "=", self.binh.id)), 400)

    def test_one_figure_stands_for_itself(self):
        one = [("definition_id", "=", self.ratio.id), ("employee_id", "=", self.binh.id)]
        self.assertEqual(self.total(*one, ("period_id", "=", self.month.id)), 7500)

    def test_ratios_do_not_add_up(self):
        self.assertFalse(self.total(("definition_id", "=", self.ratio.id)))

    def test_different_things_do_not_add_up(self):
        self.assertFalse(self.total(("employee_id", "=", self.binh.id)))
        # people and their department: twice the same
        self.assertFalse(self.total(("definition_id", "=", self.revenue.id)))

    def test_a_quarter_and_its_months_do_not_add_up(self):
        quarter = self.make_period("2026-03-01", "quarter")
        self.make_card(self.binh, [("T_REVENUE", 100, 1000)], quarter).action_compute()
        mine = [("definition_id", "=", self.revenue.id), ("employee_id", "=", self.binh.id)]
        self.assertFalse(self.total(*mine))
        self.assertEqual(self.total(*mine, ("period_type", "=", "month")), 400)

    def test_the_same_kpi_twice_on_a_card_does_not_add_up(self):
        line = self.cards.filtered(lambda c: c.employee_id == self.binh and c.period_id == self.month).line_ids[0]
        self.env.cr.execute(
            "INSERT INTO kpi_scorecard_line (scorecard_id, definition_id, company_id, employee_id, period_id,"
            " subject_type, period_type, result, actual, weight)"
            " SELECT scorecard_id, definition_id, company_id, employee_id, period_id, subject_type, period_type,"
            " result, 5, 0 FROM kpi_scorecard_line WHERE id = %s",
            [line.id],
        )
        self.assertFalse(self.total(("definition_id", "=", self.revenue.id), ("employee_id", "=", self.binh.id)))

    def test_a_figure_without_data_has_no_part(self):
        april = self.make_period("2026-04-01")
        card = self.make_card(self.binh, [("T_RATIO", 100, 100)], april)
        card.action_compute()
        self.assertEqual(card.line_ids.result, "no_data")
        mine = [("definition_id", "=", self.ratio.id), ("employee_id", "=", self.binh.id)]
        self.assertEqual(self.total(*mine, ("date_start", ">=", "2026-03-01")), 7500)

    def test_the_history_of_a_line_is_that_of_its_kpi_and_subject(self):
        march = self.cards.filtered(lambda c: c.employee_id == self.binh and c.period_id == self.month)
        line = self.line(march, "T_REVENUE").with_user(self.binh_user)
        action = line.action_open_history()
        self.assertEqual(action["context"]["search_default_definition_id"], self.revenue.id)
        self.assertEqual(action["context"]["search_default_type_month"], 1)
        self.assertEqual(action["context"]["graph_groupbys"][0], "date_start:month")
        # The list of scorecards counts them, and the web client takes such a measure along through a button.
        self.assertEqual(action["context"]["graph_measure"], "attainment")
        found = self.env["kpi.scorecard.line"].with_user(self.binh_user).search(action["domain"])
        self.assertEqual(found.employee_id, self.binh)
        self.assertEqual(found.period_id, self.february | self.month)

    def test_the_history_of_a_department_is_not_that_of_its_people(self):
        card = self.cards.filtered(lambda card: card.department_id)
        found = self.env["kpi.scorecard.line"].search(card.action_open_history()["domain"])
        self.assertEqual(found, card.line_ids)
        scores = self.env["kpi.scorecard"].search(card.action_open_score_history()["domain"])
        self.assertEqual(scores, card)

    def test_a_kpi_s_history_shows_what_one_may_see(self):
        action = self.revenue.with_user(self.binh_user).action_open_history()
        self.assertEqual(action["context"]["search_default_definition_id"], self.revenue.id)
        lines = self.env["kpi.scorecard.line"].with_user(self.binh_user)
        groups = lines._read_group([("definition_id", "=", self.revenue.id)], [], ["actual:sum", "__count"])
        self.assertEqual(groups, [(400, 2)])


@freeze_time(HALF_TIME)
@tagged("post_install", "-at_install")
class TestSnapshot(KpiCase):
    """How a running KPI stood, night after night."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_kpi("T_RANGE", "t_stock", direction="band")
        cls.figure = cls.enter("t_revenue", cls.binh, 300)
        cls.enter("t_stock", cls.binh, 7)
        band = {"band_low": 5, "band_high": 9}
        cls.card = cls.make_card(cls.binh, [("T_REVENUE", 50, 1000), ("T_STOCK", 30, 8), ("T_RANGE", 20, 0, band)])

    def night(self):
        self.card.action_compute()
        self.env["kpi.scorecard.snapshot"]._take()

    def day(self, code, date):
        return self.line(self.card, code).snapshot_ids.filtered(lambda day: str(day.date) == date)

    def test_actual_pace_and_forecast_of_a_day(self):
        self.night()
        # half of the working days: half of 1,000 is the pace, and 300 so far make 600
        self.assertRecordValues(
            self.day("T_REVENUE", "2026-03-17"),
            [{"actual": 300, "pace": 500, "forecast": 600, "attainment": 30, "status": "behind", "result": "ok"}],
        )
        # a balance does not grow with time: its target is the pace
        self.assertRecordValues(
            self.day("T_STOCK", "2026-03-17"), [{"actual": 7, "pace": 8, "forecast": 7, "attainment": 87.5}]
        )
        self.assertRecordValues(self.day("T_RANGE", "2026-03-17"), [{"actual": 7, "has_pace": False}])

    def test_one_row_a_day_and_the_last_one_counts(self):
        self.night()
        self.figure.value = 400
        self.night()
        self.assertEqual(self.day("T_REVENUE", "2026-03-17").actual, 400)
        with freeze_time("2026-03-17 17:30:00"):
            self.night()
        self.assertEqual(len(self.line(self.card, "T_REVENUE").snapshot_ids), 2)

    def test_the_night_after_the_end_belongs_to_the_last_day_and_the_next_to_none(self):
        with freeze_time("2026-03-31 19:00:00"):
            self.night()
        self.assertEqual(self.day("T_REVENUE", "2026-03-31").pace, 1000)
        with freeze_time("2026-04-01 19:00:00"):
            self.night()
        self.assertEqual(len(self.line(self.card, "T_REVENUE").snapshot_ids), 1)

    def test_drafts_and_what_was_never_computed_are_left_out(self):
        draft = self.make_card(self.chi, [("T_REVENUE", 100, 1000)], agreed=False)
        draft.action_compute()
        fresh = self.make_card(self.an, [("T_REVENUE", 100, 1000)])
        self.env["kpi.scorecard.snapshot"]._take()
        self.assertFalse((draft | fresh).line_ids.snapshot_ids)

    def test_by_night(self):
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_compute").method_direct_trigger()
        self.assertEqual(self.day("T_REVENUE", "2026-03-17").actual, 300)

    def test_progress_for_the_picture(self):
        self.night()
        with freeze_time("2026-03-23 03:00:00"):
            self.figure.value = 450
            self.card.action_compute()
        progress = self.line(self.card, "T_REVENUE").with_user(self.binh_user).read_progress()
        days = [(str(day), value) for day, value in progress["actual"]]
        self.assertEqual(days, [("2026-03-17", 300), ("2026-03-23", 450)])
        pace = [(str(day), value) for day, value in progress["pace"]]
        self.assertEqual(pace, [("2026-03-01", 0), ("2026-03-17", 500), ("2026-03-31", 1000)])
        self.assertFalse(self.line(self.card, "T_RANGE").read_progress()["pace"])

    def test_who_sees_it(self):
        self.night()
        for user, count in (
            (self.binh_user, 3),
            (self.an_user, 3),
            (self.hang_user, 3),
            (self.officer, 3),
            (self.chi_user, 0),
            (self.stranger, 0),
        ):
            with self.subTest(user.login):
                days = self.env["kpi.scorecard.snapshot"].with_user(user)
                self.assertEqual(days.search_count([("line_id", "in", self.card.line_ids.ids)]), count)
        with self.assertRaises(AccessError):
            self.line(self.card, "T_REVENUE").with_user(self.chi_user).read_progress()

    def test_nobody_writes_it(self):
        self.night()
        day = self.day("T_REVENUE", "2026-03-17")
        vals = {"line_id": day.line_id.id, "date": "2026-03-18", "actual": 999}
        for env in (self.env(user=self.admin), self.env(user=self.binh_user), self.env):
            with self.subTest(env.user.login):
                with self.assertRaises(AccessError):
                    day.with_env(env).write({"actual": 999})
                with self.assertRaises(AccessError):
                    day.with_env(env).create(vals)

    def test_old_days_are_forgotten_when_the_period_is_over_too(self):
        year = self.make_card(self.binh, [("T_REVENUE", 100, 9000)], self.make_period("2026-01-01", "year"))
        year.action_compute()
        self.night()
        self.company.kpi_snapshot_months = 2
        with freeze_time("2026-05-30 02:00:00"):
            self.env["kpi.scorecard.snapshot"]._gc_old()
        self.assertTrue(self.card.line_ids.snapshot_ids)
        with freeze_time("2026-06-02 02:00:00"):
            self.env["kpi.scorecard.snapshot"]._gc_old()
        self.assertFalse(self.card.line_ids.snapshot_ids)
        self.assertTrue(year.line_ids.snapshot_ids)
        self.company.kpi_snapshot_months = 0
        with freeze_time("2036-06-02 02:00:00"):
            self.env["kpi.scorecard.snapshot"]._gc_old()
        self.assertTrue(year.line_ids.snapshot_ids)

    def test_hundreds_of_lines_cost_as_many_queries_as_ten(self):
        counts = []
        crowd = make_crowd(self.binh, 200)
        for people in (crowd[:10], crowd[10:]):
            for person in people:
                self.card.copy({"employee_id": person.id})
            cards = self.env["kpi.scorecard"].search([("period_id", "=", self.month.id)])
            cards.filtered(lambda card: card.state == "draft").action_agree()
            cards.action_compute()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["kpi.scorecard.snapshot"]._take()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
        self.assertEqual(self.env["kpi.scorecard.snapshot"].search_count([]), 3 * 201)
