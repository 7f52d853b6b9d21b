from contextlib import contextmanager

import psycopg2

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name
from odoo.tools import mute_logger


class SessionsCase(BaseCase):
    """Two sessions at once, each with a connection of its own: the second one waits for the first or is told to.

    Whoever waits is then refused by PostgreSQL, as what he read is out of date, and Odoo runs his call again.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())

    @contextmanager
    def sessions(self):
        """Two environments that have both begun; nothing is kept, and who has to wait for the other fails soon."""
        with self.registry.cursor() as first, self.registry.cursor() as second, mute_logger("odoo.sql_db"):
            for cr in (first, second):
                cr.execute("SELECT 1")
            second.execute("SET LOCAL lock_timeout = '300ms'")
            yield Environment(first, SUPERUSER_ID, {}), Environment(second, SUPERUSER_ID, {})
            first.rollback()
            second.rollback()

    def check_waits(self, before, after):
        """Whoever comes second waits for the first.

        :param before: callable of an environment: what the first does
        :param after: what the second does
        """
        with self.sessions() as (first, second):
            before(first)
            with self.assertRaises(psycopg2.errors.LockNotAvailable):
                after(second)
