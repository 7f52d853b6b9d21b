from datetime import date, datetime
from zoneinfo import ZoneInfo

from odoo.addons.kpi_management.engine import Window

from .common import KpiCase
from .crowd import make_crowd

MARCH = Window("month", date(2026, 3, 1), date(2026, 3, 31))
UTC = ZoneInfo("UTC")
KINDS = {"res.company": "company", "hr.department": "department", "hr.employee": "employee", "crm.team": "team"}


class MeasureCase(KpiCase):
    """One measure in March 2026: An sells in North, Chi in South, Lan works in the office, Dũng elsewhere."""

    # ---------------------------------------------------------------- hooks: what a bridge gives

    measure_code = ""
    # Whether the figure adds up amounts; otherwise every record counts 1.
    sums = False
    # SELECT of one number with the parameters company (id), start and end (UTC, half-open), people (ids, None = all).
    plain_sql = ""
    # The window that is asked for; ``month`` of the case is the period of it.
    window = MARCH
    # What is chosen for the measure's parameters, as the computation hands it on.
    choices = ()

    def make_counted(self, person, moment, amount=1, company=None):
        """Make a record that counts.

        :param person: the ``hr.employee`` to credit; empty: nobody, then ``company`` is given
        :param datetime moment: naive UTC, when it counts
        :param amount: its value in the company's currency, for measures that add up
        """
        raise NotImplementedError

    def exclude(self, record):
        """Cancel the record in the way of its app, so that it counts no more."""
        raise NotImplementedError

    def credited(self, record, person):
        """The employee whom the record credits."""
        return person

    def archive(self, record):
        """Archive a counted record without changing what happened when."""
        if "active" in record._fields:
            record.active = False

    def sql_ids(self, people):
        """The ids by which ``plain_sql`` knows employees."""
        return people.user_id.ids

    # ---------------------------------------------------------------- more people

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        elsewhere = cls.make_department("Sales", company_id=cls.other_company.id)
        cls.dung = cls.make_employee("Dũng", elsewhere, user=cls.make_user("dung", company=cls.other_company))
        cls.measure = cls.env["kpi.measure"].search([("code", "=", cls.measure_code)])

    def make_crowd(self, size):
        """That many employees with users, in the office."""
        return make_crowd(self.lan, size)

    # ---------------------------------------------------------------- how the tests speak

    @property
    def zone(self):
        return ZoneInfo(self.company.resource_calendar_id.tz)

    def utc(self, local):
        """Naive UTC of a time in the company, written as text."""
        return datetime.fromisoformat(local).replace(tzinfo=self.zone).astimezone(UTC).replace(tzinfo=None)

    def day(self, moment):
        """The day in the company of a moment in naive UTC."""
        return moment.replace(tzinfo=UTC).astimezone(self.zone).date()

    def count(self, person, local, amount=1):
        return self.make_counted(person, self.utc(local), amount)

    def worth(self, *amounts):
        """What records of these amounts come to."""
        return sum(amounts) if self.sums else len(amounts)

    def figures(self, subjects, company=None):
        """{subject id: figure}, as the computation asks for it: all subjects of one kind together."""
        query = self.env["kpi.measure.query"]
        company = company or self.company
        figures = query._figures(self.measure, company, self.window, KINDS[subjects._name], subjects, self.choices)
        self.assertIsInstance(figures, dict, figures)
        return figures

    def figure(self, subject):
        return self.figures(subject).get(subject.id, 0)

    def plain_total(self, company=None, people=None):
        """The total of March in plain SQL."""
        self.env.flush_all()
        params = {
            "company": (company or self.company).id,
            "start": self.utc("2026-03-01 00:00:00"),
            "end": self.utc("2026-04-01 00:00:00"),
            "people": None if people is None else self.sql_ids(people),
        }
        self.env.cr.execute(self.plain_sql, params)
        return self.env.cr.fetchone()[0] or 0

    def computed_line(self, subject, formula=None):
        """A computed scorecard line of March for the subject, of a KPI that is this measure or the formula."""
        code = f"T_{KINDS[subject._name]}_{subject.id}".upper()
        self.make_kpi(code, formula or self.measure_code)
        card = self.make_card(subject, [(code, 100, 100)])
        card.action_compute()
        return card.line_ids

    def opened(self, line):
        """The records that a click on the actual shows."""
        action = line.action_open_records()
        return line.env[action["res_model"]].with_context(**action["context"]).search(action["domain"])

    def count_queries(self, subjects):
        """How many queries their figures take on empty caches, which are emptied again."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.figures(subjects)
        count = self.env.cr.sql_log_count - before
        self.env.invalidate_all()
        return count
