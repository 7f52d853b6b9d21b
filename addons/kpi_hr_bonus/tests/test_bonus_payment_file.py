import base64
import csv
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import BonusCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20")
class TestBonusPaymentFile(BonusCase):
    """A payroll elsewhere: the file goes out, and comes back with the days of payment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payer = cls.make_user("payer", "kpi_hr_bonus.group_bonus_payer")
        cls.plan = cls.make_plan()
        cls.make_card(cls.an, 80.0)
        cls.make_card(cls.binh, 50.0)
        cls.plan.with_user(cls.officer).action_compute(cls.march.id)
        statements = cls.plan.statement_ids.sorted("amount", reverse=True)
        statements.with_user(cls.officer).action_submit()
        statements.with_user(cls.approver).action_approve()
        cls.statements = statements.with_user(cls.payer)

    def export(self, **vals):
        wizard = self.env["kpi.bonus.payment.export"].with_user(self.payer).create(vals)
        action = wizard.action_export()
        self.assertEqual(action["url"].split("/")[-1].split("?")[0], wizard.file_name)
        return base64.b64decode(wizard.file)

    def read_csv(self, data):
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))

    def read_xlsx(self, data):
        return openpyxl.load_workbook(io.BytesIO(data)).active

    def import_file(self, data, name="bonuses.csv", user=None, **vals):
        data = data.encode() if isinstance(data, str) else data
        wizard = self.env["kpi.bonus.payment.import"].with_user(user or self.payer)
        wizard = wizard.create({"file": base64.b64encode(data), "file_name": name, **vals})
        return wizard.action_import()["params"]["message"]

    def assertRefuses(self, text, data, **vals):
        """Nothing is marked as paid, and the error says this."""
        with self.assertRaisesRegex(UserError, text):
            self.import_file(data, **vals)
        self.assertEqual(set(self.statements.mapped("state")), {"approved"})

    # --------------------------------------------------------------- export

    def test_csv_by_pay_dates(self):
        rows = self.read_csv(self.export(file_format="csv"))
        self.assertEqual(
            rows[0],
            {
                "Statement": self.statements[0].reference,
                "Employee": "An",
                "Badge": "",
                "Identification No": "",
                "Company": "Sao Mai",
                "Bonus plan": "Sales bonus",
                "Period": self.march.name,
                "Pay date": "2026-03-31",
                "Currency": "VND",
                "Amount": "4000000",
                "In the insurance base": "No",
                "Payment reference": "",
                "Paid on": "",
            },
        )
        self.assertEqual([row["Employee"] for row in rows], ["An", "Bình"])
        with self.assertRaisesRegex(UserError, "No approved bonus waits"):
            self.export(date_from="2026-04-01", date_to="2026-04-30")

    def test_xlsx_has_dates_and_numbers(self):
        sheet = self.read_xlsx(self.export())
        titles = [cell.value for cell in sheet[1]]
        row = dict(zip(titles, sheet[2], strict=True))
        self.assertEqual(row["Amount"].value, 4_000_000)
        self.assertEqual(row["Amount"].number_format, "#,##0", "a dong has no decimals")
        self.assertTrue(row["Pay date"].is_date)
        self.assertEqual(row["Pay date"].value.date(), self.date("2026-03-31"))
        self.assertEqual(sheet.max_row, 3)

    def test_names_are_no_formulas(self):
        for name in ("=HYPERLINK(0)", "+1", "-1", "@SUM(A1)", "\t=1+1"):
            self.an.name = name
            row = self.read_csv(self.export(file_format="csv"))[0]
            self.assertEqual(row["Employee"], f"'{name}")
            cell = self.read_xlsx(self.export())["B2"]
            self.assertEqual((cell.data_type, cell.value), ("s", name))

    def test_a_named_payment_reserves_what_it_takes(self):
        first = self.read_csv(self.export(file_format="csv", reference="RUN-3"))
        self.assertEqual([row["Payment reference"] for row in first], ["RUN-3", "RUN-3"])
        with self.assertRaisesRegex(UserError, "No approved bonus waits"):
            self.export(reference="RUN-4")
        self.assertEqual(self.read_csv(self.export(file_format="csv", reference="RUN-3")), first, "again, for itself")

    def test_the_chosen_statements(self):
        action = self.statements[1].action_payment_export()
        wizard = self.env["kpi.bonus.payment.export"].with_user(self.payer).with_context(**action["context"]).create({})
        self.assertIn("1 bonuses", wizard.summary)
        self.assertRegex(wizard.summary, "2.500.000")
        self.assertEqual(wizard._statements(), self.statements[1])
        self.statements[1].payment_confirm("2026-03-31", "RUN-1")
        wizard = wizard.create({"statement_ids": [(6, 0, self.statements.ids)]})
        self.assertEqual(wizard._statements(), self.statements[0])
        self.assertIn("1 left out: not approved, reserved by another payment or paid", wizard.summary)

    def test_only_who_pays_or_computes(self):
        for user in (self.an_user, self.approver):
            with self.assertRaises(AccessError):
                self.env["kpi.bonus.payment.export"].with_user(user).create({})
            with self.assertRaises(AccessError):
                self.import_file("Statement,Paid on\n", user=user)

    # --------------------------------------------------------------- import

    def filled(self, *days, reference="RUN-3"):
        """The exported CSV with these days of payment."""
        rows = self.read_csv(self.export(file_format="csv", reference=reference))
        text = io.StringIO()
        writer = csv.DictWriter(text, rows[0])
        writer.writeheader()
        for row, day in zip(rows, days, strict=True):
            writer.writerow({**row, "Paid on": day})
        return text.getvalue()

    def test_the_file_comes_back(self):
        data = self.filled("2026-04-05", "")
        self.assertEqual(self.import_file(data), "1 marked as paid, 1 rows without a day of payment left alone")
        self.assertRecordValues(
            self.statements,
            [
                {"state": "paid", "paid_date": self.date("2026-04-05"), "payment_reference": "RUN-3"},
                {"state": "approved", "paid_date": False, "payment_reference": "RUN-3"},
            ],
        )
        data = data.replace("RUN-3,\r\n", "RUN-3,2026-04-06\r\n")
        self.assertEqual(self.import_file(data), "1 marked as paid, 1 were paid already")
        self.assertEqual(self.statements[1].paid_date, self.date("2026-04-06"))

    def test_a_workbook_comes_back(self):
        sheet = self.read_xlsx(self.export())
        titles = [cell.value for cell in sheet[1]]
        for row in (2, 3):
            sheet.cell(row, titles.index("Paid on") + 1).value = self.date("2026-04-05")
        output = io.BytesIO()
        sheet.parent.save(output)
        message = self.import_file(output.getvalue(), "bonuses.xlsx", reference="RUN-5")
        self.assertEqual(message, "2 marked as paid")
        self.assertEqual(set(self.statements.mapped("payment_reference")), {"RUN-5"})

    def test_a_file_in_vietnamese(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.env["ir.module.module"].search([("name", "=", "kpi_hr_bonus")])._update_translations(["vi_VN"])
        self.payer.lang = "vi_VN"
        name = self.env["kpi.bonus.payment.file"].with_context(lang="vi_VN")._columns()["paid_date"]
        data = f"Statement;{name}\n{self.statements[0].reference};05/04/2026\n"
        wizard = self.env["kpi.bonus.payment.import"].with_user(self.payer).with_context(lang="vi_VN")
        wizard.create(
            {"file": base64.b64encode(data.encode()), "file_name": "x.csv", "reference": "RUN-3"}
        ).action_import()
        self.assertEqual(self.statements[0].paid_date, self.date("2026-04-05"), "5 April, not 4 May")

    def test_wrong_rows_are_named_and_nothing_is_done(self):
        one, two = self.statements.mapped("reference")
        head = "Statement,Amount,Paid on,Payment reference\n"
        good = f"{one},4000000,2026-04-05,R\n"
        for row, text in (
            ("KPI-202603-99999999,1,2026-04-05,R", "Row 3: there is no bonus statement “KPI-202603-99999999”"),
            (f"{two},2500000,yesterday,R", "Row 3: “yesterday” is not a day"),
            (f"{two},2500000,2062-04-05,R", f"Row 3: {two}: .*2062 lies more than a year ahead"),
            (f"{two},2400000,2026-04-05,R", "Row 3: the amount is 2400000, but the statement comes to 2.500.000.₫"),
            (f"{two},2.5m,2026-04-05,R", "Row 3: the amount “2.5m” is not a number"),
            (f"{two},2500000,2026-04-05,", "Row 3: say which payment it is"),
            (",2500000,2026-04-05,R", "Row 3: it names no bonus statement"),
            (f"{one},4000000,2026-04-05,R", f"Row 3: {one} is in row 2 too"),
        ):
            with self.subTest(text):
                self.assertRefuses(f"Nothing was imported.\n{text}", head + good + row + "\n")

    def test_a_file_that_is_none(self):
        self.assertRefuses("no column “Statement”", "Name,Date\nAn,2026-04-05\n")
        self.assertRefuses("No row of the file says", f"Statement,Paid on\n{self.statements[0].reference},\n")
        self.assertRefuses("Unable to read file", b"PK\x03\x04 this is no workbook", name="bonuses.xlsx")
        self.assertRefuses("is empty", "\n")

    def test_statements_of_other_companies_are_unknown(self):
        other = self.env["res.company"].create({"name": "Other", "currency_id": self.vnd.id})
        stranger = self.make_user("stranger", "kpi_hr_bonus.group_bonus_payer", company=other)
        wizard = self.env["kpi.bonus.payment.import"].with_user(stranger).with_context(allowed_company_ids=other.ids)
        data = f"Statement,Paid on\n{self.statements[0].reference},2026-04-05\n".encode()
        wizard = wizard.create({"file": base64.b64encode(data), "file_name": "x.csv", "reference": "R"})
        with self.assertRaisesRegex(UserError, "Row 2: there is no bonus statement"):
            wizard.action_import()

    def test_marking_by_hand(self):
        action = self.statements.action_payment_mark("confirm")
        wizard = self.env["kpi.bonus.payment.mark"].with_user(self.payer).with_context(**action["context"])
        message = wizard.create({"paid_date": "2026-04-05", "reference": "RUN-3"}).action_confirm()["params"]["message"]
        self.assertEqual(message, "2 marked as paid")
        action = self.statements[0].action_payment_mark("release")
        wizard = wizard.with_context(**action["context"])
        wizard.create({"reason": "Sent back", "statement_ids": [(6, 0, self.statements[0].ids)]}).action_confirm()
        self.assertEqual(self.statements.mapped("state"), ["approved", "paid"])
