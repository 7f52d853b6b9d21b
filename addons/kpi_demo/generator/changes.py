"""Targets that change in mid-period: one that counts and is acknowledged, one that waits to be decided."""

from datetime import timedelta

from .cards import REVENUE
from .sales_plan import MILLION
from .strategy import DIRECTOR

# Hanoi takes over a tender from the 11th on; that of the person who is away is to be lower.
CHANGED_FROM, RAISED = 11, 4_800 * MILLION
CHANGED_NOTE = "Gói thầu nội thất trường học chuyển từ khách hàng trọng điểm về văn phòng Hà Nội."
AWAY, AWAY_SHARE = "huy", 0.8
AWAY_NOTE = "Nghỉ phép chăm con ốm một tuần, khách hàng do đồng nghiệp tiếp nhận."


def change_targets(world, period):
    """Ask for two changes of the running month; the director approves the first and its holder takes note.

    :param period: `kpi.period` of the running month
    """
    day = period.date_start + timedelta(days=CHANGED_FROM - 1)
    office = _line(period, lambda card: card.department_id == world.departments["sales_hn"])
    change = _request(world, "hung", office, day, "change_reason_priorities", RAISED, CHANGED_NOTE)
    change.with_env(world.as_user(DIRECTOR)).action_approve()
    change.with_env(world.as_user("ha")).action_acknowledge()
    decided = world.clock.utc(day - timedelta(days=1), 16)
    world.backdate(change, requested_on=[decided], approved_on=[decided], acknowledged_on=[decided])
    person = _line(period, lambda card: card.employee_id == world.employees[AWAY])
    _request(world, "ha", person, world.clock.today, "change_reason_absence", AWAY_SHARE * person.target, AWAY_NOTE)


def _line(period, chosen):
    lines = period.scorecard_ids.filtered(chosen).line_ids
    return lines.filtered(lambda line: line.definition_id.code == REVENUE)


def _request(world, key, line, day, reason, target, note):
    change = world.as_user(key)["kpi.target.change"].create(
        {
            "line_id": line.id,
            "date_effective": day,
            "reason_id": world.env.ref(f"kpi_management.{reason}").id,
            "new_target": target,
            "note": note,
        }
    )
    change.action_request()
    return change.with_env(world.env)
