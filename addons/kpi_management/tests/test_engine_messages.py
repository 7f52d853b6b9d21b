import re

from odoo.tests import TransactionCase, tagged

from odoo.addons.kpi_management.engine import MESSAGES, EngineError
from odoo.addons.kpi_management.models.engine_messages import TEXTS


@tagged("post_install", "-at_install")
class TestEngineMessages(TransactionCase):
    def test_every_sentence_of_the_engine_can_be_translated(self):
        # what a failed measure says is in the user's language already
        engine = {code: text for code, text in MESSAGES.items() if code != "measure_failed"}
        self.assertEqual({code: text._source for code, text in TEXTS.items()}, engine)

    def test_an_error_is_told_with_what_it_names(self):
        error = EngineError("unknown_code", code="leads")
        self.assertEqual(self.env["kpi.computation"]._error_text(error), "No measure and no KPI has the code “leads”.")

    def test_a_translation_names_what_the_english_sentence_names(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        for code, text in TEXTS.items():
            with self.subTest(code=code):
                named = re.findall(r"%\(\w+\)s", MESSAGES[code])
                self.assertCountEqual(re.findall(r"%\(\w+\)s", self.env(context={"lang": "vi_VN"})._(text)), named)
