from odoo import fields, models

from ..engine import window_of


class KpiPeriodGenerate(models.TransientModel):
    _name = "kpi.period.generate"
    _description = "Create the Periods of a Year"

    year = fields.Integer(required=True, default=lambda self: fields.Date.context_today(self).year)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    with_month = fields.Boolean(string="Months", default=True)
    with_quarter = fields.Boolean(string="Quarters", default=True)
    with_half = fields.Boolean(string="Half-years")
    with_year = fields.Boolean(string="Whole year", default=True)

    _year_range = models.Constraint("CHECK(year BETWEEN 1970 AND 2999)", "Give the year with four digits.")

    def action_confirm(self):
        """Make the periods that are missing and show the year's; the first steps, which wait, show what is next."""
        self.ensure_one()
        Period = self.env["kpi.period"]
        first, last = fields.Date.to_date(f"{self.year}-01-01"), fields.Date.to_date(f"{self.year}-12-31")
        for period_type in ("year", "half", "quarter", "month"):
            day = first
            while self[f"with_{period_type}"] and day <= last:
                Period._ensure(self.company_id, period_type, day)
                day = fields.Date.add(window_of(period_type, day).end, days=1)
        if self.env.context.get("kpi_first_steps"):
            return {"type": "ir.actions.act_window_close"}
        action = self.env["ir.actions.act_window"]._for_xml_id("kpi_management.action_kpi_period")
        return {**action, "domain": [("date_start", "<=", last), ("date_end", ">=", first)], "target": "main"}
