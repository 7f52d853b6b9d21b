"""Sales teams, leads and opportunities: those that became orders, those that were lost, those still open."""

from datetime import timedelta

from odoo import Command

from .sales_plan import MILLION, SKILLS, seller_department, selling_days
from .seed import chance

TEAMS = {
    "sales_hn": ("Sales Hanoi", "Kinh doanh Hà Nội", "ha"),
    "sales_hcm": ("Sales Ho Chi Minh City", "Kinh doanh TP. Hồ Chí Minh", "nam"),
    "sales": ("Key Accounts", "Khách hàng trọng điểm", "hung"),
}
SUBJECTS = (
    "Nội thất văn phòng",
    "Nội thất khách sạn",
    "Nội thất căn hộ mẫu",
    "Nội thất phòng họp",
    "Cải tạo showroom",
    "Trang bị lớp học",
    "Nội thất nhà hàng",
)
LOST_REASONS = ("crm.lost_reason_1", "crm.lost_reason_2", "crm.lost_reason_3")
LEADS_PER_MONTH = 18
# Where leads come from: source and medium of Odoo's own lists.
CHANNELS = (
    ("utm.utm_source_facebook", "utm.utm_medium_facebook"),
    ("utm.utm_source_search_engine", "utm.utm_medium_website"),
    ("utm.utm_source_newsletter", "utm.utm_medium_email"),
    ("utm.utm_source_referral", "utm.utm_medium_phone"),
)
# Of a hundred opportunities so many came out of marketing; of a hundred leads so many are taken up by somebody.
FROM_MARKETING, TAKEN_UP = 45, 85
# By stage, as the salesperson judges it.
PROBABILITIES = {0: 10, 1: 30, 2: 60}
MARKETERS = ("long", "vy", "chau")


def build_teams(world):
    """One sales team per office and one for key accounts, each with its people as members."""
    Team = world.env["crm.team"]
    for key, (english, vietnamese, leader) in TEAMS.items():
        members = [world.users[person] for person in SKILLS if seller_department(person) == key]
        world.teams[key] = Team.create(
            {
                "name": english,
                "company_id": world.company.id,
                "user_id": world.users[leader].id,
                "crm_team_member_ids": [Command.create({"user_id": user.id}) for user in members],
            }
        )
        world.translate(world.teams[key], "name", vietnamese)
    # Odoo's own first team would stand empty beside them.
    own = world.env.ref("sales_team.team_sales_department", raise_if_not_found=False)
    if own:
        own.active = False


def build_won(world, sales):
    """Opportunities behind the orders that came out of one.

    :param sales: the `Sale` objects with an opportunity
    :return: the opportunities, in the same order
    """
    stage = world.env["crm.stage"].search([("is_won", "=", True)], limit=1)
    values = [
        {
            **_deal_values(world, sale, number),
            "stage_id": stage.id,
            "probability": 100,
            "date_closed": _moment(world, sale),
        }
        for number, sale in enumerate(sales)
    ]
    return _create_deals(world, values, sales)


def build_lost(world, losses):
    """Opportunities that went to somebody else."""
    stages = world.env["crm.stage"].search([("is_won", "=", False)], order="sequence")
    reasons = [world.env.ref(xmlid).id for xmlid in LOST_REASONS]
    rng = chance("lost")
    values = [
        {
            **_deal_values(world, loss, number),
            "stage_id": rng.choice(stages).id,
            "active": False,
            "probability": 0,
            "lost_reason_id": rng.choice(reasons),
            "date_closed": _moment(world, loss),
        }
        for number, loss in enumerate(losses)
    ]
    return _create_deals(world, values, losses)


def build_open(world):
    """The pipeline of today: a few open opportunities for everybody who sells."""
    stages = world.env["crm.stage"].search([("is_won", "=", False)], order="sequence")
    rng = chance("open")
    values, created = [], []
    today = world.clock.today
    for key in SKILLS:
        if not selling_days(world.clock, key, world.clock.current):
            continue
        for number in range(rng.randint(4, 7)):
            stage = rng.choice(stages)
            values.append(
                {
                    "name": _subject(rng, partner := rng.choice(world.customers)),
                    "type": "opportunity",
                    **_origin(world, "open", key, number),
                    "partner_id": partner.id,
                    "user_id": world.users[key].id,
                    "team_id": world.teams[seller_department(key)].id,
                    "company_id": world.company.id,
                    "stage_id": stage.id,
                    "probability": PROBABILITIES.get(stages.ids.index(stage.id), 10),
                    "expected_revenue": rng.randint(40, 400) * MILLION,
                    "date_deadline": today + timedelta(days=rng.randint(0, 45)),
                    "priority": str(number % 3),
                }
            )
            created.append(world.clock.utc(today - timedelta(days=rng.randint(1, 45)), rng.randint(8, 17)))
    deals = world.env["crm.lead"].create(values)
    assigned = [_assigned(world, moment, "open", number) for number, moment in enumerate(created)]
    world.backdate(deals, create_date=created, date_open=assigned, date_last_stage_update=created)
    _recompute_ages(world, deals)


def build_leads(world):
    """Enquiries that marketing brought in, looks after and has not turned into opportunities yet."""
    rng, taken = chance("leads"), chance("leads taken up")
    values, created = [], []
    for month in world.clock.months:
        days = world.clock.month_days(month)
        count = round(LEADS_PER_MONTH * world.clock.season(month) * rng.uniform(0.8, 1.2))
        if month == world.clock.current:
            count = round(count * world.clock.elapsed(month))
        for _number in range(count):
            partner = rng.choice(world.customers)
            values.append(
                {
                    "name": _subject(rng, partner),
                    "type": "lead",
                    "partner_name": partner.name,
                    "user_id": world.users[taken.choice(MARKETERS)].id if taken.randint(1, 100) <= TAKEN_UP else False,
                    "team_id": world.teams[rng.choice(("sales_hn", "sales_hcm"))].id,
                    "company_id": world.company.id,
                    **_channel(world, taken),
                }
            )
            created.append(world.clock.utc(rng.choice(days), rng.randint(7, 21), rng.randint(0, 59)))
    leads = world.env["crm.lead"].create(values)
    opened = [
        _assigned(world, moment, "lead", number) if lead.user_id else None
        for number, (lead, moment) in enumerate(zip(leads, created, strict=True))
    ]
    world.backdate(leads, create_date=created, date_open=opened, date_last_stage_update=created)
    _recompute_ages(world, leads)


def _deal_values(world, deal, number):
    rng = chance("deal", deal.seller, deal.day, number)
    partner = world.dollar_customer if getattr(deal, "dollars", False) else rng.choice(world.known_customers(deal.day))
    return {
        **_origin(world, deal.seller, deal.day, number),
        "name": _subject(rng, partner),
        "type": "opportunity",
        "partner_id": partner.id,
        "user_id": world.users[deal.seller].id,
        "team_id": world.teams[seller_department(deal.seller)].id,
        "company_id": world.company.id,
        "expected_revenue": deal.amount,
    }


def _create_deals(world, values, deals):
    records = world.env["crm.lead"].create(values)
    closed = [_moment(world, deal) for deal in deals]
    # Bigger deals take longer: two weeks to three months from the first talk.
    created = [
        world.clock.utc(
            deal.day - timedelta(days=chance("age", number).randint(10, 40) + deal.amount // (10 * MILLION))
        )
        for number, deal in enumerate(deals)
    ]
    assigned = [_assigned(world, moment, deals[0], number) for number, moment in enumerate(created)]
    world.backdate(records, create_date=created, date_open=assigned, date_last_stage_update=closed)
    _recompute_ages(world, records)
    return records


def _origin(world, *parts):
    """Source and medium of an opportunity, if marketing brought it in."""
    rng = chance("origin", *parts)
    return _channel(world, rng) if rng.randint(1, 100) <= FROM_MARKETING else {}


def _channel(world, rng):
    source, medium = rng.choice(CHANNELS)
    return {"source_id": world.env.ref(source).id, "medium_id": world.env.ref(medium).id}


def _assigned(world, created, *parts):
    """When somebody took up what came in: mostly within the day, now and then after the weekend."""
    hours = chance("assigned", *parts).triangular(0.3, 40, 3)
    return min(created + timedelta(minutes=round(hours * 60)), world.clock.now)


def _recompute_ages(world, records):
    """Days to assign and to close follow from dates that were written past the ORM."""
    for name in ("day_open", "day_close"):
        world.env.add_to_compute(records._fields[name], records)
    records.flush_recordset()


def _moment(world, deal):
    return world.clock.utc(deal.day, getattr(deal, "hour", 11), getattr(deal, "minute", 0))


def _subject(rng, partner):
    return f"{rng.choice(SUBJECTS)} – {partner.name}"
