from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import PASSWORD, KpiCase
from .rpc_case import RpcCase


class TalkCase(KpiCase):
    """An and Bình talk on 2 April."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.talk = cls.env["kpi.one.on.one"].with_user(cls.an_user).create({"employee_id": cls.binh.id})
        cls.talk.write({"topics": "Complaints", "my_note": "Ready for more"})


@tagged("post_install", "-at_install")
class TestKpiOneOnOne(TalkCase):
    """Two people talk; what both wrote is theirs alone, and a private note its author's alone."""

    def test_the_manager_is_proposed(self):
        self.assertRecordValues(
            self.talk, [{"manager_id": self.an.id, "user_id": self.binh_user.id, "company_id": self.company.id}]
        )
        form = Form(self.env["kpi.one.on.one"].with_user(self.hang_user))
        form.employee_id = self.chi
        self.assertEqual(form.manager_id, self.hang)

    def test_both_write_and_nobody_else_reads(self):
        self.talk.with_user(self.binh_user).notes = "Two calls a day"
        self.assertEqual((self.talk.topics, self.talk.notes), ("Complaints", "Two calls a day"))
        for user in (self.hang_user, self.chi_user, self.officer, self.admin, self.stranger):
            talk = self.talk.with_user(user)
            with self.subTest(user.login):
                self.assertFalse(self.env["kpi.one.on.one"].with_user(user).search([]))
                with self.assertRaises(AccessError):
                    talk.read(["topics"])
                with self.assertRaises(AccessError):
                    talk.write({"topics": "x"})

    def test_a_private_note_is_its_author_s_alone(self):
        binh = self.talk.with_user(self.binh_user)
        self.assertFalse(binh.my_note)
        binh.my_note = "Ask for a rise"
        self.assertEqual((binh.my_note, self.talk.my_note), ("Ask for a rise", "Ready for more"))
        note = self.talk.sudo().note_ids.filtered(lambda note: note.author_id == self.an_user)
        for user in (self.binh_user, self.officer, self.admin, self.hang_user):
            with self.subTest(user.login):
                notes = self.env["kpi.one.on.one.note"].with_user(user)
                self.assertFalse(notes.search([("author_id", "=", self.an_user.id)]))
                with self.assertRaises(AccessError):
                    note.with_user(user).read(["text"])
        self.assertEqual(binh.note_ids.author_id, self.binh_user)

    def test_no_note_in_another_s_name_nor_on_a_talk_of_others(self):
        notes = self.env["kpi.one.on.one.note"]
        made = notes.with_user(self.binh_user).create({"talk_id": self.talk.id, "author_id": self.an_user.id})
        self.assertEqual(made.author_id, self.binh_user)
        with self.assertRaises(AccessError):
            notes.with_user(self.chi_user).create({"talk_id": self.talk.id, "text": "x"})
        with self.refused(UserError, "stays with its talk"):
            made.with_user(self.binh_user).write({"author_id": self.an_user.id})

    def test_it_is_between_two_people_of_whom_one_has_a_login(self):
        Talk = self.env["kpi.one.on.one"].with_user(self.an_user)
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as refusal, self.env.cr.savepoint():
            Talk.create({"employee_id": self.an.id, "manager_id": self.an.id}).flush_recordset()
        self.assertIn("two_people", str(refusal.exception))
        first, second = (self.make_employee(name, self.north) for name in ("Giang", "Khoa"))
        with self.refused(ValidationError, "needs a login"):
            self.env["kpi.one.on.one"].create({"employee_id": first.id, "manager_id": second.id})

    def test_nobody_notes_a_talk_of_others(self):
        for user in (self.chi_user, self.officer, self.hang_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["kpi.one.on.one"].with_user(user).create(
                    {"employee_id": self.binh.id, "manager_id": self.an.id}
                )

    def test_it_stays_with_the_two(self):
        for name in ("employee_id", "manager_id"):
            with self.subTest(name), self.refused(UserError, "stays with the two"):
                self.talk.write({name: self.chi.id})

    def test_what_was_written_is_kept(self):
        with self.refused(UserError, "is kept"):
            self.talk.with_user(self.binh_user).unlink()
        self.env["kpi.one.on.one"].with_user(self.an_user).create({"employee_id": self.binh.id}).unlink()

    def test_the_next_talk(self):
        self.talk.next_date = "2026-04-16"
        opened = self.talk.action_next()
        self.assertFalse(opened["res_id"])
        following = self.env["kpi.one.on.one"].with_user(self.an_user).with_context(**opened["context"]).create({})
        self.assertRecordValues(following, [{"employee_id": self.binh.id, "manager_id": self.an.id}])
        self.assertEqual(str(following.date), "2026-04-16")
        self.assertEqual(self.talk.action_next()["res_id"], following.id)

    def test_from_the_dossier(self):
        for user, manager in ((self.an_user, self.an), (self.binh_user, self.an), (self.hang_user, self.hang)):
            with self.subTest(user.login):
                opened = self.env["kpi.dossier"].with_user(user).browse(self.binh.id).action_open_talks()
                Talk = self.env["kpi.one.on.one"].with_user(user)
                self.assertEqual(Talk.search(opened["domain"]), Talk.search([]))
                talk = Talk.with_context(**opened["context"]).create({})
                self.assertRecordValues(talk, [{"employee_id": self.binh.id, "manager_id": manager.id}])


@tagged("post_install", "-at_install")
class TestKpiOneOnOneOverHttp(RpcCase, TalkCase):
    def test_by_rpc_nobody_finds_a_private_note(self):
        note = self.talk.sudo().note_ids
        for user in (self.binh_user, self.officer, self.admin):
            self.authenticate(user.login, PASSWORD)
            with self.subTest(user.login):
                found = self.call("kpi.one.on.one.note", "search_count", [["text", "ilike", "Ready"]])
                self.assertEqual(found, 0)
                groups = self.call("kpi.one.on.one.note", "formatted_read_group", [], ["author_id"], ["__count"])
                self.assertFalse(groups)
                by_talk = self.call("kpi.one.on.one", "search_count", [["note_ids.text", "ilike", "Ready"]])
                self.assertEqual(by_talk, 0)
                with self.turned_away():
                    self.call("kpi.one.on.one.note", "read", note.ids, ["text"])
