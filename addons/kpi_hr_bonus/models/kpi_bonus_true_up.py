from odoo import api, fields, models
from odoo.fields import Domain


class KpiBonusTrueUp(models.Model):
    """What an approved statement would be on today's records, less what it is: settled by the next statement, once.

    Statements themselves stay as they were approved. One that nobody has taken yet follows the records; once a settled
    statement has it, it stays, and what changes after that makes another one.
    """

    _name = "kpi.bonus.true.up"
    _description = "Bonus Correction"
    _inherit = ["kpi.kept.mixin"]
    _order = "date_end desc, id desc"

    statement_id = fields.Many2one(
        "kpi.bonus.statement", string="Corrects", required=True, index=True, ondelete="cascade"
    )
    settled_id = fields.Many2one(
        "kpi.bonus.statement",
        string="Settled by",
        index="btree_not_null",
        ondelete="set null",
        help="The approved statement that took it.",
    )
    origin = fields.Selection(
        [("late", "Later records"), ("contest", "Contest upheld")], required=True, default="late", string="Because of"
    )
    name = fields.Char(string="Reason")
    amount = fields.Monetary(required=True)
    plan_id = fields.Many2one(related="statement_id.plan_id", store=True, index=True)
    period_id = fields.Many2one(related="statement_id.period_id", store=True)
    date_end = fields.Date(related="statement_id.date_end", store=True, string="Period end")
    employee_id = fields.Many2one(related="statement_id.employee_id", store=True, index=True)
    company_id = fields.Many2one(related="statement_id.company_id", store=True)
    currency_id = fields.Many2one(related="statement_id.currency_id", store=True)
    author_id = fields.Many2one("res.users", string="By", default=lambda self: self.env.user, ondelete="restrict")
    explanation = fields.Json()
    explanation_html = fields.Html(compute="_compute_explanation_html", string="Arithmetic", sanitize=False)

    _one_open = models.UniqueIndex(
        "(statement_id) WHERE settled_id IS NULL AND origin = 'late'",
        "A statement has one open correction by later records.",
    )

    @api.depends("origin", "name", "period_id.name")
    def _compute_display_name(self):
        for true_up in self:
            # sudo: the period's name only, which plain employees may not read.
            period = true_up.sudo().period_id.name
            text = true_up.name or self.env._("later records")
            true_up.display_name = self.env._("Correction of %(period)s: %(reason)s", period=period, reason=text)

    @api.depends_context("lang")
    @api.depends("explanation")
    def _compute_explanation_html(self):
        renderer = self.env["kpi.bonus.explanation"]
        for true_up in self:
            true_up.explanation_html = renderer._render_true_up(true_up) if true_up.explanation else False

    @api.model
    def _kept_text(self):
        """Override of the mixin."""
        return self.env._("Corrections of approved bonuses are computed; nobody writes them by hand.")

    @api.model
    def _open(self, plan, period, employee_ids):
        """What waits for the statement of a plan and period: {employee id: true-ups}; one query."""
        domain = plan._true_up_domain(period, employee_ids) & Domain("settled_id", "=", False)
        return {
            employee.id: true_ups
            for employee, true_ups in self.search(domain & Domain("amount", "!=", 0), order="id")
            .grouped("employee_id")
            .items()
        }

    def _prepare_line(self):
        """Values of the line of the statement that takes it."""
        self.ensure_one()
        return {
            "kind": "true_up",
            "true_up_id": self.id,
            "amount": self.amount,
            "name": self.name,
            "author_id": self.author_id.id,
        }
