"""The ten figures that everybody on the benchmark is measured by, said three times: as a measure, as a goal, in SQL."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """One figure of a person in a month.

    :param code: of the measure and, in capitals, of the KPI
    :param model: the records it counts
    :param aggregate: ``sum`` or ``count``
    :param domain: which of the records count, for the measure and the goal
    :param where: the same, written by hand
    :param value: the field that is added up
    """

    code: str
    model: str
    aggregate: str
    date: str
    domain: str
    where: str
    value: str | None = None


ORDERS = "[('state', '=', 'sale')]"
LARGE = "[('state', '=', 'sale'), ('amount_untaxed', '>=', 1500)]"
OPEN = "[('state', '=', 'sale'), ('invoice_status', '=', 'no')]"
DEALS = "[('type', '=', 'opportunity')]"
WON = "[('type', '=', 'opportunity'), ('won_status', '=', 'won')]"
LOST = "[('type', '=', 'opportunity'), ('won_status', '=', 'lost')]"
CLOSED = "[('type', '=', 'opportunity'), ('won_status', 'in', ('won', 'lost'))]"

FIGURES = (
    Figure("bench_revenue", "sale.order", "sum", "date_order", ORDERS, "state = 'sale'", "amount_untaxed"),
    Figure("bench_orders", "sale.order", "count", "date_order", ORDERS, "state = 'sale'"),
    Figure("bench_turnover", "sale.order", "sum", "date_order", ORDERS, "state = 'sale'", "amount_total"),
    Figure(
        "bench_large_revenue",
        "sale.order",
        "sum",
        "date_order",
        LARGE,
        "state = 'sale' AND amount_untaxed >= 1500",
        "amount_untaxed",
    ),
    Figure(
        "bench_large_orders", "sale.order", "count", "date_order", LARGE, "state = 'sale' AND amount_untaxed >= 1500"
    ),
    Figure(
        "bench_open_revenue",
        "sale.order",
        "sum",
        "date_order",
        OPEN,
        "state = 'sale' AND invoice_status = 'no'",
        "amount_untaxed",
    ),
    Figure("bench_deals", "crm.lead", "count", "create_date", DEALS, "type = 'opportunity'"),
    Figure("bench_won", "crm.lead", "count", "date_closed", WON, "type = 'opportunity' AND won_status = 'won'"),
    Figure("bench_lost", "crm.lead", "count", "date_closed", LOST, "type = 'opportunity' AND won_status = 'lost'"),
    Figure(
        "bench_closed",
        "crm.lead",
        "count",
        "date_closed",
        CLOSED,
        "type = 'opportunity' AND won_status IN ('won', 'lost')",
    ),
)
