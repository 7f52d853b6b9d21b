from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .trial_case import TrialCase


@tagged("post_install", "-at_install")
class TestFormulaTrial(TrialCase):
    """*Try it* on the form of a KPI, and the look at its formula while it is written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declare()
        cls.declare(code="t_done", name="Done", domain="[('state', '=', 'done')]")

    def parts(self, outcome):
        return [(part["code"], part["window_name"], part.get("value")) for part in outcome["parts"]]

    def test_a_formula_with_each_measure_in_it(self):
        outcome = self.formula("100 * t_done / t_begun", "employee", self.binh)
        # 1 of 3, to 6 decimals
        self.assertEqual(outcome["value"], 33.333333)
        self.assertEqual(self.parts(outcome), [("t_begun", "03/2026", 3), ("t_done", "03/2026", 1)])

    def test_other_windows_of_a_formula(self):
        outcome = self.formula("t_begun - previous(t_begun) + year_to_date(t_done)", "department", self.north)
        # 4 in March, 1 in February, 2 done since January
        self.assertEqual(outcome["value"], 5)
        self.assertEqual(
            self.parts(outcome),
            [("t_begun", "03/2026", 4), ("t_done", "01/01/2026 – 03/31/2026", 2), ("t_begun", "02/2026", 1)],
        )

    def test_the_records_behind_each_part(self):
        request = self.asked("department", self.north)
        values = {"formula": "t_begun - previous(t_begun)"}
        kpis = self.kpis()
        found = [
            self.env["kpi.objective"].search_count(kpis.try_records(values, {**request, "part": part})["domain"])
            for part in kpis.try_values(values, request)["outcome"]["parts"]
        ]
        self.assertEqual(found, [4, 1])

    def test_over_nothing_is_no_data(self):
        outcome = self.formula("100 * t_done / t_begun", "employee", self.lan)
        self.assertEqual(outcome["state"], "no_data")
        self.assertEqual([part["value"] for part in outcome["parts"]], [0, 0])

    def test_a_ratio_of_all_people(self):
        rows = self.formula("100 * t_done / t_begun", "employee")["rows"]
        self.assertEqual([(row["name"], row["value"]) for row in rows[:1]], [("Bình", 33.333333)])
        states = {row["name"]: row["state"] for row in rows}
        self.assertEqual(states, {"Bình": "ok", "An": "ok", "Chi": "ok", "Hằng": "no_data", "Lan": "no_data"})

    def test_a_changed_formula_of_a_saved_kpi(self):
        kpi = self.make_kpi("T_RATE", "t_done / t_begun").with_user(self.admin)
        self.make_kpi("T_TWICE", "2 * T_RATE")
        trial = kpi.try_values({"formula": "100 * t_done / t_begun", "unit": "percent"}, self.asked())
        self.assertEqual((trial["unit"], trial["outcome"]["value"]), ("percent", 16.666667))
        self.assertEqual(kpi.formula, "t_done / t_begun")
        # what the form says of the code counts, too
        self.assertEqual(self.formula("2 * T_RATE")["value"], 0.333333)
        circle = kpi.try_values({"formula": "T_TWICE"}, self.asked())["outcome"]
        self.assertEqual(circle["state"], "error")
        self.assertIn("T_RATE → T_TWICE → T_RATE", circle["message"])

    def test_the_choices_of_the_form_count(self):
        parameter = self.make_parameter()
        self.declare(code="t_unit", parameter_ids=self.taking(parameter))
        chosen = {"parameter_id": parameter.id, "value_ref": f"hr.department,{self.south.id}"}
        values = {"formula": "t_unit", "parameter_value_ids": [Command.create(chosen)]}
        trial = self.kpis().try_values(values, self.asked())
        self.assertEqual(trial["outcome"]["value"], 2)
        self.assertEqual(trial["parameters"][0]["value"], self.south.id)
        choices = {str(parameter.id): self.north.id}
        self.assertEqual(self.kpis().try_values(values, self.asked(choices=choices))["outcome"]["value"], 4)

    def test_a_half_written_formula_is_said_in_words(self):
        for formula, reason in (
            (False, "The formula is empty"),
            ("100 *", "cannot be read"),
            ("100 * nothing", "No measure and no KPI has the code “nothing”"),
        ):
            with self.subTest(formula):
                outcome = self.formula(formula)
                self.assertEqual(outcome["state"], "error")
                self.assertIn(reason, outcome["message"])

    # ---------------------------------------------------------------- while one types

    def mistake(self, formula, code="T_NEW", definition=None):
        found = self.kpis().check_formula(formula, code, definition and definition.id)
        if not found:
            return False
        end = found["position"] + found["length"]
        return formula[found["position"] : end], found["position"], found["message"]

    def test_a_good_formula_has_no_mistake(self):
        for formula in ("t_begun", " 100 * t_done / previous(t_begun) if T_REVENUE > 0 else 0"):
            with self.subTest(formula):
                self.assertFalse(self.mistake(formula))

    def test_a_mistake_is_found_where_it_stands(self):
        for formula, piece, position, reason in (
            ("t_begun ** 2", "**", 8, "cannot be used in a formula"),
            ("2 * (t_begun + 1", "(", 4, "has no partner"),
            ("open(t_begun)", "open", 0, "is not a function"),
            ("t_done / t_begn", "t_begn", 9, "No measure and no KPI has the code “t_begn”"),
            ("t_begun / t_beg", "t_beg", 10, "“t_beg”"),
            ("100 *", "", 5, "cannot be read"),
            ("", "", 0, "The formula is empty"),
        ):
            with self.subTest(formula):
                self.assertEqual(self.mistake(formula)[:2], (piece, position))
                self.assertIn(reason, self.mistake(formula)[2])

    def test_a_circle_is_found_where_it_closes(self):
        self.make_kpi("T_DOUBLE", "2 * T_REVENUE")
        found = self.mistake("1 + T_DOUBLE", "T_REVENUE", self.revenue)
        self.assertEqual(found[:2], ("T_DOUBLE", 4))
        self.assertIn("T_DOUBLE → T_REVENUE → T_DOUBLE", found[2])
        self.assertEqual(self.mistake("previous(T_NEW)")[:2], ("T_NEW", 9))

    def test_saving_is_refused_for_the_same_reason(self):
        for formula in ("t_begun ** 2", "t_done / t_begn", "T_NEW"):
            with self.subTest(formula), self.assertRaises(ValidationError) as refusal:
                self.make_kpi("T_NEW", formula)
            self.assertIn(self.mistake(formula)[2], str(refusal.exception))

    def test_only_those_who_write_kpis_may_ask(self):
        for user in (self.binh_user, self.an_user, self.stranger):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.kpis(user).check_formula("t_begun")
