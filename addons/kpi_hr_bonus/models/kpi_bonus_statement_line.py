from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.kpi_management.models.guard import is_trusted

#: Kinds that the computation writes, with the statement's figure and the sign it adds with.
COMPUTED_KINDS = {"computed": ("capped_amount", 1), "carried_in": ("carried_in", 1), "carried_out": ("carried_out", -1)}


class KpiBonusStatementLine(models.Model):
    """What a statement's amount is made of: its lines add up to it."""

    _name = "kpi.bonus.statement.line"
    _description = "Bonus Statement Line"
    _order = "statement_id, sequence, id"

    statement_id = fields.Many2one("kpi.bonus.statement", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(compute="_compute_sequence", store=True, precompute=True)
    kind = fields.Selection(
        [
            ("computed", "By the plan"),
            ("carried_in", "Rest of earlier statements"),
            ("adjustment", "Adjustment"),
            ("true_up", "Correction of an earlier period"),
            ("carried_out", "Carried over to the next statement"),
        ],
        required=True,
        default="adjustment",
    )
    name = fields.Char(string="Reason", help="Why the amount is adjusted.")
    amount = fields.Monetary(required=True)
    currency_id = fields.Many2one(related="statement_id.currency_id", store=True, precompute=True)
    company_id = fields.Many2one(related="statement_id.company_id", store=True, precompute=True, index=True)
    employee_id = fields.Many2one(related="statement_id.employee_id", store=True, precompute=True)
    period_id = fields.Many2one(related="statement_id.period_id", store=True, precompute=True)
    state = fields.Selection(related="statement_id.state")
    true_up_id = fields.Many2one(
        "kpi.bonus.true.up", string="Correction", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    author_id = fields.Many2one("res.users", default=lambda self: self.env.user, readonly=True, ondelete="restrict")

    _reason_given = models.Constraint(
        "CHECK(kind != 'adjustment' OR COALESCE(length(trim(name)), 0) > 0)", "Say why the amount is adjusted."
    )
    _unique_kind = models.UniqueIndex(
        "(statement_id, kind) WHERE kind NOT IN ('adjustment', 'true_up')",
        "A statement has one computed line of each kind.",
    )

    _unique_true_up = models.UniqueIndex(
        "(statement_id, true_up_id) WHERE true_up_id IS NOT NULL", "A statement takes a correction once."
    )

    @api.depends("kind")
    def _compute_sequence(self):
        order = list(dict(self._fields["kind"].selection))
        for line in self:
            line.sequence = 10 * (order.index(line.kind) + 1)

    @api.depends("kind", "name", "true_up_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            line.display_name = line.name or line.true_up_id.display_name or kinds[line.kind]

    @api.model_create_multi
    def create(self, vals_list):
        if is_trusted(self.env):
            return super().create(vals_list)
        if any(vals.get("kind", "adjustment") != "adjustment" for vals in vals_list):
            raise AccessError(self.env._("Computed lines are not written by hand: add an adjustment with its reason."))
        # The kind is given, or else a context could bring another one as its default.
        fixed = {"kind": "adjustment", "author_id": self.env.uid, "true_up_id": False}
        lines = super().create([{**vals, **fixed} for vals in vals_list])
        lines._check_adjustable()
        lines.statement_id._recompute()
        return lines

    def write(self, vals):
        if is_trusted(self.env):
            return super().write(vals)
        self.check_access("write")
        self._check_adjustable()
        if vals.keys() - {"name", "amount"}:
            raise AccessError(self.env._("Only the reason and the amount of an adjustment can be changed."))
        # Whoever changed the amount last answers for it, and may not approve it.
        result = super().write({**vals, "author_id": self.env.uid})
        self._check_adjustable()
        self.statement_id._recompute()
        return result

    def unlink(self):
        if is_trusted(self.env):
            return super().unlink()
        self.check_access("unlink")
        self._check_adjustable()
        statements = self.statement_id
        result = super().unlink()
        statements._recompute()
        return result

    def action_open_true_up(self):
        """Open what a correction of an earlier period is made of."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "kpi.bonus.true.up",
            "res_id": self.true_up_id.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _prepare_computed(self, vals):
        """Values of the computed lines of a statement with these values; zero rests have no line."""
        return [
            {"kind": kind, "amount": sign * vals[name], "author_id": self.env.uid}
            for kind, (name, sign) in COMPUTED_KINDS.items()
            if kind == "computed" or vals[name]
        ] + vals.get("true_ups", [])

    def _sync_computed(self, statement, vals):
        """Bring the computed lines of a statement (self: all its lines) in line with its values."""
        # After an adjustment the true-ups stay as they are: only the plan says anew which there are.
        kinds = {"adjustment"} if "true_ups" in vals else {"adjustment", "true_up"}
        wanted = {(line["kind"], line.get("true_up_id")): line for line in self._prepare_computed(vals)}
        for line in self.filtered(lambda line: line.kind not in kinds):
            vals = wanted.pop((line.kind, line.true_up_id.id or None), None)
            if not vals:
                line.unlink()
            elif line.currency_id.compare_amounts(line.amount, vals["amount"]) or line.name != vals.get("name", False):
                line.write({"amount": vals["amount"], "name": vals.get("name", False)})
        self.create([{**line, "statement_id": statement.id} for line in wanted.values()])

    def _check_adjustable(self):
        """Adjustments belong to drafts of other people, computed lines to nobody.

        :raises AccessError: when the statement pays the user
        :raises UserError: telling the way out
        """
        if self.env.user in self.sudo().statement_id.user_id:
            raise AccessError(self.env._("Nobody adjusts the own bonus. Ask another bonus officer."))
        if any(line.kind != "adjustment" for line in self):
            raise UserError(self.env._("Computed lines are not changed by hand: add an adjustment with its reason."))
        if fixed := self.statement_id.filtered(lambda statement: statement.state != "draft"):
            raise UserError(
                self.env._(
                    "%s is no longer a draft. Take it back to draft to adjust it; once approved, adjust the next one.",
                    fixed[0].display_name,
                )
            )
