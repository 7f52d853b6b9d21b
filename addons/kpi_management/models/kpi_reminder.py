from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import html2plaintext

KINDS = [("figures", "Figures to enter"), ("agree", "Scorecards to agree"), ("behind", "KPIs that fall behind")]
# A KPI that falls behind again so soon after it had caught up brings no new reminder.
REST = timedelta(days=7)
KEPT = timedelta(days=92)
TIME_TO_ACT = timedelta(days=3)


class KpiReminder(models.Model):
    """What somebody was reminded of: one open row per matter and person, so that nobody is told twice.

    The reminder itself is an Odoo activity. Whoever marks it done by hand hears of the matter no more, though the row
    stays open until it is settled; what is settled takes its activity away.
    """

    _name = "kpi.reminder"
    _description = "KPI Reminder"
    _order = "id desc"
    _rec_name = "kind"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    period_id = fields.Many2one("kpi.period", readonly=True, index="btree_not_null", ondelete="cascade")
    scorecard_id = fields.Many2one("kpi.scorecard", readonly=True, index="btree_not_null", ondelete="cascade")
    activity_id = fields.Many2one("mail.activity", readonly=True, index="btree_not_null", ondelete="set null")
    done_date = fields.Date(readonly=True, string="Settled on")

    _unique_open = models.UniqueIndex(
        "(kind, user_id, COALESCE(period_id, 0), COALESCE(scorecard_id, 0)) WHERE done_date IS NULL"
    )

    @api.model
    def _cron_remind(self):
        """Daily: remind of what is due, and take away what is settled or turned off."""
        for company in self.env["res.company"].search([]):
            self._remind(company)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _remind(self, company):
        due = self.env["kpi.reminder.due"]
        for kind, _name in KINDS:
            wanted = due._collect(kind, company) if company[f"kpi_remind_{kind}"] else {}
            wanted = {(user, record): notes for (user, record), notes in wanted.items() if user[f"kpi_remind_{kind}"]}
            self._sync(kind, company, wanted)

    @api.model
    def _sync(self, kind, company, wanted):
        """Make the open reminders of a kind those that are wanted.

        :param dict wanted: {(user, record): what the matter is about, as a list of texts in the user's language}
        """
        today = fields.Date.context_today(self)
        known = self.search(
            [
                ("kind", "=", kind),
                ("company_id", "=", company.id),
                "|",
                ("done_date", "=", False),
                ("done_date", ">", today - REST),
            ]
        )
        opened = {(row.user_id, row._record()): row for row in known if not row.done_date}
        self.browse([row.id for place, row in opened.items() if place not in wanted])._settle()
        for place in wanted.keys() & opened.keys():
            opened[place]._refresh(wanted[place])
        rested = {(row.user_id, row._record()) for row in known if row.done_date}
        new = [place for place in wanted if place not in opened and (kind != "behind" or place not in rested)]
        self._give(kind, company, {place: wanted[place] for place in new})

    @api.model
    def _give(self, kind, company, wanted):
        activities = self.env["mail.activity"].with_context(mail_activity_quick_update=True, kpi_subscribed=True)
        activity_type = self.env.ref(f"kpi_management.activity_type_{kind}")
        created = activities.create(
            [self._prepare_activity(activity_type, user, record, notes) for (user, record), notes in wanted.items()]
        )
        self.create(
            [
                {
                    "kind": kind,
                    "user_id": user.id,
                    "company_id": company.id,
                    self._record_field(record): record.id,
                    "activity_id": activity.id,
                }
                for (user, record), activity in zip(wanted, created, strict=True)
            ]
        )

    @api.model
    def _prepare_activity(self, activity_type, user, record, notes):
        return {
            "activity_type_id": activity_type.id,
            "automated": True,
            "res_model_id": self.env["ir.model"]._get_id(record._name),
            "res_id": record.id,
            "res_name": record.display_name,
            "user_id": user.id,
            "summary": activity_type.with_context(lang=user.lang).name,
            "note": self._note(notes),
            "date_deadline": fields.Date.context_today(self) + TIME_TO_ACT,
        }

    @api.model
    def _note(self, notes):
        return self.env["ir.qweb"]._render("kpi_management.reminder_note", {"notes": notes})

    def _refresh(self, notes):
        """What a reminder is about may change while it stands."""
        activity = self.activity_id
        if activity and html2plaintext(activity.note) != html2plaintext(self._note(notes)):
            activity.note = self._note(notes)

    def _settle(self):
        """The matter is settled: the activity goes, and it may be reminded of again another time."""
        self.activity_id.unlink()
        self.done_date = fields.Date.context_today(self)

    def _record(self):
        return self.period_id or self.scorecard_id

    @api.model
    def _record_field(self, record):
        return {"kpi.period": "period_id", "kpi.scorecard": "scorecard_id"}[record._name]

    @api.autovacuum
    def _gc_settled(self):
        """Forget what was settled long enough ago."""
        self.search([("done_date", "<", fields.Date.context_today(self) - KEPT)], limit=10_000).unlink()

    @api.model
    def _settle_of(self, kind, records):
        """Settle the open reminders about these records; called when something happens that settles them at once."""
        # sudo: reminders are the system's; whoever settles a matter settles it for all that were reminded.
        rows = self.sudo().search(
            [("kind", "=", kind), ("done_date", "=", False), (self._record_field(records), "in", records.ids)]
        )
        rows._settle()


class KpiPeriod(models.Model):
    _name = "kpi.period"
    _inherit = ["kpi.period", "mail.activity.mixin"]

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Override: a reminder makes nobody a follower."""
        if self.env.context.get("kpi_subscribed"):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)


class KpiScorecard(models.Model):
    _inherit = "kpi.scorecard"

    def write(self, vals):
        """Override: what was proposed or agreed needs no reminder any more."""
        result = super().write(vals)
        if vals.get("state", "draft") != "draft":
            self.env["kpi.reminder"]._settle_of("agree", self)
        return result


class KpiMeasurement(models.Model):
    _inherit = "kpi.measurement"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: with the last figure of a period, the reminder of it goes."""
        figures = super().create(vals_list)
        # sudo: reminders are the system's, and so is the list of what is missing.
        reminders = self.env["kpi.reminder"].sudo()
        waiting = reminders.search(
            [("kind", "=", "figures"), ("done_date", "=", False), ("company_id", "in", figures.company_id.ids)]
        )
        due = self.env["kpi.reminder.due"].sudo()
        for company, rows in waiting.grouped("company_id").items():
            missing = due._collect("figures", company)
            rows.filtered(lambda row, missing=missing: (row.user_id, row._record()) not in missing)._settle()
        return figures
