"""Count due and done tasks on ``kpi.task``, which knows when a task was done; measures that somebody changed stay."""

from odoo import SUPERUSER_ID, api

AS_SHIPPED = {
    "measure_tasks_due": {
        "model_name": "project.task",
        "domain": "[('project_id', '!=', False), ('project_id.is_template', '=', False), "
        "('has_template_ancestor', '=', False), ('state', '!=', '1_canceled')]",
        "cutoff_field": False,
    },
    "measure_tasks_done": {
        "model_name": "project.task",
        "domain": "[('project_id', '!=', False), ('project_id.is_template', '=', False), "
        "('has_template_ancestor', '=', False), ('state', '=', '1_done')]",
        "cutoff_field": "date_last_stage_update",
    },
}
NOW = {
    "measure_tasks_due": {"domain": "[('state', '!=', '1_canceled')]"},
    "measure_tasks_done": {"domain": "[('state', '=', '1_done')]", "cutoff_field": "date_done"},
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    model = env["ir.model"]._get("kpi.task")
    for name, shipped in AS_SHIPPED.items():
        measure = env.ref(f"kpi_project.{name}", raise_if_not_found=False)
        if measure and all(measure[field] == value for field, value in shipped.items()):
            measure.write({"model_id": model.id, "company_path": "company_id", **NOW[name]})
