from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine import number_text, to_decimal
from .guard import trusted
from .kpi_objective_sides import ACTIVITY

SIDES = [("proposer", "Proposer"), ("answerable", "Person answerable")]
OTHER_SIDE = {"proposer": "answerable", "answerable": "proposer"}
# side → the fields with its name and the day
SIGNATURE = {
    "proposer": ("proposed_by_id", "proposed_date"),
    "answerable": ("answered_by_id", "answered_date"),
}


class KpiObjective(models.Model):
    """From draft to agreed: proposed by one, accepted or countered by the person answerable, accepted by reviewers.

    The steps check who takes them and then write with the module's own mark, as neither side may write the terms.
    """

    _inherit = "kpi.objective"

    proposed_by_id = fields.Many2one("res.users", string="Proposed by", readonly=True, copy=False, ondelete="restrict")
    proposed_date = fields.Datetime(string="Proposed on", readonly=True, copy=False)
    answered_by_id = fields.Many2one(
        "res.users",
        string="Accepted by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The owner; his manager or a KPI officer where the owner proposed it himself or has no login.",
    )
    answered_date = fields.Datetime(string="Accepted on", readonly=True, copy=False)
    agreed_date = fields.Datetime(string="Agreed on", readonly=True, copy=False)
    waiting_for = fields.Selection(SIDES, string="Waiting for", readonly=True, copy=False)
    approval_ids = fields.One2many("kpi.objective.approval", "objective_id", string="Reviewers", copy=True)
    counter_ids = fields.One2many("kpi.objective.counter", "objective_id", string="Counter-proposals")
    can_accept = fields.Boolean(compute="_compute_my_turn")
    can_counter = fields.Boolean(compute="_compute_my_turn")

    _two_people = models.Constraint(
        "CHECK(proposed_by_id <> answered_by_id)", "Two different people have to agree on an objective."
    )

    @api.depends("state", "waiting_for", "proposed_by_id", "answered_by_id", "owner_id", "approval_ids.state")
    @api.depends_context("uid")
    def _compute_my_turn(self):
        for objective in self:
            is_side = objective._is_my_side()
            objective.can_counter = is_side and bool(objective.sudo().key_result_ids)
            objective.can_accept = is_side or bool(objective._my_reviews())

    # ---------------------------------------------------------------- steps

    def action_propose(self):
        """Put draft objectives that are SMART up for agreement.

        :raises UserError: naming what the first of them lacks
        """
        objectives = self.filtered(lambda objective: objective.state == "draft")
        objectives.check_access("write")
        objectives.sudo().key_result_ids._measure_before()
        objectives._check_smart()
        objectives._add_reviewers()
        trusted(objectives).write(
            {
                "state": "proposed",
                "proposed_by_id": self.env.uid,
                "proposed_date": fields.Datetime.now(),
                "waiting_for": "answerable",
            }
        )
        objectives._accept_reviews()
        objectives._tell()

    def action_agree(self):
        """Accept proposed objectives, as the side they wait for and as a reviewer; the last to accept makes it binding.

        :raises UserError: when the user has nothing to accept on one of them
        """
        self.check_access("read")
        for objective in self.filtered(lambda objective: objective.state == "proposed"):
            is_side = objective._is_my_side()
            if not (is_side or objective._my_reviews()):
                raise UserError(
                    self.env._("%(name)s waits for %(who)s.", name=objective.name, who=objective._waiting_names())
                )
            objective._accept_reviews()
            if is_side:
                objective._accept_terms()
            objective._close_my_activities()
            objective._finish()

    def action_counter(self, targets, note=None):
        """Offer other targets; the other side accepts them or counters again.

        :param dict targets: {key result id: target}; those left out stay as they are on offer
        :param str note: why
        :raises UserError: when it is not the user's turn, or nothing differs from what is on offer
        """
        self.ensure_one()
        self.check_access("read")
        if not self._is_my_side():
            raise AccessError(self.env._("%(name)s waits for %(who)s.", name=self.name, who=self._waiting_names()))
        results = self.sudo().key_result_ids  # sudo: of one's own objective
        offered = {int(key): float(value) for key, value in targets.items()}
        changed = results.filtered(
            lambda result: offered.get(result.id, result.counter_target) != result.counter_target
        )
        if not changed:
            raise UserError(self.env._("Offer a figure that differs from the one on offer, or accept it."))
        side = self.waiting_for
        for result in changed:
            result._check_target(offered[result.id])
        self._put_on_offer(changed, offered, side, note)
        name, date = SIGNATURE[side]
        other_name, other_date = SIGNATURE[OTHER_SIDE[side]]
        signed = {name: self.env.uid, date: fields.Datetime.now(), "waiting_for": OTHER_SIDE[side]}
        if side == "proposer":
            signed |= {other_name: False, other_date: False}
        trusted(self).write(signed)
        self._close_my_activities()
        self._tell()

    def action_return(self, reason):
        """Send a proposed objective back to draft, as the side it waits for or a reviewer.

        :param str reason: what is to be changed; kept in the chatter
        """
        self.ensure_one()
        self.check_access("read")
        if not self.can_accept:
            raise AccessError(self.env._("%(name)s waits for %(who)s.", name=self.name, who=self._waiting_names()))
        reason = self._check_reason(reason)
        answer = {"state": "refused", "date": fields.Datetime.now(), "comment": reason}
        trusted(self._my_reviews()).write(answer)
        self._back_to_draft()
        self._say(self.env._("Sent back: %s", reason))

    def action_done(self):
        """Mark agreed objectives as reached or over."""
        objectives = self.filtered(lambda objective: objective.state == "agreed")
        objectives.check_access("write")
        trusted(objectives).write({"state": "done"})

    def action_cancel(self, reason=None):
        """Drop objectives that are not done; those that were agreed by an officer with a reason."""
        objectives = self.filtered(lambda objective: objective.state not in ("done", "cancelled"))
        objectives._check_may_undo(reason)
        objectives._withdraw_counters()
        trusted(objectives).write({"state": "cancelled", "waiting_for": False})
        objectives.sudo().activity_unlink([ACTIVITY])

    def action_draft(self, reason=None):
        """Take objectives back to draft; those that were agreed by an officer with a reason."""
        objectives = self.filtered(lambda objective: objective.state != "draft")
        objectives._check_may_undo(reason)
        objectives._back_to_draft()

    def _check_may_undo(self, reason):
        """What was agreed is undone by an officer with a reason; the rest by who may change it, and who proposed it."""
        agreed = self.filtered("agreed_date")
        if agreed and not self._is_officer():
            raise AccessError(self.env._("%s is agreed: only a KPI officer takes it back.", agreed[0].name))
        self.check_access("read")
        (self - agreed).filtered(lambda objective: objective.proposed_by_id != self.env.user).check_access("write")
        agreed.check_access("write")
        for objective in agreed:
            objective._say(self.env._("Taken back: %s", objective._check_reason(reason)))

    # ---------------------------------------------------------------- what the steps write

    def _accept_terms(self):
        """Sign for the side it waits for; what is on offer becomes the target."""
        name, date = SIGNATURE[self.waiting_for]
        trusted(self).write({name: self.env.uid, date: fields.Datetime.now(), "waiting_for": False})
        offers = self._open_counters()
        for offer in offers:
            trusted(offer.key_result_id).write({"target": offer.target})
        trusted(offers).write({"state": "accepted"})
        if offers:
            # the reviewers accepted other figures
            reviews = self.sudo().approval_ids.filtered(lambda review: review.user_id != self.env.user)
            trusted(reviews).write({"state": "pending", "date": False})
            self._tell()

    def _accept_reviews(self):
        reviews = self.env["kpi.objective.approval"].union(*(objective._my_reviews() for objective in self))
        trusted(reviews).write({"state": "accepted", "date": fields.Datetime.now()})

    def _finish(self):
        """Make it binding when both sides and all reviewers have accepted."""
        is_open = self.waiting_for or any(review.state != "accepted" for review in self.sudo().approval_ids)
        if not is_open and self.proposed_by_id and self.answered_by_id:
            trusted(self).write({"state": "agreed", "agreed_date": fields.Datetime.now()})

    def _back_to_draft(self):
        self._withdraw_counters()
        cleared = dict.fromkeys([name for names in SIGNATURE.values() for name in names], False)
        trusted(self).write({**cleared, "state": "draft", "waiting_for": False, "agreed_date": False})
        self.sudo().activity_unlink([ACTIVITY])

    def _open_counters(self):
        return self.sudo().counter_ids.filtered(lambda counter: counter.state == "open")

    def _withdraw_counters(self):
        trusted(self._open_counters()).write({"state": "withdrawn"})

    def _put_on_offer(self, results, targets, side, note):
        """Keep one counter-proposal for each key result that gets another figure."""
        previous = {result: result.counter_target for result in results}
        former = self._open_counters().filtered(lambda counter: counter.key_result_id in results)
        trusted(former).write({"state": "countered"})
        signed = {"side": side, "user_id": self.env.uid, "date": fields.Datetime.now(), "note": note}
        trusted(self.env["kpi.objective.counter"]).create(
            [
                {
                    **signed,
                    "objective_id": self.id,
                    "key_result_id": result.id,
                    "previous": previous[result],
                    "target": targets[result.id],
                }
                for result in results
            ]
        )
        offers = ", ".join(
            f"{result.name}: {_plain(previous[result])} → {_plain(targets[result.id])}" for result in results
        )
        self._say(self.env._("Counter-proposal: %s", f"{offers}\n{note}" if note else offers))

    def _add_reviewers(self):
        """The leader of the department concerned and the company's reviewer; all answer anew."""
        trusted(self.sudo().approval_ids).write({"state": "pending", "date": False, "comment": False})
        wanted = []
        for objective in self.sudo().filtered(lambda objective: objective.level != "individual"):
            sides = {
                objective.company_id.kpi_objective_reviewer_id: "hr",
                objective.department_id.manager_id.user_id: "department",
            }
            present = objective.approval_ids.user_id | objective._owner_user()
            wanted += [
                {"objective_id": objective.id, "user_id": user.id, "side": side}
                for user, side in sides.items()
                if user.active and user not in present
            ]
        trusted(self.env["kpi.objective.approval"]).create(wanted)


def _plain(value):
    return number_text(to_decimal(value))
