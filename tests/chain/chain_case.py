"""The company of the chain's story, and how its people sell, win, work and are paid."""

from datetime import datetime
from zoneinfo import ZoneInfo

from odoo.fields import Command, Date

from odoo.addons.kpi_management.tests.common import KpiCase

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
BILLION = 1_000_000_000


class ChainCase(KpiCase):
    """Sao Mai sells furniture: An (North) and Chi (South) in Sales, Lan in the office, Tú left on 20 March.

    Quỳnh computes bonuses, Minh approves them, Oanh makes the pay slips.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bonus_officer = cls.make_user("quynh", "kpi_hr_bonus.group_bonus_officer")
        cls.approver = cls.make_user("approver", "kpi_hr_bonus.group_bonus_approver")
        cls.accountant = cls.make_user("oanh", "payroll.group_payroll_manager")
        cls.tu = cls.make_employee("Tú", cls.office)
        cls.tu.action_archive()
        cls.tu.departure_date = "2026-03-20"
        cls.customer = cls.env["res.partner"].create({"name": "Khách sạn Hoa Sen"})
        cls.product = cls.env["product.product"].create({"name": "Bàn gỗ", "type": "service", "taxes_id": False})
        cls.project = cls.env["project.project"].create({"name": "Showroom", "company_id": cls.company.id})
        cls.structure = cls.make_structure()
        for employee, wage in ((cls.an, 20_000_000), (cls.chi, 15_000_000), (cls.lan, 18_000_000)):
            employee.version_id.write({"wage": wage, "struct_id": cls.structure.id})

    @classmethod
    def make_structure(cls):
        """The wage, whatever bonus the suite's rule brings, and their sum."""
        category = {
            code: cls.env["hr.salary.rule.category"].search([("code", "=", code)], limit=1)
            or cls.env["hr.salary.rule.category"].create({"name": code, "code": code})
            for code in ("BASIC", "NET")
        }
        rules = cls.env["hr.salary.rule"].create(
            [
                {
                    "name": code,
                    "code": code,
                    "sequence": sequence,
                    "category_id": category[code].id,
                    "amount_select": "code",
                    "amount_python_compute": formula,
                    "company_id": cls.company.id,
                }
                for code, sequence, formula in (
                    ("BASIC", 1, "result = contract.wage"),
                    ("NET", 200, "result = categories.BASIC + categories.KPI"),
                )
            ]
        )
        return cls.env["hr.payroll.structure"].create(
            {"name": "Sao Mai", "code": "SAOMAI", "company_id": cls.company.id, "rule_ids": [Command.set(rules.ids)]}
        )

    # ---------------------------------------------------------------- business

    @staticmethod
    def utc(local):
        """A time in Ho Chi Minh City, as Odoo stores it."""
        moment = datetime.fromisoformat(local).replace(tzinfo=HERE).astimezone(ZoneInfo("UTC"))
        return moment.replace(tzinfo=None)

    def sell(self, person, amount, local):
        """A sale order confirmed at that local time."""
        line = {"product_id": self.product.id, "product_uom_qty": 1, "price_unit": amount, "tax_ids": False}
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "user_id": person.user_id.id,
                "order_line": [Command.create(line)],
            }
        )
        order.action_confirm()
        order.date_order = self.utc(local)
        return order

    def close_deals(self, person, won, lost):
        """So many opportunities, won and lost in the middle of March."""
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": "Nội thất văn phòng",
                    "type": "opportunity",
                    "user_id": person.user_id.id,
                    "company_id": self.company.id,
                }
                for _number in range(won + lost)
            ]
        )
        leads[:won].action_set_won()
        leads[won:].action_set_lost()
        leads.date_closed = self.utc("2026-03-16 15:00:00")
        return leads

    def plan_tasks(self, person, done, late):
        """Tasks due on 31 March: so many done on that day, the others a day late."""
        tasks = self.env["project.task"].create(
            [
                {
                    "name": "Lắp đặt",
                    "project_id": self.project.id,
                    "user_ids": [Command.set(person.user_id.ids)],
                    "date_deadline": self.utc("2026-03-31 17:00:00"),
                    "state": "1_done",
                }
                for _number in range(done + late)
            ]
        )
        tasks[:done].date_last_stage_update = self.utc("2026-03-31 23:00:00")
        tasks[done:].date_last_stage_update = self.utc("2026-04-01 00:30:00")
        return tasks

    # ---------------------------------------------------------------- objectives and figures

    def make_strategy(self, vision):
        strategy = self.env["kpi.strategy"].create(
            {
                "name": "2026–2028",
                "vision": vision,
                "company_id": self.company.id,
                "date_start": "2026-01-01",
                "date_end": "2028-12-31",
            }
        )
        strategy.action_activate()
        return strategy

    def make_objective(self, name, level, parent=None, **vals):
        return self.env["kpi.objective"].create(
            {
                "name": name,
                "level": level,
                "description": "<p>Thêm khách hàng, giữ khách hàng cũ</p>",
                "target_group": "Văn phòng trong nước",
                "parent_id": parent and parent.id,
                "company_id": self.company.id,
                "date_start": "2026-01-01",
                "date_end": "2026-12-31",
                **vals,
            }
        )

    def figures(self, card):
        """{KPI: (actual, attainment)} of a scorecard."""
        return {line.definition_id.code: (line.actual, line.attainment) for line in card.line_ids}

    def opened(self, line):
        """The records that a click on the actual shows."""
        action = line.action_open_records()
        return self.env[action["res_model"]].with_context(**action["context"]).search(action["domain"])

    # ---------------------------------------------------------------- money

    def make_plan(self, name, department, **vals):
        plan = self.env["kpi.bonus.plan"].create(
            {
                "name": name,
                "company_id": self.company.id,
                "date_start": "2026-01-01",
                "department_ids": [Command.set(department.ids)],
                **vals,
            }
        )
        plan.action_publish()
        return plan

    def slip_by_hand(self, employee):
        """A pay slip for March, as the accountant types it."""
        slip = (
            self.env["hr.payslip"]
            .with_user(self.accountant)
            .create(
                {
                    "name": "03/2026",
                    "employee_id": employee.id,
                    "company_id": self.company.id,
                    "contract_id": employee.version_id.id,
                    "struct_id": self.structure.id,
                    "date_from": Date.to_date("2026-03-01"),
                    "date_to": Date.to_date("2026-03-31"),
                }
            )
        )
        slip.compute_sheet()
        return slip

    def slips_by_batch(self, employees):
        """The pay slips for March by payroll's wizard."""
        run = (
            self.env["hr.payslip.run"]
            .with_user(self.accountant)
            .create({"name": "03/2026", "date_start": "2026-03-01", "date_end": "2026-03-31"})
        )
        wizard = self.env["hr.payslip.employees"].with_user(self.accountant).with_context(active_id=run.id)
        wizard.create({"employee_ids": [Command.set(employees.ids)]}).compute_sheet()
        return run.slip_ids.grouped("employee_id")

    @staticmethod
    def paid(slip):
        """{code: total} of a pay slip's lines."""
        return {line.code: line.total for line in slip.line_ids}
