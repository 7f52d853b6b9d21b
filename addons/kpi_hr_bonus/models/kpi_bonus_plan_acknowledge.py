"""Each person in a plan acknowledges it: asked on publication, joiners by night, shown as 38 of 40."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.kpi_management.models.guard import trusted


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    acknowledgement_ids = fields.One2many("kpi.bonus.acknowledgement", "plan_id", string="Acknowledgements")
    acknowledgement_text = fields.Char(compute="_compute_acknowledgements", string="Acknowledged")
    acknowledged_count = fields.Integer(compute="_compute_acknowledgements")
    missing_count = fields.Integer(compute="_compute_acknowledgements", string="Not acknowledged")
    my_acknowledgement_id = fields.Many2one("kpi.bonus.acknowledgement", compute="_compute_my_acknowledgement_id")

    @api.depends("acknowledgement_ids.state")
    @api.depends_context("lang", "uid")
    def _compute_acknowledgements(self):
        counts = {
            (plan, state): count
            for plan, state, count in self.env["kpi.bonus.acknowledgement"]._read_group(
                [("plan_id", "in", self.ids)], ["plan_id", "state"], ["__count"]
            )
        }
        for plan in self:
            plan.acknowledged_count = done = counts.get((plan._origin, "acknowledged"), 0)
            plan.missing_count = counts.get((plan._origin, "waiting"), 0)
            total = done + plan.missing_count
            plan.acknowledgement_text = bool(total) and self.env._("%(done)s of %(all)s", done=done, all=total)

    @api.depends("acknowledgement_ids.user_id", "acknowledgement_ids.state")
    @api.depends_context("uid")
    def _compute_my_acknowledgement_id(self):
        mine = self.env["kpi.bonus.acknowledgement"].search(
            [("plan_id", "in", self.ids), ("user_id", "=", self.env.uid), ("state", "=", "waiting")]
        )
        by_plan = mine.grouped("plan_id")
        for plan in self:
            plan.my_acknowledgement_id = by_plan.get(plan._origin, mine.browse())[:1]

    def action_open_acknowledgements(self):
        """List who has acknowledged the plan and who has not."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_hr_bonus.action_kpi_bonus_acknowledgement")
        return {
            **action,
            "domain": [("plan_id", "=", self.id)],
            "context": {"search_default_waiting": bool(self.missing_count), "hide_plan": True},
        }

    def action_open_my_acknowledgement(self):
        """Open what the user is asked to read."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "kpi.bonus.acknowledgement",
            "res_id": self.my_acknowledgement_id.id,
            "views": [(self.env.ref("kpi_hr_bonus.view_kpi_bonus_acknowledgement_form").id, "form")],
        }

    def action_remind(self):
        """Remind everybody who has a login and has not acknowledged these plans yet.

        :return: a notification that says how many were told, and how many have no login
        :raises AccessError: for others than bonus officers
        :raises UserError: when nobody is missing
        """
        self._check_bonus_officer()
        # trusted: the officer tells people of a plan of his own, whatever he may read of them.
        plans = trusted(self.filtered(lambda plan: plan.state == "published"))
        waiting = plans.acknowledgement_ids.filtered(lambda record: record.state == "waiting")
        if not waiting:
            raise UserError(self.env._("Everybody has acknowledged it: there is nobody to remind."))
        waiting._ask_users()
        told = waiting.filtered(lambda record: record.user_id.active)
        for plan, records in told.grouped("plan_id").items():
            plan._remind(records)
        unreached = len(waiting) - len(told)
        message = self.env._("Reminded: %s.", len(told))
        if unreached:
            message += " " + self.env._("Without a login, to sign on paper: %s.", unreached)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": "success" if told else "warning"},
        }

    def _remind(self, records):
        """One message to all in each language."""
        partners = defaultdict(self.env["res.partner"].browse)
        for record in records:
            partners[record.user_id.lang] |= record.user_id.partner_id
        for lang, people in partners.items():
            plan = self.with_context(lang=lang)
            plan.message_notify(
                partner_ids=people.ids,
                subject=plan.env._("Please read and acknowledge: %s", plan.display_name),
                body=plan.env._("Open your activities, read the bonus plan and press “I Have Read It”."),
            )

    def _ask_acknowledgements(self):
        """Ask everybody covered who was not asked yet, and no longer those who left; for thousands in a few queries."""
        for plan in trusted(self):
            covered = plan._covered_employees()
            known = plan.acknowledgement_ids
            known.fetch(["employee_id", "state", "user_id"])
            left = known.filtered(
                lambda record, covered=covered: record.state == "waiting" and record.employee_id.id not in covered
            )
            asked = set((known - left).employee_id.ids)
            left.unlink()
            Acknowledgement = known.with_context(
                tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
            )
            Acknowledgement.create(
                [
                    {"plan_id": plan.id, "employee_id": employee_id, "department_id": department_id}
                    for employee_id, department_id in covered.items()
                    if employee_id not in asked
                ]
            )
            plan.acknowledgement_ids._ask_users()

    def _withdraw_asks(self):
        """Ask nobody any more; what was acknowledged is kept."""
        self.acknowledgement_ids.filtered(lambda record: record.state == "waiting").unlink()

    @api.model
    def _cron_ask_acknowledgements(self):
        """Every night: ask joiners and those who got a login, and no longer those who left."""
        plans = self.search(
            [
                ("state", "=", "published"),
                "|",
                ("date_end", "=", False),
                ("date_end", ">=", fields.Date.context_today(self)),
            ]
        )
        self.env["ir.cron"]._commit_progress(remaining=len(plans))
        for plan in plans:
            plan._ask_acknowledgements()
            if not self.env["ir.cron"]._commit_progress(1):
                break
