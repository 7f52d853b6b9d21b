from odoo import fields, models


class KpiBonusContest(models.TransientModel):
    """Asks for the words of a contest or of its answer."""

    _name = "kpi.bonus.contest"
    _description = "Contest a Bonus Statement"

    statement_id = fields.Many2one("kpi.bonus.statement", required=True, readonly=True, ondelete="cascade")
    mode = fields.Selection([("contest", "Contest"), ("answer", "Answer")], required=True, default="contest")
    contest_reason = fields.Text(related="statement_id.contest_reason", string="The employee says")
    text = fields.Text(required=True, string="Your words")

    def action_confirm(self):
        """Contest or answer with the words given."""
        self.ensure_one()
        if self.mode == "contest":
            self.statement_id.action_contest(self.text)
        else:
            self.statement_id.action_answer(self.text)
        return {"type": "ir.actions.act_window_close"}
