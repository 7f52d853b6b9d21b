from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .test_kpi_measurement import FigureCase


@tagged("post_install", "-at_install")
class TestKpiFigureEntry(FigureCase):
    """A period offers the figures that its scorecards still wait for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_kpi("T_MIXED", "t_revenue + headcount")
        cls.make_card(cls.binh, [("T_REVENUE", 50, 100), ("T_STOCK", 50, 100)])
        cls.make_card(cls.north, [("T_MIXED", 100, 100)])
        cls.make_card(cls.chi, [("T_REVENUE", 100, 100)], cls.make_period("2026-04-01"))
        cls.enter("t_stock", cls.binh, 3)
        cls.enter("t_revenue", cls.binh, 3, cls.make_period("2026-02-01"))

    def open_form(self, user=None):
        entries = self.env["kpi.figure.entry"].with_user(user or self.officer)
        return Form(entries.with_context(default_period_id=self.month.id))

    def offered(self, form):
        entry = form.save()
        return entry, [(line.measure_id.code, line.subject_name) for line in entry.line_ids]

    def test_what_is_missing_is_offered_and_what_is_typed_is_entered(self):
        with self.open_form() as form, form.line_ids.edit(0) as line:
            line.value = "1,234.5"
            line.note = "By phone"
        entry, offered = self.offered(form)
        self.assertEqual(offered, [("t_revenue", "Sales / North"), ("t_revenue", "Bình")])
        entry.action_confirm()
        figure = self.figures.search([("note", "=", "By phone")])
        self.assertRecordValues(figure, [{"value": 1234.5, "source": "typed", "department_id": self.north.id}])
        self.assertEqual(self.offered(self.open_form())[1], [("t_revenue", "Bình")])

    def test_zero_is_a_figure_and_nothing_is_none(self):
        entry, _offered = self.offered(self.open_form())
        with self.refused(UserError, "Type a figure first"):
            entry.action_confirm()
        entry.line_ids[1].value = "0"
        entry.action_confirm()
        self.assertIn(("t_revenue", "Bình", "03/2026", 0.0), self.stored())

    def test_numbers_are_typed_in_the_user_s_own_way(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.officer.lang = "vi_VN"
        language = self.env["res.lang"]._lang_get("vi_VN")
        language.write({"decimal_point": ",", "thousands_sep": "."})
        entry, _offered = self.offered(self.open_form())
        for text, value in (("1.234,5", 1234.5), ("0,5", 0.5)):
            entry.line_ids[0].value = text
            self.assertEqual(entry.line_ids[0]._typed_number(), value)
        for text in ("12a", "1.5", "1,234.5"):
            entry.line_ids[0].value = text
            with self.subTest(text), self.refused(ValidationError, "is not a number: write it like 1234,5"):
                entry.action_confirm()

    def test_officers_alone_enter_figures(self):
        for user in (self.binh_user, self.an_user, self.stranger):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["kpi.figure.entry"].with_user(user).create({"period_id": self.month.id})
