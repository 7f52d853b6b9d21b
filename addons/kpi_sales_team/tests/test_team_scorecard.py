from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .team_case import TeamCase


@tagged("post_install", "-at_install")
class TestTeamScorecard(TeamCase):
    """Sales teams as subjects."""

    def make_team_card(self, team, **more):
        return self.make_card(team, [("T_REVENUE", 100, 1_000)], **more)

    def test_a_team_has_one_scorecard_a_month(self):
        self.make_team_card(self.hanoi)
        self.make_team_card(self.hue)
        self.make_team_card(self.hanoi, period=self.make_period("2026-02-15"))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.make_team_card(self.hanoi)

    def test_the_index_knows_teams(self):
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname IN"
            " ('kpi_scorecard_unique_subject', 'kpi_measurement_unique_figure')"
        )
        definitions = [row[0] for row in self.env.cr.fetchall()]
        self.assertEqual(len(definitions), 2)
        for definition in definitions:
            self.assertIn("team_id", definition)

    def test_a_scorecard_is_about_a_team_or_about_somebody_else(self):
        card = self.make_team_card(self.hanoi, agreed=False)
        with self.assertRaises(ValidationError):
            card.department_id = self.sales
        with self.assertRaises(ValidationError):
            card.team_id = False
        person = self.make_card(self.an, [("T_REVENUE", 100, 1_000)], agreed=False)
        with self.assertRaises(ValidationError):
            person.team_id = self.hanoi

    def test_teams_take_no_check_from_other_subjects_and_measures(self):
        card = self.make_card(self.north, [("T_REVENUE", 100, 1_000)], agreed=False)
        with self.assertRaises(ValidationError):
            card.employee_id = self.an
        measure = self.env.ref("kpi_management.measure_headcount")
        with self.assertRaises(ValidationError):
            measure.domain = "[('no_such_field', '=', 1)]"
        with self.assertRaises(ValidationError):
            measure.team_path = "department_id"

    def test_the_scorecard_bears_the_teams_name(self):
        card = self.make_team_card(self.hanoi)
        self.assertEqual(card.display_name, "Hà Nội · 03/2026")
        self.hanoi.name = "Hà Nội 1"
        self.assertEqual(card.display_name, "Hà Nội 1 · 03/2026")

    def test_figures_typed_for_a_team_count_for_it_alone(self):
        self.enter("t_revenue", self.hanoi, 750)
        self.enter("t_revenue", self.hue, 100)
        self.enter("t_revenue", self.company, 5_000)
        cards = self.make_team_card(self.hanoi) | self.make_team_card(self.hue)
        cards.action_compute()
        self.assertEqual(cards.mapped("score"), [75, 10])
        self.assertEqual(cards.line_ids.mapped("actual"), [750, 100])

    def test_a_teams_figure_is_typed_once(self):
        self.enter("t_revenue", self.hanoi, 750)
        with self.refused(ValidationError, "was entered already"):
            self.enter("t_revenue", self.hanoi, 800)

    def test_a_measure_without_a_way_to_teams_is_an_error_on_the_line_that_says_so(self):
        self.make_kpi("T_HEADCOUNT", "headcount")
        card = self.make_card(self.hanoi, [("T_HEADCOUNT", 100, 5)])
        card.action_compute()
        self.assertEqual(card.line_ids.result, "error")
        self.assertIn("cannot be counted by", card.line_ids.error_message)

    def test_the_leader_reads_the_teams_scorecard_and_its_figures_and_no_other_teams(self):
        cards = self.make_team_card(self.hanoi) | self.make_team_card(self.hue)
        figures = self.enter("t_revenue", self.hanoi, 750) | self.enter("t_revenue", self.hue, 100)
        for user, position in ((self.hang_user, 0), (self.chi_user, 1)):
            self.assertEqual(cards.with_user(user).search([("id", "in", cards.ids)]), cards[position])
            lines = cards.line_ids.with_user(user).search([("id", "in", cards.line_ids.ids)])
            self.assertEqual(lines, cards[position].line_ids)
            self.assertEqual(figures.with_user(user).search([("id", "in", figures.ids)]), figures[position])
            self.assertEqual(cards[position].with_user(user).line_ids.target, 1_000)
            with self.assertRaises(AccessError):
                cards[1 - position].with_user(user).read(["score"])

    def test_sales_administrators_read_every_team_of_their_companies_and_change_nothing(self):
        cards = self.make_team_card(self.hanoi, agreed=False) | self.make_team_card(self.hue)
        figure = self.enter("t_revenue", self.hue, 100)
        person = self.make_card(self.an, [("T_REVENUE", 100, 1_000)])
        administrator = self.make_user("giang", "sales_team.group_sale_manager")
        self.stranger.group_ids += self.env.ref("sales_team.group_sale_manager")
        seen = (cards | person).with_user(administrator)
        self.assertEqual(seen.search([("id", "in", seen.ids)]), cards)
        self.assertEqual(cards.line_ids.with_user(administrator).mapped("target"), [1_000, 1_000])
        self.assertEqual(figure.with_user(administrator).value, 100)
        self.assertFalse(cards.with_user(self.stranger).search([("id", "in", cards.ids)]))
        with self.assertRaises(AccessError):
            cards.line_ids[0].with_user(administrator).target = 1
        with self.assertRaises(AccessError):
            figure.with_user(administrator).value = 1_000

    def test_members_and_strangers_do_not_read_it(self):
        card = self.make_team_card(self.hanoi)
        self.env["crm.team.member"].create({"crm_team_id": self.hanoi.id, "user_id": self.an_user.id})
        for user in (self.an_user, self.chi_user, self.stranger):
            self.assertFalse(card.with_user(user).search([("id", "=", card.id)]), user.login)

    def test_the_leader_changes_neither_target_nor_actual(self):
        card = self.make_team_card(self.hanoi, agreed=False)
        line = card.line_ids.with_user(self.hang_user)
        for values in ({"target": 1}, {"weight": 1}, {"actual": 1_000}):
            with self.assertRaises(AccessError):
                line.write(values)
        with self.assertRaises(AccessError):
            card.with_user(self.hang_user).unlink()
        with self.assertRaises(AccessError):
            self.enter("t_revenue", self.hanoi, 1).with_user(self.hang_user).value = 1_000

    def test_who_leads_no_longer_reads_no_longer(self):
        card = self.make_team_card(self.hanoi)
        self.assertEqual(card.with_user(self.hang_user).score, 0)
        self.hanoi.user_id = self.chi_user
        self.env.flush_all()
        self.assertFalse(card.with_user(self.hang_user).search([("id", "=", card.id)]))
        self.assertTrue(card.with_user(self.chi_user).search([("id", "=", card.id)]))

    def test_the_leader_answers_for_it(self):
        card = self.make_team_card(self.hanoi, agreed=False)
        self.assertEqual(card.holder_user_id, self.hang_user)
        card.with_user(self.officer).action_propose()
        with self.assertRaises(AccessError):
            card.with_user(self.chi_user).action_agree()
        card.with_user(self.hang_user).action_agree()
        self.assertRecordValues(
            card,
            [
                {
                    "state": "agreed",
                    "holder_agreed_by_id": self.hang_user.id,
                    "manager_agreed_by_id": self.officer.id,
                }
            ],
        )

    def test_teams_get_their_scorecards_from_a_template(self):
        line = {"definition_id": self.revenue.id, "weight": 100, "target": 500}
        template = self.env["kpi.scorecard.template"].create(
            {"name": "Teams", "company_id": self.company.id, "subject_type": "team", "line_ids": [(0, 0, line)]}
        )
        template.action_activate()
        mine = self.make_team_card(self.hue)
        batch = self.env["kpi.scorecard.batch"].create(
            {"period_id": self.month.id, "template_ids": [(6, 0, template.ids)]}
        )
        batch.action_confirm()
        cards = self.month.scorecard_ids.filtered(lambda card: card.subject_type == "team")
        self.assertIn(self.hanoi, cards.team_id)
        self.assertEqual((cards & batch.scorecard_ids).line_ids.mapped("target"), [500] * batch.made_count)
        self.assertNotIn(mine, batch.scorecard_ids)
