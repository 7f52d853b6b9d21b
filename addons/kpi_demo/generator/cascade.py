"""The company's revenue target of the year, taken apart: over its months, and down to each salesperson."""

from .cards import REVENUE
from .sales_plan import DEPARTMENT_TARGETS, seller_department
from .strategy import OFFICER


def split_year(world, cards):
    """Split the year over its months, and say whose targets are parts of whose.

    Months of the year that nobody has planned yet get a draft of their part.

    :param cards: agreed `kpi.scorecard` records, the year's and those of its months among them
    """
    # Sales teams look at the same targets from the side of CRM: they are no part of the cascade.
    cascading = cards.filtered(lambda card: card.subject_type != "team")
    lines = cascading.line_ids.filtered(lambda line: line.definition_id.code == REVENUE)
    in_year = lines.filtered(lambda line: line.date_start.year == world.clock.business_year)
    for found in in_year.filtered(lambda line: line.period_type != "quarter").grouped("period_id").values():
        _link(world, found)
    year = in_year.filtered(lambda line: (line.period_type, line.subject_type) == ("year", "company"))
    split = world.as_user(OFFICER)["kpi.target.split"].create({"line_id": year.id, "time_type": "month"})
    split.action_confirm()


def _link(world, lines):
    """Company → sales → offices → people, as far as they have scorecards in the period."""
    by_subject = {_subject(world, line): line for line in lines}
    for key, line in by_subject.items():
        if key != "company":
            line.parent_line_id = by_subject[_above(key)]


def _subject(world, line):
    if line.subject_type == "employee":
        return world.key(line.employee_id)
    if line.subject_type == "department":
        return next(key for key, department in world.departments.items() if department == line.department_id)
    return "company"


def _above(key):
    """Whose target that of a department or person is a part of."""
    if key == "sales":
        return "company"
    return "sales" if key in DEPARTMENT_TARGETS else seller_department(key)
