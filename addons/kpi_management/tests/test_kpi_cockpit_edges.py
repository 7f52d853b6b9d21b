from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .change_case import ChangeCase
from .test_kpi_cockpit import CockpitCase

ACTION = "kpi_management.action_kpi_cockpit"


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiCockpitCompanies(CockpitCase):
    """Lan is officer of both companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer.company_ids = [Command.link(cls.other_company.id)]
        cls.other_month = cls.make_period("2026-03-01", company=cls.other_company)
        cls.env["kpi.scorecard"].create(
            {
                "subject_type": "company",
                "company_id": cls.other_company.id,
                "period_id": cls.other_month.id,
                "line_ids": [Command.create(cls._line_vals("T_REVENUE", 100, 10))],
            }
        )
        cls.cockpit = (
            cls.env["kpi.cockpit"]
            .with_user(cls.officer)
            .with_context(allowed_company_ids=[cls.company.id, cls.other_company.id])
        )

    def test_the_period_of_another_company_shows_that_company(self):
        here = {"type": "company", "id": self.company.id}
        shown = self.cockpit.load(self.other_month.id, subject=here)
        self.assertEqual((shown["subject"]["type"], shown["subject"]["name"]), ("company", "Sao Hôm"))
        self.assertEqual(self.names(shown["path"]), ["Sao Hôm"])
        person = {"type": "employee", "id": self.binh.id}
        self.assertEqual(self.cockpit.load(self.other_month.id, subject=person)["subject"]["name"], "Sao Hôm")

    def test_no_such_company_is_the_one_of_the_period(self):
        for key in (0, -1, 10**12, None, True, "x"):
            with self.subTest(key):
                shown = self.cockpit.load(self.month.id, subject={"type": "company", "id": key})
                self.assertEqual(shown["subject"]["name"], "Sao Mai")

    def test_periods_are_those_of_scorecards_one_may_see(self):
        names = [period["name"] for period in self.cockpit.load(self.month.id)["periods"]]
        self.assertEqual(set(names), {"03/2026 · Sao Mai", "02/2026 · Sao Mai", "03/2026 · Sao Hôm"})
        employee = self.env["kpi.cockpit"].with_user(self.chi_user)
        self.assertEqual([period["name"] for period in employee.load()["periods"]], ["03/2026"])


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiCockpitEdges(CockpitCase):
    def test_whoever_changed_department_is_compared_with_himself(self):
        # Bình worked in North in February, and in South since March.
        self.binh.create_version({"date_version": "2026-03-01", "department_id": self.south.id})
        self.env.flush_all()
        rows = {row["name"]: row for row in self.load(subject=self.south)["below"]}
        self.assertEqual((rows["Bình"]["score"], rows["Bình"]["score_compare"]), (85, 55))
        self.assertFalse(rows["Chi"]["score_compare"])

    def test_wrong_arguments_find_nothing(self):
        cockpit = self.env["kpi.cockpit"].with_user(self.officer)
        for period in ("abc", "", True, {}, ["x"], [1, 2], 10**12, None):
            with self.subTest(period):
                self.assertEqual(cockpit.refresh_ids(period), [])
        before = cockpit.load(self.month.id)["compare"]
        for compare in (True, "abc", 10**12):
            with self.subTest(compare):
                compared = cockpit.load(self.month.id, compare=compare)["compare"]
                self.assertEqual(compared["id"], before["id"])
        for favorite in ("abc", True, {}, None, 10**12):
            with self.subTest(favorite):
                self.assertEqual(cockpit.delete_favorite(favorite), [])
        for name in (5, ["x"], {}, None):
            with self.subTest(name), self.refused(UserError, "Give the view a name"):
                cockpit.save_favorite(name, {"page": "heat"})


@tagged("post_install", "-at_install")
class TestKpiCockpitFavorites(CockpitCase):
    """Views that somebody made, or shared, outside of the cockpit."""

    def make_filter(self, maker, users, context="{'page': 'heat'}", name="Outside"):
        filters = self.env["ir.filters"].with_user(maker)
        made = filters.create(
            {
                "name": name,
                "model_id": "kpi.scorecard",
                "action_id": self.env.ref(ACTION).id,
                "context": context,
                "user_ids": [Command.set(users.ids)],
            }
        )
        return made.sudo()

    def favorites(self, user):
        return self.names(self.env["kpi.cockpit"].with_user(user).favorites())

    def test_what_is_no_view_is_left_out(self):
        for number, context in enumerate(("not a literal(", "None", "[1, 2]", "'heat'", "{}")):
            self.make_filter(self.officer, self.env["res.users"], context, f"Broken {number}")
        self.make_filter(self.officer, self.env["res.users"])
        self.assertEqual(self.favorites(self.binh_user), ["Outside"])
        self.assertTrue(self.load()["favorites"])

    def test_nobody_but_officers_shares_with_everybody(self):
        self.make_filter(self.binh_user, self.env["res.users"])
        for user in (self.binh_user, self.officer):
            self.assertEqual(self.favorites(user), [])
        self.make_filter(self.officer, self.env["res.users"], name="Morning")
        self.assertEqual(self.favorites(self.binh_user), ["Morning"])

    def test_what_is_shared_with_some_stays_theirs(self):
        shared = self.make_filter(self.binh_user, self.binh_user | self.chi_user)
        cockpit = self.env["kpi.cockpit"].with_user(self.binh_user)
        cockpit.save_favorite("Outside", {"page": "overview"}, is_default=True)
        self.assertEqual(shared.context, "{'page': 'heat'}")
        self.assertEqual(shared.user_ids, self.binh_user | self.chi_user)
        cockpit.delete_favorite(shared.id)
        self.assertEqual(shared.user_ids, self.chi_user)
        self.assertEqual(self.favorites(self.chi_user), ["Outside"])
        self.assertEqual(self.favorites(self.binh_user), ["Outside"], "the own one is still there")
        self.env["kpi.cockpit"].with_user(self.chi_user).delete_favorite(shared.id)
        self.assertFalse(shared.exists())

    def test_only_views_are_kept(self):
        cockpit = self.env["kpi.cockpit"].with_user(self.binh_user)
        for options in ({"x": float("nan")}, {"x": float("inf")}, [1], "heat", None, {"x": "y" * 5000}, {"x": {1}}):
            with self.subTest(str(options)[:20]), self.refused(UserError, "cannot be kept"):
                cockpit.save_favorite("View", options)
        self.assertEqual(self.favorites(self.binh_user), [])


@tagged("post_install", "-at_install")
class TestKpiCockpitTargets(ChangeCase):
    """The heat map tells the target that counts for the whole period."""

    def cells(self):
        subject = {"type": "company", "id": self.company.id}
        shown = self.env["kpi.cockpit"].with_user(self.officer).load(self.month.id, subject=subject)
        (row,) = shown["heat"]["rows"]
        return {column["name"]: row["cells"][str(column["definition_id"])] for column in shown["heat"]["columns"]}

    def test_a_target_changed_within_the_period(self):
        self.change(self.revenue_line, new_target=200)
        cells = self.cells()
        # 100 for 15 days and 200 for 16 of 31
        self.assertAlmostEqual(cells["T_REVENUE"]["target"], (15 * 100 + 16 * 200) / 31, 4)
        self.assertEqual(cells["T_COMPLAINTS"]["target"], 10)

    def test_a_band_has_no_single_target(self):
        self.make_kpi("T_TEMP", formula="t_revenue", direction="band")
        band = {"band_low": 4, "band_high": 8}
        self.card.action_draft()
        self.card.write({"line_ids": [Command.clear(), Command.create({**self._line_vals("T_TEMP", 100, 6), **band})]})
        self.assertIs(self.cells()["T_TEMP"]["target"], False)
