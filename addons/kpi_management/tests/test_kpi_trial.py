from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.sql_db import Cursor
from odoo.tests import tagged

from .crowd import make_crowd
from .trial_case import TrialCase

FEBRUARY = {"kind": "month", "start": "2026-02-01", "end": "2026-02-28"}


@tagged("post_install", "-at_install")
class TestMeasureTrial(TrialCase):
    """*Try it* on the form of a measure, before it is saved."""

    def test_what_is_counted_for_each_kind_of_subject(self):
        for kind, subject, count, weight in (
            ("company", None, 6, 63),
            ("department", self.sales, 6, 63),
            ("department", self.north, 4, 15),
            ("employee", self.binh, 3, 7),
            ("employee", self.lan, 0, 0),
        ):
            with self.subTest(kind, subject=subject and subject.name):
                outcome = self.tried(self.declared(), kind, subject)
                self.assertEqual((outcome["state"], outcome["value"]), ("ok", count))
                summed = self.declared(aggregate="sum", value_field="weight")
                self.assertEqual(self.tried(summed, kind, subject)["value"], weight)

    def test_other_months_and_days_of_ones_own(self):
        self.assertEqual(self.tried(self.declared(), "employee", self.an, 2)["value"], 1)
        days = {"kind": "custom", "start": "2026-02-28", "end": "2026-03-14"}
        # An on 28 February, Bình on 1 and Chi on 2 March
        self.assertEqual(self.tried(self.declared(), window=days)["value"], 3)

    def test_an_average_over_nothing_is_no_data(self):
        average = self.declared(aggregate="avg", value_field="weight")
        self.assertEqual(self.tried(average, "employee", self.lan)["state"], "no_data")
        self.assertEqual(self.tried(average, "employee", self.chi)["value"], 24)

    def test_all_people_the_largest_first(self):
        outcome = self.tried(self.declared(aggregate="sum", value_field="weight"), "employee")
        ranked = [(row["name"], row["value"]) for row in outcome["rows"]]
        self.assertEqual(ranked[:3], [("Chi", 48), ("An", 8), ("Bình", 7)])
        self.assertEqual(set(ranked[3:]), {("Hằng", 0), ("Lan", 0)})
        self.assertEqual(outcome["count"], 5)

    def test_without_a_request_it_is_the_companys_running_month(self):
        trial = self.measures().try_values(self.declared())
        self.assertEqual(trial["window"], {"kind": "month", "start": "2026-04-01", "end": "2026-04-30"})
        self.assertEqual((trial["kind"], trial["company"]), ("company", "Sao Mai"))
        # April is proposed although there is no such period yet, March because there is; Q1 and 2026 came with it
        self.assertEqual([period["name"] for period in trial["periods"]], ["04/2026", "03/2026", "Q1 2026", "2026"])
        self.assertEqual(trial["outcome"]["value"], 0)

    def test_the_records_behind_are_those_counted(self):
        measures = self.measures()
        for kind, subject, count in (("company", None, 6), ("department", self.north, 4), ("employee", self.chi, 2)):
            with self.subTest(kind):
                request = self.asked(kind, subject)
                part = measures.try_values(self.declared(), request)["outcome"]["parts"][0]
                opened = measures.try_records(self.declared(), {**request, "part": part})
                self.assertEqual(opened["model"], "kpi.objective")
                self.assertEqual(self.env["kpi.objective"].search_count(opened["domain"]), count)

    def test_a_form_that_changes_a_saved_measure(self):
        measure = self.declare(parameter_ids=self.taking(self.make_parameter(), required=False))
        trial = measure.with_user(self.admin)
        self.assertEqual(trial.try_values({}, self.asked())["outcome"]["value"], 6)
        changed = {"domain": "[('state', '=', 'done')]", "parameter_ids": []}
        self.assertEqual(trial.try_values(changed, self.asked())["outcome"]["value"], 1)
        self.assertEqual(len(trial.try_values(changed, self.asked())["parameters"]), 1)
        dropped = {"parameter_ids": [Command.delete(measure.parameter_ids.id)]}
        self.assertEqual(trial.try_values(dropped, self.asked())["parameters"], [])
        self.assertEqual((measure.domain, len(measure.parameter_ids)), ("[]", 1))

    def test_a_parameter_is_chosen_in_the_pane(self):
        parameter = self.make_parameter()
        values = self.declared(parameter_ids=self.taking(parameter))
        trial = self.measures().try_values(values, self.asked())
        self.assertEqual(
            trial["parameters"],
            [{"id": parameter.id, "name": "Unit", "model": "hr.department", "required": True, "value": False}],
        )
        self.assertEqual(trial["outcome"]["state"], "error")
        self.assertEqual(trial["outcome"]["message"], "Begun: choose the Unit.")
        # North and South, then North alone
        for department, count in ((self.sales, 6), (self.north, 4)):
            choices = {str(parameter.id): department.id}
            self.assertEqual(self.tried(values, choices=choices)["value"], count)

    def test_entered_figures_of_a_saved_measure(self):
        self.enter("t_revenue", self.binh, 700)
        self.enter("t_revenue", self.binh, 500, self.make_period("2026-02-01"))
        quarter = {"kind": "quarter", "start": "2026-01-01", "end": "2026-03-31"}
        measure = self.revenue.measure_ids.with_user(self.admin)
        request = self.asked("employee", self.binh, window=quarter)
        self.assertEqual(measure.try_values({}, request)["outcome"]["value"], 1200)
        opened = measure.try_records({}, {**request, "part": {"code": "t_revenue", "window": quarter}})
        found = self.env[opened["model"]].search(opened["domain"])
        self.assertEqual(sorted(found.mapped("value")), [500, 700])
        self.assertEqual(measure.try_values({"aggregate": "max"}, request)["outcome"]["value"], 700)
        self.assertEqual(measure.try_values({"accumulation": "balance"}, request)["outcome"]["value"], 700)

    def test_entered_figures_of_a_new_measure_are_no_data(self):
        outcome = self.tried(self.declared(source="input", aggregate="sum"))
        self.assertEqual(outcome["state"], "no_data")
        self.assertFalse(outcome["parts"][0]["has_records"])

    def test_what_is_wrong_is_said_in_words(self):
        for changes, reason in (
            ({"model_id": False}, "Begun needs the field “Records”"),
            ({"model_id": False, "name": False}, "This measure needs the field “Records”"),
            ({"date_field": False}, "Begun needs the field “Date”"),
            ({"company_path": False}, "Begun needs the field “Company”"),
            ({"aggregate": "sum"}, "Begun needs the field “Value”"),
            ({"domain": "[('nowhere', '=', 1)]"}, "The filter of Begun cannot be used"),
            ({"domain": "[('state', '=',"}, "The filter of Begun cannot be used"),
            ({"date_field": "nowhere"}, "Begun, Date: “nowhere” is not a stored field of Objective"),
            ({"employee_path": "department_id"}, "leads to Department"),
            ({"parameter_ids": self.taking(self.make_parameter(), path="name")}, "the parameter “Unit” does not lead"),
        ):
            with self.subTest(changes):
                outcome = self.tried(self.declared(**changes))
                self.assertEqual(outcome["state"], "error")
                self.assertIn(reason, outcome["message"])

    def test_a_measure_without_a_way_to_people_says_so(self):
        values = self.declared(employee_path=False)
        self.assertEqual(self.tried(values)["value"], 6)
        for subject in (self.binh, None):
            outcome = self.tried(values, "employee", subject)
            self.assertEqual(outcome["message"], "Begun cannot be counted by Employee: give it a way there.")

    def test_what_no_form_sends_is_refused(self):
        for values, reason in (
            ({"nonsense": 1}, "There is no field “nonsense”"),
            (self.declared(aggregate="drop"), "cannot be read"),
            (self.declared(parameter_ids=[[0, 0, {"nonsense": 1}]]), "cannot be read"),
        ):
            with self.subTest(reason), self.refused(UserError, reason):
                self.measures().try_values(values, self.asked())
        for change, reason in (
            ({"kind": "planet"}, "Choose whose figure"),
            ({"kind": "employee", "subject_id": "x"}, "is not a record"),
            ({"choices": {"x": 1}}, "is not a record"),
            ({"window": {"kind": "month", "start": "2026-03-01"}}, "Choose a period"),
            ({"window": {"kind": "age", "start": "2026-03-01", "end": "2026-03-31"}}, "is not a kind of period"),
            ({"window": {"kind": "custom", "start": "2026-03-02", "end": "2026-03-01"}}, "must not end before"),
        ):
            with self.subTest(change), self.refused(UserError, reason):
                self.measures().try_values(self.declared(), {**self.asked(), **change})

    def test_only_what_was_counted_is_opened(self):
        window = self.asked()["window"]
        for request in (
            {**self.asked(), "part": {"code": "headcount", "window": window}},
            {**self.asked(), "part": {"code": "t_begun", "window": FEBRUARY}},
            {**self.asked("employee"), "part": {"code": "t_begun", "window": window}},
            self.asked(),
        ):
            with self.subTest(request), self.refused(UserError, "There are no records to show"):
                self.measures().try_records(self.declared(), request)

    def test_nothing_is_stored(self):
        parameter = self.make_parameter()
        measure = self.declare(parameter_ids=self.taking(parameter)).with_user(self.admin)
        kpi = self.revenue.with_user(self.admin)
        values = self.declared(name="Other", parameter_ids=self.taking(parameter))
        written = []
        execute = Cursor.execute

        def spy(cursor, query, *args, **kwargs):
            text = query.code if hasattr(query, "code") else query
            if text.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
                written.append(text)
            return execute(cursor, query, *args, **kwargs)

        self.env.flush_all()
        with patch.object(Cursor, "execute", spy):
            for kind in ("company", "employee", "department"):
                self.measures().try_values(values, self.asked(kind))
                measure.try_values({**values, "parameter_ids": []}, self.asked(kind))
                kpi.try_values({"formula": "2 * t_revenue", "name": "Other"}, self.asked(kind))
            kpi.check_formula("2 *", "T_REVENUE", kpi.id)
            self.env.flush_all()
        self.assertEqual(written, [])
        self.assertRecordValues(measure, [{"name": "Begun"}])

    def test_many_people_take_as_many_queries_as_few(self):
        values = self.declared(aggregate="sum", value_field="weight")
        request = self.asked("employee")

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.measures().try_values(values, request)
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        make_crowd(self.lan, 300)
        queries()  # new users empty what is cached for all
        self.assertEqual(queries(), few)
