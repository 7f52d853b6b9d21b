"""The rounds of reviews: who is asked, how far each round is, and what stands out. Data only.

Days are counted from the launch of a round.
"""

from dataclasses import dataclass, field

from .story import Objective, Result

# Share of people (percent) that a grade is expected for: from, to.
GUIDELINE = {
    "outstanding": (0, 15),
    "good": (20, 45),
    "fair": (30, 60),
    "weak": (0, 20),
    "poor": (0, 5),
}
SALES = ("sales",)
OFFICE = ("board", "marketing", "hr", "accounting", "production", "projects", "technology")


@dataclass(frozen=True)
class Round:
    """A review cycle.

    :param name: as human resources call it; {period} is the name of its period
    :param departments: keys; empty: the whole company
    :param weights: percent of each part of the result; sides named here are asked
    :param also: sides that are asked and do not count
    :param days: last day of each phase
    :param launcher: key of the manager whose team it is for; empty: human resources launch it
    :param clients: addresses of outside raters by the person they are asked about
    """

    name: str
    weights: dict
    days: dict
    departments: tuple = ()
    also: tuple = ()
    launcher: str = ""
    clients: dict = field(default_factory=dict)


CLOSED = Round(
    "Đánh giá nửa năm {period}",
    {"kpi": 50, "manager": 30, "peer": 10, "upward": 5, "external": 5},
    {"self": 10, "feedback": 14, "manager": 18, "calibration": 25, "talk": 42, "closed": 46},
    also=("self",),
    clients={
        "viet": (
            "Ngô Thùy An <an.ngo@anphat.example>",
            "Lê Quốc Trung <trung.le@hoasen-office.example>",
            "Mai Đình Phước <phuoc.mai@binhminh-school.example>",
        ),
    },
)
RUNNING = Round(
    "Đánh giá {period} · khối văn phòng và xưởng",
    {"kpi": 50, "manager": 30, "peer": 15, "upward": 5},
    {"self": 10, "feedback": 12, "manager": 15, "calibration": 22, "talk": 36},
    departments=OFFICE,
    also=("self", "external"),
    clients={"thao": ("Đinh Hoài Nam <nam.dinh@agency-xanh.example>",)},
)
CALIBRATED = Round(
    "Đánh giá {period} · khối kinh doanh",
    {"kpi": 60, "manager": 25, "peer": 15},
    {"self": 8, "feedback": 12, "manager": 15, "calibration": 32, "talk": 45},
    departments=SALES,
    also=("self",),
)
TEAM = Round(
    "Trao đổi tháng {period} · nhóm TP. Hồ Chí Minh",
    {"kpi": 70, "manager": 30},
    {"self": 6, "manager": 10},
    also=("self",),
    launcher="nam",
)
# Launched so many days ago, though not before the quarter was over.
RUNNING_SINCE, CALIBRATED_SINCE, TEAM_SINCE = 9, 24, 5
# The half-year that is closed ended at least so many days ago, and was launched so many days after its end.
CLOSED_AGO, CLOSED_AFTER = 60, 4

# Colleagues asked about each person; of those about these people too few answer to be shown.
COLLEAGUES, THIN = 4, ("khoi", "tai", "phuc")
# How many of a hundred have answered in the round that runs, by side; of the rest some have begun.
ANSWERED = {"self": 60, "manager": 45, "peer": 55, "upward": 50}
BEGUN = 30
# Left for those who are shown round to answer themselves; those who have begun everything, and given everything.
OWED_BY, BEGUN_BY, GIVEN_BY = ("minh", "viet", "lan", "nam"), ("mai",), ("hang", "thao")

# How well somebody does what is asked, from 1 to 5; the others lie around 3.3.
LEVELS = {
    "minh": 4.2,
    "hung": 3.7,
    "ha": 4.1,
    "nam": 3.8,
    "ducanh": 4.4,
    "anh": 3.6,
    "tuan": 2.4,
    "huy": 2.5,
    "mai": 3.6,
    "bao": 3.7,
    "ngan": 4.6,
    "phong": 2.6,
    "tram": 3.2,
    "thao": 4.0,
    "lan": 3.9,
    "hang": 4.2,
    "viet": 4.1,
    "khoa": 2.8,
    "dang": 4.0,
    "son": 4.5,
    "tien": 2.4,
}
# What one's own and others' eyes make of it.
LEAN = {"self": 0.35, "manager": -0.1, "peer": 0.0, "upward": 0.15, "external": 0.1}

# person: (grades up or down, reason), proposed by the manager; and moved in calibration by human resources.
PROPOSALS = {
    "anh": (1, "Đã nhận thêm khách hàng của anh Lực sau khi anh nghỉ việc, KPI không thể hiện điều đó."),
    "kiet": (1, "Hai dự án trễ do mặt bằng của khách, không phải do Kiệt."),
    "phong": (-1, "Doanh số đạt nhờ một đơn lớn chuyển từ đồng nghiệp."),
}
MOVES = {
    "duong": (1, "So với các phòng khác cùng mức điểm, khối lượng công trường của chị cao hơn hẳn."),
    "bao": (-1, "Hai lần vi phạm mức chiết khấu trong kỳ, thống nhất trong buổi hiệu chỉnh ngày cuối."),
    "phong": (1, "Xem lại đơn hàng: Phong tự theo từ đầu, đề xuất của quản lý được rút lại."),
}
# The same in the round that sales calibrate now; more is left to whoever tries the demo.
SALES_PROPOSALS = {"tram": (1, "Gánh gian hàng triển lãm ba tuần liền, ảnh hưởng doanh số quý.")}
SALES_MOVES = {"huy": (1, "Người mới nghỉ chăm con ốm một tuần, so sánh theo số ngày làm việc thực tế.")}

# What was agreed on in talks for what comes next, by person.
NEXT = {
    "mai": Objective(
        "individual",
        None,
        "customer",
        "mai",
        "sales_hcm",
        ("Mai: win back customers who stopped buying", "Mai: đưa khách hàng cũ quay lại"),
        (
            "Ten customers have not ordered for a year: find out why, and win half of them back.",
            "Mười khách hàng đã một năm không đặt hàng: tìm hiểu vì sao và đưa một nửa quay lại.",
        ),
        ("Customers we have lost sight of", "Khách hàng lâu không liên lạc"),
        (Result(None, 5, 0, ("Former customers who order again", "Khách hàng cũ đặt hàng trở lại")),),
    ),
    "khoa": Objective(
        "individual",
        None,
        "learning",
        "khoa",
        "projects",
        ("Khoa: lead a site on his own", "Khoa: tự phụ trách một công trường"),
        (
            "From the first drawing to the handover, with the head of projects looking on.",
            "Từ bản vẽ đầu tiên đến bàn giao, trưởng phòng hỗ trợ phía sau.",
        ),
        ("The customer of that site", "Khách hàng của công trường"),
        (Result(None, 1, 0, ("Sites handed over", "Công trường đã bàn giao")),),
    ),
    "trang": Objective(
        "individual",
        None,
        "process",
        "trang",
        "accounting",
        ("Trang: correct e-invoices without help", "Trang: tự xử lý hóa đơn điện tử điều chỉnh"),
        (
            "After the course: every correction of a month, reported to the chief accountant once a week.",
            "Sau khóa học: mọi điều chỉnh trong tháng, báo kế toán trưởng mỗi tuần một lần.",
        ),
        ("Customers who wait for a right invoice", "Khách hàng đang chờ hóa đơn đúng"),
        (Result(None, 20, 0, ("Corrections without a mistake", "Lần điều chỉnh không sai sót")),),
    ),
}
# Who has not signed, of those with a login.
UNSIGNED = ("tai", "phuc")

# For the carpenters, who have no login: their foreman alone rates them, and on safety too.
SAFETY = (
    ("Safety in the workshop", "An toàn trong xưởng"),
    (
        "Works so that nobody gets hurt, and says it when something is dangerous.",
        "Làm việc an toàn và báo khi có nguy hiểm.",
    ),
    (
        ("Others work more safely because of this person.", "Nhờ người này mà cả tổ làm việc an toàn hơn."),
        ("Sees what is dangerous before something happens.", "Nhận ra nguy hiểm trước khi có chuyện."),
        ("Wears what protects and keeps to the rules of each machine.", "Mặc đủ bảo hộ, làm đúng quy định từng máy."),
        ("Has to be reminded, above all when in a hurry.", "Phải nhắc nhở, nhất là khi vội."),
        ("Takes risks for himself or for others.", "Làm liều, gây nguy hiểm cho mình hoặc người khác."),
    ),
)
WORKSHOP = ("Workshop", "Xưởng sản xuất")
WORKSHOP_COMPETENCIES = ("competency_quality", "competency_reliability", "competency_teamwork")
REMARK = ("What should we remember of this period?", "Điều đáng nhớ trong kỳ này?")
# Technology are asked with an Odoo survey.
BY_SURVEY = ("Technology, as a survey", "Phòng Công nghệ, bằng khảo sát")
