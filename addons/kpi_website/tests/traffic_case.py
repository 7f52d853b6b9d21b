from uuid import uuid4

from odoo.addons.kpi_management.tests.measure_case import MeasureCase


class TrafficCase(MeasureCase):
    """Visits to a website of each company, by default each of a new anonymous visitor."""

    measure_code = "page_views"
    plain_sql = """
        SELECT COUNT(*) FROM website_track t
          JOIN website_visitor v ON v.id = t.visitor_id
          JOIN website w ON w.id = v.website_id
         WHERE w.company_id = %(company)s AND t.visit_datetime >= %(start)s AND t.visit_datetime < %(end)s
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.websites = {
            company: cls.env["website"].create({"name": company.name, "company_id": company.id})
            for company in (cls.company, cls.other_company)
        }

    def make_visitor(self, company=None):
        return self.env["website.visitor"].create(
            {"access_token": uuid4().hex, "website_id": self.websites[company or self.company].id}
        )

    def visit(self, visitor, moment, url="/"):
        """A view of a page at a moment in naive UTC."""
        return self.env["website.track"].create({"visitor_id": visitor.id, "url": url, "visit_datetime": moment})

    def make_counted(self, person, moment, amount=1, company=None):
        return self.visit(self.make_visitor(company), moment)

    def exclude(self, record):
        """Odoo forgets visitors."""
        record.visitor_id.unlink()
