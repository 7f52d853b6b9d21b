"""The regulation as people read and sign it: the terms in words, on screen and on paper."""

from odoo import models


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    def _render_regulation(self):
        """The plan as a page.

        :return: Markup, in the language of the context
        """
        self.ensure_one()
        return self.env["ir.qweb"]._render("kpi_hr_bonus.plan_regulation", {"plan": self})

    def action_print(self):
        """Print the regulation, with a place to sign."""
        self.check_access("read")
        return self.env.ref("kpi_hr_bonus.action_report_bonus_plan").report_action(self.ids)

    def _regulation_rows(self):
        """What the regulation says of everything but its curve, tiers and gates.

        :return: [(label, text)]
        """
        self.ensure_one()
        # sudo: names of departments and jobs that the regulation itself gives.
        plan = self.sudo()
        rows = [
            (self.env._("In force"), plan._force_text()),
            (self.env._("Paid per"), plan._term_value("period_type")),
            (self.env._("Pays"), plan.basis_summary),
            (self.env._("Counts"), plan._counted_text()),
            (self.env._("Covers"), plan._covers_text()),
            (self.env._("At most"), plan._cap_text()),
            (self.env._("Days"), plan._days_text()),
            (self.env._("Paid out"), plan._payout_text()),
        ]
        return [(label, text) for label, text in rows if text]

    def _force_text(self):
        start = self._date_text(self.date_start)
        if not self.date_end:
            return self.env._("from %s on", start)
        return self.env._("from %(start)s to %(end)s", start=start, end=self._date_text(self.date_end))

    def _counted_text(self):
        if self.basis == "rate" and not self.curve_ids:
            # What is measured is said with what it pays, and the attainment does not count.
            return ""
        if self.apply_on == "score":
            return self.env._("The score of the person's scorecard")
        return self.env._("The person's attainment of the KPI %s", self.definition_id.name)

    def _covers_text(self):
        parts = [
            (self.env._("Departments"), self.department_ids),
            (self.env._("Job positions"), self.job_ids),
            (self.env._("Tags"), self.category_ids),
        ]
        texts = [f"{label}: {', '.join(records.mapped('display_name'))}" for label, records in parts if records]
        if self.employee_ids:
            # Who they are is nobody's business but theirs.
            texts.append(self.env._("%s people named in the plan", len(self.employee_ids)))
        return "; ".join(texts) or self.env._("Everybody in %s", self.company_id.name)

    def _cap_text(self):
        texts = [self._money_text(self.cap_amount)] if self.cap_amount else []
        if self.cap_wage_percent:
            texts.append(self.env._("%s %% of the wage", self._number_text(self.cap_wage_percent)))
        return (" " + self.env._("or") + " ").join(texts)

    def _days_text(self):
        if not self.prorate:
            return ""
        return self.env._("Who is covered for a part of the period only gets the share of its calendar days.")

    def _payout_text(self):
        months = self.pay_month_offset
        if not months:
            return self.env._("With the pay slip of the last day of the period")
        return (
            self.env._("%s months after the period", months) if months > 1 else self.env._("A month after the period")
        )

    def _curve_text(self):
        """How the points of the curve are read."""
        if not self.curve_ids:
            return "" if self.basis == "rate" else self.env._("The payout is what was reached: 80 % done earns 80 %.")
        between = (
            self.env._("Between two points the payout rises in a straight line.")
            if self.curve_mode == "interpolated"
            else self.env._("Between two points the payout stays that of the lower one.")
        )
        ends = self.env._("Nothing is paid short of the first point; beyond the last the payout stays the same.")
        return f"{between} {ends}"
