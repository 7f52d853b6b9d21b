"""Bonus plans and statements: computed by HR, approved by the director, with the rights they have."""

from odoo import Command

OFFICER, APPROVER = "lan", "minh"
CONTESTER = "huy"
CONTEST = "Đơn hàng tôi chốt ngày cuối tháng chưa được tính vào doanh thu. Nhờ phòng Nhân sự kiểm tra lại."
# Full months with statements, counted back from the current one; those of PAID_MONTHS get pay slips as well.
BONUS_MONTHS, PAID_MONTHS = (-3, -2, -1), (-3, -2)


def build_plans(world):
    """A fixed amount for salespeople, a tenth of the wage for marketing and projects; both proportional."""
    plans = world.env["kpi.bonus.plan"].create(
        [
            {
                "name": "Sales bonus: 5 million VND a month",
                "period_type": "month",
                "date_start": world.clock.months[0].start,
                "company_id": world.company.id,
                "department_ids": [Command.set(world.departments["sales"].ids)],
                "basis": "fixed",
                "amount": 5_000_000,
                "apply_on": "score",
            },
            {
                "name": "Team bonus: 10 % of the wage",
                "period_type": "month",
                "date_start": world.clock.months[0].start,
                "company_id": world.company.id,
                "department_ids": [Command.set([world.departments[key].id for key in ("marketing", "projects")])],
                "basis": "wage",
                "wage_percent": 10,
                "apply_on": "score",
            },
        ]
    )
    names = ("Thưởng kinh doanh: 5 triệu đồng mỗi tháng", "Thưởng bộ phận: 10 % lương")
    for plan, vietnamese in zip(plans, names, strict=True):
        world.translate(plan, "name", vietnamese)
    plans.action_publish()
    return plans


def build_statements(world, plans, periods):
    """Compute, submit and approve the statements of the last full months.

    :param plans: `kpi.bonus.plan` records
    :param periods: see `kpis.build_periods`
    """
    officer, approver = world.as_user(OFFICER), world.as_user(APPROVER)
    for ago in BONUS_MONTHS:
        period = periods["month"][world.clock.current.shift(ago)]
        plans.with_env(officer).action_compute(period.with_env(officer))
        statements = officer["kpi.bonus.statement"].search([("period_id", "=", period.id), ("state", "=", "draft")])
        statements.action_submit()
        statements.with_env(approver).action_approve()


def contest_statement(world, periods):
    """One salesperson does not agree; the answer is left to whoever tries the demo."""
    contester = world.as_user(CONTESTER)
    period = periods["month"][world.clock.last_full]
    own = [("period_id", "=", period.id), ("user_id", "=", contester.uid), ("state", "=", "approved")]
    for statement in contester["kpi.bonus.statement"].search(own):
        statement.action_contest(CONTEST)
