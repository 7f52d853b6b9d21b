from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.kpi_management.tests.common import KpiCase


@tagged("post_install", "-at_install")
class TestKudosBadge(KpiCase):
    """Chi thanks Bình, with a badge."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.badge = cls.env["gamification.badge"].create({"name": "Helping hand", "rule_auth": "everyone"})

    def praise(self, user, employee, **vals):
        vals = {"employee_id": employee.id, "message": "Thanks!", "badge_id": self.badge.id, **vals}
        return self.env["kpi.kudos"].with_user(user).create(vals)

    def granted(self):
        return self.env["gamification.badge.user"].search([("badge_id", "=", self.badge.id)])

    def test_the_badge_is_granted_with_the_words(self):
        self.praise(self.chi_user, self.binh)
        self.assertRecordValues(
            self.granted(),
            [{"user_id": self.binh_user.id, "sender_id": self.chi_user.id, "comment": "Thanks!"}],
        )

    def test_without_a_badge_none_is_granted(self):
        self.praise(self.chi_user, self.binh, badge_id=False)
        self.assertFalse(self.granted())

    def test_the_badge_s_own_rules_hold_and_then_nothing_is_sent(self):
        self.badge.write({"rule_auth": "users", "rule_auth_user_ids": [(6, 0, self.an_user.ids)]})
        with self.assertRaises(UserError):
            self.praise(self.chi_user, self.binh)
        self.assertFalse(self.env["kpi.kudos"].search([("employee_id", "=", self.binh.id)]))
        self.praise(self.an_user, self.binh)
        self.assertEqual(len(self.granted()), 1)

    def test_as_often_a_month_as_the_badge_allows(self):
        self.badge.write({"rule_max": True, "rule_max_number": 1})
        self.praise(self.chi_user, self.binh)
        with self.assertRaises(UserError):
            self.praise(self.chi_user, self.an)
        self.assertEqual(self.granted().user_id, self.binh_user)

    def test_somebody_without_a_login_gets_words_alone(self):
        worker = self.make_employee("Giang", self.north)
        with self.refused(ValidationError, "Giang has no login"):
            self.praise(self.chi_user, worker)
        self.assertEqual(self.praise(self.chi_user, worker, badge_id=False).employee_id, worker)

    def test_who_got_it_is_said_by_the_system(self):
        granted = self.praise(self.chi_user, self.binh).badge_user_id
        with self.refused(AccessError, "filled in by the system"):
            self.praise(self.chi_user, self.an, badge_user_id=granted.id)

    def test_of_an_anonymised_person_the_words_on_the_badge_go(self):
        other = self.praise(self.binh_user, self.chi).badge_user_id
        granted = self.praise(self.chi_user, self.binh).badge_user_id
        self.binh.action_archive()
        self.env["kpi.personal.data"].with_user(self.admin)._anonymize(self.binh)
        self.env.invalidate_all()
        messages = self.env["mail.message"].search([("model", "=", granted._name), ("res_id", "in", granted.ids)])
        self.assertFalse(granted.comment or messages)
        self.assertEqual(other.comment, "Thanks!")
