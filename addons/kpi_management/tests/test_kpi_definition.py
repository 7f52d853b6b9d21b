from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import KpiCase


@tagged("post_install", "-at_install")
class TestKpiDefinition(KpiCase):
    def test_a_mistake_in_a_formula_is_shown_where_it_stands(self):
        for formula, position, reason in (
            ("t_revenue ** 2", 11, "“**” cannot be used in a formula"),
            ("t_revenue.id", 10, "“.” cannot be used in a formula"),
            ("2 * (t_revenue + 1", 5, "The parenthesis at column 5 has no partner"),
            ("open(t_revenue)", 1, "“open” is not a function a formula can use"),
            ("t_revenue + lambda", 13, "The word “lambda” cannot be used"),
            ("previous(t_revenue + 1)", 10, "“previous” takes one code and nothing else"),
            ("t_revenue 2", 11, "The formula cannot be read at column 11"),
        ):
            with self.subTest(formula), self.assertRaises(ValidationError) as refusal:
                self.make_kpi("T_NEW", formula)
            message = str(refusal.exception)
            self.assertIn(f"The formula of T_NEW cannot be read, at character {position}: {reason}", message)
            # a pointer below the mistake
            self.assertEqual(message.splitlines()[-2:], [formula, " " * (position - 1) + "^"])

    def test_an_empty_formula_is_refused(self):
        with self.refused(ValidationError, "The formula is empty"):
            self.revenue.formula = " "

    def test_a_code_that_nobody_bears_is_refused(self):
        with self.refused(ValidationError, "No measure and no KPI has the code “nothing_here”"):
            self.make_kpi("T_NEW", "nothing_here * 2")

    def test_kpis_do_not_use_each_other_in_a_circle(self):
        self.make_kpi("T_DOUBLE", "2 * T_REVENUE")
        with self.refused(ValidationError, "T_DOUBLE → T_REVENUE → T_DOUBLE"):
            self.revenue.formula = "T_DOUBLE + 1"
        with self.refused(ValidationError, "T_REVENUE → T_REVENUE"):
            self.revenue.formula = "previous(T_REVENUE) + t_revenue"

    def test_two_kpis_created_together_may_use_each_other_one_way(self):
        both = self.env["kpi.definition"].create(
            [
                {"code": "T_FIRST", "name": "First", "formula": "T_SECOND * 2"},
                {"code": "T_SECOND", "name": "Second", "formula": "t_revenue"},
            ]
        )
        self.assertEqual(len(both), 2)

    def test_the_code_of_a_kpi_that_others_use_stays(self):
        self.make_kpi("T_DOUBLE", "2 * T_REVENUE")
        with self.refused(ValidationError, "No measure and no KPI has the code “T_REVENUE”"):
            self.revenue.code = "T_TURNOVER"

    def test_a_kpi_that_others_use_is_not_deleted(self):
        self.make_kpi("T_DOUBLE", "2 * T_REVENUE")
        with self.refused(UserError, "T_DOUBLE"):
            self.revenue.unlink()
        (self.revenue | self.kpi("T_DOUBLE")).unlink()
        self.assertFalse(self.revenue.exists())

    def test_a_code_is_written_in_capital_letters(self):
        for code in ("t_revenue", "2ND", "T-REV", "T REV", "DOANH_THU_Đ", "_T", "T" * 65):
            with self.subTest(code), self.refused(ValidationError, "capital letters"):
                self.make_kpi(code, "t_revenue")

    def test_a_code_is_borne_once(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_kpi("T_REVENUE", "t_stock")

    def test_only_administrators_write_formulas(self):
        for user in (self.officer, self.an_user):
            definitions = self.env["kpi.definition"].with_user(user)
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    definitions.create({"code": "T_NEW", "name": "New", "formula": "t_revenue"})
                with self.assertRaises(AccessError):
                    self.revenue.with_user(user).formula = "2 * t_revenue"
                with self.assertRaises(AccessError):
                    self.revenue.with_user(user).copy()
        definitions = self.env["kpi.definition"].with_user(self.admin)
        new = definitions.create({"code": "T_NEW", "name": "New", "formula": "t_revenue"})
        new.formula = "2 * t_revenue"
        self.assertEqual(new.copy().formula, "2 * t_revenue")

    def test_an_officer_changes_everything_else_of_a_kpi(self):
        kpi = self.revenue.with_user(self.officer)
        # as a form sends it that was saved with the formula untouched
        kpi.write({"name": "Net revenue", "cap": 150, "formula": "t_revenue"})
        self.assertEqual((kpi.name, kpi.cap), ("Net revenue", 150))

    def test_copies_get_a_code_of_their_own(self):
        first = self.revenue.copy()
        second = self.revenue.copy()
        first.active = False
        third = (self.revenue | self.complaints).copy()
        self.assertEqual(
            (first | second | third).mapped("code"),
            ["T_REVENUE_COPY", "T_REVENUE_COPY2", "T_REVENUE_COPY3", "T_COMPLAINTS_COPY"],
        )
        self.assertEqual(first.name, "T_REVENUE (copy)")
        self.assertEqual(self.revenue.copy({"code": "T_OWN"}).code, "T_OWN")

    def test_a_kpi_shows_the_measures_it_counts(self):
        self.make_measure("t_won")
        kpi = self.make_kpi("T_NEW", "100 * t_won / previous(t_stock) + T_REVENUE")
        self.assertEqual(set(kpi.measure_ids.mapped("code")), {"t_won", "t_stock"})
        kpi.formula = "t_revenue"
        self.assertEqual(kpi.measure_ids.code, "t_revenue")

    def test_a_kpi_is_found_by_name_and_by_code(self):
        self.revenue.name = "Net revenue"
        for word in ("Net rev", "T_REVEN"):
            found = self.env["kpi.definition"].name_search(word)
            self.assertEqual(found, [(self.revenue.id, "Net revenue")])
        self.assertEqual(self.revenue.with_context(kpi_show_code=True).display_name, "[T_REVENUE] Net revenue")

    def test_a_kpi_opens_the_lines_that_use_it(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        action = self.revenue.action_open_lines()
        self.assertEqual(self.env["kpi.scorecard.line"].search(action["domain"]), card.line_ids)

    def test_a_kpi_on_a_scorecard_is_not_deleted(self):
        self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.revenue.unlink()
            self.env.flush_all()

    def test_the_library_that_is_shipped_can_be_computed(self):
        self.env["kpi.computation"]._library().check()
        for code in ("HR_TURNOVER", "MKT_ENGAGEMENTS"):
            self.assertTrue(self.kpi(code), code)
