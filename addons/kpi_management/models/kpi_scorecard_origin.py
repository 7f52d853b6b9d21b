from odoo import api, fields, models
from odoo.exceptions import AccessError

from .guard import is_trusted
from .kpi_scorecard_template_line import TERM_FIELDS

# Set where scorecards are made in bulk, and nowhere else.
NO_ORIGIN = {"template_id": False, "batch_id": False, "employed_days": 0}


class KpiScorecard(models.Model):
    """Where a scorecard made in bulk comes from, and for how much of the period."""

    _inherit = "kpi.scorecard"

    template_id = fields.Many2one(
        "kpi.scorecard.template", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    batch_id = fields.Many2one(
        "kpi.scorecard.batch", string="Made by", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    employed_days = fields.Integer(
        readonly=True, copy=False, aggregator=None, help="Days of the period the targets are for. 0: the whole period."
    )
    pro_rata_text = fields.Char(string="Pro rata", compute="_compute_pro_rata_text")

    @api.depends("employed_days", "date_start", "date_end")
    @api.depends_context("lang")
    def _compute_pro_rata_text(self):
        for card in self:
            card.pro_rata_text = bool(card.employed_days) and self.env._(
                "Pro rata: employed on %(days)s of %(all)s days. Targets of figures that add up over time are for these "
                "days; weights are the same.",
                days=card.employed_days,
                all=(card.date_end - card.date_start).days + 1,
            )

    @api.model_create_multi
    def create(self, vals_list):
        if is_trusted(self.env):
            return super().create(vals_list)
        self._check_origin_untouched({name for vals in vals_list for name in vals})
        return super().create([{**vals, **NO_ORIGIN} for vals in vals_list])

    def write(self, vals):
        self._check_origin_untouched(vals)
        return super().write(vals)

    def action_make_template(self):
        """Make a template in draft of this scorecard's KPIs and open it."""
        self.ensure_one()
        template = self.env["kpi.scorecard.template"].create(self._prepare_template())
        return {
            "type": "ir.actions.act_window",
            "res_model": template._name,
            "res_id": template.id,
            "view_mode": "form",
        }

    def _prepare_template(self):
        # sudo: an officer need not be in HR to take the name of a person's job.
        employee = self.employee_id.sudo()
        job, department = employee.job_id, employee.department_id
        batch = self.env["kpi.scorecard.batch"]
        additive = batch._additive(self.line_ids.definition_id)
        return {
            "name": job.name or self.subject_name,
            "company_id": self.company_id.id,
            "subject_type": self.subject_type,
            "period_type": self.period_type,
            "job_ids": job.ids,
            "department_ids": department.ids if self.subject_type == "employee" and not job else self.department_id.ids,
            "line_ids": [
                fields.Command.create(
                    {
                        **{name: line[name] for name in TERM_FIELDS},
                        **(batch._whole_terms(line, self.employed_days) if line.definition_id in additive else {}),
                        "sequence": line.sequence,
                        "definition_id": line.definition_id.id,
                        "objective_id": line.objective_id.id,
                        "parameter_value_ids": line.parameter_value_ids._copied(),
                    }
                )
                for line in self.line_ids
            ],
        }

    def _check_origin_untouched(self, names):
        if not is_trusted(self.env) and NO_ORIGIN.keys() & set(names):
            raise AccessError(self.env._("Where a scorecard comes from is written where scorecards are made in bulk."))
