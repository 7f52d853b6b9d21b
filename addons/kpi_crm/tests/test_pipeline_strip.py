from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from odoo.addons.kpi_management.tests.crowd import make_crowd, multiply, one_by_one
from odoo.addons.kpi_sales_team.tests.told_case import ToldCase

from .pipeline_case import PipelineCase

MINE = [("type", "=", "opportunity")]
# Scorecards, lines, KPIs, deals, names and what changed since, whoever is shown.
QUERIES = 10


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 02:00:00")
class TestPipelineStrip(ToldCase, PipelineCase):
    """The strip beside the pipeline."""

    def names(self, strip):
        return [person["name"] for person in strip["people"]]

    def test_the_figures_of_ones_own_kpis_and_what_the_pipeline_says(self):
        self.make_lead(self.binh, 200).action_set_won()
        self.make_lead(self.binh, 400)
        self.make_lead(self.binh, 100, probability=30)
        self.make_lead(self.binh, 1_000, deadline="2026-05-01")
        self.make_lead(self.binh, 1_000, deadline=False)
        self.make_lead(self.chi, 1_000)
        self.cards[self.binh].action_compute()
        strip = self.strip(self.binh_user, [("user_id", "=", self.binh_user.id)])
        self.assertEqual(self.names(strip), ["Bình"])
        self.assertFalse(strip["together"])
        self.assertEqual(strip["period"]["name"], "04/2026")
        self.assertEqual(strip["period"]["days_left"], 10)
        (person,) = strip["people"]
        self.assertTrue(person["is_me"])
        revenue = person["kpis"][0]
        self.assertEqual((revenue["name"], revenue["actual"], revenue["target"]), ("T_WON", 200, 500))
        self.assertEqual((revenue["attainment"], revenue["gap"]), (40, 300))
        # 400 at 50 % and 100 at 30 % close in April: 230 of the gap of 300, which is 76.7 %.
        pipeline = person["pipeline"]
        self.assertEqual((pipeline["count"], pipeline["weighted"]), (2, 230))
        self.assertEqual((pipeline["gap"], pipeline["coverage"], pipeline["missing"]), (300, 76, 70))

    def test_a_target_reached_leaves_no_gap(self):
        self.make_lead(self.binh, 700).action_set_won()
        self.cards[self.binh].action_compute()
        (person,) = self.strip(self.binh_user)["people"]
        self.assertEqual((person["pipeline"]["gap"], person["pipeline"]["missing"]), (0, 0))
        self.assertFalse(person["pipeline"]["coverage"])

    def test_a_leader_sees_a_row_per_person_and_their_sum(self):
        self.make_lead(self.binh, 200).action_set_won()
        self.make_lead(self.chi, 600, probability=50)
        self.env["kpi.scorecard"].union(*self.cards.values()).action_compute()
        strip = self.strip(self.hang_user)
        self.assertEqual(set(self.names(strip)), {"An", "Bình", "Chi"})
        together = strip["together"]
        self.assertEqual(together["kpis"], {self.won.id: {"target": 2_200, "actual": 200}})
        # Gaps of 900, 300 and 800; 600 at 50 %.
        self.assertEqual((together["gap"], together["weighted"], together["missing"]), (2_000, 300, 1_700))
        self.assertEqual((together["count"], together["coverage"]), (1, 15))

    def test_it_follows_the_filters_on_salespeople_and_teams_alone(self):
        for domain, expected in (
            ([("user_id", "=", self.chi_user.id)], {"Chi"}),
            ([("user_id", "in", (self.chi_user | self.an_user).ids)], {"Chi", "An"}),
            ([("user_id", "ilike", "kpi_binh")], {"Bình"}),
            ([("team_id", "=", self.hanoi.id)], {"An", "Bình"}),
            ([("team_id", "ilike", "Huế")], {"Chi"}),
            ([("team_id.name", "=", "Huế")], {"Chi"}),
            (["|", ("user_id", "=", self.an_user.id), ("team_id", "=", self.hue.id)], {"An", "Chi"}),
            (["!", ("user_id", "=", self.an_user.id)], {"Bình", "Chi"}),
            ([("user_id.login", "=", self.chi_user.login)], {"Chi"}),
            ([("team_id", "!=", self.hue.id)], {"An", "Bình"}),
            ([("partner_id", "ilike", "nobody at all"), ("stage_id.is_won", "=", True)], {"An", "Bình", "Chi"}),
            (["!", ("partner_id", "ilike", "nobody at all")], {"An", "Bình", "Chi"}),
            (["!", "|", ("stage_id.is_won", "=", True), ("user_id", "=", self.an_user.id)], {"Bình", "Chi"}),
            (["|", ("name", "ilike", "An"), ("user_id", "=", self.an_user.id)], {"An", "Bình", "Chi"}),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(set(self.names(self.strip(self.hang_user, [*MINE, *domain]))), expected)

    def test_nobody_sees_more_than_his_scorecards(self):
        self.assertEqual(self.names(self.strip(self.binh_user)), ["Bình"])
        self.assertEqual(set(self.names(self.strip(self.an_user))), {"An", "Bình"})
        self.assertFalse(self.strip(self.stranger))
        self.assertFalse(self.strip(self.chi_user, [("user_id", "=", self.binh_user.id)]))

    def test_whoever_sees_no_deals_sees_no_strip(self):
        self.assertFalse(self.strip(self.officer))

    def test_without_scorecards_that_run_it_is_not_there(self):
        self.assertFalse(self.strip(self.hang_user, [("user_id", "=", self.hang_user.id)]))
        self.cards[self.binh].action_draft()
        self.assertFalse(self.strip(self.binh_user))
        with freeze_time("2026-05-02 02:00:00"):
            self.assertFalse(self.strip(self.chi_user))

    def test_those_furthest_behind_come_first_after_oneself(self):
        self.make_lead(self.an, 900).action_set_won()
        self.make_lead(self.chi, 80).action_set_won()
        for person in (self.an, self.binh, self.chi):
            self.enter("t_complaints", person, 5, period=self.april)
        self.env["kpi.scorecard"].union(*self.cards.values()).action_compute()
        self.assertEqual(self.names(self.strip(self.hang_user)), ["Bình", "Chi", "An"])
        self.assertEqual(self.names(self.strip(self.an_user)), ["An", "Bình"])

    def test_a_deal_won_makes_it_stale_and_refreshing_counts_it(self):
        card, mine = self.cards[self.binh], [("user_id", "=", self.binh_user.id)]
        lead = self.make_lead(self.binh, 200)
        self.assertEqual(self.strip(self.binh_user)["stale"], "never")
        card.action_compute()
        # What is written within the test has one time stamp: before and after are set apart by hand.
        self.stamp(card, "2026-04-20 01:00:00", lead, "2026-04-20 00:59:59")
        self.assertFalse(self.strip(self.binh_user)["stale"])
        lead.action_set_won()
        self.stamp(card, "2026-04-20 01:00:00", lead, "2026-04-20 01:30:00")
        self.assertEqual(self.strip(self.binh_user)["stale"], "2026-04-20 01:30:00")
        self.assertEqual(self.strip(self.binh_user)["people"][0]["kpis"][0]["actual"], 0)
        strip = self.env["kpi.pipeline.strip"].with_user(self.binh_user).refresh(mine)
        self.assertEqual(strip["people"][0]["kpis"][0]["actual"], 200)
        self.assertFalse(strip["stale"])

    def test_while_somebody_else_measures_the_figures_are_as_they_were(self):
        self.cards[self.binh].action_compute()
        self.make_lead(self.binh, 200).action_set_won()
        periods = type(self.env["kpi.period"])
        strip = self.env["kpi.pipeline.strip"].with_user(self.binh_user)
        with patch.object(periods, "try_lock_for_update", lambda period, **kw: period.browse()):
            told = strip.refresh()
        self.assertTrue(told["busy"])
        self.assertEqual(told["people"][0]["kpis"][0]["actual"], 0)
        told = strip.refresh()
        self.assertFalse(told["busy"])
        self.assertEqual(told["people"][0]["kpis"][0]["actual"], 200)

    def stamp(self, card, computed_at, lead, written_at):
        self.env.flush_all()
        self.env.cr.execute("UPDATE kpi_scorecard SET computed_at = %s WHERE id = %s", [computed_at, card.id])
        self.env.cr.execute("UPDATE crm_lead SET write_date = %s WHERE id = %s", [written_at, lead.id])
        self.env.invalidate_all()

    def test_deals_of_others_do_not_make_it_stale(self):
        card, lead = self.cards[self.binh], self.make_lead(self.chi, 200)
        card.action_compute()
        self.stamp(card, "2026-04-20 01:00:00", lead, "2026-04-20 01:30:00")
        self.assertFalse(self.strip(self.binh_user)["stale"])

    def test_whoever_follows_the_figures_is_told_of_a_deal_won(self):
        lead = self.make_lead(self.binh, 200)
        told = self.told_by(lambda: lead.write({"expected_revenue": 300}))
        self.assertFalse(told)
        told = self.told_by(lead.action_set_won)
        self.assertLessEqual(self.binh_user | self.an_user, told)
        self.assertNotIn(self.chi_user, told)

    def test_whoever_follows_the_figures_is_told_of_a_won_deal_that_changes(self):
        lead = self.make_lead(self.binh, 200)
        lead.action_set_won()
        self.assertIn(self.an_user, self.told_by(lambda: lead.write({"expected_revenue": 300})))
        self.assertFalse(self.told_by(lambda: lead.write({"description": "Ký tại Hà Nội"})))
        told = self.told_by(lambda: lead.write({"user_id": self.chi_user.id}))
        self.assertLessEqual(self.binh_user | self.chi_user, told)
        begun = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        told = self.told_by(lambda: lead.write({"stage_id": begun.id, "probability": 20}))
        self.assertIn(self.chi_user, told)

    def test_whoever_follows_the_figures_is_told_of_a_won_deal_that_comes_in_or_is_deleted(self):
        stage = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        is_won = {"stage_id": stage.id, "probability": 100}
        self.assertFalse(self.told_by(lambda: self.make_lead(self.binh, 200)))
        self.assertIn(self.an_user, self.told_by(lambda: self.make_lead(self.binh, 200, **is_won)))
        deals = self.env["crm.lead"].search([("user_id", "=", self.binh_user.id)]).grouped("won_status")
        self.assertFalse(self.told_by(deals["pending"].unlink))
        self.assertIn(self.an_user, self.told_by(deals["won"].unlink))

    def test_the_period_is_chosen(self):
        quarter = self.make_period("2026-04-15", "quarter")
        self.make_card(self.binh, [("T_WON", 100, 3_000)], period=quarter)
        strip = self.strip(self.binh_user)
        self.assertEqual([key for key, _name in strip["period_types"]], ["month", "quarter"])
        self.assertEqual(strip["period_type"], "month")
        strip = self.strip(self.binh_user, period_type="quarter")
        self.assertEqual(strip["people"][0]["kpis"][0]["target"], 3_000)
        self.assertEqual(self.strip(self.binh_user, period_type="year")["period_type"], "month")

    def test_as_many_queries_for_1000_people_as_for_10(self):
        # The crowd grows: 13 people, then 1,023, then 2,523.
        colleague = self.binh
        for size, people in ((10, 13), (1_010, 1_023), (1_500, 2_523)):
            with self.subTest(people=people):
                colleague = self.grow(colleague, size)[-1:]
                self.strip(self.admin)
                self.env.invalidate_all()
                with self.assertQueryCount(QUERIES):
                    strip = self.strip(self.admin)
                self.assertEqual(len(strip["people"]), min(people, 40))
                self.assertEqual(len(strip["people"]) + strip["more"], people)

    def grow(self, colleague, size):
        """That many more salespeople with scorecards, like Bình."""
        people = make_crowd(colleague, size)
        self.env.cr.execute(
            "INSERT INTO crm_team_member (crm_team_id, user_id, active) SELECT %s, u, true FROM unnest(%s) u",
            [self.hanoi.id, people.user_id.ids],
        )
        model = self.cards[self.binh]
        cards = multiply(
            model,
            size,
            employee_id=one_by_one(people),
            user_id=one_by_one(people.user_id),
            score="50",
            has_score="true",
        )
        for line in model.line_ids:
            multiply(line, size, scorecard_id=one_by_one(cards), employee_id=one_by_one(people))
        self.env.invalidate_all()
        return people
