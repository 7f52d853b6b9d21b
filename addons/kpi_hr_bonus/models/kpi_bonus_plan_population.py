"""Who is covered by a plan, before and after it is published, and who by two plans of the same kind."""

from odoo import api, fields, models
from odoo.fields import Domain


class KpiBonusPlan(models.Model):
    _inherit = "kpi.bonus.plan"  # pylint: disable=consider-merging-classes-inherited

    population_count = fields.Integer(compute="_compute_population", string="People covered")
    population_text = fields.Char(compute="_compute_population")
    overlap_text = fields.Char(compute="_compute_overlap_text")

    @api.depends("company_id", "department_ids", "job_ids", "category_ids", "employee_ids", "date_start", "date_end")
    @api.depends_context("lang")
    def _compute_population(self):
        for plan in self:
            plan.population_count = len(plan._covered_employees()) if plan.company_id and plan.date_start else 0
            plan.population_text = plan.date_start and self.env._(
                "%(count)s people on %(date)s. Who joins later is covered from that day on.",
                count=plan.population_count,
                date=plan._date_text(plan._population_day()),
            )

    @api.depends(
        "company_id",
        "department_ids",
        "job_ids",
        "category_ids",
        "employee_ids",
        "date_start",
        "date_end",
        "period_type",
        "apply_on",
        "definition_id",
        "in_insurance_base",
    )
    @api.depends_context("lang")
    def _compute_overlap_text(self):
        for plan in self:
            overlaps = plan._overlaps() if plan.date_start else {}
            plan.overlap_text = " ".join(
                self.env._(
                    "%(count)s people are paid for the same by %(plan)s as well.",
                    count=len(employee_ids),
                    plan=other.display_name,
                )
                for other, employee_ids in overlaps.items()
            )

    def action_open_population(self):
        """List who is covered, with the days."""
        self.ensure_one()
        return self._open_people(self.env._("Covered by %s", self.display_name), self._covered_stretches())

    def action_open_overlap(self):
        """List who is paid for the same by another plan, too."""
        self.ensure_one()
        doubled = set().union(*self._overlaps().values())
        stretches = self._covered_stretches().filtered(lambda stretch: stretch.employee_id.id in doubled)
        return self._open_people(self.env._("Paid twice with %s", self.display_name), stretches)

    def _open_people(self, name, stretches):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "kpi.employment",
            "views": [(self.env.ref("kpi_hr_bonus.view_kpi_employment_list_bonus").id, "list")],
            "search_view_id": [self.env.ref("kpi_hr_bonus.view_kpi_employment_search_bonus").id],
            "domain": [("id", "in", stretches.ids)],
            "context": {"active_test": False, "create": False},
        }

    def _population_day(self):
        """The day on which people are counted: today, within the dates of the plan."""
        self.ensure_one()
        day = max(self.date_start, fields.Date.context_today(self))
        return min(day, self.date_end) if self.date_end and self.date_end >= self.date_start else day

    def _covered_stretches(self):
        """The stretches of ``kpi.employment`` that this plan covers on its day; one query, however many people."""
        self.ensure_one()
        day = self._population_day()
        domain = self._population_domain() & Domain("date_from", "<=", day)
        domain &= Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        # sudo: a bonus officer plans for people whose records HR keeps; only who works where is read.
        Employment = self.env["kpi.employment"].sudo().with_context(active_test=False)
        return Employment.search_fetch(domain, ["employee_id", "department_id"])

    def _covered_employees(self):
        """{employee id: department id} of those this plan covers on its day."""
        return {stretch.employee_id.id: stretch.department_id.id for stretch in self._covered_stretches()}

    def _overlaps(self):
        """Who is covered by other published plans that pay per the same period for the same.

        :return: {plan: ids of the employees in both}, without plans that share nobody
        """
        self.ensure_one()
        others = self.search(self._same_kind_domain())
        mine = self._covered_employees().keys() if others else ()
        shared = {other: mine & other._covered_employees().keys() for other in others}
        return {other: employee_ids for other, employee_ids in shared.items() if employee_ids}

    def _same_kind_domain(self):
        domain = Domain("state", "=", "published") & Domain("company_id", "=", self.company_id.id)
        domain &= Domain("period_type", "=", self.period_type) & Domain("apply_on", "=", self.apply_on)
        # A regular allowance beside a bonus is not the same twice.
        domain &= Domain("in_insurance_base", "=", self.in_insurance_base)
        if self.apply_on == "kpi":
            domain &= Domain("definition_id", "=", self.definition_id.id)
        if self.date_end:
            domain &= Domain("date_start", "<=", self.date_end)
        domain &= Domain("date_end", "=", False) | Domain("date_end", ">=", self.date_start)
        return domain & ~Domain(self._chain_domain()) if self._origin else domain
