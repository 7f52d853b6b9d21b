import io

import openpyxl

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import KpiCase
from .crowd import make_crowd
from .test_kpi_measurement_import import OPTIONS, XLSX

HEADINGS = ["Period", "Level", "Department", "Employee", "KPI", "Chosen", "Weight", "Target", "Threshold", "Baseline"]
FIELDS = (
    "period_id",
    "subject_type",
    "department_id",
    "employee_id",
    "definition_id",
    "choice_names",
    "weight",
    "target",
    "threshold",
    "baseline",
)


@tagged("post_install", "-at_install")
class TestKpiTargetSheet(KpiCase):
    """All targets in one sheet, out and in again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lines = cls.env["kpi.scorecard.line"]
        cls.card = cls.make_card(
            cls.binh, [("T_REVENUE", 60, 1000, {"threshold": 800}), ("T_COMPLAINTS", 40, 3)], agreed=False
        )

    def load(self, rows, user=None, headings=FIELDS):
        return self.lines.with_user(user or self.officer).load(list(headings), [list(row) for row in rows])

    def terms(self, card):
        return [(line.definition_id.code, line.weight, line.target, line.threshold) for line in card.line_ids]

    def card_of(self, subject, period=None):
        vals = self._subject_vals(subject)
        domain = [(name, "=", value) for name, value in vals.items()]
        return self.env["kpi.scorecard"].search([*domain, ("period_id", "=", (period or self.month).id)])

    def refusals(self, result):
        self.assertFalse(result["ids"])
        return [message["message"] for message in result["messages"]]

    def test_drafts_are_changed_and_what_is_missing_is_made(self):
        april = self.make_period("2026-04-01")
        result = self.load(
            [
                ["03/2026", "Employee", "", "Bình", "T_REVENUE", "", "70", "1200", "", ""],
                ["2026-03", "", "", "Bình", "t_stock", "", "5", "9", "", ""],
                ["03/2026", "", "", "Chi", "T_REVENUE", "", 100, 500.5, 400, ""],
                ["04/2026", "", "North", "", "T_REVENUE", "", "50", "7000", "", ""],
                ["04/2026", "", "North", "", "T_COMPLAINTS", "", "50", "0", "", "4"],
                ["Q2 2026", "Company", "", "", "T_REVENUE", "", "100", "120000000000", "", ""],
            ]
        )
        self.assertEqual(result["messages"], [])
        # an empty cell leaves what is there
        self.assertEqual(
            self.terms(self.card), [("T_REVENUE", 70, 1200, 800), ("T_COMPLAINTS", 40, 3, 0), ("T_STOCK", 5, 9, 0)]
        )
        self.assertEqual(self.terms(self.card_of(self.chi)), [("T_REVENUE", 100, 500.5, 400)])
        north = self.card_of(self.north, april)
        self.assertEqual(self.terms(north), [("T_REVENUE", 50, 7000, 0), ("T_COMPLAINTS", 50, 0, 0)])
        self.assertEqual(north.line_ids[1].baseline, 4)
        company = self.card_of(self.company, self.make_period("2026-04-01", "quarter"))
        self.assertEqual(company.line_ids.target, 120_000_000_000)
        lines = self.lines.browse(result["ids"])
        self.assertEqual(
            [line.definition_id.code for line in lines],
            ["T_REVENUE", "T_STOCK", *["T_REVENUE"] * 2, "T_COMPLAINTS", "T_REVENUE"],
        )

    def test_again_nothing_is_added(self):
        rows = [["03/2026", "", "", "Chi", "T_REVENUE", "", "100", "500", "", ""]]
        first = self.load(rows)["ids"]
        self.assertEqual(self.load(rows)["ids"], first)
        self.assertEqual(len(self.card_of(self.chi)), 1)

    def test_what_is_wrong_is_named_by_row_and_nothing_is_loaded(self):
        agreed = self.make_card(self.an, [("T_REVENUE", 100, 900)])
        before = self.lines.search_count([])
        refused = self.refusals(
            self.load(
                [
                    ["03/2026", "", "", "Chi", "T_REVENUE", "", "100", "500", "", ""],
                    ["03/2026", "", "", "An", "T_REVENUE", "", "100", "901", "", ""],
                    ["03/2026", "", "", "An", "T_STOCK", "", "10", "5", "", ""],
                    ["03/2026", "", "", "Nobody", "T_REVENUE", "", "1", "1", "", ""],
                    ["03/2026", "", "", "Chi", "NO_SUCH", "", "1", "1", "", ""],
                    ["03/2031", "", "", "Chi", "T_REVENUE", "", "1", "1", "", ""],
                    ["03/2026", "", "", "Chi", "T_STOCK", "", "-1", "12a", "", ""],
                    ["03/2026", "", "", "Chi", "T_COMPLAINTS", "", "1", "0", "", ""],
                    ["03/2026", "", "", "Chi", "T_REVENUE", "", "90", "500", "", ""],
                    ["03/2026", "", "", "Hằng", "", "", "90", "500", "", ""],
                    ["03/2026", "", "", "Hằng", "T_REVENUE", "Colour: red", "90", "500", "", ""],
                    ["03/2026", "Employee", "", "", "T_REVENUE", "", "90", "500", "", ""],
                ]
            )
        )
        expected = (
            (2, "An · 03/2026 is no longer in draft"),
            (3, "An · 03/2026 is no longer in draft"),
            (4, "nobody called “Nobody”"),
            (5, "no KPI “NO_SUCH”"),
            (6, "no period “03/2031”"),
            (7, "“12a” is no number.*must not be negative"),
            (8, "baseline"),
            (9, "same target as in an earlier row"),
            (10, "KPI is missing"),
            (11, "nothing to choose called “Colour”"),
            (12, "Employee is missing"),
        )
        self.assertEqual(len(refused), len(expected), refused)
        for message, (row, reason) in zip(refused, expected, strict=True):
            self.assertRegex(message, f"^Row {row}: .*{reason}")
        self.assertEqual(self.lines.search_count([]), before)
        self.assertEqual(agreed.line_ids.target, 900)

    def test_closed_targets_are_refused_and_unchanged_rows_are_not(self):
        self.card.action_agree()
        self.month.with_user(self.officer).action_close()
        row = ["03/2026", "", "", "Bình", "T_REVENUE", "", "60", "1000", "800", ""]
        self.assertEqual(self.load([row])["ids"], self.card.line_ids[:1].ids)
        row[7] = "1"
        self.assertRegex(self.refusals(self.load([row]))[0], "Row 1: .*closed")
        new = ["03/2026", "", "", "Chi", "T_REVENUE", "", "100", "5", "", ""]
        self.assertRegex(self.refusals(self.load([new]))[0], "Row 1: 03/2026 is closed")

    def test_exported_and_imported_unchanged_nothing_changes(self):
        self.make_card(self.an, [("T_REVENUE", 100, 123456789.1234)])
        parameter = self.env["kpi.parameter"].create(
            {"name": "Partner", "code": "t_partner", "model_id": self.env.ref("base.model_res_partner").id}
        )
        partner = self.env["res.partner"].create({"name": "Chosen Ones"})
        value = {"parameter_id": parameter.id, "value_ref": f"res.partner,{partner.id}"}
        vals = {**self._line_vals("T_REVENUE", 5, 77), "parameter_value_ids": [Command.create(value)]}
        self.card.line_ids = [Command.create(vals)]
        self.env.flush_all()
        lines = self.lines.search(ours := [("company_id", "=", self.company.id)])
        names = self.env.ref("kpi_management.export_kpi_target_sheet").export_fields.mapped("name")
        for columns in (names, names[1:]):  # with external ids, and without
            data = lines.export_data(columns)["datas"]
            before = {line: line.read() for line in lines}
            with self.subTest(columns[0]):
                result = self.load(data, headings=columns)
                self.assertEqual((result["messages"], result["ids"]), ([], lines.ids))
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertEqual({line: line.read() for line in self.lines.search(ours)}, before)
        self.assertIn(
            "Partner: Chosen Ones", [row[names.index("choice_names")] for row in lines.export_data(names)["datas"]]
        )

    def test_a_row_with_the_external_id_of_another_target_is_refused(self):
        data = self.card.line_ids.export_data(["id", "period_id", "employee_id", "definition_id", "target"])["datas"]
        data[0][2] = "Chi"
        columns = ["id", "period_id", "employee_id", "definition_id", "target"]
        self.assertRegex(self.refusals(self.load(data, headings=columns))[0], "external ID belongs to another")

    def test_two_people_called_alike_go_out_and_come_in_again(self):
        other = self.make_employee("Bình", self.south, parent_id=self.hang.id)
        twin = self.make_card(other, [("T_REVENUE", 100, 50)], agreed=False)
        columns = ["id", "period_id", "employee_id", "definition_id", "target"]
        data = (self.card | twin).line_ids.export_data(columns)["datas"]
        self.assertEqual([row[2] for row in data], ["Bình"] * 3)
        data[-1][-1] = "60"
        result = self.load(data, headings=columns)
        self.assertEqual((result["messages"], twin.line_ids.target), ([], 60))
        self.assertEqual(self.card.line_ids.mapped("target"), [1000, 3])
        # without its external ID the row could be anyone's
        refused = self.refusals(self.load([row[1:] for row in data], headings=columns[1:]))
        self.assertRegex(refused[0], "2 people are called “Bình”")

    def test_the_sheet_of_the_screen_comes_in_by_odoo_s_importer(self):
        book, stream = openpyxl.Workbook(), io.BytesIO()
        book.active.append(HEADINGS)
        book.active.append(["03/2026", "Employee", None, "Bình", "T_REVENUE", None, 75, 1500, None, None])
        book.active.append(["03/2026", "Department", "North", None, "T_REVENUE", None, 100, 2500, None, None])
        book.save(stream)
        wizard = self.env["base_import.import"].with_user(self.officer)
        record = wizard.create({"res_model": "kpi.scorecard.line", "file": stream.getvalue(), "file_type": XLSX})
        preview = record.parse_preview(dict(OPTIONS))
        matches = preview["matches"]
        fields = ["/".join(matches[index]) if matches.get(index) else False for index in range(len(HEADINGS))]
        self.assertEqual(fields, list(FIELDS))
        self.assertEqual(record.execute_import(fields, HEADINGS, dict(OPTIONS), dryrun=True)["messages"], [])
        self.env.invalidate_all()
        self.assertEqual(self.card.line_ids[0].target, 1000)
        result = record.execute_import(fields, HEADINGS, dict(OPTIONS))
        self.assertEqual(result["messages"], [])
        self.assertEqual((self.card.line_ids[0].weight, self.card.line_ids[0].target), (75, 1500))
        self.assertEqual(self.card_of(self.north).line_ids.target, 2500)

    def test_who_may(self):
        rows = [["03/2026", "", "", "Bình", "T_REVENUE", "", "60", "900", "", ""]]
        self.assertRegex(self.refusals(self.load(rows, self.binh_user))[0], "may not change")
        self.assertEqual(self.load(rows, self.an_user)["ids"], self.card.line_ids[0].ids)
        self.assertEqual(self.card.line_ids[0].target, 900)
        new = [["03/2026", "", "", "Chi", "T_REVENUE", "", "100", "1", "", ""]]
        for user in (self.binh_user, self.an_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.load(new, user)
        self.load(new, self.hang_user)
        self.assertEqual(self.card_of(self.chi).line_ids.target, 1)
        self.assertRegex(self.refusals(self.load(rows, self.stranger))[0], "nobody called “Bình”")

    def test_without_a_period_lines_are_imported_as_odoo_does(self):
        columns = [".id", "target"]
        result = self.load([[str(self.card.line_ids[0].id), "850"]], headings=columns)
        self.assertEqual(result["messages"], [])
        self.assertEqual(self.card.line_ids[0].target, 850)


@tagged("post_install", "-at_install")
class TestKpiTargetSheetCrowd(KpiCase):
    """A sheet of a thousand targets costs as many queries as one of ten, but for what Odoo inserts by the hundred."""

    COLUMNS = ("period_id", "employee_id/id", "definition_id", "weight", "target")

    def test_a_thousand_people(self):
        changed, made, by_id = {}, {}, {}
        for size, code in ((10, "few"), (1000, "many")):
            first = self.make_employee(f"Worker {code}", self.north, user=self.make_user(code))
            people = first | make_crowd(first, size - 1)
            names = [name for (name,) in people.sudo().export_data(["id"])["datas"]]
            rows = [["03/2026", name, "T_REVENUE", "100", "5"] for name in names]
            made[size] = self.queries(rows)
            lines = self.env["kpi.scorecard.line"].search([("employee_id", "in", people.ids)])
            self.assertEqual(lines.mapped("target"), [5] * size)
            changed[size] = self.queries([[*row[:4], "7"] for row in rows])
            self.assertEqual(lines.mapped("target"), [7] * size)
            # as Odoo's export of the targets gives it
            columns = ["id", *self.COLUMNS]
            sheet = lines.sudo().export_data(columns)["datas"]
            by_id[size] = self.queries([[*row[:-1], "9"] for row in sheet], columns)
            self.assertEqual(lines.mapped("target"), [9] * size)
        self.assertLessEqual(made[1000] - made[10], 60, made)
        self.assertLessEqual(changed[1000] - changed[10], 20, changed)
        self.assertLessEqual(by_id[1000] - by_id[10], 20, by_id)

    def queries(self, rows, columns=COLUMNS):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        lines = self.env["kpi.scorecard.line"].with_user(self.officer)
        self.assertEqual(lines.load(list(columns), rows)["messages"], [])
        return self.env.cr.sql_log_count - before
