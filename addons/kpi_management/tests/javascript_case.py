from odoo.tests import HttpCase

SUCCESS = "[HOOT] Test suite succeeded"


class JavaScriptCase(HttpCase):
    """Runs an add-on's own unit tests of the client (static/tests/*.test.js) in a browser."""

    def run_unit_tests(self, addon, preset="desktop"):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset={preset}&timeout=15000&id={_suite_id(f'@{addon}')}",
            code="",
            ready="",
            login="admin",
            timeout=300,
            success_signal=SUCCESS,
            error_checker=lambda message: "[HOOT]" not in message,
        )


def _suite_id(name):
    """The hash by which HOOT knows a suite."""
    value = 0
    for char in name:
        value = ((value << 5) - value + ord(char)) & 0xFFFFFFFF
    return f"{value:08x}"
