from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.kpi_management.models.guard import trusted


class KpiBonusContest(models.Model):
    """One disagreement of a person with the own statement, and the answer to it. Kept, however many there are."""

    _name = "kpi.bonus.contest"
    _description = "Contest of a Bonus"
    _inherit = ["kpi.kept.mixin"]
    _order = "date desc, id desc"

    statement_id = fields.Many2one("kpi.bonus.statement", required=True, index=True, ondelete="cascade")
    employee_id = fields.Many2one(related="statement_id.employee_id", store=True, index=True)
    user_id = fields.Many2one(related="statement_id.user_id", store=True, string="Contested by")
    company_id = fields.Many2one(related="statement_id.company_id", store=True)
    plan_id = fields.Many2one(related="statement_id.plan_id", store=True)
    period_id = fields.Many2one(related="statement_id.period_id", store=True)
    currency_id = fields.Many2one(related="statement_id.currency_id")
    amount = fields.Monetary(related="statement_id.amount", string="Bonus")
    kpi_line_id = fields.Many2one("kpi.scorecard.line", string="KPI", ondelete="set null", index="btree_not_null")
    line_id = fields.Many2one("kpi.bonus.statement.line", ondelete="set null", index="btree_not_null")
    about = fields.Char(readonly=True, help="What was contested, as it stood that day.")
    reason = fields.Text(required=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now, string="On")
    state = fields.Selection(
        [
            ("open", "Open"),
            ("upheld", "Upheld"),
            ("rejected", "Not upheld"),
            ("withdrawn", "Withdrawn"),
            ("void", "Statement cancelled"),
        ],
        required=True,
        default="open",
        index=True,
    )
    answer = fields.Text()
    answer_by_id = fields.Many2one("res.users", string="Answered by", ondelete="restrict")
    answer_date = fields.Datetime(string="Answered on")
    correction = fields.Monetary(help="What the answer added to the bonus, or took from it.")

    _answered = models.Constraint(
        "CHECK(state NOT IN ('upheld', 'rejected') OR COALESCE(length(trim(answer)), 0) > 0)",
        "Whoever contests gets an answer.",
    )

    @api.depends("statement_id", "about")
    def _compute_display_name(self):
        for contest in self:
            names = (contest.statement_id.display_name, contest.about)
            contest.display_name = " · ".join(name for name in names if name)

    @api.model
    def _kept_text(self):
        """Override of the mixin."""
        return self.env._("Use the buttons of the bonus statement to contest it and to answer.")

    def action_answer(self, answer=None, verdict="rejected", correction=0):
        """Answer these contests; without words a dialog asks. See ``kpi.bonus.statement.action_answer``."""
        self.statement_id.ensure_one()
        return self.statement_id._answer(self, answer, verdict, correction)

    def action_withdraw(self):
        """Take the own contests back.

        :raises AccessError: when they are somebody else's
        :raises UserError: when one has its answer already
        """
        self.check_access("read")
        if self.user_id != self.env.user:
            raise AccessError(self.env._("Only the person who contests takes it back."))
        if done := self.filtered(lambda contest: contest.state != "open"):
            raise UserError(self.env._("%s is no longer open.", done[0].display_name))
        trusted(self).write({"state": "withdrawn"})
        for statement in trusted(self).statement_id:
            statement.message_post(body=self.env._("The contest was withdrawn."), author_id=self.env.user.partner_id.id)
        self.statement_id._contest_activities_done()
        return True

    def action_open_statement(self):
        """Open what is contested."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "kpi.bonus.statement",
            "res_id": self.statement_id.id,
            "view_mode": "form",
        }
