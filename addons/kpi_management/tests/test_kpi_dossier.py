from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PASSWORD
from .crowd import make_crowd
from .rpc_case import RpcCase
from .test_kpi_kudos import KudosCase


class DossierCase(KudosCase):
    """Bình has a scorecard, an objective, an action, kudos and a talk with An."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.objective = cls.env["kpi.objective"].create(
            {
                "name": "More customers",
                "level": "individual",
                "description": "<p>Bình is shy</p>",
                "owner_id": cls.binh.id,
                "company_id": cls.company.id,
                "date_start": "2026-01-01",
                "date_end": "2026-12-31",
            }
        )
        cls.action = cls.act(cls.an_user, cls.revenue_line, cause_note="Bình was ill")
        cls.kudos = cls.praise(cls.chi_user, employee_id=cls.binh.id)
        cls.talk = cls.env["kpi.one.on.one"].with_user(cls.an_user)
        cls.talk = cls.talk.create({"employee_id": cls.binh.id, "topics": "Complaints", "my_note": "A secret"})
        cls.dossier = cls.env["kpi.dossier"].browse(cls.binh.id)


@tagged("post_install", "-at_install")
class TestKpiDossier(DossierCase):
    """What KPI keeps about a person, seen by the person and those above."""

    def test_the_person_sees_it_all(self):
        mine = self.dossier.with_user(self.binh_user)
        self.assertRecordValues(
            mine,
            [
                {
                    "name": "Bình",
                    "department_id": self.north.id,
                    "scorecard_ids": self.card.ids,
                    "objective_ids": self.objective.ids,
                    "action_ids": self.action.ids,
                    "kudos_ids": self.kudos.ids,
                    "talk_ids": self.talk.ids,
                    "can_export": True,
                    "can_anonymize": False,
                }
            ],
        )
        self.assertEqual(self.env["kpi.dossier"].with_user(self.binh_user).search([]).ids, self.binh.ids)

    def test_others_see_what_they_may_see(self):
        for user, talks, export in ((self.an_user, self.talk, False), (self.officer, self.talk.browse(), True)):
            with self.subTest(user.login):
                dossier = self.dossier.with_user(user)
                self.assertEqual((dossier.scorecard_ids, dossier.talk_ids.ids), (self.card, talks.ids))
                self.assertEqual(dossier.can_export, export)
        for user in (self.chi_user, self.stranger):
            with self.subTest(user.login):
                self.assertFalse(self.env["kpi.dossier"].with_user(user).search([("id", "=", self.binh.id)]))
                with self.assertRaises(AccessError):
                    self.dossier.with_user(user).read(["name"])
                with self.assertRaises(AccessError):
                    self.dossier.with_user(user).action_open()

    def test_the_ways_in(self):
        self.assertEqual(self.env["kpi.dossier"].with_user(self.binh_user).action_open_mine()["res_id"], self.binh.id)
        with self.refused(AccessError, "not linked to an employee"):
            self.env["kpi.dossier"].with_user(self.admin).action_open_mine()
        for user, seen in ((self.an_user, True), (self.binh_user, True), (self.chi_user, False)):
            with self.subTest(user.login):
                public = self.env["hr.employee.public"].with_user(user).browse(self.binh.id)
                self.assertEqual(public.kpi_sees_dossier, seen)
        self.assertEqual(public.action_give_kpi_kudos()["context"], {"default_employee_id": self.binh.id})
        scores = self.dossier.with_user(self.an_user).action_open_scores()
        self.assertEqual(self.env["kpi.scorecard"].search(scores["domain"]), self.card)

    def test_those_who_left_are_found_among_the_archived(self):
        self.binh.action_archive()
        Dossier = self.env["kpi.dossier"].with_user(self.officer)
        self.assertNotIn(self.binh.id, Dossier.search([]).ids)
        self.assertIn(self.binh.id, Dossier.search([("active", "=", False)]).ids)
        self.assertTrue(self.dossier.with_user(self.admin).can_anonymize)
        self.assertFalse(self.dossier.with_user(self.officer).can_anonymize)

    def test_hundreds_cost_as_many_queries_as_ten(self):
        crowd = make_crowd(self.binh, 1000)
        counts = []
        for some in (crowd[:10], crowd[:10], crowd):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            dossiers = self.env["kpi.dossier"].with_user(self.officer).browse(some.ids)
            dossiers.mapped("scorecard_ids")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])


@tagged("post_install", "-at_install")
class TestKpiDossierOverHttp(RpcCase, DossierCase):
    def test_by_rpc_a_colleague_finds_nothing(self):
        for user in (self.chi_user, self.stranger):
            self.authenticate(user.login, PASSWORD)
            for method, args in (("read", [self.binh.ids, ["name"]]), ("action_export", [self.binh.ids])):
                with self.subTest(user.login, method=method), self.turned_away():
                    self.call("kpi.dossier", method, *args)

    def test_the_export_is_downloaded_by_whoever_made_it_alone(self):
        url = self.call_as(self.binh_user, "kpi.dossier", "action_export", self.binh.ids)["url"]
        answer = self.url_open(url)
        self.assertEqual((answer.status_code, answer.content[:2]), (200, b"PK"))
        self.assertIn("B%C3%ACnh.xlsx", answer.headers["Content-Disposition"])
        self.authenticate(self.an_user.login, PASSWORD)
        with mute_logger("odoo.http"):
            self.assertNotEqual(self.url_open(url).content[:2], b"PK")
        with self.turned_away():
            self.call("kpi.dossier", "action_export", self.binh.ids)

    def test_no_dossier_is_written(self):
        self.authenticate(self.officer.login, PASSWORD)
        for method, args in (("write", [self.binh.ids, {"name": "x"}]), ("unlink", [self.binh.ids])):
            with self.subTest(method), self.turned_away():
                self.call("kpi.dossier", method, *args)
