from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from .guard import as_system, hold
from .kpi_review_cycle import RATER_SIDES


class KpiReview(models.Model):
    """Whom a review asks."""

    _inherit = "kpi.review"

    can_ask = fields.Boolean(compute="_compute_can_ask", help="Whether the user may choose whom to ask.")
    owes_mine = fields.Boolean(compute="_compute_mine", help="Whether the user's own part is to be written.")
    gave_mine = fields.Boolean(compute="_compute_mine", help="Whether the user's own part is given.")

    @api.depends("is_manager", "is_officer", "state", "cycle_id.state")
    @api.depends_context("uid")
    def _compute_can_ask(self):
        for review in self:
            review.can_ask = (
                (review.is_manager or review.is_officer)
                and review.cycle_id.state == "running"
                and any(side in RATER_SIDES for side in review.cycle_id._sides())
            )

    @api.depends_context("uid")
    def _compute_mine(self):
        mine = self._mine()
        given = mine.filtered(lambda row: row.state == "done")
        owed = (mine - given).filtered("is_open")
        for review in self:
            review.owes_mine = review in owed.review_id
            review.gave_mine = review in given.review_id

    def action_fill_mine(self):
        """Open the user's own part: the self-assessment, or the manager's.

        :raises UserError: when nothing is asked of the user
        """
        self.ensure_one()
        mine = self._mine()[:1]
        if not mine:
            raise UserError(self.env._("Nothing is asked of you in this review."))
        return mine.action_fill()

    def _mine(self):
        """What is asked of the user as the person reviewed, or as the manager."""
        return self.env["kpi.review.feedback"].search(
            [("review_id", "in", self.ids), ("user_id", "=", self.env.uid), ("side", "in", ("self", "manager"))]
        )

    def action_ask(self, side, employee_ids=(), emails=()):
        """Ask people about these reviews' persons. Whoever is asked already is not asked again.

        :param str side: peer, upward or external
        :param employee_ids: ids of employees; those without a login cannot be asked
        :param emails: addresses of outside raters (external only), who get a link by mail
        :return: how many were asked anew
        :raises AccessError: for anybody but the manager of the review and KPI officers
        :raises UserError: when the side is not asked in the cycle, or is shown already
        """
        self.check_access("write")
        if not all(review.is_manager or review.is_officer for review in self):
            raise AccessError(self.env._("Only the manager, or a KPI officer, chooses who is asked about somebody."))
        # Nobody is asked while a side is shown, or the assessments end.
        hold(self)
        for review in self:
            review._check_ask(side)
        # as_system: the person who asks must not be able to read the rows.
        asked = as_system(self)._ask(side, self._raters(employee_ids), self._addresses(side, emails))
        asked._send_links()
        return len(asked)

    def action_ask_people(self):
        """Choose whom to ask."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask about %s", self.sudo().employee_id.name),
            "res_model": "kpi.review.ask",
            "view_mode": "form",
            "target": "new",
            "context": {"default_review_id": self.id},
        }

    def _ask_first(self):
        """Ask those who need not be chosen and are not asked yet; with the system's mark.

        :return: how many were asked
        """
        new = self.env["kpi.review.feedback"].create(self._first_rows())
        new._remember()
        return len(new)

    def _first_rows(self):
        """Values of the rows of those who need not be chosen: the person, the manager, whoever reports to the person."""
        raters = {"self": self._self_raters, "manager": self._manager_raters, "upward": self._upward_raters}
        Feedback = self.env["kpi.review.feedback"]
        known = Feedback.search_fetch([("review_id", "in", self.ids)], ["review_id", "side", "rater_id"])
        # Of the person and of the manager there is one each; another manager is asked when he takes over.
        asked = {(row.review_id, row.side, row.side == "upward" and row.rater_id) for row in known}
        rows = []
        for side, find in raters.items():
            for review, employees in find().items():
                if side in review.cycle_id._sides() and review.template_id._asked(side) and review._is_asking(side):
                    rows += [
                        review._prepare_feedback(side, rater)
                        for rater in employees
                        if review._can_answer(rater) and (review, side, side == "upward" and rater) not in asked
                    ]
        return rows

    def _is_asking(self, side):
        return self.state in ("open", "assessed") and not self._is_shown(side)

    def _can_answer(self, rater):
        """Whether an employee has a login that may answer: what is held in one company is not opened from another."""
        user = rater.user_id
        return user.active and self.company_id in user.company_ids

    @api.model
    def _leader_of(self, employee):
        """Who leads an employee as the manager of a review: nobody himself, be it by another employee record."""
        leader, user = employee.parent_id, employee.user_id
        return leader.browse() if leader == employee or (user and leader.user_id == user) else leader

    def _self_raters(self):
        return {review: review.employee_id for review in self}

    def _manager_raters(self):
        return {review: review.manager_id for review in self}

    def _upward_raters(self):
        reports = self.env["hr.employee"].search_fetch([("parent_id", "in", self.employee_id.ids)], ["parent_id"])
        by_leader = reports.grouped("parent_id")
        return {
            review: by_leader.get(review.employee_id, reports.browse()) - review.employee_id - review.manager_id
            for review in self
        }

    def _ask(self, side, employees, addresses):
        """Ask those who are not asked yet; with the system's mark.

        :return: the new rows
        """
        Feedback = self.env["kpi.review.feedback"]
        known = Feedback.search([("review_id", "in", self.ids), ("side", "=", side)])
        asked = {(row.review_id, row.rater_id) for row in known if row.rater_id}
        written = {(row.review_id, row.rater_email) for row in known if not row.rater_id}
        rows = [
            review._prepare_feedback(side, rater)
            for review in self
            for rater in employees - review.employee_id - review.manager_id
            if (review, rater) not in asked and rater.user_id not in (review.user_id, review.manager_user_id)
        ]
        rows += [
            review._prepare_feedback(side, rater_email=email, rater_name=name)
            for review in self
            for email, name in addresses.items()
            if (review, email) not in written
        ]
        new = Feedback.create(rows)
        new._remember()
        return new

    def _prepare_feedback(self, side, rater=None, **outside):
        """Values of the row of a rater, who is an employee or somebody from outside."""
        inside = {"rater_id": rater.id, "user_id": rater.user_id.id} if rater else {}
        return {"review_id": self.id, "side": side, "anonymous": self.cycle_id._is_secret(side), **inside, **outside}

    def _check_ask(self, side):
        names = dict(self.env["kpi.review.feedback"]._fields["side"]._description_selection(self.env))
        if side not in RATER_SIDES or side not in self.cycle_id._sides():
            raise UserError(self.env._("“%s” is not asked in this cycle.", names.get(side, side)))
        if not self.template_id._asked(side):
            raise UserError(
                self.env._(
                    "%(template)s has no question for “%(side)s”.", template=self.template_id.name, side=names[side]
                )
            )
        if self.cycle_id.state != "running" or self.state not in ("open", "assessed"):
            raise UserError(self.env._("The assessments are over: nobody can be asked any more."))
        # sudo: whether the side is shown is seen by its answers anyway.
        if self.sudo()._is_shown(side):
            raise UserError(self.env._("The answers of “%s” are shown already: nobody can be added.", names[side]))

    def _raters(self, employee_ids):
        """The employees by these ids, with the system's rights; each of them has to have a login.

        :raises UserError: naming the first who has none, or is of another company
        """
        # sudo: a manager may ask colleagues whose records he may not read; only name and login are looked at.
        employees = self.env["hr.employee"].sudo().browse(employee_ids).exists()
        if employees.filtered(lambda employee: employee.company_id not in self.company_id):
            # Without a name: whoever asks need not know who works elsewhere.
            raise UserError(self.env._("Choose people of %s.", ", ".join(self.company_id.mapped("name"))))
        if without := employees.filtered(lambda employee: not employee.user_id.active):
            raise UserError(self.env._("%s has no login and cannot be asked here.", without[0].name))
        return as_system(employees)

    @api.model
    def _addresses(self, side, emails):
        """{address: what was written} of these mail addresses"""
        if emails and side != "external":
            raise UserError(self.env._("Only external raters are asked by mail."))
        addresses = {}
        for written in emails:
            address = email_normalize(written)
            if not address:
                raise UserError(self.env._("“%s” is no mail address.", written))
            addresses[address] = written.split("<")[0].strip() if "<" in written else address
        self._check_outside(addresses)
        return addresses

    @api.model
    def _check_outside(self, addresses):
        """Who works here answers with his login, as a colleague: links to the asker's own address would be answers, too."""
        # sudo: only whether there is such a person is asked.
        users = (
            self.env["res.users"].sudo().search([("email_normalized", "in", list(addresses)), ("share", "=", False)])
        )
        people = self.env["hr.employee"].sudo().search([("work_email", "in", list(addresses))])
        found = {*users.mapped("email_normalized"), *people.mapped("work_email")}
        if inside := next((address for address in addresses if address in found), None):
            raise UserError(self.env._("“%s” belongs to somebody who works here: ask that person by name.", inside))
