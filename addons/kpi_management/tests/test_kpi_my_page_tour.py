from datetime import date, timedelta

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from ..models.guard import trusted

EMPLOYEE, MANAGER = "kpi_my_page_employee", "kpi_my_page_manager"


@tagged("post_install", "-at_install")
class TestMyPageTour(HttpCase):
    """Bình reads his page, agrees on what comes, and looks at what was; An, who leads him, sees who waits for him.

    The days are those of the browser, which no clock of the tests stops: the periods lie around today.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        users = [
            new_test_user(cls.env, login, groups="base.group_user", password=login, lang="en_US")
            for login in (EMPLOYEE, MANAGER)
        ]
        cls.company = users[0].company_id
        cls.an = cls.env["hr.employee"].create({"name": "Nguyễn An", "user_id": users[1].id})
        cls.binh = cls.env["hr.employee"].create({"name": "Trần Bình", "user_id": users[0].id, "parent_id": cls.an.id})
        cls.env["kpi.measure"].create({"code": "tour_visits", "name": "Visits", "source": "input", "aggregate": "sum"})
        cls.kpi = cls.env["kpi.definition"].create({"code": "TOUR_VISITS", "name": "Visits", "formula": "tour_visits"})
        cls.this_month = date.today().replace(day=1)
        cls.past = cls._make_card(cls.this_month - timedelta(days=1), 120)
        cls.running = cls._make_card(cls.this_month, 30)
        cls.coming = cls._make_card(cls.this_month + timedelta(days=40))
        cls.coming.action_propose()

    @classmethod
    def _make_card(cls, day, visits=None):
        """Bình's scorecard of a month, of 100 visits; measured where there are some."""
        period = cls.env["kpi.period"]._ensure(cls.company, "month", day)
        card = cls.env["kpi.scorecard"].create(
            {
                "period_id": period.id,
                "company_id": cls.company.id,
                "subject_type": "employee",
                "employee_id": cls.binh.id,
                "line_ids": [Command.create({"definition_id": cls.kpi.id, "weight": 100, "target": 100})],
            }
        )
        if visits is not None:
            cls.env["kpi.measurement"].create(
                {
                    "measure_id": cls.kpi.env["kpi.measure"].search([("code", "=", "tour_visits")]).id,
                    "period_id": period.id,
                    "company_id": cls.company.id,
                    "subject_type": "employee",
                    "employee_id": cls.binh.id,
                    "value": visits,
                }
            )
            card.action_agree()
            card.action_compute()
        return card

    def test_employee(self):
        self.start_tour("/odoo", "kpi_management_my_page", login=EMPLOYEE)
        self.assertEqual(self.coming.state, "agreed")
        self.assertEqual(self.coming.holder_agreed_by_id.login, EMPLOYEE)

    def test_manager(self):
        # 30 of 100 may or may not be behind today; it is for this tour. Of the coming month Bình wants 90.
        trusted(self.running.line_ids).write({"status": "behind"})
        answer = self.coming.with_user(self.binh.user_id).action_counter()
        counter = self.env[answer["res_model"]].with_user(self.binh.user_id).browse(answer["res_id"])
        counter.line_ids.write({"figure": 90, "note": "Tết"})
        counter.action_confirm()
        self.start_tour("/odoo/my-kpis", "kpi_management_my_page_manager", login=MANAGER)
        self.assertEqual(self.coming.state, "agreed")
        self.assertEqual(self.coming.line_ids.target, 90)
