from odoo import fields, models


class KpiMeetingMixin(models.AbstractModel):
    """Talks of two people about a record: an event of both in Calendar, else a meeting activity for the other one."""

    _name = "kpi.meeting.mixin"
    _description = "Talk of Two"

    def _plan_meeting(self, title, users, day=None):
        """Plan a talk about this record.

        :param str title: what it is about, with the names
        :param users: the ``res.users`` of both sides, as far as they have some
        :param date day: when; today when it is not given
        :return: a window action: the calendar, in which an event is of both and stands on the record; without Calendar
            the dialog for an activity of whoever of the two is not the user
        """
        self.ensure_one()
        day = day or fields.Date.context_today(self)
        if "calendar.event" in self.env:
            return {
                **self.env["ir.actions.act_window"]._for_xml_id("calendar.action_calendar_event"),
                "domain": [],
                "context": {
                    "default_res_model": self._name,
                    "default_res_id": self.id,
                    "default_name": title,
                    "default_partner_ids": users.partner_id.ids,
                    "default_user_id": self.env.uid,
                    "initial_date": fields.Date.to_string(day),
                },
            }
        return self._schedule_meeting(title, users, day)

    def _schedule_meeting(self, title, users, day=None):
        """The dialog for a meeting activity of whoever of the two is not the user; see ``_plan_meeting``."""
        self.ensure_one()
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan a meeting"),
            "res_model": "mail.activity.schedule",
            "view_mode": "form",
            "target": "new",
            "context": {
                "active_model": self._name,
                "active_id": self.id,
                "active_ids": self.ids,
                "default_activity_type_id": self.env.ref("mail.mail_activity_data_meeting").id,
                "default_summary": title,
                "default_activity_user_id": ((users - self.env.user) or self.env.user)[:1].id,
            },
        }
        if day:
            action["context"]["default_date_deadline"] = fields.Date.to_string(day)
        return action
