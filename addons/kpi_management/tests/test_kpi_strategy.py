from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .objective_case import ObjectiveCase


class StrategyCase(ObjectiveCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.strategy = cls.make_strategy("Growth")
        cls.growth.strategy_id = cls.strategy

    @classmethod
    def make_strategy(cls, name, company=None, **vals):
        return cls.env["kpi.strategy"].create(
            {
                "name": name,
                "company_id": (company or cls.company).id,
                "date_start": "2026-01-01",
                "date_end": "2028-12-31",
                **vals,
            }
        )


@tagged("post_install", "-at_install")
class TestKpiStrategy(StrategyCase):
    def test_a_company_has_one_active_strategy_at_a_time(self):
        self.strategy.action_activate()
        other = self.make_strategy("Other", date_start="2028-12-31", date_end="2030-12-31")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            other.action_activate()
            self.env.flush_all()
        other.date_start = "2029-01-01"
        other.action_activate()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            other.date_start = "2028-06-30"
            self.env.flush_all()
        self.make_strategy("Theirs", self.other_company).action_activate()
        self.strategy.action_archive_strategy()
        self.make_strategy("Anew").action_activate()

    def test_objectives_lie_within_its_horizon(self):
        with self.refused(ValidationError, "must lie within those of Growth"):
            self.growth.date_start = "2025-12-31"
        with self.refused(ValidationError, "The dates of Grow"):
            self.strategy.date_start = "2026-02-01"
        with self.assertRaises(UserError):
            self.make_objective("Theirs", "strategic", company_id=self.other_company.id, strategy_id=self.strategy.id)

    def test_progress_and_objectives(self):
        self.assertEqual(self.strategy.objective_count, 3, "those below belong to it as well")
        card = self.make_card(self.an, [("T_REVENUE", 100, 1000, {"objective_id": self.north_growth.id})], agreed=False)
        self.enter("t_revenue", self.an, 800)
        card.action_compute()
        self.assertEqual(self.strategy.progress, 60.0)  # Grow: (3 × 80 + 1 × 0) / 4
        domain = self.strategy.action_open_objectives()["domain"]
        self.assertEqual(len(self.env["kpi.objective"].search(domain)), 3)

    def test_what_is_missing_is_said(self):
        self.strategy.resource_ids = [
            Command.create({"kind": "money", "name": "Credit line", "assessment": "sufficient"}),
            Command.create({"kind": "people", "name": "Carpenters", "assessment": "missing"}),
        ]
        self.assertEqual(self.strategy.resource_warning, "Missing: Carpenters")

    def test_who_reads_and_writes_it(self):
        self.strategy.resource_ids = [Command.create({"kind": "money", "name": "Credit line"})]
        for state, readers in (
            ("draft", {self.officer, self.admin}),
            ("active", {self.officer, self.admin, self.binh_user, self.an_user}),
            ("archived", {self.officer, self.admin, self.binh_user, self.an_user}),
        ):
            self.strategy.state = state
            for user in (self.binh_user, self.an_user, self.officer, self.admin, self.stranger):
                with self.subTest(state, user=user.login):
                    for record in (self.strategy, self.strategy.resource_ids):
                        self.assertEqual(record.with_user(user).has_access("read"), user in readers)
                        writes = user in (self.officer, self.admin)
                        self.assertEqual(record.with_user(user).has_access("write"), writes)
        with self.assertRaises(AccessError):
            self.strategy.with_user(self.an_user).action_draft()

    def test_a_strategy_with_objectives_is_not_deleted(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.strategy.unlink()


@tagged("post_install", "-at_install")
class TestKpiStrategyMap(StrategyCase):
    """Few complaints drive revenue; Bình and An have both on their cards of March."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.strategy.action_activate()
        cls.financial = cls.env.ref("kpi_management.perspective_financial")
        cls.customer = cls.env.ref("kpi_management.perspective_customer")
        cls.revenue.perspective_id = cls.financial
        cls.complaints.write(
            {"perspective_id": cls.customer.id, "timing": "leading", "drives_ids": [Command.link(cls.revenue.id)]}
        )
        cls.growth.perspective_id = cls.financial
        for person, revenue in ((cls.binh, 1000), (cls.an, 500)):
            card = cls.make_card(person, [("T_REVENUE", 60, 1000), ("T_COMPLAINTS", 40, 5)])
            cls.enter("t_revenue", person, revenue)
            cls.enter("t_complaints", person, 5)
            card.action_compute()

    def map(self, user=None, period=None):
        strategies = self.env["kpi.strategy"].with_user(user or self.officer).with_company(self.company)
        return strategies.get_map(period and period.id)

    def bands(self, board):
        return {band["name"]: {kpi["name"]: kpi for kpi in band["kpis"]} for band in board["bands"]}

    def test_the_map_of_an_officer(self):
        board = self.map()
        self.assertEqual(board["strategy"]["name"], "Growth")
        self.assertEqual([period["name"] for period in board["periods"]], ["03/2026"])
        self.assertEqual(board["period_id"], self.month.id)
        bands = self.bands(board)
        self.assertEqual(list(bands), ["Financial", "Customer", "Internal processes", "Learning and growth"])
        revenue, complaints = bands["Financial"]["T_REVENUE"], bands["Customer"]["T_COMPLAINTS"]
        # 100 % and 50 %: one of two is behind
        self.assertEqual(
            {name: revenue[name] for name in ("attainment", "status", "status_count", "line_count")},
            {"attainment": 75.0, "status": "behind", "status_count": 1, "line_count": 2},
        )
        self.assertEqual((complaints["drives"], revenue["drives"]), ([self.revenue.id], []))
        self.assertEqual(complaints["status"], "on_track")
        financial = next(band for band in board["bands"] if band["name"] == "Financial")
        self.assertEqual([objective["name"] for objective in financial["objectives"]], ["Grow"])

    def test_what_is_linked_stands_first(self):
        lone = self.complaints.copy({"code": "A_LONE", "name": "A_LONE", "drives_ids": [Command.clear()]})
        self.make_card(self.company, [("T_REVENUE", 50, 1000), ("A_LONE", 50, 5)])
        self.assertEqual(lone.perspective_id, self.customer)
        customer = self.bands(self.map())["Customer"]
        self.assertEqual(list(customer), ["T_COMPLAINTS", "A_LONE"])

    def test_everybody_sees_his_own_figures_alone(self):
        revenue = self.bands(self.map(self.binh_user))["Financial"]["T_REVENUE"]
        self.assertEqual((revenue["attainment"], revenue["line_count"]), (100.0, 1))
        self.assertFalse(self.bands(self.map(self.chi_user))["Financial"])
        objectives = [band["objectives"] for band in self.map(self.chi_user)["bands"]]
        self.assertFalse(any(objectives), "Grow is a draft")

    def test_another_company_s_map_is_empty(self):
        board = self.env["kpi.strategy"].with_user(self.stranger).get_map(self.month.id)
        self.assertEqual((board["company"], board["strategy"]), ("Sao Hôm", self.env["kpi.strategy"]))
        self.assertFalse(board["periods"] or board["period_id"])
        self.assertFalse(any(band["kpis"] for band in board["bands"]))

    def test_the_company_s_own_figure_goes_first(self):
        card = self.make_card(self.company, [("T_REVENUE", 100, 1000)])
        self.enter("t_revenue", self.company, 900)
        card.action_compute()
        revenue = self.bands(self.map())["Financial"]["T_REVENUE"]
        self.assertEqual((revenue["attainment"], revenue["line_count"]), (90.0, 1))

    def test_a_period_is_chosen(self):
        april = self.make_period("2026-04-01")
        self.make_card(self.binh, [("T_STOCK", 100, 1)], april)
        self.assertEqual(self.map()["period_id"], april.id)
        self.assertEqual(self.map(period=self.month)["period_id"], self.month.id)
        stock = self.bands(self.map())["No perspective"]["T_STOCK"]
        self.assertEqual((stock["attainment"], stock["status"]), (False, "none"))

    def test_a_kpi_stands_where_its_department_does_unless_one_says_otherwise(self):
        kpi = self.make_kpi("T_HIRED", department_kind="hr")
        self.assertEqual(kpi.perspective_id, self.env.ref("kpi_management.perspective_learning"))
        kpi.perspective_id = self.customer
        self.assertEqual(kpi.perspective_id, self.customer)
        self.assertFalse(self.make_kpi("T_GENERAL").perspective_id)

    def test_the_number_of_queries_does_not_grow(self):
        def spent():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.map()
            return self.env.cr.sql_log_count - before

        spent()
        few = spent()
        for number in range(8):
            kpi = self.make_kpi(f"T_MORE{number}", department_kind="hr", drives_ids=[Command.link(self.revenue.id)])
            period = self.make_period(f"2025-0{number + 1}-01")
            self.make_card(self.chi, [(kpi.code, 100, 10)], period)
            self.make_card(self.make_employee(f"P{number}", self.office), [(kpi.code, 100, 10)])
            self.make_objective(f"More {number}", "strategic")
        self.assertEqual(spent(), few)
