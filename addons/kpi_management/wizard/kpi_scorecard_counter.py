from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..models.guard import trusted
from ..models.kpi_scorecard_agreement import NO_AGREEMENT
from ..models.kpi_target_mixin import DIGITS


class KpiScorecardCounter(models.TransientModel):
    """One side answers a proposal with other figures: the holder with what he offers, the manager with new targets."""

    _name = "kpi.scorecard.counter"
    _description = "Other Figures for a Scorecard"

    scorecard_id = fields.Many2one("kpi.scorecard", required=True, readonly=True, ondelete="cascade")
    side = fields.Selection([("holder", "Holder"), ("manager", "Manager")], compute="_compute_side")
    hint = fields.Char(compute="_compute_hint")
    line_ids = fields.One2many(
        "kpi.scorecard.counter.line", "counter_id", compute="_compute_line_ids", store=True, readonly=False
    )

    @api.depends("scorecard_id")
    @api.depends_context("uid")
    def _compute_side(self):
        for counter in self:
            counter.side = counter.scorecard_id and counter._side_of_user()

    @api.depends("scorecard_id")
    @api.depends_context("uid", "lang")
    def _compute_hint(self):
        for counter in self:
            counter.hint = counter._hint()

    @api.depends("scorecard_id")
    def _compute_line_ids(self):
        for counter in self:
            counter.line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "line_id": line.id,
                            "figure": line.counter_target if line.has_counter else line.target,
                            "note": line.counter_note,
                        }
                    )
                    for line in counter.scorecard_id.line_ids
                ),
            ]

    def action_confirm(self):
        """Put the figures forward for the user's side; then it is the other side's turn.

        :raises AccessError: when it is not the user's turn
        :raises UserError: when nothing differs, or a figure cannot be scored
        """
        self.ensure_one()
        side = self._side_of_user()
        if not side:
            raise AccessError(
                self.env._("It is the other side's turn to answer on %s.", self.scorecard_id.display_name)
            )
        if self.line_ids.line_id - self.scorecard_id.line_ids:
            raise UserError(self.env._("These are KPIs of another scorecard."))
        for answer in self.line_ids:
            answer.line_id._check_figure(answer.figure)
        self._log()
        if side == "holder":
            self._offer()
        else:
            self._answer()
        return {"type": "ir.actions.act_window_close"}

    def _side_of_user(self):
        """The side the user speaks for here and now; None when it is not his turn."""
        card = self.scorecard_id
        sides = card._sides_of_user(card.has_access("write"))
        if card.state == "draft":
            # Whoever may write the draft writes it; the holder offers figures of his own.
            return "holder" if "holder" in sides and card.holder_user_id == self.env.user else None
        return card.waiting_for if card.waiting_for in sides else None

    def _hint(self):
        """What becomes of the figures, naming the persons: an officer may be neither of the two."""
        card = self.scorecard_id.sudo()  # sudo: who they are; nothing but their names is read
        holder = card.holder_user_id.name or card.subject_name
        if self.side == "manager":
            return self.env._(
                "The figures here become the targets. Where they differ from those of %(holder)s, %(holder)s is asked again.",
                holder=holder,
            )
        manager = card._asked_for_manager().name or self.env._("a KPI officer")
        if card.holder_user_id == self.env.user:
            return self.env._("Type the figures you can agree to, and why. Then %s agrees to them or answers.", manager)
        return self.env._(
            "You answer for %(holder)s: type the figures %(holder)s can agree to, and why. "
            "Then %(manager)s agrees to them or answers.",
            holder=holder,
            manager=manager,
        )

    def _offer(self):
        """The holder's figures lie on the table: he agreed to them, the manager has not."""
        card = self.scorecard_id
        card._check_not_closed()
        card._check_ready()
        if not self.line_ids.filtered("differs"):
            raise UserError(self.env._("Type another figure or a reason; or agree with the targets as they are."))
        for answer in self.line_ids:
            # trusted: the holder may not write the line, and only what he offers is written.
            trusted(answer.line_id).write(
                {"counter_target": answer.figure, "counter_note": answer.note, "has_counter": answer.differs}
            )
        first = card._proposed() if card.state == "draft" else {}
        trusted(card).write({**first, **_unsigned("manager"), **card._signed("holder"), "state": "proposed"})
        card._ask_sides()

    def _answer(self):
        """The manager's figures become the targets: binding if they are the holder's, else the holder is asked."""
        card = self.scorecard_id
        card._check_not_closed()
        if self.line_ids.line_id == card.line_ids and all(line.figure == line.offered for line in self.line_ids):
            return card._agree_for({"manager"})
        for answer in self.line_ids:
            trusted(answer.line_id).write({"target": answer.figure})
        card.line_ids._drop_counters()
        trusted(card).write({**_unsigned("holder"), **card._signed("manager")})
        card._ask_sides()

    def _log(self):
        """Every figure that was put forward stays in the chatter."""
        rows = [answer._log_text() for answer in self.line_ids if answer.differs]
        if rows:
            # trusted: a note on what the user, who takes part in the agreement, has just put forward.
            trusted(self.scorecard_id)._message_log(body=self.env._("Other figures: %s", "; ".join(rows)))


class KpiScorecardCounterLine(models.TransientModel):
    _name = "kpi.scorecard.counter.line"
    _description = "Other Figure"

    counter_id = fields.Many2one("kpi.scorecard.counter", required=True, ondelete="cascade")
    line_id = fields.Many2one("kpi.scorecard.line", string="KPI", required=True, ondelete="cascade")
    unit = fields.Selection(related="line_id.unit")
    direction = fields.Selection(related="line_id.direction")
    currency_id = fields.Many2one(related="line_id.currency_id")
    target = fields.Float(related="line_id.target")
    offered = fields.Float(digits=DIGITS, compute="_compute_offered", help="What lies on the table.")
    figure = fields.Float(string="Your figure", digits=DIGITS)
    note = fields.Char(string="Why")
    differs = fields.Boolean(compute="_compute_differs")

    @api.depends("line_id.counter_target", "line_id.has_counter", "line_id.target")
    def _compute_offered(self):
        for answer in self:
            line = answer.line_id
            answer.offered = line.counter_target if line.has_counter else line.target

    @api.depends("figure", "note", "line_id.target", "line_id.counter_note")
    def _compute_differs(self):
        for answer in self:
            answer.differs = answer.figure != answer.line_id.target or bool(answer.note)

    def _log_text(self):
        words = self.env["kpi.scorecard.explanation"]
        old, new = (words._format(self.line_id, repr(figure)) for figure in (self.target, self.figure))
        text = f"{self.line_id.display_name} {old} → {new}"
        return f"{text} ({self.note})" if self.note else text


def _unsigned(side):
    """Values that take an agreement of the side back."""
    return {name: value for name, value in NO_AGREEMENT.items() if name.startswith(side)}
