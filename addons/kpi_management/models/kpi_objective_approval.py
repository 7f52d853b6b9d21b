from odoo import api, fields, models
from odoo.exceptions import AccessError

from .guard import is_trusted

# What the reviewers' answers write → what a new review begins with.
ANSWER = {"state": "pending", "date": False, "comment": False}


class KpiObjectiveApproval(models.Model):
    _name = "kpi.objective.approval"
    _description = "Review of an Objective"
    _order = "objective_id, id"
    _rec_name = "user_id"

    objective_id = fields.Many2one("kpi.objective", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="objective_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        string="Reviewer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    side = fields.Selection(
        [("department", "Department concerned"), ("hr", "Human resources"), ("other", "Other")],
        string="For",
        required=True,
        default="department",
    )
    state = fields.Selection(
        [("pending", "Pending"), ("accepted", "Accepted"), ("refused", "Sent back")],
        required=True,
        default="pending",
        readonly=True,
        copy=False,
    )
    date = fields.Datetime(string="On", readonly=True, copy=False)
    comment = fields.Char(readonly=True, copy=False)

    _unique_user = models.UniqueIndex("(objective_id, user_id)", "This reviewer is on the list already.")

    @api.model_create_multi
    def create(self, vals_list):
        if is_trusted(self.env):
            return super().create(vals_list)
        self._check_answer({name for vals in vals_list for name in vals if vals[name] != ANSWER.get(name)})
        approvals = super().create([{**vals, **ANSWER} for vals in vals_list])
        approvals.objective_id._check_terms_open()
        return approvals

    def write(self, vals):
        if is_trusted(self.env):
            return super().write(vals)
        self._check_answer(vals)
        self.objective_id._check_terms_open()
        result = super().write(vals)
        if "objective_id" in vals:
            self.objective_id._check_terms_open()
            self.check_access("write")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proposed(self):
        self.objective_id._check_terms_open()

    def _check_answer(self, names):
        if ANSWER.keys() & set(names):
            raise AccessError(self.env._("A reviewer answers by the buttons of the objective."))
