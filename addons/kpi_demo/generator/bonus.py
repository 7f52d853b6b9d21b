"""Bonus statements month by month: computed by HR, contested by those they pay, approved by two others."""

from datetime import timedelta

from odoo import Command

from .bonus_plans import OFFICER
from .cards import REVENUE
from .sales_plan import MILLION

APPROVER = "minh"
# Full months with statements, counted back from the current one; those before the last have pay slips.
PAID_MONTHS, LAST_MONTH = (-3, -2), -1
# From this amount on two people approve. So many days a statement may be contested.
SECOND_FROM, CONTEST_DAYS = 12 * MILLION, 30
# Days after the period: computed, submitted, contested, answered, approved.
COMPUTED, SUBMITTED, CONTESTED, ANSWERED, APPROVED = 2, 3, 5, 7, 8

# (months ago, person, plan): (amount, reason)
ADJUSTMENTS = {
    (-3, "mai", "sales"): (500_000, "Hướng dẫn nhân viên mới trong tháng."),
    (-2, "anh", "commission"): (-2_500_000, "Đã tạm ứng hoa hồng ngày 20 bằng tiền mặt."),
}
# (months ago, person, plan): (KPI it is about, what the person says, answer, correction; None: not upheld).
CONTESTS = {
    (-3, "bao", "commission"): (
        REVENUE,
        "Đơn hàng chốt lúc 23 giờ ngày cuối tháng là của tháng này hay tháng sau?",
        "Đơn hàng đã được tính vào tháng này: bấm vào số doanh thu để xem từng đơn.",
        None,
    ),
    (-2, "tram", "sales"): (
        None,
        "Tôi đã đứng gian hàng triển lãm ba ngày cuối tuần theo phân công, xin được xem xét.",
        "Đồng ý, bổ sung một khoản cho ba ngày triển lãm.",
        600_000,
    ),
}
# Left to whoever tries the demo.
OPEN_CONTEST = (
    "huy",
    "Đơn hàng tôi chốt ngày cuối tháng chưa được tính vào doanh thu. Nhờ phòng Nhân sự kiểm tra lại.",
)
# A week of unpaid leave in the last full month: (person, first day, last day).
UNPAID_LEAVE = ("duong", 9, 13)


def prepare(world):
    """What holds while the past is told: nobody gets mail about months long gone, and nothing is too late."""
    world.company.write(
        {
            "kpi_bonus_second_from": SECOND_FROM,
            "kpi_bonus_mail_submitted": False,
            "kpi_bonus_mail_approved": False,
        }
    )
    key, first, last = UNPAID_LEAVE
    kind = world.env["hr.leave.type"].create(
        {"name": "Nghỉ không lương", "unpaid": True, "requires_allocation": False, "company_id": world.company.id}
    )
    leave = world.env["hr.leave"].create(
        {
            "holiday_status_id": kind.id,
            "employee_id": world.employees[key].id,
            "request_date_from": world.clock.last_full.day(first),
            "request_date_to": world.clock.last_full.day(last),
        }
    )
    leave.action_approve()


def end_of_story(world):
    """What holds from today on."""
    world.company.write(
        {
            "kpi_bonus_contest_days": CONTEST_DAYS,
            "kpi_bonus_mail_submitted": True,
            "kpi_bonus_mail_approved": True,
        }
    )


def build_statements(world, plans, periods, ago):
    """Compute, submit and approve the statements of a month, each step by who does it and on its day.

    :param plans: {key: `kpi.bonus.plan`}
    :param periods: see `kpis.build_periods`
    :param int ago: the month, counted from the current one
    :return: its `kpi.bonus.statement` records
    """
    period = periods["month"][world.clock.current.shift(ago)]
    monthly = {key: plan for key, plan in plans.items() if plan.period_type == "month"}
    statements = _compute(world, world.env["kpi.bonus.plan"].union(*monthly.values()), period)
    for key, (amount, reason) in _of_month(ADJUSTMENTS, ago).items():
        adjusted = _find(world, statements, monthly, key).with_env(world.as_user(OFFICER))
        adjusted.line_ids = [Command.create({"name": reason, "amount": amount})]
    _submit(world, statements)
    for key, talk in _of_month(CONTESTS, ago).items():
        _contest(world, _find(world, statements, monthly, key), key[1], *talk)
    return statements


def approve(world, statements):
    """Let the director approve statements; large ones then wait for a second person."""
    _at(world, statements, APPROVED, lambda found: found.with_env(world.as_user(APPROVER)).action_approve())
    done = statements.filtered("approved_by_id")
    _backdate(world, done, "approved_date", APPROVED)
    _backdate(world, statements - done, "first_approved_date", APPROVED)


def last_quarter(world, periods):
    """The last full quarter.

    :param periods: see `kpis.build_periods`
    """
    return periods["quarter"].filtered(lambda quarter: quarter.date_end < world.clock.current.start)[-1:]


def share_profit(world, plan, quarter):
    """Share out the profit of a quarter; large shares wait for the second approval.

    :param plan: the `kpi.bonus.plan` of the heads
    """
    statements = _compute(world, plan, quarter)
    _submit(world, statements)
    approve(world, statements)


def pay_by_review(world, plan, half):
    """Compute and submit what the closed reviews pay; approving it is left to whoever tries the demo.

    :param plan: the `kpi.bonus.plan` by reviews
    """
    officer = world.as_user(OFFICER)
    plan.with_env(officer).action_compute(half.with_env(officer))
    domain = [("plan_id", "=", plan.id), ("period_id", "=", half.id)]
    officer["kpi.bonus.statement"].search(domain).action_submit()


def contest_statement(world, statements):
    """One salesperson does not agree; the answer is left to whoever tries the demo."""
    key, reason = OPEN_CONTEST
    own = statements.filtered(lambda statement: statement.employee_id == world.employees[key])
    own[:1].with_env(world.as_user(key)).action_contest(reason)


def _of_month(story, ago):
    return {key: told for key, told in story.items() if key[0] == ago}


def _find(world, statements, plans, key):
    """The statement of a person and plan."""
    _ago, person, plan = key
    return statements.filtered(
        lambda statement: statement.employee_id == world.employees[person] and statement.plan_id == plans[plan]
    )


def _compute(world, plans, period):
    officer = world.as_user(OFFICER)
    plans.with_env(officer).action_compute(period.with_env(officer))
    domain = [("plan_id", "in", plans.ids), ("period_id", "=", period.id)]
    statements = world.env["kpi.bonus.statement"].search(domain)
    runs = world.env["kpi.bonus.run"].search([("period_id", "=", period.id)])
    for records, columns in ((statements, ("create_date", "computed_date")), (runs, ("date_started", "date_done"))):
        for column in columns:
            _backdate(world, records, column, COMPUTED)
    return statements


def _submit(world, statements):
    _at(world, statements, SUBMITTED, lambda found: found.with_env(world.as_user(OFFICER)).action_submit())
    _backdate(world, statements, "submitted_date", SUBMITTED)


def _contest(world, statement, person, code, reason, answer, correction):
    """A person contests a statement and gets an answer; a correction sends it round once more."""
    line = statement.scorecard_id.line_ids.filtered(lambda line: line.definition_id.code == code)
    contester, officer = world.as_user(person), world.as_user(OFFICER)
    _at(world, statement, CONTESTED, lambda own: own.with_env(contester).action_contest(reason, line[:1].id))
    verdict = "rejected" if correction is None else "upheld"
    _at(world, statement, ANSWERED, lambda own: own.with_env(officer).action_answer(answer, verdict, correction or 0))
    _backdate(world, statement.contest_ids, "date", CONTESTED)
    _backdate(world, statement.contest_ids, "answer_date", ANSWERED)
    if statement.state == "draft":
        _submit(world, statement)


def _at(world, statements, days, act):
    """Do something so many days after the period of these statements."""
    with world.happening(_moment(world, statements[:1], days)):
        act(statements)


def _backdate(world, records, column, days):
    world.backdate(records, **{column: [_moment(world, record, days) for record in records]})


def _moment(world, record, days):
    """A moment so many days after the period of a record."""
    return world.clock.utc(record.period_id.date_end + timedelta(days=days), 9 + days)
