"""A salary structure and the pay slips of the months that are paid, made by HR with the batch wizard."""

from odoo import Command

from . import staff
from .bonus import OFFICER, PAID_MONTHS

BASIC_CODE = """
# The month's wage for the calendar days of the slip that lie in the contract.
first = max(payslip.date_from, contract.date_start)
last = min(payslip.date_to, contract.date_end or payslip.date_to)
days = (payslip.date_to - payslip.date_from).days + 1
result = round(contract.wage * ((last - first).days + 1) / days)
"""
# Categories add up over the contracts of a slip: what earlier contracts had is taken off again.
NET_CODE = "result = categories.BASIC + categories.KPI - categories.NET"


def build_structure(world):
    """Wage for the days under contract and net, for every contract.

    The rule that pays the KPI bonus is not named here: every structure gets it from `kpi_hr_bonus_payroll`.
    """
    Category = world.env["hr.salary.rule.category"]
    basic, net = Category.create([{"name": "Basic", "code": "BASIC"}, {"name": "Net", "code": "NET"}])
    rules = world.env["hr.salary.rule"].create(
        [
            _rule_values("Basic Salary", "BASIC", 1, basic, BASIC_CODE),
            _rule_values("Net Salary", "NET", 900, net, NET_CODE),
        ]
    )
    for rule, vietnamese in zip(rules, ("Lương cơ bản", "Thực lĩnh"), strict=True):
        world.translate(rule, "name", vietnamese)
    structure = world.env["hr.payroll.structure"].create(
        {
            "name": "Lương tháng Sao Mai",
            "code": "SAOMAI",
            "company_id": world.company.id,
            "parent_id": False,
            "rule_ids": [Command.set(rules.ids)],
        }
    )
    employees = world.env["hr.employee"].union(*world.employees.values())
    world.env["hr.version"].search([("employee_id", "in", employees.ids)]).struct_id = structure


def build_payslips(world):
    """Pay everybody who was employed in the paid months.

    The last full month is left to whoever tries the demo: its bonuses are approved and wait for a pay slip.
    """
    officer = world.as_user(OFFICER)
    for ago in PAID_MONTHS:
        month = world.clock.current.shift(ago)
        run = officer["hr.payslip.run"].create(
            {
                "name": f"Bảng lương tháng {month.start:%m/%Y}",
                "date_start": month.start,
                "date_end": month.end,
                "company_id": world.company.id,
            }
        )
        wizard = officer["hr.payslip.employees"].create(
            {"employee_ids": [Command.set(_paid_employees(world, month).ids)]}
        )
        wizard.with_context(active_id=run.id).compute_sheet()
        _pay_both_contracts(run)
        for slip in run.slip_ids:
            slip.action_payslip_done()
        run.close_payslip_run()


def _rule_values(name, code, sequence, category, python):
    return {
        "name": name,
        "code": code,
        "sequence": sequence,
        "category_id": category.id,
        "condition_select": "none",
        "amount_select": "code",
        "amount_python_compute": python,
    }


def _paid_employees(world, month):
    """Everybody under contract in the month."""
    return world.env["hr.employee"].union(
        *(
            employee
            for employee in world.employees.values()
            if employee._get_contracts(date_start=month.start, date_end=month.end).get(employee.id)
        )
    )


def _pay_both_contracts(run):
    """The wizard puts the first contract of the month on a slip; without one the slip pays each for its days."""
    for key in staff.NEW_CONTRACTS:
        slips = run.slip_ids.filtered(lambda slip, key=key: slip.employee_id.work_email.startswith(f"{key}@"))
        slips.contract_id = False
        slips.compute_sheet()
