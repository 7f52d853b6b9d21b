"""The strategy: from what the owners want down to what one salesperson does about it."""

from datetime import date

from .sales_plan import MILLION, month_targets, seller_department

# key: level, key above, perspective, owner, department, English name, Vietnamese name.
# {year} is the business year; several years span it.
OBJECTIVES = {
    "brand": (
        "strategic",
        None,
        "customer",
        "minh",
        None,
        "Be the first furniture maker Vietnamese businesses think of",
        "Trở thành thương hiệu nội thất doanh nghiệp Việt nghĩ đến đầu tiên",
    ),
    "revenue": (
        "short_term",
        "brand",
        "financial",
        "minh",
        None,
        "Sell 120 billion VND in {year}",
        "Doanh số 120 tỷ đồng năm {year}",
    ),
    "sales": (
        "department",
        "revenue",
        "financial",
        "hung",
        "sales",
        "Sell 10 billion VND a month and win a quarter of all deals",
        "Doanh số 10 tỷ đồng mỗi tháng, chốt một phần tư số cơ hội",
    ),
    "sales_hn": (
        "department",
        "sales",
        "financial",
        "ha",
        "sales_hn",
        "Hanoi: sell 4.5 billion VND a month",
        "Hà Nội: doanh số 4,5 tỷ đồng mỗi tháng",
    ),
    "sales_hcm": (
        "department",
        "sales",
        "financial",
        "nam",
        "sales_hcm",
        "Ho Chi Minh City: sell 5 billion VND a month",
        "TP. Hồ Chí Minh: doanh số 5 tỷ đồng mỗi tháng",
    ),
    "marketing": (
        "department",
        "revenue",
        "customer",
        "thao",
        "marketing",
        "100,000 social engagements a month",
        "100.000 lượt tương tác mạng xã hội mỗi tháng",
    ),
    "delivery": (
        "short_term",
        "brand",
        "process",
        "viet",
        None,
        "Deliver projects on time in {year}",
        "Bàn giao dự án đúng hạn trong năm {year}",
    ),
    "projects": (
        "department",
        "delivery",
        "process",
        "viet",
        "projects",
        "Finish 90 % of the tasks due each month",
        "Hoàn thành 90 % công việc đến hạn mỗi tháng",
    ),
    "people": (
        "short_term",
        "brand",
        "learning",
        "lan",
        None,
        "Keep our people: turnover of 2 % a month at most",
        "Giữ chân nhân viên: tỷ lệ nghỉ việc không quá 2 % mỗi tháng",
    ),
    "workshop": (
        "department",
        "people",
        "learning",
        "thang",
        "production",
        "Keep our carpenters in the workshop",
        "Giữ chân thợ mộc tại xưởng",
    ),
}


def build_objectives(world):
    """Create the objectives of company, departments and salespeople.

    :return: objectives by the key of the story; those of salespeople by the person's key
    """
    objectives = {}
    for key, row in OBJECTIVES.items():
        objectives[key] = _create(world, row, objectives)
    for key, target in month_targets(world.clock, world.clock.current).items():
        # People and departments have keys of their own, so none of these meets one above.
        objectives[key] = _create(world, _seller_row(world, key, target), objectives)
    records = world.env["kpi.objective"].union(*objectives.values())
    records.action_propose()
    records.action_agree()
    return objectives


def _create(world, row, objectives):
    level, above, perspective, owner, department, english, vietnamese = row
    year = business_year(world.clock)
    first, last = (year - 1, year + 1) if level == "strategic" else (year, year)
    objective = world.env["kpi.objective"].create(
        {
            "name": english.format(year=year),
            "level": level,
            "parent_id": objectives[above].id if above else False,
            "perspective_id": world.env.ref(f"kpi_management.perspective_{perspective}").id,
            "owner_id": world.employees[owner].id,
            "department_id": world.departments[department].id if department else False,
            "company_id": world.company.id,
            "date_start": date(first, 1, 1),
            "date_end": date(last, 12, 31),
        }
    )
    world.translate(objective, "name", vietnamese.format(year=year))
    return objective


def _seller_row(world, key, target):
    name = world.employees[key].name
    department = seller_department(key)
    millions = f"{target // MILLION:,}"
    return (
        "individual",
        department,
        "financial",
        key,
        department,
        f"{name}: sell {millions} million VND a month",
        f"{name}: doanh số {millions.replace(',', '.')} triệu đồng mỗi tháng",
    )


def business_year(clock):
    """The year of the yearly scorecards: that of the last full month."""
    return clock.last_full.start.year
