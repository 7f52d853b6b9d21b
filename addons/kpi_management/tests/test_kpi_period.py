from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import KpiCase


@tagged("post_install", "-at_install")
class TestKpiPeriodCalendar(KpiCase):
    def make(self, period_type, date_start, **vals):
        return self.env["kpi.period"].create(
            {"company_id": self.company.id, "period_type": period_type, "date_start": date_start, **vals}
        )

    def test_a_period_runs_to_the_end_of_its_calendar_window_and_bears_its_name(self):
        expected = [
            # 2 March 2026 is a Monday, of ISO week 10
            ("week", "2026-03-02", "2026-03-08", "W10 2026"),
            ("month", "2025-02-01", "2025-02-28", "02/2025"),
            ("month", "2028-02-01", "2028-02-29", "02/2028"),
            ("quarter", "2025-04-01", "2025-06-30", "Q2 2025"),
            ("half", "2025-07-01", "2025-12-31", "H2 2025"),
            ("year", "2025-01-01", "2025-12-31", "2025"),
        ]
        for period_type, date_start, date_end, name in expected:
            with self.subTest(period_type=period_type, date_start=date_start):
                period = self.make(period_type, date_start)
                self.assertEqual((str(period.date_end), period.name), (date_end, name))

    def test_the_last_days_of_december_belong_to_the_first_week_of_the_new_year(self):
        # Monday 29 December 2025 is in the week of Thursday 1 January 2026
        self.assertEqual(self.make("week", "2025-12-29").name, "W01 2026")

    def test_a_period_is_a_whole_calendar_window(self):
        for vals in (
            {"date_start": "2025-03-05"},
            {"date_start": "2025-03-01", "date_end": "2025-03-30"},
            {"date_start": "2025-03-01", "date_end": "2025-04-30"},
        ):
            with self.subTest(vals), self.refused(ValidationError, "is not a whole Month"):
                self.make("month", **vals)

    def test_a_company_has_a_period_once(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make("month", "2026-03-01")

    def test_each_company_has_its_own_periods(self):
        period = self.make_period("2026-03-15", company=self.other_company)
        self.assertNotEqual(period, self.month)
        self.assertEqual(period.company_id, self.other_company)

    def test_a_missing_month_is_made_with_its_quarter_and_its_year(self):
        month = self.make_period("2025-05-20")
        self.assertEqual(
            [(part.period_type, part.name) for part in (month, month.parent_id, month.parent_id.parent_id)],
            [("month", "05/2025"), ("quarter", "Q2 2025"), ("year", "2025")],
        )
        self.assertFalse(month.parent_id.parent_id.parent_id)

    def test_a_period_that_is_there_is_not_made_again(self):
        self.assertEqual(self.make_period("2026-03-31"), self.month)
        # April shares its year with March, not its quarter
        april = self.make_period("2026-04-01")
        self.assertNotEqual(april.parent_id, self.month.parent_id)
        self.assertEqual(april.parent_id.parent_id, self.month.parent_id.parent_id)

    def test_a_week_belongs_to_no_month(self):
        self.assertFalse(self.make_period("2026-03-15", "week").parent_id)

    def test_a_month_is_part_of_its_own_quarter_only(self):
        second_quarter = self.make_period("2026-05-01", "quarter")
        with self.refused(ValidationError, "03/2026 does not lie within Q2 2026"):
            self.month.parent_id = second_quarter

    def test_a_period_is_part_of_a_period_of_its_own_company(self):
        with self.assertRaises(UserError):
            self.month.parent_id = self.make_period("2026-03-15", "quarter", company=self.other_company)

    def test_a_period_is_not_part_of_itself(self):
        with self.assertRaises(UserError):
            self.month.parent_id = self.month

    def test_creating_the_periods_of_a_year_twice_makes_no_doubles(self):
        wizard = self.env["kpi.period.generate"].with_user(self.officer).create({"year": 2027, "with_half": True})
        in_2027 = [("company_id", "=", self.company.id), ("date_start", ">=", "2027-01-01")]
        wizard.action_confirm()
        periods = self.env["kpi.period"].search(in_2027)
        counts = {period_type: len(group) for period_type, group in periods.grouped("period_type").items()}
        self.assertEqual(counts, {"month": 12, "quarter": 4, "half": 2, "year": 1})
        action = wizard.action_confirm()
        self.assertEqual(self.env["kpi.period"].search(in_2027), periods)
        self.assertEqual(self.env["kpi.period"].with_user(self.officer).search(action["domain"]), periods)

    def test_employees_create_no_periods(self):
        with self.assertRaises(AccessError):
            self.env["kpi.period.generate"].with_user(self.binh_user).create({"year": 2027})


@tagged("post_install", "-at_install")
class TestKpiPeriodLife(KpiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.make_card(cls.binh, [("T_REVENUE", 100, 1000)])
        cls.figure = cls.enter("t_revenue", cls.binh, 800)
        cls.period = cls.month.with_user(cls.officer)

    def test_closing_computes_a_last_time_and_locks_the_scorecards(self):
        self.period.action_close()
        self.assertEqual((self.period.state, self.card.state, self.card.score), ("closed", "closed", 80.0))

    def test_a_period_with_a_draft_scorecard_is_not_closed(self):
        self.make_card(self.chi, [("T_REVENUE", 100, 1000)], agreed=False)
        with self.refused(UserError, "Scorecards not agreed yet: 1, the first is Chi"):
            self.period.action_close()

    @freeze_time("2026-03-31 16:59:00")
    def test_a_period_is_not_closed_on_its_last_day(self):
        with self.refused(UserError, "ends on 03/31/2026 and cannot be closed before"):
            self.period.action_close()

    @freeze_time("2026-03-31 17:00:00")
    def test_a_period_may_be_closed_from_midnight_in_vietnam(self):
        self.period.action_close()
        self.assertEqual(self.period.state, "closed")

    def test_review_takes_the_scorecards_along_and_figures_still_move(self):
        self.period.action_review()
        self.assertEqual((self.period.state, self.card.state), ("review", "review"))
        self.figure.value = 900
        self.period.action_compute()
        self.assertEqual(self.card.score, 90.0)

    def test_employees_do_not_change_the_state_of_a_period(self):
        period = self.month.with_user(self.an_user)
        for move in (period.action_review, period.action_close, lambda: period.action_reopen("because")):
            with self.subTest(move), self.assertRaises(UserError):
                move()

    def test_the_state_changes_through_its_actions_only(self):
        for state in ("review", "closed"):
            with self.subTest(state=state), self.assertRaises(UserError):
                self.period.state = state
        self.period.action_close()
        with self.assertRaises(UserError):
            self.period.state = "open"
        with self.assertRaises(UserError):
            self.env["kpi.period"].with_user(self.officer).create(
                {"period_type": "month", "date_start": "2025-01-01", "state": "closed"}
            )

    def test_a_closed_period_does_not_change_for_officers_nor_for_sudo(self):
        self.period.action_close()
        draft = self.make_card(self.binh, [("T_REVENUE", 100, 5)], self.make_period("2026-04-01"), agreed=False)
        for name, env in (("officer", self.env(user=self.officer)), ("sudo", self.env(user=self.officer, su=True))):
            card, line = self.card.with_env(env), self.card.line_ids.with_env(env)
            period, figure, other = self.month.with_env(env), self.figure.with_env(env), draft.with_env(env)
            for attempt, change in {
                "change a target": lambda: line.write({"target": 1}),
                "change a weight": lambda: line.write({"weight": 50}),
                "change an actual": lambda: line.write({"actual": 5000}),
                "change a score": lambda: card.write({"score": 120}),
                "delete a line": lambda: line.unlink(),
                "add a line": lambda: card.write({"line_ids": [(0, 0, self._line_vals("T_COMPLAINTS", 50, 3))]}),
                "take a scorecard back to draft": lambda: card.write({"state": "draft"}),
                "delete a scorecard": lambda: card.unlink(),
                "compute a scorecard": lambda: card.action_compute(),
                "compute the period": lambda: period.action_compute(),
                "add a scorecard": lambda: self.make_card(self.chi.with_env(env), [("T_REVENUE", 100, 1)], period),
                "move a scorecard in": lambda: other.write({"period_id": period.id}),
                "move a line in": lambda: other.line_ids.write({"scorecard_id": card.id}),
                "move the period": lambda: period.write({"date_start": "2026-04-01", "date_end": "2026-04-30"}),
                "delete the period": lambda: period.unlink(),
                "change a figure": lambda: figure.write({"value": 900}),
                "delete a figure": lambda: figure.unlink(),
                "add a figure": lambda: self.enter("t_revenue", self.chi.with_env(env), 1, period),
                "move a figure out": lambda: figure.write({"period_id": draft.period_id.id}),
            }.items():
                with self.subTest(attempt, by=name), self.assertRaises(UserError):
                    change()
        self.assertEqual((self.card.score, self.card.line_ids.target, self.figure.value), (80.0, 1000.0, 800.0))

    def test_a_figure_does_not_move_into_a_closed_period(self):
        self.period.action_close()
        figure = self.enter("t_revenue", self.binh, 5, self.make_period("2026-04-01"))
        with self.refused(UserError, "03/2026 is closed"):
            figure.write({"period_id": self.month.id})

    def test_reopening_needs_an_officer(self):
        self.period.action_close()
        with self.assertRaises(UserError):
            self.month.with_user(self.an_user).action_reopen("Late credit note")
        self.assertEqual(self.period.state, "closed")

    def test_reopening_needs_a_reason(self):
        self.period.action_close()
        for reason in (None, "", "  "):
            with self.subTest(reason=reason), self.refused(UserError, "Say why"):
                self.period.action_reopen(reason)
        self.assertEqual(self.period.state, "closed")

    def test_a_reopened_period_keeps_the_reason_and_its_figures_move_again(self):
        self.period.action_close()
        action = self.period.action_ask_reopen()
        wizard = self.env["kpi.period.reopen"].with_user(self.officer).with_context(**action["context"])
        wizard.create({"reason": "Late credit note"}).action_confirm()
        self.assertEqual((self.period.state, self.card.state), ("review", "review"))
        self.assertIn("Late credit note", self.month.message_ids[0].body)
        self.figure.value = 700
        self.period.action_compute()
        self.assertEqual(self.card.score, 70.0)

    def test_a_period_with_scorecards_opens_them(self):
        action = self.period.action_open_scorecards()
        self.assertEqual(self.period.scorecard_count, 1)
        self.assertEqual(self.env["kpi.scorecard"].search(action["domain"]), self.card)

    def test_deleting_an_open_period_without_scorecards_is_allowed(self):
        period = self.make_period("2026-05-01").with_user(self.officer)
        period.unlink()
        self.assertFalse(period.exists())

    def test_the_period_shows_when_it_was_computed(self):
        self.assertFalse(self.month.computed_at)
        self.period.action_compute()
        self.assertEqual(Date.to_date(self.month.computed_at), Date.to_date("2026-04-02"))
