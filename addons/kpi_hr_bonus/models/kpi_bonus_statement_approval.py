"""Approval: by one person, or by two from an amount on, never by who computed, adjusted or gets the bonus."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.kpi_management.models.guard import trusted

from .kpi_bonus_statement_life import APPROVER

#: Lines by which somebody changed the amount.
AUTHORED = ("adjustment", "true_up")


class KpiBonusStatement(models.Model):
    _inherit = "kpi.bonus.statement"

    first_approved_by_id = fields.Many2one(
        "res.users", string="First approval by", readonly=True, copy=False, ondelete="restrict"
    )
    first_approved_date = fields.Datetime(string="First approval on", readonly=True, copy=False)
    approval_stage = fields.Selection(
        [("first", "First approval"), ("second", "Second approval")],
        compute="_compute_approval_stage",
        store=True,
        precompute=True,
        string="Waits for",
    )
    waits_for_me = fields.Boolean(compute="_compute_waits_for_me", search="_search_waits_for_me")

    _two_approvers = models.Constraint(
        "CHECK(first_approved_by_id IS NULL OR approved_by_id IS NULL OR first_approved_by_id != approved_by_id)",
        "The second approval is given by another person than the first.",
    )

    @api.depends("state", "first_approved_by_id")
    def _compute_approval_stage(self):
        for statement in self:
            stage = "second" if statement.first_approved_by_id else "first"
            statement.approval_stage = stage if statement.state == "submitted" else False

    @api.depends_context("uid")
    @api.depends("state", "contested", "user_id", "computed_by_id", "first_approved_by_id", "line_ids.author_id")
    def _compute_waits_for_me(self):
        mine = self.filtered_domain(self._waits_for_domain(self.env.user))
        for statement in self:
            statement.waits_for_me = statement in mine

    def _search_waits_for_me(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        domain = self._waits_for_domain(self.env.user)
        return domain if (operator == "in") == (True in value) else ~domain

    @api.model
    def _waits_for_domain(self, user):
        """What this user may approve now."""
        if not user.has_group(APPROVER):
            return Domain.FALSE
        by_user = Domain("author_id", "=", user.id) & Domain("kind", "in", AUTHORED)
        domain = Domain("state", "=", "submitted") & Domain("contested", "=", False)
        for name in ("user_id", "computed_by_id", "first_approved_by_id"):
            domain &= Domain(name, "!=", user.id)
        return domain & Domain("line_ids", "not any", by_user)

    def action_approve(self):
        """Approve submitted statements: by somebody who neither computed them nor is paid by them.

        From the amount on that the company sets, the first approval lets them wait for that of a second person.
        Of several, those that may not be approved are left as they are and counted.

        :return: a notification that says how many were approved, and why others were not
        :raises AccessError: when the user is no bonus approver
        :raises UserError: when none may be approved, with the reason of the first
        """
        self._check_group(APPROVER, self.env._("Only a bonus approver approves statements."))
        outdated = self._outdated_carry()
        obstacles = {statement: statement._approval_obstacle(outdated) for statement in self}
        approved = self.filtered(lambda statement: not obstacles[statement])
        reason = next((text for text in obstacles.values() if text), "")
        if not approved:
            raise UserError(reason or self.env._("Choose the statements to approve."))
        half = approved.filtered(lambda statement: statement._needs_second_approval())
        done, now = approved - half, fields.Datetime.now()
        trusted(half).write({"first_approved_by_id": self.env.uid, "first_approved_date": now})
        trusted(done).write({"state": "approved", "approved_by_id": self.env.uid, "approved_date": now})
        done._settle_rests()
        approved._approvals_given()
        told = [self.env._("%s approved", len(done))] if done or not half else []
        told += [self.env._("%s wait for a second approver", len(half))] if half else []
        return self._notify(", ".join(told), len(self - approved), reason)

    def _needs_second_approval(self):
        """Whether the approval that is given now is the first of two."""
        self.ensure_one()
        if self.first_approved_by_id:
            return False
        company = self.company_id.sudo()  # sudo: the setting of the statement's own company
        limit = company.kpi_bonus_second_from
        amount = self.currency_id._convert(self.amount, company.currency_id, company, self.date_end)
        return bool(limit) and company.currency_id.compare_amounts(amount, limit) >= 0

    def _approvals_given(self):
        """Hook: these statements were approved, for the first or the last time."""

    def _approval_obstacle(self, outdated):
        """Why the user may not approve this statement; empty when they may.

        :param outdated: see ``_outdated_carry``
        """
        self.ensure_one()
        name = self.display_name
        if self.state != "submitted":
            return self.env._("%s is not submitted: a bonus officer submits it first.", name)
        if self.user_id == self.env.user:
            return self.env._("%s pays you. Ask another bonus approver to approve it.", name)
        authors = self.sudo().line_ids.filtered(lambda line: line.kind in AUTHORED).author_id
        if self.env.user in self.computed_by_id | authors:
            return self.env._("You computed or adjusted %s. Ask another bonus approver to approve it.", name)
        if self.env.user == self.first_approved_by_id:
            return self.env._("You gave %s the first approval. Ask another bonus approver for the second.", name)
        if self.contested:
            return self.env._("%s is contested. Answer the employee first.", name)
        if self in outdated:
            return self.env._(
                "Another statement changed what %s carries in. Take it back to draft and compute it again.", name
            )
        return ""

    def _outdated_carry(self):
        """Those of these statements whose rest carried in has changed, or changes with an earlier one of them.

        One query per plan and period.
        """
        outdated, moved = self.browse(), set()
        for (plan, period), group in self.sorted("date_end")._by_plan_and_period():
            carried = self._open_carry(plan, period, group.employee_id.ids)
            for statement in group:
                person = (plan, statement.employee_id)
                open_rest = float(carried.get(statement.employee_id.id, 0))
                if person in moved or statement.currency_id.compare_amounts(statement.carried_in, open_rest):
                    outdated |= statement
                elif statement.carried_in or statement.carried_out:
                    moved.add(person)
        return outdated

    def _by_plan_and_period(self):
        return self.grouped(lambda statement: (statement.plan_id, statement.period_id)).items()

    def _settle_rests(self):
        """Mark the negative rests that these statements took, so that no other one takes them again."""
        for (plan, period), group in trusted(self).filtered("carried_in")._by_plan_and_period():
            rests = group.search(self._open_carry_domain(plan, period, group.employee_id.ids)).grouped("employee_id")
            for statement in group:
                rests.get(statement.employee_id, group.browse()).write({"carried_to_id": statement.id})

    @api.model
    def _release_taken(self, statements):
        """Give back what these statements took of earlier ones: they are cancelled."""
        trusted(self.search([("carried_to_id", "in", statements.ids)])).write({"carried_to_id": False})
