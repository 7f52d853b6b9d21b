from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import KpiCase


class TemplateCase(KpiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller, cls.clerk = cls.env["hr.job"].create(
            [{"name": name, "company_id": cls.company.id} for name in ("Seller", "Clerk")]
        )
        cls.binh.job_id = cls.seller

    @classmethod
    def make_template(cls, name, lines=(("T_REVENUE", 100, 1000),), active=True, jobs=None, departments=None, **vals):
        template = cls.env["kpi.scorecard.template"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "job_ids": [Command.set(jobs.ids if jobs else [])],
                "department_ids": [Command.set(departments.ids if departments else [])],
                "line_ids": [Command.create(cls._line_vals(*line)) for line in lines],
                **vals,
            }
        )
        if active:
            template.action_activate()
        return template

    @classmethod
    def make_batch(cls, period=None, user=None, **vals):
        user = user or cls.officer
        Batch = cls.env["kpi.scorecard.batch"].with_user(user).with_context(tracking_disable=False)
        return Batch.create({"period_id": (period or cls.month).id, **vals})

    @classmethod
    def card_of(cls, subject, period=None):
        name = {"hr.employee": "employee_id", "hr.department": "department_id", "res.company": "company_id"}
        domain = [("period_id", "=", (period or cls.month).id), (name[subject._name], "=", subject.id)]
        kind = cls._subject_vals(subject)["subject_type"]
        return cls.env["kpi.scorecard"].search([*domain, ("subject_type", "=", kind)])


@tagged("post_install", "-at_install")
class TestKpiTemplate(TemplateCase):
    def test_a_template_is_used_once_its_weights_make_100(self):
        template = self.make_template("Sales", [("T_REVENUE", 60, 1000), ("T_COMPLAINTS", 39.99, 5)], active=False)
        self.assertEqual(template.weight_total, 99.99)
        with self.refused(ValidationError, r"The weights of Sales add up to 99.99 instead of 100"):
            template.with_user(self.officer).action_activate()
        with self.refused(ValidationError, "add up to 99.99"):
            template.with_user(self.officer).write({"state": "active"})
        template.line_ids[1].weight = 40
        template.with_user(self.officer).action_activate()
        self.assertEqual(template.state, "active")

    def test_three_thirds_are_100(self):
        thirds = [("T_REVENUE", 33.33, 1000), ("T_COMPLAINTS", 33.33, 5), ("T_STOCK", 33.34, 20)]
        self.assertEqual(self.make_template("Thirds", thirds).state, "active")

    def test_what_could_not_be_scored_is_not_used(self):
        for lines, reason in (
            ([], "has no KPI yet"),
            ([("T_REVENUE", 100, 0)], "T_REVENUE: A target of zero or less needs a baseline"),
            ([("T_REVENUE", 50, 1000), ("T_REVENUE", 50, 900)], "T_REVENUE is there twice"),
        ):
            with self.subTest(reason), self.refused(ValidationError, reason):
                self.make_template("Broken", lines)
        template = self.make_template("Of yore", [("T_REVENUE", 50, 1000), ("T_STOCK", 50, 20)], active=False)
        self.stock.action_archive()
        with self.refused(ValidationError, "T_STOCK is archived: take it off"):
            template.action_activate()

    def test_more_than_seven_kpis_draw_a_warning(self):
        for number in range(8):
            self.make_kpi(f"T_KPI{number}")
        template = self.make_template("Long", [(f"T_KPI{number}", 12.5, 5) for number in range(8)])
        self.assertEqual(template.line_warning, "8 KPIs on one scorecard: people follow 7 at most.")

    def test_a_template_in_use_does_not_change(self):
        template = self.make_template("Sales").with_user(self.officer)
        line = template.line_ids
        for attempt, change in {
            "weight": lambda: line.write({"weight": 90}),
            "target": lambda: template.write({"line_ids": [Command.update(line.id, {"target": 1})]}),
            "one more": lambda: template.write({"line_ids": [Command.create(self._line_vals("T_STOCK", 0, 5))]}),
            "one less": lambda: line.unlink(),
            "another period": lambda: template.write({"period_type": "year"}),
        }.items():
            with self.subTest(attempt), self.refused(UserError, "Take it back to draft before you change it"):
                change()
        template.action_draft()
        line.target = 900
        template.action_activate()

    def test_a_weight_is_not_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_template("Minus", [("T_REVENUE", 110, 1), ("T_STOCK", -10, 1)], active=False)

    def test_a_new_line_takes_the_scoring_of_its_kpi(self):
        self.revenue.write({"cap": 150, "threshold": 600})
        template = self.make_template("Sales", [("T_REVENUE", 100, 1000)])
        self.assertRecordValues(template.line_ids, [{"cap": 150, "threshold": 600}])
        with Form(self.env["kpi.scorecard.template"].with_user(self.officer)) as form:
            form.name = "By hand"
            with form.line_ids.new() as line:
                line.definition_id = self.revenue
                line.weight = 100
                line.target = 1000
        self.assertEqual(form.record.line_ids.cap, 150)

    def test_a_copy_is_a_draft_of_its_own(self):
        copy = self.make_template("Sales").with_user(self.officer).copy()
        self.assertEqual((copy.name, copy.state, copy.line_ids.target), ("Sales (copy)", "draft", 1000))

    def test_a_scorecard_becomes_a_template(self):
        card = self.make_card(self.binh, [("T_REVENUE", 60, 1000, {"cap": 150}), ("T_STOCK", 40, 20)])
        action = card.with_user(self.officer).action_make_template()
        template = self.env["kpi.scorecard.template"].browse(action["res_id"])
        self.assertRecordValues(
            template,
            [
                {
                    "name": "Seller",
                    "state": "draft",
                    "job_ids": self.seller.ids,
                    "department_ids": [],
                    "weight_total": 100,
                }
            ],
        )
        self.assertRecordValues(
            template.line_ids,
            [
                {"definition_id": self.revenue.id, "weight": 60, "target": 1000, "cap": 150},
                {"definition_id": self.stock.id, "weight": 40, "target": 20, "cap": 120},
            ],
        )
        template.action_activate()

    def test_officers_of_the_company_alone_have_templates_and_runs(self):
        template, batch = self.make_template("Sales"), self.make_batch()
        for user in (self.binh_user, self.an_user, self.hang_user, self.stranger):
            for record in (template, template.line_ids, batch):
                for operation in ("read", "write", "create", "unlink"):
                    with self.subTest(record._name, operation=operation, user=user.login):
                        self.assertFalse(record.with_user(user).has_access(operation))
            for action in ("action_confirm", "action_undo"):
                with self.subTest(action, user=user.login), self.assertRaises(AccessError):
                    getattr(batch.with_user(user), action)()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.make_card(self.chi, [], self.make_period("2026-04-01"), False).with_user(
                    user
                ).action_make_template()
        elsewhere = self.make_user("eve_officer", "kpi_management.group_kpi_officer", company=self.other_company)
        self.assertFalse(self.env["kpi.scorecard.template"].with_user(elsewhere).search([("id", "=", template.id)]))
        with self.assertRaises(AccessError):
            batch.with_user(elsewhere).action_confirm()
        for record in (template, template.line_ids, batch):
            for operation in ("read", "write", "create", "unlink"):
                with self.subTest(record._name, operation=operation, user="officer"):
                    self.assertTrue(record.with_user(self.officer).has_access(operation))

    def test_the_choices_of_a_template_are_its_officers_business(self):
        parameter = self.env["kpi.parameter"].create(
            {"name": "Department", "code": "t_department", "model_id": self.env["ir.model"]._get_id("hr.department")}
        )
        template = self.make_template("Sales", active=False)
        choice = {"parameter_id": parameter.id, "value_ref": f"hr.department,{self.north.id}"}
        template.line_ids.with_user(self.officer).parameter_value_ids = [Command.create(choice)]
        value = template.line_ids.parameter_value_ids
        self.assertEqual(value.value_name, "Sales / North")
        for user in (self.binh_user, self.stranger):
            self.assertFalse(value.with_user(user).has_access("read"))
        template.action_activate()
        with self.refused(UserError, "Take it back to draft"):
            value.with_user(self.officer).value_ref = f"hr.department,{self.south.id}"
        self.make_batch(employee_ids=self.binh.ids).action_confirm()
        self.assertEqual(self.card_of(self.binh).line_ids.parameter_value_ids.value_ref, self.north)


@tagged("post_install", "-at_install")
class TestKpiTemplatePrecedence(TemplateCase):
    """Bình is a seller in North, a part of Sales."""

    def best(self, *templates):
        """The template that counts for Bình."""
        return self.env["kpi.scorecard.template"].union(*templates)._best(self.north, self.seller)

    def test_job_and_department_before_job_before_department_before_all(self):
        everybody = self.make_template("Everybody", sequence=1)
        of_department = self.make_template("Sales department", departments=self.sales, sequence=2)
        of_job = self.make_template("Sellers", jobs=self.seller, sequence=3)
        of_both = self.make_template("Sellers of Sales", jobs=self.seller, departments=self.sales, sequence=4)
        self.assertEqual(self.best(everybody, of_department, of_job, of_both), of_both)
        self.assertEqual(self.best(everybody, of_department, of_job), of_job)
        self.assertEqual(self.best(everybody, of_department), of_department)
        self.assertEqual(self.best(everybody), everybody)

    def test_the_nearest_department_counts(self):
        above = self.make_template("Sales", departments=self.sales, sequence=1)
        own = self.make_template("North", departments=self.north, sequence=2)
        self.assertEqual(self.best(above, own), own)

    def test_what_is_for_others_does_not_fit(self):
        clerks = self.make_template("Clerks", jobs=self.clerk)
        south = self.make_template("South", departments=self.south)
        sellers_elsewhere = self.make_template("Sellers of South", jobs=self.seller, departments=self.south)
        self.assertFalse(self.best(clerks, south, sellers_elsewhere))

    def test_among_equals_the_first_in_the_list(self):
        second = self.make_template("A", jobs=self.seller, sequence=20)
        first = self.make_template("B", jobs=self.seller | self.clerk, sequence=10)
        self.assertEqual(self.best(second, first), first)

    def test_the_run_follows_it(self):
        self.make_template("Everybody", [("T_STOCK", 100, 10)])
        self.make_template("Sellers", [("T_REVENUE", 100, 1000)], jobs=self.seller)
        self.make_template("North", [("T_COMPLAINTS", 100, 5)], departments=self.north)
        self.make_template("Not in use", [("T_STOCK", 100, 99)], jobs=self.seller, departments=self.north, active=False)
        self.make_batch().action_confirm()
        for person, kpi in ((self.binh, self.revenue), (self.an, self.complaints), (self.chi, self.stock)):
            self.assertEqual(self.card_of(person).line_ids.definition_id, kpi, person.name)
