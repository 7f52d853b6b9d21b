from datetime import date

from psycopg2.errors import LockNotAvailable, SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from odoo.addons.kpi_management.models.guard import trusted


@tagged("post_install", "-at_install")
class TestPayslipLock(BaseCase):
    """Two clerks compute two slips of the same person at the same moment, on two connections of their own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            records = self.make_records(env)
            self.keys = [(record._name, record.ids) for record in records]
            self.statement_id, self.slip_ids = records[-2].id, records[-1].ids
        self.addCleanup(self.delete_records)

    def make_records(self, env):
        """Committed records, in the order in which they depend on each other."""
        company = env.ref("base.main_company")
        category = env["hr.salary.rule.category"].create({"name": "Lock test", "code": "LOCK"})
        structure = env["hr.payroll.structure"].create({"name": "Lock test", "code": "LOCK", "company_id": company.id})
        employee = env["hr.employee"].create(
            {
                "name": "Lock Test",
                "company_id": company.id,
                "date_version": "2031-01-01",
                "contract_date_start": "2031-01-01",
                "wage": 100,
                "struct_id": structure.id,
            }
        )
        period = env["kpi.period"]._ensure(company, "month", date(2031, 3, 1))
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
                "pay_date": "2031-03-31",
            }
        )
        slips = env["hr.payslip"].create(
            [
                {
                    "employee_id": employee.id,
                    "company_id": company.id,
                    "struct_id": structure.id,
                    "contract_id": employee.version_id.id,
                    "date_from": "2031-03-01",
                    "date_to": "2031-03-31",
                }
                for _number in range(2)
            ]
        )
        year = period.parent_id.parent_id
        return [category, structure, employee, year, period.parent_id, period, plan, statement, slips]

    def delete_records(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            env["hr.payslip"].browse(self.slip_ids).write({"state": "cancel"})
            trusted(env["kpi.bonus.statement"]).browse(self.statement_id).write({"state": "cancelled"})
            contacts = env["hr.employee"].browse(dict(self.keys)["hr.employee"]).work_contact_id
            for model, ids in reversed(self.keys):
                env[model].browse(ids).unlink()
            contacts.unlink()

    def slip(self, cr, number):
        return api.Environment(cr, SUPERUSER_ID, {}).get("hr.payslip").browse(self.slip_ids[number])

    def test_only_one_of_two_slips_takes_the_statement(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            slip, rival = self.slip(first, 0), self.slip(second, 1)
            self.assertEqual(rival.state, "draft")  # the second transaction has its view of the data now
            slip.compute_sheet()
            self.assertEqual(slip.input_line_ids.amount, 80)

            # not committed yet: the rival waits for it, and here it waits a second only
            second.execute("SET LOCAL lock_timeout = '1s'")
            with mute_logger("odoo.sql_db"), self.assertRaises(LockNotAvailable):
                rival.compute_sheet()
            second.rollback()
            rival.env.invalidate_all()

            # committed while the rival was at work: its request is refused, and Odoo runs it again
            self.assertEqual(rival.state, "draft")
            first.commit()
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                rival.compute_sheet()
            second.rollback()
            rival.env.invalidate_all()
            rival.compute_sheet()
            self.assertFalse(rival.input_line_ids)
            self.assertEqual(rival.env["kpi.bonus.statement"].browse(self.statement_id).payslip_id.id, self.slip_ids[0])
            second.commit()
