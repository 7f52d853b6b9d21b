from unittest.mock import patch

from odoo import fields
from odoo.api import Environment
from odoo.tests import Form, tagged

from .test_kpi_one_on_one import TalkCase


@tagged("post_install", "-at_install")
class TestKpiOneOnOneNext(TalkCase):
    """What a talk begins with, and what follows from it."""

    def test_whoever_leads_nobody_talks_about_himself(self):
        self.assertEqual(Form(self.env["kpi.one.on.one"].with_user(self.binh_user)).employee_id, self.binh)
        self.assertFalse(Form(self.env["kpi.one.on.one"].with_user(self.an_user)).employee_id)

    def test_an_objective_for_what_comes_next(self):
        def dates():
            context = self.talk.with_user(self.an_user).action_new_objective()["context"]
            self.assertEqual(context["default_owner_id"], self.binh.id)
            return context["default_date_start"], context["default_date_end"]

        # On 2 April, without a scorecard: the next quarter; with one of a month: the next month.
        self.assertEqual(dates(), ("2026-07-01", "2026-09-30"))
        self.make_card(self.binh, [("T_REVENUE", 100, 100)])
        self.assertEqual(dates(), ("2026-05-01", "2026-05-31"))

    def test_the_objective_is_made_by_the_manager(self):
        context = self.talk.with_user(self.an_user).action_new_objective()["context"]
        objective = self.env["kpi.objective"].with_user(self.an_user).with_context(**context).create({"name": "Sell"})
        self.assertRecordValues(
            objective,
            [{"owner_id": self.binh.id, "level": "individual", "date_start": fields.Date.to_date("2026-07-01")}],
        )

    def test_an_action_for_the_employee(self):
        opened = self.talk.with_user(self.an_user).action_add_action()
        Action = self.env["kpi.action"].with_user(self.an_user).with_context(**opened["context"])
        with Form(Action) as form:
            form.name = "Learn to quote"
            form.deadline = "2026-04-30"
        self.assertRecordValues(
            form.record, [{"employee_id": self.binh.id, "responsible_id": self.binh.id, "cause": False}]
        )

    def test_a_meeting_of_both_in_the_calendar(self):
        if "calendar.event" not in self.env:
            self.skipTest("without the Calendar app")
        for user in (self.an_user, self.binh_user):
            with self.subTest(user.login):
                context = self.talk.with_user(user).action_plan_meeting()["context"]
                Event = self.env["calendar.event"].with_user(user).with_context(**context)
                event = Event.create({"start": "2026-04-02 02:00:00", "stop": "2026-04-02 03:00:00"})
                self.assertRecordValues(event, [{"res_model": "kpi.one.on.one", "res_id": self.talk.id}])
                self.assertEqual(event.partner_ids, (self.an_user | self.binh_user).partner_id)
                self.assertIn(event, self.talk.sudo().activity_ids.calendar_event_id)

    def test_without_a_calendar_an_activity_for_the_other_one(self):
        def without_calendar(env, name):
            return name != "calendar.event" and name in env.registry

        for user, other in ((self.an_user, self.binh_user), (self.binh_user, self.an_user)):
            with patch.object(Environment, "__contains__", without_calendar):
                context = self.talk.with_user(user).action_plan_meeting()["context"]
            self.assertEqual(context["default_activity_user_id"], other.id)
            wizard = self.env["mail.activity.schedule"].with_user(user).with_context(**context).create({})
            wizard.action_schedule_activities()
        self.assertEqual(self.talk.sudo().activity_ids.user_id, self.an_user | self.binh_user)
