from odoo.tests import no_retry, tagged

from odoo.addons.kpi_management.tests.javascript_case import JavaScriptCase


@tagged("post_install", "-at_install")
class TestBonusJavaScript(JavaScriptCase):
    @no_retry
    def test_unit_desktop(self):
        self.run_unit_tests("kpi_hr_bonus")
