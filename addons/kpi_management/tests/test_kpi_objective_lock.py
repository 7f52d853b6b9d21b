from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PASSWORD
from .objective_case import ObjectiveCase
from .rpc_case import RpcCase


class LockCase(ObjectiveCase):
    """Bình's objective, agreed with An, and one in draft."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.objective = cls.make_smart("Visit customers", owner_id=cls.binh.id, parent=cls.growth)
        cls.draft = cls.make_smart("Call customers", owner_id=cls.binh.id)
        cls.objective.with_user(cls.an_user).action_propose()
        cls.objective.with_user(cls.binh_user).action_agree()
        cls.result = cls.objective.key_result_ids


@tagged("post_install", "-at_install")
class TestKpiObjectiveLock(LockCase):
    """What two sides agreed on stays as it is, by whatever door one comes."""

    def changes(self, objective):
        """What is agreed, each changed by one door."""
        result = objective.key_result_ids
        field = "key_result_ids"
        drop = Command.delete(result.id)
        add = Command.create({"name": "Calls", "target": 1})
        return {
            "name": lambda: objective.write({"name": "Nothing"}),
            "translation": lambda: objective.update_field_translations("name", {"en_US": "Nothing"}),
            "translated group": lambda: objective.update_field_translations("target_group", {"en_US": "Nobody"}),
            "translated key result": lambda: result.update_field_translations("name", {"en_US": "Nothing"}),
            "description": lambda: objective.write({"description": "Nothing"}),
            "dates": lambda: objective.write({"date_end": "2026-06-30"}),
            "parent": lambda: objective.write({"parent_id": self.north_growth.id}),
            "link from above": lambda: self.north_growth.with_env(objective.env).write(
                {"child_ids": [Command.link(objective.id)]}
            ),
            "weight": lambda: objective.write({"weight": 0}),
            "owner": lambda: objective.write({"owner_id": self.chi.id}),
            "level": lambda: objective.write({"level": "department"}),
            "style": lambda: objective.write({"style": "okr"}),
            "pay": lambda: objective.write({"counts_for_pay": False}),
            "target": lambda: result.write({"target": 1}),
            "target through the objective": lambda: objective.write(
                {field: [Command.update(result.id, {"target": 1})]}
            ),
            "new key result": lambda: objective.write({field: [add]}),
            "new key result on its own": lambda: result.create(
                {"objective_id": objective.id, "name": "Calls", "target": 1}
            ),
            "copied key result": lambda: result.copy(),
            "deletion of the key result": lambda: result.unlink(),
            "deletion through the objective": lambda: objective.write({field: [drop]}),
            "its move": lambda: result.write({"objective_id": self.draft.id}),
            "a move onto it": lambda: self.draft.key_result_ids.with_env(result.env).write(
                {"objective_id": objective.id}
            ),
            "reviewer": lambda: objective.write({"approval_ids": [Command.create({"user_id": self.chi_user.id})]}),
            "deletion": lambda: objective.unlink(),
            "loaded": lambda: self.load_or_raise(objective, ["name"], "Nothing"),
            "loaded target": lambda: self.load_or_raise(result, ["target"], "1"),
            "state": lambda: objective.write({"state": "draft"}),
            "signature": lambda: objective.write({"answered_by_id": objective.env.uid}),
            "day": lambda: objective.write({"agreed_date": False}),
        }

    def load_or_raise(self, record, fields, value):
        record.env.flush_all()
        xmlid = record.sudo().export_data(["id"])["datas"][0][0]
        outcome = record.browse().load(["id", *fields], [[xmlid, value]])
        if not outcome["ids"]:
            raise UserError(outcome["messages"][0]["message"])

    def test_nobody_changes_what_is_agreed(self):
        for user in (self.binh_user, self.an_user, self.officer, self.admin, self.env.user):
            for mark in ({}, {"kpi_trusted": True}):
                objective = self.objective.with_user(user).with_context(**mark)
                for door, change in self.changes(objective).items():
                    with self.subTest(door, user=user.login, **mark), self.assertRaises(UserError):
                        change()
                        self.env.flush_all()

    def test_not_even_sudo_does(self):
        for door, change in self.changes(self.objective.with_user(self.an_user).sudo()).items():
            with self.subTest(door), self.assertRaises(UserError):
                change()
                self.env.flush_all()

    def test_in_draft_the_same_changes_pass(self):
        objective = self.draft.with_user(self.officer)
        refused = {"state", "signature", "day", "a move onto it"}
        for door, change in self.changes(objective).items():
            if door not in refused | {"deletion", "its move"}:
                with self.subTest(door):
                    savepoint = self.env.cr.savepoint(flush=True)
                    change()
                    self.env.flush_all()
                    savepoint.close(rollback=True)
                    self.env.invalidate_all(flush=False)

    def test_what_is_proposed_waits_unchanged(self):
        self.draft.with_user(self.an_user).action_propose()
        for door, change in self.changes(self.draft.with_user(self.an_user)).items():
            if door != "deletion":
                with self.subTest(door), self.assertRaises(UserError):
                    change()
                    self.env.flush_all()

    def test_nothing_is_born_agreed(self):
        for vals in ({"state": "agreed"}, {"proposed_by_id": self.an_user.id}, {"agreed_date": "2026-01-01"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                self.make_smart("New", owner_id=self.binh.id, user=self.officer, **vals)
        context = {"default_state": "agreed", "default_agreed_date": "2026-01-01"}
        made = self.draft.with_user(self.officer).with_context(**context).copy()
        self.assertRecordValues(made, [{"state": "draft", "agreed_date": False}])

    def test_a_copy_of_what_is_agreed_is_a_draft(self):
        copy = self.objective.with_user(self.officer).copy()
        self.assertRecordValues(copy, [{"state": "draft", "proposed_by_id": False, "agreed_date": False}])
        self.assertRecordValues(copy.key_result_ids, [{"target": 100, "result": False}])
        self.assertFalse(copy.counter_ids)

    def test_nobody_types_what_is_measured(self):
        for name, value in (("current", 90), ("result", "ok"), ("grade", 1), ("before", 1)):
            with self.subTest(name), self.assertRaises(AccessError):
                self.draft.key_result_ids.with_user(self.officer).write({name: value})
        with self.assertRaises(AccessError):
            self.draft.with_user(self.officer).progress = 100

    def test_a_reviewer_s_answer_and_a_counter_proposal_are_not_written_by_hand(self):
        review = self.env["kpi.objective.approval"].create({"objective_id": self.draft.id, "user_id": self.chi_user.id})
        for user in (self.officer, self.an_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                review.with_user(user).write({"state": "accepted"})
        vals = {
            "objective_id": self.draft.id,
            "key_result_id": self.draft.key_result_ids.id,
            "side": "proposer",
            "user_id": self.an_user.id,
            "date": "2026-04-01",
            "target": 1,
        }
        for user in (self.officer, self.admin, self.an_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["kpi.objective.counter"].with_user(user).create(vals)

    def test_officers_alone_put_an_agreed_one_away(self):
        with self.assertRaises(AccessError):
            self.objective.with_user(self.an_user).action_archive()
        self.objective.with_user(self.officer).action_archive()
        self.assertFalse(self.objective.active)


@tagged("post_install", "-at_install")
class TestKpiObjectiveRights(LockCase):
    """Who drafts what, and what of another's objective one may see."""

    def test_an_employee_drafts_his_own_and_nobody_else_s(self):
        own = self.make_smart("Learn", user=self.binh_user, owner_id=self.binh.id)
        own.with_user(self.binh_user).write({"key_result_ids": [Command.create({"name": "Exam", "target": 1})]})
        self.assertEqual(len(own.key_result_ids), 2)
        for vals in (
            {"owner_id": self.chi.id},
            {"owner_id": self.an.id},
            {"owner_id": False},
            {"level": "strategic", "parent_id": False},
            {"level": "department", "department_id": self.north.id},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                self.make_smart("Learn", user=self.binh_user, **{"owner_id": self.binh.id, **vals})
            with self.subTest("write", **vals), self.assertRaises(UserError):
                own.with_user(self.binh_user).write(vals)

    def test_the_leader_of_a_department_drafts_what_it_takes_on(self):
        vals = {"owner_id": self.hang.id, "department_id": self.south.id}
        objective = self.make_smart("Win the South", "department", user=self.hang_user, **vals)
        objective.with_user(self.hang_user).action_propose()
        with self.assertRaises(UserError):
            self.make_smart("Office", "department", user=self.hang_user, **{**vals, "department_id": self.office.id})

    def test_a_manager_takes_no_objective_of_the_team_for_himself(self):
        with self.assertRaises(AccessError):
            self.draft.with_user(self.an_user).write({"owner_id": self.hang.id})
        self.draft.with_user(self.hang_user).write({"owner_id": self.chi.id})
        self.assertEqual(self.draft.owner_id, self.chi)

    def test_the_figures_of_a_person_are_not_for_colleagues(self):
        self.assertTrue(self.objective.with_user(self.chi_user).has_access("read"))
        self.assertFalse(self.objective.with_user(self.chi_user).key_result_ids)
        self.assertFalse(self.result.with_user(self.chi_user).has_access("read"))
        for user in (self.binh_user, self.an_user, self.hang_user, self.officer):
            with self.subTest(user.login):
                self.assertTrue(self.result.with_user(user).has_access("read"))

    def test_a_stranger_sees_and_does_nothing(self):
        for record in (self.objective, self.result):
            self.assertFalse(record.with_user(self.stranger).has_access("read"))
        for action in ("action_agree", "action_propose", "action_measure"):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(self.draft.with_user(self.stranger), action)()
        with self.assertRaises(UserError):
            self.make_smart("Elsewhere", company_id=self.other_company.id)

    def test_the_form_offers_an_employee_to_write_his_own(self):
        arch = self.env["kpi.objective"].with_user(self.binh_user).get_view(view_type="list")["arch"]
        self.assertNotIn('create="0"', arch)
        values = self.env["kpi.objective"].with_user(self.binh_user).default_get(["owner_id", "level"])
        self.assertEqual(values, {"owner_id": self.binh.id, "level": "individual"})
        values = self.env["kpi.objective"].with_user(self.officer).default_get(["owner_id", "level"])
        self.assertEqual(values, {"owner_id": False, "level": "strategic"})


@tagged("post_install", "-at_install")
class TestKpiObjectiveOverHttp(RpcCase, LockCase):
    """The same from outside."""

    refusals = ("odoo.exceptions.AccessError", "odoo.exceptions.UserError")

    def test_refusals(self):
        objective, result, draft = self.objective.id, self.result.id, self.draft.id
        model, part = "kpi.objective", "kpi.objective.key.result"
        context = {"kpi_trusted": True}
        for user, attempts in {
            self.binh_user: [
                (part, "write", [result], {"target": 1}),
                (part, "web_save", [result], {"current": 1}, {}),
                (model, "write", [objective], {"state": "done"}),
                (model, "action_cancel", [objective], "No"),
                (model, "action_draft", [objective], "No"),
                (model, "action_waive", draft, "measurable", "I say so"),
            ],
            self.an_user: [
                (model, "web_save", [objective], {"name": "Nothing"}, {}),
                (model, "update_field_translations", [objective], "name", {"en_US": "Nothing"}),
                (part, "write", [result], {"target": 1}),
                (model, "action_draft", [objective], "No"),
            ],
            self.officer: [
                (part, "write", [result], {"target": 1}),
                (model, "write", [draft], {"state": "agreed"}),
                (model, "write", [objective], {"date_end": "2026-11-30"}),
                (model, "_finish", [draft]),
                (part, "_measure_before", [result]),
            ],
            self.stranger: [(model, "read", [objective], ["name"]), (part, "check_in", [result], 5)],
        }.items():
            self.authenticate(user.login, PASSWORD)
            for name, method, *args in attempts:
                with self.subTest(method, user=user.login), self.turned_away():
                    self.call(name, method, *args, context=context)
        self.assertRecordValues(self.objective, [{"name": "Visit customers", "state": "agreed"}])
        self.assertEqual((self.result.target, self.draft.state), (100, "draft"))
