from odoo.tests import tagged

from .crm_case import CrmCase


@tagged("post_install", "-at_install")
class TestCompanies(CrmCase):
    """An opportunity may have no company: then its team's, its salesperson's or its author's counts it."""

    def make_without_company(self, person, **vals):
        """A won opportunity without company, as older data and other apps leave them."""
        lead = self.win(self.make_lead(person, **vals), self.utc("2026-03-10 09:00:00"))
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET company_id = NULL WHERE id = %s", [lead.id])
        lead.invalidate_recordset(flush=False)
        return lead

    def counts(self):
        return [self.figures(company, company).get(company.id, 0) for company in (self.company, self.other_company)]

    def make_team(self, company):
        return self.env["crm.team"].create({"name": "Hà Nội", "company_id": company.id})

    def test_the_teams_company_counts_it_first(self):
        nobody = self.env["hr.employee"]
        team = self.make_team(self.other_company)
        lead = self.make_without_company(nobody, company=self.other_company, team_id=team.id)
        self.assertEqual(lead.create_uid.company_id, self.company)
        self.assertEqual(self.counts(), [0, 1])

    def test_the_salespersons_company_counts_it_when_no_team_has_one(self):
        team = self.make_team(self.env["res.company"])
        lead = self.make_without_company(self.dung, team_id=team.id)
        self.assertEqual(lead.team_id, team)
        self.assertEqual(self.counts(), [0, 1])
        for subject in (self.dung, self.dung.department_id):
            self.assertEqual(self.figures(subject, self.other_company), {subject.id: 1})

    def test_the_authors_company_counts_it_when_nobody_else_has_one(self):
        author = self.make_user("tam", "sales_team.group_sale_salesman", company=self.other_company)
        lead = self.make_without_company(self.env["hr.employee"], company=self.other_company)
        self.env.cr.execute("UPDATE crm_lead SET create_uid = %s WHERE id = %s", (author.id, lead.id))
        self.assertFalse(lead.user_id or lead.team_id)
        self.assertEqual(self.counts(), [0, 1])

    def test_the_leads_own_company_counts_it_before_all_others(self):
        lead = self.make_counted(self.an, self.utc("2026-03-10 09:00:00"))
        self.assertEqual(lead.company_id, self.company)
        self.env.cr.execute("UPDATE crm_lead SET user_id = %s WHERE id = %s", (self.dung.user_id.id, lead.id))
        lead.invalidate_recordset()
        self.assertEqual(self.counts(), [1, 0])
