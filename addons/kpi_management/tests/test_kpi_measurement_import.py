import io
from datetime import date

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.misc import file_open

from .test_kpi_measurement import FigureCase

# What the import screen sends when nothing is set by hand.
OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "encoding": "utf-8",
    "separator": ",",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "date_format": "",
    "datetime_format": "",
    "skip": 0,
    "limit": 2000,
    "tracking_disable": True,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = ["KPI", "Period", "Department", "Employee", "Value", "Note"]


@tagged("post_install", "-at_install")
class TestKpiMeasurementImport(FigureCase):
    """Files of figures go through Odoo's own importer."""

    def import_rows(self, rows, kind="csv", dryrun=False, user=None, **options):
        """Import rows under the headings as the screen does: preview, its columns, then the import."""
        content = self._csv(rows) if kind == "csv" else self._xlsx(rows)
        return self.import_file(content, kind, dryrun, user, **options)

    def import_file(self, content, kind, dryrun=False, user=None, **options):
        wizard = self.env["base_import.import"].with_user(user or self.officer)
        file_type = "text/csv" if kind == "csv" else XLSX
        record = wizard.create({"res_model": "kpi.measurement", "file": content, "file_type": file_type})
        options = {**OPTIONS, **options}
        preview = record.parse_preview(dict(options))
        self.assertNotIn("error", preview)
        columns = preview["headers"]
        matches = preview["matches"]
        fields = ["/".join(matches[index]) if matches.get(index) else False for index in range(len(columns))]
        self.assertNotIn(False, fields, columns)
        return record.execute_import(fields, columns, options, dryrun=dryrun)

    def _csv(self, rows):
        return "\n".join(",".join(f'"{cell}"' for cell in row) for row in [HEADINGS, *rows]).encode()

    def _xlsx(self, rows):
        book, stream = openpyxl.Workbook(), io.BytesIO()
        for row in [HEADINGS, *rows]:
            book.active.append([None if cell == "" else cell for cell in row])
        book.save(stream)
        return stream.getvalue()

    def check_refused(self, result, *expected):
        """Each message names the row as the file counts it; nothing is stored."""
        self.assertFalse(result["ids"])
        self.assertEqual(len(result["messages"]), len(expected))
        for message, (row, reason) in zip(result["messages"], expected, strict=True):
            self.assertRegex(message["message"], f"^Row {row}: .*{reason}")
            self.assertEqual((message["record"], message["rows"]["from"]), (row, row - 2))
        self.assertEqual(self.stored(), [])

    def test_a_csv_file_is_imported(self):
        result = self.import_rows(
            [
                ["T_REVENUE", "2026-03", "", "Bình", "1,234.5", "Agency"],
                ["t_revenue", "03/2026", "North", "", "0", ""],
                ["T_COMPLAINTS", "March 2026", "", "", "-3", ""],
            ]
        )
        self.assertEqual(result["messages"], [])
        self.assertEqual(
            self.stored(),
            [
                ("t_complaints", "Sao Mai", "03/2026", -3.0),
                ("t_revenue", "Bình", "03/2026", 1234.5),
                ("t_revenue", "North", "03/2026", 0.0),
            ],
        )
        figures = self.figures.browse(result["ids"])
        self.assertEqual(figures.mapped("source"), ["import"] * 3)
        self.assertEqual(figures[0].note, "Agency")

    def test_an_xlsx_file_is_imported(self):
        self.make_period("2026-03-15", "year")
        result = self.import_rows(
            [
                ["T_REVENUE", date(2026, 3, 1), "", "binh@saomai.example", 1234.5, "Agency"],
                ["T_REVENUE", 2026, "North", "", 7, ""],
            ],
            "xlsx",
        )
        self.assertEqual(result["messages"], [])
        self.assertEqual(self.stored(), [("t_revenue", "Bình", "03/2026", 1234.5), ("t_revenue", "North", "2026", 7.0)])

    def test_the_example_file_fits_the_import_screen(self):
        [template] = self.figures.get_import_templates()
        with file_open(template["template"].lstrip("/"), "rb") as file:
            content = file.read()
        self.make_department("Marketing")
        self.make_department("Accounting")
        for day, period_type in (("2026-03-01", "quarter"), ("2026-03-01", "year")):
            self.make_period(day, period_type)
        self.binh.work_email = "an@example.com"
        result = self.import_file(content, "xlsx")
        self.assertEqual(result["messages"], [])
        self.assertEqual(len(self.stored()), 6)

    def test_imported_again_nothing_is_added(self):
        rows = [["T_REVENUE", "2026-03", "", "Bình", "800", ""], ["T_REVENUE", "2026-03", "", "Chi", "5", ""]]
        first = self.import_rows(rows)["ids"]
        self.env.cr.precommit.run()
        rows[1][4] = "6"
        self.assertEqual(self.import_rows(rows, "xlsx")["ids"], first)
        self.assertEqual(self.stored(), [("t_revenue", "Bình", "03/2026", 800.0), ("t_revenue", "Chi", "03/2026", 6.0)])
        self.env.cr.precommit.run()
        messages = self.figures.browse(first[1]).message_ids
        self.assertIn("Came in again: Imported file", messages.sorted("id")[-1].body)

    def test_every_bad_row_is_named_and_nothing_is_imported(self):
        rows = [
            ["T_REVENUE", "2026-03", "", "Bình", "800", ""],
            ["NO_SUCH", "2026-03", "", "Bình", "800", ""],
            ["T_REVENUE", "2026-03", "", "Nobody", "800", ""],
            ["T_REVENUE", "2031-03", "", "Bình", "800", ""],
            ["T_REVENUE", "2026-03", "", "Chi", "12a", ""],
            ["T_REVENUE", "2026-03", "", "An", "", ""],
            ["headcount", "2026-03", "", "", "5", ""],
            ["T_REVENUE", "2026-03", "", "Bình", "801", ""],
        ]
        expected = [
            (3, "There is no KPI or measure “NO_SUCH”"),
            (4, "There is nobody called “Nobody”"),
            (5, "There is no period “2031-03”"),
            (6, "“12a” is not a number"),
            (7, "The figure is missing"),
            (8, "Headcount is counted from Odoo's own records"),
            (9, "Row 2 gives another value for the same figure: 800, here 801"),
        ]
        for kind in ("csv", "xlsx"):
            with self.subTest(kind):
                self.check_refused(self.import_rows(rows, kind, dryrun=True), *expected)
                self.check_refused(self.import_rows(rows, kind), *expected)

    def test_a_closed_period_is_named(self):
        self.month.with_user(self.officer).action_close()
        rows = [["T_REVENUE", "2026-03", "", "Bình", "800", ""]]
        self.check_refused(self.import_rows(rows), (2, "03/2026 is closed"))

    def test_numbers_are_read_as_the_file_writes_them(self):
        vietnamese = {"float_thousand_separator": ".", "float_decimal_separator": ","}
        for text, options, expected in (
            ("1.234,5", {}, 1234.5),  # two separators leave no doubt
            ("1.234.567", vietnamese, 1234567.0),
            ("1234,5", vietnamese, 1234.5),
            ("1,234", {}, 1234.0),
            ("-0.25", {}, -0.25),
            ("(3)", {}, -3.0),
        ):
            with self.subTest(text):
                result = self.import_rows([["T_REVENUE", "2026-03", "", "Bình", text, ""]], **options)
                self.assertEqual(result["messages"], [])
                self.assertEqual(self.stored(), [("t_revenue", "Bình", "03/2026", expected)])
        self.figures.search([]).unlink()
        for text in ("12,5", "1,2345", "12a", "35%", "nan", "inf", "1 2 3", "#DIV/0!"):
            with self.subTest(text):
                result = self.import_rows([["T_REVENUE", "2026-03", "", "Bình", text, ""]])
                self.check_refused(result, (2, f"“{text}” is not a number"))

    def test_a_number_that_can_be_read_in_two_ways_is_refused_with_its_row(self):
        def rows(*texts):
            return [
                ["T_REVENUE", "2026-03", "", person, text, ""]
                for person, text in zip(("Bình", "Chi", "An"), texts, strict=False)
            ]

        for dryrun in (True, False):
            result = self.import_rows(rows("1.200", "500", "-2.000 ₫"), dryrun=dryrun)
            self.assertEqual(
                [message["message"] for message in result["messages"]],
                [
                    "Row 2, 4: “1.200” can be read as 1200 or as 1.2. Choose Dot as the thousands separator for the "
                    "first, No Separator for the second."
                ],
            )
            self.assertEqual(self.stored(), [])
        plain = {"float_thousand_separator": "", "float_decimal_separator": "."}
        dotted = {"float_thousand_separator": ".", "float_decimal_separator": "."}
        for text, other, options, expected in (
            ("1.200", "1", plain, 1.2),
            ("1.200", "1", dotted, 1200.0),
            ("1.200", "0.5", {}, 1.2),  # another row shows that the dot parts decimals
            ("1.200", "1200.0", {}, 1.2),  # as Odoo's own export writes it
            ("0.125", "1", {}, 0.125),
            ("1,200", "1", {}, 1200.0),
        ):
            with self.subTest(text, other=other, options=options):
                result = self.import_rows(rows(text, other), **options)
                self.assertEqual(result["messages"], [])
                self.assertEqual(self.figures.search([("employee_id", "=", self.binh.id)]).value, expected)

    def test_a_number_that_does_not_fit_the_chosen_separators_is_refused_with_its_row(self):
        vietnamese = {"float_thousand_separator": ".", "float_decimal_separator": ","}
        row = ["T_REVENUE", "2026-03", "", "Bình"]
        result = self.import_rows([[*row, "7", ""], [*row, "12.5", ""]], **vietnamese)
        self.assertEqual(
            [message["message"] for message in result["messages"]],
            ["Row 3: “12.5” does not fit the separators chosen for the file."],
        )
        self.assertEqual(self.stored(), [])

    def test_a_workbook_holds_numbers_and_no_texts(self):
        result = self.import_rows([["T_REVENUE", "2026-03", "", "Bình", 1.234, ""]], "xlsx")
        self.assertEqual(result["messages"], [])
        self.assertEqual(self.stored(), [("t_revenue", "Bình", "03/2026", 1.234)])

    def test_a_long_file_is_imported_whole(self):
        rows = [["T_REVENUE", "2026-03", "", "Bình", "5", ""]] * 30
        self.check_refused(self.import_rows([*rows, ["?", "", "", "", "", ""]], limit=10), (32, "There is no KPI"))
        result = self.import_rows(rows, limit=10)
        self.assertEqual((len(result["ids"]), result["nextrow"]), (30, 0))
        self.assertEqual(self.stored(), [("t_revenue", "Bình", "03/2026", 5.0)])

    def test_others_do_not_import(self):
        rows = [["T_REVENUE", "2026-03", "", "Bình", "800", ""]]
        for user in (self.binh_user, self.an_user, self.stranger):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.import_rows(rows, user=user)
        self.assertEqual(self.stored(), [])

    def test_columns_of_ids_are_taken_too(self):
        self.env["ir.model.data"].create(
            {"module": "__import__", "name": "binh", "model": "hr.employee", "res_id": self.binh.id}
        )
        measure = self.env["kpi.measure"].search([("code", "=", "t_revenue")])
        columns = ["id", "measure_id/.id", "period_id/.id", "employee_id/id", "value"]
        row = ["figure_1", str(measure.id), str(self.month.id), "binh", "5"]
        figures = self.figures.with_context(import_file=True)
        first = figures.load(columns, [row])
        self.assertEqual(first["messages"], [])
        self.assertEqual(figures.load(columns, [[*row[:-1], "9"]])["ids"], first["ids"])
        self.assertEqual(self.stored(), [("t_revenue", "Bình", "03/2026", 9.0)])
        bad = figures.load(columns, [[row[0], "999999", *row[2:]], [*row[:3], "nobody", "5"]])
        self.assertFalse(bad["ids"])
        self.assertIn("none with the id 999999", bad["messages"][0]["message"])
        self.assertIn("nobody called “nobody”", bad["messages"][1]["message"])
