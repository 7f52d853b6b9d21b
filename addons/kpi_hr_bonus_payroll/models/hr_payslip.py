from odoo import api, fields, models
from odoo.exceptions import UserError

from .hr_salary_rule import CODES


class HrPayslip(models.Model):
    """A slip's life seen by the statements it pays; how they get onto it is in ``hr_payslip_bonus.py``."""

    _inherit = "hr.payslip"

    kpi_statement_ids = fields.One2many("kpi.bonus.statement", "payslip_id", string="KPI bonus statements")
    kpi_statement_count = fields.Integer(compute="_compute_kpi_statements", compute_sudo=True, string="KPI bonuses")
    kpi_pending_amount = fields.Monetary(
        compute="_compute_kpi_statements",
        compute_sudo=True,
        currency_field="kpi_currency_id",
        string="KPI bonus not on this slip",
        help="Approved bonus that falls due within the slip's dates and is on no slip yet.",
    )
    kpi_pending_count = fields.Integer(
        compute="_compute_kpi_statements", compute_sudo=True, string="KPI bonuses not on this slip"
    )
    kpi_currency_id = fields.Many2one(related="company_id.currency_id")

    # payroll looks slips up by employee and dates for every rule that adds up earlier slips.
    _employee_date_idx = models.Index("(employee_id, date_from)")

    @api.depends("employee_id", "company_id", "date_from", "date_to", "state", "kpi_statement_ids")
    def _compute_kpi_statements(self):
        counts = dict(
            self.env["kpi.bonus.statement"]._read_group([("payslip_id", "in", self.ids)], ["payslip_id"], ["__count"])
        )
        open_slips = self.filtered(lambda s: s.id and s.state != "cancel" and not s.credit_note and not s.refunded_id)
        pending = open_slips._kpi_pending_statements()
        for slip in self:
            slip.kpi_statement_count = counts.get(slip._origin, 0)
            due = pending.filtered(
                lambda st, slip=slip: (
                    slip in open_slips
                    and st.employee_id == slip.employee_id
                    and st.company_id == slip.company_id
                    and slip.date_from <= st.pay_date <= slip.date_to
                )
            )
            slip.kpi_pending_amount = due._amount_for(slip)
            slip.kpi_pending_count = len(due)

    def _kpi_pending_statements(self):
        """Approved statements on no slip that fall due somewhere in these slips, by one query."""
        Statement = self.env["kpi.bonus.statement"]
        if not self:
            return Statement
        days = min(self.mapped("date_from")), max(self.mapped("date_to"))
        return Statement.search(Statement._payment_due_domain(self.employee_id.ids, *days))

    @api.onchange("employee_id", "date_from", "date_to")
    def onchange_employee(self):
        """Override of payroll, which keeps the contract and the structure of the employee chosen before."""
        for slip in self:
            if slip.contract_id and slip.employee_id and slip.contract_id.employee_id != slip.employee_id._origin:
                slip.contract_id = slip.struct_id = False
        return super().onchange_employee()

    def copy(self, default=None):
        """Override of payroll: a duplicate does not pay the bonus again, and a refund stays in its company."""
        default = dict(default or {})
        if default.get("credit_note"):
            default.setdefault("company_id", self.company_id.id)
            return super().copy(default)
        slip = super().copy(default)
        bonus_inputs = slip.input_line_ids.filtered(lambda line: line.code in CODES)
        if bonus_inputs or slip.line_ids.filtered(lambda line: line.code in CODES):
            bonus_inputs.unlink()
            # The copied totals contain the bonus: the duplicate has to be computed anew.
            slip.line_ids.unlink()
        return slip

    def compute_sheet(self):
        """Override of payroll: bring the bonus first, then compute."""
        self._kpi_take_statements()
        return super().compute_sheet()

    def action_payslip_done(self):
        """Override of payroll, which takes one slip at a time only."""
        for slip in self:
            super(HrPayslip, slip).action_payslip_done()
        return True

    def write(self, vals):
        """Override of payroll: every change of a slip's state goes through here, so its statements follow here."""
        result = super().write(vals)
        if vals.get("credit_note"):
            # A refund pays nothing, so what the slip had as a slip waits for another one.
            self.sudo().kpi_statement_ids._release_from_payslip()
        if "state" in vals or "refunded_id" in vals:
            (self | self._kpi_refunded_slips())._kpi_sync_statements()
        return result

    def unlink(self):
        """Override: a deleted slip gives its statements back."""
        self.sudo().kpi_statement_ids._release_from_payslip()
        return super().unlink()

    def action_open_kpi_statements(self):
        """Open the bonus statements of this slip."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_hr_bonus.action_kpi_bonus_statement")
        return {**action, "domain": [("payslip_id", "in", self.ids)], "context": {"create": False}}

    def _kpi_label(self):
        return self.number or self.name or str(self.id)

    def _kpi_refunded(self):
        """Whether a refund of this slip is in force."""
        self.ensure_one()
        return self.refunded_id.state == "done"

    def _kpi_refunded_slips(self):
        """The slips that these slips refund."""
        refunds = self.filtered("credit_note")
        # sudo: a payroll officer may not see every slip, but its statements must follow all the same.
        return self.sudo().search([("refunded_id", "in", refunds.ids)]) if refunds else self.browse()

    def _kpi_sync_statements(self):
        """Bring the statements of these slips in line with the slips' state.

        Done and not refunded: paid. Done and refunded: approved again, free for another slip. Waiting: approved,
        reserved. Draft or cancelled: released.
        """
        for slip in self.filtered(lambda slip: not slip.credit_note):
            statements = slip.sudo().kpi_statement_ids
            if slip.state == "done" and slip._kpi_refunded():
                statements._release_from_payslip(refunded=True)
            elif slip.state == "done":
                slip._kpi_take_back_refunded()
                slip._kpi_check_paid_amount()
                slip.sudo().kpi_statement_ids.filtered(lambda s: s.state == "approved")._pay_by_payslip()
            elif slip.state == "verify":
                statements.filtered(lambda s: s.state == "paid")._payment_undo()
            else:
                statements._release_from_payslip()

    def _kpi_take_back_refunded(self):
        """The refund of this slip is gone: it pays its statements again.

        :raises UserError: when another slip pays one of them by now
        """
        self.ensure_one()
        statements = self.env["kpi.bonus.statement"].sudo().search([("refunded_payslip_id", "=", self.id)])
        if taken := statements.filtered("payslip_id"):
            raise UserError(
                self.env._(
                    "The bonus of %(slip)s is on pay slip %(other)s by now. Cancel that one first.",
                    slip=self._kpi_label(),
                    other=taken[0].payslip_id._kpi_label(),
                )
            )
        if gone := statements.filtered(lambda s: s.state != "approved"):
            raise UserError(self.env._("%s was cancelled after the refund, so the refund stays.", gone[0].display_name))
        statements._put_back_on_payslip(self)
