"""Every text a user sees is in the template of its add-on, and in Vietnamese."""

from collections import defaultdict
from pathlib import Path

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import TranslationModuleReader

ADDONS = Path(__file__).parents[2] / "addons"
COMPLETE = ("vi",)
# Never installed beside the tests of the others: only the texts of its code are looked at.
CODE_ONLY = {"kpi_demo"}


class Reader(TranslationModuleReader):
    """Odoo's own export, of the code of add-ons that are not installed too."""

    def _export_translatable_records(self):
        self._installed_modules = [*self._installed_modules, *CODE_ONLY]
        super()._export_translatable_records()


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    """What Odoo would export now is what the files hold: views, models, data, Python, JavaScript and its templates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.names = sorted(manifest.parent.name for manifest in ADDONS.glob("*/__manifest__.py"))
        cls.texts = defaultdict(set)
        for module, _type, _name, _id, source, *_rest in Reader(cls.env.cr, modules=cls.names):
            cls.texts[module].add(source)

    def test_all_add_ons_are_looked_at(self):
        installed = self.env["ir.module.module"].search([("name", "in", self.names), ("state", "=", "installed")])
        self.assertEqual(set(self.names) - set(installed.mapped("name")), CODE_ONLY)

    def test_templates_hold_every_text(self):
        for name in self.names:
            with self.subTest(name):
                known = _texts(ADDONS / name / "i18n" / f"{name}.pot")
                absent = sorted(self.texts[name] - known)
                self.assertFalse(absent, f"export the texts of {name} again, see CONTRIBUTING.md")

    def test_complete_languages_translate_every_text(self):
        for name in self.names:
            for language in COMPLETE:
                with self.subTest(f"{name} {language}"):
                    translated = _texts(ADDONS / name / "i18n" / f"{language}.po", translated=True)
                    absent = sorted(self.texts[name] - translated)
                    self.assertFalse(absent, f"translate these texts of {name}")


def _texts(path, translated=False):
    """The texts of a file of translations; none where there is no such file."""
    if not path.is_file():
        return set()
    return {entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete and (entry.msgstr or not translated)}
