"""Bonus plans as a company of this size has them: six side by side, published, read, and one about to change."""

from datetime import timedelta

from odoo import Command

from . import staff
from .cards import CONVERSION, REVENUE, TURNOVER
from .sales_plan import MILLION
from .seed import chance

# Who makes and publishes them, how long before they begin, and how long people take to read them.
OFFICER, AHEAD, DAYS_TO_READ = "lan", timedelta(days=10), 6
# (score, payout) in percent.
TEAM_CURVE = ((60, 40), (100, 100), (120, 150))
NEXT_CURVE = ((70, 50), (100, 100), (120, 150))
WHATEVER_THE_SCORE = ((0, 100),)
# From this revenue on, this percentage of what lies above it.
COMMISSION_TIERS = ((0, 0.1), (500 * MILLION, 0.2), (1_000 * MILLION, 0.3))
# Who has not read a plan yet; of the coming version of the sales bonus: who has.
NOT_READ = {"sales": ("huy",), "team": ("kiet",)}
NEXT_READ = ("hung", "ha", "nam", "anh", "bao", "ngan")

NAMES = {
    "sales": ("Sales bonus", "Thưởng kinh doanh"),
    "commission": ("Commission on revenue", "Hoa hồng doanh số"),
    "team": ("Team bonus: 10 % of the wage", "Thưởng bộ phận: 10 % lương"),
    "allowance": ("Responsibility allowance", "Phụ cấp trách nhiệm"),
    "pool": ("Share of the profit for heads", "Chia lợi nhuận cho cấp quản lý"),
    "review": ("Half-year bonus by review", "Thưởng nửa năm theo đánh giá"),
}
NOTES = {
    "sales": (
        "For everybody who sells, for what the team agreed on in the scorecards. Decision 12 of the General Director.",
        "Dành cho mọi nhân viên bán hàng, theo mục tiêu đã thống nhất trên bảng điểm. Quyết định số 12 của Tổng Giám đốc.",
    ),
    "commission": (
        "Of orders confirmed in the month, whoever delivers them. Orders that are cancelled later are set off.",
        "Tính trên đơn hàng chốt trong tháng. Đơn hàng bị hủy về sau được trừ vào kỳ kế tiếp.",
    ),
    "team": (
        "For marketing and projects. It is a tenth less when turnover of staff is far from its target.",
        "Dành cho marketing và dự án. Giảm một phần mười khi tỷ lệ nghỉ việc cách xa mục tiêu.",
    ),
    "allowance": (
        "A fixed amount for whoever leads people: part of the wage that insurance is computed from.",
        "Khoản cố định cho người quản lý, được tính vào tiền lương đóng bảo hiểm.",
    ),
    "pool": (
        "One percent of the quarter's profit, by wage and by what was reached. Paid a month after the quarter.",
        "Một phần trăm lợi nhuận quý, chia theo lương và kết quả đạt được. Chi trả sau quý một tháng.",
    ),
    "review": (
        "For departments whose work is hard to count: half a month's wage by the calibrated result of the review.",
        "Dành cho bộ phận khó đo đếm bằng con số: nửa tháng lương theo kết quả đánh giá đã hiệu chỉnh.",
    ),
}
NEXT_NOTE = (
    "The amount rises to six million, and what lies beyond the target pays more. Below 70 % nothing is paid.",
    "Mức thưởng tăng lên sáu triệu đồng, vượt mục tiêu được thưởng cao hơn. Dưới 70 % không có thưởng.",
)


def build_plans(world, month, quarter, half):
    """Make and publish the plans, and let people read them.

    :param month: `clock.Month` with which the monthly ones begin
    :param quarter: `kpi.period` with which the quarterly one begins
    :param half: `kpi.period` with which the one by reviews begins
    :return: {key: `kpi.bonus.plan`}
    """
    values = _values(world, month, quarter, half)
    plans = dict(zip(values, world.env["kpi.bonus.plan"].create(list(values.values())), strict=True))
    for key, plan in plans.items():
        world.tell(plan, _texts(key))
        published = world.clock.utc(plan.date_start - AHEAD, 10)
        with world.happening(published):
            plan.with_env(world.as_user(OFFICER)).action_publish()
        world.backdate(plan, create_date=[published - timedelta(days=3)], published_date=[published])
        _acknowledge(world, plan, lambda reader, key=key: reader not in NOT_READ.get(key, ()))
    return plans


def change_sales_plan(world, plan):
    """Publish the next version of the sales bonus: it takes over next month, and people are asked to read it.

    :param plan: the version in force
    """
    officer = world.as_user(OFFICER)
    action = plan.with_env(officer).action_new_version()
    version = world.env["kpi.bonus.plan"].browse(action["res_id"])
    kpi = _kpis(world)[CONVERSION]
    version.with_env(officer).write(
        {
            "amount": 6 * MILLION,
            "curve_ids": _points(NEXT_CURVE),
            "gate_ids": [Command.create({"definition_id": kpi.id, "minimum": 50, "factor": 0.8})],
        }
    )
    version.note = NEXT_NOTE[0]
    world.tell(version, {"note": NEXT_NOTE})
    version.with_env(officer).action_publish()
    _acknowledge(world, version, lambda reader: reader in NEXT_READ)


def _texts(key):
    return {"name": NAMES[key], "note": NOTES[key]}


def _values(world, month, quarter, half):
    """Values of the plans by their keys."""
    kpis = _kpis(world)
    head_jobs = [person.job for person in staff.PEOPLE if person.key in staff.HEADS]
    heads = {"job_ids": [Command.set([world.jobs[job].id for job in head_jobs])]}
    terms = {
        "sales": {"basis": "fixed", "amount": 5 * MILLION, **_departments(world, "sales")},
        "commission": {
            "basis": "rate",
            "apply_on": "kpi",
            "definition_id": kpis[REVENUE].id,
            "prorate": False,
            "tier_ids": [Command.create({"value_from": value, "rate": rate}) for value, rate in COMMISSION_TIERS],
            **_departments(world, "sales"),
        },
        "team": {
            "basis": "wage",
            "wage_percent": 10,
            "curve_ids": _points(TEAM_CURVE),
            "gate_ids": [Command.create({"definition_id": kpis[TURNOVER].id, "minimum": 50, "factor": 0.9})],
            **_departments(world, "marketing", "projects"),
        },
        "allowance": {
            "basis": "fixed",
            "amount": MILLION,
            "curve_mode": "step",
            "curve_ids": _points(WHATEVER_THE_SCORE),
            "in_insurance_base": True,
            **heads,
        },
        "pool": {
            "period_type": "quarter",
            "date_start": quarter.date_start,
            "basis": "pool",
            "pool_from": "kpi",
            "pool_definition_id": kpis["ACC_PROFIT"].id,
            "pool_percent": 1,
            "pool_key": "wage",
            "pay_month_offset": 1,
            **heads,
        },
        "review": {
            "period_type": "half",
            "date_start": half.date_start,
            "score_source": "review",
            "basis": "wage",
            "wage_percent": 50,
            "curve_ids": _points(TEAM_CURVE),
            "pay_month_offset": 5,
            **_departments(world, "hr", "accounting", "technology"),
        },
    }
    common = {"company_id": world.company.id, "period_type": "month", "date_start": month.start}
    return {key: {**common, **world.english(_texts(key)), **own} for key, own in terms.items()}


def _kpis(world):
    return {kpi.code: kpi for kpi in world.env["kpi.definition"].search([])}


def _departments(world, *keys):
    return {"department_ids": [Command.set([world.departments[key].id for key in keys])]}


def _points(curve):
    return [Command.create({"score": score, "payout": payout}) for score, payout in curve]


def _acknowledge(world, plan, has_read):
    """Let the people of a plan say that they have read it, each with the own login, some days after they could.

    :param has_read: function of a person's key
    """
    covered_from = {stretch.employee_id: stretch.date_from for stretch in plan._covered_stretches()}
    asked_on = plan.published_date.date()
    for asked in plan.acknowledgement_ids:
        reader = world.key(asked.employee_id)
        if not has_read(reader):
            continue
        days = timedelta(days=chance("read", plan.name, reader).randint(1, DAYS_TO_READ))
        read = world.clock.utc(max(asked_on, covered_from[asked.employee_id]) + days, 11)
        with world.happening(read):
            asked.with_env(world.as_user(reader)).action_acknowledge()
        world.backdate(asked, date=[read])
