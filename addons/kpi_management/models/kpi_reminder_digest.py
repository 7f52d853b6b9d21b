from collections import defaultdict

from odoo import api, models
from odoo.fields import Command

from ..engine import number_text, round_half_up, to_decimal
from .cockpit_tree import STATUSES, attention, standing

# What a mail shows; the rest is behind its button.
OWN_SHOWN, TEAM_SHOWN = 12, 15
# Fields a mail needs; the explanations of all lines would fill the memory.
LINE_FIELDS = (
    "scorecard_id",
    "definition_id",
    "target",
    "actual",
    "attainment",
    "forecast",
    "status",
    "result",
    "subject_type",
    "employee_id",
    "department_id",
    "company_id",
    "period_id",
)


class KpiReminderDigest(models.AbstractModel):
    """The weekly mail: one's own KPIs, those of the team, and what waits for one."""

    _name = "kpi.reminder.digest"
    _description = "KPI Weekly Mail"

    @api.model
    def _cron_send(self):
        """Weekly: queue a mail for everybody who has something to read in it."""
        self._send(self.env["res.company"].search([("kpi_digest", "=", True)]))

    @api.model
    def _send(self, companies):
        """Queue the mails of these companies.

        :return: the ``mail.mail`` records; Odoo's own queue sends them
        """
        own, team = self._collect(companies)
        todo = self._todo(companies)
        users = self.env["res.users"].union(*own, *team, *todo)
        users.fetch(self.env["kpi.reminder.due"]._user_fields())
        wanted = [user for user in users.sorted("id") if self._wants(user)]
        return self.env["mail.mail"].create(
            [self._prepare_mail(user, own.get(user), team.get(user, {}), todo.get(user)) for user in wanted]
        )

    @api.model
    def _wants(self, user):
        return user.active and not user.share and user.kpi_digest and user.email

    # ---------------------------------------------------------------- what there is to say

    @api.model
    def _collect(self, companies):
        """The running KPIs: ({user: own lines}, {manager: {employee: lines}})"""
        Line, due = self.env["kpi.scorecard.line"], self.env["kpi.reminder.due"]
        lines = Line.search_fetch(
            [
                ("period_id", "in", self._running(companies).ids),
                ("scorecard_id.state", "in", ("agreed", "running", "review")),
            ],
            LINE_FIELDS,
        )
        # Their names need the one, their targets the other: read for all at once.
        lines.mapped("parameter_value_ids")
        lines.mapped("change_ids")
        holders, people = due._holders(lines.scorecard_id), due._people(lines.employee_id)
        own_ids, team_ids = defaultdict(list), defaultdict(lambda: defaultdict(list))
        for line in lines:
            holder, person = holders.get(line.scorecard_id), people.get(line.employee_id)
            if holder and due._reaches(holder, line.company_id):
                own_ids[holder].append(line.id)
            if person and person.manager and due._reaches(person.manager, line.company_id):
                team_ids[person.manager][line.employee_id].append(line.id)
        keep = lines._prefetch_ids
        own = {user: Line.browse(ids).with_prefetch(keep) for user, ids in own_ids.items()}
        team = {
            user: {employee: Line.browse(ids).with_prefetch(keep) for employee, ids in members.items()}
            for user, members in team_ids.items()
        }
        return own, team

    @api.model
    def _running(self, companies):
        periods = self.env["kpi.period"].search([("company_id", "in", companies.ids), ("state", "=", "open")])
        return periods.filtered(lambda period: period._has_begun() and not period._has_ended())

    @api.model
    def _todo(self, companies):
        """{user: [(activity type, how many wait)]}, of all that is asked about KPIs"""
        rows = self.env["mail.activity"]._read_group(
            [
                ("res_model", "=like", "kpi.%"),
                ("user_id.company_id", "in", companies.ids),
                # The KPIs that fall behind stand in the mail themselves.
                ("activity_type_id", "!=", self.env.ref("kpi_management.activity_type_behind").id),
            ],
            ["user_id", "activity_type_id"],
            ["__count"],
        )
        todo = defaultdict(list)
        for user, activity_type, count in rows:
            todo[user].append((activity_type, count))
        return todo

    # ---------------------------------------------------------------- the mail

    @api.model
    def _prepare_mail(self, user, own, team, todo):
        """Values of one mail, in the user's language."""
        digest = self.with_context(lang=user.lang or self.env.lang)
        values = digest._prepare_content(user, own, team, todo or [])
        company = user.company_id
        return {
            "subject": digest._subject(values),
            "body_html": digest.env["ir.qweb"]._render("kpi_management.reminder_digest", values),
            "recipient_ids": [Command.link(user.partner_id.id)],
            "email_from": company.email_formatted or self.env.user.email_formatted,
            "reply_to": company.email_formatted or self.env.user.email_formatted,
            "author_id": company.partner_id.id,
            "message_type": "email_outgoing",
            "auto_delete": True,
        }

    def _prepare_content(self, user, own, team, todo):
        lines = (own or self.env["kpi.scorecard.line"]).with_context(lang=self.env.lang)
        shown = lines.sorted(lambda line: (STATUSES.index(standing(line.result, line.status)), line.id))
        members = sorted(team.items(), key=lambda item: (attention(self._counts(item[1]), None), item[0].name))
        return {
            "user": user,
            "greeting": self.env._("Good morning, %s", user.name),
            "lang": (self.env.lang or "en_US").replace("_", "-"),
            "own": [self._prepare_line(line) for line in shown[:OWN_SHOWN]],
            "own_more": self._more_text(len(shown) - OWN_SHOWN),
            "team": [self._prepare_member(employee, lines) for employee, lines in members[:TEAM_SHOWN]],
            "team_more": self._more_text(len(members) - TEAM_SHOWN),
            "todo": [(kind.with_context(lang=self.env.lang).name, count) for kind, count in todo],
            "counts": self._counts(lines),
            "team_counts": self._counts(lines.browse().union(*team.values())),
            "base_url": self.get_base_url(),
        }

    def _subject(self, values):
        counts = values["counts"] if values["own"] else values["team_counts"]
        if not (values["own"] or values["team"]):
            return self.env._("KPI: something waits for you")
        whose = self.env._("Your KPIs") if values["own"] else self.env._("Your team's KPIs")
        news = [self._count_text(status, counts[status]) for status in ("behind", "at_risk") if counts[status]]
        return f"{whose}: {', '.join(news)}" if news else self.env._("%s: nothing is behind", whose)

    def _prepare_line(self, line):
        show = self.env["kpi.scorecard.explanation"]
        measured = line.result == "ok"
        # What counts for the whole period, where the target changed within it.
        target = line.effective_target if line.change_ids else line.target
        heading = measured and line.status in ("behind", "at_risk") and line.forecast != line.actual
        return {
            "name": line.display_name,
            "about": " · ".join(
                filter(None, [line.subject_type != "employee" and line.subject_name, line.period_id.name])
            ),
            "actual": self._shown(line, line.actual) if measured else self._selected(line, "result"),
            "target": line.direction != "band" and self.env._("of %s", self._shown(line, target)),
            "attainment": measured and show._number(str(line.attainment)),
            "width": round(min(max(line.attainment, 0), 100)) if measured else 0,
            "status": line.status,
            "status_text": line.status != "none" and self._selected(line, "status"),
            "forecast": heading and self.env._("At this pace it ends at %s.", self._shown(line, line.forecast)),
        }

    def _shown(self, line, value):
        """A value in the unit of the line's KPI, as the screens round it."""
        text = number_text(round_half_up(to_decimal(value), 2))
        return self.env["kpi.scorecard.explanation"]._format(line, text)

    def _prepare_member(self, employee, lines):
        behind = lines.with_context(lang=self.env.lang).filtered(lambda line: line.status == "behind")
        counts = self._counts(lines)
        return {
            "name": employee.name,
            "news": [
                (status, self._count_text(status, counts[status]))
                for status in ("behind", "at_risk", "on_track")
                if counts[status]
            ],
            "behind": ", ".join(behind.mapped("display_name")),
        }

    def _counts(self, lines):
        counts = dict.fromkeys(STATUSES, 0)
        for line in lines:
            counts[standing(line.result, line.status)] += 1
        return counts

    def _count_text(self, status, count):
        texts = {
            "behind": self.env._("%s behind", count),
            "at_risk": self.env._("%s at risk", count),
            "on_track": self.env._("%s on track", count),
        }
        return texts[status]

    def _more_text(self, count):
        return count > 0 and self.env._("And %s more.", count)

    def _selected(self, record, name):
        """The label of a selection, in the language of the mail; nothing chosen: a dash."""
        return dict(record._fields[name]._description_selection(self.env)).get(record[name], "–")
