from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.kpi_management.tests.credit_contract import CreditContract
from odoo.addons.kpi_management.tests.crowd import multiply

from .task_case import ProjectCase


class RatingCase(ProjectCase):
    """Ratings of tasks with one assignee."""

    measure_code = "rating_count"
    plain_sql = """
        SELECT COUNT(*) FROM rating_rating r JOIN project_task t ON t.id = r.res_id AND r.res_model = 'project.task'
          LEFT JOIN res_users u ON u.partner_id = r.rated_partner_id
         WHERE r.consumed AND r.rating >= 1 AND t.company_id = %(company)s
           AND r.rated_on >= %(start)s AND r.rated_on < %(end)s
           AND (%(people)s IS NULL OR u.id = ANY(%(people)s))
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create({"name": "Khách hàng", "email": "khach@example.com"})

    def make_crowd(self, size):
        """Each with a contact too, as ratings are of contacts."""
        crowd = super().make_crowd(size)
        contacts = multiply(self.lan.user_id.partner_id, size)
        self.env.cr.execute(
            "UPDATE res_users SET partner_id = own.partner FROM unnest(%s, %s) AS own (person, partner) WHERE id = person",
            [crowd.user_id.ids, contacts.ids],
        )
        self.env.invalidate_all(flush=False)
        return crowd

    def rate(self, document, value, moment):
        """The customer rates a document at a moment in naive UTC, as by the link in Odoo's message."""
        token = document._rating_get_access_token(self.customer)
        rating = document.rating_apply(value, token=token)
        rating.rated_on = moment
        self.env.flush_all()
        return self.env["kpi.rating"].search([("rating_id", "=", rating.id)])

    def make_counted(self, person, moment, amount=1, company=None):
        project = self.projects[company or person.company_id]
        return self.rate(self.make_task(person, project_id=project.id), 1 + amount % 5, moment)

    def exclude(self, record):
        record.rating_id.reset()

    def archive(self, record):
        self.env["project.task"].browse(record.rating_id.res_id).active = False


@tagged("post_install", "-at_install")
class TestRatingCount(CreditContract, RatingCase):
    def test_a_rating_that_was_asked_for_and_not_given_does_not_count(self):
        task = self.make_task(self.an)
        task._rating_get_access_token(self.customer)
        self.env.flush_all()
        self.assertFalse(self.env["kpi.rating"].search([("partner_id", "=", self.customer.id)]))

    def test_the_rating_of_a_task_of_two_people_is_nobodys_but_the_companys(self):
        task = self.make_task(self.an)
        task.user_ids = [Command.link(self.binh.user_id.id)]
        self.rate(task, 5, self.utc("2026-03-10 09:00:00"))
        self.assertEqual(self.figures(self.an | self.binh), {})
        self.assertEqual(self.figure(self.company), 1)

    def test_a_task_of_a_project_without_company_counts_for_that_of_the_person_rated(self):
        shared = self.make_project(self.env["res.company"])
        task = self.make_task(self.dung, project_id=shared.id)
        self.assertFalse(task.company_id)
        self.rate(task, 5, self.utc("2026-03-10 09:00:00"))
        self.assertEqual(self.figure(self.company), 0)
        self.assertEqual(self.figures(self.dung, self.other_company), {self.dung.id: 1})

    def test_other_documents_count_for_the_company_of_the_person_rated(self):
        partner = self.env["res.partner"].create({"name": "Đại lý", "user_id": self.an.user_id.id})
        rating = self.rate(partner, 5, self.utc("2026-03-10 09:00:00"))
        self.assertEqual(self.figures(self.an), {self.an.id: 1})
        self.assertFalse(rating.project_id)
        action = rating.action_open_document()
        self.assertEqual(self.env[action["res_model"]].browse(action["res_id"]), partner)


@tagged("post_install", "-at_install")
class TestRatingSatisfied(CreditContract, RatingCase):
    measure_code = "rating_satisfied"
    plain_sql = RatingCase.plain_sql.replace("r.rating >= 1", "r.rating >= 4")

    def make_counted(self, person, moment, amount=1, company=None):
        project = self.projects[company or person.company_id]
        return self.rate(self.make_task(person, project_id=project.id), 4 + amount % 2, moment)

    def test_satisfaction_is_fours_and_fives_over_all(self):
        moment = self.utc("2026-03-10 09:00:00")
        for value in (5, 4, 4, 3, 1):
            self.rate(self.make_task(self.an), value, moment)
        self.rate(self.make_task(self.chi), 1, moment)
        for subject, ratings, actual in ((self.an, 5, 60), (self.chi, 1, 0), (self.sales, 6, 50)):
            card = self.make_card(subject, [("SAL_SATISFACTION", 100, 80)])
            card.action_compute()
            self.assertEqual(card.line_ids.actual, actual, subject.name)
            self.assertEqual(len(self.opened(card.line_ids)), ratings, subject.name)

    def test_nobody_rated_is_no_data(self):
        card = self.make_card(self.an, [("SAL_SATISFACTION", 100, 80)])
        card.action_compute()
        self.assertEqual(card.line_ids.result, "no_data")

    def test_ratings_of_the_project_chosen(self):
        moment = self.utc("2026-03-10 09:00:00")
        other = self.make_project(self.company)
        self.rate(self.make_task(self.an), 5, moment)
        self.rate(self.make_task(self.an, project_id=other.id), 2, moment)
        lines = [("SAL_SATISFACTION", 50, 80, self.choose(project)) for project in (self.project, other)]
        card = self.make_card(self.company, lines)
        card.action_compute()
        self.assertEqual(card.line_ids.mapped("actual"), [100, 0])
