from odoo.tests import TransactionCase, new_test_user

from odoo.addons.kpi_management.models.guard import trusted


class BonusCase(TransactionCase):
    """A company in dong with a small sales department, March 2026 (31 days) and the people of the bonus process.

    hang leads an, an leads binh; cuong is in another department. lan computes, minh approves.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True, no_reset_password=True))
        cls.vnd = cls.env.ref("base.VND")
        cls.vnd.active = True
        cls.company = cls.env["res.company"].create({"name": "Sao Mai", "currency_id": cls.vnd.id})
        cls.env.user.company_ids |= cls.company
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.company.ids))
        cls.sales = cls.make_department("Sales")
        cls.sales_north = cls.make_department("Sales North", parent_id=cls.sales.id)
        cls.production = cls.make_department("Production")
        cls.officer = cls.make_user("lan", "kpi_hr_bonus.group_bonus_officer")
        cls.approver = cls.make_user("minh", "kpi_hr_bonus.group_bonus_approver")
        cls.hang_user, cls.an_user, cls.binh_user = (cls.make_user(name) for name in ("hang", "an", "binh"))
        cls.hang = cls.make_employee("Hằng", cls.sales, user_id=cls.hang_user.id)
        cls.an = cls.make_employee("An", cls.sales, user_id=cls.an_user.id, parent_id=cls.hang.id)
        cls.binh = cls.make_employee("Bình", cls.sales_north, user_id=cls.binh_user.id, parent_id=cls.an.id)
        cls.cuong = cls.make_employee("Cường", cls.production)
        cls.lan = cls.make_employee("Lan", cls.production, user_id=cls.officer.id)
        cls.minh = cls.make_employee("Minh", cls.production, user_id=cls.approver.id)
        cls.march = cls.make_period("2026-03-15")
        cls.revenue = cls.make_kpi("T_REVENUE", "Revenue")
        cls.safety = cls.make_kpi("T_SAFETY", "Safety")

    @classmethod
    def make_department(cls, name, **vals):
        return cls.env["hr.department"].create({"name": name, "company_id": cls.company.id, **vals})

    @classmethod
    def make_user(cls, login, *groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login=f"bonus_{login}",
            groups=",".join(("base.group_user", *groups)),
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    @classmethod
    def make_employee(cls, name, department, start="2025-01-01", wage=20_000_000, **vals):
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "department_id": department.id,
                "date_version": start,
                "contract_date_start": start,
                "wage": wage,
                **vals,
            }
        )

    @classmethod
    def make_period(cls, day, period_type="month", company=None):
        return cls.env["kpi.period"]._ensure(company or cls.company, period_type, cls.date(day))

    @classmethod
    def date(cls, text):
        return cls.env["kpi.period"]._fields["date_start"].to_date(text)

    @classmethod
    def make_kpi(cls, code, name):
        cls.env["kpi.measure"].create({"code": code.lower(), "name": name, "source": "input", "aggregate": "sum"})
        return cls.env["kpi.definition"].create(
            {"code": code, "name": name, "formula": code.lower(), "unit": "currency"}
        )

    @classmethod
    def make_card(cls, employee, score, period=None, state="running", attainments=None):
        """A scorecard as the engine would leave it: one line of the KPI revenue, or a line per given KPI."""
        attainments = attainments or {cls.revenue: score}
        card = cls.env["kpi.scorecard"].create(
            {
                "period_id": (period or cls.march).id,
                "company_id": cls.company.id,
                "subject_type": "employee" if employee else "company",
                "employee_id": employee and employee.id,
                "line_ids": [
                    (0, 0, {"definition_id": kpi.id, "weight": 100 / len(attainments), "target": 1_000_000_000})
                    for kpi in attainments
                ],
            }
        )
        for line in trusted(card).line_ids:
            attainment = attainments[line.definition_id]
            if attainment is not None:
                line.write({"actual": attainment * 10_000_000, "attainment": attainment, "result": "ok"})
            else:
                line.write({"result": "no_data"})
        trusted(card).write({"score": score or 0, "has_score": score is not None, "state": state})
        return card

    @classmethod
    def make_plan(cls, state="published", **vals):
        """By default 5,000,000 dong at 100 %, proportional, for the sales department."""
        return cls.env["kpi.bonus.plan"].create(
            {
                "name": "Sales bonus",
                "company_id": cls.company.id,
                "date_start": "2026-01-01",
                "amount": 5_000_000,
                "department_ids": [(6, 0, cls.sales.ids)],
                "state": state,
                **vals,
            }
        )

    def compute(self, plan, period=None):
        """Compute as the bonus officer.

        :return: the plan's statements of the period that are not cancelled, by employee
        """
        period = period or self.march
        plan.with_user(self.officer).action_compute(period.id)
        statements = plan.statement_ids.filtered(lambda s: s.period_id == period and s.state != "cancelled")
        return statements.grouped("employee_id")

    def approved_statement(self, employee=None, score=80.0, plan=None, period=None):
        """A statement that went through both hands."""
        employee = employee or self.an
        self.make_card(employee, score, period)
        statement = self.compute(plan or self.make_plan(), period)[employee]
        statement.with_user(self.officer).action_submit()
        statement.with_user(self.approver).action_approve()
        return statement
