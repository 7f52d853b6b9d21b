"""What Sao Mai wants: its strategy and its objectives, from the vision down to a department. Data only.

Texts are (English, Vietnamese); {year} in them is the business year.
"""

from dataclasses import dataclass

from .sales_plan import COMPANY_TARGET, DEPARTMENT_TARGETS, MILLION

VISION = (
    "The first furniture maker Vietnamese businesses think of.",
    "Trở thành thương hiệu nội thất doanh nghiệp Việt nghĩ đến đầu tiên.",
)
MISSION = (
    "Offices and homes people like to be in: of sustainable wood, made in our own workshop, delivered on the day we promise.",
    "Kiến tạo văn phòng và tổ ấm đáng sống: gỗ bền vững, tự tay sản xuất tại xưởng, giao đúng ngày đã hẹn.",
)
VALUES = (
    "Keep promises. Careful craft. Say what is. Grow together.",
    "Giữ lời hứa. Tỉ mỉ trong nghề. Nói thẳng, nói thật. Cùng nhau lớn lên.",
)
# kind: assessment, texts
RESOURCES = {
    "money": (
        "sufficient",
        {
            "name": ("Free cash and credit line", "Tiền mặt và hạn mức tín dụng"),
            "at_hand": ("18 billion VND", "18 tỷ đồng"),
            "need": ("15 billion VND until the second shift pays", "15 tỷ đồng đến khi ca thứ hai sinh lời"),
            "note": ("Payment terms of 30 days have to hold.", "Cần giữ thời hạn thanh toán 30 ngày."),
        },
    ),
    "people": (
        "tight",
        {
            "name": ("Carpenters and project engineers", "Thợ mộc và kỹ sư dự án"),
            "at_hand": ("12 carpenters, 5 engineers", "12 thợ mộc, 5 kỹ sư"),
            "need": ("16 carpenters, 8 engineers", "16 thợ mộc, 8 kỹ sư"),
            "note": ("Hire, and above all keep those we have.", "Tuyển thêm và trước hết giữ chân người đang có."),
        },
    ),
    "technology": (
        "missing",
        {
            "name": ("Design software with a parts list", "Phần mềm thiết kế có bảng kê vật tư"),
            "at_hand": ("2D drawings, parts counted by hand", "Bản vẽ 2D, bóc tách vật tư thủ công"),
            "need": ("3D designs that order their own parts", "Thiết kế 3D tự đặt vật tư"),
            "note": ("Choose it in the first half of {next}.", "Lựa chọn trong nửa đầu năm {next}."),
        },
    ),
    "facilities": (
        "sufficient",
        {
            "name": ("Workshop and showrooms", "Xưởng sản xuất và phòng trưng bày"),
            "at_hand": ("One workshop, two showrooms", "Một xưởng, hai phòng trưng bày"),
            "need": ("The same, in two shifts", "Như hiện có, làm hai ca"),
            "note": ("A showroom in Da Nang can wait.", "Phòng trưng bày Đà Nẵng có thể chờ."),
        },
    ),
}


@dataclass(frozen=True)
class Result:
    """A key result.

    :param code: of the KPI that measures it; None: its owner reports where it stands
    :param name: where no KPI gives it one
    :param now: what the owner reported
    """

    code: str | None
    target: float
    start: float = 0
    name: tuple = ()
    stretch: float = 0
    now: float = 0


@dataclass(frozen=True)
class Objective:
    """An objective.

    :param above: key of the objective it serves
    :param owner: key of the person answerable
    :param department: key
    :param whom: who is better off when it is reached
    """

    level: str
    above: str | None
    perspective: str
    owner: str
    department: str | None
    name: tuple
    text: tuple = ()
    whom: tuple = ()
    results: tuple = ()


OBJECTIVES = {
    "brand": Objective(
        "strategic",
        None,
        "customer",
        "minh",
        None,
        (
            "Be the first furniture maker Vietnamese businesses think of",
            "Trở thành thương hiệu nội thất doanh nghiệp Việt nghĩ đến đầu tiên",
        ),
        (
            "Six of a hundred offices furnished in Vietnam are furnished by us.",
            "Cứ một trăm văn phòng tại Việt Nam thì sáu văn phòng dùng nội thất của chúng ta.",
        ),
        ("Businesses that furnish an office", "Doanh nghiệp đang hoàn thiện văn phòng"),
        (Result("MKT_MARKET_SHARE", 6, 4.5),),
    ),
    "revenue": Objective(
        "short_term",
        "brand",
        "financial",
        "minh",
        None,
        ("Sell 120 billion VND in {year}", "Doanh số 120 tỷ đồng năm {year}"),
        (
            "10 billion VND of orders a month, and what is left of them pays for the second shift.",
            "Mỗi tháng 10 tỷ đồng đơn hàng, phần lợi nhuận đủ nuôi ca sản xuất thứ hai.",
        ),
        ("Owners and everybody who works here", "Chủ sở hữu và toàn thể nhân viên"),
        (Result("SAL_REVENUE", 12 * COMPANY_TARGET), Result("ACC_PROFIT", 31_200 * MILLION)),
    ),
    "sales": Objective(
        "department",
        "revenue",
        "financial",
        "hung",
        "sales",
        (
            "Sell 10 billion VND a month and win a quarter of all deals",
            "Doanh số 10 tỷ đồng mỗi tháng, chốt một phần tư số cơ hội",
        ),
        (
            "Hanoi brings 4.5 billion, Ho Chi Minh City 5 billion, key accounts the rest.",
            "Hà Nội 4,5 tỷ, TP. Hồ Chí Minh 5 tỷ, khách hàng trọng điểm phần còn lại.",
        ),
        ("Businesses and their architects", "Doanh nghiệp và kiến trúc sư của họ"),
        (Result("SAL_REVENUE", 12 * COMPANY_TARGET), Result("SAL_CONVERSION", 25)),
    ),
    "sales_hn": Objective(
        "department",
        "sales",
        "financial",
        "ha",
        "sales_hn",
        ("Hanoi: sell 4.5 billion VND a month", "Hà Nội: doanh số 4,5 tỷ đồng mỗi tháng"),
        ("Offices in the north, above all new ones.", "Văn phòng khu vực phía Bắc, nhất là văn phòng mới."),
        ("Our customers in the north", "Khách hàng phía Bắc"),
        (Result("SAL_REVENUE", 12 * DEPARTMENT_TARGETS["sales_hn"]),),
    ),
    "sales_hcm": Objective(
        "department",
        "sales",
        "financial",
        "nam",
        "sales_hcm",
        ("Ho Chi Minh City: sell 5 billion VND a month", "TP. Hồ Chí Minh: doanh số 5 tỷ đồng mỗi tháng"),
        ("Offices in the south, and what we export.", "Văn phòng khu vực phía Nam và hàng xuất khẩu."),
        ("Our customers in the south and abroad", "Khách hàng phía Nam và nước ngoài"),
        (Result("SAL_REVENUE", 12 * DEPARTMENT_TARGETS["sales_hcm"]),),
    ),
    "marketing": Objective(
        "department",
        "revenue",
        "customer",
        "thao",
        "marketing",
        ("100,000 social engagements a month", "100.000 lượt tương tác mạng xã hội mỗi tháng"),
        (
            "People who like our rooms today ask for an offer in the month after.",
            "Người yêu thích không gian của chúng ta hôm nay sẽ hỏi báo giá vào tháng sau.",
        ),
        ("People who plan an office or a home", "Người đang chuẩn bị văn phòng hoặc tổ ấm"),
        (Result("MKT_ENGAGEMENTS", 1_200_000), Result("MKT_LEADS", 180)),
    ),
    "delivery": Objective(
        "short_term",
        "brand",
        "process",
        "viet",
        None,
        ("Deliver projects on time in {year}", "Bàn giao dự án đúng hạn trong năm {year}"),
        (
            "From the drawing to the last chair on the day we promised.",
            "Từ bản vẽ đến chiếc ghế cuối cùng, đúng ngày đã hẹn.",
        ),
        ("Customers who wait for their office", "Khách hàng đang chờ văn phòng"),
        (Result("PRJ_COMPLETION", 90), Result("STK_ON_TIME", 90)),
    ),
    "projects": Objective(
        "department",
        "delivery",
        "process",
        "viet",
        "projects",
        ("Finish 90 % of the tasks due each month", "Hoàn thành 90 % công việc đến hạn mỗi tháng"),
        (
            "Each task has one owner and one date, and the date holds.",
            "Mỗi công việc có một người phụ trách, một hạn chót, và giữ đúng hạn.",
        ),
        ("Customers with a running project", "Khách hàng có dự án đang triển khai"),
        (Result("PRJ_COMPLETION", 90), Result("PRJ_ON_TIME", 85)),
    ),
    "people": Objective(
        "short_term",
        "brand",
        "learning",
        "lan",
        None,
        (
            "Keep our people: turnover of 2 % a month at most",
            "Giữ chân nhân viên: tỷ lệ nghỉ việc không quá 2 % mỗi tháng",
        ),
        (
            "Whoever learnt the trade with us stays with us.",
            "Người đã học nghề tại Sao Mai sẽ gắn bó với Sao Mai.",
        ),
        ("Everybody who works here", "Toàn thể nhân viên"),
        (Result("HR_TURNOVER", 15, 30),),
    ),
    "workshop": Objective(
        "department",
        "people",
        "learning",
        "thang",
        "production",
        ("Keep our carpenters in the workshop", "Giữ chân thợ mộc tại xưởng"),
        (
            "Better tools, fair shifts, a trade that is paid for.",
            "Dụng cụ tốt hơn, chia ca công bằng, tay nghề được trả xứng đáng.",
        ),
        ("Our carpenters", "Thợ mộc của xưởng"),
        (Result("HR_TURNOVER", 15, 30),),
    ),
}
# A bold one for this quarter, scored 0.0 to 1.0 and kept out of pay.
BOLD = Objective(
    "department",
    "brand",
    "customer",
    "thao",
    "marketing",
    ("Architects recommend us", "Kiến trúc sư giới thiệu chúng ta"),
    (
        "One architect brings ten customers: this quarter we win them over.",
        "Một kiến trúc sư mang về mười khách hàng: quý này chúng ta chinh phục họ.",
    ),
    ("Interior architects", "Kiến trúc sư nội thất"),
    (
        Result(None, 20, 0, ("Architects who signed as partners", "Kiến trúc sư ký hợp tác"), 30, 13),
        Result(None, 12, 0, ("Projects that came through them", "Dự án do kiến trúc sư giới thiệu"), 16, 9),
        Result(None, 3, 10, ("Days until they get a price", "Số ngày chờ báo giá"), 0, 5),
    ),
)
# Next year's, on which the two sides do not agree yet: 95 % is proposed, 92 % is what the owner offers.
CONTESTED = Objective(
    "short_term",
    "brand",
    "process",
    "viet",
    None,
    ("Deliver projects on time in {next}", "Bàn giao dự án đúng hạn trong năm {next}"),
    (
        "Three more engineers make room for five points more.",
        "Thêm ba kỹ sư để tăng thêm năm điểm phần trăm.",
    ),
    ("Customers who wait for their office", "Khách hàng đang chờ văn phòng"),
    (Result("PRJ_COMPLETION", 95),),
)
OFFER, OFFER_REASON = 92, "Đội mới cần một quý để quen việc, 92 % là mức chúng tôi giữ được."
# Only a wish so far: what it lacks is listed on it.
WISH = Objective(
    "short_term",
    "brand",
    "customer",
    "hung",
    None,
    ("A showroom in Da Nang", "Phòng trưng bày tại Đà Nẵng"),
)
