"""Users of the demo company: everybody who works with Odoo has one, some of them to log in with."""

from odoo import Command

from . import staff
from .clock import TIMEZONE

SALESPERSON = ("sales_team.group_sale_salesman",)
SALES_MANAGER = ("sales_team.group_sale_manager",)

# What people of a department may do, whether they log in or not.
DEPARTMENT_GROUPS = {
    "sales": SALESPERSON,
    "sales_hn": SALESPERSON,
    "sales_hcm": SALESPERSON,
    "marketing": (*SALESPERSON, "mass_mailing.group_mass_mailing_user", "survey.group_survey_user"),
    "hr": ("hr_recruitment.group_hr_recruitment_user", "survey.group_survey_user"),
    "accounting": ("account.group_account_invoice", "survey.group_survey_user"),
    "production": ("mrp.group_mrp_user", "stock.group_stock_user"),
    "projects": ("project.group_project_user", "hr_timesheet.group_hr_timesheet_user"),
}
# What comes on top with a role. The person who computes bonuses (HR) never approves them (director).
ROLE_GROUPS = {
    "director": (
        "sales_team.group_sale_manager",
        "project.group_project_manager",
        "hr_timesheet.group_timesheet_manager",
        "kpi_management.group_kpi_officer",
        "kpi_hr_bonus.group_bonus_approver",
    ),
    "sales_manager": SALES_MANAGER,
    "sales_lead": ("sales_team.group_sale_salesman_all_leads",),
    "salesperson": (),
    "marketing_head": ("sales_team.group_sale_salesman_all_leads",),
    "hr": (
        "hr.group_hr_manager",
        "payroll.group_payroll_manager",
        "kpi_management.group_kpi_officer",
        "kpi_hr_bonus.group_bonus_officer",
    ),
    "accountant": ("account.group_account_manager", "kpi_hr_bonus.group_bonus_approver"),
    "project_head": ("project.group_project_manager", "hr_timesheet.group_timesheet_manager"),
}
# The administrator may try everything out.
ADMIN_GROUPS = (
    "kpi_management.group_kpi_admin",
    "kpi_hr_bonus.group_bonus_officer",
    "kpi_hr_bonus.group_bonus_approver",
    "payroll.group_payroll_manager",
    "sales_team.group_sale_manager",
    "project.group_project_manager",
    "hr_timesheet.group_timesheet_manager",
    "account.group_account_manager",
    "hr_recruitment.group_hr_recruitment_manager",
    "mass_mailing.group_mass_mailing_user",
    "mrp.group_mrp_manager",
    "stock.group_stock_manager",
    "survey.group_survey_manager",
    "website.group_website_designer",
)


def build_users(world):
    """Create the users; fills `world.users` by the keys of `staff.PEOPLE`."""
    people = [person for person in staff.PEOPLE if person.login]
    users = world.env["res.users"].create([_user_values(world, person) for person in people])
    world.users.update(zip([person.key for person in people], users, strict=True))
    # What chiefs may do beside the roles of DEPARTMENT_GROUPS is given to the administrator as well.
    administrator = world.env.ref("base.user_admin")
    administrator.write({"group_ids": [Command.link(gid) for gid in _group_ids(world, ADMIN_GROUPS)]})
    _have_logged_in(users | administrator)


def _have_logged_in(users):
    """Nobody logs in for the first time: then Odoo takes over the time zone of the browser, for the user and, from the
    administrator, for the company's working hours, and a month would end at another hour than the figures were made for.
    """
    for user in users:
        # The log is the system's; whose it is is who wrote it.
        user.with_user(user).env["res.users.log"].sudo().create({})


def _user_values(world, person):
    groups = ["base.group_user", *DEPARTMENT_GROUPS.get(person.department, ())]
    for role in person.roles:
        groups += ROLE_GROUPS[role]
    values = {
        "name": person.name,
        "login": person.login,
        "email": f"{person.login}@saomai.example",
        "lang": "vi_VN",
        "tz": TIMEZONE,
        "company_id": world.company.id,
        "company_ids": [Command.set(world.company.ids)],
        "group_ids": [Command.set(_group_ids(world, groups))],
        "notification_type": "inbox",
    }
    if person.roles:
        # A password for those who are shown round; the others have none and cannot log in.
        values["password"] = person.login
    return values


def _group_ids(world, xmlids):
    return [world.env.ref(xmlid).id for xmlid in xmlids]
