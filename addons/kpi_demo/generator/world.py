"""What the parts of the generator share while the demo company is made."""

from contextlib import contextmanager

from odoo import SUPERUSER_ID, fields
from odoo.tools import SQL

from .clock import TIMEZONE, Clock

# A year of business is written in one go: no followers, no log, no mail, no invitation.
QUIET = {
    "lang": "en_US",
    "mail_auto_subscribe_no_notify": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
    "tracking_disable": True,
    "tz": TIMEZONE,
}

FIRST_BATCH = 50
# Tables that begin empty and are read for every document of the year.
GROWING_TABLES = (
    "account_move",
    "account_move_line",
    "account_partial_reconcile",
    "account_payment",
    "mail_message",
    "mrp_production",
    "sale_order",
    "sale_order_line",
    "stock_move",
    "stock_move_line",
    "stock_picking",
    "stock_quant",
    "stock_reference",
)


class World:
    """The environment, the clock and the records that were made so far, by the keys of the story.

    :param env: any environment; the generator works with the system's rights in the main company
    """

    def __init__(self, env):
        self.company = env.ref("base.main_company")
        self.env = env(user=SUPERUSER_ID, context={**QUIET, "allowed_company_ids": self.company.ids})
        self.company = self.company.with_env(self.env)
        self.clock = Clock(fields.Datetime.now())
        self.departments = {}
        self.jobs = {}
        self.employees = {}
        self.users = {}
        self.teams = {}
        self.customers = []
        self.products = []
        self.materials = {}
        self.categories = {}
        self.orders = None
        self.invoices = None
        self.done_tasks = []
        self.cost_centres = {}
        self.surveys = {}
        self.service = None
        self.sales_plan = None
        self.dollar_pricelist = None
        self.dollar_customer = None

    def known_customers(self, day):
        """The customers the company had met by a day: half of them before the year began, the others little by little.

        :param datetime.date day: the local day
        :rtype: list
        """
        first, last = self.clock.months[0].start, self.clock.today
        elapsed = min(max((day - first).days / (last - first).days, 0), 1)
        known = len(self.customers) // 2
        return self.customers[: known + round((len(self.customers) - known) * elapsed)]

    def on_behalf(self, key):
        """An environment with the system's rights whose records are those of a person of the story."""
        return self.env(user=self.users[key].id, su=True)

    def as_user(self, key):
        """An environment with the rights of a person of the story and nothing else."""
        context = {
            "allowed_company_ids": self.company.ids,
            "lang": "vi_VN",
            # Nobody gets mail about an activity of months ago.
            "mail_activity_quick_update": True,
            "tz": TIMEZONE,
        }
        return self.env(user=self.users[key].id, su=False, context=context)

    def in_batches(self, records, act):
        """Do something with records, a few first and then the rest, and let PostgreSQL look at the tables in between.

        Nothing of the year is committed before its end, so PostgreSQL's own statistics know empty tables only, and
        plans for those are slow ones.

        :param records: records of one model
        :param act: function of some of them
        """
        for part in (records[:FIRST_BATCH], records[FIRST_BATCH:]):
            if part:
                act(part)
                self.analyze(GROWING_TABLES)

    def analyze(self, tables=None):
        """Let PostgreSQL look at some tables, or at all of them."""
        self.env.flush_all()
        names = SQL(", ").join(map(SQL.identifier, tables or ()))
        self.env.cr.execute(SQL("ANALYZE %s", names))

    def translate(self, record, field, vietnamese):
        """Give a translatable field its Vietnamese value beside the English one."""
        record.with_context(lang="vi_VN")[field] = vietnamese

    def english(self, texts):
        """The English values of a new record.

        :param dict texts: {field: (English, Vietnamese)}; {year} and {next} in them are the business year and the next
        """
        return {field: self._in_time(pair[0]) for field, pair in texts.items()}

    def tell(self, record, texts):
        """Give the fields of a record their Vietnamese values beside the English ones; see `english`."""
        for field, (english, vietnamese) in texts.items():
            english, vietnamese = self._in_time(english), self._in_time(vietnamese)
            # Rich text is translated sentence by sentence.
            by_sentence = callable(record._fields[field].translate)
            record.update_field_translations(field, {"vi_VN": {english: vietnamese} if by_sentence else vietnamese})

    def _in_time(self, text):
        year = self.clock.business_year
        return text.format(year=year, next=year + 1)

    def key(self, employee):
        """The key of an employee in the story; None for nobody."""
        return next((key for key, record in self.employees.items() if record == employee), None)

    def user_key(self, user):
        """The key of a user of the story who still works here; None for everybody else."""
        return next((key for key, record in self.users.items() if record == user and record.active), None)

    def backdate(self, records, **columns):
        """Write columns that the ORM keeps for itself (creation and stage dates) in one statement.

        A year of history cannot be told otherwise: `create_date` and the dates Odoo stamps with
        *now* have no way in through `write`.

        :param records: the records
        :param columns: column name -> list of naive UTC values, one per record
        """
        if not records:
            return
        records.flush_recordset()
        names = list(columns)
        assignments = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), SQL.identifier("past", name)) for name in names
        )
        arrays = SQL(", ").join(SQL("%s::timestamp[]", columns[name]) for name in names)
        header = SQL(", ").join(SQL.identifier(name) for name in names)
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s SET %(assignments)s FROM unnest(%(ids)s, %(arrays)s) AS past(id, %(header)s) "
                "WHERE %(table)s.id = past.id",
                table=SQL.identifier(records._table),
                assignments=assignments,
                ids=records.ids,
                arrays=arrays,
                header=header,
            )
        )
        records.invalidate_recordset(names, flush=False)

    @contextmanager
    def happening(self, moment):
        """Let chatter say of what is done meanwhile that it was done at a moment of the past.

        :param datetime.datetime moment: naive UTC
        """
        Message = self.env["mail.message"]
        last = Message.search([], order="id desc", limit=1).id or 0
        yield
        # Changes of fields are told before the end of a transaction.
        self.env.cr.flush()
        told = Message.search([("id", ">", last)])
        self.backdate(told, date=[moment] * len(told), create_date=[moment] * len(told))


def grouped(records, key):
    """{key: records of one model}, in the order in which the keys come up; those without a key are left out.

    :param records: records, one by one
    :param key: function of a record
    """
    groups = {}
    for record in records:
        if name := key(record):
            groups[name] = groups.get(name, record.browse()) | record
    return groups
