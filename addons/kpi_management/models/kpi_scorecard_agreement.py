from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .guard import is_trusted, trusted

SIDES = ("holder", "manager")
# Who put a scorecard up and who agreed to it; set by the actions alone.
NO_AGREEMENT = {
    "proposed_by_id": False,
    "proposed_date": False,
    "holder_agreed_by_id": False,
    "holder_agreed_date": False,
    "manager_agreed_by_id": False,
    "manager_agreed_date": False,
}


class KpiScorecard(models.Model):
    """Two sides make a scorecard binding: whoever answers for it (the holder) and his manager, each with name and date.

    One side proposes, the other agrees or comes back with other figures (``kpi.scorecard.counter``), until both
    agreed to the same. A KPI officer who is neither side may agree on behalf of either; his name then stands there.
    """

    _inherit = "kpi.scorecard"
    # The holder agrees from the list, too.
    _writer_buttons = ("action_propose",)

    state = fields.Selection(
        selection_add=[("proposed", "Proposed"), ("agreed",)], ondelete={"proposed": "set default"}
    )
    holder_user_id = fields.Many2one(
        "res.users",
        string="Holder",
        compute="_compute_side_users",
        store=True,
        compute_sudo=True,
        index="btree_not_null",
        help="Who answers for the scorecard: the person, or whoever leads the department.",
    )
    manager_user_id = fields.Many2one(
        "res.users", string="Manager", compute="_compute_side_users", store=True, compute_sudo=True
    )
    proposed_by_id = fields.Many2one("res.users", string="Proposed by", readonly=True, copy=False, ondelete="restrict")
    proposed_date = fields.Datetime(string="Proposed on", readonly=True, copy=False)
    holder_agreed_by_id = fields.Many2one(
        "res.users", string="Agreed for the holder by", readonly=True, copy=False, ondelete="restrict"
    )
    holder_agreed_date = fields.Datetime(string="Holder agreed on", readonly=True, copy=False)
    manager_agreed_by_id = fields.Many2one(
        "res.users", string="Agreed for the manager by", readonly=True, copy=False, ondelete="restrict"
    )
    manager_agreed_date = fields.Datetime(string="Manager agreed on", readonly=True, copy=False)
    waiting_for = fields.Selection(
        [("holder", "The holder"), ("manager", "The manager")], compute="_compute_waiting_for", store=True
    )
    has_counter = fields.Boolean(compute="_compute_has_counter")
    can_propose = fields.Boolean(compute="_compute_can_agree")
    can_agree = fields.Boolean(compute="_compute_can_agree")
    can_counter = fields.Boolean(compute="_compute_can_agree")

    @api.depends(lambda self: ("subject_type", *(path for paths in self._side_paths().values() for path in paths)))
    def _compute_side_users(self):
        paths = self._side_paths()
        for card in self:
            users = [card.mapped(path)[:1] for path in paths.get(card.subject_type, ())]
            holder, manager = (*users, self.env["res.users"], self.env["res.users"])[:2]
            card.holder_user_id = holder
            card.manager_user_id = manager - holder

    @api.depends("state", "holder_agreed_by_id")
    def _compute_waiting_for(self):
        for card in self:
            side = "manager" if card.holder_agreed_by_id else "holder"
            card.waiting_for = side if card.state == "proposed" else False

    @api.depends("line_ids.has_counter")
    def _compute_has_counter(self):
        for card in self:
            card.has_counter = any(line.has_counter for line in card.line_ids)

    @api.depends("state", "waiting_for", "holder_user_id", "manager_user_id")
    @api.depends_context("uid")
    def _compute_can_agree(self):
        writable = self._origin._filtered_access("write")
        for card in self:
            may_write = not card._origin or card._origin in writable
            sides = card._sides_of_user(may_write)
            mine = card.state == "proposed" and card.waiting_for in sides
            card.can_propose = card.state == "draft" and may_write
            card.can_agree = mine or (card.state in ("draft", "proposed") and len(sides) == 2)
            own = card.state == "draft" and sides == {"holder"} and bool(card.line_ids)
            card.can_counter = mine or own

    @api.model_create_multi
    def create(self, vals_list):
        self._check_sides_untouched({name for vals in vals_list for name in vals})
        # Given outright, so that no default, of the context or of a user, stands in for an agreement.
        return super().create([{**vals, **NO_AGREEMENT} for vals in vals_list])

    def write(self, vals):
        self._check_sides_untouched(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self._check_not_proposed()
        return super()._unlink_except_agreed()

    def action_propose(self):
        """Put drafts up for agreement; whoever does so has agreed for his side.

        :raises UserError: naming the first scorecard and what is to be mended
        """
        cards = self.filtered(lambda card: card.state == "draft")
        cards.check_access("write")
        for card in cards:
            card._check_ready()
        own = cards.filtered(lambda card: card.holder_user_id == self.env.user)
        own._agree_for({"holder"})
        (cards - own)._agree_for({"manager"})

    def action_agree(self):
        """Agree with what lies on the table, for the user's own side; with both sides the scorecard is agreed.

        A manager who agrees to a draft proposes it. Other figures of the holder become the targets when the manager
        agrees. A KPI officer who is neither side agrees on behalf of every side that is missing.

        :raises UserError: naming the first scorecard and what is to be mended
        """
        cards = self.filtered(lambda card: card.state in ("draft", "proposed"))
        writable = cards._filtered_access("write")
        for card in cards:
            card._check_ready()
            card._check_may_agree(card in writable)
        for sides, group in cards.grouped(lambda card: card._sides_of_user(card in writable)).items():
            group._agree_for(sides)

    def action_draft(self):
        """Take scorecards that are not closed back to draft; both sides have to agree anew."""
        self.filtered(lambda card: card.state == "proposed")._set_state("draft")
        return super().action_draft()

    def action_counter(self):
        """Answer with other figures."""
        self.ensure_one()
        counter = self.env["kpi.scorecard.counter"].create({"scorecard_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Other figures for %s", self.display_name),
            "res_model": counter._name,
            "res_id": counter.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _side_paths(self):
        """Subject kind → the ways from a scorecard to the user who answers for it and, where known, to the one above."""
        return {
            "employee": ("employee_id.user_id", "employee_id.parent_id.user_id"),
            "department": ("department_id.manager_id.user_id", "department_id.parent_id.manager_id.user_id"),
        }

    def _sides_of_user(self, may_write):
        """The sides the user agrees for: his own one; both on behalf, for an officer who is neither.

        :param bool may_write: whether the user may write the scorecard: as officer or as anybody above the person. Who
            leads the department above another may not, and agrees to its scorecard all the same.
        """
        self.ensure_one()
        if self.holder_user_id == self.env.user:
            return frozenset({"holder"})
        if self.manager_user_id == self.env.user:
            return frozenset({"manager"})
        if not may_write:
            return frozenset()
        officer = self.env.su or self.env.user.has_group("kpi_management.group_kpi_officer")
        return frozenset(SIDES) if officer else frozenset({"manager"})

    def _agree_for(self, sides):
        """Record the user's agreement for the sides; with both the scorecards are agreed, else they are proposed.

        The caller has checked that the user may agree for them.
        """
        self = self.filtered(lambda card: set(sides) - card._agreed_sides())
        self._check_not_closed()
        if "manager" in sides:
            self.filtered(lambda card: card.waiting_for == "manager").line_ids._take_counters()
        # trusted: the holder may not write his scorecard; only names, dates and the state are written. Odoo would track
        # each change on its own: one note for each scorecard says it, all in one go.
        quiet = trusted(self).with_context(mail_notrack=True)
        for missing, cards in quiet.grouped(lambda card: frozenset(sides) - card._agreed_sides()).items():
            for first, group in cards.grouped(lambda card: card.state == "draft").items():
                group.write({**self._signed(*missing), **(self._proposed() if first else {})})
                group._log_agreement(missing, first)
        complete = quiet.filtered(lambda card: len(card._agreed_sides()) == len(SIDES))
        complete.write({"state": "agreed"})
        (quiet - complete).write({"state": "proposed"})
        self._ask_sides()

    def _log_agreement(self, sides, first):
        """Note in the chatter for which sides the user agreed.

        :param bool first: whether nobody had proposed or agreed before
        """
        texts = {
            frozenset({"holder"}): self.env._("Agreed for the holder."),
            frozenset({"manager"}): self.env._("Agreed for the manager."),
            frozenset(SIDES): self.env._("Agreed on behalf of the holder and the manager."),
        }
        body = self.env._("Proposed.") if first and len(sides) == 1 else texts[sides]
        self._message_log_batch(bodies=dict.fromkeys(self.ids, body))

    def _agreed_sides(self):
        return frozenset(side for side in SIDES if self[f"{side}_agreed_by_id"])

    @api.model
    def _signed(self, *sides):
        """Values of the user's agreement for these sides."""
        names = {f"{side}_agreed_by_id": self.env.uid for side in sides}
        return {**names, **{f"{side}_agreed_date": fields.Datetime.now() for side in sides}}

    @api.model
    def _proposed(self):
        return {"proposed_by_id": self.env.uid, "proposed_date": fields.Datetime.now()}

    def _set_state(self, state):
        """Override of the scorecard's: a draft is agreed by nobody."""
        result = super()._set_state(state)
        if state == "draft":
            trusted(self).write(NO_AGREEMENT)
            self.line_ids._drop_counters()
            self._ask_sides()
        return result

    def _check_may_agree(self, may_write):
        """Refuse whoever has no say in the scorecard, and the holder as long as nobody proposed it."""
        if self.state == "draft" and not may_write:
            raise AccessError(self.env._("%s is not proposed yet: nobody can agree to it.", self.display_name))
        if not self._sides_of_user(may_write):
            raise AccessError(self.env._("Only the holder, a manager or a KPI officer agrees to a scorecard."))

    def _check_sides_untouched(self, names):
        if not is_trusted(self.env) and NO_AGREEMENT.keys() & set(names):
            raise AccessError(self.env._("Who agreed is written by the buttons alone."))

    def _check_draft(self):
        """Override of the scorecard's: what lies on the table changes by an answer, not by hand."""
        self._check_not_proposed()
        return super()._check_draft()

    def _check_not_proposed(self):
        if proposed := self.filtered(lambda card: card.state == "proposed"):
            raise UserError(
                self.env._(
                    "%s is up for agreement. Take it back to draft before you change it.", proposed[0].display_name
                )
            )
