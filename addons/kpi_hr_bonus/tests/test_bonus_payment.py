from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.kpi_management.models.guard import trusted
from odoo.addons.kpi_management.tests.crowd import make_crowd, multiply, one_by_one

from .common import BonusCase


@tagged("post_install", "-at_install")
@freeze_time("2026-04-10")
class TestBonusPayment(BonusCase):
    """The interface for any payroll: due, reserved, paid, released. An gets 4,000,000, Bình 2,500,000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payer = cls.make_user("payer", "kpi_hr_bonus.group_bonus_payer")
        cls.plan = cls.make_plan()

    def two_approved(self):
        self.make_card(self.an, 80.0)
        self.make_card(self.binh, 50.0)
        by_employee = self.compute(self.plan)
        statements = by_employee[self.an] | by_employee[self.binh]
        statements.with_user(self.officer).action_submit()
        statements.with_user(self.approver).action_approve()
        return statements.with_user(self.payer)

    def due(self, *args, **kwargs):
        rows = self.env["kpi.bonus.statement"].with_user(self.payer).payment_due(*args, **kwargs)
        return [(row["employee"], row["amount"]) for row in rows]

    def test_what_is_due(self):
        self.two_approved()
        both = [("An", 4_000_000), ("Bình", 2_500_000)]
        self.assertEqual(self.due(), both)
        self.assertEqual(self.due(self.binh.ids), both[1:])
        self.assertEqual(self.due([]), [], "of nobody, not of everybody")
        # the pay date is 31 March, and both ends of the days asked for belong to them
        self.assertEqual(self.due(None, "2026-03-31", "2026-03-31"), both)
        self.assertEqual(self.due(None, "2026-04-01"), [])
        self.assertEqual(self.due(None, None, "2026-03-30"), [])
        with self.assertRaisesRegex(UserError, "“31/03/2026” is not a day. Write it as 2026-03-31"):
            self.due(None, "31/03/2026")

    def test_a_row_says_all_that_a_payroll_needs(self):
        self.an.write({"barcode": "AN007", "identification_id": "079088001234"})
        trusted(self.plan).in_insurance_base = True
        statement = self.two_approved()[0]
        row = statement.payment_due(self.an.ids)[0]
        self.assertEqual(
            row,
            {
                "id": statement.id,
                "reference": f"KPI-202603-{statement.id}",
                "employee_id": self.an.id,
                "employee": "An",
                "badge": "AN007",
                "identification": "079088001234",
                "company_id": self.company.id,
                "company": "Sao Mai",
                "plan": "Sales bonus",
                "period": self.march.name,
                "date_start": self.date("2026-03-01"),
                "date_end": self.date("2026-03-31"),
                "pay_date": self.date("2026-03-31"),
                "currency": "VND",
                "amount": 4_000_000,
                "in_insurance_base": True,
                "state": "approved",
                "paid_date": False,
                "payment_reference": "",
            },
        )
        row = statement.with_user(self.officer).payment_due(self.an.ids)[0]
        self.assertEqual(
            row["identification"], "", "an officer who may not see it on the employee does not see it here"
        )

    def test_reserved_paid_released(self):
        statements = self.two_approved()
        self.assertEqual(statements.payment_reserve("RUN-3"), {"changed": statements.ids, "unchanged": []})
        self.assertEqual(self.due(), [])
        self.assertEqual(len(self.due(reference="RUN-3")), 2, "its own payment still finds them")
        self.assertEqual(statements.payment_reserve("RUN-3"), {"changed": [], "unchanged": statements.ids})
        result = statements[0].payment_confirm("2026-04-05", "RUN-3")
        self.assertEqual(result, {"changed": statements[0].ids, "unchanged": []})
        self.assertRecordValues(
            statements,
            [
                {"state": "paid", "paid_date": self.date("2026-04-05"), "payment_reference": "RUN-3"},
                {"state": "approved", "paid_date": False, "payment_reference": "RUN-3"},
            ],
        )
        self.assertIn("by RUN-3", statements[0].message_ids[0].body)
        # the rest of the run, sent whole once more
        result = statements.payment_confirm("2026-04-05", "RUN-3")
        self.assertEqual(result, {"changed": statements[1].ids, "unchanged": statements[0].ids})
        result = statements.payment_release("The bank sent it back")
        self.assertEqual(result, {"changed": statements.ids, "unchanged": []})
        self.assertEqual(set(statements.mapped("state")), {"approved"})
        self.assertIn("RUN-3: The bank sent it back", statements[0].message_ids[0].body)
        self.assertEqual(statements.payment_release("Again"), {"changed": [], "unchanged": statements.ids})
        self.assertEqual(len(self.due()), 2)

    def test_nothing_is_paid_twice(self):
        statements = self.two_approved()
        statements[0].payment_confirm("2026-04-05", "RUN-3")
        name = statements[0].reference
        for day, reference in (("2026-04-05", "RUN-4"), ("2026-04-06", "RUN-3")):
            with self.assertRaisesRegex(UserError, f"{name} was paid on .*2026 by RUN-3. It is not paid twice"):
                statements.payment_confirm(day, reference)
        self.assertEqual(statements[1].state, "approved", "all or none")
        with self.assertRaisesRegex(UserError, "not paid twice"):
            statements.payment_reserve("RUN-4")
        statements[1].payment_reserve("RUN-3")
        with self.assertRaisesRegex(UserError, f"{statements[1].reference} is reserved for payment RUN-3"):
            statements[1].payment_confirm("2026-04-05", "RUN-4")

    def test_what_is_not_approved_is_refused(self):
        approved = self.two_approved()
        self.make_card(self.hang, 100.0)
        draft = self.compute(self.plan)[self.hang].with_user(self.payer)
        for statements in (draft, approved | draft):
            with self.assertRaisesRegex(UserError, f"KPI-202603-{draft.id} is not approved"):
                statements.payment_confirm("2026-04-05", "RUN-3")
        with self.assertRaisesRegex(UserError, "is not approved"):
            draft.payment_release("Why not")
        self.assertEqual(set(approved.mapped("state")), {"approved"})
        self.assertEqual(draft.sudo().state, "draft")

    def test_bad_calls_are_told_what_to_send(self):
        statements = self.two_approved()
        for day in ("", "31.3.2026", None, 5):
            with self.assertRaisesRegex(UserError, "is not a day"):
                statements.payment_confirm(day, "RUN-3")
        with self.assertRaisesRegex(UserError, "more than a year ahead"):
            statements.payment_confirm("2062-04-05", "RUN-3")
        for employees in (7, "7", ["7"]):
            with self.assertRaisesRegex(UserError, "as a list of their ids"):
                self.due(employees)
        for reference in ("", "  ", None, 5):
            with self.assertRaisesRegex(UserError, "Say which payment it is"):
                statements.payment_confirm("2026-04-05", reference)
        with self.assertRaisesRegex(UserError, "Say why"):
            statements.payment_release(" ")
        with self.assertRaisesRegex(UserError, "Choose the bonus statements"):
            statements.browse().payment_confirm("2026-04-05", "RUN-3")
        with self.assertRaisesRegex(UserError, "no bonus statement with the id 99999999"):
            (statements | statements.browse(99_999_999)).payment_confirm("2026-04-05", "RUN-3")
        self.assertEqual(set(statements.mapped("state")), {"approved"})

    def test_who_may(self):
        statements = self.two_approved()
        for user in (self.an_user, self.hang_user, self.approver):
            with self.assertRaisesRegex(AccessError, "Only a bonus officer or a bonus payer"):
                statements.with_user(user).payment_confirm("2026-04-05", "RUN-3")
            with self.assertRaises(AccessError):
                statements.with_user(user).payment_release("Mine")
            with self.assertRaises(AccessError):
                self.env["kpi.bonus.statement"].with_user(user).payment_due()
        statements.with_user(self.officer).payment_confirm("2026-04-05", "RUN-3")
        with self.assertRaises(AccessError):
            statements.write({"payment_reference": "Mine"})
        with self.assertRaises(AccessError):
            statements.action_cancel()
        with self.assertRaises(AccessError):
            statements.with_user(self.officer).write({"paid_date": "2026-04-01"})

    def test_another_company_pays_its_own_only(self):
        statements = self.two_approved()
        other = self.env["res.company"].create({"name": "Other", "currency_id": self.vnd.id})
        stranger = self.make_user("stranger", "kpi_hr_bonus.group_bonus_payer", company=other)
        theirs = statements.with_user(stranger).with_context(allowed_company_ids=other.ids)
        self.assertEqual(theirs.payment_due(), [])
        for call in (
            lambda: theirs.payment_confirm("2026-04-05", "RUN-3"),
            lambda: theirs.payment_reserve("RUN-3"),
            lambda: theirs.payment_release("Mine"),
        ):
            with self.assertRaisesRegex(AccessError, "another company"):
                call()
        with self.assertRaises(AccessError):
            theirs.with_context(allowed_company_ids=self.company.ids).payment_due()

    def test_what_a_payment_has_is_fixed(self):
        statement = self.two_approved()[0]
        statement.payment_reserve("RUN-3")
        with self.assertRaisesRegex(UserError, "reserved for payment RUN-3. Take it back"):
            statement.with_user(self.approver).action_cancel()
        with self.assertRaisesRegex(UserError, "reserved for payment RUN-3"):
            statement.with_user(self.officer).pay_date = "2026-04-30"
        statement.payment_release("Wrong run")
        statement.with_user(self.officer).pay_date = "2026-04-30"
        statement.with_user(self.approver).action_cancel()
        self.assertEqual(statement.sudo().state, "cancelled")

    def test_a_statement_is_found_by_its_reference(self):
        statements = self.two_approved()
        Statement = self.env["kpi.bonus.statement"].with_user(self.payer)
        name = statements[0].reference
        for text in (name, name.lower(), str(statements[0].id)):
            self.assertEqual(Statement.search([("reference", "ilike", text)]), statements[0], text)
        self.assertEqual(Statement.search([("reference", "in", statements.mapped("reference"))]), statements)
        # a number alone names it, a reference of another period does not
        self.assertFalse(Statement.search([("reference", "=", name.replace("202603", "202604"))]))
        self.assertFalse(Statement.search([("reference", "=", "KPI-March")]))

    def test_as_many_queries_for_a_thousand_as_for_ten(self):
        statement = self.two_approved()[0]
        statement.payment_confirm("2026-04-05", "warm-up")
        statement.payment_release("warm-up")
        # Odoo updates and inserts by hundreds: for a thousand nine times more of each
        for count, due, confirm, release in ((10, 15, 11, 8), (1000, 15, 29, 26)):
            employees = make_crowd(self.an, count)
            crowd = multiply(statement.sudo(), count, employee_id=one_by_one(employees)).with_user(self.payer)
            self.env.invalidate_all()
            with self.subTest(f"{count} due"), self.assertQueryCount(due):
                self.assertEqual(len(crowd.payment_due(employees.ids)), count)
            self.env.invalidate_all()
            with self.subTest(f"{count} paid"), self.assertQueryCount(confirm):
                crowd.payment_confirm("2026-04-05", f"RUN-{count}")
                self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(f"{count} released"), self.assertQueryCount(release):
                crowd.payment_release("Once more")
                self.env.flush_all()
