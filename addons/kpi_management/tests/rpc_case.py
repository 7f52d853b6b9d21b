from contextlib import contextmanager

from odoo.tests import HttpCase
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import PASSWORD, KpiCase


class RpcCase(KpiCase, HttpCase):
    """Calls from outside, as the web client makes them.

    First among the bases of a class of tests: its clock goes before the one of the case with the records.
    """

    # The server's threads look at the clock, too.
    freeze_time = None
    # The server's exceptions that count as a refusal.
    refusals = ("odoo.exceptions.AccessError",)

    def call(self, model, method, *args, **kwargs):
        """What the web client calls.

        :raises JsonRpcException: with the name of the server's exception
        """
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)

    def call_as(self, user, model, method, *args, **kwargs):
        """The same by a user, who is logged in from now on."""
        self.authenticate(user.login, PASSWORD)
        return self.call(model, method, *args, **kwargs)

    @contextmanager
    def turned_away(self):
        """Within it the server refuses a call with one of ``refusals``."""
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as refusal:
            yield
        self.assertIn(refusal.exception.args[0], self.refusals)

    def check_refused(self, attempts):
        """The server refuses each of them.

        :param attempts: {what is attempted: function that calls}
        """
        for attempt, change in attempts.items():
            with self.subTest(attempt), self.turned_away():
                change()


class Json2Case(HttpCase):
    """Calls by JSON-2, as an outside program makes them."""

    def json2(self, user, model, method, ids=None, **params):
        """A call with an API key of the user.

        :return: (HTTP status, answer)
        """
        key = self.env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "KPI tests", None)
        headers = {"Authorization": f"Bearer {key}", "X-Odoo-Database": self.env.cr.dbname}
        body = {**params, "ids": ids} if ids else params
        with mute_logger("odoo.http"):
            response = self.url_open(f"/json/2/{model}/{method}", json=body, headers=headers, method="POST")
        return response.status_code, response.json()
