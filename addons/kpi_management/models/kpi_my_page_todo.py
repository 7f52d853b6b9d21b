from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import is_html_empty

# So far ahead a talk, and a deadline, belong to what comes next.
TALKS_AHEAD, DEADLINES_AHEAD = timedelta(days=7), timedelta(days=14)
# So old a typed figure of an objective is reported anew.
REPORT_EVERY = timedelta(days=30)
# More of a kind are one row with their number.
MOST_ROWS = 3


class KpiMyPage(models.AbstractModel):
    """What the user is to do next. Each row leads to the place where it is done."""

    _inherit = "kpi.my.page"

    @api.model
    def _todo(self):
        """What waits for the user, the most urgent first.

        :return: list of dicts: ``key`` (of the kind), ``icon``, ``title``, ``detail``, ``button``, ``date`` (until
            when, or False), ``is_late`` and ``open``: what the button opens, one of ``{model, id}`` (its form),
            ``{call: [model, method, id]}`` (the action that the method returns), ``{action, domain, context}``
        """
        rows = [row for name in self._todo_kinds() for row in getattr(self, f"_todo_{name}")()]
        return sorted(rows, key=lambda row: row["date"] or self._today().isoformat())

    @api.model
    def _todo_kinds(self):
        """Names of the methods ``_todo_<name>``; of two rows with the same date the first of these comes first."""
        return ["agree", "changes", "figures", "reports", "feedback", "sign", "objectives", "actions", "talks"]

    @api.model
    def _today(self):
        return fields.Date.context_today(self)

    @api.model
    def _row(self, key, title, button, open_, icon, detail="", date=False):
        return {
            "key": key,
            "icon": icon,
            "title": title,
            "detail": detail or "",
            "button": button,
            "date": date and fields.Date.to_string(date),
            "is_late": bool(date) and date < self._today(),
            "open": open_,
        }

    @api.model
    def _form(self, record):
        return {"model": record._name, "id": record.id}

    @api.model
    def _window(self, xmlid, records):
        """What opens these records in a window action."""
        return {"action": xmlid, "domain": [("id", "in", records.ids)], "context": {}}

    # ---------------------------------------------------------------- scorecards

    @api.model
    def _todo_agree(self):
        """Targets that wait for the user's agreement, or for other figures."""
        waiting = Domain("state", "=", "proposed") & Domain("waiting_for", "=", "holder")
        cards = self.env["kpi.scorecard"].search(
            waiting & Domain("holder_user_id", "=", self.env.uid), order="date_start, id"
        )
        return [
            self._row(
                "agree",
                self.env._("Agree on the targets, or offer others"),
                self.env._("See the targets"),
                self._form(card),
                "fa-handshake-o",
                card.display_name,
                card.date_start,
            )
            for card in cards
        ]

    @api.model
    def _todo_changes(self):
        """Targets that changed within the period, of which the user has not taken note."""
        changes = self.env["kpi.target.change"].search(
            [("state", "=", "approved"), ("scorecard_id.holder_user_id", "=", self.env.uid)]
        )
        return [
            self._row(
                "changes",
                self.env._("Take note of your changed targets"),
                self.env._("See the change"),
                self._form(card),
                "fa-exchange",
                ", ".join(dict.fromkeys(together.line_id.mapped("display_name"))),
            )
            for card, together in changes.grouped("scorecard_id").items()
        ]

    # ---------------------------------------------------------------- figures

    @api.model
    def _todo_figures(self):
        """Periods whose figures the user was asked to type, until the last one is there or the reminder ticked off."""
        kind = self.env.ref("kpi_management.activity_type_figures")
        asked = self.env["mail.activity"].search([("user_id", "=", self.env.uid), ("activity_type_id", "=", kind.id)])
        until = {activity.res_id: activity.date_deadline for activity in asked}
        open_ = {"action": "kpi_management.action_kpi_figure_entry", "domain": []}
        return [
            self._row(
                "figures",
                self.env._("Type the figures of %s", period.name),
                self.env._("Type them"),
                {**open_, "context": {"default_period_id": period.id}},
                "fa-keyboard-o",
                date=until[period.id],
            )
            for period in self.env["kpi.period"].search([("id", "in", list(until))])
        ]

    @api.model
    def _todo_reports(self):
        """Key results without a KPI whose last figure is old, or missing."""
        today = self._today()
        stale = Domain("current_date", "=", False) | Domain("current_date", "<=", today - REPORT_EVERY)
        running = Domain("objective_id.date_start", "<=", today) & Domain("objective_id.date_end", ">=", today)
        mine = Domain("objective_id.owner_id.user_id", "=", self.env.uid) & Domain("objective_id.state", "=", "agreed")
        results = self.env["kpi.objective.key.result"].search(
            mine & running & stale & Domain("definition_id", "=", False), order="current_date, id"
        )
        if len(results) > MOST_ROWS:
            title = self.env._("Say where %s key results stand", len(results))
            open_ = self._window("kpi_management.action_kpi_objective", results.objective_id)
            return [self._row("reports", title, self.env._("See them"), open_, "fa-bullseye")]
        return [
            self._row(
                "reports",
                self.env._("Say where “%s” stands", result.name),
                self.env._("Type the figure"),
                {"call": [result._name, "action_report", result.id]},
                "fa-bullseye",
                result.objective_id.name,
            )
            for result in results
        ]

    # ---------------------------------------------------------------- reviews

    @api.model
    def _asked(self, sides):
        """Assessments that the user is asked for and can still give."""
        asked = self.env["kpi.review.feedback"].search(
            [("user_id", "=", self.env.uid), ("state", "in", ("asked", "started")), ("side", "in", sides)]
        )
        return asked.filtered("is_open")

    @api.model
    def _todo_feedback(self):
        """The self-assessment, and what others asked the user for; as a manager see ``_team_todo``."""
        own, others = self._asked(["self"]), self._asked(["peer", "upward"])
        rows = [self._feedback_row(row, self.env._("Write your self-assessment")) for row in own]
        if len(others) <= MOST_ROWS:
            # sudo: of the employee only the name is shown.
            names = {row: row.sudo().employee_id.name for row in others}
            return rows + [self._feedback_row(row, self.env._("Say how %s works", names[row])) for row in others]
        title = self.env._("Say how %s colleagues work", len(others))
        open_ = self._window("kpi_management.action_kpi_review_feedback_mine", others)
        day = min(others.mapped("due_date"), key=lambda date: date or fields.Date.to_date("9999-12-31"))
        return [*rows, self._row("feedback", title, self.env._("Answer"), open_, "fa-comments-o", date=day)]

    def _feedback_row(self, feedback, title):
        return self._row(
            "feedback",
            title,
            self.env._("Go on") if feedback.state == "started" else self.env._("Answer"),
            {"call": [feedback._name, "action_fill", feedback.id]},
            "fa-comments-o",
            feedback.cycle_id.name,
            feedback.due_date,
        )

    @api.model
    def _todo_sign(self):
        """The user's own reviews after the talk, of which the summary is written."""
        reviews = self.env["kpi.review"].search([("state", "=", "talk"), ("user_id", "=", self.env.uid)])
        return [
            self._row(
                "sign",
                self.env._("Read and sign your review"),
                self.env._("Read it"),
                self._form(review),
                "fa-pencil-square-o",
                review.cycle_id.name,
            )
            for review in reviews
            if review.can_sign and not is_html_empty(review.summary)
        ]

    # ---------------------------------------------------------------- objectives, actions, talks

    @api.model
    def _todo_objectives(self):
        """Proposed objectives that wait for the user: as the owner, the one who proposed them, or a reviewer."""
        mine = Domain("waiting_for", "=", "proposer") & Domain("proposed_by_id", "=", self.env.uid)
        kind = self.env.ref("kpi_management.mail_activity_objective")
        # One activity that is both: two conditions side by side may be met by different ones.
        asked = Domain("activity_ids", "any", [("user_id", "=", self.env.uid), ("activity_type_id", "=", kind.id)])
        owned = Domain("waiting_for", "=", "answerable") & Domain("owner_id.user_id", "=", self.env.uid)
        owned &= Domain("proposed_by_id", "!=", self.env.uid)
        objectives = self.env["kpi.objective"].search(
            Domain("state", "=", "proposed") & (mine | owned | asked), order="date_start, id"
        )
        if len(objectives) > MOST_ROWS:
            title = self.env._("Accept %s objectives, or offer other targets", len(objectives))
            open_ = self._window("kpi_management.action_kpi_objective", objectives)
            return [self._row("objectives", title, self.env._("See them"), open_, "fa-flag-o")]
        return [
            self._row(
                "objectives",
                self.env._("Accept an objective, or offer other targets"),
                self.env._("See the objective"),
                self._form(objective),
                "fa-flag-o",
                objective.name,
            )
            for objective in objectives
        ]

    @api.model
    def _todo_actions(self):
        """What the user is to improve until a day that is near, or gone by."""
        actions = self.env["kpi.action"].search(
            [
                ("responsible_user_id", "=", self.env.uid),
                ("state", "=", "open"),
                ("deadline", "<=", self._today() + DEADLINES_AHEAD),
            ]
        )
        if len(actions) > MOST_ROWS:
            title = self.env._("Finish %s actions", len(actions))
            open_, day = self._window("kpi_management.action_kpi_action", actions), min(actions.mapped("deadline"))
            return [self._row("actions", title, self.env._("See them"), open_, "fa-wrench", date=day)]
        return [
            self._row(
                "actions",
                action.name,
                self.env._("See the action"),
                self._form(action),
                "fa-wrench",
                action.subject_name,
                action.deadline,
            )
            for action in actions
        ]

    @api.model
    def _todo_talks(self):
        """One-on-ones of the next days, on either side."""
        today = self._today()
        mine = Domain("user_id", "=", self.env.uid) | Domain("manager_user_id", "=", self.env.uid)
        talks = self.env["kpi.one.on.one"].search(
            mine & Domain("date", ">=", today) & Domain("date", "<=", today + TALKS_AHEAD), order="date, id"
        )
        if len(talks) > MOST_ROWS:
            title = self.env._("%s one-on-ones within a week", len(talks))
            open_ = self._window("kpi_management.action_kpi_one_on_one", talks)
            return [self._row("talks", title, self.env._("See them"), open_, "fa-comment-o", date=talks[0].date)]
        return [self._talk_row(talk) for talk in talks]

    def _talk_row(self, talk):
        # sudo: of the other one only the name is shown.
        other = talk.sudo().manager_id if talk.user_id == self.env.user else talk.sudo().employee_id
        return self._row(
            "talks",
            self.env._("One-on-one with %s", other.name),
            self.env._("Prepare") if not talk.topics else self.env._("See the topics"),
            self._form(talk),
            "fa-comment-o",
            (talk.topics or "").strip().partition("\n")[0],
            talk.date,
        )
