from odoo import api, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        if employees.user_id:
            self.env.registry.clear_cache()
        return employees

    def write(self, vals):
        """Record rules are cached with the employees of a user: forget them when a user gets another employee."""
        result = super().write(vals)
        if "user_id" in vals:
            self.env.registry.clear_cache()
        return result
