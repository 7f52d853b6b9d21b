from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import KpiCase
from .crowd import make_crowd


class CockpitCase(KpiCase):
    """March: Bình (North) sold 300 of 400, Chi (South) 30 of 200, Sales 900 of 1,000, the company 900 of 2,000; four
    complaints each, as many as allowed. Bình had sold 100 of 400 in February."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.february = cls.make_period("2026-02-01")
        cls.binh_february = cls.make_person_card(cls.binh, 400, 100, cls.february)
        cls.binh_card = cls.make_person_card(cls.binh, 400, 300, cls.month)
        cls.chi_card = cls.make_person_card(cls.chi, 200, 30, cls.month)
        for subject, target in ((cls.sales, 1000), (cls.company, 2000)):
            cls.enter("t_revenue", subject, 900)
            cls.make_card(subject, [("T_REVENUE", 100, target)])
        cls.env["kpi.scorecard"].search([("company_id", "=", cls.company.id)]).action_compute()

    @classmethod
    def make_person_card(cls, person, target, sold, period):
        cls.enter("t_revenue", person, sold, period)
        cls.enter("t_complaints", person, 4, period)
        return cls.make_card(person, [("T_REVENUE", 60, target), ("T_COMPLAINTS", 40, 4)], period)

    def load(self, user=None, subject=None, **options):
        cockpit = self.env["kpi.cockpit"].with_user(user or self.officer).with_company(self.company)
        if subject is not None:
            vals = self._subject_vals(subject)
            options["subject"] = {"type": vals["subject_type"], "id": subject.id}
        return cockpit.load(options.pop("period_id", self.month.id), **options)

    def names(self, entries):
        return [entry["name"] for entry in entries]


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiCockpit(CockpitCase):
    def test_company_and_what_is_below_it(self):
        cockpit = self.load()
        self.assertEqual(self.names(cockpit["path"]), ["Sao Mai"])
        self.assertEqual((cockpit["subject"]["score"], cockpit["subject"]["score_compare"]), (45, False))
        (sales,) = cockpit["below"]
        self.assertEqual((sales["name"], sales["score"], sales["people"]), ("Sales", 90, 2))
        self.assertEqual(cockpit["counts"], {**sales["counts"], "people": 2})
        # of each person revenue is behind, and complaints are where they may be
        self.assertEqual((sales["counts"]["behind"], sales["counts"]["on_track"]), (2, 2))

    def test_kpis_without_data_are_counted_as_those_and_apart_from_what_was_never_measured(self):
        self.make_card(self.an, [("T_STOCK", 100, 5)]).action_compute()
        self.make_card(self.hang, [("T_STOCK", 50, 5), ("T_REVENUE", 50, 5)])
        counts = self.load()["counts"]
        self.assertEqual((counts["no_data"], counts["none"], counts["people"]), (1, 2, 4))

    def test_departments_without_a_scorecard_show_the_mean_of_their_people(self):
        rows = self.load(subject=self.sales)["below"]
        # 60 × 15 % + 40 × 100 % = 49, 60 × 75 % + 40 × 100 % = 85
        self.assertEqual(
            [(row["name"], row["score"], row["score_is_mean"]) for row in rows],
            [("South", 49, True), ("North", 85, True)],
        )
        # 60 × 25 % + 40 × 100 % in February
        self.assertEqual([row["score_compare"] for row in rows], [False, 55])

    def test_person(self):
        cockpit = self.load(subject=self.binh)
        self.assertEqual(self.names(cockpit["path"]), ["Sao Mai", "Sales", "North", "Bình"])
        self.assertEqual(cockpit["subject"]["scorecard_id"], self.binh_card.id)
        self.assertEqual([point["score"] for point in cockpit["subject"]["score_trend"]], [55, 85])
        revenue, complaints = cockpit["cards"]
        self.assertEqual((revenue["name"], revenue["attainment"], revenue["lost"]), ("T_REVENUE", 75, 15))
        self.assertEqual(revenue["compare"], {"actual": 100, "attainment": 25, "result": "ok"})
        self.assertEqual([point["attainment"] for point in revenue["trend"]], [25, 75])
        self.assertEqual(complaints["lost"], 0)
        self.assertEqual(cockpit["below"], [])

    def test_heat_map(self):
        heat = self.load()["heat"]
        self.assertEqual(self.names(heat["columns"]), ["T_COMPLAINTS", "T_REVENUE"])
        self.assertEqual(self.names(heat["rows"]), ["Chi", "Bình"])
        chi = heat["rows"][0]
        self.assertEqual((chi["department"], chi["score"]), ("South", 49))
        cell = chi["cells"][str(self.revenue.id)]
        self.assertEqual((cell["actual"], cell["target"], cell["attainment"]), (30, 200, 15))
        self.assertEqual(cell["line_id"], self.line(self.chi_card, "T_REVENUE").id)

    def test_comparison(self):
        year_before = self.make_period("2025-03-01")
        self.make_person_card(self.binh, 400, 200, year_before).action_compute()
        cockpit = self.load(subject=self.binh, compare="year")
        self.assertEqual(cockpit["compare"], {"key": "year", "id": year_before.id, "name": year_before.name})
        self.assertEqual(cockpit["subject"]["score_compare"], 70)
        self.assertFalse(self.load(subject=self.binh, compare=False)["cards"][0]["compare"])
        self.assertEqual(self.load(compare=self.february.id)["compare"]["key"], "other")
        quarter = self.make_period("2026-03-01", "quarter")
        self.assertFalse(self.load(compare=quarter.id)["compare"]["id"], "another type is nothing to compare with")

    def test_period_opens_where_today_is(self):
        april = self.make_period("2026-04-01")
        self.make_person_card(self.binh, 400, 0, april)
        self.assertEqual(self.load(period_id=None)["period"]["id"], april.id)
        self.assertTrue(self.load(period_id=None)["period"]["is_running"])
        quarter = self.make_period("2026-04-01", "quarter")
        self.make_person_card(self.binh, 400, 0, quarter)
        self.assertEqual(self.load(period_id=None)["period"]["id"], april.id)
        self.assertEqual(self.load(period_id=None, period_type="quarter")["period"]["id"], quarter.id)
        self.assertEqual(self.load()["period"]["elapsed"], 100)

    def test_who_moved_stays_where_he_was(self):
        self.binh.create_version({"date_version": "2026-04-01", "department_id": self.south.id})
        self.env.flush_all()
        self.assertEqual(self.names(self.load(subject=self.binh)["path"])[-2], "North")

    def test_a_line_is_not_compared_with_other_choices(self):
        parameter = self.env["kpi.parameter"].create(
            {"code": "t_team", "name": "Team", "model_id": self.env["ir.model"]._get_id("hr.department")}
        )
        choice = {"parameter_id": parameter.id, "value_ref": f"hr.department,{self.north.id}"}
        chosen = {"parameter_value_ids": [Command.create(choice)]}
        before = self.make_card(self.chi, [("T_REVENUE", 100, 100, chosen)], self.february)
        before.action_compute()
        self.assertEqual(before.line_ids.display_name, "T_REVENUE (Sales / North)")
        self.assertEqual(len(self.line(self.chi_card, "T_REVENUE").trend), 1)
        revenue = next(card for card in self.load(subject=self.chi)["cards"] if card["name"] == "T_REVENUE")
        self.assertFalse(revenue["compare"])


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiCockpitAccess(CockpitCase):
    def test_everybody_lands_where_he_may_look(self):
        self.assertEqual(self.load(self.hang_user)["subject"]["name"], "Sales")
        self.assertEqual(self.load(self.an_user)["subject"]["name"], "Bình")
        self.assertEqual(self.load(self.binh_user)["subject"]["name"], "Bình")

    def test_nobody_is_seen_who_may_not_be(self):
        for subject in (self.chi, self.south, self.sales, self.company):
            cockpit = self.load(self.binh_user, subject=subject)
            self.assertEqual(cockpit["subject"]["type"] == "company", subject == self.company)
            self.assertNotIn("Chi", str(cockpit))
            self.assertNotIn("South", str(cockpit))
            self.assertEqual(cockpit["counts"]["people"], 1)
        # Sales has a scorecard that is not An's to read: the mean of those he may see stands there.
        (sales,) = self.load(self.an_user, subject=self.company)["below"]
        self.assertEqual((sales["score"], sales["score_is_mean"], sales["scorecard_id"]), (85, True, False))
        self.assertFalse(self.load(self.an_user, subject=self.company)["subject"]["scorecard_id"])

    def test_what_makes_no_sense_shows_the_widest_view(self):
        for subject in ({"type": "employee", "id": [1]}, {"type": ["x"], "id": False}, {"id": "1"}, "company", 7):
            cockpit = self.env["kpi.cockpit"].with_user(self.officer).load(self.month.id, subject=subject)
            self.assertEqual(cockpit["subject"]["name"], "Sao Mai")
        cockpit = self.env["kpi.cockpit"].with_user(self.officer).load("no period", compare="no such thing")
        self.assertEqual(cockpit["period"]["id"], self.month.id)

    def test_other_companies_see_nothing(self):
        cockpit = self.env["kpi.cockpit"].with_user(self.stranger).load(self.month.id)
        self.assertEqual((cockpit["empty"], cockpit["can_start"]), ("no_scorecards", False))
        self.assertEqual(self.env["kpi.cockpit"].with_user(self.stranger).refresh_ids(self.month.id), [])

    def test_refresh(self):
        cockpit = self.env["kpi.cockpit"]
        everybody = (self.binh_card | self.chi_card).ids
        own = self.env["kpi.scorecard"].search([("period_id", "=", self.month.id)]).ids
        self.assertEqual(cockpit.with_user(self.officer).refresh_ids(self.month.id), [sorted(own)])
        north = {"type": "department", "id": self.north.id}
        self.assertEqual(cockpit.with_user(self.officer).refresh_ids(self.month.id, north), [self.binh_card.ids])
        self.assertEqual(cockpit.with_user(self.binh_user).refresh_ids(self.month.id), [self.binh_card.ids])
        self.assertLess(set(everybody), set(own))
        self.env["kpi.measurement"].search([("employee_id", "=", self.chi.id), ("value", "=", 30)]).value = 100
        self.chi_card.with_user(self.officer).action_compute()
        self.assertEqual(self.load(subject=self.chi)["subject"]["score"], 70)

    def test_a_refresh_that_changes_nothing_is_told(self):
        with freeze_time("2026-04-02 05:00:00"):
            self.binh_card.with_user(self.officer).action_compute()
        self.assertEqual(self.load(subject=self.binh)["computed_at"], "2026-04-02 05:00:00")
        self.assertEqual(str(self.line(self.binh_card, "T_REVENUE").computed_at), "2026-04-02 02:00:00")
        # of several the oldest
        self.assertEqual(self.load()["computed_at"], "2026-04-02 02:00:00")

    def test_closed_is_not_refreshed(self):
        self.month.with_user(self.officer).action_close()
        cockpit = self.load()
        self.assertEqual((cockpit["refresh_count"], cockpit["period"]["state"]), (0, "closed"))
        self.assertEqual(self.env["kpi.cockpit"].with_user(self.officer).refresh_ids(self.month.id), [])

    def test_favorites(self):
        cockpit = self.env["kpi.cockpit"].with_user(self.hang_user)
        options = {"compare": "year", "period_id": False, "subject": {"type": "department", "id": self.north.id}}
        cockpit.save_favorite("North", options, is_default=True)
        (north,) = cockpit.favorites()
        self.assertEqual((north["options"], north["is_default"], north["is_mine"]), (options, True, True))
        cockpit.save_favorite("All", {"view": "heat"}, is_default=True)
        self.assertEqual([view["is_default"] for view in cockpit.favorites()], [True, False])
        cockpit.save_favorite(" North ", {"view": "cards"})
        self.assertEqual(self.names(cockpit.favorites()), ["All", "North"])
        self.assertEqual(cockpit.favorites()[1]["options"], {"view": "cards"})
        self.assertEqual(cockpit.with_user(self.chi_user).favorites(), [])
        with self.assertRaises(UserError):
            cockpit.save_favorite("  ", {})

    def test_officers_share_views(self):
        employee = self.env["kpi.cockpit"].with_user(self.binh_user)
        with self.assertRaises(AccessError):
            employee.save_favorite("Mine for all", {}, is_shared=True)
        officer = self.env["kpi.cockpit"].with_user(self.officer)
        (shared,) = officer.save_favorite("Morning", {"view": "heat"}, is_shared=True)
        self.assertEqual([(view["name"], view["is_mine"]) for view in employee.favorites()], [("Morning", False)])
        with self.assertRaises(AccessError):
            employee.delete_favorite(shared["id"])
        own = employee.save_favorite("Morning", {"view": "cards"})
        self.assertEqual(len(own), 2, "the shared one stays")
        self.assertEqual(officer.delete_favorite(shared["id"]), [])
        self.assertEqual(self.names(employee.favorites()), ["Morning"])


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestKpiCockpitCrowd(CockpitCase):
    def test_a_thousand_people_cost_the_queries_of_ten(self):
        self.assertEqual(self.count(10), self.count(1000))

    def count(self, people):
        # each the first with scorecards of its type
        period = self.make_period("2026-01-01", "month" if people == 10 else "quarter")
        department = self.make_department(f"Crowd of {people}")
        crowd = make_crowd(self.chi, people, departments=department)
        cards = self.env["kpi.scorecard"].create(
            [
                {
                    **self._subject_vals(person),
                    "period_id": period.id,
                    "line_ids": [(0, 0, self._line_vals(code, 50, 10)) for code in ("T_REVENUE", "T_COMPLAINTS")],
                }
                for person in crowd
            ]
        )
        cards.action_compute()
        self.env.flush_all()
        subject = {"type": "department", "id": department.id}
        self.env["kpi.cockpit"].with_user(self.officer).load(period.id, subject=subject)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        cockpit = self.env["kpi.cockpit"].with_user(self.officer).load(period.id, subject=subject)
        self.assertEqual((cockpit["counts"]["people"], len(cockpit["heat"]["rows"])), (people, min(people, 100)))
        self.assertEqual(cockpit["below_more"], max(people - 200, 0))
        return self.env.cr.sql_log_count - before
