from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.kpi_management.models.guard import trusted


class KpiKudos(models.Model):
    """Kudos with a badge: granted by whoever sends them, under the badge's own rules."""

    _inherit = "kpi.kudos"
    _by_system = ("sender_id", "date", "user_id", "company_id", "badge_user_id")

    badge_id = fields.Many2one(
        "gamification.badge", index="btree_not_null", ondelete="set null", domain=[("rule_auth", "!=", "nobody")]
    )
    badge_user_id = fields.Many2one("gamification.badge.user", readonly=True, copy=False, ondelete="set null")

    @api.constrains("badge_id", "employee_id")
    def _check_badge_user(self):
        # sudo: only whether the person has a login is asked.
        for kudos in self.sudo():
            if kudos.badge_id and not kudos.user_id:
                raise ValidationError(
                    self.env._("%s has no login and cannot get a badge. Send words alone.", kudos.employee_id.name)
                )

    def _send(self):
        result = super()._send()
        for kudos in self.filtered("badge_id"):
            badge = self.env["gamification.badge.user"].create(kudos._prepare_badge())
            badge._send_badge()
            trusted(kudos).badge_user_id = badge
        return result

    def _prepare_badge(self):
        # sudo: whose user it is, and who it is, is no secret.
        kudos = self.sudo()
        vals = {
            "user_id": kudos.user_id.id,
            "sender_id": kudos.sender_id.id,
            "badge_id": kudos.badge_id.id,
            "comment": kudos.message,
        }
        if "employee_id" in self.env["gamification.badge.user"]._fields:  # of hr_gamification
            vals["employee_id"] = kudos.employee_id.id
        return vals
