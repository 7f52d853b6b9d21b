from odoo.addons.kpi_management.tests.measure_case import MeasureCase


class MailingCase(MeasureCase):
    """Emails of one mailing per person."""

    measure_code = "mail_delivered"
    trace_status = "sent"
    plain_sql = """
        SELECT COUNT(*) FROM mailing_trace t
          JOIN mailing_mailing m ON m.id = t.mass_mailing_id
          LEFT JOIN res_users u ON u.id = m.user_id
          JOIN res_users a ON a.id = m.create_uid
         WHERE t.trace_status IN ('sent', 'open', 'reply') AND t.trace_type = 'mail' AND t.is_test_trace IS NOT TRUE
           AND COALESCE(u.company_id, a.company_id) = %(company)s
           AND t.sent_datetime >= %(start)s AND t.sent_datetime < %(end)s
           AND (%(people)s IS NULL OR m.user_id = ANY(%(people)s))
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls.env["res.partner"].create({"name": "Độc giả", "email": "reader@example.com"})

    def setUp(self):
        super().setUp()
        self.mailings = {}

    def mailing_of(self, person):
        user = person.user_id
        if user not in self.mailings:
            self.mailings[user] = self.env["mailing.mailing"].create(
                {
                    "subject": "Tin tháng ba",
                    "user_id": user.id,
                    "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
                }
            )
        return self.mailings[user]

    def make_trace(self, person, moment, trace_status=None, **vals):
        """An email sent at a moment in naive UTC, with what became of it."""
        return self.env["mailing.trace"].create(
            {
                "mass_mailing_id": self.mailing_of(person).id,
                "trace_type": "mail",
                "trace_status": trace_status or self.trace_status,
                "sent_datetime": moment,
                "model": "res.partner",
                "res_id": self.reader.id,
                **vals,
            }
        )

    def make_counted(self, person, moment, amount=1, company=None):
        return self.make_trace(person, moment)

    def exclude(self, record):
        record.set_bounced()
