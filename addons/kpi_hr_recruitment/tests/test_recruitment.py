from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .recruitment_case import PositionCase, RecruitmentCase


@tagged("post_install", "-at_install")
class TestHires(CreditContract, RecruitmentCase):
    def test_an_applicant_who_is_not_hired_does_not_count(self):
        self.env["hr.applicant"].create(
            {"partner_name": "Quỳnh", "user_id": self.an.user_id.id, "stage_id": self.applied.id}
        )
        self.assertEqual(self.figure(self.company), 0)

    def test_who_goes_back_to_an_earlier_stage_is_not_hired(self):
        applicant = self.count(self.an, "2026-03-10 09:00:00")
        applicant.stage_id = self.applied
        self.assertEqual(self.figure(self.an), 0)

    def test_an_applicant_without_company_counts_for_the_company_of_the_recruiter(self):
        applicant = self.count(self.dung, "2026-03-10 09:00:00")
        applicant.company_id = False
        self.env.flush_all()
        self.assertEqual(self.figure(self.company), 0)
        self.assertEqual(self.figures(self.other_company, self.other_company), {self.other_company.id: 1})


@tagged("post_install", "-at_install")
class TestDaysToHire(CreditContract, PositionCase):
    measure_code = "days_to_hire"
    plain_sql = RecruitmentCase.plain_sql.replace(
        "COUNT(*)", "AVG(EXTRACT(EPOCH FROM date_closed - create_date) / 86400)"
    )

    def worth(self, *amounts):
        return sum(amounts) / len(amounts)

    def test_no_records_are_zero_and_a_ratio_over_nothing_is_no_data(self):
        """Of the contract; an average over nothing is no data either."""
        self.assertEqual(self.figures(self.company), {})
        self.assertEqual(self.figures(self.sales | self.office), {})
        line = self.computed_line(self.sales)
        self.assertEqual(line.result, "no_data")
        self.assertFalse(self.opened(line))

    def test_parts_of_days_count(self):
        self.count(self.an, "2026-03-10 09:00:00", 12.25)
        self.count(self.an, "2026-03-11 09:00:00", 20)
        # (12 days 6 hours + 20 days) / 2
        self.assertEqual(self.figure(self.an), 16.125)

    def test_an_opening_that_nobody_filled_has_no_days(self):
        self.count(self.an, "2026-03-10 09:00:00", 30)
        job = self.env["hr.job"].create({"name": "Kế toán", "company_id": self.company.id, "no_of_recruitment": 4})
        self.created_at(job, self.utc("2026-01-05 09:00:00"))
        self.assertEqual(self.figure(self.company), 30)

    def test_average_time_to_hire_of_the_library(self):
        hires = self.count(self.an, "2026-03-10 09:00:00", 24) | self.count(self.an, "2026-03-20 09:00:00", 36)
        card = self.make_card(self.an, [("HR_TIME_TO_HIRE", 100, 25)])
        card.action_compute()
        self.assertEqual(card.line_ids.actual, 30)
        self.assertEqual(card.line_ids.attainment, 80)  # (50 − 30) / (50 − 25): lower is better
        self.assertEqual(self.opened(card.line_ids), hires)
