from datetime import date

from odoo import Command
from odoo.api import SUPERUSER_ID, Environment
from odoo.exceptions import UserError
from odoo.tests import tagged

from .sessions_case import SessionsCase


@tagged("post_install", "-at_install")
class TestKpiSessions(SessionsCase):
    """A scorecard that is agreed, and a period that is closed, while somebody changes what belongs to them."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            kpi = env["kpi.definition"].search([("direction", "=", "higher")], limit=1)
            self.measure = env.ref("kpi_management.measure_social_engagements").id
            self.period = env["kpi.period"]._ensure(env.company, "year", date(1971, 1, 1)).id
            self.card = (
                env["kpi.scorecard"]
                .create(
                    {
                        "subject_type": "company",
                        "period_id": self.period,
                        "line_ids": [Command.create({"definition_id": kpi.id, "weight": 100, "target": 1000})],
                    }
                )
                .id
            )
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            env["kpi.scorecard"].browse(self.card).unlink()
            env["kpi.period"].browse(self.period).unlink()

    def agree(self, env):
        env["kpi.scorecard"].browse(self.card).action_agree()
        env.flush_all()

    def retarget(self, env):
        env["kpi.scorecard"].browse(self.card).line_ids.target = 5000
        env.flush_all()

    def close(self, env):
        env["kpi.period"].browse(self.period).action_close()
        env.flush_all()

    def figure(self, env):
        env["kpi.measurement"].create({"measure_id": self.measure, "period_id": self.period, "value": 5})
        env.flush_all()

    def another_card(self, env):
        department = env["hr.department"].create({"name": "Night shift", "company_id": env.company.id})
        vals = {"subject_type": "department", "department_id": department.id, "period_id": self.period}
        env["kpi.scorecard"].create(vals)
        env.flush_all()

    def test_a_target_does_not_change_under_who_agrees_to_it(self):
        self.check_waits(self.agree, self.retarget)
        self.check_waits(self.retarget, self.agree)

    def test_nothing_gets_into_a_period_that_is_being_closed(self):
        for enter in (self.figure, self.another_card):
            with self.subTest(enter.__name__):
                self.check_waits(lambda env: (self.agree(env), self.close(env)), enter)

    def test_a_period_is_not_closed_while_something_is_entered(self):
        for enter in (self.figure, self.another_card):
            with self.subTest(enter.__name__), self.sessions() as (first, second):
                enter(first)
                with self.assertRaises(UserError) as refusal:
                    self.close(second)
                self.assertEqual(str(refusal.exception), "Somebody else is working on 1971. Try again in a moment.")

    def test_two_who_type_figures_do_not_wait_for_each_other(self):
        with self.sessions() as (first, second):
            self.figure(first)
            second["kpi.period"].browse(self.period)._hold_open()
