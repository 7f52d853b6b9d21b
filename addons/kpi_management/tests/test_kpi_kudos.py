from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .rpc_case import RpcCase
from .test_kpi_action import ActionCase


class KudosCase(ActionCase):
    @classmethod
    def praise(cls, user, line=None, **vals):
        """Kudos of a user for a KPI, or to whom the values say."""
        vals = {"message": "Well done!", "line_id": line and line.id, **vals}
        return cls.env["kpi.kudos"].with_user(user).create(vals)


@tagged("post_install", "-at_install")
class TestKpiKudos(KudosCase):
    """Praise from colleagues: sent once, seen by the person and those above, never changed."""

    def test_for_a_kpi_it_is_on_the_scorecard(self):
        kudos = self.praise(self.an_user, self.revenue_line)
        self.assertRecordValues(
            kudos,
            [{"employee_id": self.binh.id, "sender_id": self.an_user.id, "company_id": self.company.id}],
        )
        message = self.card.message_ids[0]
        self.assertEqual(message.author_id, self.an_user.partner_id)
        self.assertEqual(message.partner_ids, self.binh_user.partner_id)
        self.assertIn("Well done!", message.body)
        self.assertIn("T_REVENUE", message.body)
        self.assertEqual(self.revenue_line.with_user(self.binh_user).kudos_count, 1)

    def test_to_a_colleague_it_is_a_message(self):
        kudos = self.praise(self.chi_user, employee_id=self.binh.id)
        message = self.env["mail.message"].search([("model", "=", "kpi.kudos"), ("res_id", "=", kudos.id)])
        self.assertIn(self.binh_user.partner_id, message.notified_partner_ids)
        self.assertEqual(message.author_id, self.chi_user.partner_id)
        self.assertIn("Well done!", message.body)
        self.assertEqual(str(kudos.date), "2026-04-02")

    def test_a_department_s_go_to_its_manager(self):
        card = self.make_card(self.sales, [("T_REVENUE", 100, 100)])
        self.assertEqual(self.praise(self.officer, card.line_ids).employee_id, self.hang)

    def test_nobody_praises_himself(self):
        for about in ({"line": self.revenue_line}, {"employee_id": self.binh.id}):
            with self.subTest(**about), self.refused(UserError, "somebody else"):
                self.praise(self.binh_user, **about)

    def test_it_needs_words(self):
        with self.refused(UserError, "Say what it is for"):
            self.praise(self.an_user, self.revenue_line, message="  ")

    def test_for_a_kpi_it_goes_to_whoever_answers_for_it(self):
        with self.refused(ValidationError, "whoever answers for it"):
            self.praise(self.an_user, self.revenue_line, employee_id=self.chi.id)

    def test_whoever_may_not_see_a_kpi_does_not_praise_it(self):
        for user in (self.chi_user, self.stranger):
            with self.subTest(user.login), self.assertRaises(UserError):
                self.praise(user, self.revenue_line)

    def test_who_sees_it(self):
        kudos = self.praise(self.chi_user, employee_id=self.binh.id)
        third = self.make_user("dung")
        self.make_employee("Dũng", self.south, user=third, parent_id=self.hang.id)
        for user, seen in (
            (self.binh_user, True),
            (self.chi_user, True),
            (self.an_user, True),
            (self.hang_user, True),
            (self.officer, True),
            (third, False),
            (self.stranger, False),
        ):
            with self.subTest(user.login):
                found = self.env["kpi.kudos"].with_user(user).search([("id", "=", kudos.id)])
                self.assertEqual(bool(found), seen)

    def test_it_stays_as_it_was_sent(self):
        kudos = self.praise(self.an_user, self.revenue_line)
        for user in (self.an_user, self.binh_user, self.officer, self.admin):
            with self.subTest(user.login), self.refused(UserError, "stay as they are"):
                kudos.with_user(user).write({"message": "x"})
            with self.subTest(user.login), self.assertRaises(AccessError):
                kudos.with_user(user).unlink()
        with self.refused(UserError, "stay as they are"):
            kudos.sudo().write({"sender_id": self.chi_user.id})

    def test_nobody_sends_in_another_s_name(self):
        with self.assertRaises(AccessError):
            self.praise(self.an_user, self.revenue_line, sender_id=self.hang_user.id)
        Kudos = self.env["kpi.kudos"].with_user(self.an_user).with_context(default_sender_id=self.hang_user.id)
        kudos = Kudos.create({"line_id": self.revenue_line.id, "message": "Well done!"})
        self.assertEqual(kudos.sender_id, self.an_user)

    def test_from_the_line(self):
        opened = self.revenue_line.with_user(self.an_user).action_give_kudos()
        Kudos = self.env["kpi.kudos"].with_user(self.an_user).with_context(**opened["context"])
        form = Form(Kudos, view="kpi_management.view_kpi_kudos_form_give")
        form.message = "Well done!"
        self.assertEqual((form.save().employee_id, form.line_id), (self.binh, self.revenue_line))
        public = self.env["hr.employee.public"].with_user(self.chi_user).browse(self.binh.id)
        Kudos = self.env["kpi.kudos"].with_user(self.chi_user).with_context(**public.action_give_kpi_kudos()["context"])
        form = Form(Kudos, view="kpi_management.view_kpi_kudos_form_give")
        form.message = "Thanks"
        self.assertEqual(form.save().employee_id, self.binh)


@tagged("post_install", "-at_install")
class TestKpiKudosOverHttp(RpcCase, KudosCase):
    def test_by_rpc(self):
        ids = self.call_as(self.chi_user, "kpi.kudos", "create", [{"employee_id": self.binh.id, "message": "Thanks"}])
        spec = {"message": {}, "sender_id": {"fields": {"display_name": {}}}}
        read = self.call_as(self.binh_user, "kpi.kudos", "web_read", ids, spec)[0]
        self.assertEqual((read["message"], read["sender_id"]["display_name"]), ("Thanks", self.chi_user.name))
        with self.turned_away():
            self.call_as(self.stranger, "kpi.kudos", "read", ids, ["message"])
