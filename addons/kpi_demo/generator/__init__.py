"""Makes the demo company: a year of business first, then what KPI management makes of it."""

import logging
import time

from .bonus import (
    LAST_MONTH,
    PAID_MONTHS,
    approve,
    build_statements,
    contest_statement,
    end_of_story,
    last_quarter,
    pay_by_review,
    prepare,
    share_profit,
)
from .bonus_plans import build_plans, change_sales_plan
from .cascade import split_year
from .changes import change_targets
from .company import build_company
from .customers import build_customers, build_products
from .costs import build_costs
from .entries import build_entries
from .figures import build_figures
from .improvement import build_improvement
from .inventory import build_deliveries, build_receipts, set_up_warehouse
from .invoices import build_invoices
from .kpis import build_periods, build_scorecards, close_periods, link_drivers
from .mailings import build_mailings
from .orders import build_orders, build_quotations
from .payroll import build_payslips, build_structure
from .people import build_people, register_departures
from .pipeline import build_leads, build_lost, build_open, build_teams
from .production import build_materials, build_production
from .projects import build_projects
from .ratings import build_ratings
from .recruitment import build_recruitment
from .reviews import build_reviews, reviewed_half
from .sales_plan import plan_sales
from .strategy import build_objectives
from .surveys import build_surveys
from .templates import plan_next_month
from .traffic import build_traffic
from .users import build_users
from .world import World

_logger = logging.getLogger(__name__)

# Set when the demo company is complete; the set-up looks for it, and so does the hook.
COMPLETE = "kpi_demo.complete"


def generate(env):
    """Make the demo company in the main company, up to today.

    The same day gives the same company: all chance has a fixed seed.

    :param env: an environment of a database without business data
    """
    world = World(env)
    for name, step in [*_business_steps(world), *_kpi_steps(world)]:
        started = time.monotonic()
        step()
        world.env.flush_all()
        _logger.info("Demo company: %s made in %.1f s", name, time.monotonic() - started)
    world.env["ir.config_parameter"].set_param(COMPLETE, str(world.clock.today))


def _business_steps(world):
    """A year of business, in the order in which one thing needs the other."""
    plan = world.sales_plan = plan_sales(world.clock)
    return [
        ("company", lambda: build_company(world)),
        ("users", lambda: build_users(world)),
        ("people", lambda: build_people(world)),
        ("customers", lambda: build_customers(world)),
        ("products", lambda: build_products(world)),
        ("warehouse", lambda: set_up_warehouse(world)),
        ("sales teams", lambda: build_teams(world)),
        ("lost opportunities", lambda: build_lost(world, plan.losses)),
        ("open opportunities", lambda: build_open(world)),
        ("leads", lambda: build_leads(world)),
        ("orders", lambda: build_orders(world, plan)),
        ("quotations", lambda: build_quotations(world)),
        # After the orders: with bills of materials Odoo looks for one at every order line.
        ("materials", lambda: build_materials(world)),
        ("production", lambda: build_production(world)),
        ("receipts", lambda: build_receipts(world)),
        ("deliveries", lambda: build_deliveries(world)),
        ("invoices", lambda: build_invoices(world)),
        ("costs", lambda: build_costs(world)),
        ("entries", lambda: build_entries(world)),
        ("projects", lambda: build_projects(world)),
        ("ratings", lambda: build_ratings(world)),
        ("recruitment", lambda: build_recruitment(world)),
        ("mailings", lambda: build_mailings(world)),
        ("website traffic", lambda: build_traffic(world)),
        ("surveys", lambda: build_surveys(world)),
        ("departures", lambda: register_departures(world)),
    ]


def _kpi_steps(world):
    """From strategy to a bonus on the pay slip, and what people say about each other beside it."""
    made = {}

    def strategy():
        link_drivers(world)
        made["objectives"] = build_objectives(world)
        made["periods"] = build_periods(world)
        build_figures(world, made["periods"])

    def scorecards():
        periods, objectives = made["periods"], made["objectives"]
        cards = build_scorecards(world, world.sales_plan, periods, objectives)
        plan_next_month(world, objectives)
        split_year(world, cards)
        change_targets(world, periods["month"][world.clock.current])

    def figures():
        periods = made["periods"]
        world.analyze()
        world.env["kpi.period"].union(*periods["month"].values(), periods["quarter"], periods["year"]).action_compute()
        world.env["kpi.objective"].search([("company_id", "=", world.company.id)]).action_measure()

    def bonuses():
        prepare(world)
        first = world.clock.current.shift(PAID_MONTHS[0])
        made["plans"] = build_plans(world, first, last_quarter(world, made["periods"]), reviewed_half(world))
        for ago in PAID_MONTHS:
            approve(world, build_statements(world, made["plans"], made["periods"], ago))

    def pay():
        build_structure(world)
        build_payslips(world)

    def last_bonuses():
        plans = made["plans"]
        statements = build_statements(world, plans, made["periods"], LAST_MONTH)
        contest_statement(world, statements)
        # Commissions are left to be approved by whoever tries the demo.
        approve(world, statements.filtered(lambda statement: statement.plan_id != plans["commission"]))
        share_profit(world, plans["pool"], last_quarter(world, made["periods"]))
        pay_by_review(world, plans["review"], reviewed_half(world))
        change_sales_plan(world, plans["sales"])
        end_of_story(world)

    return [
        ("strategy", strategy),
        ("scorecards", scorecards),
        ("figures", figures),
        ("bonuses", bonuses),
        ("pay slips", pay),
        ("closed periods", lambda: close_periods(world)),
        ("reviews", lambda: build_reviews(world)),
        # What came to light after a month was closed is settled by the bonuses of a later one.
        ("bonuses of the last month", last_bonuses),
        # After the reviews: some of it was agreed on in their talks.
        ("improvement", lambda: build_improvement(world)),
        ("reminders", lambda: world.env["kpi.reminder"]._remind(world.company)),
    ]
