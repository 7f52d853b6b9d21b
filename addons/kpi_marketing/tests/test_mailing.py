from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract

from .mailing_case import MailingCase


class OneCompanyPerUser:
    """A mailing has no company but that of its responsible, so a user cannot send for two."""

    def test_a_user_with_an_employee_in_two_companies_counts_in_each_for_its_own_records(self):
        """Of the contract: all mailings of a user count in the company to which the user belongs."""
        user = self.an.user_id
        user.company_ids |= self.other_company
        twin = self.make_employee("An", self.dung.department_id, user=user)
        self.count(self.an, "2026-03-10 09:00:00")
        self.assertEqual(self.figure(self.an), 1)
        for subject in (twin, twin.department_id, self.other_company):
            self.assertEqual(self.figures(subject, self.other_company), {}, subject.name)


@tagged("post_install", "-at_install")
class TestMailDelivered(OneCompanyPerUser, CreditContract, MailingCase):
    def test_what_never_arrived_was_not_delivered(self):
        for status in ("outgoing", "process", "pending", "bounce", "error", "cancel"):
            self.make_trace(self.an, self.utc("2026-03-10 09:00:00"), status)
        self.assertEqual(self.figure(self.company), 0)

    def test_opened_and_answered_emails_were_delivered(self):
        for status in ("open", "reply"):
            self.make_trace(self.an, self.utc("2026-03-10 09:00:00"), status)
        self.assertEqual(self.figure(self.company), 2)

    def test_tests_do_not_count(self):
        self.make_trace(self.an, self.utc("2026-03-10 09:00:00"), is_test_trace=True)
        self.assertEqual(self.figure(self.company), 0)


@tagged("post_install", "-at_install")
class TestMailOpened(OneCompanyPerUser, CreditContract, MailingCase):
    measure_code = "mail_opened"
    trace_status = "open"
    plain_sql = MailingCase.plain_sql.replace("'sent', 'open', 'reply'", "'open', 'reply'")

    def test_an_answer_is_an_opening_and_a_delivery_is_none(self):
        moment = self.utc("2026-03-10 09:00:00")
        self.make_trace(self.an, moment, "sent")
        answered = self.make_trace(self.an, moment, "reply")
        self.assertEqual(self.opened(self.computed_line(self.an)), answered)


@tagged("post_install", "-at_install")
class TestMailClicked(OneCompanyPerUser, CreditContract, MailingCase):
    measure_code = "mail_clicked"
    plain_sql = MailingCase.plain_sql + "AND t.links_click_datetime IS NOT NULL"

    def make_counted(self, person, moment, amount=1, company=None):
        return self.make_trace(person, moment, "open", links_click_datetime=moment)

    def test_an_email_in_which_nothing_was_clicked_does_not_count(self):
        self.make_trace(self.an, self.utc("2026-03-10 09:00:00"), "open")
        self.assertEqual(self.figure(self.company), 0)


@tagged("post_install", "-at_install")
class TestMailRates(MailingCase):
    """The open rate and the click-through rate of the library."""

    def test_what_became_of_the_emails_of_march(self):
        march, april = self.utc("2026-03-31 20:00:00"), self.utc("2026-04-01 08:00:00")
        for status, clicked in (("sent", False), ("sent", False), ("open", False), ("open", april), ("reply", march)):
            self.make_trace(self.an, march, status, links_click_datetime=clicked)
        self.make_trace(self.an, march, "bounce")
        self.make_trace(self.chi, march, "sent")
        self.make_trace(self.chi, april, "open", links_click_datetime=april)
        card = self.make_card(self.sales, [("MKT_EMAIL_OPEN_RATE", 50, 50), ("MKT_CTR", 50, 25)])
        card.action_compute()
        # An: 5 delivered, 3 opened, 2 clicked; Chi: 1 delivered
        self.assertEqual(self.line(card, "MKT_EMAIL_OPEN_RATE").actual, 50)
        self.assertEqual(self.line(card, "MKT_CTR").actual, 33.333333)
