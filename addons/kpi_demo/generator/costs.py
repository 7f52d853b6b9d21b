"""What the company spends: vendor bills with their payments, on accounts and on cost centres."""

from dataclasses import dataclass
from datetime import timedelta

from odoo import Command

from .books import BILLS_BY, account, log_posting, pay
from .sales_plan import MILLION
from .seed import chance

# key: name of the analytic account
COST_CENTRES = {
    "marketing": ("Marketing", "Chi phí Marketing"),
    "digital": ("Digital transformation", "Chuyển đổi số"),
    "payment_desk": ("Payment desk", "Bộ phận thanh toán"),
}
# Of a hundred bills so many are paid by their due date.
PAID_ON_TIME = 88
DAYS_TO_PAY = 30


@dataclass(frozen=True)
class Cost:
    """A bill that comes every month.

    :param amount: in an average month, in million VND
    :param spread: how much a month differs from the average, 0 to 1
    :param follows: whether it goes up and down with the business of the month
    :param ordered_by: key of the person who asked for it
    """

    vendor: str
    text: str
    account: str
    amount: float
    day: int
    spread: float = 0.1
    follows: bool = False
    cost_centre: str = ""
    ordered_by: str = ""


COSTS = (
    Cost("Công ty TNHH Gỗ Tây Nguyên", "Ván gỗ sồi, gỗ óc chó", "152", 2450, 4, 0.12, True, "", "thang"),
    Cost("Công ty CP Ván ép An Cường Phát", "Ván ép, MDF", "152", 690, 9, 0.12, True, "", "thang"),
    Cost("Công ty TNHH Thép Nam Tiến", "Khung thép", "152", 380, 12, 0.1, True, "", "thang"),
    Cost("Công ty TNHH Vải Sợi Bình Minh", "Vải bọc, mút", "152", 520, 15, 0.1, True, "", "thang"),
    Cost("Công ty CP Phụ kiện Đại Lộc", "Phụ kiện, sơn", "152", 460, 18, 0.1, True, "", "thang"),
    Cost("Công ty TNHH Lắp đặt Hoàn Mỹ", "Nhân công lắp đặt", "6277", 420, 24, 0.1, True, "", "viet"),
    Cost("Công ty CP Vận tải Phương Nam", "Vận chuyển hàng", "6417", 310, 25, 0.1, True),
    Cost("Công ty CP Bất động sản Tân Phong", "Thuê văn phòng và showroom", "6427", 265, 3, 0.0),
    Cost("Tổng công ty Điện lực TP.HCM", "Tiền điện", "6427", 118, 20, 0.15),
    Cost(
        "Công ty TNHH Quảng cáo Sao Việt", "Quảng cáo Facebook, TikTok", "6417", 95, 6, 0.2, True, "marketing", "thao"
    ),
    Cost("Công ty CP Truyền thông Ánh Dương", "Nội dung, hình ảnh", "6417", 48, 14, 0.15, False, "marketing", "thao"),
    Cost("Công ty CP Triển lãm VIFA", "Gian hàng, mẫu trưng bày", "6418", 36, 22, 0.4, False, "marketing", "thao"),
    Cost("Công ty CP Phần mềm Lạc Việt Số", "Phần mềm, máy chủ", "6427", 62, 5, 0.1, False, "digital", "quan"),
    Cost("Công ty TNHH Tư vấn Chuyển Đổi", "Tư vấn số hóa quy trình", "6428", 41, 16, 0.35, False, "digital", "quan"),
    Cost("Ngân hàng TMCP Đông Hải", "Phí chuyển tiền", "6425", 2.1, 26, 0.1, False, "payment_desk", "duyen"),
    Cost(
        "Công ty TNHH Chuyển phát Nhanh", "Chuyển phát chứng từ", "6428", 1.3, 27, 0.2, False, "payment_desk", "duyen"
    ),
)


def build_costs(world):
    """Create the vendors and the cost centres, enter a year of bills and pay them."""
    _build_cost_centres(world)
    names = list(dict.fromkeys(cost.vendor for cost in COSTS))
    partners = world.env["res.partner"].create(
        [{"name": name, "is_company": True, "country_id": world.env.ref("base.vn").id} for name in names]
    )
    vendors = dict(zip(names, partners, strict=True))
    rows = [row for month in world.clock.months for row in _month_bills(world, month)]
    rows = sorted((row for row in rows if row[1] <= world.clock.today), key=lambda row: row[1])
    accounts = {cost.account: account(world, cost.account) for cost in COSTS}
    bills = world.on_behalf(BILLS_BY)["account.move"].create(
        [_bill_values(world, vendors[cost.vendor], accounts[cost.account], *row) for row in rows for cost in row[:1]]
    )
    bills.action_post()
    _log(world, bills)
    _pay(world, bills)


def _build_cost_centres(world):
    plan = world.env.ref("analytic.analytic_plan_projects")
    for key, (english, vietnamese) in COST_CENTRES.items():
        world.cost_centres[key] = world.env["account.analytic.account"].create(
            {"name": english, "plan_id": plan.id, "company_id": world.company.id}
        )
        world.translate(world.cost_centres[key], "name", vietnamese)


def _month_bills(world, month):
    """What is billed in a month: (cost, day, whole VND)."""
    for cost in COSTS:
        rng = chance("bill", cost.vendor, cost.text, month.key)
        share = world.clock.season(month) if cost.follows else 1
        amount = cost.amount * share * rng.uniform(1 - cost.spread, 1 + cost.spread)
        yield cost, month.day(cost.day), round(amount * MILLION / 1000) * 1000


def _bill_values(world, vendor, on_account, cost, day, amount):
    line = {"name": cost.text, "account_id": on_account.id, "price_unit": amount, "tax_ids": [Command.clear()]}
    if cost.cost_centre:
        line["analytic_distribution"] = {str(world.cost_centres[cost.cost_centre].id): 100}
    return {
        "move_type": "in_invoice",
        "partner_id": vendor.id,
        "invoice_user_id": world.users[cost.ordered_by].id if cost.ordered_by else False,
        "invoice_date": day,
        "date": day,
        "invoice_date_due": day + timedelta(days=DAYS_TO_PAY),
        "ref": f"{chance('bill number', vendor.name, day).randint(1, 9999):07d}",
        "invoice_line_ids": [Command.create(line)],
    }


def _log(world, bills):
    """Entered on the day it came, posted when it was checked: the next day, now and then the week after."""
    created, posted = [], []
    for number, bill in enumerate(bills):
        rng = chance("bill log", number)
        created.append(world.clock.utc(bill.invoice_date, rng.randint(8, 11), rng.randint(0, 59)))
        posted.append(min(created[-1] + timedelta(hours=round(rng.triangular(2, 120, 20))), world.clock.now))
    log_posting(world, bills, created, posted)


def _pay(world, bills):
    rows = []
    for number, bill in enumerate(bills):
        rng = chance("bill paid", number)
        late = rng.randint(1, 9) if rng.randint(1, 100) > PAID_ON_TIME else -rng.randint(0, 6)
        day = bill.invoice_date_due + timedelta(days=late)
        if day <= world.clock.today:
            rows.append((bill, day, bill.amount_total))
    pay(world, sorted(rows, key=lambda row: (row[1], row[0].id)), "outbound", 16)
