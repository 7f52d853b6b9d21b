from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import KpiCase


@tagged("post_install", "-at_install")
class TestKpiParameter(KpiCase):
    """One KPI, objectives begun, used twice with different departments chosen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parameter = cls.env["kpi.parameter"].create(
            {
                "code": "t_department",
                "name": "Department",
                "model_id": cls.env["ir.model"]._get_id("hr.department"),
                "operator": "child_of",
            }
        )
        cls.measure = cls.env["kpi.measure"].create(
            {
                "code": "t_objectives",
                "name": "Objectives begun",
                "model_id": cls.env["ir.model"]._get_id("kpi.objective"),
                "date_field": "date_start",
                "parameter_ids": [
                    Command.create({"parameter_id": cls.parameter.id, "path": "department_id", "required": True})
                ],
            }
        )
        cls.begun = cls.make_kpi("T_OBJECTIVES", formula="t_objectives")
        # 2 in North and 1 in South: 3 in Sales, which includes both.
        for department in (cls.north, cls.north, cls.south):
            cls.env["kpi.objective"].create(
                {
                    "name": "More customers",
                    "company_id": cls.company.id,
                    "department_id": department.id,
                    "date_start": "2026-03-10",
                    "date_end": "2026-03-31",
                }
            )

    def _choose(self, department):
        return {"parameter_id": self.parameter.id, "value_ref": f"hr.department,{department.id}"}

    def _line(self, weight, *departments):
        return {
            "definition_id": self.begun.id,
            "weight": weight,
            "target": 4,
            "parameter_value_ids": [Command.create(self._choose(department)) for department in departments],
        }

    def _card(self, *lines):
        return self.env["kpi.scorecard"].create(
            {
                "period_id": self.month.id,
                "subject_type": "company",
                "company_id": self.company.id,
                "line_ids": [Command.create(line) for line in lines],
            }
        )

    def test_one_kpi_counts_different_things_on_one_scorecard(self):
        card = self._card(self._line(50, self.north), self._line(50, self.sales))
        card.action_compute()
        # North 2 of 4 = 50 %, Sales 3 of 4 = 75 %; in the middle 62.5 %.
        self.assertRecordValues(card.line_ids, [{"actual": 2, "attainment": 50}, {"actual": 3, "attainment": 75}])
        self.assertEqual(card.score, 62.5)

    def test_click_through_finds_those_of_the_choice(self):
        card = self._card(self._line(50, self.north), self._line(50, self.south))
        found = []
        for line in card.line_ids:
            action = line.action_open_records()
            found.append(self.env[action["res_model"]].search(action["domain"]).department_id)
        self.assertEqual(found, [self.north, self.south])

    def test_without_a_choice_the_line_says_what_to_choose(self):
        card = self._card(self._line(100))
        card.action_compute()
        self.assertRecordValues(
            card.line_ids, [{"result": "error", "error_message": "Objectives begun: choose the Department."}]
        )
        self.assertFalse(card.has_score)

    def test_the_choice_of_the_kpi_holds_for_lines_without_one(self):
        self.begun.parameter_value_ids = [Command.create(self._choose(self.south))]
        card = self._card(self._line(50), self._line(50, self.north))
        card.action_compute()
        self.assertEqual(card.line_ids.mapped("actual"), [1, 2])

    def test_the_same_choice_twice_is_refused(self):
        with self.assertRaises(ValidationError) as refusal:
            self._card(self._line(50, self.north), self._line(50, self.north))
        self.assertIn("on the scorecard already", str(refusal.exception))
        card = self._card(self._line(50, self.north), self._line(50, self.south))
        with self.assertRaisesRegex(ValidationError, "on the scorecard already"):
            card.line_ids[1].parameter_value_ids.value_ref = self.north

    def test_choices_are_agreed_as_targets_are(self):
        card = self._card(self._line(100, self.north))
        card.action_agree()
        value = card.line_ids.parameter_value_ids
        with self.assertRaisesRegex(UserError, "is agreed"):
            value.value_ref = self.south
        with self.assertRaisesRegex(UserError, "is agreed"):
            value.unlink()

    def test_a_choice_is_of_the_parameter_s_model(self):
        self.parameter.copy({"code": "t_company", "model_id": self.env["ir.model"]._get_id("res.company")})
        card = self._card(self._line(100, self.north))
        with self.assertRaises(ValidationError) as refusal:
            card.line_ids.parameter_value_ids.value_ref = self.company
        self.assertIn("is chosen among", str(refusal.exception))

    def test_a_path_leads_to_the_parameter_s_model(self):
        with self.assertRaisesRegex(ValidationError, "does not lead to"):
            self.measure.parameter_ids.path = "owner_id"

    def test_employees_read_their_choices_and_change_none(self):
        card = self.make_card(self.binh, [("T_OBJECTIVES", 100, 4)], agreed=False)
        value = self.env["kpi.parameter.value"].create({**self._choose(self.north), "line_id": card.line_ids.id})
        self.assertEqual(value.with_user(self.binh_user).parameter_id, self.parameter)
        with self.assertRaises(AccessError):
            value.with_user(self.binh_user).write({"value_ref": f"hr.department,{self.south.id}"})
        with self.assertRaises(AccessError):
            value.with_user(self.chi_user).read(["parameter_id"])
        value.with_user(self.an_user).write({"value_ref": f"hr.department,{self.south.id}"})
        self.assertEqual(value.value_ref, self.south)
