from odoo import fields, models


class KpiFitMixin(models.AbstractModel):
    """Templates for certain jobs (``job_ids``), departments (``department_ids``), both or everybody.

    Of several that fit a person the one for job and department counts, then the one for the job, then the one for the
    department (the nearest above the person), then the one for everybody; among equals by ``_fit_order``.
    """

    _name = "kpi.fit.mixin"
    _description = "Template for Jobs and Departments"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        if default and "name" in default:
            return vals_list
        return [
            {**vals, "name": self.env._("%s (copy)", template.name)}
            for template, vals in zip(self, vals_list, strict=True)
        ]

    def _best(self, department, job):
        """The template among these that counts for somebody in a department (may be none) with a job (may be none)."""
        above = [int(part) for part in (department.parent_path or "").split("/") if part]
        # the position of the nearest named department, from the person's own upwards
        distance = {department_id: step for step, department_id in enumerate(reversed(above))}

        def rank(template):
            near = min((distance[part.id] for part in template.department_ids if part.id in distance), default=None)
            if (template.job_ids and job not in template.job_ids) or (template.department_ids and near is None):
                return None
            order = (bool(template.job_ids), bool(template.department_ids))
            return (RANK[order], near or 0, *template._fit_order())

        ranked = [(place, template) for template in self if (place := rank(template)) is not None]
        return min(ranked, key=lambda pair: pair[0])[1] if ranked else self.browse()

    def _fit_order(self):
        """Hook: what decides between templates that fit alike; the smallest counts. By default the list's order."""
        self.ensure_one()
        return (self.sequence, self.name, self.id)


# (for certain jobs, for certain departments) → which counts first
RANK = {(True, True): 0, (True, False): 1, (False, True): 2, (False, False): 3}
