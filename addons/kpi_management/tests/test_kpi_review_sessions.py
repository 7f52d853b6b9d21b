from datetime import date

import psycopg2

from odoo.api import SUPERUSER_ID, Environment
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..models.guard import as_system
from .sessions_case import SessionsCase

RATERS = ("dung", "giang", "chi")


@tagged("post_install", "-at_install")
class TestKpiReviewSessions(SessionsCase):
    """Two who answer, ask or calibrate at once.

    Bình is led by An; three colleagues are asked about him, of whom Dũng has answered.
    """

    def setUp(self):
        super().setUp()
        self.addCleanup(self._clean)
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {"tracking_disable": True, "no_reset_password": True})
            self.users = {}
            people = {name: self._make_person(env, name) for name in ("an", "binh", *RATERS)}
            people["binh"].parent_id = people["an"]
            self.people = {name: person.id for name, person in people.items()}
            self._make_cycle(env)

    def _make_person(self, env, name):
        user = new_test_user(env, login=f"session_{name}", groups="base.group_user")
        self.users[name] = user.id
        vals = {"name": name, "user_id": user.id, "company_id": env.company.id}
        return env["hr.employee"].create({**vals, "date_version": "1971-01-01", "contract_date_start": "1971-01-01"})

    def _make_cycle(self, env):
        competency = env["kpi.competency"].create({"name": "Care of sessions"})
        line = Command.create({"competency_id": competency.id})
        template = env["kpi.review.template"].create({"name": "Sessions", "line_ids": [line]})
        period = env["kpi.period"]._ensure(env.company, "year", date(1972, 1, 1))
        weights = {"use_peer": True, "kpi_weight": 0, "manager_weight": 50, "peer_weight": 50}
        cycle = env["kpi.review.cycle"].create(
            {"name": "Sessions", "period_id": period.id, "template_ids": template.ids, "leader_id": False, **weights}
        )
        self.made = {record._name: record.id for record in (competency, template, period, cycle)}
        cycle.action_launch()
        review = cycle.review_ids.filtered(lambda each: each.employee_id.id == self.people["binh"])
        self.review = review.id
        as_system(review)._ask("peer", as_system(env["hr.employee"]).browse(self.people[name] for name in RATERS), {})
        self.give(env, "dung")

    def _clean(self):
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            cycle = as_system(env["kpi.review.cycle"]).search([("name", "=", "Sessions")])
            reviews = cycle.review_ids
            reviews._forget_activities()
            reviews._forget_drafts()
            cr.execute("DELETE FROM kpi_review WHERE cycle_id IN %s", [cycle._ids or (0,)])
            cr.execute("DELETE FROM kpi_review_cycle WHERE id IN %s", [cycle._ids or (0,)])
            env.invalidate_all(flush=False)
            for model in ("kpi.review.template", "kpi.competency", "kpi.period"):
                env[model].browse(self.made.get(model, ())).unlink()
            env["hr.employee"].browse(getattr(self, "people", {}).values()).unlink()
            env["hr.employee"].search([("name", "=", "Joiner of sessions")]).unlink()
            env["res.users"].browse(self.users.values()).unlink()

    # what each does, as himself

    def _row(self, env, name, side="peer"):
        user = env["res.users"].browse(self.users[name])
        domain = [("review_id", "=", self.review), ("side", "=", side), ("user_id", "=", user.id)]
        return env["kpi.review.feedback"].with_user(user).search(domain)

    def give(self, env, name, side="peer"):
        row = self._row(env, name, side)
        row.action_fill()
        row.draft_ids.rating = "4"
        row.action_submit()
        env.flush_all()

    def decline(self, env):
        self._row(env, "chi").action_decline()
        env.flush_all()

    def cycle(self, env):
        return env["kpi.review.cycle"].browse(self.made["kpi.review.cycle"])

    def calibrate(self, env):
        self.cycle(env).action_calibrate()
        env.flush_all()

    def ask(self, env):
        review = env["kpi.review"].browse(self.review).with_user(self.users["an"])
        review.action_ask("peer", [self.people["an"]])
        env.flush_all()

    def join(self, env):
        person = env["hr.employee"].create({"name": "Joiner of sessions", "company_id": env.company.id})
        person.version_id.write({"date_version": "1972-01-01", "contract_date_start": "1972-01-01"})
        self.cycle(env).action_launch()
        env.flush_all()

    # ------------------------------------------------------------ tests

    def test_the_last_two_do_not_miss_each_other(self):
        self.check_waits(lambda env: self.give(env, "giang"), lambda env: self.give(env, "chi"))
        self.check_waits(lambda env: self.give(env, "giang"), self.decline)
        self.check_waits(lambda env: self.give(env, "binh", "self"), lambda env: self.give(env, "an", "manager"))

    def test_who_was_second_shows_the_side(self):
        with self.sessions() as (first, second):
            self._row(second, "chi").read(["state"])
            self.give(first, "giang")
            first.cr.commit()
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                self.give(second, "chi")
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            self.give(env, "chi")
            review = env["kpi.review"].browse(self.review)
            self.assertEqual((len(review.answer_ids), review.shown), (3, {"peer": True}))
            cr.rollback()

    def test_no_answer_is_lost_while_the_assessments_end(self):
        for late in (lambda env: self.give(env, "giang"), self.decline, self.ask):
            self.check_waits(self.calibrate, late)
            self.check_waits(late, self.calibrate)

    def test_nobody_joins_while_the_assessments_end(self):
        with self.sessions() as (first, second):
            self.calibrate(first)
            with self.assertRaises(UserError) as refusal:
                self.cycle(second).action_launch()
            self.assertIn("being launched already", str(refusal.exception))
        with self.sessions() as (first, second):
            self.join(first)
            first.cr.commit()
            # A mere lock would let it go on without the one who joined.
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                self.calibrate(second)

    def test_two_who_grade_the_same_person(self):
        with self.registry.cursor() as cr:
            self.calibrate(Environment(cr, SUPERUSER_ID, {}))

        def propose(env):
            grade = self.cycle(env).scale_id.grade_ids[0]
            env["kpi.review"].browse(self.review).with_user(self.users["an"]).action_propose_grade(grade.id, "Good")
            env.flush_all()

        def fix(env):
            self.cycle(env).action_talk()
            env.flush_all()

        self.check_waits(propose, propose)
        self.check_waits(propose, fix)
        self.check_waits(fix, propose)
