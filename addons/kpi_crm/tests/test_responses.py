from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.kpi_sales_team.tests.team_contract import TeamContract

from .crm_case import CrmCase


class ResponseCase(CrmCase):
    """Leads assigned so many hours after they came in."""

    measure_code = "response_hours"
    plain_sql = """
        SELECT AVG(EXTRACT(EPOCH FROM date_open - create_date) / 3600) FROM crm_lead
         WHERE company_id = %(company)s AND date_open >= %(start)s AND date_open < %(end)s
           AND (%(people)s IS NULL OR user_id = ANY(%(people)s))
    """

    def assign(self, person, moment, hours, company=None, **vals):
        """A lead assigned at a moment in naive UTC."""
        lead = self.make_lead(person, company, **vals)
        self.created_at(lead, moment - timedelta(hours=hours))
        return self.assigned_at(lead, moment)

    def assigned_at(self, lead, moment):
        lead.date_open = moment
        self.env.flush_all()
        return self.env["kpi.lead.response"].search([("lead_id", "=", lead.id)])

    def make_counted(self, person, moment, amount=1, company=None):
        return self.assign(person, moment, amount, company)

    def exclude(self, record):
        """Taken from the salesperson."""
        record.lead_id.user_id = False

    def archive(self, record):
        record.lead_id.active = False

    def worth(self, *amounts):
        return sum(amounts) / len(amounts)


@tagged("post_install", "-at_install")
class TestResponseHours(TeamContract, ResponseCase):
    def test_no_records_are_zero_and_a_ratio_over_nothing_is_no_data(self):
        """Of the contract; an average over nothing is no data either."""
        line = self.computed_line(self.sales)
        self.assertEqual(line.result, "no_data")
        self.assertFalse(self.opened(line))

    def test_a_team_without_records_has_none(self):
        """Of the contract, as above."""
        self.count_in(self.hanoi, self.an, "2026-03-10 09:00:00", 5)
        self.assertEqual(self.computed_line(self.hue).result, "no_data")

    def test_a_department_waits_as_long_as_its_leads_do_not_as_its_people_do(self):
        moment = self.utc("2026-03-10 09:00:00")
        for hours in (1, 1, 1):
            self.assign(self.an, moment, hours)
        self.assign(self.chi, moment, 9)
        self.assertEqual(self.figures(self.north | self.sales), {self.north.id: 1, self.sales.id: 3})  # 12 / 4

    def test_minutes_count_and_a_lead_created_with_a_salesperson_was_answered_at_once(self):
        moment = self.utc("2026-03-10 09:00:00")
        self.assign(self.an, moment, 0.25)
        self.assign(self.an, moment, 0)
        self.assertEqual(self.figure(self.an), 0.125)

    def test_odoo_takes_the_moment_from_the_assignment(self):
        now = self.env.cr.now()  # Odoo's clock here, which the tests do not stop
        lead = self.created_at(self.make_lead(self.env["hr.employee"], self.company), now - timedelta(hours=12))
        self.assertFalse(self.env["kpi.lead.response"].search([("lead_id", "=", lead.id)]))
        lead.user_id = self.an.user_id
        self.env.flush_all()
        row = self.env["kpi.lead.response"].search([("lead_id", "=", lead.id)])
        self.assertAlmostEqual(row.hours, 12, places=3)

    def test_a_lead_loaded_with_an_older_assignment_took_no_time(self):
        moment = self.utc("2026-03-10 09:00:00")
        lead = self.created_at(self.make_lead(self.an), moment + timedelta(days=3))
        self.assertEqual(self.assigned_at(lead, moment).hours, 0)

    def test_a_lead_without_company_counts_for_that_of_its_salesperson(self):
        row = self.assign(self.dung, self.utc("2026-03-10 09:00:00"), 4)
        self.env.cr.execute("UPDATE crm_lead SET company_id = NULL WHERE id = %s", [row.lead_id.id])
        self.assertEqual(self.figure(self.company), 0)
        self.assertEqual(self.figures(self.other_company, self.other_company), {self.other_company.id: 4})


@tagged("post_install", "-at_install")
class TestResponseAccess(ResponseCase):
    """Whoever may read a lead may read how long it waited."""

    def setUp(self):
        super().setUp()
        moment = self.utc("2026-03-10 09:00:00")
        self.by_an, self.by_chi, self.by_dung = (
            self.assign(person, moment, 5) for person in (self.an, self.chi, self.dung)
        )
        self.all = self.by_an | self.by_chi | self.by_dung

    def seen(self, user):
        return self.env["kpi.lead.response"].with_user(user).search([("id", "in", self.all.ids)])

    def test_a_salesperson_reads_the_own_ones_and_opens_the_lead(self):
        self.an_user.group_ids += self.env.ref("sales_team.group_sale_salesman")
        rows = self.seen(self.an_user)
        self.assertEqual(rows, self.by_an)
        shown = rows.get_view(view_type="list")["models"]["kpi.lead.response"]
        self.assertEqual(rows.read(["display_name", *shown])[0]["hours"], 5)
        action = rows.action_open_lead()
        self.assertEqual(self.env[action["res_model"]].browse(action["res_id"]), self.by_an.lead_id)

    def test_a_sales_manager_reads_those_of_the_company(self):
        self.hang_user.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.assertEqual(self.seen(self.hang_user), self.by_an | self.by_chi)

    def test_a_stranger_reads_those_of_the_other_company(self):
        self.stranger.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.assertEqual(self.seen(self.stranger), self.by_dung)

    def test_employees_and_officers_without_crm_read_none(self):
        for user in (self.binh_user, self.officer):
            with self.assertRaises(AccessError):
                self.seen(user)
