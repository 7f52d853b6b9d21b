from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import PASSWORD
from .rpc_case import RpcCase
from .test_kpi_dossier import DossierCase

COLUMNS = """
    SELECT c.table_name, c.column_name
      FROM information_schema.columns c
      JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type IN
           ('text', 'character varying', 'json', 'jsonb')
       AND (c.table_name LIKE 'kpi\\_%%' OR c.table_name IN ('mail_activity', 'mail_message', 'mail_tracking_value'))
"""


class NameCase(DossierCase):
    def anonymize(self):
        self.binh.action_archive()
        wizard = self.env["kpi.anonymize"].with_user(self.admin)
        wizard.create({"dossier_id": self.binh.id, "typed_name": "Bình"}).action_confirm()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestKpiPersonalName(NameCase):
    """The name of a person who was anonymised stands nowhere in KPI any more; other people's words stay theirs."""

    def where(self, name):
        """{(table, column)} of KPI and of what is said about its records where a name stands"""
        self.env.flush_all()
        found = set()
        for table, column in self.env.execute_query(SQL(COLUMNS)):
            of_kpi = {"mail_message": "model", "mail_activity": "res_model"}.get(table)
            query = SQL(
                "SELECT 1 FROM %s WHERE %s::text LIKE %s AND %s LIMIT 1",
                SQL.identifier(table),
                SQL.identifier(column),
                f"%{name}%",
                SQL("%s LIKE 'kpi.%%'", SQL.identifier(of_kpi)) if of_kpi else SQL("TRUE"),
            )
            if self.env.execute_query(query):
                found.add((table, column))
        return found

    def test_it_stands_nowhere(self):
        self.objective.name = "Bình: more customers"
        self.card.message_post(body="Bình was ill", subject="About Bình")
        self.praise(self.binh_user, employee_id=self.chi.id, message="Thanks, Chi")
        teach = self.act(self.hang_user, employee_id=self.chi.id, name="Bình teaches Chi")
        teach.with_user(self.hang_user).responsible_id = self.an
        self.env["mail.tracking.value"].create(
            {
                "mail_message_id": teach.message_post(body="Handed over").id,
                "field_id": self.env["ir.model.fields"]._get("kpi.action", "responsible_id").id,
                "old_value_integer": self.binh.id,
                "old_value_char": "Bình",
                "new_value_integer": self.an.id,
                "new_value_char": "An",
            }
        )
        self.act(self.hang_user, employee_id=self.chi.id, name="Bình, again")
        self.env["kpi.personal.export"]._prepare(self.dossier.with_user(self.officer))
        self.assertIn(("kpi_action", "name"), self.where("Bình"))
        self.assertIn(("kpi_personal_export", "filename"), self.where("Bình"))
        self.assertIn(("mail_tracking_value", "old_value_char"), self.where("Bình"))
        self.assertIn(("mail_message", "subject"), self.where(self.binh_user.name))
        self.anonymize()
        # The one left stands on an action that no longer names him by a link.
        self.assertEqual(
            self.where("Bình"), {("kpi_action", "name"), ("mail_activity", "summary"), ("mail_activity", "res_name")}
        )
        self.assertEqual(teach.name, "Bình teaches Chi")
        self.assertFalse(self.where(self.binh_user.name))

    def test_a_record_he_stands_on_keeps_its_words_without_the_name(self):
        help_chi = self.act(self.hang_user, employee_id=self.chi.id, name="Bình helps Chi; Bìnhx does not")
        self.anonymize()
        new = f"Former employee {self.binh.id}"
        self.assertEqual(help_chi.name, f"{new} helps Chi; Bìnhx does not")
        self.assertEqual(help_chi.sudo().activity_ids.mapped("summary"), [help_chi.name])

    def test_in_every_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        shared = self.env["kpi.objective"].create(
            {
                "name": "Bình leads",
                "level": "department",
                "department_id": self.north.id,
                "owner_id": self.binh.id,
                "company_id": self.company.id,
                "date_start": "2026-01-01",
                "date_end": "2026-12-31",
            }
        )
        shared.with_context(lang="vi_VN").name = "Bình dẫn dắt"
        self.objective.with_context(lang="vi_VN").name = "Thêm khách của Bình"
        self.anonymize()
        new = f"Former employee {self.binh.id}"
        # The department's objective is not about him: its words stay.
        self.assertEqual(shared.name, f"{new} leads")
        self.assertEqual(shared.with_context(lang="vi_VN").name, f"{new} dẫn dắt")
        self.assertEqual({self.objective.with_context(lang=code).name for code in ("en_US", "vi_VN")}, {"–"})

    def test_somebody_of_the_same_name_keeps_it(self):
        self.chi.name = "Bình"
        self.act(self.hang_user, employee_id=self.chi.id, name="Bình learns", responsible_id=self.chi.id)
        sent = self.praise(self.an_user, employee_id=self.chi.id, message="Well done, Bình")
        self.anonymize()
        self.assertEqual((self.chi.name, sent.message), ("Bình", "Well done, Bình"))

    def test_private_notes_he_kept_about_others_go(self):
        Talk = self.env["kpi.one.on.one"].with_user(self.binh_user)
        talk = Talk.create({"employee_id": self.chi.id, "manager_id": self.binh.id, "notes": "Agreed"})
        talk.my_note = "Chi is shy"
        self.anonymize()
        self.assertFalse(talk.sudo().note_ids)
        self.assertEqual(talk.sudo().notes, "Agreed")

    def test_he_does_not_come_back(self):
        self.anonymize()
        with self.refused(UserError, "anonymised for good"):
            self.binh.action_unarchive()
        with self.refused(UserError, "was anonymised before"):
            self.env["kpi.personal.data"].with_user(self.admin)._anonymize(self.binh)
        dossier = self.dossier.with_user(self.admin)
        self.assertTrue(dossier.anonymized)
        self.assertFalse(dossier.can_anonymize)
        self.assertEqual(self.env["kpi.anonymization"].search_count([("employee_ref", "=", self.binh.id)]), 1)


@tagged("post_install", "-at_install")
class TestKpiPersonalRpc(RpcCase, NameCase):
    """By RPC as employee, manager, officer and stranger."""

    def test_who_anonymises_and_exports(self):
        self.binh.action_archive()
        vals = {"dossier_id": self.binh.id, "typed_name": "Bình"}
        for user in (self.an_user, self.chi_user, self.officer, self.stranger):
            self.authenticate(user.login, PASSWORD)
            for model, method, args in (
                ("kpi.anonymize", "create", [vals]),
                ("kpi.personal.data", "_anonymize", [self.binh.id]),
                ("kpi.personal.export", "_prepare", [self.binh.id]),
                ("kpi.anonymization", "create", [{"name": "x", "company_id": self.company.id}]),
            ):
                with self.subTest(user.login, model=model), self.turned_away():
                    self.call(model, method, *args)
        self.assertEqual(self.binh.name, "Bình")

    def test_an_export_made_by_hand_holds_nothing(self):
        vals = {"filename": "x", "employee_ref": self.binh.id}
        with mute_logger("odoo.http"):
            made = self.call_as(self.chi_user, "kpi.personal.export", "create", [vals])
        export = self.env["kpi.personal.export"].browse(made)
        self.assertFalse(export.data)
        with self.turned_away():
            self.call_as(self.an_user, "kpi.personal.export", "read", export.ids, ["filename"])
