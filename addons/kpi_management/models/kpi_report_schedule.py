from calendar import monthrange
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .guard import trusted
from .kpi_period import PERIOD_TYPES

# Mails of a day are there when people come in, on the clock of their company.
MORNING = timedelta(hours=5)


class KpiReportSchedule(models.Model):
    """Reports that come by mail, again and again; everybody gets what he may see himself, and no more."""

    _name = "kpi.report.schedule"
    _description = "Report by Mail"
    _inherit = ["mail.thread"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    responsible_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.user,
        required=True,
        check_company=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Is told when somebody could not get the report.",
    )
    content = fields.Selection(
        [
            ("own", "Each person's scorecard"),
            ("team", "Each manager's team"),
            ("department", "Departments"),
            ("company", "Whole company"),
        ],
        string="Report",
        required=True,
        default="own",
        help="Each person's own scorecard comes once it is agreed. The other reports hold those that are not agreed yet "
        "as well, marked as such.",
    )
    department_ids = fields.Many2many("hr.department", string="Departments", check_company=True)
    report_format = fields.Selection(
        [("pdf", "PDF"), ("xlsx", "Excel (XLSX)")], string="Format", required=True, default="pdf"
    )
    recipient_ids = fields.Many2many(
        "res.users",
        string="Recipients",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Everybody gets what he may see himself.",
    )
    period_type = fields.Selection(PERIOD_TYPES, required=True, default="month")
    period_choice = fields.Selection(
        [("running", "The running one"), ("last", "The last one that ended")],
        string="Which period",
        required=True,
        default="running",
    )
    frequency = fields.Selection(
        [("week", "Every week"), ("month", "Every month"), ("close", "When a period closes")],
        string="How often",
        required=True,
        default="week",
    )
    weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        string="On",
        required=True,
        default="0",
    )
    month_day = fields.Integer(string="On day", required=True, default=1, help="In a shorter month: on its last day.")
    next_date = fields.Date(compute="_compute_next_date", store=True, string="Next on")
    last_sent = fields.Datetime(readonly=True, copy=False)
    run_count = fields.Integer(compute="_compute_run_count")

    _day_of_month = models.Constraint(
        "CHECK(month_day BETWEEN 1 AND 31)", "The day of the month is a number from 1 to 31."
    )

    @api.depends("active", "frequency", "weekday", "month_day", "company_id")
    def _compute_next_date(self):
        """None while it is archived: taken back, it begins with its next day, not with those that went by."""
        for schedule in self:
            schedule.next_date = schedule.active and schedule._day_after(schedule._today())

    def _compute_run_count(self):
        counts = dict(
            self.env["kpi.report.run"]._read_group([("schedule_id", "in", self.ids)], ["schedule_id"], ["__count"])
        )
        for schedule in self:
            schedule.run_count = counts.get(schedule, 0)

    @api.constrains("content", "department_ids", "recipient_ids")
    def _check_complete(self):
        for schedule in self:
            if schedule.content == "department" and not schedule.department_ids:
                raise ValidationError(self.env._("Choose the departments that %s reports on.", schedule.name))
            if schedule.content in ("department", "company") and not schedule.recipient_ids:
                raise ValidationError(self.env._("Choose who gets %s.", schedule.name))

    def action_send_now(self):
        """Send the report to all its recipients now, in the background.

        :raises UserError: when there is no period to report on
        """
        self.check_access("write")
        for schedule in self:
            period = schedule._period_or_raise()
            trusted(self.env["kpi.report.run"]).create(
                {"schedule_id": schedule.id, "period_id": period.id, "date": schedule._today(), "kind": "manual"}
            )
        # sudo: nothing is asked of the job but to begin.
        self.env.ref("kpi_management.cron_report_send").sudo()._trigger()
        return self._notify(self.env._("The reports are being made and sent."))

    def action_send_test(self):
        """Send the report to the user alone, at once.

        :raises UserError: when there is nothing in it that the user may see, or the user has no e-mail address
        """
        self.ensure_one()
        self.check_access("write")
        run = trusted(self.env["kpi.report.run"]).create(
            {
                "schedule_id": self.id,
                "period_id": self._period_or_raise().id,
                "date": self._today(),
                "kind": "test",
                "tester_id": self.env.uid,
            }
        )
        delivery = run._deliver(self.env.user, now=True)
        if delivery.state != "sent":
            raise UserError(delivery._reason())
        run._finish()
        return self._notify(self.env._("A test was sent to %s.", self.env.user.email))

    def action_open_runs(self):
        """Open what was sent so far."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_report_run")
        return {**action, "domain": [("schedule_id", "=", self.id)]}

    def _notify(self, text):
        params = {"type": "success", "message": text, "next": {"type": "ir.actions.client", "tag": "soft_reload"}}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

    # ---------------------------------------------------------------- when, and of which period

    def _now(self):
        """Now, on the clock of the company."""
        tz = self.env["kpi.measure.query"]._tz(self.company_id or self.env.company)
        return fields.Datetime.context_timestamp(self.with_context(tz=tz), fields.Datetime.now())

    def _today(self):
        return self._now().date()

    def _day_after(self, day):
        """The next day after this one on which it is sent; none where closing a period sends it."""
        if self.frequency == "week":
            return day + timedelta(days=(int(self.weekday) - day.weekday() - 1) % 7 + 1)
        if self.frequency == "month":
            found = _in_month(day, self.month_day)
            return found if found > day else _in_month(_next_month(day), self.month_day)
        return False

    def _period(self):
        """The period to report on today; empty when there is none."""
        today = self._today()
        days = [("date_end", ">=", today)] if self.period_choice == "running" else [("date_end", "<", today)]
        domain = [("company_id", "=", self.company_id.id), ("period_type", "=", self.period_type), *days]
        return self.env["kpi.period"].search([*domain, ("date_start", "<=", today)], order="date_start desc", limit=1)

    def _period_or_raise(self):
        if period := self._period():
            return period
        raise UserError(self.env._("%s: there is no such period. Create it, or choose another one.", self.name))

    # ---------------------------------------------------------------- the job

    @api.model
    def _cron_send(self):
        """Hourly: begin what is due, then send, a commit after each mail; what was sent is sent no second time."""
        self._begin_due()
        runs = self.env["kpi.report.run"].search([("state", "=", "waiting")], order="id")
        todo = [(run, user) for run in runs for user in run._waiting_users()]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(todo))
        for run, user in todo:
            run._deliver(user)
            if not cron._commit_progress(1):
                return
        for run in runs:
            run._finish()
        cron._commit_progress()

    @api.model
    def _begin_due(self):
        """Open a run for each schedule whose day has come."""
        for schedule in self.search([("next_date", "!=", False)]):
            if (schedule._now() - MORNING).date() >= schedule.next_date:
                schedule._begin(schedule._period(), schedule.next_date)
                schedule.next_date = schedule._day_after(schedule._today())

    def _begin(self, period, day):
        """Open a run for this day, unless there is one."""
        if not period:
            self.message_post(body=self.env._("There is no such period: nothing was sent."))
            return
        Run = self.env["kpi.report.run"]
        vals = {"schedule_id": self.id, "period_id": period.id, "date": day, "kind": "due"}
        if not Run.search_count([(name, "=", value) for name, value in vals.items()], limit=1):
            trusted(Run).create(vals)


class KpiPeriod(models.Model):
    _inherit = "kpi.period"

    def action_close(self):
        """Extend: what is to be sent when a period closes is sent."""
        closing = self.filtered(lambda period: period.state != "closed")
        result = super().action_close()
        closing.filtered(lambda period: period.state == "closed")._begin_reports()
        return result

    def _begin_reports(self):
        # sudo: schedules are the officers'; closing only opens their runs.
        Schedule = self.env["kpi.report.schedule"].sudo()
        schedules = Schedule.search([("frequency", "=", "close"), ("company_id", "in", self.company_id.ids)])
        for schedule in schedules:
            for period in self:
                if (period.company_id, period.period_type) == (schedule.company_id, schedule.period_type):
                    schedule._begin(period, schedule._today())
        if schedules:
            self.env.ref("kpi_management.cron_report_send").sudo()._trigger()


def _in_month(day, number):
    """The day of this number in the month of a day; the month's last one where it is shorter."""
    return day.replace(day=min(number, monthrange(day.year, day.month)[1]))


def _next_month(day):
    return day.replace(day=1) + timedelta(days=32)
