import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.kpi_management.models.guard import trusted
from odoo.addons.kpi_management.tests.crowd import make_crowd, multiply, one_by_one
from odoo.addons.kpi_management.tests.rpc_case import Json2Case

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusPlanCost(BonusCase, Json2Case):
    """March: An 80 %, Bình 100 %, Hằng without an agreed scorecard; 5,000,000 each at 100 %."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_card(cls.an, 80.0)
        cls.make_card(cls.binh, 100.0)
        cls.make_card(cls.hang, 100.0, state="draft")
        cls.published = cls.make_plan()
        cls.draft = cls.make_plan(
            state="draft",
            name="Next",
            date_start="2027-01-01",
            amount=10_000_000,
            curve_ids=[(0, 0, {"score": 90, "payout": 100})],
        )

    def cost(self, plan=None, user=None, **kwargs):
        return (plan or self.draft).with_user(user or self.officer).read_cost(**kwargs)

    def test_total_departments_and_the_plan_in_force(self):
        cost = self.cost()
        self.assertEqual((cost["period_id"], cost["other_id"]), (self.march.id, self.published.id))
        # The draft pays nothing below 90 and 10,000,000 from there on: Bình alone.
        self.assertEqual((cost["total"], cost["people"], cost["paid"]), (10_000_000, 2, 1))
        self.assertEqual(cost["missing"], 1)
        # The published one: 4,000,000 + 5,000,000
        self.assertEqual((cost["other"]["total"], cost["other"]["paid"]), (9_000_000, 2))
        self.assertEqual((cost["other"]["median"], cost["other"]["highest"]), (4_500_000, 5_000_000))
        self.assertEqual(
            [(row["name"], row["people"], row["total"], row["other_total"]) for row in cost["departments"]],
            [("Sales North", 1, 10_000_000, 5_000_000), ("Sales", 1, 0, 4_000_000)],
        )

    def test_distribution(self):
        bars = self.cost()["bars"]
        self.assertEqual([bar["people"] for bar in bars if not bar["end"]], [1])
        self.assertEqual(
            [
                (bar["start"], bar["end"], bar["people"], bar["other"])
                for bar in bars
                if bar["end"] and any((bar["people"], bar["other"]))
            ],
            [(4_000_000, 5_000_000, 0, 1), (5_000_000, 6_000_000, 0, 1), (10_000_000, 11_000_000, 1, 0)],
        )
        self.assertEqual(sum(bar["people"] for bar in bars), 2)
        self.assertEqual(sum(bar["other"] for bar in bars), 2)

    def test_another_period_and_no_plan_beside(self):
        february = self.make_period("2026-02-10")
        self.make_card(self.an, 100.0, period=february)
        cost = self.cost(period_id=february.id, other_id=None)
        self.assertEqual((cost["total"], cost["other"], cost["missing"]), (10_000_000, False, 2))

    def test_the_last_closed_period_is_proposed(self):
        february = self.make_period("2026-02-10")
        self.make_card(self.an, 100.0, period=february)
        trusted(february).state = "closed"
        self.assertEqual(self.cost()["period_id"], february.id)

    def test_what_is_settled_makes_no_difference(self):
        before = self.cost(self.published)
        statements = self.compute(self.published)
        statements[self.an].with_user(self.officer).action_submit()
        self.assertEqual(self.cost(self.published), before)
        count = self.env["kpi.bonus.statement"].search_count([])
        self.cost(self.draft)
        self.assertEqual(self.env["kpi.bonus.statement"].search_count([]), count)

    def test_a_pool_costs_the_pool(self):
        pool = self.make_plan(state="draft", name="Pool", basis="pool", amount=10_000_001)
        cost = self.cost(pool)
        # 80 : 100 of 10,000,001: 4,444,444.9 and 5,555,556.1, the unit left to the larger remainder
        self.assertEqual((cost["total"], cost["highest"]), (10_000_001, 5_555_556))

    def test_without_scorecards_it_says_so(self):
        plan = self.make_plan(state="draft", name="Yearly", period_type="year")
        cost = self.cost(plan)
        self.assertEqual((cost["periods"], cost["period_id"]), ([], False))
        self.assertNotIn("total", cost)

    def test_an_address_without_a_plan_is_told(self):
        with self.assertRaisesRegex(UserError, "from the bonus plan"):
            self.env["kpi.bonus.plan"].with_user(self.approver).browse([None]).read_cost()

    def test_rights(self):
        for user in (self.an_user, self.hang_user, self.make_user("kpi", "kpi_management.group_kpi_officer")):
            with self.assertRaises(AccessError):
                self.cost(user=user)
        self.assertEqual(self.cost(user=self.approver)["total"], 10_000_000)

    def test_export(self):
        self.an.name = "=1+1"
        url = f"/kpi_hr_bonus/cost/{self.draft.id}/{self.march.id}?other={self.published.id}"
        self.authenticate("bonus_lan", "bonus_lan")
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows())
        values = [[cell.value for cell in row] for row in rows]
        self.assertEqual(values[1], ["=1+1", "Sales", 80, 0, 0, 4_000_000, -4_000_000])
        self.assertEqual(values[2], ["Bình", "Sales North", 100, 100, 10_000_000, 5_000_000, 5_000_000])
        self.assertEqual(rows[1][0].data_type, "s")
        self.authenticate("bonus_an", "bonus_an")
        self.assertNotEqual(self.url_open(url).status_code, 200)

    def test_over_rpc(self):
        card = self.env["kpi.scorecard"].search([("employee_id", "=", self.an.id)])
        wishes = {str(card.line_ids.id): {"attainment": 110}}
        status, answer = self.json2(self.an_user, "kpi.scorecard", "what_if", card.ids, wishes=wishes)
        self.assertEqual((status, answer["plans"][0]["amount"]), (200, 5_500_000))
        for user, plan in ((self.binh_user, False), (self.an_user, self.draft.id)):
            status, answer = self.json2(user, "kpi.scorecard", "what_if", card.ids, plan_id=plan)
            self.assertEqual(status, 403, answer)
        status, answer = self.json2(self.an_user, "kpi.bonus.plan", "read_cost", self.published.ids)
        self.assertEqual(status, 403, answer)
        status, answer = self.json2(self.an_user, "kpi.bonus.statement", "my_pay")
        self.assertEqual(status, 200, answer)
        status, answer = self.json2(self.officer, "kpi.bonus.plan", "read_cost", self.draft.ids)
        self.assertEqual((status, answer["total"]), (200, 10_000_000))

    def make_people(self, size, period):
        department = self.make_department(f"Crowd {size}")
        self.an.department_id = department
        people = make_crowd(self.an, size)
        self.an.department_id = self.sales
        card = self.make_card(self.an, 100.0, period)
        line = card.line_ids
        cards = multiply(card, size, employee_id=one_by_one(people))
        multiply(line, size, scorecard_id=one_by_one(cards), employee_id=one_by_one(people))
        trusted(card).state = "draft"
        return department

    def test_as_many_queries_for_a_thousand_as_for_ten(self):
        for size, day in ((10, "2026-02-15"), (1000, "2026-01-15")):
            period = self.make_period(day)
            plan = self.make_plan(state="draft", name="Crowd", department_ids=self.make_people(size, period).ids)
            plan = plan.with_user(self.officer)
            plan.read_cost(self.march.id)
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(32):
                cost = plan.read_cost(period.id)
            self.assertEqual(cost["total"], size * 5_000_000)
