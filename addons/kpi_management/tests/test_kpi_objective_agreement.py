from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Datetime
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.guard import trusted
from .objective_case import ObjectiveCase

NOW = Datetime.to_datetime("2026-04-02 02:00:00")


@tagged("post_install", "-at_install")
class TestKpiObjectiveAgreement(ObjectiveCase):
    """An proposes an objective to Bình, who sells for him: 100 visits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.objective = cls.make_smart("Visit customers", owner_id=cls.binh.id)
        cls.visits = cls.objective.key_result_ids

    def as_user(self, user, objective=None):
        return (objective or self.objective).with_user(user)

    def propose(self, user=None):
        self.as_user(user or self.an_user).action_propose()

    def asked(self, objective=None):
        """Whom an activity asks to act."""
        return (objective or self.objective).activity_ids.user_id

    def test_two_people_put_their_names_and_the_day_on_it(self):
        self.propose()
        self.assertRecordValues(
            self.objective,
            [{"state": "proposed", "waiting_for": "answerable", "proposed_by_id": self.an_user.id}],
        )
        self.assertEqual(self.asked(), self.binh_user)
        self.as_user(self.binh_user).action_agree()
        self.assertRecordValues(
            self.objective,
            [
                {
                    "state": "agreed",
                    "waiting_for": False,
                    "proposed_by_id": self.an_user.id,
                    "proposed_date": NOW,
                    "answered_by_id": self.binh_user.id,
                    "answered_date": NOW,
                    "agreed_date": NOW,
                }
            ],
        )
        self.assertFalse(self.asked())

    def test_the_form_says_where_it_stands(self):
        self.assertFalse(self.objective.agreement_text)
        self.propose()
        self.assertEqual(self.objective.agreement_text, f"It waits for {self.binh_user.name}.")
        offer = {self.objective.key_result_ids[0].id: self.objective.key_result_ids[0].target - 1}
        self.as_user(self.binh_user).action_counter(offer)
        self.assertEqual(
            self.objective.agreement_text, f"Other targets are on offer. It waits for {self.an_user.name}."
        )
        self.as_user(self.an_user).action_agree()
        self.assertEqual(
            self.objective.agreement_text,
            f"Proposed by {self.an_user.name} on 04/02/2026, accepted by {self.binh_user.name} on 04/02/2026.",
        )

    def test_nobody_agrees_with_himself(self):
        self.propose()
        with self.refused(UserError, "waits for"):
            self.as_user(self.an_user).action_agree()
        self.assertEqual(self.objective.state, "proposed")

    def test_neither_a_manager_nor_an_officer_agrees_in_the_place_of_the_owner(self):
        self.propose()
        for user in (self.hang_user, self.officer, self.admin):
            with self.subTest(user.login), self.refused(UserError, "waits for kpi_binh"):
                self.as_user(user).action_agree()

    def test_the_database_knows_two_different_people(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            trusted(self.objective).write({"proposed_by_id": self.an_user.id, "answered_by_id": self.an_user.id})
            self.env.flush_all()

    def test_who_proposes_his_own_agrees_with_his_manager(self):
        own = self.make_smart("Learn English", user=self.binh_user, owner_id=self.binh.id, parent=self.growth)
        self.as_user(self.binh_user, own).action_propose()
        self.assertEqual(self.asked(own), self.an_user)
        for user in (self.binh_user, self.chi_user):
            with self.subTest(user.login), self.assertRaises(UserError):
                self.as_user(user, own).action_agree()
        self.as_user(self.an_user, own).action_agree()
        self.assertRecordValues(
            own,
            [{"state": "agreed", "proposed_by_id": self.binh_user.id, "answered_by_id": self.an_user.id}],
        )

    def test_an_officer_answers_for_an_owner_without_a_login(self):
        worker = self.make_employee("Dũng", self.office)
        objective = self.make_smart("Keep the yard clean", owner_id=worker.id)
        objective.with_user(self.officer).action_propose()
        with self.refused(UserError, "waits for"):
            objective.with_user(self.officer).action_agree()
        objective.with_user(self.admin).action_agree()
        self.assertEqual(objective.state, "agreed")

    def test_a_counter_proposal_is_kept_and_its_acceptance_makes_it_the_target(self):
        self.propose()
        self.as_user(self.binh_user).action_counter({self.visits.id: 80}, "Two of us left")
        self.assertRecordValues(
            self.objective, [{"state": "proposed", "waiting_for": "proposer", "answered_by_id": self.binh_user.id}]
        )
        self.assertEqual((self.visits.target, self.visits.counter_target), (100, 80))
        self.assertEqual(self.asked(), self.an_user)
        with self.assertRaises(UserError):
            self.as_user(self.binh_user).action_agree()
        self.as_user(self.an_user).action_agree()
        self.assertEqual((self.objective.state, self.visits.target), ("agreed", 80))
        self.assertRecordValues(
            self.objective.counter_ids,
            [
                {
                    "side": "answerable",
                    "user_id": self.binh_user.id,
                    "previous": 100,
                    "target": 80,
                    "note": "Two of us left",
                    "state": "accepted",
                }
            ],
        )

    def test_a_counter_proposal_is_countered(self):
        self.propose()
        self.as_user(self.binh_user).action_counter({self.visits.id: 80})
        self.as_user(self.an_user).action_counter({str(self.visits.id): 90}, "Let us meet")
        self.assertRecordValues(
            self.objective, [{"waiting_for": "answerable", "proposed_by_id": self.an_user.id, "answered_by_id": False}]
        )
        self.as_user(self.binh_user).action_agree()
        self.assertEqual((self.objective.state, self.visits.target), ("agreed", 90))
        self.assertEqual(self.objective.counter_ids.sorted("id").mapped("state"), ["countered", "accepted"])

    def test_a_counter_proposal_that_changes_nothing_or_makes_no_sense_is_refused(self):
        self.visits.stretch = 120
        self.propose()
        with self.refused(UserError, "Offer a figure that differs"):
            self.as_user(self.binh_user).action_counter({self.visits.id: 100})
        with self.refused(ValidationError, "stretch lies beyond"):
            self.as_user(self.binh_user).action_counter({self.visits.id: 130})
        for user in (self.an_user, self.officer, self.hang_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.as_user(user).action_counter({self.visits.id: 1})
        self.assertFalse(self.objective.counter_ids)

    def test_it_is_sent_back_with_a_reason(self):
        self.propose()
        with self.refused(UserError, "Say why"):
            self.as_user(self.binh_user).action_return(" ")
        with self.assertRaises(AccessError):
            self.as_user(self.hang_user).action_return("No")
        self.as_user(self.binh_user).action_return("Which customers?")
        self.assertRecordValues(self.objective, [{"state": "draft", "proposed_by_id": False, "waiting_for": False}])
        self.assertIn("Which customers?", self.objective.message_ids[0].body)
        self.assertFalse(self.asked())

    def test_an_open_counter_proposal_is_withdrawn_with_the_objective(self):
        self.propose()
        self.as_user(self.binh_user).action_counter({self.visits.id: 80})
        self.as_user(self.an_user).action_draft()
        self.assertEqual((self.objective.state, self.objective.counter_ids.state), ("draft", "withdrawn"))
        self.assertFalse(self.visits.has_counter)

    def test_the_reviewers_have_to_accept_too(self):
        self.company.kpi_objective_reviewer_id = self.officer
        objective = self.make_smart("Win the North", "department", department_id=self.north.id, owner_id=self.an.id)
        self.north.manager_id = self.hang
        objective.with_user(self.admin).action_propose()
        self.assertEqual(
            {review.user_id: review.side for review in objective.approval_ids},
            {self.officer: "hr", self.hang_user: "department"},
        )
        self.assertEqual(self.asked(objective), self.officer | self.hang_user | self.an_user)
        objective.with_user(self.an_user).action_agree()
        objective.with_user(self.hang_user).action_agree()
        self.assertEqual(objective.state, "proposed", "human resources have not answered yet")
        with self.refused(UserError, "waits for kpi_lan"):
            objective.with_user(self.hang_user).action_agree()
        objective.with_user(self.officer).action_agree()
        self.assertEqual(objective.state, "agreed")
        self.assertEqual(set(objective.approval_ids.mapped("state")), {"accepted"})

    def test_a_reviewer_accepts_other_figures_anew(self):
        self.env["kpi.objective.approval"].create(
            {"objective_id": self.objective.id, "user_id": self.chi_user.id, "side": "other"}
        )
        self.propose()
        self.as_user(self.chi_user).action_agree()
        self.as_user(self.binh_user).action_counter({self.visits.id: 80})
        self.as_user(self.an_user).action_agree()
        self.assertRecordValues(self.objective, [{"state": "proposed", "waiting_for": False}])
        self.assertEqual(self.asked(), self.chi_user)
        self.as_user(self.chi_user).action_agree()
        self.assertEqual(self.objective.state, "agreed")

    def test_a_reviewer_sends_back_with_a_comment(self):
        review = self.env["kpi.objective.approval"].create(
            {"objective_id": self.objective.id, "user_id": self.chi_user.id}
        )
        self.propose()
        self.as_user(self.chi_user).action_return("We have no car")
        self.assertRecordValues(review, [{"state": "refused", "comment": "We have no car"}])
        self.assertEqual(self.objective.state, "draft")
        self.propose()
        self.assertEqual(review.state, "pending", "it is asked anew")

    def test_many_are_proposed_and_accepted_at_once(self):
        others = self.make_smart("Call", owner_id=self.binh.id) | self.make_smart("Write", owner_id=self.binh.id)
        everything = self.objective | others
        everything.with_user(self.an_user).action_propose()
        everything.with_user(self.binh_user).action_agree()
        self.assertEqual(set(everything.mapped("state")), {"agreed"})

    def test_the_number_of_queries_to_propose_does_not_grow(self):
        def crowd(size):
            results = [Command.create({"name": "Visits", "target": 100})]
            made = self.env["kpi.objective"].union(
                *(self.make_smart(f"O{n}", owner_id=self.binh.id, key_result_ids=results) for n in range(size))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            made._check_smart()
            made._add_reviewers()
            return self.env.cr.sql_log_count - before

        crowd(1)  # warms what is cached for good
        self.assertLessEqual(crowd(30), crowd(5))

    def test_only_an_officer_takes_back_what_was_agreed_and_says_why(self):
        self.propose()
        self.as_user(self.binh_user).action_agree()
        for action in ("action_draft", "action_cancel"):
            for user in (self.an_user, self.binh_user, self.hang_user):
                with self.subTest(action, user=user.login), self.assertRaises(AccessError):
                    getattr(self.as_user(user), action)("Because")
            with self.refused(UserError, "Say why"):
                getattr(self.as_user(self.officer), action)()
        self.as_user(self.officer).action_draft("The market fell")
        self.assertRecordValues(
            self.objective, [{"state": "draft", "proposed_by_id": False, "answered_by_id": False, "agreed_date": False}]
        )
        self.assertIn("The market fell", self.objective.message_ids[0].body)

    def test_the_way_by_cancelling_is_closed_as_well(self):
        self.propose()
        self.as_user(self.binh_user).action_agree()
        self.as_user(self.officer).action_cancel("Not any more")
        with self.assertRaises(AccessError):
            self.as_user(self.an_user).action_draft()
        with self.assertRaises(AccessError):
            self.as_user(self.an_user).unlink()
        with self.refused(UserError, "is cancelled"):
            self.as_user(self.an_user).name = "Something else"

    def test_who_proposed_takes_it_back(self):
        own = self.make_smart("Learn English", user=self.binh_user, owner_id=self.binh.id)
        own.with_user(self.binh_user).action_propose()
        own.with_user(self.binh_user).action_draft()
        self.assertEqual(own.state, "draft")
        self.propose()
        with self.assertRaises(AccessError):
            self.as_user(self.binh_user).action_draft()

    def test_the_wizard_takes_the_same_steps(self):
        self.propose()
        answer = self.env["kpi.objective.answer"].with_user(self.binh_user)
        action = self.as_user(self.binh_user).with_context(default_kind="counter").action_ask()
        counter = answer.with_context(**action["context"]).create({"note": "Fewer"})
        self.assertRecordValues(counter.line_ids, [{"key_result_id": self.visits.id, "offered": 100, "target": 100}])
        counter.line_ids.target = 70
        counter.action_confirm()
        self.assertEqual(self.visits.counter_target, 70)
        answer = self.env["kpi.objective.answer"].with_user(self.an_user)
        vals = {"objective_id": self.objective.id, "kind": "return", "note": "Too few"}
        answer.create(vals).action_confirm()
        self.assertEqual(self.objective.state, "draft")
