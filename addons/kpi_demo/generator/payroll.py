"""The salary structure and the pay slips of the months that are paid, made by HR with the batch wizard."""

from odoo import Command

from . import staff
from .bonus import PAID_MONTHS
from .bonus_plans import OFFICER

# The example of a Vietnamese structure: insurance on wage and allowance, income tax on all of it.
STRUCTURE = "kpi_hr_bonus_payroll_vn.structure_vn"


def build_structure(world):
    """Give every contract the salary structure; its rules take the KPI bonus and the allowance by themselves."""
    employees = world.env["hr.employee"].union(*world.employees.values())
    versions = world.env["hr.version"].search([("employee_id", "in", employees.ids)])
    versions.struct_id = world.env.ref(STRUCTURE)


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
