from odoo.tests import tagged

from .common import BonusCase


@tagged("post_install", "-at_install")
class TestBonusEvidence(BonusCase):
    def test_what_was_paid_outlives_an_anonymised_person(self):
        self.make_card(self.an, 80.0)
        statement = self.compute(self.make_plan())[self.an]
        statement.with_user(self.officer).action_submit()
        statement.with_user(self.an_user).action_contest("An order is missing")
        statement.with_user(self.officer).action_answer("It was signed in April")
        amount, messages = statement.amount, len(statement.message_ids)
        self.an.action_archive()
        administrator = self.make_user("tam", "kpi_management.group_kpi_admin")
        self.env["kpi.personal.data"].with_user(administrator)._anonymize(self.an)
        self.env.invalidate_all()
        self.assertEqual(self.an.name, f"Former employee {self.an.id}")
        self.assertRecordValues(
            statement.contest_ids, [{"reason": "An order is missing", "answer": "It was signed in April"}]
        )
        self.assertEqual((statement.amount, len(statement.message_ids)), (amount, messages))
        self.assertGreater(amount, 0)
