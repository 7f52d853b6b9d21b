from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.kpi_management.models.guard import trusted

from .common import KpiCase


@tagged("post_install", "-at_install")
class TestKpiScorecardAgreement(KpiCase):
    def test_weights_short_of_100_are_not_agreed(self):
        card = self.make_card(self.binh, [("T_REVENUE", 60, 1000), ("T_COMPLAINTS", 30, 5)], agreed=False)
        with self.refused(UserError, r"The weights of Bình · 03/2026 add up to 90.0 instead of 100"):
            card.action_agree()
        self.line(card, "T_COMPLAINTS").weight = 40
        card.action_agree()
        self.assertEqual((card.state, card.weight_total), ("agreed", 100.0))

    def test_three_thirds_are_100(self):
        thirds = [("T_REVENUE", 33.33, 1000), ("T_COMPLAINTS", 33.33, 5), ("T_STOCK", 33.34, 20)]
        self.assertEqual(self.make_card(self.binh, thirds).state, "agreed")

    def test_a_scorecard_without_kpis_is_not_agreed(self):
        card = self.make_card(self.binh, [], agreed=False)
        with self.refused(UserError, "has no KPI yet"):
            card.action_agree()

    def test_writing_the_state_does_not_get_around_the_agreement(self):
        card = self.make_card(self.binh, [("T_REVENUE", 60, 1000)], agreed=False).with_user(self.an_user)
        for state in ("agreed", "running", "review", "closed"):
            with self.subTest(state=state), self.refused(AccessError, "Use the buttons of the scorecard"):
                card.write({"state": state})

    def test_a_new_scorecard_is_a_draft(self):
        vals = {**self._subject_vals(self.binh), "period_id": self.month.id}
        cards = self.env["kpi.scorecard"].with_user(self.an_user)
        for state in ("agreed", "running", "review", "closed"):
            with self.subTest(state=state), self.assertRaises(AccessError):
                cards.create({**vals, "state": state})
        self.assertEqual(cards.with_context(default_state="running").create(vals).state, "draft")

    def test_a_line_that_cannot_be_scored_is_refused_with_the_reason(self):
        for code, target, terms, reason in (
            ("T_REVENUE", 0, {}, "A target of zero or less needs a baseline"),
            ("T_REVENUE", 100, {"baseline": 120}, r"The baseline \(120\) must lie below the target \(100\)"),
            ("T_COMPLAINTS", 5, {"baseline": 4}, r"The baseline \(4\) must lie above the target \(5\)"),
            ("T_COMPLAINTS", 0, {}, "A target of zero or less needs a baseline"),
            ("T_REVENUE", 100, {"threshold": 110}, r"The threshold \(110\) must lie short of the target \(100\)"),
            ("T_REVENUE", 100, {"stretch": 90}, r"The stretch \(90\) must lie beyond the target \(100\)"),
            ("T_REVENUE", 100, {"cap": 90}, "The cap must be 100 or more"),
            ("T_REVENUE", 100, {"floor": -1}, "The floor must lie between 0 and 100"),
        ):
            with self.subTest(code, target=target, **terms), self.refused(ValidationError, reason):
                self.make_card(self.binh, [(code, 100, target, terms)], agreed=False)

    def test_no_complaints_is_a_target_once_the_worst_case_is_named(self):
        card = self.make_card(self.binh, [("T_COMPLAINTS", 100, 0, {"baseline": 3})])
        self.assertEqual(card.state, "agreed")

    def test_terms_are_fixed_once_agreed_and_open_again_in_draft(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)]).with_user(self.an_user)
        line = card.line_ids
        for attempt, change in {
            "target": lambda: line.write({"target": 500}),
            "weight": lambda: line.write({"weight": 90}),
            "cap": lambda: line.write({"cap": 200}),
            "another KPI": lambda: line.write({"definition_id": self.complaints.id}),
            "one KPI more": lambda: card.write({"line_ids": [Command.create(self._line_vals("T_STOCK", 0, 5))]}),
            "one KPI less": lambda: line.unlink(),
            "a target given for the first time": lambda: card.write(
                {"line_ids": [Command.update(line.id, {"target": 1})]}
            ),
        }.items():
            with self.subTest(attempt), self.refused(UserError, "Take it back to draft"):
                change()
        card.action_draft()
        line.target = 500
        card.action_agree()
        card.with_user(self.binh_user).action_agree()
        self.assertEqual((card.state, line.target), ("agreed", 500.0))

    def test_the_objective_of_a_line_may_be_named_later(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        objective = self.env["kpi.objective"].create(
            {"name": "Grow", "date_start": "2026-01-01", "date_end": "2026-12-31"}
        )
        card.line_ids.objective_id = objective
        self.assertEqual(objective.line_ids, card.line_ids)

    def test_an_agreed_scorecard_is_not_deleted(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        with self.refused(UserError, "Take it back to draft before you delete it"):
            card.unlink()
        card.action_draft()
        card.unlink()
        self.assertFalse(card.exists())

    def test_a_scorecard_goes_its_way_from_draft_to_review(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        card.action_start()
        self.assertEqual(card.state, "running")
        card.action_review()
        self.assertEqual(card.state, "review")
        card.action_start()
        self.assertEqual(card.state, "review", "what is being reviewed does not start again")


@tagged("post_install", "-at_install")
class TestKpiScorecardSubject(KpiCase):
    def test_a_subject_has_one_scorecard_in_a_period(self):
        self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_card(self.binh, [("T_COMPLAINTS", 100, 5)])

    def test_every_department_and_every_month_may_have_one(self):
        quarter = self.make_period("2026-03-15", "quarter")
        for subject, period in (
            (self.company, self.month),
            (self.sales, self.month),
            (self.north, self.month),
            (self.binh, self.month),
            (self.binh, quarter),
        ):
            self.make_card(subject, [("T_REVENUE", 100, 1000)], period)
        self.assertEqual(len(self.month.scorecard_ids), 4)

    def test_a_scorecard_is_about_one_subject(self):
        vals = {"period_id": self.month.id, "company_id": self.company.id}
        for wrong, reason in (
            ({"subject_type": "employee"}, "Choose the employee"),
            ({"subject_type": "department", "employee_id": self.binh.id}, "one subject only"),
            ({"subject_type": "employee", "employee_id": self.binh.id, "department_id": self.north.id}, "one subject"),
            ({"subject_type": "company", "employee_id": self.binh.id}, "one subject only"),
        ):
            with self.subTest(wrong), self.refused(ValidationError, reason):
                self.env["kpi.scorecard"].create({**vals, **wrong})

    def test_subject_and_period_are_of_the_scorecard_s_company(self):
        elsewhere = self.make_department("Sales", company_id=self.other_company.id)
        vals = {**self._subject_vals(self.sales), "period_id": self.month.id}
        with self.assertRaises(UserError):
            self.env["kpi.scorecard"].create({**vals, "department_id": elsewhere.id})
        with self.assertRaises(UserError):
            period = self.make_period("2026-03-15", company=self.other_company)
            self.env["kpi.scorecard"].create({**vals, "period_id": period.id})

    def test_choosing_another_level_empties_the_old_subject(self):
        with Form(self.env["kpi.scorecard"]) as form:
            form.period_id = self.month
            form.subject_type = "employee"
            form.employee_id = self.binh
            form.subject_type = "department"
            form.department_id = self.north
        self.assertFalse(form.record.employee_id)
        self.assertEqual(form.record.display_name, "Sales / North · 03/2026")

    def test_a_scorecard_bears_the_name_of_its_subject_and_period(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        self.assertEqual(card.display_name, "Bình · 03/2026")

    def test_a_scorecard_follows_the_person_to_a_new_user(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        self.assertEqual(card.user_id, self.binh_user)
        self.binh.user_id = self.make_user("binh_new")
        self.assertEqual(card.user_id.login, "kpi_binh_new")


@tagged("post_install", "-at_install")
class TestKpiScorecardLines(KpiCase):
    def test_more_than_seven_kpis_draw_a_warning(self):
        codes = [f"T_KPI{number}" for number in range(1, 9)]
        for code in codes:
            self.make_kpi(code)
        card = self.make_card(self.binh, [(code, 10, 5) for code in codes[:7]], agreed=False)
        self.assertFalse(card.line_warning)
        card.write({"line_ids": [Command.create(self._line_vals(codes[7], 30, 5))]})
        self.assertEqual(card.line_warning, "8 KPIs on one scorecard: people follow 7 at most.")
        self.company.kpi_line_limit = 0
        self.assertFalse(card.line_warning, "0 means no limit")

    def test_a_kpi_is_on_a_scorecard_once(self):
        with self.refused(ValidationError, "on the scorecard already"):
            self.make_card(self.binh, [("T_REVENUE", 50, 1000), ("T_REVENUE", 50, 2000)])

    def test_a_weight_is_not_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_card(self.binh, [("T_REVENUE", 110, 1000), ("T_STOCK", -10, 2000)], agreed=False)

    def test_a_new_line_takes_the_scoring_of_its_kpi(self):
        self.revenue.write({"cap": 150, "threshold": 600, "threshold_attainment": 40})
        card = self.make_card(self.binh, [("T_REVENUE", 60, 1000), ("T_STOCK", 40, 10, {"cap": 100})])
        line = self.line(card, "T_REVENUE")
        self.assertEqual((line.cap, line.threshold, line.threshold_attainment), (150, 600, 40))
        self.assertEqual(self.line(card, "T_STOCK").cap, 100, "what is given stays")
        with Form(self.env["kpi.scorecard"]) as form:
            form.period_id = self.month
            form.employee_id = self.chi
            with form.line_ids.new() as new:
                new.definition_id = self.revenue
                new.target = 1000
                new.weight = 100
        self.assertEqual(form.record.line_ids.cap, 150)

    def test_an_agreed_line_keeps_its_terms_when_the_kpi_changes(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        self.revenue.cap = 200
        self.assertEqual(card.line_ids.cap, 120)


@tagged("post_install", "-at_install")
class TestKpiScorecardComputedFields(KpiCase):
    """Nobody types a score: not the officer, not the system, not by form, import or API."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.make_card(cls.binh, [("T_REVENUE", 100, 1000)])
        cls.draft = cls.make_card(cls.chi, [("T_REVENUE", 100, 1000)], agreed=False)
        grade = cls.env.ref("kpi_management.grade_good")
        cls.card_vals = {"score": 120, "has_score": True, "grade_id": grade.id, "computed_at": "2026-03-31 12:00:00"}
        cls.line_vals = {
            "actual": 5000,
            "attainment": 120,
            "forecast": 5000,
            "status": "on_track",
            "result": "ok",
            "error_message": "none",
            "explanation": {"version": 1},
            "computed_at": "2026-03-31 12:00:00",
        }

    def writers(self):
        return [self.env(user=self.officer), self.env(user=self.admin), self.env(user=self.officer, su=True)]

    def test_computed_figures_are_not_written(self):
        for env in self.writers():
            for record, vals in ((self.card, self.card_vals), (self.draft.line_ids, self.line_vals)):
                for name, value in vals.items():
                    with self.subTest(name, su=env.su), self.refused(AccessError, f"{name} is computed"):
                        record.with_env(env).write({name: value})

    def test_computed_figures_are_not_given_on_create(self):
        for env in self.writers():
            cards = self.env["kpi.scorecard"].with_env(env)
            vals = {**self._subject_vals(self.an), "period_id": self.month.id}
            for name, value in self.card_vals.items():
                with self.subTest(name, su=env.su), self.assertRaises(AccessError):
                    cards.create({**vals, name: value})
            for name, value in self.line_vals.items():
                line = {**self._line_vals("T_STOCK", 10, 5), name: value}
                with self.subTest(name, su=env.su), self.assertRaises(AccessError):
                    cards.create({**vals, "line_ids": [Command.create(line)]})

    def test_defaults_do_not_smuggle_computed_figures_in(self):
        context = {f"default_{name}": value for name, value in {**self.line_vals, **self.card_vals}.items()}
        card = self.make_card(self.an.with_user(self.officer).with_context(**context), [("T_REVENUE", 100, 1000)])
        self.env["ir.default"].set("kpi.scorecard", "score", 120)
        self.env["ir.default"].set("kpi.scorecard.line", "attainment", 120)
        other = self.make_card(self.hang.with_user(self.officer), [("T_REVENUE", 100, 1000)])
        for new in card | other:
            self.assertRecordValues(new, [{"score": 0, "has_score": False, "grade_id": False, "computed_at": False}])
            blank = {"actual": 0, "attainment": 0, "forecast": 0, "status": "none", "result": False}
            self.assertRecordValues(new.line_ids, [{**blank, "explanation": False, "computed_at": False}])

    def test_computed_figures_are_not_imported(self):
        lines = self.env["kpi.scorecard.line"].with_user(self.officer).with_context(import_file=True)
        fields = ["scorecard_id/.id", "definition_id/.id", "weight", "target"]
        row = [str(self.draft.id), str(self.complaints.id), "0", "5"]
        result = lines.load([*fields, "attainment"], [[*row, "120"]])
        self.assertFalse(result["ids"])
        self.assertIn("attainment is computed", result["messages"][0]["message"])
        # the same row without the typed attainment comes in
        self.assertTrue(lines.load(fields, [row])["ids"])

    def test_whom_a_line_is_about_is_not_written_on_the_line(self):
        line = self.draft.line_ids.with_user(self.officer)
        for name, value in {
            "employee_id": self.binh.id,
            "period_id": self.make_period("2026-04-01").id,
            "company_id": self.other_company.id,
            "date_end": "2026-12-31",
        }.items():
            with self.subTest(name), self.assertRaises(AccessError):
                line.write({name: value})
        with self.assertRaises(AccessError):
            self.draft.with_user(self.officer).user_id = self.officer

    def test_the_suite_s_own_code_writes_them(self):
        trusted(self.card).write({"score": 88.5, "has_score": True})
        self.assertEqual(self.card.score, 88.5)

    def test_a_copy_takes_the_terms_and_not_the_results(self):
        trusted(self.card).write({"score": 88.5, "has_score": True})
        trusted(self.card.line_ids).write({"actual": 885, "attainment": 88.5, "result": "ok"})
        april = self.card.with_user(self.officer).copy({"period_id": self.make_period("2026-04-01").id})
        self.assertRecordValues(april, [{"state": "draft", "score": 0, "has_score": False}])
        self.assertRecordValues(april.line_ids, [{"target": 1000, "weight": 100, "actual": 0, "result": False}])
