from odoo import api, fields, models


class KpiBonusContestTalk(models.TransientModel):
    """Asks for the words of a contest or of its answer."""

    _name = "kpi.bonus.contest.talk"
    _description = "Contest a Bonus Statement"

    statement_id = fields.Many2one("kpi.bonus.statement", required=True, readonly=True, ondelete="cascade")
    mode = fields.Selection([("contest", "Contest"), ("answer", "Answer")], required=True, default="contest")
    scorecard_id = fields.Many2one(related="statement_id.scorecard_id")
    state = fields.Selection(related="statement_id.state")
    currency_id = fields.Many2one(related="statement_id.currency_id")
    contest_until = fields.Date(related="statement_id.contest_until")
    kpi_line_id = fields.Many2one(
        "kpi.scorecard.line", string="About the KPI", domain="[('scorecard_id', '=', scorecard_id)]", ondelete="cascade"
    )
    line_id = fields.Many2one(
        "kpi.bonus.statement.line",
        string="About the line",
        domain="[('statement_id', '=', statement_id)]",
        ondelete="cascade",
    )
    contest_ids = fields.Many2many("kpi.bonus.contest", "kpi_bonus_contest_talk_rel", readonly=True)
    contest_reason = fields.Text(compute="_compute_contest_reason", string="The employee says")
    verdict = fields.Selection([("rejected", "The statement is right"), ("upheld", "The employee is right")])
    correction = fields.Monetary(help="Added to the bonus, or taken from it with a minus. 0: none.")
    text = fields.Text(required=True, string="Your words")

    @api.depends("contest_ids")
    def _compute_contest_reason(self):
        for talk in self:
            talk.contest_reason = "\n".join(
                f"{contest.about}: {contest.reason}" if contest.about else contest.reason
                for contest in talk.contest_ids
            )

    def action_confirm(self):
        """Contest or answer with the words given."""
        self.ensure_one()
        if self.mode == "contest":
            self.statement_id.action_contest(self.text, self.kpi_line_id.id, self.line_id.id)
        else:
            correction = self.correction if self.verdict == "upheld" else 0
            self.contest_ids.action_answer(self.text, self.verdict or "rejected", correction)
        return {"type": "ir.actions.act_window_close"}
