def post_init_hook(env):
    """Give the salary structures that are there the KPI rules, and their categories the place of an allowance."""
    env["hr.salary.rule.category"]._set_up_kpi_categories()
    env["hr.payroll.structure"].search([])._add_kpi_rules()
