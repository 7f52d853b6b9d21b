from odoo import models


class HrPayslip(models.Model):
    _inherit = "hr.payslip"

    def get_payroll_dict(self, contracts):
        """Extend payroll: salary rules read ``payroll.rates.CODE``, in force on the slip's last day."""
        # sudo: rates are the law's; whoever computes a slip needs no right to see the list of them.
        rates = self.env["kpi.payroll.rate"].sudo()._at(self.date_to, self.company_id)
        return {**super().get_payroll_dict(contracts), "rates": rates}
