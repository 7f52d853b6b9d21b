"""Departments, jobs, employees and their contracts; later those who leave."""

from . import staff
from .clock import TIMEZONE
from .sales_plan import months_ago

MILLION = 1_000_000


def build_people(world):
    """Create everybody who works or worked in the company during the year.

    Leavers stay active until `register_departures`, as their orders and hours come first.
    """
    _build_departments(world)
    _build_jobs(world)
    _remove_admin_employee(world)
    _build_employees(world)
    _set_managers(world)
    _build_later_versions(world)


def register_departures(world):
    """Let the leavers go the way HR does: by the departure wizard, which archives employee and user."""
    for key, (left, reason) in staff.LEAVERS.items():
        employee = world.employees[key]
        wizard = world.env["hr.departure.wizard"].create(
            {
                "employee_ids": employee.ids,
                "departure_date": months_ago(world.clock, *left),
                "departure_reason_id": world.env.ref(reason).id,
                "remove_related_user": bool(employee.user_id),
                "set_date_end": True,
            }
        )
        wizard.with_context(employee_termination=True).action_register_departure()


def _build_departments(world):
    Department = world.env["hr.department"]
    # Odoo's own first department becomes the board, so that no empty "Administration" stands beside ours.
    world.departments["board"] = world.env.ref("hr.dep_administration", raise_if_not_found=False) or Department.create(
        {"name": staff.DEPARTMENTS["board"][0]}
    )
    for key, (english, vietnamese, above) in staff.DEPARTMENTS.items():
        values = {
            "name": english,
            "company_id": world.company.id,
            "parent_id": above and world.departments[above].id,
        }
        if key in world.departments:
            world.departments[key].write(values)
        else:
            world.departments[key] = Department.create(values)
        world.translate(world.departments[key], "name", vietnamese)


def _build_jobs(world):
    for key, (english, vietnamese) in staff.JOBS.items():
        world.jobs[key] = world.env["hr.job"].create({"name": english, "company_id": world.company.id})
        world.translate(world.jobs[key], "name", vietnamese)


def _remove_admin_employee(world):
    """The technical administrator is no member of staff: fifty people are fifty people."""
    admin = world.env.ref("hr.employee_admin", raise_if_not_found=False)
    if admin:
        admin.unlink()


def _build_employees(world):
    employees = world.env["hr.employee"].create([_employee_values(world, person) for person in staff.PEOPLE])
    world.employees.update(zip([person.key for person in staff.PEOPLE], employees, strict=True))


def _employee_values(world, person):
    start = months_ago(world.clock, *person.since)
    _english, vietnamese = staff.JOBS[person.job]
    values = {
        "name": person.name,
        "company_id": world.company.id,
        "user_id": world.users[person.key].id if person.login else False,
        "work_email": f"{person.key}@saomai.example",
        "country_id": world.env.ref("base.vn").id,
        "tz": TIMEZONE,
        "department_id": world.departments[person.department].id,
        "job_id": world.jobs[person.job].id,
        "job_title": vietnamese,
        "wage": person.wage * MILLION,
        # What an hour on a timesheet costs: the wage over 22 days of 8 hours.
        "hourly_cost": round(person.wage * MILLION / 176),
        "date_version": start,
        "contract_date_start": start,
    }
    if person.key in staff.NEW_CONTRACTS:
        (months, day), _wage = staff.NEW_CONTRACTS[person.key]
        # The first contract ends on the day before the second one starts.
        values["contract_date_end"] = months_ago(world.clock, months, day - 1)
    return values


def _set_managers(world):
    for person in staff.PEOPLE:
        if person.manager:
            world.employees[person.key].parent_id = world.employees[person.manager]
    for department, manager in staff.MANAGERS.items():
        world.departments[department].manager_id = world.employees[manager]


def _build_later_versions(world):
    """What changed during the year: a move to another department, a second contract."""
    for key, (moved, department, job, manager) in staff.MOVERS.items():
        world.employees[key].create_version(
            {
                "date_version": months_ago(world.clock, *moved),
                "department_id": world.departments[department].id,
                "job_id": world.jobs[job].id,
                "job_title": staff.JOBS[job][1],
            }
        )
        world.employees[key].parent_id = world.employees[manager]
    for key, (changed, wage) in staff.NEW_CONTRACTS.items():
        day = months_ago(world.clock, *changed)
        world.employees[key].create_version(
            {"date_version": day, "contract_date_start": day, "contract_date_end": False, "wage": wage * MILLION}
        )
