"""The pictures that `make screenshots` takes of the demo company."""

# Picture -> page, by the external id of its action.
PAGES = {
    "cockpit": "/odoo/kpi-cockpit",
    "cockpit-heat": "/odoo/kpi-cockpit",
    "cockpit-phone": "/odoo/kpi-cockpit",
    "my-kpis": "/odoo/my-kpis",
    "my-kpis-phone": "/odoo/my-kpis",
    "pipeline": "/odoo/action-crm.crm_lead_action_pipeline",
    "sales-teams": "/odoo/action-sales_team.crm_team_action_pipeline",
    "dashboard": "/odoo/dashboards",
    "scorecards": "/odoo/action-kpi_management.action_kpi_scorecard",
    "scorecard-lines": "/odoo/action-kpi_management.action_kpi_scorecard_line",
    "objectives": "/odoo/action-kpi_management.action_kpi_objective",
    "library": "/odoo/action-kpi_management.action_kpi_definition",
    "periods": "/odoo/action-kpi_management.action_kpi_period",
    "bonus-plans": "/odoo/action-kpi_hr_bonus.action_kpi_bonus_plan",
    "bonus-statements": "/odoo/action-kpi_hr_bonus.action_kpi_bonus_statement",
    "my-pay": "/odoo/action-kpi_hr_bonus.action_kpi_bonus_my_pay",
    "calibration": "/odoo/action-kpi_management.action_kpi_calibration_board",
}
# Picture -> the first record of a model that a domain finds, in the form of the action above it.
RECORDS = {
    "opportunity": (
        "/odoo/action-crm.crm_lead_action_pipeline",
        "crm.lead",
        [["user_id.login", "=", "mai"], ["probability", "<", 100], ["expected_revenue", ">", 0]],
    ),
    "scorecard": (
        "/odoo/action-kpi_management.action_kpi_scorecard",
        "kpi.scorecard",
        [["state", "=", "review"], ["line_ids.definition_id.code", "=", "SAL_CONVERSION"], ["score", "=", 80]],
    ),
    "bonus-statement": (
        "/odoo/action-kpi_hr_bonus.action_kpi_bonus_statement",
        "kpi.bonus.statement",
        [["state", "=", "approved"], ["score", "=", 80]],
    ),
    "bonus-plan": (
        "/odoo/action-kpi_hr_bonus.action_kpi_bonus_plan",
        "kpi.bonus.plan",
        [["version", "=", 2]],
    ),
    "review": (
        "/odoo/action-kpi_management.action_kpi_review",
        "kpi.review",
        [["state", "=", "closed"], ["user_id.login", "=", "viet"]],
    ),
    "feedback": (
        "/odoo/action-kpi_management.action_kpi_review_feedback_mine",
        "kpi.review.feedback",
        [["user_id.login", "=", "mai"], ["side", "=", "self"], ["state", "=", "started"]],
    ),
    "action": (
        "/odoo/action-kpi_management.action_kpi_action",
        "kpi.action",
        [["state", "=", "done"], ["effect", "=", "better"]],
    ),
    "bonus-run": (
        "/odoo/action-kpi_hr_bonus.action_kpi_bonus_run",
        "kpi.bonus.run",
        [["period_id.period_type", "=", "month"]],
    ),
}
# What one of the demo's people sees; their logins are their passwords.
PEOPLE = {
    "my-pay": "mai",
    "feedback": "mai",
    "my-kpis": "mai",
    "my-kpis-phone": "mai",
    "pipeline": "ha",
    "opportunity": "mai",
    "sales-teams": "hung",
}
# What is pressed before the picture is taken.
PRESSED = {
    # the whole team instead of one's own deals
    "pipeline": ".o_facet_remove",
    "cockpit-heat": ".o_kpi_cockpit_to_heat",
    "dashboard": "li[data-name=KPI]",
    "bonus-plan": ".o_notebook .nav-link[name=curve]",
    "review": ".o_notebook .nav-link[name=feedback]",
}
# What is looked at on a phone.
PHONE = {"cockpit-phone", "my-kpis-phone"}
PHONE_SIZE = (390, 844)
