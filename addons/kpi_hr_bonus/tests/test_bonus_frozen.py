from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.kpi_management.models.guard import trusted

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusFrozen(BonusCase):
    """What was approved does not change, by whichever door somebody comes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan(curve_ids=[(0, 0, {"score": 50, "payout": 50}), (0, 0, {"score": 100, "payout": 100})])
        cls.make_card(cls.an, 80.0)
        cls.plan.with_user(cls.officer).action_compute(cls.march.id)
        cls.statement = cls.plan.statement_ids
        cls.statement.with_user(cls.officer).line_ids = [(0, 0, {"name": "Trade fair", "amount": 500_000})]
        cls.statement.with_user(cls.officer).action_submit()
        cls.statement.with_user(cls.approver).action_approve()
        cls.everything = cls.env.user
        cls.everything.group_ids |= cls.env["res.groups"].search(
            [("id", "in", [cls.env.ref(f"kpi_hr_bonus.group_bonus_{name}").id for name in ("officer", "approver")])]
        )

    def setUp(self):
        super().setUp()
        self.before = self.snapshot()

    def snapshot(self):
        self.env.flush_all()
        self.env.invalidate_all()
        skipped = {"write_date", "write_uid", "message_ids", "activity_ids", "__last_update"}
        names = [name for name, field in self.statement._fields.items() if field.store and name not in skipped]
        return self.statement.read(names), self.statement.line_ids.read(["kind", "name", "amount", "author_id"])

    def assertRefused(self, label, door):
        with self.subTest(label):
            with self.assertRaises(UserError):
                door()
            self.assertEqual(self.snapshot(), self.before)

    def test_the_statement_itself(self):
        for records in (self.statement.with_user(self.officer), self.statement.sudo()):
            for vals in (
                {"amount": 9_000_000},
                {"explanation": {}},
                {"state": "draft"},
                {"state": "paid"},
                {"pay_date": False},
                {"pay_date": "2026-03-31", "amount": 9_000_000},
                {"plan_id": self.make_plan(name="Other").id},
                {"in_insurance_base": True},
                {"paid_date": "2026-03-31"},
                {"payment_reference": "Mine"},
                {"approved_by_id": self.an_user.id},
                {"contested": True},
            ):
                self.assertRefused(vals, lambda records=records, vals=vals: records.write(vals))
            self.assertRefused("web_save", lambda records=records: records.web_save({"amount": 1}, {"amount": {}}))
            self.assertRefused("delete", records.unlink)
            self.assertRefused("duplicate", records.copy)

    def test_contexts_that_claim_trust(self):
        for value in (True, 1, "_MARK", {}):
            forged = self.statement.sudo().with_context(kpi_trusted=value, import_file=True, install_mode=True)
            self.assertRefused(value, lambda forged=forged: forged.write({"amount": 9_000_000}))
            self.assertRefused(value, lambda forged=forged: forged.line_ids.write({"amount": 9_000_000}))

    def test_imports(self):
        Statement = self.env["kpi.bonus.statement"].with_user(self.officer)
        Line = self.env["kpi.bonus.statement.line"].with_user(self.officer)
        adjustment = self.statement.line_ids.filtered(lambda line: line.kind == "adjustment")
        for Model, record in ((Statement, self.statement), (Line, adjustment)):
            with self.subTest(record):
                answer = Model.load([".id", "amount"], [[str(record.id), "9"]])
                self.assertFalse(answer["ids"])
                self.assertTrue(answer["messages"])
                self.assertEqual(self.snapshot(), self.before)

    def test_lines(self):
        officer = self.statement.with_user(self.officer)
        lines = officer.line_ids
        adjustment = lines.filtered(lambda line: line.kind == "adjustment")
        Line = self.env["kpi.bonus.statement.line"].with_user(self.officer)
        vals = {"statement_id": self.statement.id, "name": "More", "amount": 1}
        self.assertRefused("new", lambda: Line.create(vals))
        self.assertRefused("new computed", lambda: Line.with_context(default_kind="computed").create(vals))
        self.assertRefused("as root", lambda: Line.sudo().create(vals))
        self.assertRefused("copy", lambda: adjustment.copy())
        self.assertRefused("change", lambda: adjustment.write({"amount": 1}))
        self.assertRefused("reason", lambda: adjustment.write({"name": "Gift"}))
        self.assertRefused("delete", lambda: lines.sudo().unlink())
        for command in ((0, 0, vals), (1, adjustment.id, {"amount": 1}), (2, adjustment.id), (3, adjustment.id), (5,)):
            self.assertRefused(command, lambda command=command: officer.write({"line_ids": [command]}))
            self.assertRefused(command, lambda command=command: officer.sudo().write({"line_ids": [command]}))

    def test_lines_do_not_move_between_statements(self):
        self.make_card(self.binh, 80.0)
        draft = self.compute(self.plan)[self.binh].with_user(self.officer)
        self.before = self.snapshot()
        adjustment = self.statement.line_ids.filtered(lambda line: line.kind == "adjustment")
        self.assertRefused("taken", lambda: draft.write({"line_ids": [(4, adjustment.id)]}))
        self.assertRefused("replaced", lambda: draft.write({"line_ids": [(6, 0, adjustment.ids)]}))
        draft.line_ids = [(0, 0, {"name": "Own", "amount": 100_000})]
        own = draft.line_ids.filtered(lambda line: line.kind == "adjustment")
        self.assertRefused("given", lambda: own.write({"statement_id": self.statement.id}))
        self.assertRefused("linked", lambda: self.statement.with_user(self.officer).write({"line_ids": [(4, own.id)]}))

    def test_through_its_parents(self):
        other = self.make_plan(name="Other")
        for parent, field in ((self.plan, "statement_ids"), (self.march, "bonus_statement_ids")):
            for command in (
                (1, self.statement.id, {"amount": 1}),
                (2, self.statement.id),
                (3, self.statement.id),
                (5,),
            ):
                self.assertRefused(
                    (field, command),
                    lambda parent=parent, field=field, command=command: parent.write({field: [command]}),
                )
        self.assertRefused("moved", lambda: other.write({"statement_ids": [(4, self.statement.id)]}))
        self.assertRefused("the plan goes", self.plan.unlink)

    def test_translations(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        line = self.statement.line_ids[-1]
        for record, field in ((self.statement, "contest_reason"), (self.statement, "amount"), (line, "name")):
            with self.subTest(field):
                # Odoo answers "no" for a field that is not translated.
                self.assertFalse(record.with_user(self.officer).update_field_translations(field, {"vi_VN": "9"}))
                self.assertEqual(self.snapshot(), self.before)

    def test_what_it_was_computed_from_changes(self):
        # Nobody can; even if a migration did, what was approved would stay.
        trusted(self.plan).curve_ids.unlink()
        trusted(self.plan).write({"amount": 9_000_000, "cap_amount": 1, "in_insurance_base": True, "prorate": False})
        self.an.version_id.wage = 1
        self.compute(self.plan)
        self.assertEqual(self.snapshot(), self.before)
        self.assertIn("4,500,000", str(self.statement.explanation_html).replace("\N{NO-BREAK SPACE}", " "))
