from datetime import date

from psycopg2.errors import LockNotAvailable, SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from odoo.addons.kpi_management.models.guard import trusted


@tagged("post_install", "-at_install")
class TestBonusPaymentLock(BaseCase):
    """Two payments confirm one bonus at the same moment, on two connections of their own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            records = self.make_records(env)
            self.keys = [(record._name, record.ids) for record in records]
        self.statement_id = self.keys[-1][1]
        self.addCleanup(self.delete_records)

    def make_records(self, env):
        """Committed records, in the order in which they depend on each other."""
        company = env.ref("base.main_company")
        employee = env["hr.employee"].create({"name": "Lock Test", "company_id": company.id})
        period = env["kpi.period"]._ensure(company, "month", date(2032, 3, 1))
        plan = env["kpi.bonus.plan"].create({"name": "Lock test", "amount": 100, "company_id": company.id})
        statement = trusted(env["kpi.bonus.statement"]).create(
            {
                "plan_id": plan.id,
                "period_id": period.id,
                "employee_id": employee.id,
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "amount": 80,
                "state": "approved",
                "pay_date": "2032-03-31",
            }
        )
        return [employee, period.parent_id.parent_id, period.parent_id, period, plan, statement]

    def delete_records(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            statement = trusted(env["kpi.bonus.statement"]).browse(self.statement_id)
            statement._payment_release()
            statement.write({"state": "cancelled"})
            contacts = env["hr.employee"].browse(dict(self.keys)["hr.employee"]).work_contact_id
            for model, ids in reversed(self.keys):
                env[model].browse(ids).unlink()
            contacts.unlink()

    def statement(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {})["kpi.bonus.statement"].browse(self.statement_id)

    def test_only_one_of_two_payments_gets_it(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            one, rival = self.statement(first), self.statement(second)
            self.assertEqual(rival.state, "approved")  # the second transaction has its view of the data now
            one.payment_confirm("2026-04-05", "RUN-1")

            # not committed yet: the rival waits for it, and here it waits a second only
            second.execute("SET LOCAL lock_timeout = '1s'")
            with mute_logger("odoo.sql_db"), self.assertRaises(LockNotAvailable):
                rival.payment_confirm("2026-04-05", "RUN-2")
            second.rollback()
            rival.env.invalidate_all()

            # committed while the rival was at work: its request is refused, and Odoo runs it again
            self.assertEqual(rival.state, "approved")
            first.commit()
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                rival.payment_confirm("2026-04-05", "RUN-2")
            second.rollback()
            rival.env.invalidate_all()
            with self.assertRaisesRegex(UserError, "by RUN-1. It is not paid twice"):
                rival.payment_confirm("2026-04-05", "RUN-2")
            # the winner repeated, as after a lost answer
            self.assertEqual(rival.payment_confirm("2026-04-05", "RUN-1")["unchanged"], rival.ids)
