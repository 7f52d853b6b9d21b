from datetime import timedelta

from odoo.addons.kpi_management.tests.measure_case import MeasureCase


class RecruitmentCase(MeasureCase):
    """Applicants hired, by default within the second they applied."""

    measure_code = "hires"
    plain_sql = """
        SELECT COUNT(*) FROM hr_applicant
         WHERE refuse_reason_id IS NULL AND company_id = %(company)s
           AND date_closed >= %(start)s AND date_closed < %(end)s
           AND (%(people)s IS NULL OR user_id = ANY(%(people)s))
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.applied = cls.env["hr.recruitment.stage"].create({"name": "Applied"})
        cls.hired = cls.env["hr.recruitment.stage"].create({"name": "Signed", "hired_stage": True})
        cls.refusal = cls.env["hr.applicant.refuse.reason"].create({"name": "Did not come"})

    def hire(self, person, moment, days=0, company=None, **vals):
        """An applicant hired at a moment in naive UTC, who had applied that many days before, by this recruiter."""
        applicant = self.env["hr.applicant"].create(
            {
                "partner_name": "Quỳnh",
                "user_id": person.user_id.id,
                "company_id": (company or person.company_id).id,
                "stage_id": self.hired.id,
                "date_closed": moment,
                **vals,
            }
        )
        self.created_at(applicant, moment - timedelta(days=days))
        return applicant

    def created_at(self, record, moment):
        """Odoo writes this date itself, at the clock of the database."""
        self.env.flush_all()
        self.env.cr.execute(f"UPDATE {record._table} SET create_date = %s WHERE id = %s", (moment, record.id))
        record.invalidate_recordset()
        return record

    def make_counted(self, person, moment, amount=1, company=None):
        return self.hire(person, moment, company=company)

    def exclude(self, record):
        record.write({"refuse_reason_id": self.refusal.id, "active": False})


class PositionCase(RecruitmentCase):
    """The same people, as the positions they fill."""

    def make_counted(self, person, moment, amount=1, company=None):
        return self.position(self.hire(person, moment, amount, company))

    def position(self, applicant):
        self.env.flush_all()
        return self.env["kpi.recruitment.position"].search([("applicant_id", "=", applicant.id)])

    def exclude(self, record):
        return super().exclude(record.applicant_id)

    def archive(self, record):
        record.applicant_id.active = False
