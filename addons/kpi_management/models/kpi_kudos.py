from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .guard import is_trusted


class KpiKudos(models.Model):
    """Praise from a colleague, for a KPI reached or for anything else; sent once and never changed."""

    _name = "kpi.kudos"
    _description = "Kudos"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "message"
    _check_company_auto = True
    # Said by the system, not by whoever sends them.
    _by_system = ("sender_id", "date", "user_id", "company_id")

    sender_id = fields.Many2one(
        "res.users",
        string="From",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    line_id = fields.Many2one("kpi.scorecard.line", string="KPI", index="btree_not_null", ondelete="restrict")
    scorecard_id = fields.Many2one(related="line_id.scorecard_id")
    definition_id = fields.Many2one(related="line_id.definition_id", string="KPI in the library", store=True)
    employee_id = fields.Many2one(
        "hr.employee",
        string="To",
        compute="_compute_employee_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users", compute="_compute_user_id", store=True, compute_sudo=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True, required=True, index=True
    )
    message = fields.Text(required=True)
    date = fields.Date(required=True, readonly=True, default=fields.Date.context_today, copy=False)

    @api.depends("line_id")
    def _compute_employee_id(self):
        for kudos in self:
            # sudo: a plain user may not read who leads a department; only who it is is.
            line = kudos.line_id.sudo()
            if holder := line.employee_id or line.department_id.manager_id:
                kudos.employee_id = holder.sudo(False)

    @api.depends("employee_id")
    def _compute_company_id(self):
        # sudo: the company of a colleague is no secret.
        for kudos in self.sudo():
            kudos.company_id = kudos.employee_id.company_id or self.env.company

    @api.depends("employee_id.user_id")
    def _compute_user_id(self):
        for kudos in self:
            kudos.user_id = kudos.employee_id.user_id

    @api.constrains("employee_id", "line_id")
    def _check_holder(self):
        for kudos in self.sudo().filtered("line_id"):
            if kudos.employee_id != (kudos.line_id.employee_id or kudos.line_id.department_id.manager_id):
                raise ValidationError(self.env._("Kudos for a KPI go to whoever answers for it."))

    @api.model_create_multi
    def create(self, vals_list):
        """Send praise: the person gets a message, and the scorecard of the KPI shows it.

        :raises UserError: for praise of oneself, or without words
        """
        if not is_trusted(self.env):
            self._check_by_system({key for vals in vals_list for key in vals})
            # Given outright, so that no default of the context stands in for who it is.
            today = fields.Date.context_today(self)
            vals_list = [{**vals, "sender_id": self.env.uid, "date": today} for vals in vals_list]
        kudos = super().create(vals_list)
        kudos.line_id.with_env(self.env).check_access("read")
        kudos._check_sendable()
        kudos._send()
        return kudos

    def write(self, vals):
        if not is_trusted(self.env):
            raise UserError(self.env._("Kudos were sent and stay as they are. Send others if there is more to say."))
        return super().write(vals)

    def action_open_scorecard(self):
        """Open the scorecard of the KPI that was praised."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "kpi.scorecard",
            "res_id": self.scorecard_id.id,
            "view_mode": "form",
        }

    def _check_by_system(self, names):
        if forbidden := set(self._by_system).intersection(names):
            raise AccessError(self.env._("%s is filled in by the system.", ", ".join(sorted(forbidden))))

    def _check_sendable(self):
        for kudos in self:
            # sudo: only whose user it is is asked.
            if kudos.sudo().employee_id in kudos.sender_id.sudo().employee_ids:
                raise UserError(self.env._("Kudos are for somebody else. Choose a colleague."))
            if not kudos.message.strip():
                raise UserError(self.env._("Say what it is for: a few words are enough."))

    def _send(self):
        """A message to each person: on the scorecard where it is about a KPI, else by itself."""
        for kudos in self:
            # sudo: whoever may see the scorecard may praise what is on it; of the person only the address is used.
            partner = kudos.sudo()._recipient()
            values = {"heading": kudos._heading(), "kudos": kudos}
            body = self.env["ir.qweb"]._render("kpi_management.kudos_message", values)
            if kudos.line_id:
                kudos.line_id.scorecard_id.sudo().message_post(
                    body=body,
                    author_id=kudos.sender_id.partner_id.id,
                    partner_ids=partner.ids,
                    subtype_xmlid="mail.mt_comment",
                )
            elif partner:
                kudos.sudo().message_notify(
                    body=body,
                    subject=self.env._("Kudos from %s", kudos.sender_id.name),
                    author_id=kudos.sender_id.partner_id.id,
                    partner_ids=partner.ids,
                )

    def _heading(self):
        # sudo: of the person only the name is told.
        name = self.sudo().employee_id.name
        if self.line_id:
            return self.env._("Kudos to %(name)s for %(kpi)s", name=name, kpi=self.line_id.display_name)
        return self.env._("Kudos to %s", name)

    def _recipient(self):
        return self.user_id.partner_id or self.employee_id.work_contact_id
