from odoo import Command
from odoo.tests import freeze_time

from odoo.addons.kpi_management.tests.common import KpiCase


def make_won_kpi(case):
    """T_WON, the expected revenue of the opportunities won, to the salesperson.

    :param case: the class of the test, a ``KpiCase``
    """
    case.make_measure(
        "t_won",
        name="Won",
        source="query",
        model_id=case.env["ir.model"]._get_id("crm.lead"),
        domain="[('won_status', '=', 'won')]",
        value_field="expected_revenue",
        date_field="date_closed",
        employee_path="user_id",
        company_path="company_id",
    )
    return case.make_kpi("T_WON", formula="t_won", unit="currency", department_kind="sales")


def make_deal(case, person, revenue, **vals):
    """An opportunity of a salesperson, by default at 50 %.

    :param case: a ``KpiCase``, or its class
    """
    return case.env["crm.lead"].create(
        {
            "name": "Nội thất văn phòng",
            "type": "opportunity",
            "user_id": person.user_id.id,
            "company_id": case.company.id,
            "expected_revenue": revenue,
            "probability": 50,
            **vals,
        }
    )


@freeze_time("2026-04-20 02:00:00")
class PipelineCase(KpiCase):
    """20 April 2026: An leads North, where Bình sells; Chi sells in South; Hằng leads all of them.

    T_WON counts the expected revenue of opportunities won.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sales = cls.env.ref("sales_team.group_sale_salesman_all_leads")
        sellers = cls.an_user | cls.binh_user | cls.chi_user | cls.hang_user | cls.admin
        sellers.write({"group_ids": [Command.link(sales.id)]})
        cls.stranger.write({"group_ids": [Command.link(sales.id)]})
        cls.hanoi, cls.hue = cls.env["crm.team"].create(
            [
                {
                    "name": "Hà Nội",
                    "company_id": cls.company.id,
                    "member_ids": [Command.set((cls.an_user | cls.binh_user).ids)],
                },
                {"name": "Huế", "company_id": cls.company.id, "member_ids": [Command.set(cls.chi_user.ids)]},
            ]
        )
        cls.won = make_won_kpi(cls)
        cls.april = cls.make_period("2026-04-15")
        cls.cards = {
            person: cls.make_card(person, [("T_WON", 60, target), ("T_COMPLAINTS", 40, 5)], period=cls.april)
            for person, target in ((cls.an, 900.0), (cls.binh, 500.0), (cls.chi, 800.0))
        }

    def strip(self, user, domain=(), **more):
        return self.env["kpi.pipeline.strip"].with_user(user).with_company(user.company_id).load(domain, **more)

    def make_lead(self, person, revenue, probability=50, deadline="2026-04-28", **vals):
        return make_deal(self, person, revenue, probability=probability, date_deadline=deadline, **vals)
