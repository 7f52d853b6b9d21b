"""Contests: the person paid disagrees, a bonus officer or approver answers, and what comes of it happens."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, plaintext2html

from odoo.addons.kpi_management.models.guard import trusted

from .kpi_bonus_statement import LIVE_STATES, SETTLED_STATES
from .kpi_bonus_statement_life import APPROVER, OFFICER

CONTEST_ACTIVITY = "kpi_hr_bonus.mail_activity_type_contest"


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"

    contest_ids = fields.One2many("kpi.bonus.contest", "statement_id", string="Contests")
    contested = fields.Boolean(
        compute="_compute_contested",
        store=True,
        precompute=True,
        compute_sudo=True,
        help="The employee disagrees and waits for an answer.",
    )
    contest_reason = fields.Text(compute="_compute_last_contest", compute_sudo=True)
    contest_date = fields.Datetime(compute="_compute_last_contest", compute_sudo=True, string="Contested on")
    contest_answer = fields.Text(compute="_compute_last_contest", compute_sudo=True, string="Answer")
    contest_answer_by_id = fields.Many2one(
        "res.users", compute="_compute_last_contest", compute_sudo=True, string="Answered by"
    )
    contest_until = fields.Date(
        compute="_compute_contest_until", help="The last day on which it may be contested. Empty: without limit."
    )
    can_contest = fields.Boolean(compute="_compute_contest_until")

    @api.depends("contest_ids.state")
    def _compute_contested(self):
        for statement in self:
            statement.contested = "open" in statement.contest_ids.mapped("state")

    @api.depends("contest_ids.state", "contest_ids.answer", "contest_ids.reason")
    def _compute_last_contest(self):
        for statement in self:
            last = statement.contest_ids.sorted("id")[-1:]
            statement.contest_reason, statement.contest_date = last.reason, last.date
            statement.contest_answer, statement.contest_answer_by_id = last.answer, last.answer_by_id

    @api.depends_context("uid")
    @api.depends("submitted_date", "state", "user_id", "company_id.kpi_bonus_contest_days")
    def _compute_contest_until(self):
        today = fields.Date.context_today(self)
        for statement in self:
            days = statement.company_id.sudo().kpi_bonus_contest_days
            shown = statement.submitted_date
            until = shown and days and fields.Datetime.context_timestamp(statement, shown) + relativedelta(days=days)
            statement.contest_until = until and until.date()
            mine = statement.user_id == self.env.user and statement.state in LIVE_STATES
            statement.can_contest = mine and not (until and until.date() < today)

    def action_contest(self, reason=None, kpi_line_id=None, line_id=None):
        """Say that one does not agree with one's own statement; a bonus officer has to answer.

        :param str reason: why; without it a dialog asks
        :param int kpi_line_id: the line of the scorecard it is about
        :param int line_id: the line of the statement it is about
        :raises AccessError: when the statement pays somebody else
        :raises UserError: when it is too late, or something else's line was given
        """
        self.ensure_one()
        if self.user_id != self.env.user:
            raise AccessError(self.env._("Only the person paid by a statement can contest it."))
        if self.state not in LIVE_STATES:
            raise UserError(self.env._("Only a submitted, approved or paid statement can be contested."))
        if not self.can_contest:
            raise UserError(
                self.env._(
                    "This statement could be contested until %s. Talk to your manager or a bonus officer.",
                    format_date(self.env, self.contest_until),
                )
            )
        if not (reason or "").strip():
            return self._ask("contest", self.env._("Contest"))
        # sudo: the employee may read the own statement only; this is the one thing to be said on it.
        trusted(self)._contest(reason.strip(), kpi_line_id, line_id)
        return True

    def _contest(self, reason, kpi_line_id, line_id):
        kpi_line = self.env["kpi.scorecard.line"].browse(kpi_line_id or ()).exists()
        line = self.env["kpi.bonus.statement.line"].browse(line_id or ()).exists()
        known = {entry["line_id"] for entry in (self.explanation or {}).get("card", ())}
        if (kpi_line and kpi_line.id not in known) or line.statement_id - self:
            raise UserError(self.env._("That line does not belong to this statement."))
        about = kpi_line.display_name or line.display_name
        values = {"kpi_line_id": kpi_line.id, "line_id": line.id, "about": about, "reason": reason}
        self.env["kpi.bonus.contest"].create({"statement_id": self.id, **values})
        manager = self.employee_id.parent_id.user_id
        text = f"{about}: {reason}" if about else reason
        self.message_post(
            body=self.env._("Contested: %s", text),
            author_id=self.env.user.partner_id.id,
            partner_ids=manager.filtered("active").partner_id.ids,
        )
        self.activity_schedule(CONTEST_ACTIVITY, user_id=self._responsible_user().id, note=plaintext2html(text))

    def action_answer(self, answer=None, verdict="rejected", correction=0):
        """Answer what is contested on a statement.

        Upheld, a statement that is not approved yet goes back to draft, with the correction as an adjustment; of an
        approved one the correction waits for the next statement.

        :param str answer: what the employee is told; without it a dialog asks
        :param str verdict: ``upheld`` or ``rejected``
        :param float correction: signed, in the statement's currency; only when upheld
        :raises AccessError: when the user is neither bonus officer nor approver, or an approver corrects the amount
        :raises UserError: when nothing is contested, or by oneself
        """
        self.ensure_one()
        return self._answer(
            self.contest_ids.filtered(lambda contest: contest.state == "open"), answer, verdict, correction
        )

    def _answer(self, contests, answer, verdict, correction):
        if not self.env.user.has_group(APPROVER):
            self._check_group(OFFICER, self.env._("Only a bonus officer or approver answers."))
        self.check_access("read")
        if not contests or set(contests.mapped("state")) != {"open"}:
            raise UserError(self.env._("%s is not contested.", self.display_name))
        if self.user_id == self.env.user:
            raise UserError(self.env._("Nobody answers the own contest: ask another bonus officer."))
        if verdict not in ("upheld", "rejected"):
            raise UserError(self.env._("Say whether the contest is upheld or rejected."))
        if not (answer or "").strip():
            return self._ask("answer", self.env._("Answer"), default_contest_ids=contests.ids)
        if correction and verdict != "upheld":
            raise UserError(self.env._("Only a contest that is upheld corrects the amount."))
        correction = self.currency_id.round(correction or 0)
        trusted(contests).write(
            {
                "state": verdict,
                "answer": answer.strip(),
                "answer_by_id": self.env.uid,
                "answer_date": fields.Datetime.now(),
                "correction": correction,
            }
        )
        if verdict == "upheld":
            self._uphold(answer.strip(), correction)
        self._contest_activities_done()
        trusted(self).message_post(
            body=self.env._("Answer: %s", answer),
            author_id=self.env.user.partner_id.id,
            partner_ids=trusted(self).user_id.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )
        return True

    def _uphold(self, answer, correction):
        """What follows from a contest that is upheld."""
        if correction:
            self._check_group(OFFICER, self.env._("Only a bonus officer corrects an amount."))
        reason = self.env._("Contest upheld: %s", answer)
        if self.state in SETTLED_STATES:
            if correction:
                vals = {"origin": "contest", "name": reason, "amount": correction, "author_id": self.env.uid}
                trusted(self.env["kpi.bonus.true.up"]).create({"statement_id": self.id, **vals})
            return
        # sudo: an approver who upholds a contest sends the statement back, too; officers do so by a button.
        trusted(self)._back_to_draft()
        if correction:
            self.env["kpi.bonus.statement.line"].create({"statement_id": self.id, "name": reason, "amount": correction})

    def action_cancel(self):
        """Extend: what was contested is gone."""
        result = super().action_cancel()
        trusted(self).contest_ids.filtered(lambda contest: contest.state == "open").write({"state": "void"})
        self._contest_activities_done()
        return result

    def action_open_contests(self):
        """Open what was contested on this statement, with the answers."""
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_hr_bonus.action_kpi_bonus_contest")
        return {**action, "domain": [("statement_id", "in", self.ids)], "context": {}}

    # ---------------------------------------------------------------- talk

    def _contest_activities_done(self):
        # Contest and answer are on the thread already: the activity goes without a message of its own.
        trusted(self).filtered(lambda statement: not statement.contested).activity_unlink([CONTEST_ACTIVITY])

    def _responsible_user(self):
        """Who answers: the officer who submitted or computed the statement, or else any officer of the company."""
        officers = (
            self.env.ref(OFFICER)
            .sudo()
            .all_user_ids.filtered(
                lambda user: user.active and self.company_id in user.company_ids and user != self.user_id
            )
        )
        mine = (self.submitted_by_id | self.computed_by_id) & officers
        return (mine or officers)[:1]

    def _ask(self, mode, title, **context):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "kpi.bonus.contest.talk",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_statement_id": self.id, "default_mode": mode, **context},
        }
