"""What the scorecards of the company and its departments say: KPIs, weights and targets.

Each KPI of the library is on at least one of them.
"""

from dataclasses import dataclass, field

from .sales_plan import COMPANY_TARGET, CONVERSION_TARGET, DEPARTMENT_TARGETS, MILLION

REVENUE, CONVERSION = "SAL_REVENUE", "SAL_CONVERSION"
COMPLETION, TURNOVER, ENGAGEMENTS = "PRJ_COMPLETION", "HR_TURNOVER", "MKT_ENGAGEMENTS"
ENGAGEMENT_TARGET = 100_000
COMPLETION_TARGET = 90
# Percent of the people who leave, at most: by month, quarter and year.
TURNOVER_TARGETS = {"month": 2, "quarter": 5, "year": 15}
# Flows grow with the length of the period, here in months.
MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Line:
    """A KPI on a scorecard.

    :param objective: key of the objective it serves, if any
    :param choice: (code of a parameter, chosen record), where the KPI asks for one
    :param terms: further fields of the line, such as the edges of a band
    """

    code: str
    weight: float
    target: float
    objective: str = ""
    choice: tuple = ()
    terms: dict = field(default_factory=dict)


def company_lines(period):
    """The company's KPIs: business by month, the books by quarter, both by year."""
    months, turnover = MONTHS[period.period_type], TURNOVER_TARGETS[period.period_type]
    revenue = COMPANY_TARGET * months
    if period.period_type == "month":
        return [
            Line(REVENUE, 35, revenue, "revenue"),
            Line(CONVERSION, 15, CONVERSION_TARGET, "sales"),
            Line(ENGAGEMENTS, 15, ENGAGEMENT_TARGET, "marketing"),
            Line(COMPLETION, 15, COMPLETION_TARGET, "delivery"),
            Line(TURNOVER, 10, turnover, "people"),
            Line("MKT_WEB_VISITORS", 5, 160),
            Line("STK_INVENTORY", 5, 14_000 * MILLION),
        ]
    if period.period_type == "quarter":
        return [
            Line(REVENUE, 30, revenue, "revenue"),
            Line("ACC_REVENUE", 15, 0.97 * revenue, "revenue"),
            Line("ACC_GROSS_MARGIN", 15, 46, "revenue"),
            Line("ACC_OPERATING_COST", 10, 1_750 * MILLION * months),
            Line("ACC_PROFIT", 15, 2_600 * MILLION * months, "revenue"),
            Line("MKT_WEB_TRAFFIC", 5, 400 * months, "brand"),
            Line(TURNOVER, 10, turnover, "people"),
        ]
    return [
        Line(REVENUE, 40, revenue, "revenue"),
        Line("ACC_PROFIT", 20, 2_600 * MILLION * months, "revenue"),
        Line("MKT_MARKET_SHARE", 10, 5, "brand"),
        Line("MKT_LEAD_CONVERSION", 5, 8, "marketing"),
        Line(COMPLETION, 10, COMPLETION_TARGET, "delivery"),
        Line("ACC_AUDIT_PASS_RATE", 5, 90),
        Line(TURNOVER, 10, turnover, "people"),
    ]


def department_lines(world, period):
    """The KPIs of every department by its key."""
    return {
        "sales": _sales_lines(world, period),
        **{key: _office_lines(world, period, key, target) for key, target in DEPARTMENT_TARGETS.items()},
        "marketing": _marketing_lines(world, period),
        "hr": _hr_lines(world, period),
        "accounting": _accounting_lines(world, period),
        "production": _production_lines(period),
        "projects": _project_lines(period),
        "technology": [
            Line("OPS_DIGITAL_COST", 60, 105 * MILLION * MONTHS[period.period_type], "", _cost(world, "digital")),
            Line("OPS_QUALITY", 40, 92),
        ],
    }


def chief_lines(months=1):
    """KPIs of chiefs whose departments have no bonus plan, for a month or several."""
    return {
        "lan": [Line("HR_HIRING_SUCCESS", 60, 60, "people"), Line("HR_TIME_TO_HIRE", 40, 30, "people")],
        "thang": [
            Line("MRP_VOLUME", 40, 950 * months),
            Line("MRP_DEFECT_RATE", 30, 2),
            Line("STK_ON_TIME", 30, 90, "delivery"),
        ],
    }


def _sales_lines(world, period):
    months = MONTHS[period.period_type]
    revenue = COMPANY_TARGET * months
    if period.period_type != "month":
        return [
            Line(REVENUE, 35, revenue, "sales"),
            Line("SAL_MARGIN_RATE", 15, 46, "sales"),
            Line("SAL_AOV", 10, 190 * MILLION, "sales"),
            Line("SAL_RETENTION", 10, 85, "sales"),
            Line("SAL_NEW_CUSTOMERS", 10, 3 * months, "sales"),
            Line("SAL_COLLECTED", 15, 0.95 * revenue, "sales"),
            Line("ACC_DAYS_TO_PAY", 5, 30),
        ]
    lines = [
        Line(REVENUE, 40, revenue, "sales"),
        Line(CONVERSION, 20, CONVERSION_TARGET, "sales"),
        Line("SAL_REVENUE_GROWTH", 5, 2, "sales"),
        Line("SAL_OPPORTUNITIES", 10, 135, "sales"),
        Line("SAL_COLLECTED", 15, 0.95 * revenue, "sales"),
        Line("SAL_RESPONSE_TIME", 10, 16, "sales"),
    ]
    if period.date_end < world.clock.today:
        return lines
    # Opportunities that are still open say something about the months ahead, nothing about those that are over.
    return [*lines[:2], Line("SAL_PIPELINE", 5, 1_000 * MILLION, "sales"), *lines[3:]]


def _office_lines(world, period, key, target):
    """A sales office: the same KPI stands there twice by quarter, for office and for home furniture."""
    months = MONTHS[period.period_type]
    if period.period_type == "month":
        return [Line(REVENUE, 70, target, key), Line(CONVERSION, 30, CONVERSION_TARGET, key)]
    return [
        Line(REVENUE, 40, target * months, key),
        Line("SAL_REVENUE_CATEGORY", 15, 0.45 * target * months, key, _category(world, "office")),
        Line("SAL_REVENUE_CATEGORY", 15, 0.4 * target * months, key, _category(world, "home")),
        Line("SAL_QUANTITY", 10, target * months // (12 * MILLION), key),
        Line("SAL_NEW_CUSTOMER_RATE", 10, 8, key),
        Line("MKT_LEAD_CONVERSION", 10, 20, key),
    ]


def _marketing_lines(world, period):
    months = MONTHS[period.period_type]
    if period.period_type == "month":
        return [
            Line(ENGAGEMENTS, 40, ENGAGEMENT_TARGET, "marketing"),
            Line("MKT_FOLLOWERS", 10, 80_000, "marketing"),
            Line("MKT_LEADS", 20, 15, "marketing"),
            Line("MKT_CPL", 10, 13 * MILLION, "marketing", _cost(world, "marketing")),
            Line("MKT_EMAIL_OPEN_RATE", 10, 35, "marketing"),
            Line("MKT_CTR", 10, 8, "marketing"),
        ]
    return [
        Line(ENGAGEMENTS, 40, ENGAGEMENT_TARGET * months, "marketing"),
        Line("MKT_LEADS", 20, 15 * months, "marketing"),
        Line("MKT_BRAND_AWARENESS", 20, 60, "brand", _survey(world, "brand")),
        Line("MKT_MARKET_SHARE", 20, 5, "brand"),
    ]


def _hr_lines(world, period):
    hiring = [Line("HR_HIRING_SUCCESS", 60, 60, "people"), Line("HR_TIME_TO_HIRE", 40, 30, "people")]
    if period.period_type == "month":
        return hiring
    return [
        Line("HR_HIRING_SUCCESS", 35, 60, "people"),
        Line("HR_TIME_TO_HIRE", 25, 30, "people"),
        Line("HR_SATISFACTION", 40, 75, "people", _survey(world, "employees")),
    ]


def _accounting_lines(world, period):
    violations = {"baseline": 3 * MONTHS[period.period_type]}
    if period.period_type == "month":
        return [
            Line("ACC_INVOICE_DAYS", 20, 1),
            Line("ACC_ENTRY_ERROR_RATE", 20, 2),
            Line("ACC_PAYMENT_ON_TIME", 20, 90),
            Line("ACC_RECONCILED_RATE", 10, 95),
            Line("ACC_REPORT_DAYS", 15, 5),
            Line("ACC_VIOLATIONS", 5, 0, "", (), violations),
            Line("ACC_COST_PER_PAYMENT", 10, 0.25 * MILLION, "", _cost(world, "payment_desk")),
        ]
    return [
        Line("ACC_INTERNAL_SATISFACTION", 30, 75, "", _survey(world, "internal")),
        Line("ACC_AUDIT_PASS_RATE", 25, 90),
        Line("ACC_VIOLATIONS", 20, 0, "", (), violations),
        Line("ACC_PAYMENT_ON_TIME", 15, 90),
        Line("ACC_REPORT_DAYS", 10, 5),
    ]


def _production_lines(period):
    months = MONTHS[period.period_type]
    return [
        Line("MRP_VOLUME", 25, 950 * months),
        Line("MRP_DEFECT_RATE", 20, 2),
        Line("MRP_CYCLE_TIME", 10, 36),
        Line("MRP_MATERIAL_USED", 10, 19_000 * months),
        Line("STK_ON_TIME", 15, 90, "delivery"),
        Line(TURNOVER, 20, TURNOVER_TARGETS[period.period_type], "workshop"),
    ]


def _project_lines(period):
    months = MONTHS[period.period_type]
    return [
        Line(COMPLETION, 30, COMPLETION_TARGET, "projects"),
        Line("PRJ_ON_TIME", 20, 85, "projects"),
        Line("PRJ_HOURS", 10, 1_000 * months, "projects"),
        Line("PRJ_HEADCOUNT", 5, 6, "projects", (), {"band_low": 5, "band_high": 8, "band_tolerance": 2}),
        Line("PRJ_PRODUCTIVITY", 15, 80, "projects"),
        Line("SAL_SATISFACTION", 15, 85, "projects"),
        Line("OPS_QUALITY", 5, 92, "projects"),
    ]


def _cost(world, key):
    return ("analytic_account", world.cost_centres[key])


def _survey(world, key):
    return ("survey", world.surveys[key])


def _category(world, key):
    return ("product_category", world.categories[key])
