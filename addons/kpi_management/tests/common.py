from contextlib import contextmanager

import freezegun

from odoo.fields import Command, Date
from odoo.tests import TransactionCase, freeze_time, new_test_user

PASSWORD = "a-long-test-password"
# pytest times tests by the clock that a frozen class stops, and would report years.
freezegun.configure(extend_ignore_list=["_pytest.timing"])


@freeze_time("2026-04-02 02:00:00")
class KpiCase(TransactionCase):
    """A company in dong on Vietnamese time, its people, and March 2026, seen from the morning of 2 April.

    Sales has the parts North and South. Hằng leads Sales, An under her leads North, where Bình sells; Chi sells in
    South for Hằng. Lan is KPI officer, Minh KPI administrator, Eve works for another company. The KPIs T_REVENUE,
    T_COMPLAINTS (lower is better) and T_STOCK (a balance) are typed figures.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        cls.company = cls.make_company("Sao Mai")
        cls.other_company = cls.make_company("Sao Hôm")
        cls.env.user.write({"company_ids": [Command.link(cls.company.id)], "company_id": cls.company.id})
        cls._make_people()
        cls.month = cls.make_period("2026-03-15")
        cls.revenue = cls.make_kpi("T_REVENUE", unit="currency")
        cls.complaints = cls.make_kpi("T_COMPLAINTS", direction="lower")
        cls.make_measure("t_stock", accumulation="balance")
        cls.stock = cls.make_kpi("T_STOCK")

    @classmethod
    def _make_people(cls):
        cls.sales = cls.make_department("Sales")
        cls.north = cls.make_department("North", parent_id=cls.sales.id)
        cls.south = cls.make_department("South", parent_id=cls.sales.id)
        cls.office = cls.make_department("Office")
        cls.hang_user, cls.an_user, cls.binh_user, cls.chi_user = map(cls.make_user, ("hang", "an", "binh", "chi"))
        cls.officer = cls.make_user("lan", "kpi_management.group_kpi_officer")
        cls.admin = cls.make_user("minh", "kpi_management.group_kpi_admin")
        cls.stranger = cls.make_user("eve", company=cls.other_company)
        cls.hang = cls.make_employee("Hằng", cls.sales, user=cls.hang_user)
        cls.an = cls.make_employee("An", cls.north, user=cls.an_user, parent_id=cls.hang.id)
        cls.binh = cls.make_employee("Bình", cls.north, user=cls.binh_user, parent_id=cls.an.id)
        cls.chi = cls.make_employee("Chi", cls.south, user=cls.chi_user, parent_id=cls.hang.id)
        cls.lan = cls.make_employee("Lan", cls.office, user=cls.officer)
        cls.sales.manager_id = cls.hang

    @classmethod
    def make_company(cls, name, **vals):
        currency = cls.env.ref("base.VND")
        currency.active = True
        company = cls.env["res.company"].create({"name": name, "currency_id": currency.id, **vals})
        company.resource_calendar_id.tz = "Asia/Ho_Chi_Minh"
        return company

    @classmethod
    def make_department(cls, name, **vals):
        return cls.env["hr.department"].create({"name": name, "company_id": cls.company.id, **vals})

    @classmethod
    def make_user(cls, login, *groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login=f"kpi_{login}",
            groups=",".join(("base.group_user", *groups)),
            password=PASSWORD,
            tz="Asia/Ho_Chi_Minh",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def make_employee(cls, name, department, start="2025-01-01", user=None, **vals):
        """An employee of the department, by default under contract since 1 January 2025 without an end."""
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "company_id": department.company_id.id,
                "department_id": department.id,
                "user_id": user and user.id,
                "date_version": start,
                "contract_date_start": start,
                **vals,
            }
        )

    @classmethod
    def make_period(cls, day, period_type="month", company=None):
        """The company's period of the type that holds the day; made when missing."""
        return cls.env["kpi.period"]._ensure(company or cls.company, period_type, Date.to_date(day))

    @classmethod
    def make_measure(cls, code, **vals):
        """By default an entered figure that adds up."""
        return cls.env["kpi.measure"].create(
            {"code": code, "name": code, "source": "input", "aggregate": "sum", **vals}
        )

    @classmethod
    def make_kpi(cls, code, formula=None, **vals):
        """A KPI; without a formula it is the entered figure of the same code in small letters, made when missing."""
        formula = formula or code.lower()
        if formula == code.lower() and not cls.env["kpi.measure"].search([("code", "=", formula)]):
            cls.make_measure(formula)
        return cls.env["kpi.definition"].create({"code": code, "name": code, "formula": formula, **vals})

    @classmethod
    def kpi(cls, code):
        return cls.env["kpi.definition"].search([("code", "=", code)])

    @classmethod
    def _subject_vals(cls, subject):
        """The fields that say whom a scorecard or a figure is about."""
        mixin = cls.env["kpi.subject.mixin"]
        kinds = {mixin._fields[name].comodel_name: (kind, name) for kind, name in mixin._subject_fields().items()}
        kind, name = kinds[subject._name]
        company = subject if kind == "company" else subject.sudo().company_id
        return {"subject_type": kind, "company_id": company.id, name: subject.id}

    @classmethod
    def make_card(cls, subject, lines, period=None, agreed=True):
        """A scorecard of a company, department, employee…, made by the user of the subject's environment.

        :param lines: (code of the KPI, weight, target) or (code, weight, target, other terms)
        """
        card = subject.env["kpi.scorecard"].create(
            {
                **cls._subject_vals(subject),
                "period_id": (period or cls.month).id,
                "line_ids": [Command.create(cls._line_vals(*line)) for line in lines],
            }
        )
        if agreed:
            card.action_agree()
        return card

    @classmethod
    def _line_vals(cls, code, weight, target, terms=None):
        return {"definition_id": cls.kpi(code).id, "weight": weight, "target": target, **(terms or {})}

    @classmethod
    def enter(cls, code, subject, value, period=None):
        """Type a figure of a measure, as the user of the subject's environment."""
        return subject.env["kpi.measurement"].create(
            {
                **cls._subject_vals(subject),
                "measure_id": cls.env["kpi.measure"].search([("code", "=", code)]).id,
                "period_id": (period or cls.month).id,
                "value": value,
            }
        )

    @contextmanager
    def refused(self, exception, reason):
        """Within it something is refused with a message that matches; what was begun is undone.

        Odoo undoes it in ``assertRaises`` alone, not in ``assertRaisesRegex``.
        """
        with self.assertRaises(exception) as refusal:
            yield
        self.assertRegex(str(refusal.exception), reason)

    @classmethod
    def line(cls, card, code):
        return card.line_ids.filtered(lambda line: line.definition_id.code == code)
