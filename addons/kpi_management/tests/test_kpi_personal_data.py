import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .crowd import multiply
from .test_kpi_dossier import DossierCase


@tagged("post_install", "-at_install")
class TestKpiPersonalExport(DossierCase):
    """All that is held about a person, read under the rights of whoever asks."""

    def book(self, user):
        """{sheet: rows of the workbook a user gets about Bình}"""
        export = self.env["kpi.personal.export"]._prepare(self.dossier.with_user(user))
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(export.data)))
        return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}

    def column(self, rows, head):
        place = rows[0].index(head)
        return [row[place] for row in rows[1:]]

    def test_it_holds_every_kind_of_record(self):
        book = self.book(self.binh_user)
        for sheet in ("Scorecard", "Scorecard Line", "Objective", "Improvement Action", "Kudos", "One-on-one"):
            with self.subTest(sheet):
                self.assertIn(sheet, book)
        self.assertEqual(sorted(self.column(book["Scorecard Line"], "Attainment (%)")), [60, 80])
        self.assertEqual(self.column(book["Improvement Action"], "What lies behind it"), ["Bình was ill"])
        self.assertEqual(self.column(book["Kudos"], "Message"), ["Well done!"])
        self.assertEqual(self.column(book["Objective"], "Description"), ["Bình is shy"])
        self.assertEqual(book["Summary"][0][:2], ["Personal data in KPI", "Bình"])

    def test_no_private_note_of_another_is_in_it(self):
        self.talk.with_user(self.binh_user).my_note = "My own"
        for user, own in ((self.binh_user, True), (self.officer, False)):
            text = str(self.book(user))
            with self.subTest(user.login):
                self.assertNotIn("A secret", text)
                self.assertEqual("My own" in text, own)
                self.assertEqual("Complaints" in text, own)

    def test_on_records_of_others_one_is_counted_and_they_are_not_named(self):
        self.praise(self.binh_user, employee_id=self.chi.id, message="For Chi alone")
        self.act(self.hang_user, employee_id=self.chi.id, name="Teach Chi")
        book = self.book(self.officer)
        named = {row[0]: row[1] for row in book["Summary"] if isinstance(row[1], int)}
        self.assertEqual(named["Kudos: From"], 1)
        # An's action about Bình is told in full; the one about Chi names Bình as the responsible
        self.assertEqual(named["Improvement Action: Responsible"], 1)
        self.assertEqual(named["Improvement Action"], 1)
        self.assertNotIn("Teach Chi", str(book))
        self.assertNotIn("For Chi alone", str(book))

    def test_discussions_are_in_it(self):
        self.card.with_user(self.an_user).message_post(body="Keep going, Bình")
        messages = self.book(self.binh_user)["Messages"]
        self.assertIn("Keep going, Bình", self.column(messages, "Message"))

    def test_nothing_is_taken_for_a_formula(self):
        self.praise(self.an_user, employee_id=self.binh.id, message='=HYPERLINK("http://x")')
        self.assertIn('=HYPERLINK("http://x")', self.column(self.book(self.binh_user)["Kudos"], "Message"))

    def test_who_may_export(self):
        for user in (self.an_user, self.hang_user):
            with self.subTest(user.login), self.refused(AccessError, "Only the person and KPI officers"):
                self.dossier.with_user(user).action_export()
        for user in (self.chi_user, self.stranger):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.dossier.with_user(user).action_export()

    def test_a_thousand_records_cost_as_many_queries_as_ten(self):
        counts = []
        multiply(self.kudos, 9)
        for more in (0, 0, 990):
            if more:
                multiply(self.kudos, more)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = self.book(self.binh_user)["Kudos"]
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(rows), 1001)
        self.assertEqual(*counts[1:])

    def test_of_a_model_without_a_hook_nothing_is_forgotten(self):
        """Each stored model that says whom it is about is looked at."""
        looked_at = self.env["kpi.personal.data"]._models()
        for name, model in self.env.items():
            if not name.startswith("kpi.") or model._abstract or model._transient or not model._auto:
                continue
            with self.subTest(name):
                self.assertIn(model, looked_at)


@tagged("post_install", "-at_install")
class TestKpiAnonymize(DossierCase):
    """A person who left is emptied of words for good; the figures stay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card.message_post(body="Bình was ill")
        cls.card.note = "<p>Bình's wishes</p>"
        cls.card.action_draft()
        cls.card.action_agree()
        cls.card.action_compute()
        cls.month.action_close()

    def anonymize(self, user=None, name="Bình"):
        wizard = self.env["kpi.anonymize"].with_user(user or self.admin)
        return wizard.create({"dossier_id": self.binh.id, "typed_name": name}).action_confirm()

    def test_words_go_and_figures_stay(self):
        self.binh.action_archive()
        opened = self.anonymize()
        log = self.env["kpi.anonymization"].with_user(self.admin).browse(opened["res_id"])
        self.env.invalidate_all()
        self.assertEqual(self.binh.name, f"Former employee {self.binh.id}")
        self.assertFalse(self.binh.user_id or self.card.note or self.card.message_ids)
        self.assertFalse(self.action.cause_note or self.objective.description)
        self.assertFalse(self.talk.sudo().topics or self.talk.sudo().note_ids.text)
        self.assertEqual(self.kudos.sudo().message, "–")
        # 60 % × 60 + 40 % × 80
        self.assertRecordValues(self.card, [{"score": 68, "state": "closed", "employee_id": self.binh.id}])
        self.assertEqual(self.revenue_line.attainment, 60)
        self.assertRecordValues(
            log, [{"user_id": self.admin.id, "employee_ref": self.binh.id, "company_id": self.company.id}]
        )
        self.assertIn("Kudos (1): Message", log.details)
        self.assertNotIn("Bình", log.name + log.details)

    def test_others_are_left_alone(self):
        chi = self.act(self.hang_user, employee_id=self.chi.id, cause_note="Chi was new", responsible_id=self.chi.id)
        sent = self.praise(self.binh_user, employee_id=self.chi.id, message="Thanks, Chi")
        self.binh.action_archive()
        self.anonymize()
        self.assertEqual((chi.cause_note, sent.message), ("Chi was new", "Thanks, Chi"))
        self.assertEqual(self.chi.name, "Chi")

    def test_who_and_when(self):
        with self.refused(UserError, "Archive the employee first"):
            self.anonymize()
        self.binh.action_archive()
        with self.refused(UserError, "Type the name exactly"):
            self.anonymize(name="Binh")
        for user in (self.officer, self.an_user, self.stranger):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self.anonymize(user)
                with self.assertRaises(AccessError):
                    self.env["kpi.personal.data"].with_user(user)._anonymize(self.binh)
        self.assertEqual(self.binh.name, "Bình")
        self.assertEqual(self.action.cause_note, "Bình was ill")

    def test_nobody_writes_the_log(self):
        self.binh.action_archive()
        log = self.env["kpi.anonymization"].browse(self.anonymize()["res_id"]).with_user(self.admin)
        with self.assertRaises(AccessError):
            log.write({"details": "x"})
        with self.assertRaises(AccessError):
            log.unlink()
        self.assertFalse(self.env["kpi.anonymization"].with_user(self.admin).search([]) - log)
