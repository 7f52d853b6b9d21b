from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Structures that pay KPI bonuses pay KPI allowances too; what slips hold is reserved under their number."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["hr.salary.rule.category"]._set_up_kpi_categories()
    bonus = env.ref("kpi_hr_bonus_payroll.salary_rule_kpi_bonus")
    env["hr.payroll.structure"].search([("rule_ids", "in", bonus.ids)])._add_kpi_rules()
    cr.execute(
        "UPDATE kpi_bonus_statement s SET payment_reference = COALESCE(p.number, p.name, p.id::text)"
        " FROM hr_payslip p WHERE p.id = s.payslip_id AND s.payment_reference IS NULL"
    )
