"""The strategy: from what the owners want down to what one salesperson does about it, agreed by two sides each."""

from datetime import date, timedelta

from odoo import Command
from odoo.tools import date_utils

from . import staff, story
from .sales_plan import MILLION, month_targets, months_ago, seller_department
from .story import Objective, Result
from .world import grouped

DIRECTOR, OFFICER = "minh", "lan"
# Talks on next year's objectives end in the middle of December.
SETTLED = timedelta(days=16)


def build_objectives(world):
    """Create the strategy and the objectives of company, departments and salespeople.

    :return: those of the business year by the key of the story, of salespeople by the person's key
    """
    world.company.kpi_objective_reviewer_id = world.users[OFFICER]
    strategy = _build_strategy(world)
    rows = dict(story.OBJECTIVES)
    for key, target in month_targets(world.clock, world.clock.current).items():
        # People and departments have keys of their own, so none of these meets one above.
        rows[key] = _seller_objective(world, key, target)
    objectives = {}
    for key, row in rows.items():
        objectives[key] = create_objective(world, row, objectives, *_span(world, row))
    # Below the first one the strategy is that of the objective above.
    objectives["brand"].strategy_id = strategy
    create_results(world, {objectives[key]: row.results for key, row in rows.items()})
    agree_objectives(world, objectives)
    _build_bold(world, objectives)
    _build_open(world, objectives)
    return objectives


def _build_strategy(world):
    year = world.clock.business_year
    texts = {"vision": story.VISION, "mission": story.MISSION, "values": story.VALUES}
    strategy = world.env["kpi.strategy"].create(
        {
            "name": f"{year - 1}–{year + 1}",
            "company_id": world.company.id,
            "date_start": date(year - 1, 1, 1),
            "date_end": date(year + 1, 12, 31),
            **world.english(texts),
            "resource_ids": [
                Command.create({"kind": kind, "assessment": assessment, **world.english(resource)})
                for kind, (assessment, resource) in story.RESOURCES.items()
            ],
        }
    )
    world.tell(strategy, texts)
    for resource in strategy.resource_ids:
        world.tell(resource, story.RESOURCES[resource.kind][1])
    strategy.action_activate()
    return strategy


def create_objective(world, row, objectives, start, end):
    texts = {"name": row.name, "description": row.text, "target_group": row.whom}
    texts = {field: pair for field, pair in texts.items() if pair}
    objective = world.env["kpi.objective"].create(
        {
            "level": row.level,
            "parent_id": objectives[row.above].id if row.above else False,
            "perspective_id": world.env.ref(f"kpi_management.perspective_{row.perspective}").id,
            "owner_id": world.employees[row.owner].id,
            "department_id": world.departments[row.department].id if row.department else False,
            "company_id": world.company.id,
            "date_start": start,
            "date_end": end,
            **world.english(texts),
        }
    )
    world.tell(objective, texts)
    return objective


def create_results(world, results):
    """The key results of many objectives at once: what was reached before is measured for all of them together.

    :param dict results: {objective: `Result` rows}
    """
    first = world.clock.months[0].start
    rows = [(objective, row) for objective, found in results.items() for row in found]
    codes = [row.code for _objective, row in rows if row.code]
    kpis = {kpi.code: kpi for kpi in world.env["kpi.definition"].search([("code", "in", codes)])}
    created = world.env["kpi.objective.key.result"].create(
        [
            {
                "objective_id": objective.id,
                "definition_id": kpis[row.code].id if row.code else False,
                "baseline": row.start,
                "target": row.target,
                "stretch": row.stretch,
                "commitment": "aspirational" if row.stretch else "committed",
                # Asked for where the target lies far from what the year before says.
                "reach_reason": f"Odoo has figures from {first:%m/%Y} on only: the year before is not whole in it.",
                **({"name": row.name[0]} if row.name else {}),
            }
            for objective, row in rows
        ]
    )
    for result, (_objective, row) in zip(created, rows, strict=True):
        world.tell(result, {"name": row.name or _names(result.definition_id)})


def agree_objectives(world, objectives):
    """The person above proposes, the owner accepts, human resources review: each with the rights they have.

    :param dict objectives: {key of the story: objective}
    """
    proposers = {objective: _proposer(world, objective) for objective in objectives.values()}
    for proposer, found in grouped(objectives.values(), proposers.get).items():
        _waive_over(world, found)
        found.with_env(world.as_user(proposer)).action_propose()
    for owner, found in grouped(objectives.values(), lambda objective: world.key(objective.owner_id)).items():
        found.with_env(world.as_user(owner)).action_agree()
    reviewed = [objective for objective in objectives.values() if objective.state == "proposed"]
    world.env["kpi.objective"].union(*reviewed).with_env(world.as_user(OFFICER)).action_agree()
    backdate_agreement(world, {objective: _agreed_on(world, objective) for objective in objectives.values()})


def _proposer(world, objective):
    """The nearest above the owner; for the director's own it is human resources."""
    return world.key(objective.owner_id.parent_id) or OFFICER


def _waive_over(world, objectives):
    """Early in January the year told of is over already: an officer waives what asks for days to come."""
    for objective in objectives:
        if objective.date_end < world.clock.today:
            officer = DIRECTOR if objective.owner_id == world.employees[OFFICER] else OFFICER
            reason = "The year is told of as it was."
            objective.with_env(world.as_user(officer)).action_waive("time_bound", reason)


def _agreed_on(world, objective):
    """The day on which two sides agreed: before the year, or when the owner had come."""
    key = world.key(objective.owner_id)
    person = next(person for person in staff.PEOPLE if person.key == key)
    came = months_ago(world.clock, *(staff.MOVERS[key][0] if key in staff.MOVERS else person.since))
    return max(objective.date_start - SETTLED, came + timedelta(days=2))


def backdate_agreement(world, days):
    """Tell when objectives were agreed: proposed in the morning, accepted in the afternoon.

    :param dict days: {objective: local day}
    """
    records = world.env["kpi.objective"].union(*days)
    proposed = [world.clock.utc(days[record], 9) for record in records]
    agreed = [world.clock.utc(days[record], 15) for record in records]
    world.backdate(records, create_date=proposed, proposed_date=proposed, answered_date=agreed, agreed_date=agreed)
    notes = world.env["mail.message"].search([("model", "=", records._name), ("res_id", "in", records.ids)])
    moments = [world.clock.utc(days[records.browse(note.res_id)], 15) for note in notes]
    world.backdate(notes, date=moments, create_date=moments)
    reviews = records.approval_ids
    world.backdate(reviews, date=[world.clock.utc(days[review.objective_id], 15) for review in reviews])


def _build_bold(world, objectives):
    """An OKR of this quarter, with what its owner reported."""
    start, end = date_utils.get_quarter(world.clock.today)
    objective = create_objective(world, story.BOLD, objectives, start, end)
    objective.style = "okr"
    create_results(world, {objective: story.BOLD.results})
    agree_objectives(world, {"bold": objective})
    owner = world.as_user(story.BOLD.owner)
    for result, row in zip(objective.key_result_ids, story.BOLD.results, strict=True):
        result.with_env(owner).check_in(row.now)


def _build_open(world, objectives):
    """Next year's: one on which the owner offers another figure, and one that is only a wish."""
    year = world.clock.business_year + 1
    span = (date(year, 1, 1), date(year, 12, 31))
    contested = create_objective(world, story.CONTESTED, objectives, *span)
    create_results(world, {contested: story.CONTESTED.results})
    contested.with_env(world.as_user(DIRECTOR)).action_propose()
    offer = dict.fromkeys(contested.key_result_ids.ids, story.OFFER)
    contested.with_env(world.as_user(story.CONTESTED.owner)).action_counter(offer, story.OFFER_REASON)
    create_objective(world, story.WISH, objectives, *span)


def _names(kpi):
    return tuple(kpi.with_context(lang=lang).name for lang in ("en_US", "vi_VN"))


def _span(world, row):
    year = world.clock.business_year
    first, last = (year - 1, year + 1) if row.level == "strategic" else (year, year)
    return date(first, 1, 1), date(last, 12, 31)


def _seller_objective(world, key, target):
    name = world.employees[key].name
    department = seller_department(key)
    millions = f"{target // MILLION:,}"
    return Objective(
        "individual",
        department,
        "financial",
        key,
        department,
        (
            f"{name}: sell {millions} million VND a month",
            f"{name}: doanh số {millions.replace(',', '.')} triệu đồng mỗi tháng",
        ),
        ("Look after known customers, win new ones.", "Chăm sóc khách hàng cũ, tìm thêm khách hàng mới."),
        ("My customers", "Khách hàng của tôi"),
        (Result("SAL_REVENUE", 12 * target),),
    )
