from datetime import date

from odoo.api import SUPERUSER_ID, Environment
from odoo.exceptions import AccessError, ConcurrencyError, UserError, ValidationError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from .common import KpiCase


class FigureCase(KpiCase):
    """Figures come in through the officer, by the names that people use."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.figures = cls.env["kpi.measurement"].with_user(cls.officer)
        cls.binh.work_email = "binh@saomai.example"

    def send(self, *vals_list, source="api"):
        return self.figures.create([{"source": source, **vals} for vals in vals_list])

    def stored(self):
        """(measure, subject, period, value) of all figures of the company, as the database has them."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT m.code, COALESCE(e.name, d.name->>'en_US', c.name), p.name, f.value::float
                 FROM kpi_measurement f
                 JOIN kpi_measure m ON m.id = f.measure_id
                 JOIN kpi_period p ON p.id = f.period_id
                 JOIN res_company c ON c.id = f.company_id
                 LEFT JOIN hr_employee e ON e.id = f.employee_id
                 LEFT JOIN hr_department d ON d.id = f.department_id
                WHERE f.company_id = %s ORDER BY 1, 2, 3""",
            [self.company.id],
        )
        return self.env.cr.fetchall()


@tagged("post_install", "-at_install")
class TestKpiMeasurement(FigureCase):
    """Figures that people or other systems bring."""

    def test_a_figure_is_typed_once_for_a_period_and_subject(self):
        self.enter("t_revenue", self.binh, 800)
        with self.refused(ValidationError, "t_revenue · Bình · 03/2026 was entered already, with the value 800"):
            self.enter("t_revenue", self.binh, 900)
        self.assertEqual(self.stored(), [("t_revenue", "Bình", "03/2026", 800.0)])

    def test_what_odoo_counts_is_not_typed(self):
        with self.refused(ValidationError, "Headcount is counted from Odoo's own records"):
            self.enter("headcount", self.company, 5)

    def test_a_figure_bears_the_name_of_what_it_measures(self):
        figure = self.enter("t_revenue", self.binh, 800)
        self.assertEqual(figure.display_name, "t_revenue · Bình · 03/2026")

    def test_a_figure_says_how_it_came_in(self):
        typed = self.enter("t_revenue", self.binh, 800)
        self.assertEqual(typed.source, "typed")
        typed.with_user(self.officer).write({"source": "api", "value": 900})
        self.assertRecordValues(typed, [{"source": "typed", "value": 900}])
        sent = self.send({"measure_id": "t_revenue", "period_id": "2026-03", "employee_id": "Chi", "value": 5})
        self.assertEqual(sent.source, "api")
        sent.value = 6
        self.assertEqual(sent.source, "typed", "how the present value came in")

    def test_a_figure_is_of_one_company(self):
        with self.refused(UserError, "03/2026 belongs to Sao Hôm, the figure to Sao Mai"):
            self.enter("t_revenue", self.binh, 5, self.make_period("2026-03-15", company=self.other_company))

    def test_a_measure_opens_its_figures(self):
        figure = self.enter("t_revenue", self.binh, 800)
        action = figure.measure_id.action_open_figures()
        self.assertEqual(self.env["kpi.measurement"].search(action["domain"]), figure)

    def test_attachments_hang_on_the_figure(self):
        vals = {
            "measure_id": "t_revenue",
            "period_id": "2026-03",
            "employee_id": "Bình",
            "value": 800,
            "note": "Agency",
        }
        vals["attachment_ids"] = [(0, 0, {"name": "report.txt", "raw": b"800"})]
        figure = self.send(vals)
        self.assertEqual(self.send(vals), figure)
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "kpi.measurement"), ("res_id", "=", figure.id)]
        )
        self.assertRecordValues(attachment, [{"name": "report.txt", "raw": b"800"}])
        self.assertEqual(figure.attachment_ids, attachment)
        self.assertEqual(figure.note, "Agency")

    def test_the_next_computation_takes_the_figures(self):
        card = self.make_card(self.binh, [("T_REVENUE", 100, 1000)])
        self.send({"measure_id": "T_REVENUE", "period_id": "2026-03", "employee_id": "Bình", "value": 250})
        self.assertFalse(card.has_score)
        card.period_id.with_user(self.officer).action_compute()
        self.assertEqual((card.line_ids.actual, card.score), (250.0, 25.0))

    def test_a_closed_period_takes_nothing(self):
        figure = self.enter("t_revenue", self.binh, 800).with_user(self.officer)
        april = self.make_period("2026-04-01")
        self.month.with_user(self.officer).action_close()
        row = {"measure_id": "t_revenue", "period_id": "2026-03", "employee_id": "Bình"}
        columns = ["measure_id", "period_id", "employee_id", "value"]
        attempts = {
            "new": lambda: self.send({**row, "employee_id": "Chi", "value": 5}),
            "again": lambda: self.send({**row, "value": 800}),
            "write": lambda: figure.write({"value": 900}),
            "note": lambda: figure.write({"note": "later"}),
            "move out": lambda: figure.write({"period_id": april.id}),
            "unlink": figure.unlink,
        }
        for attempt, change in attempts.items():
            with self.subTest(attempt), self.refused(UserError, "03/2026 is closed"):
                change()
        for value in ("800", "900"):
            result = self.figures.load(columns, [["t_revenue", "2026-03", "Bình", value]])
            self.assertFalse(result["ids"])
            self.assertIn("Row 1: 03/2026 is closed", result["messages"][0]["message"])
        moved = self.enter("t_revenue", self.chi, 1, april).with_user(self.officer)
        with self.refused(UserError, "03/2026 is closed"):
            moved.period_id = self.month
        self.assertIn(("t_revenue", "Bình", "03/2026", 800.0), self.stored())

    def test_officers_alone_bring_figures(self):
        row = {"measure_id": "t_revenue", "period_id": "2026-03", "employee_id": "Bình", "value": 1}
        for user in (self.binh_user, self.an_user, self.stranger):
            figures = self.figures.with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                figures.create(row)
            with self.subTest(user.login), self.assertRaises(AccessError):
                figures.load(list(row), [list(row.values())])
        self.assertEqual(self.stored(), [])

    def test_an_officer_of_another_company_finds_nobody_here(self):
        eve = self.make_user("eva", "kpi_management.group_kpi_officer", company=self.other_company)
        self.make_period("2026-03-15", company=self.other_company)
        row = {"measure_id": "t_revenue", "period_id": "2026-03", "value": 1}
        for subject, reason in (
            ("Bình", "nobody called “Bình” here"),
            (self.binh.id, f"none with the id {self.binh.id}"),
        ):
            with self.subTest(subject), self.refused(ValidationError, reason):
                self.figures.with_user(eve).create({**row, "employee_id": subject})
        with self.refused(ValidationError, "Company: there is none called “Sao Mai”"):
            self.figures.with_user(eve).create({**row, "company_id": "Sao Mai"})


@tagged("post_install", "-at_install")
class TestKpiMeasurementAgain(FigureCase):
    """The same figure sent twice does not count twice."""

    row = {"measure_id": "t_revenue", "period_id": "2026-03", "employee_id": "Bình"}

    def test_sent_again_it_is_the_same_figure(self):
        first = self.send({**self.row, "value": 800})
        self.assertEqual(self.send({**self.row, "value": 800}), first)
        self.assertEqual(self.stored(), [("t_revenue", "Bình", "03/2026", 800.0)])

    def test_another_value_replaces_it_and_is_told(self):
        figure = self.send({**self.row, "value": 800, "note": "Estimate"})
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertEqual(self.send({**self.row, "value": 900.5, "note": "Final"}), figure)
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertRecordValues(figure, [{"value": 900.5, "note": "Final", "source": "api"}])
        message = figure.message_ids.sorted("id")[-1]
        self.assertIn("Came in again: API", message.body)
        self.assertEqual(message.author_id, self.officer.partner_id)
        changes = {
            tracking.field_id.name: (tracking.old_value_float, tracking.new_value_float)
            for tracking in message.sudo().tracking_value_ids
        }
        self.assertEqual(changes["value"], (800, 900.5))
        self.assertIn("note", changes)

    def test_what_was_typed_is_replaced_by_what_is_sent(self):
        typed = self.enter("t_revenue", self.binh, 800)
        self.assertEqual(self.send({**self.row, "value": 800}), typed)
        self.assertEqual(typed.source, "typed", "nothing changed")
        self.assertEqual(self.send({**self.row, "value": 810}), typed)
        self.assertRecordValues(typed, [{"source": "api", "value": 810}])

    def test_twice_in_one_batch_it_counts_once(self):
        figures = self.send({**self.row, "value": 5}, {**self.row, "value": 5.0})
        self.assertEqual(figures[0], figures[1])
        self.assertEqual(self.stored(), [("t_revenue", "Bình", "03/2026", 5.0)])

    def test_two_values_in_one_batch_are_refused(self):
        other = {**self.row, "employee_id": "Chi"}
        with self.refused(ValidationError, "Item 3: Item 1 gives another value for the same figure: 5, here 6"):
            self.send({**self.row, "value": 5}, {**other, "value": 5}, {**self.row, "value": 6})
        self.assertEqual(self.stored(), [])

    def test_each_kind_of_subject_has_its_own_figure(self):
        row = {"measure_id": "t_revenue", "period_id": "2026-03"}
        for _again in range(2):
            self.send(
                {**row, "value": 1},
                {**row, "department_id": "North", "value": 2},
                {**row, "employee_id": "Bình", "value": 3},
                {**row, "employee_id": "Bình", "period_id": "Q1 2026", "value": 4},
            )
        self.assertEqual(
            self.stored(),
            [
                ("t_revenue", "Bình", "03/2026", 3.0),
                ("t_revenue", "Bình", "Q1 2026", 4.0),
                ("t_revenue", "North", "03/2026", 2.0),
                ("t_revenue", "Sao Mai", "03/2026", 1.0),
            ],
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_period("2026-03-15", "quarter")

    def test_loaded_again_it_is_the_same_figure(self):
        columns = [*self.row, "value"]
        ids = [self.figures.load(columns, [[*self.row.values(), value]])["ids"] for value in ("5", "5", "7")]
        self.assertEqual(ids[0], ids[1])
        self.assertEqual(ids[0], ids[2])
        self.assertEqual(self.stored(), [("t_revenue", "Bình", "03/2026", 7.0)])


@tagged("post_install", "-at_install")
class TestKpiMeasurementProblems(FigureCase):
    """What is wrong is said for each item, all at once, and nothing is entered."""

    good = {"measure_id": "t_revenue", "period_id": "2026-03", "employee_id": "Bình", "value": 5}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        office = cls.office
        for email in ("an1@saomai.example", "an2@saomai.example"):
            cls.make_employee("Nguyễn Văn An", office, work_email=email)
        cls.make_kpi("T_SHARE", "100 * t_revenue / t_stock")

    def test_every_mistake_has_its_sentence(self):
        for change, reason in (
            ({"measure_id": "NO_SUCH"}, "There is no KPI or measure “NO_SUCH”"),
            ({"measure_id": 0}, "Measure: it is missing"),
            ({"measure_id": 999999}, "Measure: there is none with the id 999999"),
            ({"measure_id": "headcount"}, "Headcount is counted from Odoo's own records"),
            ({"measure_id": "HR_TURNOVER"}, "Employee turnover rate is computed from departures, headcount"),
            ({"measure_id": "T_SHARE"}, "T_SHARE is computed from t_revenue, t_stock"),
            ({"period_id": "2026-13"}, "There is no period “2026-13”"),
            ({"period_id": "2031-01"}, "There is no period “2031-01”"),
            ({"period_id": None}, "Period: it is missing"),
            ({"employee_id": "Nobody"}, "There is nobody called “Nobody”"),
            ({"employee_id": "Nguyễn Văn An"}, "2 people are called “Nguyễn Văn An”: give the work e-mail"),
            ({"employee_id": False, "department_id": "Nowhere"}, "Department: there is none called “Nowhere”"),
            ({"department_id": "North"}, "Choose one subject only"),
            ({"subject_type": "department"}, "Choose one subject only"),
            ({"subject_type": "planet"}, "Level: there is none called “planet”"),
            ({"company_id": "Sao Kim"}, "Company: there is none called “Sao Kim”"),
            ({"value": "12a"}, "“12a” is not a number"),
            ({"value": "1.234,5"}, "“1.234,5” is not a number"),
            ({"value": "nan"}, "“nan” is not a number"),
            ({"value": float("inf")}, "“inf” is not a number"),
            ({"value": float("nan")}, "“nan” is not a number"),
            ({"value": 1e15}, "is not a number"),
            ({"value": "１２"}, "is not a number"),
            ({"value": True}, "“True” is not a number"),
            ({"value": ""}, "The figure is missing"),
            ({"value": None}, "The figure is missing"),
        ):
            with self.subTest(**change), self.refused(ValidationError, reason):
                self.send({**self.good, **change})
        self.assertEqual(self.stored(), [])

    def test_all_of_a_list_is_said_at_once_and_nothing_is_entered(self):
        with self.assertRaises(ValidationError) as refusal:
            self.send(self.good, {**self.good, "value": "x"}, {**self.good, "employee_id": "?", "measure_id": "??"})
        lines = refusal.exception.args[0].splitlines()
        self.assertEqual(lines[0], "Item 2: “x” is not a number: write it like 1234.5.")
        self.assertRegex(lines[1], "^Item 3: There is nobody called “.”.* There is no KPI or measure “..”.$")
        self.assertEqual(len(lines), 2)
        self.assertEqual(self.stored(), [])

    def test_a_list_is_loaded_whole_or_not_at_all(self):
        rows = [["t_revenue", "2026-03", "Bình", str(number)] for number in range(1, 2)] * 30
        rows[3] = ["t_revenue", "2026-03", "Chi", "12a"]
        rows[28] = ["NO_SUCH", "2026-03", "Chi", "5"]
        result = self.figures.load(["measure_id", "period_id", "employee_id", "value"], rows)
        self.assertFalse(result["ids"])
        self.assertEqual([message["rows"] for message in result["messages"]], [{"from": n, "to": n} for n in (3, 28)])
        self.assertIn("Row 4: “12a” is not a number", result["messages"][0]["message"])
        self.assertIn("Row 29: There is no KPI or measure “NO_SUCH”", result["messages"][1]["message"])
        self.assertEqual(self.stored(), [])

    def test_a_figure_is_changed_to_a_number_alone(self):
        figure = self.send(self.good)
        for value in ("12a", None, float("nan"), True):
            with self.subTest(value), self.assertRaises(ValidationError):
                figure.write({"value": value})
        figure.write({"value": "7.25"})
        self.assertEqual(figure.value, 7.25)

    def test_names_are_found_as_people_write_them(self):
        self.make_period("2026-03-15", "quarter")
        first = self.send(self.good)
        for change in (
            {"measure_id": "T_REVENUE"},
            {"employee_id": " binh@SaoMai.example "},
            {"employee_id": "BÌNH"},
            {"employee_id": "Bi\u0300nh"},  # the accent apart, as some spreadsheets write it
            {"period_id": "03/2026"},
            {"period_id": "March 2026"},
            {"period_id": "tháng 3 năm 2026"},
            {"company_id": "sao mai"},
            {"subject_type": "Employee"},
            {"value": "5.0"},
        ):
            with self.subTest(**change):
                self.assertEqual(self.send({**self.good, **change}), first)
        officer_of_people = self.make_user("hoa", "kpi_management.group_kpi_officer", "hr.group_hr_user")
        self.binh.barcode = "NV007"
        badge = {**self.good, "employee_id": "nv007"}
        self.assertEqual(self.figures.with_user(officer_of_people).create({**badge, "source": "api"}), first)
        with self.refused(ValidationError, "nobody called “nv007”"):
            self.send(badge)

    def test_questions_to_the_database_do_not_grow_with_the_list(self):
        counts = []
        for count in (2, 60):
            rows = [{**self.good, "employee_id": f"Person {count} {number}"} for number in range(count)]
            for row in rows:
                self.make_employee(row["employee_id"], self.office)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.send(*rows)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])


@tagged("post_install", "-at_install")
class TestKpiMeasurementTogether(BaseCase):
    """Two transactions bring the same figure at the same moment: the second one is run again and finds the first's."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            self.period = env["kpi.period"]._ensure(env.company, "year", date(2091, 1, 1)).id
            self.row = {
                "measure_id": env.ref("kpi_management.measure_social_engagements").id,
                "period_id": self.period,
                "source": "api",
            }
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            self._figures(env).unlink()
            env["kpi.period"].browse(self.period).unlink()

    def _figures(self, env):
        return env["kpi.measurement"].search([("period_id", "=", self.period)])

    def _create(self, env, value):
        return env["kpi.measurement"].create({**self.row, "value": value}).id

    def _load(self, env, value):
        columns = ["measure_id/.id", "period_id/.id", "value"]
        row = [str(self.row[name.removesuffix("/.id")]) for name in columns[:-1]]
        return env["kpi.measurement"].load(columns, [[*row, str(value)]])["ids"][0]

    def test_one_figure_remains(self):
        with mute_logger("odoo.sql_db"):
            for bring in (self._create, self._load):
                with self.subTest(bring.__name__), self.registry.cursor() as first, self.registry.cursor() as second:
                    environments = [Environment(cr, SUPERUSER_ID, {}) for cr in (first, second)]
                    self._figures(environments[0]).unlink()
                    first.commit()
                    for env in environments:  # both look, and see nothing
                        self.assertFalse(self._figures(env))
                    figure = bring(environments[0], 5)
                    first.commit()
                    with self.assertRaises(ConcurrencyError):
                        bring(environments[1], 6)
                    second.rollback()  # as Odoo does before it runs the call again
                    environments[1].transaction.reset()
                    self.assertEqual(bring(environments[1], 6), figure)
                    second.commit()
                    self.assertEqual(self._figures(environments[1]).mapped("value"), [6.0])
