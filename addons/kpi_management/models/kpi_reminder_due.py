from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import groupby

from .kpi_reminder_settings import SWITCHES

# What lies further back is left to the checklist of the period.
LOOK_BACK = timedelta(days=62)
# So early in a period one sale more or less makes a KPI fall behind and catch up again.
BEHIND_FROM = Decimal("0.25")


class Person(NamedTuple):
    """The users of somebody who works here, and of his manager; empty where there is none."""

    user: models.Model
    manager: models.Model


class KpiMeasure(models.Model):
    _inherit = "kpi.measure"

    responsible_id = fields.Many2one(
        "res.users",
        string="Entered by",
        domain=lambda self: [("all_group_ids", "in", self.env.ref("kpi_management.group_kpi_officer").ids)],
        ondelete="set null",
        help="The KPI officer who is reminded of missing figures. Empty: all officers of the company.",
    )


class KpiReminderDue(models.AbstractModel):
    """Finds what people are to be reminded of: a company at a time, everybody at once."""

    _name = "kpi.reminder.due"
    _description = "KPI Matters Due"

    @api.model
    def _collect(self, kind, company):
        """What is due of a kind in a company.

        :return: {(user, record): texts in the user's language}; active users of the company alone
        """
        due = getattr(self, f"_due_{kind}")(company)
        self.env["res.users"].union(*(user for user, _record in due)).fetch(self._user_fields())
        return {place: notes for place, notes in due.items() if self._reaches(place[0], company)}

    @api.model
    def _user_fields(self):
        """What is asked of users, to be read of all at once."""
        return ["active", "share", "company_id", "company_ids", "partner_id", *SWITCHES]

    @api.model
    def _reaches(self, user, company):
        """Whether a user may be told of what goes on in a company."""
        return user.active and not user.share and company in user.company_ids

    @api.model
    def _due_figures(self, company):
        """Figures that periods which have ended still wait for."""
        officers = self._officers(company)
        due = defaultdict(list)
        for period in self._periods(company).filtered(lambda period: period._has_ended()):
            entry = self.env["kpi.figure.entry"].new({"period_id": period.id})
            counts = defaultdict(int)
            for missing in entry._prepare_missing():
                counts[missing["measure_id"]] += 1
            for measure in self.env["kpi.measure"].browse(counts):
                responsible = measure.responsible_id
                for user in responsible if self._reaches(responsible, company) else officers:
                    name = measure.with_context(lang=user.lang).name
                    due[user, period].append(f"{name}: {counts[measure.id]}")
        return due

    @api.model
    def _due_agree(self, company):
        """Scorecards of periods that have begun, and that nobody agreed on yet."""
        periods = self._periods(company).filtered(lambda period: period._has_begun())
        cards = self.env["kpi.scorecard"].search([("period_id", "in", periods.ids), ("state", "=", "draft")])
        due = {}
        for card, user in self._agreeing(cards):
            due[user, card] = [self._agree_text(card, user)]
        return due

    @api.model
    def _agreeing(self, cards):
        """(scorecard, who is to act): the holder's manager, or else whoever made it."""
        people = self._people(cards.employee_id)
        for card in cards:
            person = people.get(card.employee_id)
            yield card, (person and person.manager) or card.create_uid

    def _agree_text(self, card, user):
        env = self.with_context(lang=user.lang).env
        if not card.line_ids:
            return env._("It has no KPI yet.")
        return env._("%s KPIs wait for an agreement.", len(card.line_ids))

    @api.model
    def _due_behind(self, company):
        """KPIs that fall behind, to whoever answers for them, once enough of the period is over."""
        periods = self._periods(company).filtered(lambda period: period._has_begun() and not period._has_ended())
        elapsed = self.env["kpi.computation"]._elapsed_shares(company, periods)
        lines = self.env["kpi.scorecard.line"].search(
            [
                ("period_id", "in", [period.id for period in periods if elapsed[period] >= BEHIND_FROM]),
                ("scorecard_id.state", "in", ("agreed", "running")),
                ("status", "=", "behind"),
            ]
        )
        due = {}
        holders = self._holders(lines.scorecard_id)
        for card, behind in groupby(lines, lambda line: line.scorecard_id):
            if user := holders.get(card):
                behind = lines.browse(line.id for line in behind).with_prefetch(lines.ids)
                due[user, card] = behind.with_context(lang=user.lang).mapped(self._behind_text)
        return due

    def _behind_text(self, line):
        shown = self.env["kpi.scorecard.explanation"].with_context(lang=line.env.lang)
        return line.env._(
            "%(kpi)s: %(attainment)s %%",
            kpi=line.display_name,
            attainment=shown._number(str(line.attainment)),
        )

    # ---------------------------------------------------------------- who

    @api.model
    def _periods(self, company):
        """The company's periods that run, or ended lately, and are not closed."""
        return self.env["kpi.period"].search(
            [
                ("company_id", "=", company.id),
                ("state", "!=", "closed"),
                ("date_end", ">=", fields.Date.context_today(self) - LOOK_BACK),
            ]
        )

    @api.model
    def _officers(self, company):
        group = self.env.ref("kpi_management.group_kpi_officer")
        return self.env["res.users"].search([("all_group_ids", "in", group.ids), ("company_ids", "in", company.ids)])

    @api.model
    def _people(self, employees):
        """{employee: Person}, of those who still work here"""
        # sudo: the system looks up who is to be told; nothing of the employee is.
        Employee = self.env["hr.employee"].sudo()
        active = Employee.search_fetch([("id", "in", employees.ids)], ["name", "user_id", "parent_id"])
        active.parent_id.fetch(["user_id"])
        users = (active | active.parent_id).user_id
        users.fetch(self._user_fields())
        nobody = users.browse()
        return {
            employee: Person(
                *(user if user.active else nobody for user in (employee.user_id, employee.parent_id.user_id))
            )
            for employee in active
        }

    @api.model
    def _holders(self, cards):
        """{scorecard: the user who answers for it}: the person, or the manager of the department."""
        leaders = self._people(cards.department_id.manager_id)
        people = self._people(cards.employee_id)
        holders = {}
        for card in cards:
            if card.employee_id in people:
                holders[card] = people[card.employee_id].user
            elif card.department_id.manager_id in leaders:
                holders[card] = leaders[card.department_id.manager_id].user
        return {card: user for card, user in holders.items() if user}
