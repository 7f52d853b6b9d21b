from odoo.addons.kpi_management.tests.measure_case import KINDS, MARCH

from .account_case import MARCH_DAYS, AccountCase


class AnalyticCase(AccountCase):
    """Costs of one analytic account, chosen on the KPI. The account is of a plan of its own, beside the projects'."""

    measure_code = "analytic_cost"
    sums = True
    # SELECT with the column of the plan, which is known when the plan is there.
    plain_sql_by_plan = f"""
        SELECT -SUM(amount) FROM account_analytic_line
         WHERE {{column}} = {{account}} AND company_id = %(company)s AND date {MARCH_DAYS}
           AND (%(people)s IS NULL OR user_id = ANY(%(people)s))
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project_plan = next(cls.env["account.analytic.plan"]._get_all_plans())
        cls.plan = cls.env["account.analytic.plan"].create({"name": "Programmes"})
        cls.digital, cls.other = (cls.make_analytic_account(name, cls.plan) for name in ("Digital", "Other"))
        cls.chosen = cls.digital

    @classmethod
    def make_analytic_account(cls, name, plan):
        return cls.env["account.analytic.account"].create({"name": name, "plan_id": plan.id, "company_id": False})

    @property
    def plain_sql(self):
        return self.plain_sql_by_plan.format(column=self.chosen.plan_id._column_name(), account=self.chosen.id)

    # ---------------------------------------------------------------- the choice

    @property
    def parameter(self):
        return self.env.ref("kpi_account.parameter_analytic_account")

    def figures(self, subjects, company=None):
        query = self.env["kpi.measure.query"]
        choices = ((self.parameter.id, self.chosen.id),)
        kind = KINDS[subjects._name]
        figures = query._figures(self.measure, company or self.company, MARCH, kind, subjects, choices)
        self.assertIsInstance(figures, dict, figures)
        return figures

    def computed_line(self, subject, formula=None):
        line = super().computed_line(subject, formula)
        self.assertEqual(line.result, "error", "without a choice there is nothing to count")
        self.choose(line.definition_id)
        line.scorecard_id.action_compute()
        return line

    def choose(self, definition):
        self.env["kpi.parameter.value"].create(
            {
                "definition_id": definition.id,
                "parameter_id": self.parameter.id,
                "value_ref": f"account.analytic.account,{self.chosen.id}",
            }
        )

    # ---------------------------------------------------------------- costs

    def make_line(self, user, day, amount, *accounts, company=None, **vals):
        return self.env["account.analytic.line"].create(
            {
                "name": "Phần mềm",
                "date": day,
                "amount": -amount,
                "user_id": user.id,
                "company_id": (company or self.company).id,
                **{account.plan_id._column_name(): account.id for account in accounts},
                **vals,
            }
        )

    def make_counted(self, person, moment, amount=1, company=None):
        company = company or person.company_id
        line = self.make_line(person.user_id, self.day(moment), amount, self.chosen, company=company)
        return self.costs(line)

    def costs(self, line):
        self.env.flush_all()
        return self.env["kpi.analytic.cost"].search([("line_id", "=", line.id), ("account_id", "=", self.chosen.id)])

    def exclude(self, record):
        """Booked on the wrong account, corrected."""
        record.line_id[self.chosen.plan_id._column_name()] = self.other
