from odoo import api, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        if employees.user_id or employees.parent_id:
            self.env.registry.clear_cache()
        return employees

    def write(self, vals):
        """Record rules and menus are cached with the employees of a user and whom they lead: forget them when that
        changes."""
        result = super().write(vals)
        if {"user_id", "parent_id"} & vals.keys():
            self.env.registry.clear_cache()
        return result
