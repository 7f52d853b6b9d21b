from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_kpi_template import TemplateCase

TERMS = ("target", "baseline", "threshold", "stretch", "band_low", "band_high")


@tagged("post_install", "-at_install")
class TestKpiGenerate(TemplateCase):
    """Hằng, An, Bình, Chi and Lan are employed in March 2026; Bình is a seller."""

    def test_everybody_gets_one_once(self):
        self.make_template("Everybody", [("T_REVENUE", 60, 1000), ("T_STOCK", 40, 20)])
        mine = self.make_card(self.binh, [("T_COMPLAINTS", 100, 5)], agreed=False)
        batch = self.make_batch()
        self.assertEqual((batch.plan_count, batch.existing_count, batch.missing_count), (4, 1, 0))
        batch.action_confirm()
        self.assertEqual((batch.state, batch.made_count, batch.total), ("done", 4, 4))
        card = self.card_of(self.chi)
        self.assertRecordValues(card, [{"state": "draft", "user_id": self.chi_user.id, "employed_days": 0}])
        self.assertRecordValues(
            card.line_ids,
            [
                {"definition_id": self.revenue.id, "weight": 60, "target": 1000, "cap": 120},
                {"definition_id": self.stock.id, "weight": 40, "target": 20, "cap": 120},
            ],
        )
        self.assertEqual(self.card_of(self.binh), mine, "what is there stays")
        again = self.make_batch()
        self.assertEqual((again.plan_count, again.existing_count), (0, 5))
        with self.refused(UserError, "There is no scorecard to make"):
            again.action_confirm()
        self.assertEqual(len(self.month.scorecard_ids), 5)

    def test_people_whom_nothing_fits_are_named(self):
        self.make_template("Sellers", jobs=self.seller)
        batch = self.make_batch()
        self.assertEqual(batch.plan_count, 1)
        self.assertEqual(batch.missing_employee_ids.ids, sorted((self.hang | self.an | self.chi | self.lan).ids))
        self.assertIn("Sellers: <b>1</b>", batch.plan_html)

    def test_whom_the_run_is_for(self):
        self.make_template("Everybody")
        for vals, people in (
            ({"department_ids": self.sales.ids}, self.hang | self.an | self.binh | self.chi),
            ({"department_ids": self.north.ids}, self.an | self.binh),
            ({"job_ids": self.seller.ids}, self.binh),
            ({"employee_ids": (self.chi | self.lan).ids}, self.chi | self.lan),
            ({"department_ids": self.north.ids, "job_ids": self.seller.ids}, self.binh),
        ):
            with self.subTest(vals):
                planned = {todo.subject_id for todo in self.make_batch(**vals)._plan().todo}
                self.assertEqual(planned, set(people.ids))

    def test_departments_and_the_company_have_templates_too(self):
        self.make_template("Departments", subject_type="department", sequence=2)
        self.make_template("North", [("T_STOCK", 100, 5)], subject_type="department", departments=self.north)
        self.make_template("Company", [("T_REVENUE", 100, 9000)], subject_type="company")
        self.make_batch().action_confirm()
        self.assertEqual(self.card_of(self.north).line_ids.definition_id, self.stock)
        self.assertEqual(self.card_of(self.south).line_ids.definition_id, self.revenue)
        self.assertEqual(self.card_of(self.company).line_ids.target, 9000)
        self.assertEqual(len(self.month.scorecard_ids), 5)

    def test_only_those_employed_in_the_period(self):
        self.make_template("Everybody")
        april = self.make_period("2026-04-01")
        self.make_employee("Joins in April", self.north, start="2026-04-01")
        gone = self.make_employee("Gone in February", self.north, contract_date_end="2026-02-28")
        self.assertEqual(self.make_batch().plan_count, 5)
        self.assertEqual(self.make_batch(april).plan_count, 6)
        self.assertEqual(self.make_batch(self.make_period("2026-02-01")).plan_count, 6)
        self.assertFalse(self.card_of(gone))

    def test_a_template_is_for_its_type_of_period(self):
        self.make_template("Yearly", period_type="year")
        self.assertEqual(self.make_batch().plan_count, 0)
        self.assertEqual(self.make_batch(self.make_period("2026-03-15", "year")).plan_count, 5)

    def test_an_objective_goes_along_while_it_is_pursued(self):
        vals = {"name": "Grow", "date_start": "2026-03-01", "date_end": "2026-03-31"}
        objective = self.env["kpi.objective"].create({**vals, "company_id": self.company.id})
        template = self.make_template("Everybody", active=False)
        template.line_ids.objective_id = objective
        template.action_activate()
        april = self.make_period("2026-04-01")
        for period in (self.month, april):
            self.make_batch(period, employee_ids=self.binh.ids).action_confirm()
        self.assertEqual(self.card_of(self.binh).line_ids.objective_id, objective)
        self.assertFalse(self.card_of(self.binh, april).line_ids.objective_id)

    def test_a_run_is_taken_back_where_nothing_was_agreed(self):
        self.make_template("Everybody")
        batch = self.make_batch()
        batch.action_confirm()
        kept = self.card_of(self.binh)
        kept.with_user(self.an_user).action_propose()
        self.assertEqual((batch.made_count, batch.draft_count), (5, 4))
        batch.action_undo()
        self.assertEqual(self.month.scorecard_ids, kept)

    def test_a_closed_period_gets_none(self):
        self.make_template("Everybody")
        batch = self.make_batch()
        self.month.with_user(self.officer).action_close()
        with self.refused(UserError, "is closed"):
            batch.action_confirm()
        with self.refused(UserError, "is closed"):
            self.make_batch()

    def test_where_a_scorecard_comes_from_is_not_written_by_hand(self):
        self.make_template("Everybody")
        self.make_batch().action_confirm()
        card = self.card_of(self.binh).with_user(self.officer).with_context(kpi_trusted=True)
        for name, value in (("template_id", False), ("batch_id", False), ("employed_days", 3)):
            with self.subTest(name), self.refused(UserError, "made in bulk"):
                card.write({name: value})


@tagged("post_install", "-at_install")
class TestKpiGenerateProRata(TemplateCase):
    """Worked by hand: who comes on 15 March is there on 17 of 31 days; 1000 × 17 / 31 = 548.387…"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.joiner = cls.make_employee("Giang", cls.north, start="2026-03-15")
        cls.make_measure("t_open")
        cls.make_kpi("T_RATIO", "t_revenue / t_open * 100", unit="percent")
        cls.lines = [
            ("T_REVENUE", 40, 1000, {"threshold": 620, "stretch": 1240}),
            ("T_COMPLAINTS", 20, 31),
            ("T_STOCK", 20, 200),
            ("T_RATIO", 20, 50),
        ]

    def targets(self, person, period=None):
        lines = self.card_of(person, period).line_ids
        return {line.definition_id.code: line.target for line in lines}

    def test_a_joiner_gets_the_part_of_what_adds_up(self):
        self.make_template("Everybody", self.lines)
        self.make_batch().action_confirm()
        card = self.card_of(self.joiner)
        # money in dong has no decimals; a balance and a ratio are what they are on any day
        self.assertEqual(
            self.targets(self.joiner), {"T_REVENUE": 548, "T_COMPLAINTS": 17, "T_STOCK": 200, "T_RATIO": 50}
        )
        self.assertRecordValues(card.line_ids[0], [{"threshold": 340, "stretch": 680, "baseline": 0}])
        self.assertEqual(card.line_ids.mapped("weight"), [40, 20, 20, 20])
        self.assertEqual(card.employed_days, 17)
        self.assertTrue(card.pro_rata_text.startswith("Pro rata: employed on 17 of 31 days."))
        self.assertEqual(self.targets(self.binh)["T_REVENUE"], 1000)
        card.with_user(self.officer).action_agree()

    def test_a_leaver_and_two_stretches(self):
        leaver = self.make_employee("Hà", self.north, contract_date_end="2026-03-10")
        mover = self.make_employee("Khoa", self.office, start="2026-03-02")
        mover.create_version({"date_version": "2026-03-20", "department_id": self.north.id})
        self.make_template("North", [("T_COMPLAINTS", 100, 31)], departments=self.north)
        self.make_batch().action_confirm()
        self.assertEqual((self.targets(leaver), self.card_of(leaver).employed_days), ({"T_COMPLAINTS": 10}, 10))
        # the department of the last day counts, and all days of the period
        self.assertEqual((self.targets(mover), self.card_of(mover).employed_days), ({"T_COMPLAINTS": 30}, 30))

    def test_pro_rata_is_a_choice(self):
        self.make_template("Everybody", self.lines)
        self.make_batch(prorate=False).action_confirm()
        self.assertEqual(self.targets(self.joiner)["T_REVENUE"], 1000)
        self.assertFalse(self.card_of(self.joiner).pro_rata_text)

    def test_only_joiners(self):
        self.make_template("Everybody", self.lines)
        batch = self.make_batch(joiners_only=True)
        self.assertEqual([todo.subject_id for todo in batch._plan().todo], self.joiner.ids)

    def test_the_month_after_the_target_is_whole_again(self):
        self.make_template("Everybody", self.lines)
        self.make_batch().action_confirm()
        april = self.make_period("2026-04-01")
        self.make_batch(april, source="previous").action_confirm()
        self.assertEqual(
            self.targets(self.joiner, april), {"T_REVENUE": 1000, "T_COMPLAINTS": 31, "T_STOCK": 200, "T_RATIO": 50}
        )
        self.assertEqual(self.card_of(self.joiner, april).employed_days, 0)

    def test_joiners_by_night_where_the_company_wants_it(self):
        self.make_template("Everybody", self.lines)
        april, late = self.make_period("2026-04-01"), self.make_employee("Mai", self.north, start="2026-04-02")
        Batch = self.env["kpi.scorecard.batch"]
        with self.enter_registry_test_mode():
            self.env.ref("kpi_management.cron_scorecard_joiners").method_direct_trigger()
        self.assertFalse(april.scorecard_ids)
        self.company.kpi_joiner_scorecards = True
        for _night in range(2):
            with self.enter_registry_test_mode():
                self.env.ref("kpi_management.cron_scorecard_joiners").method_direct_trigger()
        self.assertEqual(april.scorecard_ids.employee_id, late)
        # 31 × 29 / 30
        self.assertEqual(self.targets(late, april)["T_COMPLAINTS"], 29.9667)
        self.assertEqual(Batch.search_count([("automatic", "=", True), ("period_id", "=", april.id)]), 1)


@tagged("post_install", "-at_install")
class TestKpiGenerateFromBefore(TemplateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.april = cls.make_period("2026-04-01")
        cls.uptime = cls.make_kpi("T_UPTIME", direction="band", band_low=90, band_high=95, band_tolerance=5)
        cls.audit = cls.make_kpi("T_AUDIT", direction="binary")

    def run_raised(self, percent, lines):
        self.make_card(self.binh, lines)
        self.make_batch(self.april, source="previous", raise_percent=percent).action_confirm()
        return self.card_of(self.binh, self.april).line_ids

    def test_targets_are_raised_in_the_direction_of_the_kpi(self):
        lines = self.run_raised(
            5,
            [
                ("T_REVENUE", 20, 1000, {"threshold": 800, "stretch": 1200, "baseline": 100}),
                ("T_COMPLAINTS", 20, 10),
                ("T_STOCK", 20, -200, {"baseline": -400}),
                ("T_UPTIME", 20, 0, {"band_low": 90, "band_high": 95, "band_tolerance": 5}),
                ("T_AUDIT", 20, 40),
            ],
        )
        self.assertEqual(lines.mapped("target"), [1050, 9.5, -190, 0, 42])
        self.assertRecordValues(lines[0], [{"threshold": 840, "stretch": 1260, "baseline": 100}])
        self.assertRecordValues(lines[3], [{"band_low": 90, "band_high": 95}])
        self.assertEqual(lines.mapped("weight"), [20] * 5)

    def test_a_target_that_could_not_be_scored_stays(self):
        lines = self.run_raised(-50, [("T_REVENUE", 60, 1000, {"baseline": 600}), ("T_STOCK", 40, 20)])
        self.assertEqual(lines.mapped("target"), [1000, 10])

    def test_a_percentage_that_leaves_no_target_is_refused(self):
        for percent in (-100, 1001):
            with self.subTest(percent=percent), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                self.make_batch(self.april, source="previous", raise_percent=percent)

    def test_without_a_percentage_it_is_a_copy_in_draft(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000.5)])
        self.enter("t_revenue", self.binh, 900)
        card.action_compute()
        self.make_batch(self.april, source="previous").action_confirm()
        new = self.card_of(self.binh, self.april)
        self.assertRecordValues(new, [{"state": "draft", "has_score": False, "holder_agreed_by_id": False}])
        self.assertRecordValues(new.line_ids, [{"target": 1000.5, "result": False, "actual": 0}])

    def test_those_who_left_and_those_who_had_none_are_left_out(self):
        gone = self.make_employee("Gone", self.north, contract_date_end="2026-03-31")
        for subject in (gone, self.binh, self.north):
            self.make_card(subject, [("T_REVENUE", 100, 1000)])
        batch = self.make_batch(self.april, source="previous")
        self.assertEqual((batch.plan_count, batch.missing_count), (2, 4))
        batch.action_confirm()
        self.assertEqual(self.april.scorecard_ids.mapped("subject_name"), ["Sales / North", "Bình"])

    def test_choices_are_copied(self):
        parameter = self.env["kpi.parameter"].create(
            {"name": "Department", "code": "t_department", "model_id": self.env["ir.model"]._get_id("hr.department")}
        )
        choices = [
            [Command.create({"parameter_id": parameter.id, "value_ref": f"hr.department,{department.id}"})]
            for department in (self.north, self.south)
        ]
        self.make_card(self.binh, [("T_REVENUE", 50, 1000, {"parameter_value_ids": choice}) for choice in choices])
        self.make_batch(self.april, source="previous").action_confirm()
        lines = self.card_of(self.binh, self.april).line_ids
        self.assertEqual([line.parameter_value_ids.value_ref for line in lines], [self.north, self.south])

    def test_without_a_period_before_there_is_nothing_to_copy(self):
        batch = self.make_batch(self.make_period("2027-01-01"), source="previous")
        self.assertEqual(batch.plan_count, 0)
