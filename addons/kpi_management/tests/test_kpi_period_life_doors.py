from collections import defaultdict

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.kpi_management.engine import replay

from .common import KpiCase

SUM = ("score", "has_score", "grade_id", "computed_at", "state", "period_id", "employee_id", "note")
FIGURES = (
    "actual",
    "attainment",
    "forecast",
    "status",
    "result",
    "explanation",
    "computed_at",
    "target",
    "weight",
    "cap",
)


@tagged("post_install", "-at_install")
class TestKpiClosedDoors(KpiCase):
    """March is closed: every door is tried, by an officer, an administrator and the superuser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        category = cls.env["kpi.parameter"].create(
            {"name": "Country", "code": "t_country", "model_id": cls.env["ir.model"]._get("res.country").id}
        )
        cls.parameter = category
        cls.figure = cls.enter("t_revenue", cls.binh, 80)
        cls.enter("t_complaints", cls.binh, 5)
        cls.card = cls.make_card(cls.binh, [("T_REVENUE", 60, 100), ("T_COMPLAINTS", 40, 10)], agreed=False)
        cls.choice = cls.env["kpi.parameter.value"].create(
            {
                "line_id": cls.card.line_ids[0].id,
                "parameter_id": category.id,
                "value_ref": f"res.country,{cls.env.ref('base.vn').id}",
            }
        )
        cls.card.action_agree()
        cls.objective = cls.env["kpi.objective"].create(
            {"name": "Grow", "date_start": "2026-01-01", "date_end": "2026-12-31"}
        )
        cls.card.line_ids[0].objective_id = cls.objective
        cls.april_card = cls.make_card(cls.binh, [("T_REVENUE", 100, 100)], cls.make_period("2026-04-01"), agreed=False)
        cls.an_card = cls.make_card(cls.an, [("T_REVENUE", 100, 100)], cls.april_card.period_id, agreed=False)
        cls.month.with_user(cls.officer).action_close()

    def snapshot(self):
        self.env.invalidate_all()
        period = self.month.read(["name", "date_start", "date_end", "parent_id", "company_id", "state"])
        card = self.card.read(SUM)
        lines = self.card.line_ids.read(FIGURES)
        return period, card, lines, self.figure.value, self.choice.value_ref, self.card.line_ids[0].objective_id.id

    def environments(self):
        yield "officer", self.env(user=self.officer)
        yield "administrator", self.env(user=self.admin)
        yield "superuser", self.env(user=SUPERUSER_ID, su=True)

    def doors(self, env):
        """{attempt: call} of all that must not change a closed period"""
        period, card = self.month.with_env(env), self.card.with_env(env)
        line, figure, choice = card.line_ids[0], self.figure.with_env(env), self.choice.with_env(env)
        april = self.april_card.with_env(env)
        mark = {"kpi_trusted": True}
        return {
            "rename the period": lambda: period.write({"name": "Another month"}),
            "hang the period elsewhere": lambda: period.write({"parent_id": False}),
            "pretend it was computed": lambda: period.write({"computed_at": "2026-03-01 00:00:00"}),
            "give it to another company": lambda: period.write({"company_id": self.other_company.id}),
            "import a period": lambda: self.load(period, "name", "Another month"),
            "import a target": lambda: self.load(line, "target", "1"),
            "import a score": lambda: self.load(card, "score", "120"),
            "import a figure": lambda: self.load(figure, "value", "1"),
            "a mark of one's own": lambda: line.with_context(**mark).write({"target": 1}),
            "the objective": lambda: line.write({"objective_id": False}),
            "from the objective": lambda: self.objective.with_env(env).write({"line_ids": [Command.unlink(line.id)]}),
            "delete from the KPI": lambda: self.revenue.with_env(env).write({"line_ids": [Command.delete(line.id)]}),
            "write from the KPI": lambda: self.revenue.with_env(env).write(
                {"line_ids": [Command.update(line.id, {"target": 1})]}
            ),
            "write from the period": lambda: period.write({"scorecard_ids": [Command.update(card.id, {"note": "x"})]}),
            "delete from the period": lambda: period.write({"scorecard_ids": [Command.delete(card.id)]}),
            "take out from the period": lambda: period.write({"scorecard_ids": [Command.unlink(card.id)]}),
            "move out": lambda: card.write({"period_id": self.make_period("2026-05-01").id}),
            "move in": lambda: april.write({"period_id": period.id, "employee_id": self.chi.id}),
            "link in": lambda: period.write({"scorecard_ids": [Command.link(self.an_card.id)]}),
            "create in": lambda: period.write(
                {"scorecard_ids": [Command.create({"subject_type": "employee", "employee_id": self.chi.id})]}
            ),
            "copy into": lambda: april.copy({"period_id": period.id, "employee_id": self.chi.id}),
            "copy a line into": lambda: april.line_ids.copy({"scorecard_id": card.id, "definition_id": self.stock.id}),
            "another person": lambda: card.write({"employee_id": self.chi.id}),
            "a choice": lambda: choice.write({"value_ref": f"res.country,{self.env.ref('base.us').id}"}),
            "a choice from the line": lambda: line.write({"parameter_value_ids": [Command.delete(choice.id)]}),
            "a choice less": lambda: choice.unlink(),
            "a choice more": lambda: choice.copy({"line_id": card.line_ids[1].id}),
            "a choice moved away": lambda: choice.write({"line_id": april.line_ids.id}),
            "note": lambda: card.write({"note": "x"}),
            "a figure moved away": lambda: figure.write({"period_id": april.period_id.id}),
            "a figure less": lambda: figure.unlink(),
            "a figure of another": lambda: figure.copy({"employee_id": self.chi.id}),
        }

    def load(self, record, name, value):
        """Odoo's importer reports what it refuses instead of raising."""
        result = record.load([".id", name], [[str(record.id), value]])
        if not result["ids"]:
            raise UserError(result["messages"][0]["message"])

    def test_every_door_is_shut(self):
        before = self.snapshot()
        for name, env in self.environments():
            for attempt, change in self.doors(env).items():
                with self.subTest(attempt, by=name), mute_logger("odoo.sql_db"), self.assertRaises(UserError):
                    change()
        self.assertEqual(self.snapshot(), before)

    def test_actions_pass_closed_scorecards_by(self):
        before = self.snapshot()
        card = self.card.with_user(self.officer)
        for action in (card.action_draft, card.action_agree, card.action_start, card.action_review):
            action()
        self.assertEqual(self.snapshot(), before)

    def test_a_kpi_that_changes_leaves_closed_scorecards_as_they_are(self):
        before = self.snapshot()
        shown = self.card.line_ids[0].explanation_html
        kpi = self.revenue.with_user(self.admin)
        kpi.write({"formula": "t_complaints", "cap": 150, "no_data_policy": "zero"})
        kpi.action_archive()
        self.env["kpi.measure"].search([("code", "=", "t_revenue")]).aggregate = "max"
        self.env["kpi.computation"]._run(self.card | self.april_card)
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(self.card.line_ids[0].explanation_html, shown)
        explanation = self.card.line_ids[0].explanation
        self.assertEqual(float(replay(explanation)[1]), self.card.line_ids[0].attainment)
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            kpi.unlink()

    def test_whom_a_closed_scorecard_is_about_is_kept(self):
        office = self.make_department("Packing")
        card = self.make_card(office, [("T_REVENUE", 100, 100)], self.make_period("2026-02-01"))
        card.period_id.with_user(self.officer).action_close()
        for record in (self.binh, office, self.card.grade_id):
            with self.subTest(record), mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
                record.unlink()
        self.binh.action_archive()
        self.assertEqual((self.card.employee_id, self.card.line_ids.employee_id), (self.binh, self.binh))

    def test_a_run_that_began_before_the_closing_writes_nothing_after_it(self):
        before = self.snapshot()
        computation, cards = self.env["kpi.computation"], self.card | self.april_card
        library, elapsed = computation._library(), computation._elapsed_shares(self.company, cards.period_id)
        # Other figures than those it was closed with: nothing measured.
        results = computation._evaluate(cards, library, defaultdict(dict), elapsed)
        computation._write(cards, results)
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(self.april_card.line_ids.result, "no_data")


@tagged("post_install", "-at_install")
class TestKpiPeriodOverlap(KpiCase):
    """Periods of a type and company never overlap."""

    def test_no_door_leads_to_an_overlap(self):
        april = self.make_period("2026-04-01")
        create = self.env["kpi.period"].with_user(self.officer).create
        vals = {"period_type": "month", "company_id": self.company.id}
        twice, odd = psycopg2.errors.UniqueViolation, ValidationError
        for attempt, refusal, change in (
            ("the same again", twice, lambda: create({**vals, "date_start": "2026-03-01"})),
            ("half of it", odd, lambda: create({**vals, "date_start": "2026-03-16", "date_end": "2026-04-15"})),
            ("longer", odd, lambda: create({**vals, "date_start": "2026-05-01", "date_end": "2026-06-30"})),
            ("moved", twice, lambda: april.write({"date_start": "2026-03-01", "date_end": "2026-03-31"})),
            ("longer by a day", odd, lambda: april.write({"date_start": "2026-03-31", "date_end": "2026-04-30"})),
            ("as a copy", twice, april.copy),
            ("a month as a quarter", odd, lambda: april.write({"period_type": "quarter", "date_end": "2026-04-30"})),
            ("imported", odd, lambda: self.load(["period_type", "date_start"], ["month", "2026-03-01"])),
            ("two at once", twice, lambda: create([{**vals, "date_start": "2026-06-01"}] * 2)),
        ):
            with self.subTest(attempt), mute_logger("odoo.sql_db"), self.assertRaises(refusal):
                change()
                self.env.flush_all()
        types = self.env["kpi.period"].search([("company_id", "=", self.company.id)]).grouped("period_type")
        for periods in types.values():
            ordered = periods.sorted("date_start")
            for one, following in zip(ordered, ordered[1:], strict=False):
                self.assertLess(one.date_end, following.date_start)

    def load(self, names, row):
        result = (
            self.env["kpi.period"]
            .with_user(self.officer)
            .load([*names, "company_id/.id"], [[*row, str(self.company.id)]])
        )
        if not result["ids"]:
            raise ValidationError(result["messages"][0]["message"])

    def test_other_types_and_companies_have_their_own(self):
        quarter = self.make_period("2026-03-01", "quarter")
        other = self.make_period("2026-03-01", company=self.other_company)
        self.assertEqual((quarter.date_start, other.date_start), (quarter.date_start, self.month.date_start))

    def test_two_at_the_same_moment_make_one(self):
        company = self.env.ref("base.main_company")
        vals = {"period_type": "month", "date_start": "2091-03-01", "company_id": company.id}
        # Connections of their own: nothing of this is committed.
        with self.registry.cursor() as first, self.registry.cursor() as second:
            api.Environment(first, SUPERUSER_ID, {})["kpi.period"].create(vals)
            first.flush()
            second.execute("SET LOCAL lock_timeout = '300ms'")
            with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.LockNotAvailable):
                api.Environment(second, SUPERUSER_ID, {})["kpi.period"].create(vals)
            second.rollback()
            first.rollback()
