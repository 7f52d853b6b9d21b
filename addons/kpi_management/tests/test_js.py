from odoo.tests import HttpCase, no_retry, tagged

SUCCESS = "[HOOT] Test suite succeeded"


@tagged("post_install", "-at_install")
class TestJavaScript(HttpCase):
    """Runs the module's own unit tests of the client (static/tests/*.test.js) in a browser."""

    @no_retry
    def test_unit_desktop(self):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={_suite_id('@kpi_management')}",
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
