from datetime import date

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_management.engine import Window

from .common import KpiCase
from .crowd import make_crowd

FEBRUARY = Window("month", date(2026, 2, 1), date(2026, 2, 28))
MARCH = Window("month", date(2026, 3, 1), date(2026, 3, 31))


@tagged("post_install", "-at_install")
class TestKpiRuns(KpiCase):
    """By button, by server action, by night: the same figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enter("t_revenue", cls.binh, 800)
        cls.card = cls.make_card(cls.binh, [("T_REVENUE", 100, 1000)])
        cls.april = cls.make_card(cls.binh, [("T_REVENUE", 100, 1000)], cls.make_period("2026-04-01"))
        cls.may = cls.make_card(cls.binh, [("T_REVENUE", 100, 1000)], cls.make_period("2026-05-01"))
        cls.enter("t_revenue", cls.binh, 300, cls.april.period_id)
        cls.enter("t_revenue", cls.binh, 500, cls.may.period_id)

    def scores(self):
        return [card.has_score and card.score for card in (self.card, self.april, self.may)]

    def run_action(self, xmlid, records, user):
        context = {"active_model": records._name, "active_ids": records.ids, "active_id": records[:1].id}
        return self.env.ref(f"kpi_management.{xmlid}").with_user(user).with_context(**context).run()

    def test_an_employee_computes_his_own_scorecard(self):
        self.card.with_user(self.binh_user).action_compute()
        self.assertEqual(self.scores(), [80.0, False, False])

    def test_an_employee_computes_nobody_else_s_scorecard(self):
        for user in (self.chi_user, self.stranger):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.card.with_user(user).action_compute()
        self.assertEqual(self.scores(), [False, False, False])

    def test_the_server_action_computes_scorecards_from_the_list(self):
        action = self.run_action("action_server_compute_scorecard", self.card | self.may, self.officer)
        self.assertEqual(self.scores(), [80.0, False, 50.0])
        self.assertEqual(action["tag"], "soft_reload")

    def test_the_server_action_is_there_for_the_person_too(self):
        self.run_action("action_server_compute_scorecard", self.card, self.binh_user)
        self.assertEqual(self.scores(), [80.0, False, False])

    def test_the_server_action_computes_periods_from_the_list(self):
        self.run_action("action_server_compute_period", self.card.period_id | self.april.period_id, self.officer)
        self.assertEqual(self.scores(), [80.0, 30.0, False])

    def test_the_server_action_agrees_what_is_ready(self):
        self.may.action_draft()
        self.run_action("action_server_agree_scorecard", self.may, self.an_user)
        self.assertEqual(self.may.state, "proposed", "the manager is one side of two")
        self.run_action("action_server_agree_scorecard", self.may, self.officer)
        self.assertEqual(self.may.state, "agreed")
        self.may.action_draft()
        with self.assertRaises(AccessError):
            self.run_action("action_server_agree_scorecard", self.may, self.binh_user)

    def test_the_period_computes_all_its_scorecards(self):
        chi = self.make_card(self.chi, [("T_REVENUE", 100, 1000)])
        self.enter("t_revenue", self.chi, 1200)
        self.month.with_user(self.officer).action_compute()
        self.assertEqual((self.card.score, chi.score), (80.0, 120.0))

    def test_by_night_everything_that_has_begun_is_computed_and_nothing_that_is_closed(self):
        self.month.with_user(self.officer).action_close()
        self.env.flush_all()
        self.env.cr.execute("UPDATE kpi_scorecard SET score = 12.34 WHERE id = %s", (self.card.id,))
        self.card.invalidate_recordset()
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_compute").method_direct_trigger()
        self.assertEqual(self.scores(), [12.34, 30.0, False])

    def test_several_companies_are_computed_together_each_with_its_own_figures(self):
        period = self.make_period("2026-03-15", company=self.other_company)
        other = self.make_card(self.other_company, [("T_REVENUE", 100, 100)], period)
        mine = self.make_card(self.company, [("T_REVENUE", 100, 100)])
        self.enter("t_revenue", self.other_company, 60, period)
        self.enter("t_revenue", self.company, 90)
        (mine | other | self.card).action_compute()
        self.assertEqual((mine.score, other.score, self.card.score), (90.0, 60.0, 80.0))


@tagged("post_install", "-at_install")
class TestKpiQueryCount(KpiCase):
    """Measuring asks once for everybody: ten people cost as many queries as a thousand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = make_crowd(cls.binh, 1000)
        measure = cls.env["kpi.measure"].search([("code", "=", "t_revenue")])
        cls.env["kpi.measurement"].create(
            [
                {
                    "subject_type": "employee",
                    "company_id": cls.company.id,
                    "employee_id": person.id,
                    "measure_id": measure.id,
                    "period_id": cls.month.id,
                    "value": number,
                }
                for number, person in enumerate(people)
            ]
        )
        cls.make_kpi("T_PRESENCE", "headcount + previous(headcount)")
        lines = [("T_REVENUE", 50, 500), ("T_PRESENCE", 50, 2)]
        cls.cards = cls.env["kpi.scorecard"].create(
            [
                {
                    "period_id": cls.month.id,
                    "company_id": cls.company.id,
                    "subject_type": "employee",
                    "employee_id": person.id,
                    "line_ids": [Command.create(cls._line_vals(*line)) for line in lines],
                }
                for person in people
            ]
        )
        cls.env.flush_all()

    def plan_of(self, count):
        """The plan of some scorecards, everything else forgotten as in a new request."""
        computation = self.env["kpi.computation"]
        plan = computation._plan(self.cards[:count], computation._library())
        self.env.invalidate_all()
        return plan

    def test_measuring_ten_people_costs_as_much_as_measuring_a_thousand(self):
        for count in (10, 1000):
            plan = self.plan_of(count)
            with self.subTest(count), self.assertQueryCount(12):
                figures = self.env["kpi.computation"]._query(self.company, plan)
            headcounts = [figure["headcount", MARCH] for figure in figures.values()]
            self.assertEqual((len(figures), sum(headcounts)), (count, count))
            # 0 + 1 + … + (count − 1)
            revenue = sum(figure["t_revenue", MARCH] for figure in figures.values())
            self.assertEqual(revenue, count * (count - 1) / 2)

    def test_a_measure_is_asked_once_for_all_people_and_each_window(self):
        plan = self.env["kpi.computation"]._plan(self.cards, self.env["kpi.computation"]._library())
        people = set(self.cards.employee_id.ids)
        self.assertEqual(
            plan,
            {
                ("t_revenue", MARCH, "employee", ()): people,
                ("headcount", MARCH, "employee", ()): people,
                ("headcount", FEBRUARY, "employee", ()): people,
            },
        )

    def test_a_thousand_scorecards_get_each_their_own_figures(self):
        self.cards.action_compute()
        for number in (0, 250, 500, 600, 999):
            with self.subTest(number):
                revenue = self.line(self.cards[number], "T_REVENUE")
                # number of 500, at most 120 %
                self.assertEqual((revenue.actual, revenue.attainment), (number, min(number / 5, 120)))
                self.assertEqual(self.line(self.cards[number], "T_PRESENCE").attainment, 100)
