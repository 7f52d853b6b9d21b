from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.kpi_management.tests.test_js import SUCCESS, _suite_id


@tagged("post_install", "-at_install")
class TestBonusJavaScript(HttpCase):
    """Runs the module's own unit tests of the client (static/tests/*.test.js) in a browser."""

    @no_retry
    def test_unit_desktop(self):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={_suite_id('@kpi_hr_bonus')}",
            code="",
            ready="",
            login="admin",
            timeout=300,
            success_signal=SUCCESS,
            error_checker=lambda message: "[HOOT]" not in message,
        )
