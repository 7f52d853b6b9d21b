from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .objective_case import ObjectiveCase


@tagged("post_install", "-at_install")
class TestKpiObjective(ObjectiveCase):
    def measure(self, objective, *lines, period=None):
        """Score KPIs of an objective: (subject, code, weight, target, figure)."""
        for subject, code, weight, target, figure in lines:
            card = self.make_card(
                subject, [(code, weight, target, {"objective_id": objective.id})], period, agreed=False
            )
            if figure is not None:
                self.enter(code.lower(), subject, figure, period)
            card.action_compute()

    def test_progress_is_the_weighted_attainment_of_the_kpis(self):
        self.measure(
            self.north_growth,
            (self.an, "T_REVENUE", 60, 1000, 800),  # 80 %
            (self.binh, "T_REVENUE", 40, 1000, 1100),  # 110 %
            (self.chi, "T_REVENUE", 50, 1000, None),  # no data: left out
        )
        self.assertEqual(self.north_growth.progress, 92.0)  # (60 × 80 + 40 × 110) / 100

    def test_progress_rolls_up_by_weight(self):
        self.measure(self.north_growth, (self.an, "T_REVENUE", 100, 1000, 800))
        self.measure(self.south_growth, (self.chi, "T_REVENUE", 100, 1000, 1200))
        self.assertEqual(self.growth.progress, 90.0)  # (3 × 80 + 1 × 120) / 4
        self.south_growth.weight = 3
        self.assertEqual(self.growth.progress, 100.0)  # (3 × 80 + 3 × 120) / 6
        self.south_growth.action_cancel()
        self.assertEqual(self.growth.progress, 80.0, "a cancelled objective no longer counts")

    def test_progress_is_that_of_the_latest_period_measured(self):
        self.measure(self.north_growth, (self.an, "T_REVENUE", 100, 1000, 500), period=self.make_period("2026-02-01"))
        self.assertEqual(self.north_growth.progress, 50.0)
        self.measure(self.north_growth, (self.an, "T_REVENUE", 100, 1000, 700))
        self.assertEqual(self.north_growth.progress, 70.0)
        # April has begun and has no figure yet
        self.measure(self.north_growth, (self.an, "T_REVENUE", 100, 1000, None), period=self.make_period("2026-04-01"))
        self.assertEqual(self.north_growth.progress, 70.0)

    def test_an_objective_s_own_kpis_go_before_the_objectives_below_even_at_nothing(self):
        self.measure(self.north_growth, (self.an, "T_REVENUE", 100, 1000, 800))
        self.measure(self.growth, (self.company, "T_REVENUE", 100, 1000, 0))
        self.assertEqual(self.growth.progress, 0.0)

    def test_progress_is_not_typed(self):
        with self.refused(AccessError, "progress is computed"):
            self.growth.progress = 100
        with self.refused(AccessError, "progress is computed"):
            self.make_objective("Learn", "strategic", progress=100)

    def test_without_kpis_and_objectives_below_there_is_no_progress(self):
        self.assertEqual(self.make_objective("Learn", "strategic").progress, 0.0)

    def test_the_dates_lie_within_those_of_the_objective_above(self):
        for dates in ({"date_start": "2025-12-31"}, {"date_end": "2027-01-01"}):
            with self.subTest(dates), self.refused(ValidationError, "must lie within those of Grow"):
                self.north_growth.write(dates)
        with self.assertRaises(ValidationError):
            self.growth.date_end = "2026-06-30"

    def test_an_objective_serves_no_objective_below_it(self):
        with self.assertRaises(UserError):
            self.growth.parent_id = self.growth
        self.south_growth.parent_id = self.north_growth
        with self.assertRaises(UserError):
            self.north_growth.parent_id = self.south_growth

    def test_an_objective_serves_one_of_its_own_level_or_a_higher_one(self):
        with self.refused(ValidationError, "stands on a higher level than Grow in the North"):
            self.make_objective("Be first", "strategic", self.north_growth)
        self.assertTrue(self.make_objective("Sell more", "individual", self.north_growth, owner_id=self.binh.id))
        self.assertTrue(self.make_objective("Sell in the far North", "department", self.north_growth))
        with self.assertRaises(ValidationError):
            self.growth.level = "individual"

    def test_an_objective_serves_one_of_its_own_company(self):
        with self.assertRaises(UserError):
            self.make_objective("Elsewhere", "department", self.growth, company_id=self.other_company.id)
        with self.assertRaises(UserError):
            self.growth.company_id = self.other_company

    def test_an_agreed_objective_is_cancelled_and_not_deleted(self):
        self.as_agreed(self.south_growth)
        with self.refused(UserError, "cancel it instead of deleting it"):
            self.south_growth.unlink()
        self.south_growth.action_cancel("The South is closed")
        self.south_growth.unlink()
        self.assertFalse(self.south_growth.exists())

    def test_an_objective_with_others_below_it_is_not_deleted_alone(self):
        below = self.make_objective("Open a shop", "department", self.south_growth)
        below.active = False
        with self.refused(UserError, "has objectives below it"):
            self.south_growth.unlink()
        (self.south_growth | below).unlink()
        self.assertFalse(below.exists())

    def test_a_department_does_not_move_under_its_own_child(self):
        with self.assertRaises(UserError):
            self.sales.parent_id = self.north
        self.assertEqual(self.north_growth.department_id.parent_id, self.sales)

    def test_the_trail_leads_from_the_top_and_links_what_may_be_read(self):
        own = self.make_objective("Sell more", "individual", self.north_growth, owner_id=self.binh.id)
        self.assertFalse(self.growth.parent_trail)
        self.assertEqual(
            own.parent_trail,
            f'<a href="/odoo/kpi-objectives/{self.growth.id}">Grow</a> › '
            f'<a href="/odoo/kpi-objectives/{self.north_growth.id}">Grow in the North</a>',
        )
        # Bình sees neither, as both are drafts: he reads their names alone
        self.assertEqual(own.with_user(self.binh_user).parent_trail, "Grow › Grow in the North")

    def test_the_tree_is_read_with_its_progress(self):
        self.measure(self.north_growth, (self.an, "T_REVENUE", 100, 1000, 800))
        nodes = self.env["kpi.objective"].hierarchy_read(
            [("id", "=", self.growth.id)], {"name": {}, "progress": {}}, "parent_id", "child_ids"
        )
        self.assertEqual(
            {node["name"]: node["progress"] for node in nodes},
            {"Grow": 60.0, "Grow in the North": 80.0, "Grow in the South": 0.0},  # (3 × 80 + 1 × 0) / 4
        )

    def test_an_objective_below_follows_its_parent_into_a_strategy(self):
        strategy = self.env["kpi.strategy"].create(
            {
                "name": "Growth",
                "company_id": self.company.id,
                "date_start": "2026-01-01",
                "date_end": "2028-12-31",
            }
        )
        self.growth.strategy_id = strategy
        self.assertEqual(self.north_growth.strategy_id, strategy)
        other = strategy.copy({"name": "Other"})
        with self.refused(ValidationError, "belongs to the strategy of Grow"):
            self.north_growth.strategy_id = other

    def test_an_objective_opens_its_lines_and_those_below(self):
        self.measure(self.growth, (self.company, "T_REVENUE", 100, 1000, 0))
        self.assertEqual((self.growth.child_count, self.growth.line_count), (2, 1))
        lines = self.env["kpi.scorecard.line"].search(self.growth.action_open_lines()["domain"])
        self.assertEqual(lines, self.growth.line_ids)
        below = self.env["kpi.objective"].search(self.growth.action_open_children()["domain"])
        self.assertEqual(below, self.north_growth | self.south_growth)


@tagged("post_install", "-at_install")
class TestKpiObjectiveVisibility(ObjectiveCase):
    """Who sees what: drafts stay with owner, managers and officers; what is agreed is for the whole company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.make_objective("Sell more", "individual", cls.north_growth, owner_id=cls.binh.id)

    def seen_by(self, user):
        ours = (self.growth | self.north_growth | self.south_growth | self.own).ids
        return set(self.env["kpi.objective"].with_user(user).search([("id", "in", ours)]).mapped("name"))

    def test_a_draft_is_seen_by_owner_managers_and_officers(self):
        everything = {"Grow", "Grow in the North", "Grow in the South", "Sell more"}
        for user, names in (
            (self.binh_user, {"Sell more"}),
            (self.an_user, {"Sell more"}),
            # Hằng leads Sales with its two parts, and Bình's manager
            (self.hang_user, {"Grow in the North", "Grow in the South", "Sell more"}),
            (self.chi_user, set()),
            (self.officer, everything),
            (self.stranger, set()),
        ):
            with self.subTest(user.login):
                self.assertEqual(self.seen_by(user), names)

    def test_what_is_agreed_is_seen_by_the_whole_company(self):
        self.as_agreed(self.growth)
        self.assertEqual(self.seen_by(self.chi_user), {"Grow"})
        self.growth.action_done()
        self.assertEqual(self.seen_by(self.chi_user), {"Grow"})
        self.assertEqual(self.seen_by(self.stranger), set())

    def test_a_reviewer_sees_what_he_reviews(self):
        self.env["kpi.objective.approval"].create({"objective_id": self.growth.id, "user_id": self.chi_user.id})
        self.assertEqual(self.seen_by(self.chi_user), {"Grow"})

    def test_a_manager_changes_the_team_s_objectives(self):
        self.own.with_user(self.an_user).name = "Sell much more"
        own = self.make_objective("Lead well", "individual", owner_id=self.an.id)
        for user in (self.binh_user, self.chi_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                own.with_user(user).name = "Lead a little"
        own.with_user(self.hang_user).name = "Lead better"
        with self.assertRaises(AccessError):
            self.growth.with_user(self.hang_user).name = "Shrink"
