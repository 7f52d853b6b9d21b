from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.kpi_management.models.guard import is_trusted, trusted

from .kpi_bonus_statement import CHATTER_PREFIXES

ACTIVITY = "kpi_hr_bonus.mail_activity_type_acknowledge"
DAYS_TO_READ = 7


class KpiBonusAcknowledgement(models.Model):
    """One person who has read a plan, or is asked to; nobody does it in another's name.

    Who has no login signs on paper, which a bonus officer records with the signed sheet.
    """

    _name = "kpi.bonus.acknowledgement"
    _description = "Acknowledgement of a Bonus Plan"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state desc, plan_id desc, employee_id, id"
    _mail_post_access = "read"

    plan_id = fields.Many2one("kpi.bonus.plan", string="Bonus plan", required=True, index=True, ondelete="cascade")
    employee_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one(
        "res.users",
        compute="_compute_user_id",
        store=True,
        precompute=True,
        compute_sudo=True,
        index="btree_not_null",
    )
    has_login = fields.Boolean(compute="_compute_has_login", compute_sudo=True)
    department_id = fields.Many2one("hr.department", ondelete="set null", help="When the person was asked.")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, precompute=True, index=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("acknowledged", "Acknowledged")], required=True, default="waiting", group_expand=True
    )
    date = fields.Datetime(string="Acknowledged on", copy=False)
    acknowledged_by_id = fields.Many2one("res.users", string="By", ondelete="restrict", copy=False)
    on_paper = fields.Boolean(help="Signed on paper and recorded by a bonus officer.")
    signed_on = fields.Date(string="Signed on paper on")
    signature = fields.Binary(string="Signed sheet", attachment=True)
    signature_name = fields.Char()
    is_mine = fields.Boolean(compute="_compute_is_mine")
    regulation_html = fields.Html(compute="_compute_regulation_html", string="Regulation", sanitize=False)

    _unique_person = models.UniqueIndex("(plan_id, employee_id)", "This person is asked already.")
    _when_acknowledged = models.Constraint(
        "CHECK(state != 'acknowledged' OR (date IS NOT NULL AND acknowledged_by_id IS NOT NULL))",
        "An acknowledgement has a time and somebody who gave it.",
    )

    @api.depends("employee_id.user_id")
    def _compute_user_id(self):
        for record in self:
            record.user_id = record.employee_id.user_id

    @api.depends("user_id.active")
    def _compute_has_login(self):
        for record in self:
            record.has_login = record.user_id.active

    @api.depends("plan_id.display_name", "employee_id.name")
    def _compute_display_name(self):
        # sudo: a plain employee may read this record, but not hr.employee.
        for record in self:
            names = record.sudo()
            record.display_name = " · ".join(filter(None, (names.plan_id.display_name, names.employee_id.name)))

    @api.depends_context("uid")
    @api.depends("user_id")
    def _compute_is_mine(self):
        for record in self:
            record.is_mine = record.user_id == self.env.user

    @api.depends_context("lang")
    @api.depends("plan_id")
    def _compute_regulation_html(self):
        for record in self:
            # sudo: whoever is asked to acknowledge a plan may read it, with the names of departments and jobs.
            record.regulation_html = record.sudo().plan_id._render_regulation()

    @api.model_create_multi
    def create(self, vals_list):
        if not is_trusted(self.env):
            raise AccessError(self.env._("People are asked when a plan is published; nobody writes it by hand."))
        return super().create(vals_list)

    def write(self, vals):
        if not is_trusted(self.env) and any(not name.startswith(CHATTER_PREFIXES) for name in vals):
            raise AccessError(self.env._("Nobody acknowledges a plan in another's name: use the buttons."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_acknowledged(self):
        if kept := self.filtered(lambda record: record.state == "acknowledged"):
            raise UserError(self.env._("%s was acknowledged and is kept.", kept[0].display_name))

    def copy_data(self, default=None):
        raise UserError(self.env._("An acknowledgement cannot be duplicated."))

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Activities in bulk would subscribe one by one; whoever is asked finds the activity and needs no more."""
        if self.env.context.get("kpi_subscribed"):
            return True
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    def action_acknowledge(self):
        """Say that one has read the plan.

        :raises AccessError: for somebody else's acknowledgement
        :raises UserError: when the plan is no longer published
        """
        self.check_access("read")
        if others := self.filtered(lambda record: not record.is_mine):
            raise AccessError(
                self.env._("Only %s can acknowledge it.", others[0].sudo().employee_id.name)  # sudo: the name alone
            )
        waiting = self.filtered(lambda record: record.state == "waiting")
        waiting._check_published()
        trusted(waiting).write(
            {"state": "acknowledged", "date": fields.Datetime.now(), "acknowledged_by_id": self.env.uid}
        )
        trusted(waiting).activity_feedback([ACTIVITY])

    def action_ask_paper(self):
        """Ask for the sheet that somebody without a login signed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Signed on Paper"),
            "res_model": "kpi.bonus.paper",
            "view_mode": "form",
            "target": "new",
            "context": {"default_acknowledgement_id": self.id},
        }

    def action_print(self):
        """Print the plan, with a place to sign."""
        # sudo: the plan of an acknowledgement that the user may read.
        return self.env.ref("kpi_hr_bonus.action_report_bonus_plan").report_action(self.sudo().plan_id.ids)

    def _record_paper(self, signed_on, signature, signature_name):
        """Keep a signature on paper; the caller has checked that an officer does.

        :param signed_on: date, not in the future
        :param signature: the sheet, base64
        :raises UserError: for somebody with a login, or who has acknowledged already
        """
        self.ensure_one()
        self._check_published()
        if self.state != "waiting":
            raise UserError(self.env._("%s was acknowledged already.", self.display_name))
        if self.sudo().has_login:  # sudo: whether there is a login is all that is told
            raise UserError(
                self.env._("%s has a login and acknowledges the plan in person.", self.sudo().employee_id.name)
            )
        if signed_on > fields.Date.context_today(self):
            raise UserError(self.env._("A sheet cannot have been signed in the future: check the day."))
        trusted(self).write(
            {
                "state": "acknowledged",
                "on_paper": True,
                "date": fields.Datetime.now(),
                "acknowledged_by_id": self.env.uid,
                "signed_on": signed_on,
                "signature": signature,
                "signature_name": signature_name,
            }
        )

    def _check_published(self):
        # sudo: only the state of the plan is looked at.
        for record in self.sudo():
            if record.plan_id.state != "published":
                raise UserError(
                    self.env._("%s is no longer published: nothing to acknowledge.", record.plan_id.display_name)
                )

    def _ask_users(self):
        """An activity for everybody who waits and has a login and none yet; in constant queries."""
        waiting = self.filtered(lambda record: record.state == "waiting" and record.user_id.active)
        activity_type = self.env.ref(ACTIVITY, raise_if_not_found=False)
        if not activity_type or not waiting:
            return
        asked = self.env["mail.activity"]._read_group(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", waiting.ids),
                ("activity_type_id", "=", activity_type.id),
            ],
            ["res_id"],
        )
        waiting -= self.browse([res_id for (res_id,) in asked])
        deadline = fields.Date.add(fields.Date.context_today(self), days=DAYS_TO_READ)
        model_id = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].with_context(mail_activity_quick_update=True, kpi_subscribed=True).create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "summary": activity_type.with_context(lang=record.user_id.lang).summary,
                    "automated": True,
                    "date_deadline": deadline,
                    "res_model_id": model_id,
                    "res_id": record.id,
                    # Odoo would look each name up on its own.
                    "res_name": record.display_name,
                    "user_id": record.user_id.id,
                }
                for record in waiting
            ]
        )
