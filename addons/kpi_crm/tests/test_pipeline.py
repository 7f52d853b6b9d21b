from odoo.tests import tagged

from odoo.addons.kpi_sales_team.tests.team_contract import TeamContract

from .crm_case import CrmCase


@tagged("post_install", "-at_install")
class TestWeightedPipeline(TeamContract, CrmCase):
    """Open opportunities of twice the amount, every other one of which is won."""

    measure_code = "pipeline_weighted"
    sums = True
    plain_sql = """
        SELECT SUM(expected_revenue * probability / 100) FROM crm_lead
         WHERE type = 'opportunity' AND active AND won_status = 'pending' AND company_id = %(company)s
           AND date_deadline >= (%(start)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
           AND date_deadline < (%(end)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
           AND (%(people)s IS NULL OR user_id = ANY(%(people)s))
    """

    def make_counted(self, person, moment, amount=1, company=None):
        return self.expect(person, self.day(moment), 2 * amount, 50, company=company)

    def expect(self, person, day, revenue, probability, **vals):
        """An opportunity expected to close on a day."""
        return self.make_lead(
            person,
            date_deadline=day,
            expected_revenue=revenue,
            probability=probability,
            stage_id=self.open_stage().id,
            **vals,
        )

    def exclude(self, record):
        record.action_set_lost()

    def archive(self, record):
        """An archived opportunity is not open."""

    def test_revenue_times_probability(self):
        for revenue, probability in ((1_000_000, 10), (2_000_000, 75), (500_000, 0)):
            self.expect(self.an, "2026-03-31", revenue, probability)
        self.assertEqual(self.figure(self.an), 1_600_000)  # 100,000 + 1,500,000 + 0

    def test_what_is_won_lost_or_archived_is_not_open_and_a_lead_is_no_opportunity(self):
        self.expect(self.an, "2026-03-10", 100, 50).action_set_won()
        self.expect(self.an, "2026-03-10", 100, 50).action_set_lost()
        self.expect(self.an, "2026-03-10", 100, 50).active = False
        self.expect(self.an, "2026-03-10", 100, 50, type="lead")
        self.expect(self.an, False, 100, 50)
        self.assertEqual(self.figure(self.company), 0)

    def test_recurring_revenue_is_left_out(self):
        plan = self.env["crm.recurring.plan"].create({"name": "Monthly", "number_of_months": 1})
        self.expect(self.an, "2026-03-10", 100, 50, recurring_revenue=900, recurring_plan=plan.id)
        self.assertEqual(self.figure(self.an), 50)
