from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .recruitment_case import PositionCase, RecruitmentCase


class OpeningCase(PositionCase):
    """Positions filled within the second they were opened, and openings of job positions."""

    measure_code = "positions_to_fill"
    plain_sql = RecruitmentCase.plain_sql

    def make_counted(self, person, moment, amount=1, company=None):
        return self.position(self.hire(person, moment, company=company))

    def make_job(self, person, openings, since="2026-01-05 09:00:00", **vals):
        """A job position with so many openings left, made at a time in the company."""
        job = self.env["hr.job"].create(
            {
                "name": "Kế toán",
                "company_id": person.company_id.id,
                "user_id": person.user_id.id,
                "no_of_recruitment": openings,
                **vals,
            }
        )
        return self.created_at(job, self.utc(since))


@tagged("post_install", "-at_install")
class TestPositionsToFill(CreditContract, OpeningCase):
    def test_openings_left_count_since_their_job_position_was_made(self):
        self.make_job(self.an, 3)
        self.make_job(self.an, 2, "2026-03-31 23:59:59", name="Thủ quỹ")
        self.make_job(self.an, 8, "2026-04-01 00:00:00", name="Lái xe")
        for subject in (self.an, self.north, self.sales, self.company):
            self.assertEqual(self.figure(subject), 5, subject.name)

    def test_a_position_filled_after_the_period_counts_if_the_person_had_applied_by_its_end(self):
        april = self.utc("2026-04-10 09:00:00")
        early = self.position(self.hire(self.an, april, days=20))  # applied on 21 March
        self.hire(self.an, april, days=5)  # applied on 5 April
        self.assertEqual(self.figure(self.an), 1)
        self.assertEqual(self.opened(self.computed_line(self.an)), early)

    def test_a_position_filled_before_the_period_does_not_count(self):
        self.hire(self.an, self.utc("2026-02-28 23:59:59"), days=30)
        self.assertEqual(self.figure(self.an), 0)

    def test_an_archived_job_position_and_one_without_openings_have_nothing_to_fill(self):
        self.make_job(self.an, 3).active = False
        self.make_job(self.an, 0, name="Thủ quỹ")
        self.assertEqual(self.figure(self.company), 0)

    def test_hiring_for_a_job_turns_an_opening_into_a_filled_position(self):
        job = self.make_job(self.an, 3)
        applicant = self.env["hr.applicant"].create({"partner_name": "Quỳnh", "job_id": job.id})
        applicant.stage_id = self.hired
        applicant.date_closed = self.utc("2026-03-10 09:00:00")
        self.created_at(applicant, self.utc("2026-03-01 09:00:00"))
        self.assertEqual(job.no_of_recruitment, 2)
        self.assertEqual(self.figure(self.an), 3)

    def test_a_position_counts_for_the_department_of_the_recruiter_on_the_day_it_was_filled(self):
        self.an.create_version({"date_version": "2026-03-16", "department_id": self.office.id})
        self.hire(self.an, self.utc("2026-03-20 09:00:00"), days=18)
        self.make_job(self.an, 2)
        self.assertEqual(self.figures(self.north | self.office), {self.office.id: 3})

    def test_a_row_opens_the_applicant_or_the_job_position(self):
        job = self.make_job(self.an, 3)
        filled = self.count(self.an, "2026-03-10 09:00:00")
        openings = self.env["kpi.recruitment.position"].search([("job_id", "=", job.id)])
        self.assertEqual(filled.action_open_origin()["res_id"], filled.applicant_id.id)
        self.assertEqual(openings.action_open_origin()["res_model"], "hr.job")

    def test_recruiters_see_the_positions_of_their_company_and_others_none(self):
        position = self.count(self.an, "2026-03-10 09:00:00")
        elsewhere = self.count(self.dung, "2026-03-10 09:00:00")
        recruiter = self.make_user("recruiter", "hr_recruitment.group_hr_recruitment_user")
        found = position.with_user(recruiter).search([("id", "in", (position | elsewhere).ids)])
        self.assertEqual(found, position)
        self.assertFalse(position.with_user(self.an.user_id).has_access("read"))


@tagged("post_install", "-at_install")
class TestHiringSuccess(OpeningCase):
    """The hiring success rate of the library: hires over positions to fill."""

    def rate(self, subject):
        card = self.make_card(subject, [("HR_HIRING_SUCCESS", 100, 80)])
        card.action_compute()
        return card.line_ids

    def test_hires_over_positions_filled_and_still_open(self):
        for day in ("02", "10", "20"):
            self.hire(self.an, self.utc(f"2026-03-{day} 09:00:00"), days=15)
        self.hire(self.chi, self.utc("2026-03-20 09:00:00"), days=15)
        self.make_job(self.an, 2)
        self.make_job(self.chi, 9, name="Thủ quỹ")
        self.assertEqual(self.rate(self.an).actual, 60)  # 3 of 3 + 2
        self.assertEqual(self.rate(self.chi).actual, 10)  # 1 of 1 + 9
        self.assertEqual(self.rate(self.sales).actual, 26.666667)  # 4 of 15
        self.assertEqual(self.rate(self.company).attainment, 33.33)  # of 80 %

    def test_nothing_to_fill_is_no_data(self):
        self.assertEqual(self.rate(self.an).result, "no_data")
